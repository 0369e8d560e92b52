package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
)

// hard are the programs on which floating-point numbers, or long answers, cost most.
var hard = map[string]func(r *rand.Rand, a, b int) *lp.Problem{
	"ugly": ugly, "wide": wide, "game": game, "growth": growth, "geo": geo, "queue": queue, "pairs": pairs, "network": network,
}

// parse is for numbers in the source.
func parse(text string) rational.Rat {
	v, err := rational.ParseRat(text)
	if err != nil {
		fail(err.Error())
	}
	return v
}

// finished returns what was built. A fault in it is one of this program, and ends it.
func finished(b *lp.Builder) *lp.Problem {
	// Building collects faults, and tells the first here.
	p, err := b.Problem()
	if err != nil {
		fail(err.Error())
	}
	return p
}

// wide has coefficients of very different size: scaling cannot bring them together.
func wide(r *rand.Rand, rows, exponent int) *lp.Problem {
	// From 1e−E to 999e+E, with exponents drawn evenly from both sides of 0.
	number := func() rational.Rat {
		return parse(fmt.Sprintf("%de%d", 1+r.IntN(999), r.IntN(2*exponent+1)-exponent))
	}
	b := lp.NewBuilder(lp.Maximise)
	// By row, as the builder takes rows whole.
	parts := make([][]lp.Part, rows)
	// Three times as many columns as rows.
	for j := range 3 * rows {
		x := b.Var(fmt.Sprintf("x%d", j))
		b.Objective(lp.Times(number(), x))
		// A column has six rows at most, so that the matrix stays sparse.
		for _, i := range r.Perm(rows)[:min(rows, 6)] {
			parts[i] = append(parts[i], lp.Times(number(), x))
		}
	}
	for i := range parts {
		b.AtMost(fmt.Sprintf("c%d", i), number(), parts[i]...)
	}
	// Positive rows and costs: x = 0 is feasible, and since all columns are in some row
	// the optimum is finite.
	return finished(b)
}

// game is the value of a matrix game, with payoffs that agree but for the last digits,
// so that optimal strategies have long fractions.
func game(r *rand.Rand, size, digit int) *lp.Problem {
	// Free, as a game may be worth less than 0.
	b := lp.NewBuilder(lp.Maximise)
	// The strategy p guarantees the payoff v, of either sign.
	value := b.Free("v")
	b.Objective(lp.Times(1, value))
	// The probabilities of a strategy sum to 1.
	sum := each.To(size, func(j int) lp.Part { return lp.Times(1, b.Var(fmt.Sprintf("p%d", j))) })
	// The value is at most the payoff of each column.
	for i := range size {
		row := []lp.Part{lp.Times(-1, value)}
		// Variable 0 is v, so that p_j has number j + 1.
		for j := range size {
			row = append(row, lp.Times(fmt.Sprintf("1.%0*d", digit, 1+r.IntN(200)), lp.Var(j+1)))
		}
		b.AtLeast(fmt.Sprintf("c%d", i), 0, row...)
	}
	b.Equal("sum", 1, sum...)
	return finished(b)
}

// chain minimises the last of steps + 1 numbers, each at least from/to times the one
// before. Its answer is a power, with as many digits as there are steps.
func chain(steps int, from, to rational.Rat) *lp.Problem {
	b := lp.NewBuilder(lp.Minimise)
	// The number before, at first x0.
	before := b.Var("x0")
	// The first number is at least 1.
	b.AtLeast("r0", 1, lp.Times(1, before))
	for t := range steps {
		x := b.Var(fmt.Sprintf("x%d", t+1))
		b.AtLeast(fmt.Sprintf("r%d", t+1), 0, lp.Times(to, x), lp.Times(from.Neg(), before))
		before = x
	}
	b.Objective(lp.Times(1, before))
	return finished(b)
}

// growth has short coefficients and a long answer.
func growth(_ *rand.Rand, steps, rate int) *lp.Problem {
	return chain(steps, rational.NewRat(10000+int64(rate), 10000), rational.NewRat(1, 1))
}

// geo has long coefficients besides.
func geo(_ *rand.Rand, steps, digits int) *lp.Problem {
	return chain(steps, parse(strings.Repeat("123456789", 1+digits/9)[:digits]), rational.NewRat(7, 1))
}

// pairs has no costs: each of neighbours in a row of size + 1 numbers sum to at least 1, and all of them to at
// most budget, which half of size is enough for. What may enter the basis is all alike, but for what else it does.
func pairs(_ *rand.Rand, size, budget int) *lp.Problem {
	b := lp.NewBuilder(lp.Minimise)
	all := []lp.Part{lp.Times(1, b.Var("x0"))}
	for i := range size {
		x := lp.Times(1, b.Var(fmt.Sprintf("x%d", i+1)))
		b.AtLeast(fmt.Sprintf("r%d", i), 1, all[i], x)
		all = append(all, x)
	}
	b.AtMost("budget", budget, all...)
	return finished(b)
}

// network has no costs either: what sources send to sinks over three arcs a node, and a budget for all
// arcs, of which each unit sent takes 1 to 10.
func network(r *rand.Rand, nodes, budget int) *lp.Problem {
	b := lp.NewBuilder(lp.Minimise)
	rows, all := make([][]lp.Part, nodes), []lp.Part(nil)
	for k := range 3 * nodes {
		x, from := b.Var(fmt.Sprintf("x%d", k)), k%nodes
		// A ring, so that every sink is reached, and arcs by chance.
		to := (from + 1) % nodes
		if k >= nodes {
			to = (from + 1 + r.IntN(max(nodes-1, 1))) % nodes
		}
		rows[from] = append(rows[from], lp.Times(1, x))
		rows[to] = append(rows[to], lp.Times(-1, x))
		all = append(all, lp.Times(1+r.IntN(10), x))
	}
	// One in four sends to one elsewhere.
	sent := make([]int, nodes)
	for range nodes / 4 {
		amount := 1 + r.IntN(20)
		sent[r.IntN(nodes)] += amount
		sent[r.IntN(nodes)] -= amount
	}
	for i, row := range rows {
		b.Equal(fmt.Sprintf("n%d", i), sent[i], row...)
	}
	b.AtMost("budget", budget, all...)
	return finished(b)
}

// queue asks for the largest b that half of two policies grants to every element: what
// survives the elements before it, from either end, bounds each policy.
func queue(r *rand.Rand, size, total int) *lp.Problem {
	b := lp.NewBuilder(lp.Maximise)
	goal := b.Var("b")
	b.Objective(lp.Times(1, goal))
	// In the order of the elements.
	weights := make([]rational.Rat, size)
	for i := range weights {
		// Random weights, of a sum near to total. Weights larger than 1 are permitted:
		// rows stay feasible with grants near 0.
		weights[i] = rational.NewRat(int64(total)*r.Int64N(2_000_000)/int64(size), 1_000_000)
	}
	var grants [2][]lp.Var
	// The same policy from either end; side 1 goes through the elements backwards.
	for side, name := range []string{"f", "g"} {
		grants[side] = make([]lp.Var, size)
		// Before the first element everything survives.
		survives, before := b.Var(name+"s0"), lp.Var(-1)
		b.Equal(name+"start", 1, lp.Times(1, survives))
		for k := range size {
			i := k
			if side == 1 {
				// From the other end.
				i = size - 1 - k
			}
			// The first element has nothing before it.
			if before >= 0 {
				next := b.Var(fmt.Sprintf("%ss%d", name, k))
				at := i - 1
				if side == 1 {
					at = i + 1
				}
				// What survives an element is less by its weight times its grant.
				b.Equal(fmt.Sprintf("%sstep%d", name, k), 0, lp.Times(1, next), lp.Times(-1, survives), lp.Times(weights[at], before))
				survives = next
			}
			grants[side][i] = b.Var(fmt.Sprintf("%s%d", name, i))
			// A grant is at most what survives to it.
			b.AtMost(fmt.Sprintf("%slimit%d", name, i), 0, lp.Times(1, grants[side][i]), lp.Times(-1, survives))
			before = grants[side][i]
		}
	}
	// Half of both grants is at least b.
	for i := range size {
		b.AtMost(fmt.Sprintf("m%d", i), 0, lp.Times(2, goal), lp.Times(-1, grants[0][i]), lp.Times(-1, grants[1][i]))
	}
	return finished(b)
}
