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
	c.use(n / 2)
	if list := c.unused(); !slices.Equal(list, []int{n}) {
		t.Errorf("%d facts are unused, want the last one alone", len(list))
	}
}
