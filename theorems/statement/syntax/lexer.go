package syntax

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"pstar/format/text"
)

// Limits of a file.
const (
	MaxBytes  = 1 << 24 // of a file
	MaxTokens = 1 << 20 // words and signs of a file
	MaxDepth  = 100     // of parentheses, brackets, braces and operators within each other
	MaxName   = 60      // characters of a name
	MaxText   = 150     // characters of a text in quotes
	MaxDigits = 1000    // of a number
)

// A Kind is what a token is: a word kind, or a sign by how it is written.
type Kind string

// The kinds that are not signs.
const (
	endOfFile Kind = "the end of the file"
	endOfLine Kind = "the end of the line"
	name      Kind = "a name"
	number    Kind = "a number"
	quoted    Kind = "a text in quotes"
)

// signs are the signs, longer ones before those with which they begin.
var signs = []string{"s.t.", "..", "==", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "^", "(", ")", "[", "]", "{", "}", ",", ":", ";", "|", "."}

// reserved are the words that cannot be names.
var reserved = map[string]bool{"for": true, "if": true, "in": true, "and": true, "or": true, "not": true, "union": true, "inter": true, "diff": true,
	"sum": true, "min": true, "max": true, "subsets": true, "card": true}

type token struct {
	Position
	kind Kind
	text string // of a name, a number, or between quotes
}

// String shows the token in a message.
func (t token) String() string {
	switch t.kind {
	case name, number:
		return text.Quote(t.text)
	case quoted:
		return text.Quote(`"` + t.text + `"`)
	case endOfFile, endOfLine:
		return string(t.kind)
	}
	return fmt.Sprintf("%q", string(t.kind))
}

// lexer cuts a file into tokens. Line ends are tokens where they can end a statement: not
// within parentheses and brackets, nor in the braces of a set.
type lexer struct {
	file string
	rest string
	Position
	tokens []token
}

// fail ends the reading with an error at a place.
func fail(file string, at Position, hint, format string, args ...any) {
	panic(&text.SyntaxError{File: file, Line: at.Line, Column: at.Column, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// cut returns all tokens; the last is the end of the file.
func cut(file, content string) []token {
	l := &lexer{file: file, rest: strings.TrimPrefix(content, text.ByteOrderMark), Position: Position{1, 1}}
	for l.rest != "" {
		if c := l.rest[0]; c == '\n' {
			l.add(endOfLine, "", 1)
			l.Line, l.Column = l.Line+1, 1
		} else if c == ' ' || c == '\t' || c == '\r' {
			l.skip(1)
		} else if c == '#' {
			end := strings.IndexByte(l.rest, '\n')
			if end < 0 {
				end = len(l.rest)
			}
			l.rest = l.rest[end:] // the column is that of the next line
		} else {
			l.token()
		}
	}
	l.add(endOfLine, "", 0)
	l.add(endOfFile, "", 0)
	return l.tokens
}

// add appends a token of so many bytes.
func (l *lexer) add(kind Kind, text string, bytes int) {
	if n := len(l.tokens); n > 0 && kind == endOfLine && l.tokens[n-1].kind == endOfLine {
		l.skip(bytes) // an empty line says nothing
		return
	}
	if len(l.tokens) == MaxTokens {
		fail(l.file, l.Position, "", "more than %d words and signs in a file", MaxTokens)
	}
	l.tokens = append(l.tokens, token{l.Position, kind, text})
	l.skip(bytes)
}

func (l *lexer) skip(bytes int) {
	l.Column += utf8.RuneCountInString(l.rest[:bytes])
	l.rest = l.rest[bytes:]
}

// token reads a token that is no line end.
func (l *lexer) token() {
	c, _ := utf8.DecodeRuneInString(l.rest)
	switch {
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
			if strings.HasPrefix(l.rest, s) {
				l.add(Kind(s), "", len(s))
				return
			}
		}
		l.strange(c)
	}
}

// otherSigns are signs of other languages, with ours.
var otherSigns = map[rune]string{'≤': "write <=", '≥': "write >=", '≠': "write !=", '−': "write -", '·': "write *", '×': "write *", '∈': "write in",
	'⊆': "write <= between sets", '∑': "write sum(TERM for i in SET)", '&': "write and", '!': "write not", '%': "comments begin with #", '\'': "texts stand in double quotes"}

func (l *lexer) strange(c rune) {
	if c == utf8.RuneError {
		fail(l.file, l.Position, "", "this is not UTF-8")
	}
	fail(l.file, l.Position, otherSigns[c], "the sign %q is not part of the language", c)
}

func (l *lexer) name() {
	end := strings.IndexFunc(l.rest, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' })
	if end < 0 {
		end = len(l.rest)
	}
	word := l.rest[:end]
	if utf8.RuneCountInString(word) > MaxName {
		fail(l.file, l.Position, "", "a name has more than %d characters", MaxName)
	}
	kind := name
	if reserved[word] {
		kind = Kind(word)
	}
	l.add(kind, word, end)
}

// number reads digits, perhaps with a point and more digits: 1..3 is a range.
func (l *lexer) number() {
	digits := func(from int) int {
		for from < len(l.rest) && '0' <= l.rest[from] && l.rest[from] <= '9' {
			from++
		}
		return from
	}
	end := digits(0)
	if end+1 < len(l.rest) && l.rest[end] == '.' && '0' <= l.rest[end+1] && l.rest[end+1] <= '9' {
		end = digits(end + 1)
	}
	if end > MaxDigits {
		fail(l.file, l.Position, "", "a number has more than %d digits", MaxDigits)
	}
	if c, _ := utf8.DecodeRuneInString(l.rest[end:]); unicode.IsLetter(c) || c == '_' {
		fail(l.file, l.Position, "products need a *, and exponents are written 10^3", "a number runs into a name")
	}
	l.add(number, l.rest[:end], end)
}

func (l *lexer) text() {
	end := strings.IndexAny(l.rest[1:], "\"\n")
	if end < 0 || l.rest[1+end] == '\n' {
		fail(l.file, l.Position, `it ends with "`, "a text in quotes does not end on its line")
	}
	word := l.rest[1 : 1+end]
	if utf8.RuneCountInString(word) > MaxText {
		fail(l.file, l.Position, "", "a text has more than %d characters", MaxText)
	}
	if !utf8.ValidString(word) || strings.IndexFunc(word, unicode.IsControl) >= 0 {
		fail(l.file, l.Position, "", "a text in quotes has a character that cannot be printed")
	}
	l.add(quoted, word, 2+end)
}
