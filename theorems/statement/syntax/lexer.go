package syntax

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pstar/format/text"
)

// Limits of a file. They bound the work before anything is understood of it: a file
// that is read at all is read quickly.
const (
	MaxBytes  = 1 << 24 // of a file
	MaxTokens = 1 << 20 // words and signs of a file
	MaxDepth  = 100     // of parentheses, brackets, braces and operators within each other
	MaxName   = 60      // characters of a name
	MaxText   = 150     // characters of a text in quotes
	MaxDigits = 1000    // of a number
)

// A Kind is what a token is: a word kind, or a sign by how it is written. A reserved
// word is a kind of its own, so that the parser asks for words and signs alike.
type Kind string

// The kinds that are not signs.
const (
	endOfFile Kind = "the end of the file"
	endOfLine Kind = "the end of the line"
	name      Kind = "a name"
	number    Kind = "a number"
	quoted    Kind = "a text in quotes"
)

// signs are the signs, longer ones before those with which they begin. "s.t." looks
// like a name with points, and is one sign.
var signs = []string{"s.t.", "..", "==", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "^", "(", ")", "[", "]", "{", "}", ",", ":", ";", "|", "."}

// reserved are the words that cannot be names. Other words, such as claim or iff, have
// a meaning at their places only, and can be names elsewhere.
var reserved = []string{"for", "if", "in", "and", "or", "not", "union", "inter", "diff", "sum", "min", "max", "subsets", "card"}

type token struct {
	Position
	kind Kind
	text string // of a name, a number, or between quotes
}

// String shows the token in a message. What cannot be printed is shown by its code.
func (t token) String() string {
	switch t.kind {
	case name, number:
		// Names and numbers may be long, and are cut.
		return text.Quote(t.text)
	case quoted:
		// With its quotes, since a name may read alike.
		return text.Quote(`"` + t.text + `"`)
	case endOfFile, endOfLine:
		return string(t.kind)
	}
	return fmt.Sprintf("%q", string(t.kind))
}

// lexer cuts a file into tokens. Line ends are tokens where they can end a statement: not
// within parentheses and brackets, nor in the braces of a set. Whether a line end is
// within brackets the lexer does not know: it keeps all of them but repeated ones, and
// the parser steps over those that say nothing.
type lexer struct {
	file string
	rest string
	Position
	tokens []token
}

// fail ends the reading with an error at a place. It throws; Parse and the expansion of
// package statement catch it.
func fail(file string, at Position, hint, format string, args ...any) {
	panic(&text.SyntaxError{File: file, Line: at.Line, Column: at.Column, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// cut returns all tokens; the last is the end of the file. Before the end of the file
// stands the end of a line, whether the file has one or not, so that a statement can
// always be ended by it.
func cut(file, content string) []token {
	l := &lexer{file: file, rest: strings.TrimPrefix(content, text.ByteOrderMark), Position: Position{1, 1}}
	for l.rest != "" {
		if c := l.rest[0]; c == '\n' {
			l.add(endOfLine, "", 1)
			l.Line, l.Column = l.Line+1, 1
		} else if c == ' ' || c == '\t' || c == '\r' {
			// A carriage return is space: files from other systems have one before each
			// line end.
			l.skip(1)
		} else if c == '#' {
			end := strings.IndexByte(l.rest, '\n')
			if end < 0 {
				end = len(l.rest)
			}
			// Comments cost one search, however long they are.
			l.rest = l.rest[end:] // the column is that of the next line
		} else {
			l.token()
		}
	}
	// Without bytes: what stands there is not in the file.
	l.add(endOfLine, "", 0)
	l.add(endOfFile, "", 0)
	return l.tokens
}

// add appends a token of so many bytes. The text of a sign is its kind.
func (l *lexer) add(kind Kind, text string, bytes int) {
	// Blank lines and comments would each leave a token.
	if n := len(l.tokens); n > 0 && kind == endOfLine && l.tokens[n-1].kind == endOfLine {
		l.skip(bytes) // an empty line says nothing
		return
	}
	if len(l.tokens) == MaxTokens {
		fail(l.file, l.Position, "", "more than %d words and signs in a file", MaxTokens)
	}
	// The position is that of its first character.
	l.tokens = append(l.tokens, token{l.Position, kind, text})
	l.skip(bytes)
}

// skip moves on by bytes, and counts columns in characters, as editors do.
func (l *lexer) skip(bytes int) {
	l.Column += utf8.RuneCountInString(l.rest[:bytes])
	l.rest = l.rest[bytes:]
}

// token reads a token that is no line end. Letters of any alphabet can begin a name;
// digits only 0 to 9 are numbers, so that no two numbers that look alike differ.
func (l *lexer) token() {
	c, _ := utf8.DecodeRuneInString(l.rest)
	switch {
	// Before names, since "s" is a letter.
	case strings.HasPrefix(l.rest, "s.t."):
		l.add("s.t.", "", len("s.t."))
	case unicode.IsLetter(c) || c == '_':
		l.name()
	case '0' <= c && c <= '9':
		l.number()
	case c == '"':
		l.text()
	default:
		for _, s := range signs {
			// The longest sign that fits comes first in the list.
			if strings.HasPrefix(l.rest, s) {
				l.add(Kind(s), "", len(s))
				return
			}
		}
		l.strange(c)
	}
}

// otherSigns are signs of other languages, with ours.
var otherSigns = []struct {
	sign rune
	hint string
}{
	{'≤', "write <="}, {'≥', "write >="}, {'≠', "write !="}, {'−', "write -"}, {'·', "write *"}, {'×', "write *"}, {'∈', "write in"},
	{'⊆', "write <= between sets"}, {'∑', "write sum(TERM for i in SET)"}, {'&', "write and"}, {'!', "write not"}, {'%', "comments begin with #"}, {'\'', "texts stand in double quotes"},
}

// strange fails for a character that begins no token.
func (l *lexer) strange(c rune) {
	if c == utf8.RuneError {
		fail(l.file, l.Position, "", "this is not UTF-8")
	}
	hint := ""
	for _, s := range otherSigns {
		if s.sign == c {
			hint = s.hint
		}
	}
	fail(l.file, l.Position, hint, "the sign %q is not part of the language", c)
}

// name reads a word: a name, or a reserved word as a token of its own.
func (l *lexer) name() {
	// A point or a prime ends a name.
	end := strings.IndexFunc(l.rest, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' })
	if end < 0 {
		end = len(l.rest)
	}
	word := l.rest[:end]
	if utf8.RuneCountInString(word) > MaxName {
		fail(l.file, l.Position, "", "a name has more than %d characters", MaxName)
	}
	// Words that only some places know stay names here.
	kind := name
	// A reserved word is a kind of token, and no name.
	if slices.Contains(reserved, word) {
		kind = Kind(word)
	}
	l.add(kind, word, end)
}

// number reads digits, perhaps with a point and more digits: 1..3 is a range. A point
// without a digit after it belongs to what follows. There are no signs and no exponents
// in a number.
func (l *lexer) number() {
	digits := func(from int) int {
		for from < len(l.rest) && '0' <= l.rest[from] && l.rest[from] <= '9' {
			from++
		}
		return from
	}
	// A second point ends the number: 1.2.3 is an error of the parser.
	end := digits(0)
	if end+1 < len(l.rest) && l.rest[end] == '.' && '0' <= l.rest[end+1] && l.rest[end+1] <= '9' {
		end = digits(end + 1)
	}
	if end > MaxDigits {
		fail(l.file, l.Position, "", "a number has more than %d digits", MaxDigits)
	}
	// As in 2x, which many languages permit, or 1e6.
	if c, _ := utf8.DecodeRuneInString(l.rest[end:]); unicode.IsLetter(c) || c == '_' {
		fail(l.file, l.Position, "products need a *, and exponents are written 10^3", "a number runs into a name")
	}
	l.add(number, l.rest[:end], end)
}

// text reads what stands in quotes. There is no way to write a quote or a line end in
// it, so that texts can be printed as they are.
func (l *lexer) text() {
	// Up to the end of the line, where a missing quote is noticed.
	end := strings.IndexAny(l.rest[1:], "\"\n")
	if end < 0 || l.rest[1+end] == '\n' {
		fail(l.file, l.Position, `it ends with "`, "a text in quotes does not end on its line")
	}
	word := l.rest[1 : 1+end]
	if utf8.RuneCountInString(word) > MaxText {
		fail(l.file, l.Position, "", "a text has more than %d characters", MaxText)
	}
	// Texts become parts of names, which stand in messages, in certificates and in
	// queries for other programs.
	if !utf8.ValidString(word) || strings.IndexFunc(word, unicode.IsControl) >= 0 {
		fail(l.file, l.Position, "", "a text in quotes has a character that cannot be printed")
	}
	l.add(quoted, word, 2+end)
}
