package lp

import (
	"context"
	"math"
)

// Where a variable is: in the basis, or resting on a bound or, having none, on zero.
const (
	inBasis int8 = iota
	atLower
	atUpper
	atZero
)

// basis is a set of as many basic variables as there are rows, and the place of the
// others.
type basis struct {
	head  []int32 // the basic variable of every position
	where []int8  // of every variable
}

func (b *basis) clone() *basis {
	return &basis{append([]int32(nil), b.head...), append([]int8(nil), b.where...)}
}

// guess is a simplex method in float64 on a shadow. It returns a basis that is
// probably the one wanted. No one relies on that.
type guess struct {
	*shadow
	*basis
	factorer
	x, d       []float64 // values and reduced costs of all variables
	goal       []float64 // the cost in use, shifted or perturbed
	edge       []float64 // steepest-edge weights, by position
	reference  []float64 // devex weights of the primal method, by variable
	first      []float64 // those it begins with
	attractive []int32   // nonbasic variables that may improve the objective
	listed     []bool    // whether a variable is on that list
	gap        []float64 // squared distance out of bounds, by position
	eta        luParts   // product form of the changes since the last factorisation
	etaAt      []int32
	etaPivot   []float64
	work       *sparseVector // by rows
	spare      *sparseVector // by positions
	rho        *sparseVector // a row of the inverse
	alpha      *sparseVector // a row of the tableau, by variables
	col        *sparseVector // a column of the tableau, by positions
	tau        *sparseVector
	iterations int
	limit      int // of iterations
	seed       uint64
	progress   func(Progress)
	candidates []int32
}

const (
	feasible     = 1e-9 // tolerances
	dualFeasible = 1e-9
	noPivot      = 1e-9
	etaLimit     = 100 // changes of basis between factorisations
)

func newGuess(s *shadow, start *basis) *guess {
	n := s.rows + s.columns
	g := &guess{shadow: s, basis: start, seed: 1, progress: func(Progress) {}}
	g.factorer.lu = &lu{}
	g.x, g.d, g.goal = make([]float64, n), make([]float64, n), make([]float64, n)
	g.reference, g.first, g.listed = make([]float64, n), make([]float64, n), make([]bool, n)
	g.edge, g.gap = make([]float64, s.rows), make([]float64, s.rows)
	g.work, g.spare = newSparseVector(s.rows), newSparseVector(s.rows)
	g.rho, g.col, g.tau = newSparseVector(s.rows), newSparseVector(s.rows), newSparseVector(s.rows)
	g.alpha = newSparseVector(n)
	for i := range g.edge {
		g.edge[i] = 1
	}
	return g
}

// logicalBasis has the logical variables in the basis and the others at the bound
// nearest to zero.
func (f *form) logicalBasis() *basis {
	b := &basis{where: make([]int8, len(f.lower))}
	for j := range f.columns {
		b.where[j] = rest(f.lower[j], f.upper[j])
	}
	for i := range f.equations {
		b.head = append(b.head, int32(f.columns+i))
	}
	return b
}

func rest(lower, upper Bound) int8 {
	switch {
	case !lower.Finite && !upper.Finite:
		return atZero
	case start(lower, upper).Equal(lower.Value) && lower.Finite:
		return atLower
	}
	return atUpper
}

// refactor factors the basis anew, replacing columns that depend on the others by
// logical variables, and computes values and reduced costs. It reports whether it
// found a regular basis.
func (g *guess) refactor() bool {
	g.eta.reset()
	g.etaAt, g.etaPivot = g.etaAt[:0], g.etaPivot[:0]
	for range 3 {
		positions, rows := g.factorBasis()
		if len(positions) == 0 {
			g.computeValues()
			g.computeReduced()
			return true
		}
		for k, p := range positions {
			g.leave(g.head[p])
			g.head[p] = int32(g.columns) + rows[k]
			g.where[g.head[p]] = inBasis
			g.edge[p] = 1
		}
	}
	return false
}

// factorBasis factors the basis as it stands.
func (g *guess) factorBasis() (positions, rows []int32) {
	return g.factor(g.rows, func(p int) ([]int32, []float64) { return g.column(g.head[p]) })
}

// leave puts a variable that was basic on its nearest bound.
func (g *guess) leave(j int32) {
	lower, upper := g.lower[j], g.upper[j]
	switch {
	case math.IsInf(lower, -1) && math.IsInf(upper, 1):
		g.where[j] = atZero
	case math.IsInf(upper, 1) || math.Abs(g.x[j]-lower) <= math.Abs(g.x[j]-upper):
		g.where[j] = atLower
	default:
		g.where[j] = atUpper
	}
}

// settle puts the nonbasic variables on their bounds.
func (g *guess) settle() {
	for j, w := range g.where {
		switch w {
		case atLower:
			g.x[j] = g.lower[j]
		case atUpper:
			g.x[j] = g.upper[j]
		case atZero:
			g.x[j] = 0
		}
	}
}

// computeValues computes the values of the basic variables.
func (g *guess) computeValues() {
	g.settle()
	v := g.work
	for j, w := range g.where {
		if w == inBasis || g.x[j] == 0 {
			continue
		}
		index, value := g.column(int32(j))
		for e, i := range index {
			v.add(i, -value[e]*g.x[j])
		}
	}
	g.ftran(v, g.spare)
	for p, j := range g.head {
		g.x[j] = g.spare.value[p]
	}
	g.spare.clear()
	for p := range g.head {
		g.measure(p)
	}
}

// measure notes how far the basic variable at position p is out of bounds.
func (g *guess) measure(p int) {
	j := g.head[p]
	out := max(g.lower[j]-g.x[j], g.x[j]-g.upper[j])
	if out <= feasible*(1+math.Abs(g.x[j])*1e-3) {
		g.gap[p] = 0
		return
	}
	g.gap[p] = out * out
}

// computeReduced computes the reduced costs.
func (g *guess) computeReduced() {
	c := g.spare
	for p, j := range g.head {
		if v := g.goal[j]; v != 0 {
			c.add(int32(p), v)
		}
	}
	g.btran(c, g.work)
	copy(g.d, g.goal)
	for _, i := range g.work.pattern {
		y := g.work.value[i]
		index, value := g.byRow.part(int(i))
		for e, j := range index {
			g.d[j] -= y * value[e]
		}
		g.d[g.columns+int(i)] += y
	}
	g.work.clear()
	for _, j := range g.head {
		g.d[j] = 0
	}
}

// ftran solves B x = v; v is cleared.
func (g *guess) ftran(v, x *sparseVector) {
	g.forward(v, x)
	for k, r := range g.etaAt {
		c := x.value[r]
		if c == 0 {
			continue
		}
		c /= g.etaPivot[k]
		x.value[r] = c
		index, value := g.eta.part(k)
		for e, i := range index {
			x.add(i, -value[e]*c)
		}
	}
}

// btran solves Bᵀ y = c; c is cleared.
func (g *guess) btran(c, y *sparseVector) {
	for k := len(g.etaAt) - 1; k >= 0; k-- {
		r := g.etaAt[k]
		sum := c.value[r]
		index, value := g.eta.part(k)
		for e, i := range index {
			sum -= value[e] * c.value[i]
		}
		if sum == 0 && c.value[r] == 0 {
			continue
		}
		if c.value[r] == 0 {
			c.pattern = append(c.pattern, r)
		}
		if sum /= g.etaPivot[k]; sum == 0 {
			sum = tiny
		}
		c.value[r] = sum
	}
	g.backward(c, y)
}

// tableauRow computes the row of position r: rho, and alpha for the nonbasic
// variables.
func (g *guess) tableauRow(r int) {
	g.rho.clear()
	g.alpha.clear()
	g.spare.add(int32(r), 1)
	g.btran(g.spare, g.rho)
	where, alpha, pattern := g.where, g.alpha.value, g.alpha.pattern
	for _, i := range g.rho.pattern {
		y := g.rho.value[i]
		if math.Abs(y) < dropped {
			continue
		}
		index, value := g.byRow.part(int(i))
		value = value[:len(index)]
		for e, j := range index {
			if where[j] == inBasis {
				continue
			}
			old := alpha[j]
			sum := old + y*value[e]
			if old == 0 {
				pattern = append(pattern, j)
			} else if math.Abs(sum) <= dropped {
				sum = tiny
			}
			alpha[j] = sum
		}
		// The logical variable of an equation never comes back.
		if j := int32(g.columns) + i; where[j] != inBasis && g.lower[j] != g.upper[j] {
			alpha[j] = -y
			pattern = append(pattern, j)
		}
	}
	g.alpha.pattern = pattern
}

// tableauColumn computes the column of variable q.
func (g *guess) tableauColumn(q int32) {
	g.col.clear()
	index, value := g.column(q)
	for e, i := range index {
		g.work.add(i, value[e])
	}
	g.ftran(g.work, g.col)
}

// exchange brings variable q, whose column is in col, into the basis at position r.
func (g *guess) exchange(r int, q int32, place int8) {
	g.where[g.head[r]] = place
	g.head[r] = q
	g.where[q] = inBasis
	for _, p := range g.col.pattern {
		if v := g.col.value[p]; int(p) != r && math.Abs(v) > dropped {
			g.eta.add(p, v)
		}
	}
	g.eta.end()
	g.etaAt = append(g.etaAt, int32(r))
	g.etaPivot = append(g.etaPivot, g.col.value[r])
}

// stale reports whether the basis should be factored anew.
func (g *guess) stale() bool {
	return len(g.etaAt) >= etaLimit || len(g.eta.index) > 3*(len(g.upperRows.index)+g.size)
}

// random returns a number from [0,1).
func (g *guess) random() float64 {
	g.seed = g.seed*6364136223846793005 + 1442695040888963407
	return float64(g.seed>>11) / (1 << 53)
}

// tick counts an iteration, and reports whether there may be another one.
func (g *guess) tick(ctx context.Context) bool {
	g.iterations++
	if g.iterations%64 == 0 {
		if ctx.Err() != nil {
			return false
		}
		g.progress(Progress{"guessing", g.iterations})
	}
	return g.iterations <= g.limit
}
