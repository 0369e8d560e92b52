package lp

import (
	"fmt"
	"strings"

	"pstar/rational"
)

// lpToken is a word of the CPLEX LP format: a name, a number, an operator or the end
// of the file.
type lpToken struct {
	kind  lpKind
	text  string
	value rational.Rat // of a number
	line  int
	first bool // the first on its line
}

type lpKind int

const (
	lpEnd lpKind = iota
	lpName
	lpNumber
	lpOperator // + - : <= >= =
)

func (t lpToken) String() string {
	if t.kind == lpEnd {
		return "the end of the file"
	}
	return quoted(t.text)
}

// lpScanner cuts a file into tokens, one ahead of the parser.
type lpScanner struct {
	*source
	rest  string // of the line
	first bool
	token lpToken
	last  int      // the line of the token before
	ahead *lpToken // read already, after token
}

// advance reads the next token into token.
func (s *lpScanner) advance() error {
	s.last = s.token.line
	if s.ahead != nil {
		s.token, s.ahead = *s.ahead, nil
		return nil
	}
	t, err := s.scan()
	s.token = t
	return err
}

// peek returns the token after the present one.
func (s *lpScanner) peek() (lpToken, error) {
	if s.ahead == nil {
		t, err := s.scan()
		if err != nil {
			return t, err
		}
		s.ahead = &t
	}
	return *s.ahead, nil
}

func (s *lpScanner) scan() (lpToken, error) {
	for {
		s.rest = strings.TrimLeft(s.rest, " \t")
		if s.rest != "" && s.rest[0] != '\\' {
			break
		}
		line, ok := s.next()
		if !ok {
			return lpToken{line: s.line}, s.err()
		}
		s.rest, s.first = line, true
	}
	t := lpToken{line: s.line, first: s.first}
	s.first = false
	switch c := s.rest[0]; {
	case strings.IndexByte("+-:", c) >= 0:
		t.kind, t.text = lpOperator, s.cut(1)
	case strings.IndexByte("<>=", c) >= 0:
		return s.relation(t)
	case isDigit(c) || c == '.':
		t.kind, t.text = lpNumber, s.cut(s.numberLength())
		var err error
		t.value, err = s.number(t.text)
		return t, err
	case isNameByte(c):
		n := 1
		for n < len(s.rest) && isNameByte(s.rest[n]) {
			n++
		}
		t.kind = lpName
		var err error
		t.text, err = s.name(s.cut(n))
		return t, err
	case c == '[' || c == '^' || c == '*' || c == '/':
		return t, s.errorf("expected a linear program, found %q", c)
	default:
		return t, s.errorf("expected a name, a number or an operator, found %q", c)
	}
	return t, nil
}

// cut takes n bytes off the line.
func (s *lpScanner) cut(n int) string {
	text := s.rest[:n]
	s.rest = s.rest[n:]
	return text
}

// relation reads <, <=, =<, >, >=, => or =.
func (s *lpScanner) relation(t lpToken) (lpToken, error) {
	n := 1
	for n < len(s.rest) && strings.IndexByte("<>=", s.rest[n]) >= 0 {
		n++
	}
	t.kind = lpOperator
	text := s.cut(n)
	if text == "<" || text == ">" {
		s.remark(s.line, fmt.Sprintf("%s is read as %s=, as the format has it: equality is allowed", text, text), "strict relations")
	}
	switch text {
	case "<", "<=", "=<":
		t.text = "<="
	case ">", ">=", "=>":
		t.text = ">="
	case "=":
		t.text = "="
	default:
		return t, s.errorf("expected <=, >= or =, found %s", quoted(text))
	}
	return t, nil
}

// numberLength returns the length of the number that the line begins with: digits,
// at most one point, an exponent if digits follow, and a denominator.
func (s *lpScanner) numberLength() int {
	n := 0
	digits := func() {
		for n < len(s.rest) && isDigit(s.rest[n]) {
			n++
		}
	}
	digits()
	if n < len(s.rest) && s.rest[n] == '/' {
		n++
		digits()
		return n
	}
	if n < len(s.rest) && s.rest[n] == '.' {
		n++
		digits()
	}
	if n < len(s.rest) && (s.rest[n] == 'e' || s.rest[n] == 'E') {
		k := n + 1
		if k < len(s.rest) && (s.rest[k] == '+' || s.rest[k] == '-') {
			k++
		}
		if k < len(s.rest) && isDigit(s.rest[k]) {
			n = k
			digits()
		}
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isNameByte reports whether a name of the CPLEX LP format may hold c; a digit or
// a point must not come first.
func isNameByte(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' || strings.IndexByte("!\"#$%&(),.;?@_`'{}~|", c) >= 0
}

// keyword returns the section that begins at the present token, or "". Before an
// operator a variable or a row may have the name of a section.
func (s *lpScanner) keyword() (string, error) {
	section, err := s.sectionWord()
	if section == "" || err != nil || lpSections[strings.ToLower(s.token.text)] == "" {
		return section, err
	}
	next, err := s.peek()
	if err != nil || next.kind == lpOperator && !next.first {
		return "", err
	}
	return section, nil
}

// sectionWord is keyword where nothing but a section can come.
func (s *lpScanner) sectionWord() (string, error) {
	t := s.token
	if t.kind == lpEnd {
		return "end of file", nil
	}
	if t.kind != lpName || !t.first {
		return "", nil
	}
	word := strings.ToLower(t.text)
	if word == "subject" || word == "such" {
		next, err := s.peek()
		if err != nil {
			return "", err
		}
		if second := strings.ToLower(next.text); word == "subject" && second == "to" || word == "such" && second == "that" {
			return "subject to", nil
		}
		return "", nil
	}
	return lpSections[word], nil
}

// pass moves beyond the word or words with which a section begins.
func (s *lpScanner) pass() error {
	if word := strings.ToLower(s.token.text); word == "subject" || word == "such" {
		if err := s.advance(); err != nil {
			return err
		}
	}
	return s.advance()
}

// lpSections maps the words that begin a section to one word for each section.
var lpSections = map[string]string{
	"minimize": "minimise", "minimise": "minimise", "minimum": "minimise", "min": "minimise",
	"maximize": "maximise", "maximise": "maximise", "maximum": "maximise", "max": "maximise",
	"st": "subject to", "st.": "subject to", "s.t.": "subject to",
	"bounds": "bounds", "bound": "bounds",
	"general": "general", "generals": "general", "gen": "general", "integer": "general", "integers": "general", "int": "general",
	"binary": "binary", "binaries": "binary", "bin": "binary",
	"semi-continuous": "other", "semis": "other", "semi": "other", "sos": "other", "sos1": "other", "sos2": "other",
	"lazy": "other", "user": "other", "pwlobj": "other",
	"end": "end",
}
