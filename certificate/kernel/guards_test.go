package kernel

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pstar/certificate/reading"
)

// A fact is the image of another one only if relations, terms and coefficients are, whatever the hash says.
func TestIsImage(t *testing.T) {
	x, y := Term{C: Int(1), M: Product(0)}, Term{C: Int(1), M: Product(1)}
	c := newChecker(newDocument(context.Background(), nil), &Theorem{Symbols: []Symbol{{Name: "x"}, {Name: "y"}}})
	swap := []int32{1, 0}
	for _, k := range []struct {
		f, o Fact
		same bool
	}{
		{Fact{Relation: GE, Poly: Poly{x}}, Fact{Relation: GE, Poly: Poly{y}}, true},
		{Fact{Relation: GE, Poly: Poly{x}}, Fact{Relation: GT, Poly: Poly{y}}, false},
		{Fact{Relation: EQ, Poly: Poly{x}}, Fact{Relation: GE, Poly: Poly{y}}, false},
		{Fact{Relation: GE, Poly: Poly{x}}, Fact{Relation: GE, Poly: Poly{x}}, false},
		{Fact{Relation: GE, Poly: Poly{x}}, Fact{Relation: GE, Poly: Poly{x, y}}, false},
		{Fact{Relation: GE, Poly: Poly{x, y}}, Fact{Relation: GE, Poly: Poly{y}}, false},
		{Fact{Relation: GE, Poly: Poly{x}}, Fact{Relation: GE, Poly: Poly{{C: Int(2), M: Product(1)}}}, false},
		{Fact{Poly: Poly{{C: Int(3)}, x}}, Fact{Poly: Poly{{C: Int(3)}, y}}, true},
		{Fact{Poly: Poly{{C: Int(3)}, x}}, Fact{Poly: Poly{{C: Int(2)}, y}}, false},
		{Fact{Poly: Poly{{C: Int(3)}}}, Fact{Poly: Poly{y}}, false},
		{Fact{Poly: Poly{x, y}}, Fact{Poly: Poly{x, y}}, true},
		{Fact{Poly: Poly{x, {C: Int(2), M: Product(1)}}}, Fact{Poly: Poly{x, {C: Int(2), M: Product(1)}}}, false},
		{Fact{Poly: Poly{x}}, Fact{Poly: Poly{x}}, false},
		{Fact{Poly: nil}, Fact{Poly: nil}, true},
		// Two terms with the same first symbol.
		{Fact{Poly: Poly{{C: Int(2), M: Product(0, 1)}, {C: Int(1), M: Product(1, 1)}}}, Fact{Poly: Poly{{C: Int(1), M: Product(0, 0)}, {C: Int(2), M: Product(0, 1)}}}, true},
		{Fact{Poly: Poly{{C: Int(1), M: Product(0, 0)}}}, Fact{Poly: Poly{{C: Int(1), M: Product(1, 1)}}}, true},
		{Fact{Poly: Poly{{C: Int(1), M: Product(0, 0)}}}, Fact{Poly: Poly{{C: Int(1), M: Product(0, 1)}}}, false},
		{Fact{Poly: Poly{{C: Int(1), M: Product(0, 0)}}}, Fact{Poly: Poly{y}}, false},
		{Fact{Poly: Poly{x}}, Fact{Poly: Poly{{C: Int(1), M: Product(1, 1)}}}, false},
	} {
		if c.isImage(k.f, k.o, swap) != k.same {
			t.Errorf("%v to %v", k.f, k.o)
		}
	}
}

// Facts that look alike to the hash are told apart: the identity takes each to itself, whichever came last.
func TestFactsThatLookAlike(t *testing.T) {
	const n = 32
	facts := reading.New(context.Background(), []byte("["+alike(n)+"]")).Facts(n)
	c := newChecker(newDocument(context.Background(), nil), &Theorem{Symbols: make([]Symbol, n), Facts: facts, Generators: [][]int32{make([]int32, n)}})
	var same []int32
	for k := range int32(n) {
		c.theorem.Generators[0][k] = k
		same = append(same, k)
	}
	var acts []action
	err := caught(func() { acts = c.actions(0) })
	if err != nil || len(facts) < 3 || !slices.Equal(acts[0].facts, same[:len(facts)]) {
		t.Errorf("%d facts are moved as %v, %v", len(facts), acts, err)
	}
}

// Of more facts than that all sets would be too many, and without a symmetry none may be left out: x_1..x_13 with the sum b and x_i ≤ q_i
// do not exist for all b ≥ 0 and q. Of still more a set is no number of 64 bits.
func TestBlockOfManyFacts(t *testing.T) {
	for n, reason := range map[int]string{maxAllSets + 1: "more than 12 facts", maxBlockFacts + 1: "fact 62 is listed twice, or not a fact with unknowns that are to be at least 0, or one too many"} {
		symbols := several(n, func(k int) string { return fmt.Sprintf(`["q%d","p"],["x%d","u+"]`, k, k) }) + `,["b","p+"]`
		facts := several(n, func(k int) string { return fmt.Sprintf(`[">=",[[1,%d],[-1,%d]]]`, 2*k, 2*k+1) }) +
			`,["=",[` + several(n, func(k int) string { return fmt.Sprintf(`[-1,%d]`, 2*k+1) }) + fmt.Sprintf(`,[1,%d]]]`, 2*n)
		_, err := Check(seal(hostile("feasible", symbols, facts, "", "", `"rows":[],"exists":[{"rule":"block","facts":[`+several(n, strconv.Itoa)+`],"steps":[]}]`)), nil)
		if err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("a block of %d facts: %v", n, err)
		}
	}
}

// A power that is too long is refused before it is made, for its length.
func TestPowerOfAPrefix(t *testing.T) {
	symbols, wide := `["s","p+"],["x","p"],["y","p"]`, "1"+strings.Repeat("0", 1250)
	facts := `[">=",[[1],[-1,0]]],["=",[["-` + wide + `",0],[1,1]]],["=",[[-1,0],[1,2]]]`
	_, err := Check(seal(hostile("implied", symbols, facts, `[">=",[[1],[1,2],[-1`+strings.Repeat(",1", 64)+`]]]`, "",
		`"rows":[{"rule":"prefix","goal":0,"x":[1,1],"y":[2,2],"bounds":[0,0],"order":[0]}]`)), nil)
	if err == nil || !strings.Contains(err.Error(), "a number has more than the 4096 words") {
		t.Errorf("the 64th power of a number of 65 words: %v", err)
	}
}

// What a scope and a theorem may have ends at a limit, also where a builder or a rule makes it and no document lists it.
func TestLimitsOfScopes(t *testing.T) {
	c := newChecker(newDocument(context.Background(), nil), &Theorem{})
	c.scope, c.facts, c.nonnegative = &scope{}, make([]Fact, MaxFacts), make([]bool, MaxSymbols)
	long := make(Poly, MaxTerms/4)
	for reason, do := range map[string]func(){
		"more than 1048576 facts":    func() { c.addFact(Fact{}) },
		"more than 1048576 symbols":  func() { c.addSymbol(false) },
		"more than 1048576 symbols ": func() { c.own(&Theorem{Symbols: make([]Symbol, MaxSymbols+1)}) },
		"more than the 5242880 terms at a time": func() {
			c.own(&Theorem{Facts: []Fact{{Poly: long}, {Poly: long}}, Rows: []Fact{{Poly: long}, {Poly: long}}})
		},
	} {
		err := caught(do)
		var invalid *Invalid
		if !errors.As(err, &invalid) || !invalid.Limit || !strings.Contains(invalid.Reason, strings.TrimSpace(reason)) {
			t.Errorf("want %q, got %v", reason, err)
		}
	}
}

// When the scope of a dual closes, nothing is left of how generators act on its symbols: whoever gets their numbers next may move otherwise.
func TestActionsEndWithTheirScope(t *testing.T) {
	x, y := Poly{{C: Int(1), M: Product(0)}}, Poly{{C: Int(1), M: Product(1)}}
	theorem := &Theorem{Kind: Feasible, Symbols: []Symbol{{Unknown: true}, {Unknown: true}}, Facts: []Fact{atLeast0(x), atLeast0(y)}, Generators: [][]int32{{1, 0}}}
	c := newChecker(newDocument(context.Background(), []byte("[]")), theorem)
	c.acts = c.actions(1)
	c.open(func(s *scope) {
		columns, _, _ := c.columns()
		c.dualActions(c.openDual(columns))
		if got := fmt.Sprint(c.acts[0].symbols); got != "[1 0 3 2]" {
			t.Errorf("the symbols of the dual move as %s", got)
		}
	})
	if got := fmt.Sprint(c.acts[0].symbols); got != "[1 0]" {
		t.Errorf("behind it they move as %s", got)
	}
}

// A document that is too long is refused before it is read.
func TestLongDocument(t *testing.T) {
	_, err := Check(make([]byte, MaxDocument+1), nil)
	var invalid *Invalid
	if !errors.As(err, &invalid) || !invalid.Limit {
		t.Errorf("a document of more bytes than the format allows: %v", err)
	}
}

// caught is how the document is refused by what is done, or nil.
func caught(do func()) (err error) {
	defer reading.Catch(&err)
	do()
	return nil
}

// Nothing follows in an elimination from a fact that is hidden, whatever it holds.
func TestHiddenInAnElimination(t *testing.T) {
	x := Poly{{C: Int(1), M: Product(0)}}
	for hidden, want := range map[bool]string{false: "<nil>", true: "row -1 is not there, or the fact is hidden or holds an unknown"} {
		c := newChecker(newDocument(context.Background(), []byte("[[1,-1]]")), &Theorem{Symbols: []Symbol{{}}, Facts: []Fact{atLeast0(x)}})
		c.hidden[0] = hidden
		err := caught(func() { (&elimination{checker: c}).follows(atLeast0(x)) })
		if !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("of a fact that is hidden or not: %v, want %s", err, want)
		}
	}
}

// Scopes inside others end at a number of them.
func TestDeepScopes(t *testing.T) {
	for depth, want := range map[int]string{reading.MaxScopes - 1: "<nil>", reading.MaxScopes: "more than 32 scopes"} {
		c := newChecker(newDocument(context.Background(), []byte("[]")), &Theorem{})
		c.depth = depth
		if err := caught(func() { c.open(func(*scope) {}) }); !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("one more than %d scopes: %v, want %s", depth, err, want)
		}
	}
}
