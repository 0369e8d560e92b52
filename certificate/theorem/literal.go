package theorem

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"
)

// Digest is the SHA-256 of the theorem as WriteLiteral writes it.
// It is what names a theorem to people: two documents that state it in different ways have the
// same.
func (t *Theorem) Digest() string {
	hash := sha256.New()
	t.WriteLiteral(hash)
	return hex.EncodeToString(hash.Sum(nil))
}

// WriteLiteral writes the theorem as a literal statement has it, without spaces.
// There is one way to write it, as numbers, polynomials and lists have one spelling each. Names
// hold no quotation marks: a reader has refused these.
// to is a hash or a buffer, which do not fail.
// A number that is written otherwise, such as 2/4, cannot come up: Num holds each in one
// way.
func (t *Theorem) WriteLiteral(to io.Writer) {
	w := &literalWriter{to: to}
	w.text(`{"name":"`, t.Name, `","kind":"`, string(t.Kind), `","symbols":`)
	w.symbols(t.Symbols)
	w.text(`,"facts":`)
	w.facts(t.Facts)
	w.text(`,"rows":`)
	w.facts(t.Rows)
	w.exponentials(t.Exponentials)
	// Members that may be missing are not there if they are empty: a second spelling otherwise.
	if len(t.Generators) > 0 {
		w.text(`,"generators":`)
		w.list(len(t.Generators), func(k int) {
			w.list(len(t.Generators[k]), func(i int) { w.int(int(t.Generators[k][i])) })
		})
	}
	if t.Process != nil {
		w.process(t.Process)
	}
	w.text("}")
	to.Write(w.held)
}

// A literalWriter gathers what it writes, and passes it on when it is long.
type literalWriter struct {
	to   io.Writer
	held []byte
}

func (w *literalWriter) text(parts ...string) {
	for _, p := range parts {
		w.held = append(w.held, p...)
	}
}

// list writes a list of n elements. All that is long is a list, so that this is where to look
// whether much is held.
func (w *literalWriter) list(n int, element func(k int)) {
	w.text("[")
	for k := range n {
		if k > 0 {
			w.held = append(w.held, ',')
		}
		if element(k); len(w.held) > 1<<12 {
			w.to.Write(w.held)
			w.held = w.held[:0]
		}
	}
	w.text("]")
}

// Decimal, without a plus sign or leading zeros, of which JSON allows none.
func (w *literalWriter) int(n int) { w.held = strconv.AppendInt(w.held, int64(n), 10) }

func (w *literalWriter) symbols(list []Symbol) {
	w.list(len(list), func(k int) { w.text(`["`, list[k].Name, `","`, list[k].Sort(), `"]`) })
}

// A fact is a list of its relation and its polynomial, which is compared with 0.
func (w *literalWriter) facts(list []Fact) {
	w.list(len(list), func(k int) {
		w.text(`["`, list[k].Relation.String(), `",`)
		w.poly(list[k].Poly)
		w.text("]")
	})
}

// A term is a list, the number first and then its symbols; a symbol that occurs twice
// stands twice.
func (w *literalWriter) poly(p Poly) {
	w.list(len(p), func(k int) {
		w.text("[")
		w.number(p[k].C)
		for i := range p[k].M.Degree() {
			w.held = strconv.AppendInt(append(w.held, ','), int64(p[k].M.Symbol(i)), 10)
		}
		w.held = append(w.held, ']')
	})
}

func (w *literalWriter) number(c Num) {
	// Up to 18 digits; longer integers and fractions are strings, which no reader of JSON takes
	// for a float.
	if c.Short() && -1e18 < c.n && c.n < 1e18 {
		w.held = strconv.AppendInt(w.held, c.n, 10)
		return
	}
	w.text(`"`, c.String(), `"`)
}

// A process is written in full: also empty lists of it are there.
func (w *literalWriter) process(p *Process) {
	w.text(`,"process":{"symbols":`)
	w.symbols(p.Symbols)
	w.text(`,"facts":`)
	w.facts(p.Facts)
	w.exponentials(p.Exponentials)
	w.text(`,"start":`)
	w.assignments(p.Start)
	w.text(`,"update":`)
	w.assignments(p.Update)
	w.text("}")
}

// The member is left out if there are none, in theorems and in processes.
func (w *literalWriter) exponentials(list []Assignment) {
	if len(list) > 0 {
		w.text(`,"exponentials":`)
		w.assignments(list)
	}
}

func (w *literalWriter) assignments(list []Assignment) {
	w.list(len(list), func(k int) {
		w.text("[")
		w.int(list[k].Symbol)
		w.text(",")
		w.poly(list[k].Value)
		w.text("]")
	})
}
