package cplex

import (
	"fmt"
	"strings"

	"pstar/format/program"
	"pstar/format/text"
	"pstar/rational"
)

// token is a word of the CPLEX LP format: a name, a number, an operator or the end
// of the file.
//
// Line ends count in two places only: a section begins on a new line, and a constraint
// ends with its line.
type token struct {
	kind  kind
	text  string
	value rational.Rat // of a number
	line  int
	first bool // the first on its line
}

// kind tells what a token is; the zero value ends the file.
type kind int

const (
	endOfFile kind = iota
	name
	number
	operator // + - : <= >= =
)

// String shows a token in a message.
func (t token) String() string {
	if t.kind == endOfFile {
		return "the end of the file"
	}
	return text.Quote(t.text)
}

// scanner cuts a file into tokens, one ahead of the parser.
type scanner struct {
	*program.Source
	rest  string // of the line
	first bool
	token token
	last  int    // the line of the token before
	ahead *token // read already, after token
}

// advance reads the next token into token.
func (s *scanner) advance() error {
	// For remarks on what ended with the token before.
	s.last = s.token.line
	// The token peeked at is read already.
	if s.ahead != nil {
		s.token, s.ahead = *s.ahead, nil
		return nil
	}
	t, err := s.scan()
	s.token = t
	return err
}

// peek returns the token after the present one.
func (s *scanner) peek() (token, error) {
	// One token is kept, whoever asks first.
	if s.ahead == nil {
		t, err := s.scan()
		if err != nil {
			return t, err
		}
		s.ahead = &t
	}
	return *s.ahead, nil
}

// scan reads a token from the line at hand, or from the next one that holds any.
func (s *scanner) scan() (token, error) {
	for {
		// Blanks and line ends part tokens, and are none.
		s.rest = strings.TrimLeft(s.rest, " \t")
		// A backslash begins a comment to the end of the line.
		if s.rest != "" && s.rest[0] != '\\' {
			break
		}
		// Comments and empty lines are passed over here.
		line, ok := s.Next()
		if !ok {
			return token{line: s.Line}, s.Err()
		}
		s.rest, s.first = line, true
	}
	// Only the first token of a line has first set.
	t := token{line: s.Line, first: s.first}
	s.first = false
	switch c := s.rest[0]; {
	// Before the signs, since it begins with one.
	case strings.HasPrefix(s.rest, "->"):
		return t, s.Errorf("expected a linear program, found an indicator constraint (\"->\")")
	case strings.IndexByte("+-:", c) >= 0:
		t.kind, t.text = operator, s.cut(1)
	// Two of these may make one relation, in either order.
	case strings.IndexByte("<>=", c) >= 0:
		return s.relation(t)
	// A point begins a number here, and may stand in a name elsewhere.
	case isDigit(c) || c == '.':
		t.kind, t.text = number, s.cut(s.numberLength())
		var err error
		t.value, err = s.Number(t.text)
		return t, err
	case isNameByte(c):
		// The first byte may be no bracket, the others may.
		n := 1
		for n < len(s.rest) && (isNameByte(s.rest[n]) || s.rest[n] == '[' || s.rest[n] == ']') {
			n++
		}
		// The one keyword with a sign in it.
		if end := len(semiContinuous); len(s.rest) >= end && strings.EqualFold(s.rest[:end], semiContinuous) && (len(s.rest) == end || !isNameByte(s.rest[end])) {
			n = end
		}
		t.kind = name
		var err error
		t.text, err = s.Name(s.cut(n))
		return t, err
	default:
		// Named by what it is for, so that nobody looks for a slip in a program that is not linear.
		if what := refused(c); what != "" {
			return t, s.Errorf("expected a linear program, found %s (%q)", what, c)
		}
		return t, s.Errorf("expected a name, a number or an operator, found %q", c)
	}
	return t, nil
}

// refused names the operators of problems that are not linear, or not in this format; "" for others.
//
// Where a token begins; within a name brackets are letters.
func refused(operator byte) string {
	switch operator {
	case '[':
		return "quadratic terms"
	case '^':
		return "a power"
	case '*':
		return "a product sign"
	case '/':
		return "a quotient"
	}
	return ""
}

// cut takes n bytes off the line.
func (s *scanner) cut(n int) string {
	text := s.rest[:n]
	s.rest = s.rest[n:]
	return text
}

// relation reads <, <=, =<, >, >=, => or =.
//
// As many of these bytes as stand together are one word: <=> is an error and not two
// relations.
func (s *scanner) relation(t token) (token, error) {
	// As many as stand together, up to a blank or another letter.
	n := 1
	for n < len(s.rest) && strings.IndexByte("<>=", s.rest[n]) >= 0 {
		n++
	}
	t.kind = operator
	word := s.cut(n)
	// Few who write x < 3 know that the format has no strict relations.
	if word == "<" || word == ">" {
		s.Remark(s.Line, fmt.Sprintf("%s is read as %s=, as the format has it: equality is allowed", word, word), "strict relations")
	}
	switch word {
	case "<", "<=", "=<":
		t.text = "<="
	case ">", ">=", "=>":
		t.text = ">="
	case "=":
		t.text = "="
	default:
		return t, s.Errorf("expected <=, >= or =, found %s", text.Quote(word))
	}
	return t, nil
}

// numberLength returns the length of the number that the line begins with: digits,
// at most one point, an exponent if digits follow, and a denominator.
//
// The length is at least 1, if the line begins with a digit or a point. Whether it is a
// number, Number tells: "." is none.
func (s *scanner) numberLength() int {
	// Counted in bytes: digits have one each.
	n := 0
	digits := func() {
		for n < len(s.rest) && isDigit(s.rest[n]) {
			n++
		}
	}
	digits()
	// Fractions are ours and QSopt_ex's.
	if n < len(s.rest) && s.rest[n] == '/' {
		n++
		digits()
		return n
	}
	// A second point begins another number, where none can stand.
	if n < len(s.rest) && s.rest[n] == '.' {
		n++
		digits()
	}
	if n < len(s.rest) && (s.rest[n] == 'e' || s.rest[n] == 'E') {
		// The exponent is taken only with a digit behind its sign.
		k := n + 1
		if k < len(s.rest) && (s.rest[k] == '+' || s.rest[k] == '-') {
			k++
		}
		// 3e1 is a number; 3 e is three times e, and so is 3e.
		if k < len(s.rest) && isDigit(s.rest[k]) {
			n = k
			digits()
		}
	}
	return n
}

// isDigit reports whether c is a digit of ASCII; others are letters of names.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isNameByte reports whether a name of the CPLEX LP format may hold c; a digit or
// a point must not come first. Brackets may follow, and letters beyond ASCII are letters.
//
// Bytes of letters beyond ASCII are looked at one by one, which is right for UTF-8 and
// for Latin 1.
func isNameByte(c byte) bool {
	return isDigit(c) || c >= 0x80 || 'a' <= c|0x20 && c|0x20 <= 'z' || strings.IndexByte("!\"#$%&(),.;?@_`'{}~|", c) >= 0
}

// keyword returns the section that begins at the present token, or "". Before an operator a
// variable or a row may have the name of a section, and so it may within a line unless
// more of that line follows, as it does in a file that is one line.
func (s *scanner) keyword() (string, error) {
	// First by the word alone, then by what stands around it.
	section, err := s.sectionWord()
	if section == "" || err != nil || s.token.kind == endOfFile {
		return section, err
	}
	// An operator on the same line: the word is a variable, as in "free + st1 >= 2", or the label of a row.
	next, err := s.peek()
	if err != nil || next.kind == operator && !next.first {
		return "", err
	}
	// The last word of its line, with something before it: a variable, unless the file ends there.
	if !s.token.first && next.first && !(section == "end" && next.kind == endOfFile) {
		return "", nil
	}
	return section, nil
}

// sectionWord is keyword where nothing but a section can come.
func (s *scanner) sectionWord() (string, error) {
	t := s.token
	if t.kind == endOfFile {
		return "end of file", nil
	}
	// Numbers and operators begin no section.
	if t.kind != name {
		return "", nil
	}
	// In either case, as all keywords.
	word := strings.ToLower(t.text)
	// The second word must be on the same line: "general" alone is a section of integers.
	if beginsTwoWords(word) {
		next, err := s.peek()
		if err != nil {
			return "", err
		}
		for _, s := range twoWords {
			if s.first == word && s.second == strings.ToLower(next.text) && !next.first {
				return s.section, nil
			}
		}
	}
	return section(word), nil
}

// twoWords are sections that begin with two words.
var twoWords = []struct{ first, second, section string }{
	{"subject", "to", "subject to"},
	{"such", "that", "subject to"},
	{"general", "constraints", "general constraints"},
	{"general", "constraint", "general constraints"},
	{"lazy", "constraints", "lazy constraints"},
	{"user", "cuts", "user cuts"},
}

// beginsTwoWords reports whether a word is the first of two that begin a section.
func beginsTwoWords(word string) bool {
	for _, s := range twoWords {
		if s.first == word {
			return true
		}
	}
	return false
}

// pass moves beyond the word or words with which a section begins.
//
// "general" is a section by itself as well; behind it the section itself sees what
// follows.
func (s *scanner) pass() error {
	// Two words make the section, and both are passed.
	if word := strings.ToLower(s.token.text); beginsTwoWords(word) && section(word) == "" {
		if err := s.advance(); err != nil {
			return err
		}
	}
	return s.advance()
}

// semiContinuous is the whole word for a section that is refused.
const semiContinuous = "semi-continuous"

// section maps the words that begin a section to one word for each section, and others to "".
//
// Words are in small letters, as they are looked up; sections that are only refused have
// the words that an error says.
func section(word string) string {
	switch word {
	case "minimize", "minimise", "minimum", "min":
		return "minimise"
	case "maximize", "maximise", "maximum", "max":
		return "maximise"
	case "st", "st.", "s.t.":
		return "subject to"
	case "bounds", "bound":
		return "bounds"
	case "general", "generals", "gen", "integer", "integers", "int":
		return "general"
	case "binary", "binaries", "bin":
		return "binary"
	case "semis", "semi", semiContinuous:
		return "semi-continuous variables"
	case "sos", "sos1", "sos2":
		return "special ordered sets"
	case "genconstr":
		return "general constraints"
	case "pwlobj":
		return "piecewise linear objectives"
	case "scenario":
		return "scenarios"
	case "end":
		return "end"
	}
	return ""
}
