// Package guess is all that the exact solver of linear programs does in floating point: a
// revised simplex method in float64 that guesses an optimal basis, or one that shows the
// problem to be infeasible or unbounded. Nothing that is exported has a floating-point
// number in it, and nothing is promised: the package lp computes exactly what a basis is
// worth, and where it is not what was believed, shows the guess, magnified, what is wrong.
//
// A guess takes the time of a simplex method in float64: no bound but the number of bases
// is known, and [Guess.Run] gives up after a number of steps in proportion to the size.
package guess

import (
	"context"
	"math"
	"slices"

	"pstar/lp/internal/guess/internal/lu"
	"pstar/lp/internal/lists"
	"pstar/rational"
)

// What blocks a move, in place of a position.
const (
	nothing = -1 // the move is not blocked
	flip    = -2 // the moving variable comes to its other bound
)

// Where a variable is: in the basis, or resting on a bound or, having none, on zero.
const (
	InBasis int8 = iota
	AtLower
	AtUpper
	AtZero
)

// Basis is a set of as many basic variables as there are rows, and the place of the
// others. A basis belongs to a problem of so many rows and columns; it says nothing of
// values or costs. Head and Where agree: a variable is InBasis exactly if it stands in
// Head.
type Basis struct {
	Head  []int32 // the basic variable of every position
	Where []int8  // of every variable
}

// Clone returns a copy of b.
func (b *Basis) Clone() *Basis { return &Basis{slices.Clone(b.Head), slices.Clone(b.Where)} }

// Equal reports whether the same variables are in both, and the others in the same
// places. The order of positions is not compared: it does not change what a basis is
// worth.
func (b *Basis) Equal(c *Basis) bool { return slices.Equal(b.Where, c.Where) }

// Guess is a simplex method in float64 on a shadow. It returns a basis that is
// probably the one wanted. No one relies on that.
//
// Its state is a basis with a factorisation, values x and reduced costs d, all of which
// are brought up to date by each step and computed anew by refactor. In one iteration:
// a row or a column of the tableau is chosen, a ratio test says how far to go, and the
// two methods dual and primal differ only in which comes first.
type Guess struct {
	*shadow
	*Basis
	factors lu.Factorer
	x, d    []float64 // values and reduced costs of all variables
	// The costs that are used need not be the true ones: the dual method shifts them,
	// both perturb them.
	goal       []float64 // the cost in use, shifted or perturbed
	edge       []float64 // steepest-edge weights, by position
	reference  []float64 // devex weights of the primal method, by variable
	first      []float64 // those it begins with
	attractive []int32   // nonbasic variables that may improve the objective
	listed     []bool    // whether a variable is on that list
	gap        []float64 // squared distance out of bounds, by position
	// Instead of a new factorisation after each exchange, the changes are kept as
	// factors of a product.
	eta        lists.Of[float64] // product form of the changes since the last factorisation
	etaAt      []int32
	etaPivot   []float64
	work       *lu.Vector // by rows
	spare      *lu.Vector // by positions
	rho        *lu.Vector // a row of the inverse
	alpha      *lu.Vector // a row of the tableau, by variables
	col        *lu.Vector // a column of the tableau, by positions
	tau        *lu.Vector
	iterations int
	limit      int // of iterations
	seed       uint64
	// KeepStart is set if the first basis is a good one, to begin with as it is.
	KeepStart bool
	// Progress, if not nil, is told the number of iterations now and then.
	Progress   func(iterations int)
	candidates []int32
	careful    *careful           // once it has been needed
	sieve      *sieve             // once it has been needed
	rowsInUse  *lists.Of[float64] // the rows that [Guess.tableauRow] combines
}

// Errors of float64 after some hundred steps are below the first two; what is smaller
// than noPivot is taken for an error itself.
const (
	feasible = 1e-9 // tolerances
	// Reduced costs within it count as right, in both methods.
	dualFeasible = 1e-9
	noPivot      = 1e-9
	// More make each solve slower than a new factorisation costs.
	etaLimit = 100 // changes of basis between factorisations
)

// New returns a guess for a problem with so many rows and columns, which begins at the
// basis start and changes it. For each row, entries yields the coefficients that are not
// zero. The variables are those of the columns, then one logical variable for each row,
// which has the value of the row. It costs a pass over the coefficients, and memory for
// all vectors that a run needs, once.
func New(rows, columns int, entries func(row int, yield func(column int, v rational.Int)), start *Basis) *Guess {
	s := newShadow(rows, columns, entries)
	// All vectors have their final length, so that nothing is allocated in a step.
	n := s.rows + s.columns
	g := &Guess{shadow: s, Basis: start, seed: 1}
	g.factors.Factors = &lu.Factors{}
	g.rowsInUse = &g.byRow
	g.x, g.d, g.goal = make([]float64, n), make([]float64, n), make([]float64, n)
	g.reference, g.first, g.listed = make([]float64, n), make([]float64, n), make([]bool, n)
	// Weights of 1 are those of a basis of logical variables.
	g.edge, g.gap = slices.Repeat([]float64{1}, s.rows), make([]float64, s.rows)
	g.work, g.spare = lu.NewVector(s.rows), lu.NewVector(s.rows)
	g.rho, g.col, g.tau = lu.NewVector(s.rows), lu.NewVector(s.rows), lu.NewVector(s.rows)
	g.alpha = lu.NewVector(n)
	return g
}

// Iterations returns the number of steps so far.
func (g *Guess) Iterations() int { return g.iterations }

// Scale returns the k for which 2^k is about the size of variable j.
func (g *Guess) Scale(j int) int { return g.scale[j] }

// Scales returns the scales of a list of variables.
func (g *Guess) Scales(list []int32) []int {
	scales := make([]int, len(list))
	for p, j := range list {
		scales[p] = g.scale[j]
	}
	return scales
}

// Order takes b for the basis at hand and returns the order in which its matrix was
// factored, positions with their rows: a good one for an exact factorisation. Where
// float64 finds the matrix singular, the rest follows in any order. Rows and positions
// of the singular part belong to each other in no way.
func (g *Guess) Order(b *Basis) (positions, rows []int32) {
	g.Basis = b
	g.factorBasis()
	positions, rows = append(positions, g.factors.PivotCol...), append(rows, g.factors.PivotRow...)
	if len(positions) == g.factors.Size {
		return positions, rows
	}
	for i := range g.factors.Size {
		if !g.factors.ColDone[i] {
			positions = append(positions, int32(i))
		}
		if !g.factors.RowDone[i] {
			rows = append(rows, int32(i))
		}
	}
	return positions, rows
}

// refactor factors the basis anew, replacing columns that depend on the others by
// logical variables, and computes values and reduced costs. It reports whether it
// found a regular basis. It gives up after three attempts, each of which has replaced
// columns: then float64 sees no basis here.
func (g *Guess) refactor() bool {
	// What the changes said is in the new factors.
	g.eta.Reset()
	g.etaAt, g.etaPivot = g.etaAt[:0], g.etaPivot[:0]
	for range 3 {
		positions, rows := g.factorBasis()
		// A regular matrix.
		if len(positions) == 0 {
			g.computeValues()
			g.computeReduced()
			return true
		}
		// As many columns as rows have no pivot; the logical variables of these rows
		// are independent of all others.
		for k, p := range positions {
			g.leave(g.Head[p])
			// The logical variable of the row is in no other position, as the row has
			// no pivot.
			g.Head[p] = int32(g.columns) + rows[k]
			g.Where[g.Head[p]] = InBasis
			g.edge[p] = 1
		}
	}
	return false
}

// factorBasis factors the basis as it stands. The order of the pivots is left in the
// factors.
func (g *Guess) factorBasis() (positions, rows []int32) {
	return g.factors.Factor(g.rows, func(p int) ([]int32, []float64) { return g.column(g.Head[p]) })
}

// leave puts a variable that was basic on its nearest bound. A variable without bounds
// rests on zero, which is no bound and is left as soon as that pays.
func (g *Guess) leave(j int32) {
	lower, upper := g.lower[j], g.upper[j]
	switch {
	case math.IsInf(lower, -1) && math.IsInf(upper, 1):
		g.Where[j] = AtZero
	// Of two bounds the nearer one: so the point changes least.
	case math.IsInf(upper, 1) || math.Abs(g.x[j]-lower) <= math.Abs(g.x[j]-upper):
		g.Where[j] = AtLower
	default:
		g.Where[j] = AtUpper
	}
}

// settle puts the nonbasic variables on their bounds.
func (g *Guess) settle() {
	// Each on its bound or, without any, on zero: only basic variables have other
	// values.
	for j, w := range g.Where {
		switch w {
		case AtLower:
			g.x[j] = g.lower[j]
		case AtUpper:
			g.x[j] = g.upper[j]
		case AtZero:
			g.x[j] = 0
		}
	}
}

// computeValues computes the values of the basic variables. B·x_B = −N·x_N, as the
// right-hand side is zero: rows are equations A x − r = 0.
func (g *Guess) computeValues() {
	g.settle()
	v := g.work
	for j, w := range g.Where {
		if w == InBasis || g.x[j] == 0 {
			continue
		}
		index, value := g.column(int32(j))
		for e, i := range index {
			v.Add(i, -value[e]*g.x[j])
		}
	}
	g.ftran(v, g.spare)
	for p, j := range g.Head {
		// The pattern of the solution is not enough here: positions that are 0 must get
		// 0.
		g.x[j] = g.spare.Value[p]
	}
	g.spare.Clear()
	for p := range g.Head {
		g.measure(p)
	}
}

// measure notes how far the basic variable at position p is out of bounds. The square
// is what the steepest-edge rule divides by a weight. The tolerance grows with the
// number, as its rounding error does.
func (g *Guess) measure(p int) {
	j := g.Head[p]
	out := max(g.lower[j]-g.x[j], g.x[j]-g.upper[j])
	if out <= feasible*(1+math.Abs(g.x[j])*1e-3) {
		g.gap[p] = 0
		return
	}
	g.gap[p] = out * out
}

// computeReduced computes the reduced costs. d = c − Aᵀy, with Bᵀy = c_B; the matrix is
// gone through by rows, since y is sparse.
func (g *Guess) computeReduced() {
	c := g.spare
	for p, j := range g.Head {
		if v := g.goal[j]; v != 0 {
			c.Add(int32(p), v)
		}
	}
	g.btran(c, g.work)
	copy(g.d, g.goal)
	for _, i := range g.work.Pattern {
		y := g.work.Value[i]
		index, value := g.byRow.Part(int(i))
		// Every row with a multiplier changes the reduced costs of its columns.
		for e, j := range index {
			g.d[j] -= y * value[e]
		}
		// The column of a logical variable is −1 in its row.
		g.d[g.columns+int(i)] += y
	}
	g.work.Clear()
	// They are 0 but for rounding; exactly 0 keeps them out of lists.
	for _, j := range g.Head {
		g.d[j] = 0
	}
}

// ftran solves B x = v; v is cleared. First the factorisation, then the changes since,
// in their order.
func (g *Guess) ftran(v, x *lu.Vector) {
	g.factors.Forward(v, x)
	for k, r := range g.etaAt {
		c := x.Value[r]
		// Nothing to do for this change; most vectors are sparse.
		if c == 0 {
			continue
		}
		c /= g.etaPivot[k]
		x.Value[r] = c
		index, value := g.eta.Part(k)
		for e, i := range index {
			x.Add(i, -value[e]*c)
		}
	}
}

// btran solves Bᵀ y = c; c is cleared. The changes come first here, the last one at the
// beginning.
func (g *Guess) btran(c, y *lu.Vector) {
	for k := len(g.etaAt) - 1; k >= 0; k-- {
		// The entry at the pivot position takes in all others of the change.
		r := g.etaAt[k]
		sum := c.Value[r]
		index, value := g.eta.Part(k)
		for e, i := range index {
			sum -= value[e] * c.Value[i]
		}
		// The entry was 0 and stays so. An entry that becomes 0 stays in the pattern as
		// tiny.
		if sum == 0 && c.Value[r] == 0 {
			continue
		}
		if c.Value[r] == 0 {
			c.Pattern = append(c.Pattern, r)
		}
		// An exact 0 would leave the pattern wrong.
		if sum /= g.etaPivot[k]; sum == 0 {
			sum = lu.Tiny
		}
		c.Value[r] = sum
	}
	g.factors.Backward(c, y)
}

// exchange brings variable q, whose column is in col, into the basis at position r.
// Values and reduced costs are not touched. The variable that leaves gets the place
// given.
func (g *Guess) exchange(r int, q int32, place int8) {
	g.Where[g.Head[r]] = place
	g.Head[r] = q
	g.Where[q] = InBasis
	for _, p := range g.col.Pattern {
		// What is left out is smaller than the errors elsewhere. Entries that are left
		// out make the product form a little wrong, below what factors have anyway.
		if v := g.col.Value[p]; int(p) != r && math.Abs(v) > lu.Dropped {
			g.eta.Add(p, v)
		}
	}
	g.eta.End()
	g.etaAt = append(g.etaAt, int32(r))
	g.etaPivot = append(g.etaPivot, g.col.Value[r])
}

// stale reports whether the basis should be factored anew. Or the changes have several
// times the entries of the factors, so that solves have become dear.
func (g *Guess) stale() bool {
	return len(g.etaAt) >= etaLimit || len(g.eta.Index) > 3*(len(g.factors.UpperRows.Index)+g.factors.Size)
}

// random returns a number from [0,1). It is a linear congruence with a fixed seed, so
// that a guess is the same each time.
func (g *Guess) random() float64 {
	g.seed = g.seed*6364136223846793005 + 1442695040888963407
	return float64(g.seed>>11) / (1 << 53)
}

// tick counts an iteration, and reports whether there may be another one. Contexts are
// looked at now and then, as looking costs about as much as a cheap step.
func (g *Guess) tick(ctx context.Context) bool {
	// Each 64th step: a step of a small problem takes a microsecond.
	g.iterations++
	if g.iterations%64 == 0 {
		if ctx.Err() != nil {
			return false
		}
		if g.Progress != nil {
			g.Progress(g.iterations)
		}
	}
	return g.iterations <= g.limit
}
