package reading

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"pstar/certificate/theorem"
)

// Invalid is why a document proves nothing, and where.
type Invalid struct {
	Place  string // such as "proof 2, rows, step 3 (combine)"
	Offset int    // in the document, in bytes
	Reason string
	// Limit is set if the document is too long, or takes too much, and is perhaps not wrong.
	Limit bool
}

func (e *Invalid) Error() string {
	return fmt.Sprintf("at %s (byte %d): %s", e.Place, e.Offset, e.Reason)
}

// Catch turns a panic with an [*Invalid], or the end of a context, into an error.
// Any other panic is a fault of this package, and not turned into a verdict.
func Catch(err *error) {
	switch fault := recover().(type) {
	case nil:
	case *Invalid:
		*err = fault
	case ended:
		*err = fault.cause
	default:
		panic(fault)
	}
}

// A Reader reads the one spelling of a document that FORMAT.md allows, from its first byte
// to its last, and rejects by panicking with an [*Invalid]. Builders of statements read
// their parameters with it.
// There is one spelling for each value so that a digest of bytes is one of what they say, and
// so that no second reader can take a document for another one. A general JSON decoder would
// take members twice, numbers in many spellings and escapes, and would hold a tree of 64 MiB of
// text in memory.
type Reader struct {
	Limits
	// The document, and where in it the next byte is. Nothing is ever read twice, so that what
	// is held is the document, once, and what the proof needs of it.
	data  []byte
	at    int
	fresh bool // a value or a name may come here, without a comma before it
	// Where in the document this is, for people who look for what is wrong with it: the parts that are
	// being read, one inside the other.
	place []string
}

// New is a reader of these bytes. When ctx ends, what is being read ends with its cause, see [Catch].
func New(ctx context.Context, data []byte) *Reader {
	r := &Reader{data: data, fresh: true}
	r.fail, r.ctx = r.Fail, ctx
	return r
}

// Beside is a reader at the same place, for work beside that of r. What r has worked by now counts for both.
func (r *Reader) Beside() *Reader {
	b := *r
	b.fail, b.Wait = b.Fail, nil
	return &b
}

// Split is what has been read, and what has not.
func (r *Reader) Split() (read, rest []byte) { return r.data[:r.at], r.data[r.at:] }

// At is where the next byte is; Return goes back there, for an error that is about that place.
func (r *Reader) At() int       { return r.at }
func (r *Reader) Return(at int) { r.at = at }

// Rule names the rule of the part that is being read.
func (r *Reader) Rule(name string) { r.place[len(r.place)-1] += " (" + name + ")" }

// Fail rejects the document at the place that is being read.
// It does not return. A panic, not an error that is handed up: a caller that forgets to look at
// an error would accept, and this is the one thing that a checker must not do by mistake.
func (r *Reader) Fail(format string, args ...any) {
	panic(&Invalid{Place: r.Where(), Offset: r.at, Reason: fmt.Sprintf(format, args...), Limit: r.reached})
}

// Where names the place that is being read.
func (r *Reader) Where() string {
	if len(r.place) == 0 {
		return "document"
	}
	return strings.Join(r.place, ", ")
}

// Enter and Leave say which part of the document is read: a word and a number, or -1.
func (r *Reader) Enter(word string, n int) {
	if n >= 0 {
		word += " " + strconv.Itoa(n)
	}
	r.place = append(r.place, word)
}
func (r *Reader) Leave() { r.place = r.place[:len(r.place)-1] }

// Peek is the next byte that is no space or line feed, or 0 at the end.
// A 0 in the document is no byte that any caller expects, and so cannot be taken for more text.
func (r *Reader) Peek() byte {
	for ; r.at < len(r.data); r.at++ {
		if c := r.data[r.at]; c != ' ' && c != '\n' {
			return c
		}
	}
	return 0
}

// expect reads the byte c. A value, or the name of a member, may come next if c is one of [ { : and the comma.
func (r *Reader) expect(c byte) {
	if r.Peek() != c {
		r.Fail("expected %q", string(c))
	}
	r.at++
	r.fresh = strings.IndexByte("[{:,", c) >= 0
}

// separate reads the comma before a value, but before the first one of a list, and behind the name of a member.
// Who reads values of a list or an object one after the other need not think of commas.
func (r *Reader) separate() {
	if r.Peek() == ']' {
		r.Fail("the list is too short")
	}
	if !r.fresh {
		r.expect(',')
	}
}

// Open reads [ or {.
func (r *Reader) Open(c byte) {
	r.separate()
	r.expect(c)
}

// Close reads ] or }.
func (r *Reader) Close(c byte) { r.expect(c) }

// More says whether there is a further element in a list, and reads the ] at its end.
// A comma before ] is not accepted: after it an element is read, and ] is none.
func (r *Reader) More() bool {
	if r.Peek() == ']' {
		r.Close(']')
		return false
	}
	return true
}

// Member reads the name of a member of an object, which must be this. Its value is read next.
func (r *Reader) Member(name string) *Reader {
	if !r.Has(name) {
		r.Fail("expected the member %q", name)
	}
	return r
}

// Has reads the name of a member if it is this.
// Nothing is read if it is not, so that the caller can ask for another one; members come in one
// order, and what is asked for too late is found to be missing.
func (r *Reader) Has(name string) bool {
	before, fresh := r.at, r.fresh
	if !fresh && r.Peek() == ',' {
		r.at++
	} else if !fresh {
		return false
	}
	if r.Peek() == '"' && strings.HasPrefix(string(r.data[r.at+1:min(len(r.data), r.at+2+len(name))]), name+`"`) {
		r.at += len(name) + 2
		r.expect(':')
		return true
	}
	r.at, r.fresh = before, fresh
	return false
}

// Text reads a string.
// There are no escapes, so that a string is the bytes that stand there, and a name that is
// printed can hold no line feed or other sign that would forge a line of a verdict.
func (r *Reader) Text() string {
	r.separate()
	r.expect('"')
	start := r.at
	for ; r.at < len(r.data) && r.data[r.at] != '"'; r.at++ {
		if c := r.data[r.at]; c < ' ' || c > '~' || c == '\\' {
			r.Fail("a string holds a byte that is not allowed")
		}
	}
	text := r.data[start:r.at]
	r.expect('"')
	return string(text)
}

// Word reads a string that is one of these.
func (r *Reader) Word(words ...string) string {
	text := r.Text()
	if !slices.Contains(words, text) {
		last := len(words) - 1
		r.Fail(`expected "%s" or "%s"`, strings.Join(words[:last], `", "`), words[last])
	}
	return text
}

// Name reads a string of 1 to 200 bytes.
func (r *Reader) Name() string {
	text := r.Text()
	if len(text) == 0 || len(text) > MaxName {
		r.Fail("a name must have 1 to %d bytes", MaxName)
	}
	return text
}

// Int reads an integer of at most 18 digits.
func (r *Reader) Int() int64 {
	r.separate()
	negative := r.Peek() == '-'
	if negative {
		r.at++
	}
	// Eighteen digits are below 2^60, so that neither this nor a sum of two of them overflows.
	start, n := r.at, int64(0)
	for ; r.at < len(r.data) && '0' <= r.data[r.at] && r.data[r.at] <= '9'; r.at++ {
		if n = 10*n + int64(r.data[r.at]-'0'); r.at-start == 18 {
			r.Fail("an integer has more than 18 digits")
		}
	}
	// No digit at all; or a leading zero, or -0, which would be second spellings.
	if r.at == start || r.data[start] == '0' && (r.at > start+1 || negative) {
		r.Fail("expected an integer")
	}
	r.fresh = false
	if negative {
		return -n
	}
	return n
}

// Below reads an integer that is at least low and less than high.
// Numbers of symbols, goals, rows and generators are read by this, with the length of what they
// number as high: an index out of range is a fault of the document and not of the program.
func (r *Reader) Below(low, high int) int {
	n := r.Int()
	if n < int64(low) || n >= int64(high) {
		r.Fail("%d is not at least %d and less than %d", n, low, high)
	}
	return int(n)
}

// Number reads a number: an integer; or a string, of an integer that has more than 18 digits,
// or of a fraction in lowest terms. The work is counted before the conversion that takes it:
// ten thousand digits are converted in quadratic time, and a document has room for thousands of
// such numbers.
func (r *Reader) Number() theorem.Num {
	r.separate()
	if r.Peek() != '"' {
		return theorem.Int(r.Int())
	}
	text := r.Text()
	// A second / would be in below, which is then no list of digits.
	above, below, fraction := strings.Cut(text, "/")
	a := r.digits(above)
	if !fraction {
		if len(strings.TrimPrefix(above, "-")) <= 18 {
			r.Fail("an integer of at most 18 digits is not written as a string")
		}
		return theorem.Number(new(big.Rat).SetInt(a))
	}
	b := r.digits(below)
	r.Spend((len(text)/19 + 1) * (len(text)/19 + 1))
	// A denominator of 1 would be a second spelling of an integer, a negative one of a
	// fraction.
	if b.Cmp(big.NewInt(1)) <= 0 || new(big.Int).GCD(nil, nil, new(big.Int).Abs(a), b).Cmp(big.NewInt(1)) != 0 {
		r.Fail("a fraction must be in lowest terms, with a denominator of at least 2")
	}
	return theorem.Number(new(big.Rat).SetFrac(a, b))
}

// digits is the integer that is written so.
func (r *Reader) digits(text string) *big.Int {
	plain := strings.TrimPrefix(text, "-")
	if plain == "" || plain[0] == '0' || strings.Trim(plain, "0123456789") != "" {
		r.Fail("expected an integer, not 0, in a string")
	}
	if len(plain) > MaxDigits {
		r.Exceed("a number has more than the %d digits that the format allows", MaxDigits)
	}
	r.Spend(2*DearWork + len(plain)/19 + (len(plain)/19)*(len(plain)/19)/64)
	n, _ := new(big.Int).SetString(text, 10)
	return n
}
