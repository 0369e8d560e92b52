package witness

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"math/big"
	"strconv"
	"strings"

	"pstar/certificate/kernel"
	"pstar/rational"
)

// proofWriter writes a document of the kernel's format, in its one spelling.
type proofWriter struct {
	bytes.Buffer
	fresh bool // nothing stands behind the last [ or {
}

func (w *proofWriter) comma() {
	if !w.fresh {
		w.WriteByte(',')
	}
	w.fresh = false
}

// open begins an element that is a list or an object.
func (w *proofWriter) open(c byte) {
	w.comma()
	w.WriteByte(c)
	w.fresh = true
}

func (w *proofWriter) close(c byte) {
	w.WriteByte(c)
	w.fresh = false
}

// member begins a member; its value follows.
func (w *proofWriter) member(name string) {
	w.comma()
	w.WriteString(`"` + name + `":`)
	w.fresh = true
}

func (w *proofWriter) int(n int) {
	w.comma()
	w.Write(strconv.AppendInt(w.AvailableBuffer(), int64(n), 10))
}

func (w *proofWriter) text(s string) {
	w.comma()
	w.WriteString(`"` + s + `"`)
}

// product is an element [n,REF,…] of the products of a combine.
func (w *proofWriter) product(n int, references ...int) {
	w.open('[')
	w.int(n)
	for _, r := range references {
		w.int(r)
	}
	w.close(']')
}

// term is an element [c,SYM,…] of a polynomial.
func (w *proofWriter) term(c int, symbols ...int) { w.product(c, symbols...) }

// equation is an element [POLY,REF] of the equations of a combine, of which poly writes the terms.
func (w *proofWriter) equation(reference int, poly func()) {
	w.open('[')
	w.open('[')
	poly()
	w.close(']')
	w.int(reference)
	w.close(']')
}

// constant is c times each of the equations first..last-1, if there are any.
func (w *proofWriter) constant(c, first, last int) {
	if first >= last {
		return
	}
	w.open('[')
	w.open('[')
	w.term(c)
	w.close(']')
	w.int(first)
	if last > first+1 {
		w.int(last - 1)
	}
	w.close(']')
}

// step is an element of a list of steps.
func (w *proofWriter) step(rule string, members func()) {
	w.open('{')
	w.member("rule")
	w.text(rule)
	members()
	w.close('}')
}

// combine settles the goal with this number. Products and equations are written by the two functions.
func (w *proofWriter) combine(goal int, products, equations func()) {
	w.step("combine", func() {
		w.member("goal")
		w.int(goal)
		w.lists(products, equations)
	})
}

// scaledCombine settles the goal times a positive number.
func (w *proofWriter) scaledCombine(goal int, times rational.Rat, products, equations func()) {
	w.step("combine", func() {
		w.member("goal")
		w.int(goal)
		w.member("times")
		w.rat(times.Big())
		w.lists(products, equations)
	})
}

func (w *proofWriter) lists(products, equations func()) {
	w.list("products", products)
	w.list("equations", equations)
}

// list is a member that is a list.
func (w *proofWriter) list(name string, elements func()) {
	w.member(name)
	w.open('[')
	if elements != nil {
		elements()
	}
	w.close(']')
}

// proof is an element of proofs.
func (w *proofWriter) proof(number int, t *kernel.Theorem, rows, exists func()) {
	w.open('{')
	w.member("theorem")
	w.int(number)
	w.member("sha256")
	w.text(t.Digest())
	w.list("rows", rows)
	if exists != nil {
		w.list("exists", exists)
	}
	w.close('}')
}

// document is a document with its statement, claims and proofs, each of which is written by a
// function.
func document(statement func(*proofWriter), claims [][2]string, proofs func(*proofWriter)) []byte {
	w := &proofWriter{fresh: true}
	w.open('{')
	w.member("format")
	w.text(kernel.Format)
	w.WriteString(",\n")
	w.fresh = true
	w.member("statement")
	w.open('{')
	statement(w)
	w.close('}')
	w.WriteString(",\n")
	w.fresh = true
	w.list("claims", func() {
		for _, c := range claims {
			w.open('[')
			w.text(c[0])
			w.text(c[1])
			w.close(']')
		}
	})
	w.WriteString(",\n")
	w.fresh = true
	w.list("proofs", func() { proofs(w) })
	sum := sha256.Sum256(w.Bytes())
	w.WriteString(",\n\"sha256\":\"" + hex.EncodeToString(sum[:]) + "\"}\n")
	return w.Bytes()
}

// Proof is a document that is there already.
type Proof []byte

// Write writes the document.
func (p Proof) Write(w io.Writer) error {
	_, err := w.Write(p)
	return err
}

// rat is a number, in its one spelling.
func (w *proofWriter) rat(x *big.Rat) {
	text := x.RatString()
	if len(strings.TrimPrefix(text, "-")) > 18 || !x.IsInt() {
		w.text(text)
		return
	}
	w.comma()
	w.WriteString(text)
}

// ratTerm is an element [c,…] of a polynomial, or of the products of a combine.
func (w *proofWriter) ratTerm(c *big.Rat, rest ...int) {
	w.open('[')
	w.rat(c)
	for _, n := range rest {
		w.int(n)
	}
	w.close(']')
}
