package lp

import (
	"math/rand/v2"

	"pstar/rational"
)

// system is the polyhedron {x : a·x ≤ b} with rows (a, b) of small integers, for an
// oracle that has nothing in common with the simplex method: a nonempty polyhedron
// has a minimal face, on which as many independent rows are tight as the rank of
// all rows, so trying all such sets of rows finds a point on each minimal face.
type system struct {
	n    int
	rows [][]int64
}

func (s *system) rank() int {
	all := make([]int, len(s.rows))
	for i := range all {
		all[i] = i
	}
	r, _, _ := s.eliminate(all)
	return r
}

// eliminate brings the chosen rows into fraction-free reduced echelon form; every
// pivot entry is den in the end.
func (s *system) eliminate(chosen []int) (rank int, m [][]int64, den int64) {
	for _, i := range chosen {
		m = append(m, append([]int64(nil), s.rows[i]...))
	}
	den = 1
	for col := 0; col < s.n && rank < len(m); col++ {
		p := rank
		for p < len(m) && m[p][col] == 0 {
			p++
		}
		if p == len(m) {
			continue
		}
		m[p], m[rank] = m[rank], m[p]
		pivot := m[rank][col]
		for i := range m {
			if i == rank {
				continue
			}
			c := m[i][col]
			for j := range m[i] {
				m[i][j] = (m[i][j]*pivot - c*m[rank][j]) / den
			}
		}
		den = pivot
		rank++
	}
	return rank, m, den
}

// points calls yield with num/den for a point on every minimal face.
func (s *system) points(yield func(num []int64, den int64)) {
	r := s.rank()
	chosen := make([]int, 0, r)
	var choose func(from int)
	choose = func(from int) {
		if len(chosen) == r {
			if num, den, ok := s.solve(chosen); ok {
				yield(num, den)
			}
			return
		}
		for i := from; i < len(s.rows); i++ {
			chosen = append(chosen, i)
			choose(i + 1)
			chosen = chosen[:len(chosen)-1]
		}
	}
	choose(0)
}

// solve returns a point where the chosen rows are tight, if they are independent and
// the point belongs to the polyhedron.
func (s *system) solve(chosen []int) (num []int64, den int64, ok bool) {
	r, m, den := s.eliminate(chosen)
	if r < len(chosen) {
		return nil, 0, false
	}
	num = make([]int64, s.n)
	for _, row := range m {
		for j, c := range row[:s.n] {
			if c != 0 {
				num[j] = row[s.n]
				break
			}
		}
	}
	if den < 0 {
		den = -den
		for j := range num {
			num[j] = -num[j]
		}
	}
	for _, row := range s.rows {
		sum := -row[s.n] * den
		for j, x := range num {
			sum += row[j] * x
		}
		if sum > 0 {
			return nil, 0, false
		}
	}
	return num, den, true
}

func (s *system) feasible() bool {
	found := false
	s.points(func([]int64, int64) { found = true })
	return found
}

// oracle minimises cost·x over the system.
func (s *system) oracle(cost []int64) (Verdict, rational.Rat) {
	var best rational.Rat
	found := false
	s.points(func(num []int64, den int64) {
		var sum int64
		for j, x := range num {
			sum += cost[j] * x
		}
		if v := rational.NewRat(sum, den); !found || v.Cmp(best) < 0 {
			best, found = v, true
		}
	})
	if !found {
		return Infeasible, rational.Rat{}
	}
	// The objective has no bound if and only if some direction of the recession
	// cone improves it.
	rays := &system{n: s.n}
	for _, row := range s.rows {
		rays.rows = append(rays.rows, append(append([]int64(nil), row[:s.n]...), 0))
	}
	rays.rows = append(rays.rows, append(append([]int64(nil), cost...), -1))
	if rays.feasible() {
		return Unbounded, rational.Rat{}
	}
	return Optimal, best
}

// instance is a random problem together with the system and cost that it means.
type instance struct {
	problem *Problem
	system  *system
	cost    []int64
}

// answer translates the answer of the oracle into the terms of the problem.
func (c *instance) answer() (Verdict, rational.Rat) {
	v, value := c.system.oracle(c.cost)
	if v != Optimal {
		return v, value
	}
	if c.problem.Sense == Maximise {
		value = value.Neg()
	}
	return v, value.Add(c.problem.Constant)
}

// randomInstance draws bounds of every kind. If tight, they pass through one
// integer point most of the time, which makes for degenerate problems.
func randomInstance(r *rand.Rand, tight bool) *instance {
	n := 1 + r.IntN(3)
	c := &instance{
		problem: &Problem{Sense: Sense(r.IntN(2)), Constant: rational.NewRat(r.Int64N(7)-3, 1+r.Int64N(3))},
		system:  &system{n: n},
	}
	centre := make([]int64, n)
	for j := range centre {
		centre[j] = r.Int64N(7) - 3
	}
	sign := int64(1)
	if c.problem.Sense == Maximise {
		sign = -1
	}
	for j := range n {
		unit := make([]int64, n)
		unit[j] = 1
		lower, upper := c.bounds(r, unit, centre, tight)
		cost := r.Int64N(7) - 3
		c.cost = append(c.cost, sign*cost)
		c.problem.AddVariable(Variable{Cost: rational.NewRat(cost, 1), Lower: lower, Upper: upper})
	}
	for range r.IntN(5) {
		a := make([]int64, n)
		for j := range a {
			if r.IntN(4) > 0 {
				a[j] = r.Int64N(7) - 3
			}
		}
		lower, upper := c.bounds(r, a, centre, tight)
		c.problem.AddRow(scaledRow(r, a, lower, upper))
	}
	return c
}

// scaledRow multiplies the row by a positive fraction and splits some terms.
func scaledRow(r *rand.Rand, a []int64, lower, upper Bound) Row {
	scale := rational.NewRat(1+r.Int64N(4), 1+r.Int64N(4))
	row := Row{Lower: lower.times(scale), Upper: upper.times(scale)}
	for j, v := range a {
		if v == 0 && r.IntN(3) > 0 {
			continue
		}
		if r.IntN(5) == 0 {
			part := r.Int64N(5) - 2
			row.Terms = append(row.Terms, Term{j, scale.Mul(rational.NewRat(part, 1))})
			v -= part
		}
		row.Terms = append(row.Terms, Term{j, scale.Mul(rational.NewRat(v, 1))})
	}
	r.Shuffle(len(row.Terms), func(a, b int) { row.Terms[a], row.Terms[b] = row.Terms[b], row.Terms[a] })
	return row
}

// bounds draws bounds for a·x and adds them to the system.
func (c *instance) bounds(r *rand.Rand, a, centre []int64, tight bool) (lower, upper Bound) {
	var at int64
	for j := range a {
		at += a[j] * centre[j]
	}
	value := func() int64 {
		if tight && r.IntN(4) > 0 {
			return at
		}
		return r.Int64N(13) - 6
	}
	kind := r.IntN(5)
	if kind == 1 || kind == 3 {
		v := value()
		lower = At(rational.NewRat(v, 1))
	}
	if kind == 2 || kind == 3 {
		upper = At(rational.NewRat(value(), 1))
	}
	if kind == 4 {
		lower = At(rational.NewRat(value(), 1))
		upper = lower
	}
	if lower.Finite {
		v, _ := lower.Value.Num().Int64()
		row := make([]int64, 0, len(a)+1)
		for _, x := range a {
			row = append(row, -x)
		}
		c.system.rows = append(c.system.rows, append(row, -v))
	}
	if upper.Finite {
		v, _ := upper.Value.Num().Int64()
		c.system.rows = append(c.system.rows, append(append([]int64(nil), a...), v))
	}
	return lower, upper
}

// tightBounds counts the bounds that a point meets.
func tightBounds(p *Problem, x []rational.Rat) int {
	count := 0
	meet := func(v rational.Rat, lower, upper Bound) {
		if lower.Finite && lower.Value.Equal(v) || upper.Finite && upper.Value.Equal(v) {
			count++
		}
	}
	for j, v := range p.Variables {
		meet(x[j], v.Lower, v.Upper)
	}
	for _, row := range p.Rows {
		var a rational.Rat
		for _, t := range row.Terms {
			a = a.Add(t.Coefficient.Mul(x[t.Variable]))
		}
		meet(a, row.Lower, row.Upper)
	}
	return count
}
