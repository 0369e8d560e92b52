package kernel

import (
	"context"
	"fmt"
	"slices"
	"testing"
)

// A fact is used if an image of it is, under any product of generators. Each of many is looked at once: the images of one under a
// rotation to the one before come in the order in which passes over all would find one at a time.
func TestUnusedUnderARotation(t *testing.T) {
	const n = 60_000
	theorem := &Theorem{Name: "rotated", Kind: Implied, Generators: [][]int32{make([]int32, n+1)}}
	for k := range n {
		theorem.Symbols = append(theorem.Symbols, Symbol{Name: fmt.Sprint(k), Nonnegative: true})
		theorem.Facts = append(theorem.Facts, Fact{Poly: Poly{{C: Int(1), M: Product(k)}}})
		theorem.Generators[0][k] = int32((k + n - 1) % n)
	}
	theorem.Symbols = append(theorem.Symbols, Symbol{Name: "alone"})
	theorem.Facts = append(theorem.Facts, Fact{Poly: Poly{{C: Int(1), M: Product(n)}}})
	theorem.Generators[0][n] = n
	c := newChecker(newDocument(context.Background(), nil), theorem)
	c.acts = c.actions(1)
	c.note(n / 2)
	if list := c.unused(); !slices.Equal(list, []int{n}) {
		t.Errorf("%d facts are unused, want the last one alone", len(list))
	}
}

// Of facts with unknowns, which say what is to be shown to exist, none is said to be unused.
func TestUnusedOfExistence(t *testing.T) {
	report, err := Check(seal(hostile("feasible", `["a","p"],["x","u"]`, `[">=",[[1,0]]],[">=",[[-1,0],[1,1]]]`, "", "",
		`"rows":[],"exists":[{"rule":"witness","values":[[1,[[1,0]]]],"steps":[]}]`)), nil)
	if err != nil || !slices.Equal(report.Theorems[0].Unused, []int{0}) {
		t.Errorf("unused are %v, %v", report.Theorems[0].Unused, err)
	}
}

// A fact is used by a product, by a multiple of an equation, or by the proof of a sum of an elimination.
func TestUsed(t *testing.T) {
	symbols := `["a","p"],["b","p"],["c","p"],["x","u"]`
	facts := `[">=",[[1,0]]],[">=",[[1,1]]],["=",[[1,0],[-1,2]]],[">=",[[-1,0],[1,3]]],[">=",[[1,1],[-1,3]]],[">=",[[-1,0],[1,1]]],[">=",[[1,2]]]`
	report, err := Check(seal(hostile("feasible", symbols, facts, `[">=",[[2,0],[-1,2]]]`, "",
		`"rows":[{"rule":"combine","goal":0,"products":[[1,0]],"equations":[[[[1]],2]]}],`+
			`"exists":[{"rule":"project","eliminate":[{"symbol":3,"kept":[],"dropped":[[[1,-6]]]}],"steps":[]}]`)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if unused := report.Theorems[0].Unused; !slices.Equal(unused, []int{1, 6}) {
		t.Errorf("unused are %v", unused)
	}
}
