package main

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/certificate/kernel"
	"pstar/lp"
	"pstar/rational"
)

// dense is a row with a coefficient for each variable, and the constant behind them.
type dense struct {
	relation kernel.Relation
	entries  []rational.Rat
}

// multiple reports whether one of two rows is the other times a number that keeps what it says, by products of entries.
func (r dense) multiple(other dense) bool {
	if r.relation != other.relation {
		return false
	}
	var factor *rational.Rat
	for k, x := range r.entries {
		if x.IsZero() != other.entries[k].IsZero() {
			return false
		}
		if x.IsZero() {
			continue
		}
		if y := other.entries[k].Quo(x); factor == nil {
			factor = &y
		} else if !factor.Equal(y) {
			return false
		}
	}
	return factor == nil || r.relation == kernel.EQ || factor.Sign() > 0
}

// says reports whether a row says anything.
func (r dense) says() bool {
	last := len(r.entries) - 1
	for _, x := range r.entries[:last] {
		if !x.IsZero() {
			return true
		}
	}
	sign := r.entries[last].Sign()
	return map[kernel.Relation]bool{kernel.EQ: sign != 0, kernel.GT: sign <= 0, kernel.GE: sign < 0}[r.relation]
}

// missing is the place of the first row that says something and of which the others have no multiple, or -1.
func missing(rows, others []dense) int {
next:
	for k, r := range rows {
		if !r.says() {
			continue
		}
		for _, other := range others {
			if r.multiple(other) {
				continue next
			}
		}
		return k
	}
	return -1
}

// linears are rows with their terms in any order, some of them 0.
func linears(rows []dense, random *rand.Rand) iter.Seq[*linear] {
	return func(yield func(*linear) bool) {
		var l linear
		for k, r := range rows {
			l.relation, l.constant, l.terms = r.relation, r.entries[len(r.entries)-1], l.terms[:0]
			l.from = func() string { return fmt.Sprintf("row %d.", k) }
			for _, j := range random.Perm(len(r.entries) - 1) {
				if x := r.entries[j]; !x.IsZero() || random.IntN(2) == 0 {
					l.terms = append(l.terms, lp.Term{Variable: j, Coefficient: x})
				}
			}
			if !yield(&l) {
				return
			}
		}
	}
}

// Lists are the same if each row of either is a multiple of one of the other, or says nothing, which products of entries tell; else the
// first row of the certificate that the file has not is named, or the first of the file.
func TestSameRows(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 40))
	seen := [3]int{}
	for range 20000 {
		list := func(n int) (rows []dense) {
			for range n {
				r := dense{relation: []kernel.Relation{kernel.GE, kernel.GT, kernel.EQ}[random.IntN(3)]}
				for range 3 {
					r.entries = append(r.entries, rational.NewRat(int64(random.IntN(3)-1), 1))
				}
				rows = append(rows, r)
			}
			return rows
		}
		document := list(1 + random.IntN(4))
		// Multiples in another order, and often a row more or another one.
		var file []dense
		for _, k := range random.Perm(len(document)) {
			factor := rational.NewRat(int64(1+random.IntN(4)), int64(1+random.IntN(3)))
			if random.IntN(8) == 0 {
				factor = factor.Neg()
			}
			r := dense{relation: document[k].relation}
			for _, x := range document[k].entries {
				r.entries = append(r.entries, x.Mul(factor))
			}
			file = append(file, r)
		}
		file = append(file, list(random.IntN(2))...)
		want, which := "", 0
		if k := missing(document, file); k >= 0 {
			want, which = fmt.Sprintf("the certificate has row %d., and the file has no such row", k), 1
		} else if k := missing(file, document); k >= 0 {
			want, which = fmt.Sprintf("the file has line %d, and the certificate has no such row", k), 2
		}
		seen[which]++
		err := sameRows(linears(document, random), newRowSet(linears(file, random), func(n int) string { return fmt.Sprintf("line %d", n) }))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Fatalf("%v and %v: %v, want %q", document, file, err, want)
		}
	}
	if min(seen[0], seen[1], seen[2]) < 1000 {
		t.Errorf("%v lists that are the same, and differ in either way", seen)
	}
}

// Keys tell the numbers of rows apart from each other: 1 and 12 times variables 2 and 3 from 11 and 2 times them, and so on.
func TestKeysAreReadInOneWay(t *testing.T) {
	number := func(n int64) rational.Rat { return rational.NewRat(n, 1) }
	keys := map[string]string{}
	for _, relation := range []kernel.Relation{kernel.GE, kernel.GT, kernel.EQ} {
		for _, constant := range []int64{0, 1, 11, -1} {
			for variable := range 13 {
				for _, c := range []int64{1, 2, 11, 12, 111, -1, -11} {
					l := linear{relation: relation, constant: number(constant), terms: []lp.Term{{Variable: 12 + variable, Coefficient: number(c)}, {Variable: 0, Coefficient: number(1)}}}
					row := fmt.Sprint(relation, constant, variable, c)
					key := string(l.appendKey(nil))
					if other, taken := keys[key]; taken {
						t.Errorf("%s and %s have the key %s", row, other, key)
					}
					keys[key] = row
				}
			}
		}
	}
}

// Of rows that are multiples of one the set keeps one, and to look up a row of a document takes no memory.
func TestRowsAreNotKept(t *testing.T) {
	rows := func(n int) iter.Seq[*linear] {
		return func(yield func(*linear) bool) {
			l := linear{terms: make([]lp.Term, 20)}
			for k := range n {
				l.constant = rational.Whole(int64(1 + k%7))
				for j := range l.terms {
					l.terms[j] = lp.Term{Variable: j, Coefficient: rational.Whole(int64((1 + j%3) * (1 + k%7)))}
				}
				if !yield(&l) {
					return
				}
			}
		}
	}
	set := newRowSet(rows(1000), nil)
	if len(set.list) != 1 {
		t.Errorf("%d rows are kept", len(set.list))
	}
	allocations := func(n int) float64 {
		return testing.AllocsPerRun(5, func() {
			if err := sameRows(rows(n), set); err != nil {
				t.Error(err)
			}
		})
	}
	if few, many := allocations(10), allocations(10000); many > few+10 {
		t.Errorf("%v allocations for 10 rows, %v for 10000", few, many)
	}
}
