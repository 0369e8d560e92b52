package theorem

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// random is a polynomial of few symbols, so that terms meet and cancel; value is what it is at a point.
func random(r *rand.Rand) (p Poly) {
	for range r.IntN(5) {
		symbols := make([]int, r.IntN(4))
		for k := range symbols {
			symbols[k] = r.IntN(3) * 300 // more than a byte
		}
		p = p.Plus(Int(r.Int64N(5)-2), Poly{{C: Int(1), M: Product(symbols...)}})
	}
	return p
}

func value(p Poly, at map[int]int64) *big.Rat {
	total := new(big.Rat)
	for _, t := range p {
		term := new(big.Rat).Set(t.C.Rat())
		for k := range t.M.Degree() {
			term.Mul(term, big.NewRat(at[t.M.Symbol(k)], 1))
		}
		total.Add(total, term)
	}
	return total
}

// canonical says whether a polynomial is as [Poly] demands.
func canonical(p Poly) bool {
	for k, t := range p {
		symbols := make([]int, t.M.Degree())
		for i := range symbols {
			symbols[i] = t.M.Symbol(i)
		}
		if t.C.Sign() == 0 || !slices.IsSorted(symbols) || k > 0 && !p[k-1].M.Before(t.M) {
			return false
		}
	}
	return true
}

// Sums and products have the values of what they are of, and one spelling.
func TestArithmetic(t *testing.T) {
	// What is random below is made by adding to 0.
	x := Poly{{C: Int(3), M: Product(0)}, {C: Int(1), M: Product(0, 300)}}
	if sum := Poly(nil).Plus(Int(1), x); !slices.Equal(sum, x) {
		t.Fatalf("0 + %v is %v", x, sum)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		p, q, c := random(r), random(r), r.Int64N(5)-2
		at := map[int]int64{0: r.Int64N(9) - 4, 300: r.Int64N(9) - 4, 600: r.Int64N(9) - 4}
		sum, product := p.Plus(Int(c), q), p.Times(q)
		want := new(big.Rat).Add(value(p, at), new(big.Rat).Mul(big.NewRat(c, 1), value(q, at)))
		if !canonical(sum) || value(sum, at).Cmp(want) != 0 {
			t.Fatalf("%v + %d (%v) is %v", p, c, q, sum)
		}
		if !canonical(product) || value(product, at).Cmp(new(big.Rat).Mul(value(p, at), value(q, at))) != 0 {
			t.Fatalf("%v times %v is %v", p, q, product)
		}
	}
}

// Terms ascend by degree, then by the first symbol in which they differ, also where numbers of symbols need two bytes.
func TestOrderOfTerms(t *testing.T) {
	list := []Mono{Product(), Product(0), Product(255), Product(256), Product(0, 256), Product(1, 2), Product(255, 255), Product(0, 0, 0)}
	for i, m := range list {
		for j, o := range list {
			if m.Before(o) != (i < j) {
				t.Errorf("term %d before term %d: %v", i, j, m.Before(o))
			}
		}
	}
	if s := NewSingles(400); s.Of(0) != Product(0) || s.Of(399) != Product(399) {
		t.Error("products of one symbol differ from themselves")
	}
}

// Weights are those of the format page.
func TestWeights(t *testing.T) {
	wide := Big(new(big.Int).Lsh(big.NewInt(1), 64*7)) // eight words above, one below
	for want, term := range map[int]Term{
		1:     {C: Int(5), M: Product(1, 2, 3)},
		2:     {C: Int(5), M: Product(1, 2, 3, 4, 5, 6, 7)},
		3:     {C: Int(5), M: Product(1, 2, 3, 4, 5, 6, 7, 8)},
		6 + 2: {C: wide, M: Product(1)},
	} {
		if term.Weight() != want {
			t.Errorf("a term of degree %d has the weight %d, want %d", term.M.Degree(), term.Weight(), want)
		}
	}
}

// An image has the images of the symbols, and facts have the hashes of their images.
func TestImages(t *testing.T) {
	g, singles := []int32{2, 0, 1}, NewSingles(3)
	for _, c := range [][2]Mono{{Product(), Product()}, {Product(0), Product(2)}, {Product(0, 1), Product(0, 2)}, {Product(1, 1, 2), Product(0, 0, 1)}} {
		if got := c[0].Image(g, singles); got != c[1] {
			t.Errorf("the image of %x is %x, want %x", c[0], got, c[1])
		}
		if c[0].Image(nil, singles) != c[0] {
			t.Errorf("%x is not its own image", c[0])
		}
	}
	f := Fact{GE, Poly{{Int(3), Product(0)}, {Int(4), Product(0, 1)}}}
	image := Fact{GE, Poly{{Int(3), Product(2)}, {Int(4), Product(0, 2)}}}
	hashes := map[uint64]bool{}
	long := new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 100))
	above, below := new(big.Rat).Quo(new(big.Rat).Add(long, big.NewRat(2, 1)), big.NewRat(5, 1)), new(big.Rat).Quo(big.NewRat(2, 1), new(big.Rat).Add(long, big.NewRat(5, 1)))
	for _, seed := range []uint64{0, 7} {
		if f.Hash(g, seed) != image.Hash(nil, seed) {
			t.Error("the hash of an image is not that of the fact that it is")
		}
		for _, other := range []Fact{f, image, {GT, f.Poly}, {EQ, f.Poly}, {GE, f.Poly[:1]}, {GE, Poly{{Int(4), Product(0)}, {Int(3), Product(0, 1)}}},
			{GE, Poly{{Number(long), ""}}}, {GE, Poly{{Number(new(big.Rat).Neg(long)), ""}}}, {GE, Poly{{Number(above), ""}}}, {GE, Poly{{Number(below), ""}}},
			{GE, Poly{{Number(big.NewRat(1, 2)), ""}}}, {GE, Poly{{Number(big.NewRat(1, 3)), ""}}}} {
			hashes[other.Hash(nil, seed)] = true
		}
	}
	if len(hashes) != 24 {
		t.Errorf("twelve facts have %d hashes with two seeds", len(hashes))
	}
}

// Holds looks at every symbol of every term.
func TestHolds(t *testing.T) {
	for _, c := range []struct {
		p     Poly
		which []bool
		holds bool
	}{
		{Poly{{Int(1), Product(0, 2)}}, []bool{false, false, true}, true},
		{Poly{{Int(1), Product(0, 2)}}, []bool{true}, true},
		{Poly{{Int(1), Product(0, 2)}}, []bool{false, true, false}, false},
		{Poly{{Int(1), Product(2)}}, []bool{true, true}, false}, // behind the end
		{Poly{{Int(1), ""}}, []bool{true}, false},
		{Poly{{Int(1), ""}, {Int(1), Product(0)}, {Int(1), Product(1)}}, []bool{false, true}, true},
		{nil, []bool{true}, false},
	} {
		if c.p.Holds(c.which) != c.holds {
			t.Errorf("%v with %v: %v", c.p, c.which, !c.holds)
		}
	}
}

// wholeTheorem has everything that one with a process can have.
func wholeTheorem() *Theorem {
	return &Theorem{Name: "grows", Kind: Implied,
		Symbols:      []Symbol{{Name: "s"}, {Name: "E"}, {Name: "a", Nonnegative: true}, {Name: "F"}},
		Facts:        []Fact{{GT, Poly{{Int(-1), ""}, {Int(1), Product(2)}}}, {EQ, nil}},
		Rows:         []Fact{{GE, Poly{{Int(-2), Product(0)}, {Number(big.NewRat(3, 2)), Product(1, 2)}}}},
		Exponentials: []Assignment{{1, Poly{{Int(1), Product(0)}}}, {3, Poly{{Int(-1), Product(2)}}}},
		Process: &Process{Symbols: []Symbol{{Name: "y", Nonnegative: true}, {Name: "G"}}, Facts: []Fact{{GE, Poly{{Int(1), ""}, {Int(-1), Product(4)}}}},
			Exponentials: []Assignment{{5, Poly{{Int(1), Product(4)}}}},
			Start:        []Assignment{{0, nil}}, Update: []Assignment{{0, Poly{{Int(1), Product(0)}, {Int(1), Product(4)}}}}}}
}

// A theorem is written in one way, and read by people in another. Numbers of 18 digits are written as they are, longer ones as strings.
func TestWritten(t *testing.T) {
	feasible := &Theorem{Name: "swap", Kind: Feasible, Symbols: []Symbol{{Name: "p"}, {Name: "q"}, {Name: "x", Unknown: true}, {Name: "y", Unknown: true, Nonnegative: true}},
		Facts:      []Fact{{GE, Poly{{Int(1e18 - 1), ""}, {Int(1e18), Product(0)}, {Int(-1e18), Product(2)}}}},
		Generators: [][]int32{{1, 0, 2, 3}, {0, 1, 2, 3}}}
	for _, c := range []struct {
		t             *Theorem
		literal, text string
	}{
		{wholeTheorem(), `{"name":"grows","kind":"implied","symbols":[["s","p"],["E","p"],["a","p+"],["F","p"]],"facts":[[">",[[-1],[1,2]]],["=",[]]],` +
			`"rows":[[">=",[[-2,0],["3/2",1,2]]]],"exponentials":[[1,[[1,0]]],[3,[[-1,2]]]],"process":{"symbols":[["y","p+"],["G","p"]],"facts":[[">=",[[1],[-1,4]]]],` +
			`"exponentials":[[5,[[1,4]]]],"start":[[0,[]]],"update":[[0,[[1,0],[1,4]]]]}}`,
			`  parameters: s, E, a >= 0, F
  E = e^(s)
  F = e^(-a)
  facts:
    -1 + a > 0
    0 = 0
  from the facts follow the rows:
    -2 s + 3/2 E a >= 0
  s begins as 0
  each time, any y >= 0
  each time, any G
  with G = e^(y)
  with:
    1 - y >= 0
  s becomes s + y
`},
		{feasible, `{"name":"swap","kind":"feasible","symbols":[["p","p"],["q","p"],["x","u"],["y","u+"]],"facts":[[">=",[[999999999999999999],["1000000000000000000",0],["-1000000000000000000",2]]]],` +
			`"rows":[],"generators":[[1,0,2,3],[0,1,2,3]]}`,
			`  parameters: p, q
  unknowns: x, y >= 0
  facts:
    999999999999999999 + 1000000000000000000 p - 1000000000000000000 x >= 0
  for all parameters with the facts that hold no unknown, there are unknowns with the others if and only if these rows hold:
  and all images of the rows under the permutations that these make:
    p->q q->p
   
`},
	} {
		var b strings.Builder
		if c.t.WriteLiteral(&b); b.String() != c.literal {
			t.Errorf("%s is written\n%s\nwant\n%s", c.t.Name, b.String(), c.literal)
		}
		if c.t.Text() != c.text {
			t.Errorf("%s is\n%s\nwant\n%s", c.t.Name, c.t.Text(), c.text)
		}
	}
	if text := feasible.Facts[0].Text(feasible.Names()); !strings.HasSuffix(text, "1000000000000000000 x >= 0") {
		t.Error(text)
	}
}

// Names and numbers are counted wherever they stand, as the format page says, and are no less than what is written with the lines of a report.
func TestTextIsNoLongerThanCounted(t *testing.T) {
	// 16 images that move a symbol each, and names that need quotation marks.
	moved := &Theorem{Name: "m", Kind: Feasible, Symbols: []Symbol{{Name: "a b"}, {Name: "c d", Unknown: true, Nonnegative: true}}, Rows: []Fact{{EQ, nil}}}
	for range 16 {
		moved.Generators = append(moved.Generators, []int32{1, 0})
	}
	number := func(text string) *Theorem {
		x, _ := new(big.Rat).SetString(text)
		return &Theorem{Facts: []Fact{{GE, Poly{{C: Number(x)}}}}}
	}
	alone := wholeTheorem()
	alone.Process = nil
	for _, c := range []struct {
		t    *Theorem
		want int64
	}{
		{wholeTheorem(), 512 + 5 + 9*16 + 6*(21+5) + 5*5 + 11*(3+1) + 2*20 - 1 + 10*5},
		{alone, 512 + 5 + 5*16 + 4*(21+5) + 2*5 + 6*(3+1) + 2*20 - 1 + 6*5},
		{moved, 512 + 1 + 16 + 2*(21+7) + 16*4*7},
		{number("0"), 512 + 16 + 3 + 1}, {number("7"), 512 + 16 + 3 + 2}, {number("-8"), 512 + 16 + 3 + 2}, {number("-4611686018427387903"), 512 + 16 + 3 + 21},
		{number("4611686018427387904"), 512 + 16 + 3 + 40}, {number("1/9223372036854775807"), 512 + 16 + 3 + 40}, {number("-18446744073709551615/9223372036854775807"), 512 + 16 + 3 + 60},
	} {
		n, text := c.t.TextBytes(), c.t.Text()
		if n != c.want {
			t.Errorf("%d bytes, want %d, of\n%s", n, c.want, text)
		}
		// A line with the digest, and one with the numbers of symbols and rows.
		if least := len(text) + 90 + len(c.t.Name) + 70; n < int64(least) {
			t.Errorf("%d bytes, %d are written:\n%s", n, least, text)
		}
	}
}

// The state is what start lists, and exponentials of it.
func TestState(t *testing.T) {
	theorem := wholeTheorem()
	if state := theorem.Process.State(theorem); !slices.Equal(state, []bool{true, true, false, false}) {
		t.Errorf("the state is %v", state)
	}
	if unknowns := (&Theorem{Symbols: []Symbol{{Name: "p"}, {Name: "x", Unknown: true}}}).Unknowns(); !slices.Equal(unknowns, []bool{false, true}) {
		t.Errorf("unknowns are %v", unknowns)
	}
}

// A name that can be taken for something else stands in quotation marks wherever a theorem is printed: no name makes another theorem of the text.
func TestNamesThatAreQuoted(t *testing.T) {
	const quoted, bare = `"`, ""
	for name, mark := range map[string]string{
		"x": bare, "x1": bare, "_y.z": bare, "b[{1,2}]": bare, "a[{1,2},1]'": bare, "w[(0,1),(1,0)]": bare, "H(X[1],Y|Z)": bare, "(zero)": bare, "q''": bare,
		"x^2 - x": quoted, "x, y": quoted, "x,y": quoted, "x y": quoted, "2": quoted, "2x": quoted, "-x": quoted, "x >= 0": quoted, "x[1]+y[2]": quoted, "x[1],y[2]": quoted,
		"x(1),y(2)": quoted, "x[1": quoted, "x[1]y": quoted, "(1)": quoted, "x->y": quoted, "x'y": quoted, " ": quoted, "x=": quoted, "M forward[1]": quoted, "e": bare, "x[1 ]": quoted, "x[-1]": quoted,
	} {
		shown := mark + name + mark
		th := &Theorem{Kind: Implied, Symbols: []Symbol{{Name: name}, {Name: "z z"}}, Facts: []Fact{{GE, Poly{{Int(3), Product(0, 1)}}}}, Generators: [][]int32{{1, 0}}}
		want := "  parameters: " + shown + ", \"z z\"\n  facts:\n    3 " + shown + " \"z z\" >= 0\n"
		moved := " " + shown + "->\"z z\" \"z z\"->" + shown + "\n"
		if text := th.Text(); !strings.HasPrefix(text, want) || !strings.HasSuffix(text, moved) {
			t.Errorf("%q:\n%s\nwant\n%s...%s", name, text, want, moved)
		}
		process := &Theorem{Kind: Implied, Symbols: []Symbol{{Name: "s"}}, Process: &Process{Symbols: []Symbol{{Name: name}}, Start: []Assignment{{0, nil}}, Update: []Assignment{{0, Poly{{Int(1), Product(1)}}}}}}
		if text := process.Text(); !strings.Contains(text, "each time, any "+shown+"\n") || !strings.HasSuffix(text, "s becomes "+shown+"\n") {
			t.Errorf("%q in a process:\n%s", name, text)
		}
	}
}

// A symbol called e is told apart from the base of exponentials, be they of the theorem or of its process.
func TestBaseIsNoSymbol(t *testing.T) {
	power := []Assignment{{1, Poly{{Int(1), Product(0)}}}}
	th := &Theorem{Kind: Implied, Symbols: []Symbol{{Name: "e"}, {Name: "E"}, {Name: "ee"}}, Exponentials: power}
	if text, want := th.Text(), "  parameters: \"e\", E, ee\n  E = e^(\"e\")\n"; !strings.HasPrefix(text, want) {
		t.Errorf("%s\nwant\n%s...", text, want)
	}
	th.Exponentials, th.Process = nil, &Process{Symbols: []Symbol{{Name: "F"}}, Exponentials: []Assignment{{3, power[0].Value}}}
	if text, want := th.Text(), "  parameters: \"e\", E, ee\n"; !strings.HasPrefix(text, want) {
		t.Errorf("of the process: %s\nwant\n%s...", text, want)
	}
	if th.Process.Exponentials = nil; th.Names()(0) != "e" {
		t.Errorf("without exponentials: %s", th.Names()(0))
	}
}

// A name is looked at once, however often it stands in a text.
func TestNamesAreLookedAtOnce(t *testing.T) {
	name := (&Theorem{Symbols: []Symbol{{Name: "x"}, {Name: "x^2"}}}).Names()
	for k, want := range []string{"x", `"x^2"`} {
		if got := name(k); got != want {
			t.Errorf("symbol %d: %s", k, got)
		}
		if n := testing.AllocsPerRun(10, func() { name(k) }); n != 0 {
			t.Errorf("symbol %d: %v allocations for a name that is known", k, n)
		}
	}
}

// A product is written over what the buffer held.
func TestMergeForgetsTheBuffer(t *testing.T) {
	if got := string(Merge([]byte("held"), Product(1, 3), Product(2, 3))); got != string(Product(1, 2, 3, 3)) {
		t.Errorf("%q", got)
	}
}
