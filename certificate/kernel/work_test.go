package kernel

import (
	"context"
	"fmt"
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

// Where a long number stands instead of a short one there is more work, of 16, and 12 for each word of both, for each operation on it, but taking it once; and
// making what comes out primitive is work at all, for the short ones too: at a vector of generate, and at a sum of project.
func TestWorkOfLongNumbers(t *testing.T) {
	two, long := Int(2), theorem.Big(new(big.Int).Lsh(big.NewInt(1), 100)) // of 2 words
	linear := func(a, b Num, of ...int) Poly { return Poly{{C: a, M: Product(of[0])}, {C: b, M: Product(of[1])}} }
	generate := func(a Num) int {
		return work(describe(2, []Fact{{Relation: EQ, Poly: linear(a, Int(-1), 0, 1)}}).limits)
	}
	if more := generate(long) - generate(two); more != 4*(16+12*3)+2*(16+4+1+16+3) {
		t.Errorf("generate takes %d more", more)
	}
	project := func(a Num) int {
		c := newChecker(newDocument(context.Background(), nil), &Theorem{Symbols: make([]Symbol, 3)})
		e := elimination{checker: c, rows: []Fact{atLeast0(linear(a, Int(1), 0, 1)), atLeast0(linear(Int(-1), Int(1), 0, 2))}}
		before := work(&c.Limits)
		e.without(0, 1, map[int]Num{0: a, 1: Int(-1)})
		return work(&c.Limits) - before
	}
	if more := project(long) - project(two); more != 3*(16+12*3)+(16+12*4)+2*(16+4+1+16+3)+1 {
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
	look, thirds, long := 1+1+1+16, 50+2*34, 3*(32+4*2*2)
	if n, want := work(&c.Limits)-before, 50*(look+2*(look+16+2*(look+2)+32+2+4))+2*thirds*long; n != want {
		t.Errorf("generators take %d, want %d", n, want)
	}
	th.Facts, th.Generators = []Fact{{Poly: Poly{{C: Int(1), M: Product(slices.Repeat([]int{0}, 32)...)}}}}, [][]int32{{0, 1}}
	c = newChecker(newDocument(context.Background(), nil), th)
	if c.actions(1); work(&c.Limits) != 16+16+2*16*4+2*16*(1+2)+32+4+16 {
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
	if more := image("0,0,0") - image("0"); more != 2*(n*(16+2+1+1)+8) {
		t.Errorf("two more images take %d", more)
	}
	// The row itself is looked at, which is all that an image under no generator is.
	if n := image(""); n != 100 {
		t.Errorf("an image under nothing takes %d", n)
	}
	c := newChecker(newDocument(context.Background(), nil), &Theorem{})
	before := work(&c.Limits)
	(&elimination{checker: c}).add(Fact{Relation: EQ})
	if more := work(&c.Limits) - before; more != 16 {
		t.Errorf("a row of an elimination takes %d", more)
	}
}

// worked is the work of a document.
func worked(t *testing.T, document string) int {
	r := newDocument(context.Background(), seal(document))
	r.check(nil)
	return r.Worked()
}

// One more of a step costs as much more for each symbol as the format page says: a document may have as many of these as it has room for.
func TestWorkOfSteps(t *testing.T) {
	assigned := func(n int) string { return several(n, func(k int) string { return fmt.Sprintf("[%d,[]]", k) }) }
	parameters := func(n int) string { return several(n, func(k int) string { return fmt.Sprintf(`["s%d","p"]`, k) }) }
	for name, c := range map[string]struct {
		document func(n, steps int) string
		want     int
	}{
		// It is a symbol, and of the state.
		"invariant": {func(n, steps int) string {
			return hostile("implied", parameters(n), "", `["=",[]]`, `,"process":{"symbols":[],"facts":[],"start":[`+assigned(n)+`],"update":[`+assigned(n)+`]}`,
				`"rows":[`+times(steps, `{"rule":"invariant","facts":[],"start":[],"step":[]}`)+`,{"rule":"combine","goal":0,"products":[],"equations":[]}]`)
		}, 1 + 16},
		// A symbol of the process, and an exponential of it.
		"invariant with exponentials of the process": {func(n, steps int) string {
			return hostile("implied", `["t","p"]`, "", `["=",[]]`, `,"process":{"symbols":[`+parameters(n)+`],"facts":[],"exponentials":[`+several(n, func(k int) string { return fmt.Sprintf("[%d,[]]", k+1) })+
				`],"start":[[0,[]]],"update":[[0,[]]]}`,
				`"rows":[`+times(steps, `{"rule":"invariant","facts":[],"start":[],"step":[]}`)+`,{"rule":"combine","goal":0,"products":[],"equations":[]}]`)
		}, 1 + 16},
		"invariant with exponentials": {func(n, steps int) string {
			return hostile("implied", parameters(n)+`,["t","p"]`, "", `["=",[]]`, `,"exponentials":[`+assigned(n)+fmt.Sprintf(`],"process":{"symbols":[],"facts":[],"start":[[%d,[]]],"update":[[%d,[]]]}`, n, n),
				`"rows":[`+times(steps, `{"rule":"invariant","facts":[],"start":[],"step":[]}`)+`,{"rule":"combine","goal":0,"products":[],"equations":[]}]`)
		}, 1 + 2},
		// The exponent is looked at, and put in order of nothing, twice: 64 each, and what putting a value into a symbol takes.
		"invariant with exponentials that change": {func(n, steps int) string {
			return hostile("implied", parameters(n)+`,["t","p"]`, "", `["=",[]]`, `,"exponentials":[`+several(n, func(k int) string { return fmt.Sprintf("[%d,[[1,%d]]]", k, n) })+
				fmt.Sprintf(`],"process":{"symbols":[],"facts":[],"start":[[%d,[]]],"update":[[%d,[]]]}`, n, n),
				`"rows":[`+times(steps, `{"rule":"invariant","facts":[],"start":[],"step":[]}`)+`,{"rule":"combine","goal":0,"products":[],"equations":[]}]`)
		}, 1 + 2 + 1 + 2*(64+1+16+4+8)},
		"dualise over parameters": {func(n, steps int) string {
			return hostile("feasible", parameters(n), "", "", "", `"rows":[],"exists":[`+times(steps, `{"rule":"dualise","steps":[]}`)+`]`)
		}, 3},
		"project over parameters": {func(n, steps int) string {
			return hostile("feasible", parameters(n), "", "", "", `"rows":[],"exists":[`+times(steps, `{"rule":"project","eliminate":[],"steps":[]}`)+`]`)
		}, 1},
		// Each unknown is looked at, and taken note of, in both of its facts.
		"block": {func(n, steps int) string {
			return hostile("feasible", several(n, func(k int) string { return fmt.Sprintf(`["x%d","u+"]`, k) }),
				`[">=",[`+several(n, func(k int) string { return fmt.Sprintf("[-1,%d]", k) })+`]],`+several(n, func(k int) string { return fmt.Sprintf(`["=",[[-1,%d]]]`, k) }), "", "",
				`"rows":[],"exists":[`+times(steps, `{"rule":"block","facts":[0],"steps":[]}`)+`]`)
			// Besides, of the equation: it is gone through, its block has a goal, and is in the one set; and it is a fact of the scope.
		}, 2*(1+16) + 1 + 1 + 1 + 4 + 1},
		// A reference, and a factor of 0.
		"combine": {func(n, steps int) string {
			return hostile("implied", "", `[">=",[]]`, `["=",[]]`, "", `"rows":[`+times(steps, `{"rule":"combine","goal":[">=",[]],"products":[`+times(n, "[1,0]")+`],"equations":[]}`)+
				`,{"rule":"combine","goal":0,"products":[],"equations":[]}]`)
		}, 4 + 4},
	} {
		more := func(n int) int { return worked(t, c.document(n, 3)) - worked(t, c.document(n, 2)) }
		if got := more(40) - more(20); got != 20*c.want {
			t.Errorf("%s: %d for 20 more, want %d", name, got, 20*c.want)
		}
	}
}

// A product of integers and a point cost, and keep, what the format page says.
func TestWorkOfPrefixesAndPoints(t *testing.T) {
	c := newChecker(newDocument(context.Background(), []byte(`{"point":[[0,"1/2"],[1,3]],"row":0}`)), &Theorem{Symbols: make([]Symbol, 2), Rows: []Fact{{Relation: GT}}})
	c.Open('{')
	c.Member("point")
	c.Return(0)
	held := c.Held()
	c.refutation()
	if more := c.Held() - held; more != 3+(1+5)+3+1 {
		t.Errorf("a point keeps %d", more)
	}
	p := &prefixes{checker: c}
	before := work(&c.Limits)
	p.product(new(big.Int).Lsh(big.NewInt(1), 64*99), new(big.Int).Lsh(big.NewInt(1), 64*39))
	if more := work(&c.Limits) - before; more != 4+(100+40)/2+100*40/16 {
		t.Errorf("a product takes %d", more)
	}
	before = work(&c.Limits)
	c.whole(theorem.Big(new(big.Int).Lsh(big.NewInt(1), 64*99)))
	if more := work(&c.Limits) - before; more != 8+100/4 {
		t.Errorf("an integer takes %d", more)
	}
}
