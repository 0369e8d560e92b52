package convexity

import (
	"fmt"

	"pstar/certificate/theorem"
	"pstar/theorems/multidraft"
	"pstar/witness"
)

// MaxWords bounds the words of drafts that lie in S+y, which are the terms of B(S+y).
const MaxWords = 1 << 13

// Fits says whether Prove takes the size: 2 drafts or more, and at most MaxWords words of them over
// m+1 tokens.
func Fits(k, m int) bool {
	words := 1
	for j := range k {
		// The draws are distinct: one token less for each.
		words *= max(0, m+1-j)
		// Within the loop, before the product can overflow.
		if words > MaxWords {
			return false
		}
	}
	return k >= 2 && m >= 1
}

// Prove states MD-W2, and then MD-W1 for sets, for k drafts and sets S of m tokens, with the steps of
// their proofs. Nothing has checked them yet. It panics if the size does not fit.
func Prove(k, m int) []witness.LiteralProof {
	if !Fits(k, m) {
		panic(fmt.Sprintf("convexity: no proof for %d drafts and sets of %d tokens", k, m))
	}
	size := fmt.Sprintf("%d draws, %d tokens in S", k, m)
	convex, rare := newProver(k, m, "MD-W2, "+size), newProver(k, m, "MD-W1 for sets, "+size)
	convex.convex()
	rare.rare()
	return []witness.LiteralProof{{Theorem: convex.theorem, Rows: convex.steps}, {Theorem: rare.theorem, Rows: rare.steps}}
}

// Cell proves what there is to prove of K draws from n tokens: the sizes m of S for which K draws may lie in
// S+y; for smaller ones all terms are 0, and so is p(S)^K - B(S) for S = Ω. It reports false, and proves nothing,
// if a size does not fit.
func Cell(k, n int) (proofs []witness.LiteralProof, fits bool) {
	// The largest m has the most words: if that fits, all do.
	if k > n || !Fits(k, n-1) {
		return nil, false
	}
	for m := k - 1; m < n; m++ {
		proofs = append(proofs, Prove(k, m)...)
	}
	return proofs, true
}

// none is in place of a fact that says 0 >= 0.
const none = -1

// A key names what is proved or computed once: for U or A, and a number of draws.
type key struct {
	kind  string
	inner multidraft.Set // U
	gone  multidraft.Set // A
	draws int
}

type prover struct {
	k, m    int
	theorem *theorem.Theorem
	steps   []witness.Step
	all     multidraft.Set // S+y

	symbols map[multidraft.Set]int // r_A
	next    int                    // the number of the next fact
	signs   []int                  // of the facts that symbols are nonnegative
	facts   map[key]int
	polys   map[key]theorem.Poly
}

// Tokens are numbered from 0: x is 0, y is m.
const x = 0

func (p *prover) y() int              { return p.m }
func (p *prover) set() multidraft.Set { return multidraft.FullSet(p.m) }

// newProver writes the statement down but for what is claimed: symbols and equations.
func newProver(k, m int, name string) *prover {
	p := &prover{
		k: k, m: m, all: multidraft.FullSet(m + 1),
		symbols: map[multidraft.Set]int{}, facts: map[key]int{}, polys: map[key]theorem.Poly{},
	}
	t := &theorem.Theorem{Name: name, Kind: theorem.Implied}
	for i := range m + 1 {
		t.Symbols = append(t.Symbols, theorem.Symbol{Name: fmt.Sprintf("p[%d]", i+1), Nonnegative: true})
	}
	t.Symbols = append(t.Symbols, theorem.Symbol{Name: "rest", Nonnegative: true})
	p.theorem = t
	// The equation of A has the number of its place: e_∅ says that the sum of p is 1.
	for _, gone := range append([]multidraft.Set{0}, multidraft.Supports(k-1, m+1)...) {
		// For A = ∅ the divisor is 1, and has no symbol.
		if gone != 0 {
			p.symbols[gone] = len(t.Symbols)
			t.Symbols = append(t.Symbols, theorem.Symbol{Name: "r[" + multidraft.TokenList(gone.Tokens()) + "]", Nonnegative: true})
		}
		p.facts[key{kind: "e", gone: gone}] = len(t.Facts)
		off := sum(p.mass(p.all&^gone), symbol(p.rest()))
		t.Facts = append(t.Facts, theorem.Fact{Relation: theorem.EQ, Poly: minus(p.over(gone, off), number(1))})
	}
	p.next = len(t.Facts)
	for s := range t.Symbols {
		p.signs = append(p.signs, p.add(symbol(s), nil, nil))
	}
	return p
}

func (p *prover) rest() int { return p.m + 1 }

// mass is p(U).
func (p *prover) mass(u multidraft.Set) (total theorem.Poly) {
	for _, i := range u.Tokens() {
		total = sum(total, symbol(i))
	}
	return total
}

// over is r_A times a polynomial.
func (p *prover) over(gone multidraft.Set, f theorem.Poly) theorem.Poly {
	if gone == 0 {
		return f
	}
	return symbol(p.symbols[gone]).Times(f)
}

// within is W_draws(A) for U.
func (p *prover) within(u, gone multidraft.Set, draws int) theorem.Poly {
	if draws == 0 {
		return number(1)
	}
	k := key{"W", u, gone, draws}
	// The recursion reaches each A by as many orders as it has, and the polynomials are large.
	if f, known := p.polys[k]; known {
		return f
	}
	f := p.over(gone, p.drawn(u, gone, gone, draws))
	p.polys[k] = f
	return f
}

// drawn is the sum of p_z W_{draws-1}(A+z) over z in U∖A, without those in but.
func (p *prover) drawn(u, gone, but multidraft.Set, draws int) (total theorem.Poly) {
	for _, z := range (u &^ gone &^ but).Tokens() {
		total = sum(total, symbol(z).Times(p.within(u, gone|1<<z, draws-1)))
	}
	return total
}

// between is E_draws(A).
func (p *prover) between(gone multidraft.Set, draws int) theorem.Poly {
	if draws == 0 {
		return nil
	}
	k := key{"E", 0, gone, draws}
	if f, known := p.polys[k]; known {
		return f
	}
	f := p.within(p.set(), gone, draws-1)
	for _, z := range (p.set() &^ gone).Tokens() {
		f = sum(f, symbol(z).Times(p.between(gone|1<<z, draws-1)))
	}
	f = p.over(gone, f)
	p.polys[k] = f
	return f
}
