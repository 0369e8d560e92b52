package cell

import (
	"context"
	"testing"
)

// TestMDL2_L3_L4_Elimination goes through all combinations on small cells, and
// through one of each orbit, which must stand for all of them.
func TestMDL2_L3_L4_Elimination(t *testing.T) {
	for _, c := range [][2]int{{2, 2}, {2, 3}, {2, 5}, {3, 3}, {3, 5}, {4, 4}, {5, 5}, {6, 5}} {
		orbits, err := ProveByElimination(context.Background(), c[0], c[1], EliminationOptions{})
		if err != nil {
			t.Fatal(c, err)
		}
		all, err := ProveByElimination(context.Background(), c[0], c[1], EliminationOptions{AllPairs: true})
		if err != nil {
			t.Fatal(c, err)
		}
		for i, stage := range orbits.Stages {
			for j, step := range stage.Steps {
				other := all.Stages[i].Steps[j]
				if step.Pairs != other.Pairs || other.Pairs != other.Listed || step.Kept != other.Kept {
					t.Errorf("%v %s step %d: orbits of %d pairs in all, want %d", c, stage.Lemma, j+1, step.Pairs, other.Listed)
				}
			}
		}
	}
}
