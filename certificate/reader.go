package certificate

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A reader walks over a document in the restricted JSON of FORMAT.md. The caller
// asks for the value that the format has next, and anything else is rejected.
// Members come in a fixed order, so unknown, missing, repeated and reordered
// members are all one case: not the member asked for. No tree is built and
// nothing recurses, so a hostile document cannot make the reader use more memory
// than the caller keeps, or more stack than the format has levels.
type reader struct {
	data []byte
	at   int     // next byte
	last int     // first byte of the scalar read last
	path []level // the open objects and lists, outermost first
	work uint64  // spent so far, besides that of the bytes

	ctx    context.Context // nil: nobody waits
	looked uint64          // the work at which it was looked at last
}

// level is an open object or list and the element that is being read.
type level struct {
	list  bool
	count int    // elements begun
	name  string // of the member being read, "" while the name is unread
}

// MaxDigits is the largest number of decimal digits of a number in a string: of an
// integer, and of both parts of a fraction.
const MaxDigits = 10000

// maxIntegerDigits bounds a JSON integer, which then fits in int64, and so does a sum of
// nine.
const maxIntegerDigits = 18

// place is the path of the element being read.
func (r *reader) place() string {
	var b strings.Builder
	for i, l := range r.path {
		switch {
		case l.list && l.count > 0:
			fmt.Fprintf(&b, "[%d]", l.count-1)
		case l.name != "":
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(l.name)
		}
	}
	if b.Len() == 0 {
		return "document"
	}
	return b.String()
}

// rejectNext rejects at the next byte, rejectLast at the scalar read last; both
// name the element being read.
func (r *reader) rejectNext(format string, args ...any) {
	reject(r.data, r.place(), r.at, format, args...)
}

func (r *reader) rejectLast(format string, args ...any) {
	reject(r.data, r.place(), r.last, format, args...)
}

// beyondNext and beyondLast reject likewise for a limit; see [Invalid].
func (r *reader) beyondNext(format string, args ...any) { r.beyond(r.at, format, args...) }

func (r *reader) beyondLast(format string, args ...any) { r.beyond(r.last, format, args...) }

func (r *reader) beyond(offset int, format string, args ...any) {
	invalid := newInvalid(r.data, r.place(), offset, format, args...)
	invalid.Limit = true
	panic(invalid)
}

// space skips what may stand between two values.
func (r *reader) space() {
	for r.at < len(r.data) && (r.data[r.at] == ' ' || r.data[r.at] == '\n') {
		r.at++
	}
}

// peek says whether the next byte after space is c.
func (r *reader) peek(c byte) bool {
	r.space()
	return r.at < len(r.data) && r.data[r.at] == c
}

// expect consumes c after space, or rejects.
func (r *reader) expect(c byte) {
	r.space()
	r.exactly(c)
}

// exactly consumes c, which must be the next byte, or rejects.
func (r *reader) exactly(c byte) {
	if r.at == len(r.data) || r.data[r.at] != c {
		r.rejectNext("expected %q, found %s", c, r.found())
	}
	r.at++
}

// found describes the next byte for a message.
func (r *reader) found() string {
	if r.at == len(r.data) {
		return "the end of the document"
	}
	return fmt.Sprintf("%q", r.data[r.at])
}

// object reads an object whose members are read by body, with calls of member.
func (r *reader) object(body func()) {
	r.expect('{')
	r.path = append(r.path, level{})
	body()
	r.leave()
	r.expect('}')
}

// member reads the next member of the object, which must have this name.
func (r *reader) member(name string, value func()) {
	r.separate()
	if found := r.text(); found != name {
		r.rejectLast("expected member %q, found %q", name, found)
	}
	r.path[len(r.path)-1].name = name
	r.expect(':')
	value()
}

// optional reads the next member if it has this name, and says whether it had.
func (r *reader) optional(name string, value func()) bool {
	if r.peek('}') || r.at == len(r.data) {
		return false // no further member
	}
	start, top := r.at, r.path[len(r.path)-1]
	r.separate()
	same := r.text() == name
	r.at, r.path[len(r.path)-1] = start, top
	if same {
		r.member(name, value)
	}
	return same
}

// list reads a list of at most limit elements, as the document itself implies, and
// returns their number.
func (r *reader) list(limit int, element func(i int)) int {
	return r.elements(limit, r.rejectNext, element)
}

// limited reads a list of at most limit elements, a limit of the format.
func (r *reader) limited(limit int, element func(i int)) int {
	return r.elements(limit, r.beyondNext, element)
}

func (r *reader) elements(limit int, tooMany func(string, ...any), element func(i int)) int {
	r.expect('[')
	r.path = append(r.path, level{list: true})
	n := 0
	for !r.peek(']') {
		if n == limit {
			tooMany("expected at most %d elements", limit)
		}
		r.separate()
		element(n)
		n++
	}
	r.leave()
	r.expect(']')
	return n
}

// tuple reads a list of exactly n elements.
func (r *reader) tuple(n int, element func(i int)) {
	r.space()
	start := r.at
	if found := r.list(n, element); found != n {
		reject(r.data, r.place(), start, "expected %d elements, found %d", n, found)
	}
}

// separate begins the next element of the innermost object or list.
func (r *reader) separate() {
	top := &r.path[len(r.path)-1]
	if top.count > 0 {
		r.expect(',')
	}
	top.count++
	top.name = ""
}

func (r *reader) leave() { r.path = r.path[:len(r.path)-1] }

// text reads a string. It holds no escapes, so its bytes are its value.
func (r *reader) text() string {
	r.expect('"')
	start := r.at
	r.last = start - 1
	for r.at < len(r.data) && isStringByte(r.data[r.at]) {
		r.at++
	}
	if r.at == len(r.data) || r.data[r.at] != '"' {
		r.rejectNext("expected a string of printable ASCII without backslash, found %s", r.found())
	}
	r.at++
	return string(r.data[start : r.at-1])
}

// integer reads an integer in [low, high].
func (r *reader) integer(low, high int64) int64 {
	r.space()
	r.last = r.at
	start := r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && isDigit(r.data[r.at]) {
		r.at++
	}
	s := string(r.data[start:r.at])
	if !isInteger(s, maxIntegerDigits) {
		r.rejectLast("expected an integer of at most %d digits without leading zeros, found %s", maxIntegerDigits, clip(s))
	}
	v, _ := strconv.ParseInt(s, 10, 64) // 18 digits fit
	if v < low || v > high {
		r.rejectLast("expected an integer from %d to %d, found %d", low, high, v)
	}
	return v
}

// size reads an integer from low up to limit, a limit of the format.
func (r *reader) size(low, limit int64) int64 {
	v := r.integer(math.MinInt64, math.MaxInt64)
	if v > limit {
		r.beyondLast("expected an integer from %d to %d, found %d", low, limit, v)
	}
	if v < low {
		r.rejectLast("expected an integer from %d to %d, found %d", low, limit, v)
	}
	return v
}

// isInteger says whether s is 0 or -?[1-9][0-9]*, with at most limit digits.
func isInteger(s string, limit int) bool {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || len(digits) > limit {
		return false
	}
	for i := range len(digits) {
		if !isDigit(digits[i]) {
			return false
		}
	}
	return digits[0] != '0' || s == "0"
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// short spells a number for a message, abridged if it is long.
func short(v interface{ String() string }) string {
	const limit = 40
	s := strings.TrimSuffix(v.String(), "/1") // as a big.Rat spells integers
	if len(s) > limit {
		return fmt.Sprintf("%s... (%d characters)", s[:limit], len(s))
	}
	return s
}

// clip quotes s for a message and shortens it.
func clip(s string) string {
	const limit = 40
	if len(s) > limit {
		return fmt.Sprintf("%q... (%d bytes)", s[:limit], len(s))
	}
	return strconv.Quote(s)
}
