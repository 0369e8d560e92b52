package decide_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pstar/theorems/statement/decide"
)

// statements are those of a file, in which comments have been left out.
func statements(content string) (list []string) {
	open := 0
	for line := range strings.Lines(content) {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimRight(line, " \n")
		if line == "" {
			continue
		}
		if open > 0 {
			list[len(list)-1] += "\n" + line
		} else {
			list = append(list, line)
		}
		for _, c := range line {
			if strings.ContainsRune("({[", c) {
				open++
			} else if strings.ContainsRune(")}]", c) {
				open--
			}
		}
	}
	return list
}

// outcome is what was found, without the numbers of lines.
func outcome(r *decide.Result) string {
	r.Unused = nil
	text := line(r)
	if x := r.Counterexample; x != nil {
		text += " " + x.Direction
	}
	return text
}

// namesOf are the names that a file declares, random variables too.
func namesOf(content string) (names []string) {
	for _, m := range regexp.MustCompile(`(?m)^(?:let|set|param|var) (\w+)`).FindAllStringSubmatch(content, -1) {
		names = append(names, m[1])
	}
	for _, m := range regexp.MustCompile(`(?m)^entropy ([^\[\n#]*)`).FindAllStringSubmatch(content, -1) {
		names = append(names, strings.FieldsFunc(m[1], func(c rune) bool { return c == ' ' || c == ',' })...)
	}
	return names
}

// The order of the statements, the names and the way in which sets are written do not matter: the same closed form, byte by byte,
// as long as the parameters keep their order.
func TestFilesMayBeWrittenOtherwise(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	files, _ := filepath.Glob("../../../fixtures/theorems/*.thm")
	for _, path := range files {
		if strings.Contains(path, "i3322-facets") || strings.Contains(path, "birkhoff-4") || strings.Contains(path, "instrument-4") {
			continue // long
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		content := string(data)
		var want []string
		for _, r := range decided(t, content, false) {
			want = append(want, outcome(r))
		}
		list := statements(content)
		var order []string // what keeps its place among its kind
		var rest []string
		for _, s := range list {
			if strings.HasPrefix(s, "param") || strings.HasPrefix(s, "entropy") || strings.HasPrefix(s, "claim") || strings.HasPrefix(s, "find") ||
				strings.HasPrefix(s, "var") || strings.HasPrefix(s, "have") {
				order = append(order, s)
			} else {
				rest = append(rest, s)
			}
		}
		r.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
		for _, s := range rest {
			order = slices.Insert(order, r.IntN(len(order)+1), s)
		}
		text := strings.Join(order, "\n")
		names := namesOf(content)
		text = strings.NewReplacer("s.t.", "s_t_", "1..2", "{2,1}", "0..1", "{1,0,1}", "{-1,1}", "{1,-1}").Replace(text)
		for _, name := range names {
			text = regexp.MustCompile(`\b`+name+`\b`).ReplaceAllString(text, "z"+name+"z")
		}
		text = strings.ReplaceAll(text, "s_t_", "s.t.")
		var got []string
		for _, r := range decided(t, text, false) {
			back := outcome(r)
			for _, name := range names {
				back = strings.ReplaceAll(back, "z"+name+"z", name)
			}
			got = append(got, back)
		}
		if a, b := strings.Join(want, "\n"), strings.Join(got, "\n"); a != b {
			t.Errorf("%s:\n%s\nis written otherwise\n%s\nand gives\n%s", filepath.Base(path), a, text, b)
		}
	}
}
