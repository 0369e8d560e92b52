package coqfile

import (
	"math/big"
	"strconv"
	"strings"

	"pstar/certificate/kernel"
	"pstar/certificate/theorem"
)

// integers is a text of integers, in the order in which formal/checker/integers.v reads them.
type integers struct{ strings.Builder }

func (b *integers) int(n int64) {
	b.WriteString(strconv.FormatInt(n, 10))
	b.WriteByte(' ')
}

func (b *integers) bool(x bool) {
	if x {
		b.int(1)
	} else {
		b.int(0)
	}
}

// symbol is the number of a symbol, fact or goal, from 1 on.
func (b *integers) symbol(n int) { b.int(int64(n) + 1) }

func (b *integers) number(r *big.Rat) {
	b.WriteString(r.Num().String() + " " + r.Denom().String() + " ")
}

func (b *integers) poly(p theorem.Poly) {
	b.int(int64(len(p)))
	for _, t := range p {
		b.number(t.C.Rat())
		b.int(int64(t.M.Degree()))
		for k := 0; k < t.M.Degree(); k++ {
			b.symbol(t.M.Symbol(k))
		}
	}
}

func (b *integers) facts(list []theorem.Fact) {
	b.int(int64(len(list)))
	for _, f := range list {
		b.int(int64(f.Relation))
		b.poly(f.Poly)
	}
}

func (b *integers) values(list []theorem.Assignment) {
	b.int(int64(len(list)))
	for _, a := range list {
		b.symbol(a.Symbol)
		b.poly(a.Value)
	}
}

func (b *integers) permutation(g []int32) {
	b.int(int64(len(g)))
	for _, s := range g {
		b.symbol(int(s))
	}
}

func (b *integers) theorem(t *kernel.Theorem) {
	b.bool(t.Kind == theorem.Feasible)
	b.int(int64(len(t.Symbols)))
	for _, s := range t.Symbols {
		b.bool(s.Unknown)
		b.bool(s.Nonnegative)
	}
	b.facts(t.Facts)
	b.facts(t.Rows)
	b.int(int64(len(t.Generators)))
	for _, g := range t.Generators {
		b.permutation(g)
	}
	b.bool(t.Process != nil)
	if p := t.Process; p != nil {
		b.int(int64(len(p.Symbols)))
		for _, s := range p.Symbols {
			b.bool(s.Nonnegative)
		}
		b.facts(p.Facts)
		b.values(p.Start)
		b.values(p.Update)
	}
}

// hints writes for each generator its inverse, and where it and its inverse take the facts.
func (b *integers) hints(t *kernel.Theorem) {
	place := map[string]int32{}
	if len(t.Generators) > 0 {
		for k, f := range t.Facts {
			place[image(f, nil)] = int32(k)
		}
	}
	b.int(int64(len(t.Generators)))
	for _, g := range t.Generators {
		inverse := make([]int32, len(g))
		for s, to := range g {
			inverse[to] = int32(s)
		}
		b.permutation(inverse)
		for _, h := range [][]int32{g, inverse} {
			facts := make([]int32, len(t.Facts))
			for k, f := range t.Facts {
				facts[k] = place[image(f, h)]
			}
			b.permutation(facts)
		}
	}
}
