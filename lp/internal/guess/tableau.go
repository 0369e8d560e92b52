package guess

import (
	"math"

	"pstar/lp/internal/guess/internal/lu"
)

// This file computes rows and columns of the tableau from the factors.

// tableauRow computes the row of position r: rho, and alpha for the nonbasic
// variables. Both are made anew. It is most of the work of a step where there are many
// columns.
func (g *Guess) tableauRow(r int) {
	g.spare.Add(int32(r), 1)
	g.combineRows()
}

// combineRows computes the combination of rows of the tableau that spare has the multipliers of,
// by position; spare is cleared.
func (g *Guess) combineRows() {
	g.rho.Clear()
	g.alpha.Clear()
	g.btran(g.spare, g.rho)
	// Where most rows have a share, all columns are gone through in less time than these rows: an
	// entry costs less there, and those of the basis cost nothing. The sieve has no columns.
	if 2*len(g.rho.Pattern) > g.rows && g.rowsInUse == &g.byRow {
		g.combineByColumns()
	} else {
		g.combineByRows()
	}
	pattern := g.alpha.Pattern
	for _, i := range g.rho.Pattern {
		y := g.rho.Value[i]
		// The logical variable of an equation never comes back.
		if j := int32(g.columns) + i; math.Abs(y) >= lu.Dropped && g.Where[j] != InBasis && g.lower[j] != g.upper[j] {
			g.alpha.Value[j] = -y
			pattern = append(pattern, j)
		}
	}
	g.alpha.Pattern = pattern
}

// combineByRows adds the rows that have a share in rho.
func (g *Guess) combineByRows() {
	where, alpha, pattern := g.Where, g.alpha.Value, g.alpha.Pattern
	for _, i := range g.rho.Pattern {
		y := g.rho.Value[i]
		// Such an entry is an error of rounding, and would cost a pass over a row.
		if math.Abs(y) < lu.Dropped {
			continue
		}
		index, value := g.rowsInUse.Part(int(i))
		value = value[:len(index)]
		for e, j := range index {
			// Entries of basic variables are 0 or 1, and known.
			if where[j] == InBasis {
				continue
			}
			old := alpha[j]
			sum := old + y*value[e]
			// It is the first contribution to this entry.
			if old == 0 {
				pattern = append(pattern, j)
			} else if math.Abs(sum) <= lu.Dropped {
				sum = lu.Tiny
			}
			alpha[j] = sum
		}
	}
	g.alpha.Pattern = pattern
}

// combineByColumns multiplies rho by each column that is not basic.
func (g *Guess) combineByColumns() {
	rho, alpha, pattern := g.rho.Value, g.alpha.Value, g.alpha.Pattern
	for j, w := range g.Where[:g.columns] {
		if w == InBasis {
			continue
		}
		index, value := g.byColumn.Part(j)
		value = value[:len(index)]
		sum := 0.0
		for e, i := range index {
			sum += rho[i] * value[e]
		}
		// Less than that is what rounding leaves of a sum that is 0.
		if math.Abs(sum) > lu.Dropped {
			alpha[j] = sum
			pattern = append(pattern, int32(j))
		}
	}
	g.alpha.Pattern = pattern
}

// tableauColumn computes the column of variable q. Where a step uses both a row and a
// column, its pivot is in both, which shows how much rounding there is.
func (g *Guess) tableauColumn(q int32) {
	g.col.Clear()
	index, value := g.column(q)
	for e, i := range index {
		g.work.Add(i, value[e])
	}
	g.ftran(g.work, g.col)
}
