package theorem

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"
)

// Digest is the SHA-256 of the theorem as WriteLiteral writes it.
func (t *Theorem) Digest() string {
	hash := sha256.New()
	t.WriteLiteral(hash)
	return hex.EncodeToString(hash.Sum(nil))
}

// WriteLiteral writes the theorem as a literal statement has it, without spaces.
func (t *Theorem) WriteLiteral(to io.Writer) error {
	w := &literalWriter{to: to}
	w.text(`{"name":"`, t.Name, `","kind":"`, string(t.Kind), `","symbols":`)
	w.symbols(t.Symbols)
	w.text(`,"facts":`)
	w.facts(t.Facts)
	w.text(`,"rows":`)
	w.facts(t.Rows)
	w.exponentials(t.Exponentials)
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
	w.flush()
	return w.err
}

// literalWriter gathers what is written, and hands it on now and then.
type literalWriter struct {
	to     io.Writer
	err    error // the first one
	buffer []byte
}

func (w *literalWriter) flush() {
	if w.err == nil {
		_, w.err = w.to.Write(w.buffer)
	}
	w.buffer = w.buffer[:0]
}

func (w *literalWriter) text(parts ...string) {
	for _, p := range parts {
		w.buffer = append(w.buffer, p...)
	}
}

// comma stands before all elements of a list but the first.
func (w *literalWriter) comma(k int) {
	if len(w.buffer) > 1<<15 {
		w.flush()
	}
	if k > 0 {
		w.buffer = append(w.buffer, ',')
	}
}

func (w *literalWriter) int(n int64) { w.buffer = strconv.AppendInt(w.buffer, n, 10) }

func (w *literalWriter) symbols(list []Symbol) {
	w.text("[")
	for k, s := range list {
		w.comma(k)
		w.text(`["`, s.Name, `","`, s.Sort(), `"]`)
	}
	w.text("]")
}

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

func (w *literalWriter) poly(p Poly) {
	w.text("[")
	for k, t := range p {
		w.comma(k)
		w.text("[")
		w.number(t.C)
		for i := 0; i < t.M.Degree(); i++ {
			w.buffer = append(w.buffer, ',')
			w.int(int64(t.M.Symbol(i)))
		}
		w.text("]")
	}
	w.text("]")
}

func (w *literalWriter) number(c Num) {
	if c.Short() && -1e18 < c.n && c.n < 1e18 {
		w.int(c.n)
		return
	}
	w.text(`"`, c.String(), `"`)
}

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
