// Package suggest finds what somebody meant who typed a name that does not exist. A wrong
// suggestion is worse than none: it sends people where nothing is to be found. So words that
// are far from every name get none.
package suggest

import (
	"slices"
	"strings"
)

// Nearest returns the name that a word may stand for, "" if none is near: the one at the
// least distance in insertions, deletions, changes and swaps of neighbours, at most a
// third of the letters of the word and at least one, or else the first that begins with
// the word or, if it has three letters or more, with which the word begins. Of names at the same distance it is the first. Letters may be of either
// case, and a word of one letter stands for that letter alone.
func Nearest(word string, names []string) string {
	// Letters, not bytes: names have Greek ones.
	w := []rune(strings.ToLower(word))
	if len(w) < 2 { // each letter is near each other one
		if i := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, word) }); i >= 0 {
			return names[i]
		}
		return ""
	}
	// Longer words may have more mistakes in them; a word of two or three letters has one.
	nearest, least := "", max(1, len(w)/3)+1
	for _, name := range names {
		if d := distance(w, []rune(strings.ToLower(name))); d < least {
			nearest, least = name, d
		}
	}
	if nearest != "" {
		return nearest
	}
	// Beginnings come second: who types all of a name means that name rather than a longer one.
	for _, name := range names {
		lower := strings.ToLower(name)
		if strings.HasPrefix(lower, string(w)) || len(lower) > 2 && strings.HasPrefix(string(w), lower) {
			return name
		}
	}
	return ""
}

// DidYouMean is the end of an error message about a word: "; did you mean NAME?", or
// nothing if no name is near. Each name is shown as show says.
func DidYouMean(word string, names []string, show func(string) string) string {
	if name := Nearest(word, names); name != "" {
		return "; did you mean " + show(name) + "?"
	}
	return ""
}

// distance is the number of insertions, deletions, changes and swaps of neighbours that
// lead from a to b, no letter being touched twice (optimal string alignment). Swaps count as
// one, since fingers make them in one go. Names are short, so the whole table is kept.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range b {
		rows[0][j+1] = j + 1
	}
	// rows[i][j] is the distance of the first i letters of a from the first j of b.
	for i := range a {
		for j := range b {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			d := min(rows[i][j+1]+1, rows[i+1][j]+1, rows[i][j]+change)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, rows[i-1][j-1]+1)
			}
			rows[i+1][j+1] = d
		}
	}
	return rows[len(a)][len(b)]
}
