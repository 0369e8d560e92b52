package certificate

import (
	"strings"
	"testing"
)

// A short document without proof costs next to nothing, however large its cell.
func TestEmptyEliminationsAreCheap(t *testing.T) {
	for _, c := range []struct{ k, n int }{{4, 12}, {3, 13}, {2, 14}} {
		for _, lemma := range []string{lemmaFeasible, lemmaSelected} {
			d := &Document{
				Statement: Statement{Multidraft, c.k, c.n, c.k},
				Elimination: &Elimination{[]EliminationStage{{lemma,
					[]EliminationStep{{Support: 3, Token: 2}}}}},
			}
			work, invalid := workOf(written(d))
			if invalid == nil || !strings.Contains(invalid.Reason, "step 1 of "+lemma) || work > 2e8 {
				t.Errorf("(%d,%d): %v at the cost of %d", c.k, c.n, invalid, work)
			}
		}
	}
}

// Rows, pairs and steps all count.
func TestEliminationWorkIsCounted(t *testing.T) {
	s := newSupports(3, 4)
	columns := uint64(eliminationColumns(s))
	r := &reader{data: []byte(`[]`)}
	c := newEliminationChecker(r, s, lemmaFeasible)
	if least := columns << 4; r.work < least {
		t.Errorf("the rows cost %d, less than %d", r.work, least)
	}
	before, pairs := r.work, 0
	c.eachPair([]int{0, 0, 0, 0}, func(set, set) { pairs++ })
	if pairs != 35 || r.work-before != 35*pairCost { // the multisets of four out of four
		t.Errorf("%d pairs at the cost of %d", pairs, r.work-before)
	}
	r.work = maxWork - 1
	if invalid := run(func() { c.addRow(c.rows[1]) }); invalid == nil || !strings.Contains(invalid.Reason, "too much work") {
		t.Errorf("adding a row: %v", invalid)
	}
}
