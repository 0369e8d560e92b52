package statement

import (
	"math/bits"
	"strconv"

	"pstar/certificate/kernel"
)

// own are the tokens of a set.
func own(set uint64) uint64 { return set }

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
	q, b := l.each("q", false, true), l.laws("b", true)
	flows, bySet, byToken := l.flows("a", own)
	for t := range c.Sets {
		l.fact(kernel.EQ, l.with(-1, bySet[t], l.term(1, b+t)))
	}
	for i := 0; i < c.N; i++ {
		l.fact(kernel.EQ, l.with(-1, byToken[i], l.term(1, q+i)))
	}
	l.feasibleRows(q, b, kernel.EQ)
	return l.finish(block{first: q}, block{first: b, sets: true}, flows)
}

// tokens are c times the symbols of the tokens from..to-1.
func (l *layout) tokens(c int64, first, from, to int) (p kernel.Poly) {
	for i := from; i < to; i++ {
		p = append(p, l.term(c, first+i))
	}
	return p
}

// within is −Σ b_T over the supports within S_j.
func (l *layout) within(b, j int) (p kernel.Poly) {
	for t, set := range l.Sets {
		if inside(set, j) {
			p = append(p, l.term(-1, b+t))
		}
	}
	return p
}

// feasibleRows adds the rows q(S_j) − Σ_{T⊆S_j} b_T ≥ 0 for j < N; the last one has its own relation.
func (l *layout) feasibleRows(q, b int, last kernel.Relation) {
	for j := 1; j <= l.N; j++ {
		relation := kernel.GE
		if j == l.N {
			relation = last
		}
		l.row(relation, append(l.tokens(1, q, 0, j), l.within(b, j)...))
	}
}

// optimumRows adds the fact 1 − Σ b_T = 0, and the rows q(S_j) + 1 − Σ_{T⊆S_j} b_T − P ≥ 0; P is symbol 0.
func (l *layout) optimumRows(q, b int) {
	one := kernel.Term{C: kernel.Int(1)}
	sum := kernel.Poly{one}
	for t := range l.Sets {
		sum = append(sum, l.term(-1, b+t))
	}
	l.fact(kernel.EQ, sum)
	for j := 0; j <= l.N; j++ {
		p := append(kernel.Poly{one, l.term(-1, 0)}, l.tokens(1, q, 0, j)...)
		l.row(kernel.GE, append(p, l.within(b, j)...))
	}
}

func (c *Cell) transportOptimum() *kernel.Theorem {
	sets, pairs := c.count()
	l := c.start("transport optimum", kernel.Feasible, 1+2*c.N+sets+pairs)
	l.symbol("P", false, false)
	q, b, w := l.each("q", false, true), l.laws("b", true), l.each("w", true, false)
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

func (c *Cell) acceptedOutputs() *kernel.Theorem {
	sets, pairs := c.count()
	l := c.start("accepted outputs", kernel.Implied, 1+2*c.N+2*sets+pairs)
	l.symbol("P", false, false)
	q, b, s, r := l.each("q", false, true), l.laws("b", true), l.each("s", false, true), l.laws("r", true)
	flows, bySet, byToken := l.flows("a", own)
	var accepted []int
	for _, list := range bySet {
		accepted = append(accepted, list...)
	}
	l.fact(kernel.GE, l.with(1, accepted, l.term(-1, 0)))
	for i := 0; i < c.N; i++ {
		l.fact(kernel.EQ, l.with(-1, byToken[i], l.term(1, q+i), l.term(-1, s+i)))
	}
	for t := range c.Sets {
		l.fact(kernel.EQ, l.with(-1, bySet[t], l.term(1, b+t), l.term(-1, r+t)))
	}
	l.optimumRows(q, b)
	return l.finish(block{first: q}, block{first: b, sets: true}, block{first: s}, block{first: r, sets: true}, flows)
}
