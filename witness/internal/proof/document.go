package proof

import (
	"crypto/sha256"
	"encoding/hex"
	"math/big"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/certificate/theorem"
)

// Document is a document with its statement, claims and proofs. The two functions write the members of the statement, and the proofs.
//
// Claims are pairs of a tag and a status. The digest is that of all bytes before it;
// whether the document is valid only the checker says. The members stand in the order
// of the format.
func Document(statement func(*Writer), claims [][2]string, proofs func(*Writer)) []byte {
	w := New()
	w.Open('{')
	w.Member("format")
	w.Text(kernel.Format)
	w.line()
	w.Member("statement")
	w.Open('{')
	statement(w)
	w.Close('}')
	// Claims come before proofs: a reader knows what is to be shown.
	w.line()
	w.List("claims", func() {
		for _, c := range claims {
			w.Open('[')
			w.Text(c[0])
			w.Text(c[1])
			w.Close(']')
		}
	})
	w.line()
	w.List("proofs", func() { proofs(w) })
	// The digest is the last member, and not part of what it is a digest of.
	sum := sha256.Sum256(w.Bytes())
	w.WriteString(",\n\"sha256\":\"" + hex.EncodeToString(sum[:]) + "\"}\n")
	return w.Bytes()
}

// line begins a line; a member follows. Lines are for people who compare documents; the
// format permits them at these places only.
func (w *Writer) line() {
	w.WriteString(",\n")
	w.fresh = true
}

// Read reads a statement, of which the function writes the members, as the checker
// does: for what its theorems are. Witnesses need the theorems that a builder makes,
// with their digests. This runs the same code as the checker will, and so fails where
// it would.
func Read(members func(*Writer)) (kernel.Statement, error) {
	w := New()
	w.Open('{')
	members(w)
	w.Close('}')
	// Without claims or proofs: nothing is decided here.
	return kernel.ReadStatement(w.Bytes(), statement.Builders)
}

// Shape writes the members of a statement that name its builder, and its sizes.
func (w *Writer) Shape(builder string, k, n int) {
	w.Member("builder")
	w.Text(builder)
	w.Member("k")
	w.Int(k)
	w.Member("n")
	w.Int(n)
}

// Proof is an element of proofs; rows and exists write steps, exists nil if there is no
// such list. The theorem is named by its number and by its digest, so that a proof is
// never of another one.
func (w *Writer) Proof(number int, t *theorem.Theorem, rows, exists func()) {
	w.about(number, t, func() {
		w.List("rows", rows)
		// A theorem of kind implied has no such member.
		if exists != nil {
			w.List("exists", exists)
		}
	})
}

// Refuted is an element of proofs: a point, whose coordinates a function writes, at which this row does not hold. If row is −1 steps writes why there are
// no unknowns.
func (w *Writer) Refuted(number int, t *theorem.Theorem, point func(), row int, steps func()) {
	w.about(number, t, func() {
		w.Member("refuted")
		w.Open('{')
		w.List("point", point)
		w.Member("row")
		w.Int(row)
		// Only if there are no unknowns do steps have to show it.
		if row < 0 {
			w.List("steps", steps)
		}
		w.Close('}')
	})
}

// about is what proofs and refutations have in common.
func (w *Writer) about(number int, t *theorem.Theorem, members func()) {
	w.Open('{')
	w.Member("theorem")
	w.Int(number)
	w.Member("sha256")
	// Of the theorem as the writer knows it. The checker computes its own.
	w.Text(t.Digest())
	members()
	w.Close('}')
}

// Coordinate is an element [SYM,NUM] of a point, unless the number is 0. Coordinates
// that are 0 are left out in the format's one spelling.
func (w *Writer) Coordinate(symbol int, x *big.Rat) {
	if x.Sign() != 0 {
		w.Open('[')
		w.Int(symbol)
		w.Rat(x)
		w.Close(']')
	}
}

// Value is an element [SYM,POLY] of the values of a witness, of which terms writes the terms.
func (w *Writer) Value(symbol int, terms func()) {
	w.Open('[')
	w.Int(symbol)
	w.Open('[')
	terms()
	w.Close(']')
	w.Close(']')
}
