package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"pstar/certificate/kernel"
	"pstar/lp"
	"pstar/rational"
)

// A linear is a row Σ coefficients·variables + constant ≥, > or = 0, with where it comes from.
// It is what rows of programs, polyhedra and theorems have in common. Lists of them may be as
// long as a document, so that one is made after the other, in the same place.
type linear struct {
	relation kernel.Relation
	constant rational.Rat
	terms    []lp.Term // in any order, with different variables; those of 0 mean nothing
	from     func() string
}

// read makes the row that a fact is, without the symbol that stands for 0; column says which variable a
// symbol is. The fact must be linear: a product would be read as its first symbol. Facts of builders
// are, and what somebody has written out is asked with isLinear before.
func (l *linear) read(f kernel.Fact, zero int, column func(s int) int) {
	l.relation, l.constant, l.terms = f.Relation, rational.Rat{}, l.terms[:0]
	for _, term := range f.Poly {
		c := one
		if !term.C.IsOne() {
			c = rational.RatFromBig(term.C.Rat())
		}
		switch {
		case len(term.M) == 0:
			l.constant = c
		case term.M.Symbol(0) != zero:
			l.terms = append(l.terms, lp.Term{Variable: column(term.M.Symbol(0)), Coefficient: c})
		}
	}
}

// isLinear reports whether no term is a product of symbols.
func isLinear(p kernel.Poly) bool {
	return !slices.ContainsFunc(p, func(t kernel.Term) bool { return t.M.Degree() > 1 })
}

// linearRows are facts but one as rows, see [linear.read]; from says where fact k comes from. Each row is there until the
// next one is asked for, as all are in one place.
func linearRows(facts []kernel.Fact, except, zero int, column func(s int) int, from func(k int) string) iter.Seq[*linear] {
	return func(yield func(*linear) bool) {
		k := 0
		l := linear{from: func() string { return from(k) }}
		for ; k < len(facts); k++ {
			if k == except {
				continue
			}
			if l.read(facts[k], zero, column); !yield(&l) {
				return
			}
		}
	}
}

// signsOf are the signs that are declared of symbols but one, as rows, like those of [linearRows].
func signsOf(symbols []kernel.Symbol, except int, column func(s int) int, from func(name string) string) iter.Seq[*linear] {
	return func(yield func(*linear) bool) {
		s := 0
		l := linear{relation: kernel.GE, terms: make([]lp.Term, 1), from: func() string { return from(symbols[s].Name) }}
		for ; s < len(symbols); s++ {
			if !symbols[s].Nonnegative || s == except {
				continue
			}
			if l.terms[0] = (lp.Term{Variable: column(s), Coefficient: one}); !yield(&l) {
				return
			}
		}
	}
}

// chain is one list behind the other.
func chain(some, others iter.Seq[*linear]) iter.Seq[*linear] {
	return func(yield func(*linear) bool) {
		for _, list := range []iter.Seq[*linear]{some, others} {
			for l := range list {
				if !yield(l) {
					return
				}
			}
		}
	}
}

// trivial reports whether a row holds whatever the variables are.
func (l *linear) trivial() bool {
	for _, t := range l.terms {
		if !t.Coefficient.IsZero() {
			return false
		}
	}
	switch l.relation {
	case kernel.EQ:
		return l.constant.IsZero()
	case kernel.GT:
		return l.constant.Sign() > 0
	}
	return l.constant.Sign() >= 0
}

// appendKey appends a text that is the same for rows that are multiples of each other, and for no others: the first
// coefficient is 1, or −1 in an inequality. Up to a positive factor for inequalities, and any for equations: those
// describe the same points.
// Two rows with the same key have the same relation, so none is weaker than the other.
// It puts the terms in the order of their variables.
func (l *linear) appendKey(text []byte) []byte {
	slices.SortFunc(l.terms, func(a, b lp.Term) int { return cmp.Compare(a.Variable, b.Variable) })
	// A row without variables is scaled to its constant, whose sign in an inequality stays.
	scale := l.constant
	if first := slices.IndexFunc(l.terms, func(t lp.Term) bool { return !t.Coefficient.IsZero() }); first >= 0 {
		scale = l.terms[first].Coefficient
	}
	text = append(text, l.relation.String()...)
	// A row of nothing but its relation, 0 ≥ 0 or 0 > 0.
	if scale.IsZero() {
		return text
	}
	// Multiplying by less than 0 would turn an inequality round.
	if scale.Sign() < 0 && l.relation != kernel.EQ {
		scale = scale.Neg()
	}
	factor := scale.Inv()
	text = l.constant.Mul(factor).Append(append(text, ' '))
	for _, t := range l.terms {
		if !t.Coefficient.IsZero() {
			text = append(strconv.AppendInt(append(text, ' '), int64(t.Variable), 10), ':')
			text = t.Coefficient.Mul(factor).Append(text)
		}
	}
	return text
}

// A rowSet is a list of rows, of which one is kept for all that are multiples of it, as the SHA-256 of its key: a file
// may have a million. Who found two rows with one digest would have broken that function, on which
// the digests of theorems rest as well.
type rowSet struct {
	list []keptRow          // ascending
	from func(n int) string // where row n of the file comes from
}

type keptRow struct {
	digest [sha256.Size]byte
	number int // of the first row with that digest
}

func (r keptRow) compare(other keptRow) int { return bytes.Compare(r.digest[:], other.digest[:]) }

// newRowSet keeps all but trivial rows: lists of some programs have the row 1 >= 0, which says nothing.
func newRowSet(rows iter.Seq[*linear], from func(n int) string) *rowSet {
	set, number := &rowSet{from: from}, 0
	var text []byte
	for l := range rows {
		if !l.trivial() {
			text = l.appendKey(text[:0])
			set.list = append(set.list, keptRow{sha256.Sum256(text), number})
		}
		number++
	}
	slices.SortFunc(set.list, func(a, b keptRow) int { return cmp.Or(a.compare(b), cmp.Compare(a.number, b.number)) })
	set.list = slices.CompactFunc(set.list, func(a, b keptRow) bool { return a.digest == b.digest })
	return set
}

// sameRows names the first row that one of the lists has and the other has not.
// Both lists must hold the other: a certificate of fewer rows would bound less, one of more
// rows would be of another problem. How often a row is there makes no difference.
// Rows of the document are looked up one after the other, and none is kept.
func sameRows(document iter.Seq[*linear], file *rowSet) error {
	there := make([]bool, len(file.list))
	var text []byte
	for l := range document {
		if l.trivial() {
			continue
		}
		text = l.appendKey(text[:0])
		at, known := slices.BinarySearchFunc(file.list, keptRow{digest: sha256.Sum256(text)}, keptRow.compare)
		if !known {
			return &otherError{fmt.Sprintf("the certificate has %s, and the file has no such row", l.from())}
		}
		there[at] = true
	}
	missing := -1
	for k, row := range file.list {
		if !there[k] && (missing < 0 || row.number < missing) {
			missing = row.number
		}
	}
	if missing >= 0 {
		return &otherError{fmt.Sprintf("the file has %s, and the certificate has no such row", file.from(missing))}
	}
	return nil
}
