package show

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names come from files, and files from anywhere: a name must not move the cursor, begin
// a line that looks like a verdict, or end a set early.

// Printable quotes a name with characters that a terminal would obey.
//
// What it returns has no line end, no control character and no byte that is not UTF-8.
func Printable(name string) string {
	// Quoted in the form of Go, which shows every byte.
	if !utf8.ValidString(name) || strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) }) {
		return strconv.Quote(name)
	}
	return name
}

// InList is printable for a name among others in a line: it quotes also what could be
// taken for more than one name, or for none.
// Commas and braces are what lists are written with; a colon and a blank begin a value.
func InList(name string) string {
	if name == "" || strings.ContainsAny(name, ",{}\"") || strings.Contains(name, ": ") || strings.TrimSpace(name) != name {
		return strconv.Quote(name)
	}
	return Printable(name)
}

// Visible writes out the characters of a message that a terminal would obey, other than
// the end of a line.
func Visible(message string) string {
	// Nearly no message has one, and those are returned as they are.
	if strings.ContainsFunc(message, obeyed) {
		var b strings.Builder
		for _, c := range message {
			if obeyed(c) {
				// Without the quotation marks of the rune, which would stand in the middle of a
				// word.
				quoted := strconv.QuoteRune(c)
				b.WriteString(quoted[1 : len(quoted)-1])
			} else {
				b.WriteRune(c)
			}
		}
		message = b.String()
	}
	return message
}

// obeyed reports whether a terminal would obey a letter, or show nothing for it.
func obeyed(c rune) bool { return c != '\n' && c != ' ' && !unicode.IsPrint(c) }

// Quoted puts a word that is known to be harmless into quotation marks.
func Quoted(s string) string { return `"` + s + `"` }
