package decide_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/theorems"
	"pstar/theorems/statement/decide"
)

// Of random systems, many with rows that force equations modulo the assumptions, the form that is found has no row too many, and of a claim with more rows exactly
// those can go that are called unneeded.
func TestFormsHaveNoRowTooMany(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 14))
	count := map[string]int{}
	for range 150 {
		var b strings.Builder
		fmt.Fprint(&b, "set A = 1..3\nparam t[i in A]\nvar x\n")
		form := func() string {
			var c []string
			for i := range 3 {
				c = append(c, fmt.Sprintf("(%d)*t[%d]", r.Int64N(3)-1, i+1))
			}
			return strings.Join(c, " + ")
		}
		for range 1 + r.IntN(3) {
			fmt.Fprintf(&b, "assume %s >= 0\n", form())
		}
		for i := range 2 + r.IntN(3) {
			fmt.Fprintf(&b, "s.t. r%d: %s >= (%d)*x\n", i, form(), r.Int64N(3)-1)
		}
		iff := func(rows []string) *decide.Result {
			return decided(t, b.String()+"claim feasible iff {\n"+strings.Join(rows, "\n")+"\n}\n", false)[0]
		}
		found := decided(t, b.String()+"find feasible\n", true)[0]
		var rows []string
		for _, c := range found.Form.Conditions {
			rows = append(rows, found.System.Text(c))
			count[c.Relation.String()]++
		}
		minimal := func(rows []string) {
			for i := range rows {
				if s := iff(slices.Delete(slices.Clone(rows), i, i+1)).Status; s != theorems.Refuted {
					t.Errorf("without %s the others are %v in\n%s%s", rows[i], s, b.String(), strings.Join(rows, "\n"))
				}
			}
		}
		if minimal(rows); t.Failed() {
			return
		}
		for _, row := range slices.Clone(rows) { // each of them again, and the sum with another one
			left, right, _ := strings.Cut(row, " >= ")
			if more, less, ok := strings.Cut(rows[r.IntN(len(rows))], " >= "); ok && !strings.Contains(row, " = ") {
				row = left + " + " + more + " >= " + right + " + " + less
			}
			rows = append(rows, row)
		}
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		long := iff(rows)
		count["unneeded"] += len(long.Unneeded)
		for i := len(rows) - 1; i >= 0; i-- {
			if slices.Contains(long.Unneeded, i) {
				rows = slices.Delete(rows, i, i+1)
			}
		}
		if s := iff(rows); s.Status != theorems.Proved {
			t.Errorf("without the rows that are called unneeded it is %v:\n%s%s", s.Status, b.String(), strings.Join(rows, "\n"))
		}
		if minimal(rows); t.Failed() {
			return
		}
	}
	for what, least := range map[string]int{"=": 20, ">=": 50, "unneeded": 100} {
		if count[what] < least {
			t.Errorf("%d rows are %s", count[what], what)
		}
	}
}
