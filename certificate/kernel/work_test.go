package kernel

import (
	"context"
	"math/big"
	"slices"
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

// Each fact is looked at, and its image compared, once for each generator, also where numbers are long: what looks alike to the hash
// that finds the image costs nothing. It is part of the work of the document. A product is new to the sum of an image, but not the fact's own. A third is put into a sum, made negative, and added.
func TestWorkOfGenerators(t *testing.T) {
	third := theorem.Number(big.NewRat(1, 3))
	th := &Theorem{Symbols: make([]Symbol, 2), Generators: [][]int32{{1, 0}, {0, 1}}}
	for k := range 50 {
		n := Int(int64(k + 1))
		th.Facts = append(th.Facts, atLeast0(Poly{{C: third}, {C: third.Times(n), M: Product(0)}, {C: third.Times(n), M: Product(1)}, {C: Int(1), M: Product(0, 1)}}))
	}
	c := newChecker(newDocument(context.Background(), nil), th)
	before := work(&c.Limits)
	c.beside(th.Digest())
	c.known()
	look, thirds, long := 1+1+1+16, 50+2*34, 3*(16+4*2*2)
	if n, want := work(&c.Limits)-before, 50*(look+2*(look+16+2*look+16))+2*thirds*long; n != want {
		t.Errorf("generators take %d, want %d", n, want)
	}
	th.Facts, th.Generators = []Fact{{Poly: Poly{{C: Int(1), M: Product(slices.Repeat([]int{0}, 32)...)}}}}, [][]int32{{0, 1}}
	c = newChecker(newDocument(context.Background(), nil), th)
	if c.actions(1); work(&c.Limits) != 16+16+16+16+2*16*(1+2) {
		t.Errorf("the image of a term of degree 32 takes %d", work(&c.Limits))
	}
}

// What a rule puts in order, or makes a row of, costs as much as it takes, whatever it cancels to: without that, a document of a few
// megabytes took a minute. Of an image each term is sorted anew; rows of project count when they come.
func TestWorkOfImagesAndRows(t *testing.T) {
	n := 100
	row := Poly{}
	permutation := make([]int32, n)
	for s := range n {
		row = append(row, Term{C: Int(1), M: Product(s)})
		permutation[s] = int32((s + 1) % n)
	}
	th := &Theorem{Symbols: make([]Symbol, n), Generators: [][]int32{permutation}, Rows: []Fact{atLeast0(row)}}
	image := func(by string) int {
		c := newChecker(newDocument(context.Background(), []byte(`{"row":0,"by":[`+by+`]}`)), th)
		c.scope, c.images = &scope{}, true
		c.Open('{')
		before := work(&c.Limits)
		c.image()
		return work(&c.Limits) - before
	}
	if more := image("0,0,0") - image("0"); more != 2*n*(16+1+1) {
		t.Errorf("two more images take %d", more)
	}
	c := newChecker(newDocument(context.Background(), nil), &Theorem{})
	before := work(&c.Limits)
	(&elimination{checker: c}).add(Fact{Relation: EQ})
	if more := work(&c.Limits) - before; more != 16 {
		t.Errorf("a row of an elimination takes %d", more)
	}
}
