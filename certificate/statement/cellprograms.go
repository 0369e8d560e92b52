package statement

import (
	"strconv"

	"pstar/certificate/kernel"
)

// objects lists what the symbols of a program stand for: P if it has one; q_i; b_T; w_i if there are; a_T(i) or g_T(z).
func (c *Cell) objects(p, w bool, tokens func(set uint64) []int) []object {
	var list []object
	if p {
		list = append(list, object{'P', 0, -1})
	}
	for i := 0; i < c.N; i++ {
		list = append(list, object{'q', 0, i})
	}
	for _, set := range c.Sets {
		list = append(list, object{'b', set, -1})
	}
	for i := 0; w && i < c.N; i++ {
		list = append(list, object{'w', 0, i})
	}
	for _, set := range c.Sets {
		for _, i := range tokens(set) {
			list = append(list, object{'a', set, i})
		}
	}
	return list
}

func (c *Cell) allTokens(uint64) []int { return elements(1<<c.N - 1) }

// flows adds an unknown for each support and each of its tokens, or each token.
func (l *layout) flows(name string, tokens func(set uint64) []int) (first int) {
	first = len(l.Symbols)
	for _, set := range l.Sets {
		text := name + "[" + setName(set) + ","
		for _, i := range tokens(set) {
			l.symbol(text+strconv.Itoa(i+1)+"]", true, true)
		}
	}
	return first
}

// sums returns for each support and each token the polynomial that begins with the term given and takes off
// (sign -1) or adds (+1) its flows.
func (l *layout) sums(flows int, tokens func(set uint64) []int) (bySet, byToken [][]int) {
	bySet, byToken = make([][]int, len(l.Sets)), make([][]int, l.N)
	at := flows
	for t, set := range l.Sets {
		for _, i := range tokens(set) {
			bySet[t] = append(bySet[t], at)
			byToken[i] = append(byToken[i], at)
			at++
		}
	}
	return bySet, byToken
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
	objects := c.objects(false, false, elements)
	l := c.start("transport feasible", kernel.Feasible, len(objects))
	q, b := l.each("q", false, true), l.laws(true)
	bySet, byToken := l.sums(l.flows("a", elements), elements)
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
	return l.finish(objects)
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
	objects := c.objects(true, true, elements)
	l := c.start("transport optimum", kernel.Feasible, len(objects))
	l.symbol("P", false, false)
	q, b, w := l.each("q", false, true), l.laws(true), l.each("w", true, false)
	bySet, byToken := l.sums(l.flows("a", elements), elements)
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
	return l.finish(objects)
}

func (c *Cell) selectionOptimum() *kernel.Theorem {
	objects := c.objects(true, false, c.allTokens)
	l := c.start("selection optimum", kernel.Feasible, len(objects))
	l.symbol("P", false, false)
	q, b := l.each("q", false, true), l.laws(true)
	bySet, byToken := l.sums(l.flows("g", c.allTokens), c.allTokens)
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
	return l.finish(objects)
}
