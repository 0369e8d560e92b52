package statement

import (
	"math/bits"
	"strconv"

	"pstar/certificate/kernel"
)

// own are the tokens of a set.
func own(set uint64) uint64 { return set }

// all are the tokens of the alphabet.
func (c *Cell) all(uint64) uint64 { return 1<<c.N - 1 }

// count is the number of supports, and of pairs of a support and one of its tokens.
func (c *Cell) count() (sets, pairs int) {
	for _, set := range c.Sets {
		pairs += bits.OnesCount64(set)
	}
	return len(c.Sets), pairs
}

// flows adds an unknown for each support and each of the tokens. It returns them for each
// support, and for each token.
func (l *layout) flows(name string, tokens func(set uint64) uint64) (flows block, bySet, byToken [][]int) {
	flows = block{len(l.Symbols), true, tokens}
	bySet, byToken = make([][]int, len(l.Sets)), make([][]int, l.N)
	for i := range byToken {
		byToken[i] = make([]int, 0, len(l.Sets))
	}
	var names []byte // of all, in one piece of memory
	var ends []int
	for t, set := range l.Sets {
		text := name + "[" + setName(set) + ","
		list := elements(tokens(set))
		bySet[t] = make([]int, len(list))
		for k, i := range list {
			names = append(strconv.AppendInt(append(names, text...), int64(i+1), 10), ']')
			ends = append(ends, len(names))
			bySet[t][k] = l.symbol("", true, true)
			byToken[i] = append(byToken[i], bySet[t][k])
		}
	}
	all, start := string(names), 0
	for k, end := range ends {
		l.Symbols[flows.first+k].Name, start = all[start:end], end
	}
	return flows, bySet, byToken
}

// with is the polynomial of the terms, and c times each of the symbols, which stand behind them.
func (l *layout) with(c int64, symbols []int, terms ...kernel.Term) kernel.Poly {
	p := make(kernel.Poly, 0, len(terms)+len(symbols))
	p = append(p, terms...)
	for _, s := range symbols {
		p = append(p, l.term(c, s))
	}
	return p
}

func (c *Cell) transportFeasible() *kernel.Theorem {
	sets, pairs := c.count()
	l := c.start("transport feasible", kernel.Feasible, c.N+sets+pairs)
	q, b := l.each("q", false, true), l.laws(true)
	flows, bySet, byToken := l.flows("a", own)
	for t := range c.Sets {
		l.fact(kernel.EQ, l.with(-1, bySet[t], l.term(1, b+t)))
	}
	for i := 0; i < c.N; i++ {
		l.fact(kernel.EQ, l.with(-1, byToken[i], l.term(1, q+i)))
	}
	for j := 1; j <= c.N; j++ {
		var p kernel.Poly
		for i := 0; i < j; i++ {
			p = append(p, l.term(1, q+i))
		}
		for t, set := range c.Sets {
			if inside(set, j) {
				p = append(p, l.term(-1, b+t))
			}
		}
		relation := kernel.GE
		if j == c.N {
			relation = kernel.EQ
		}
		l.row(relation, p)
	}
	return l.finish(block{first: q}, block{first: b, sets: true}, flows)
}

// optimumRows adds the rows q(S_j) + Σ_{T⊄S_j} b_T − P ≥ 0; P is symbol 0.
func (l *layout) optimumRows(q, b int) {
	for j := 0; j <= l.N; j++ {
		p := kernel.Poly{l.term(-1, 0)}
		for i := 0; i < j; i++ {
			p = append(p, l.term(1, q+i))
		}
		for t, set := range l.Sets {
			if !inside(set, j) {
				p = append(p, l.term(1, b+t))
			}
		}
		l.row(kernel.GE, p)
	}
}

func (c *Cell) transportOptimum() *kernel.Theorem {
	sets, pairs := c.count()
	l := c.start("transport optimum", kernel.Feasible, 1+2*c.N+sets+pairs)
	l.symbol("P", false, false)
	q, b, w := l.each("q", false, true), l.laws(true), l.each("w", true, false)
	flows, bySet, byToken := l.flows("a", own)
	all := make([]int, c.N)
	for i := range all {
		all[i] = w + i
	}
	l.fact(kernel.GE, l.with(1, all, l.term(-1, 0)))
	for i := 0; i < c.N; i++ {
		l.fact(kernel.GE, kernel.Poly{l.term(1, q+i), l.term(-1, w+i)})
	}
	for i := 0; i < c.N; i++ {
		l.fact(kernel.GE, l.with(1, byToken[i], l.term(-1, w+i)))
	}
	for t := range c.Sets {
		l.fact(kernel.EQ, l.with(-1, bySet[t], l.term(1, b+t)))
	}
	l.optimumRows(q, b)
	return l.finish(block{first: q}, block{first: b, sets: true}, block{first: w}, flows)
}

func (c *Cell) selectionOptimum() *kernel.Theorem {
	l := c.start("selection optimum", kernel.Feasible, 1+c.N+len(c.Sets)*(c.N+1))
	l.symbol("P", false, false)
	q, b := l.each("q", false, true), l.laws(true)
	flows, bySet, byToken := l.flows("g", c.all)
	var accepted []int
	for t, set := range c.Sets {
		for _, z := range elements(set) {
			accepted = append(accepted, bySet[t][z])
		}
	}
	l.fact(kernel.GE, l.with(1, accepted, l.term(-1, 0)))
	for z := 0; z < c.N; z++ {
		l.fact(kernel.EQ, l.with(-1, byToken[z], l.term(1, q+z)))
	}
	for t := range c.Sets {
		l.fact(kernel.EQ, l.with(-1, bySet[t], l.term(1, b+t)))
	}
	l.optimumRows(q, b)
	var total kernel.Poly
	for i := 0; i < c.N; i++ {
		total = append(total, l.term(1, q+i))
	}
	for t := range c.Sets {
		total = append(total, l.term(-1, b+t))
	}
	l.row(kernel.EQ, total)
	return l.finish(block{first: q}, block{first: b, sets: true}, flows)
}
