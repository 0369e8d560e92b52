package guess

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// A combination of rows of the tableau is the same whether it is made of rows or of columns of the matrix, and
// from whichever of these [Guess.combineRows] makes it: here of a few rows, there of most.
func TestRowsOfTheTableauByRowsAndByColumns(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 9))
	dense := 0
	for range 20 {
		g, target := supports(r, 4+r.IntN(5)).guess()
		g.restore(target)
		g.crash()
		if !g.refactor() {
			t.Fatal("no regular basis")
		}
		for range 1 + r.IntN(g.rows) {
			g.spare.Add(int32(r.IntN(g.rows)), 1+r.Float64())
		}
		g.combineRows()
		if 2*len(g.rho.Pattern) > g.rows {
			dense++
		}
		got := slices.Clone(g.alpha.Value)
		for name, combine := range map[string]func(){"rows": g.combineByRows, "columns": g.combineByColumns} {
			g.alpha.Clear()
			combine()
			for j, v := range g.alpha.Value[:g.columns] {
				if math.Abs(v-got[j]) > 1e-12 {
					t.Errorf("variable %d has %v by %s, and %v otherwise", j, v, name, got[j])
				}
			}
		}
	}
	if dense == 0 || dense == 20 {
		t.Errorf("%d of 20 combinations are of most rows", dense)
	}
}
