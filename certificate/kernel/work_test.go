package kernel

import (
	"context"
	"math/big"
	"sort"
	"testing"

	"pstar/certificate/theorem"
)

// work is what has been counted: what is missing to the limit is found by halves.
func work(l *limits) int {
	return MaxWork - sort.Search(MaxWork, func(n int) (exceeds bool) {
		defer func() { exceeds = recover() != nil }()
		rest := *l
		rest.Spend(n + 1)
		return
	})
}

// Where a long number stands instead of a short one there is more work, of 16, and the words of both, for each operation on it, also for
// making what comes out primitive: at a vector of generate, and at a sum of project.
func TestWorkOfLongNumbers(t *testing.T) {
	two, long := Int(2), theorem.Big(new(big.Int).Lsh(big.NewInt(1), 100)) // of 2 words
	linear := func(a, b Num, of ...int) Poly { return Poly{{C: a, M: Product(of[0])}, {C: b, M: Product(of[1])}} }
	generate := func(a Num) int {
		return work(describe(2, []Fact{{Relation: EQ, Poly: linear(a, Int(-1), 0, 1)}}).limits)
	}
	if more := generate(long) - generate(two); more != 5*(16+2+1)+(16+2+2) {
		t.Errorf("generate takes %d more", more)
	}
	project := func(a Num) int {
		c := newChecker(newDocument(context.Background(), nil), &Theorem{Symbols: make([]Symbol, 3)})
		e := elimination{checker: c, rows: []Fact{atLeast0(linear(a, Int(1), 0, 1)), atLeast0(linear(Int(-1), Int(1), 0, 2))}}
		before := work(&c.Limits)
		e.without(0, 1, map[int]Num{0: a, 1: Int(-1)})
		return work(&c.Limits) - before
	}
	if more := project(long) - project(two); more != 5*(16+2+1)+(16+2+2)+(16+2+2) {
		t.Errorf("project takes %d more", more)
	}
}
