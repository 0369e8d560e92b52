package kernel

import (
	"bufio"
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
	w := &literalWriter{to: bufio.NewWriterSize(to, 1<<16)}
	w.text(`{"name":"`, t.Name, `","kind":"`, string(t.Kind), `","symbols":`)
	w.symbols(t.Symbols)
	w.text(`,"facts":`)
	w.facts(t.Facts)
	w.text(`,"rows":`)
	w.facts(t.Rows)
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

type literalWriter struct {
	to      *bufio.Writer
	scratch []byte
}

func (w *literalWriter) text(parts ...string) {
	for _, p := range parts {
		w.to.WriteString(p)
	}
}

// comma stands before all elements of a list but the first.
func (w *literalWriter) comma(k int) {
	if k > 0 {
		w.to.WriteByte(',')
	}
}

func (w *literalWriter) int(n int64) {
	w.scratch = strconv.AppendInt(w.scratch[:0], n, 10)
	w.to.Write(w.scratch)
}

func (w *literalWriter) symbols(list []Symbol) {
	w.text("[")
	for k, s := range list {
		w.comma(k)
		w.text(`["`, s.Name, `","`, s.sort(), `"]`)
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
		for i := 0; i < t.M.degree(); i++ {
			w.to.WriteByte(',')
			w.int(int64(t.M.symbol(i)))
		}
		w.text("]")
	}
	w.text("]")
}

func (w *literalWriter) number(c Num) {
	switch text := ""; {
	case c.r == nil && -1e18 < c.n && c.n < 1e18:
		w.int(c.n)
	default:
		text = c.rat().RatString()
		w.text(`"`, text, `"`)
	}
}

// nameLimit counts the bytes of the names of the symbols, wherever they stand, as the theorem
// is to be read by people.
func (t *Theorem) nameLimit(r *Reader) {
	symbols := append([]Symbol(nil), t.Symbols...)
	lists := [][]Fact{t.Facts, t.Rows}
	var values []Assignment
	if t.Process != nil {
		symbols, lists = append(symbols, t.Process.Symbols...), append(lists, t.Process.Facts)
		values = append(append(values, t.Process.Start...), t.Process.Update...)
	}
	poly := func(p Poly) {
		for _, term := range p {
			for k := term.M.degree() - 1; k >= 0; k-- {
				r.name(symbols[term.M.symbol(k)])
			}
		}
	}
	for _, list := range lists {
		for _, f := range list {
			poly(f.Poly)
		}
	}
	for _, a := range values {
		poly(a.Value)
	}
}
