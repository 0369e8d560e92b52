package fm

import (
	"math"

	"pstar/rational"
)

// A guesser finds in floating point how facets imply a row, or a point that shows
// that they do not, and confirms what it has found exactly. What it cannot
// confirm is left to an exact linear program, so that no rounding decides anything.
//
// The programs of one step differ by the row only and are small, with a
// dense inverse of at most as many rows as there are columns.
type guesser struct {
	engine *engine
	scale  []float64 // by column, of all rows
	rows   []*row
	facets [][]float64 // scaled, and divided by the value at the interior point
}

// newGuesser scales the columns by the greatest entries of the rows.
func newGuesser(e *engine, rows []*candidate) *guesser {
	g := &guesser{engine: e, scale: make([]float64, len(e.columns))}
	// Numbers of one size, so that a tolerance means the same in all columns.
	for c := range g.scale {
		most := 1.0
		for _, k := range rows {
			most = max(most, math.Abs(toFloat(k.v.At(c))))
		}
		g.scale[c] = 1 / most
	}
	return g
}

// Beyond float64 it is infinite, and what comes of it is not confirmed.
func toFloat(x rational.Int) float64 { return rational.RatFromInt(x).Float64() }

// Facets are only added: one that is known stays one.
func (g *guesser) add(r *row) {
	g.rows, g.facets = append(g.rows, r), append(g.facets, g.floats(r))
}

func (g *guesser) floats(r *row) []float64 {
	a := r.v.Integers(0, len(g.engine.columns))
	// Divided by its value at the interior point, a row is a point of the dual polytope, and
	// the greatest entries are of one size.
	height := toFloat(a.Dot(g.engine.interior))
	f := make([]float64, len(a))
	// In the scaled columns, and 1 at the interior point.
	for c, x := range a {
		f[c] = toFloat(x) * g.scale[c] / height
	}
	return f
}

// imply does what engine.imply does for the facets, or reports false.
// With ok the answer has been confirmed exactly.
func (g *guesser) imply(r *row) (shares []share, point rational.RatVector, ok bool) {
	s := newSimplex(g.floats(r))
	// It went on for too long: rounding may have led it in a circle.
	if !s.run(g.facets) {
		return nil, nil, false
	}
	// Which of the two it is likely to be; whichever it is has to be confirmed.
	// The threshold chooses what is tried. A wrong choice fails its confirmation.
	if s.infeasibility() < 1e-7 {
		shares, ok = g.confirmShares(r, s.basis)
	} else {
		point, ok = g.confirmPoint(r, s.prices())
	}
	return shares, point, ok
}

// confirmShares solves for the multipliers of the facets of a basis.
func (g *guesser) confirmShares(r *row, basis []int) (shares []share, ok bool) {
	var within []*row
	var lines []rational.Vector
	// Artificial variables are no facets, and count as 0.
	for _, j := range basis {
		if j >= 0 {
			within = append(within, g.rows[j])
			lines = append(lines, g.rows[j].v.Integers(0, len(g.engine.columns)))
		}
	}
	// Only which facets take part was guessed. Their multipliers are the exact solution of the
	// equations of the columns, if there is one.
	y, ok := rational.NewMatrix(lines, len(g.engine.columns)).Transpose().Solve(r.v.Integers(0, len(g.engine.columns)).Rats())
	shares = []share{}
	for i, part := range y {
		if part.Sign() > 0 {
			shares = append(shares, share{within[i], part})
		}
		// A negative multiplier proves nothing: the guess was wrong.
		ok = ok && part.Sign() >= 0
	}
	return shares, ok
}

// confirmPoint rounds a point and moves it towards the interior until all facets
// hold; then r must fail there.
// The result is exact: an integer point at which no facet known is negative.
func (g *guesser) confirmPoint(r *row, x []float64) (rational.RatVector, bool) {
	const grid = 1 << 26
	var most float64
	for c := range x {
		// Back to the columns of the rows.
		x[c] *= g.scale[c]
		most = max(most, math.Abs(x[c]))
	}
	var width rational.Int // of the interior point, by which the grid is refined
	for _, p := range g.engine.interior {
		if p.Abs().Cmp(width) > 0 {
			width = p.Abs()
		}
	}
	// On a grid that is fine beside the entries of the interior point, so that a few steps
	// towards it change little.
	at := make(rational.Vector, len(x))
	for c := range x {
		// Rounded to the grid, in units that the interior point has too.
		at[c] = rational.NewInt(int64(math.Round(x[c] / most * grid))).Mul(width)
	}
	var steps rational.Int
	for _, f := range g.rows {
		a := f.v.Integers(0, len(at))
		// So many steps to the interior, each of which adds the positive value that the facet has
		// there.
		if value := a.Dot(at); value.Sign() < 0 {
			need, _ := value.Neg().QuoRem(a.Dot(g.engine.interior))
			if need = need.Add(rational.NewInt(1)); need.Cmp(steps) > 0 {
				steps = need
			}
		}
	}
	// Moving by whole steps keeps integers. At the interior point all facets are positive,
	// so r may hold again by then, which the last comparison finds.
	at = rational.Combine(rational.NewInt(1), at, steps, g.engine.interior)
	return at.Rats(), r.v.Integers(0, len(at)).Dot(at).Sign() < 0
}

// simplex is the first phase of the revised simplex method for b = Σ y_j a_j, y >=
// 0: it makes the sum of artificial variables as small as possible.
type simplex struct {
	inverse [][]float64
	x       []float64
	basis   []int // number of the column, or -1 for an artificial one
}

// At first each row has its artificial variable, with the sign that makes it positive.
func newSimplex(b []float64) *simplex {
	s := &simplex{}
	for i, value := range b {
		row := make([]float64, len(b))
		row[i] = 1
		if value < 0 {
			row[i] = -1
		}
		s.inverse, s.x, s.basis = append(s.inverse, row), append(s.x, math.Abs(value)), append(s.basis, -1)
	}
	return s
}

// tolerance is what counts as 0.
// It decides which pivots are tried, and nothing of what is true.
const tolerance = 1e-10

// run pivots until no column helps; it reports false if that takes long.
// The limit is generous for what is usual; what takes longer is for the exact program.
func (s *simplex) run(columns [][]float64) bool {
	for range 20 + 10*len(s.x) {
		// A point at which the facets of the basis are 0.
		prices := s.prices()
		enter, least := -1, -tolerance
		// The column that promises most. Which one is chosen decides how long it takes, not what
		// is true.
		for j, a := range columns {
			if value := dot(prices, a); value < least {
				enter, least = j, value
			}
		}
		if enter < 0 {
			return true
		}
		if !s.pivot(enter, columns[enter]) {
			return false
		}
	}
	return false
}

// prices is a point with which b has the value minus the infeasibility, and all
// columns of the basis the value 0.
func (s *simplex) prices() []float64 {
	prices := make([]float64, len(s.x))
	for k, j := range s.basis {
		// Artificial variables cost 1, all others 0.
		if j < 0 {
			for c, v := range s.inverse[k] {
				prices[c] -= v
			}
		}
	}
	return prices
}

// 0 means that b is a combination of columns.
func (s *simplex) infeasibility() (sum float64) {
	for k, j := range s.basis {
		if j < 0 {
			sum += s.x[k]
		}
	}
	return sum
}

// pivot takes a column into the basis.
// It is false if no row limits the column, which is a sign of rounding.
func (s *simplex) pivot(enter int, a []float64) bool {
	// The column in terms of the basis.
	column := make([]float64, len(s.x))
	leave := -1
	for k := range column {
		column[k] = dot(s.inverse[k], a)
		// The ratio test, by cross products.
		if column[k] > tolerance && (leave < 0 || s.x[k]*column[leave] < s.x[leave]*column[k]) {
			leave = k
		}
	}
	if leave < 0 {
		return false
	}
	// The row of the inverse is divided by the pivot, and taken off the others as elimination
	// does.
	s.basis[leave] = enter
	pivotRow := s.inverse[leave]
	for c := range pivotRow {
		pivotRow[c] /= column[leave]
	}
	s.x[leave] /= column[leave]
	for k := range column {
		if k == leave || column[k] == 0 {
			continue
		}
		for c, v := range pivotRow {
			s.inverse[k][c] -= column[k] * v
		}
		// Rounding may leave a little less than 0.
		s.x[k] = max(0, s.x[k]-column[k]*s.x[leave])
	}
	return true
}

func dot(v, w []float64) (sum float64) {
	for i, x := range v {
		sum += x * w[i]
	}
	return sum
}
