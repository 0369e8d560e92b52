package theorem

import (
	"bufio"
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
// The error is that of the writer; a digest has none.
// A number that is written otherwise, such as 2/4, cannot come up: Num holds each in one
// way.
func (t *Theorem) WriteLiteral(to io.Writer) error {
	// Of the usual size: a document may have a quarter of a million theorems.
	w := &literalWriter{to: bufio.NewWriter(to)}
	w.text(`{"name":"`, t.Name, `","kind":"`, string(t.Kind), `","symbols":`)
	w.symbols(t.Symbols)
	w.text(`,"facts":`)
	w.facts(t.Facts)
	w.text(`,"rows":`)
	w.facts(t.Rows)
	w.exponentials(t.Exponentials)
	// Members that may be missing are not there if they are empty: a second spelling otherwise.
	if len(t.Generators) > 0 {
		w.text(`,"generators":[`)
		for k, g := range t.Generators {
			w.comma(k)
			w.text("[")
			for i, s := range g {
				w.comma(i)
				w.int(int64(s))
			}
			w.text("]")
		}
		w.text("]")
	}
	if t.Process != nil {
		w.process(t.Process)
	}
	w.text("}")
	return w.to.Flush()
}

// Errors of writing stay in the buffer and come out of its Flush: no call in between looks.
type literalWriter struct{ to *bufio.Writer }

func (w *literalWriter) text(parts ...string) {
	for _, p := range parts {
		w.to.WriteString(p)
	}
}

// comma stands before all elements of a list but the first.
// k is the place of the element that comes next.
func (w *literalWriter) comma(k int) {
	if k > 0 {
		w.to.WriteByte(',')
	}
}

// Decimal, without a plus sign or leading zeros, of which JSON allows none.
func (w *literalWriter) int(n int64) {
	w.to.Write(strconv.AppendInt(w.to.AvailableBuffer(), n, 10))
}

func (w *literalWriter) symbols(list []Symbol) {
	w.text("[")
	for k, s := range list {
		w.comma(k)
		w.text(`["`, s.Name, `","`, s.Sort(), `"]`)
	}
	w.text("]")
}

// A fact is a list of its relation and its polynomial, which is compared with 0.
func (w *literalWriter) facts(list []Fact) {
	w.text("[")
	for k, f := range list {
		w.comma(k)
		w.text(`["`, f.Relation.String(), `",`)
		w.poly(f.Poly)
		w.text("]")
	}
	w.text("]")
}

// A term is a list, the number first and then its symbols; a symbol that occurs twice
// stands twice.
func (w *literalWriter) poly(p Poly) {
	w.text("[")
	for k, t := range p {
		w.comma(k)
		w.text("[")
		w.number(t.C)
		for i := 0; i < t.M.Degree(); i++ {
			w.to.WriteByte(',')
			w.int(int64(t.M.Symbol(i)))
		}
		w.text("]")
	}
	w.text("]")
}

func (w *literalWriter) number(c Num) {
	// Up to 18 digits; longer integers and fractions are strings, which no reader of JSON takes
	// for a float.
	if c.Short() && -1e18 < c.n && c.n < 1e18 {
		w.int(c.n)
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
	w.text("[")
	for k, a := range list {
		w.comma(k)
		w.text("[")
		w.int(int64(a.Symbol))
		w.text(",")
		w.poly(a.Value)
		w.text("]")
	}
	w.text("]")
}
