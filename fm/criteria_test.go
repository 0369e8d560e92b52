package fm

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestCriteria switches the criteria off one by one: Kohler's and Imbert's bound
// on the size of a history, Chernikov's comparison of histories, and the shortcut
// for independent rows. The minimal system is always the same.
func TestCriteria(t *testing.T) {
	fired := make(map[Reason]int)
	compare := func(s *System, eliminate []int) {
		var want string
		for i, o := range []Options{
			{},
			{ignore: map[Reason]bool{Count: true}},
			{solve: true},
			{solve: true, ignore: map[Reason]bool{Count: true}},
			{solve: true, ignore: map[Reason]bool{Subset: true}},
			{solve: true, ignore: map[Reason]bool{Count: true, Subset: true}},
		} {
			r, err := Eliminate(context.Background(), s, eliminate, o)
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Verify(context.Background()); err != nil {
				t.Fatal(err)
			}
			for _, step := range r.Steps {
				for _, d := range step.Dropped {
					fired[d.Reason]++
					if o.ignore[d.Reason] {
						t.Fatalf("options %d: a row is dropped for %v", i, d.Reason)
					}
				}
			}
			var rows []string
			for _, row := range r.Rows {
				one := System{Variables: s.Variables, Symbols: s.Symbols, Rows: []Row{row.Row}}
				a, _ := one.homogeneous(0)
				rows = append(rows, fmt.Sprint(a, row.Relation))
			}
			slices.Sort(rows)
			if got := fmt.Sprint(r.Verdict, rows); i == 0 {
				want = got
			} else if got != want {
				t.Fatalf("options %d: %s, want %s", i, got, want)
			}
		}
	}
	for seed := range uint64(200) {
		s, eliminate := randomSystem(rand.New(rand.NewPCG(seed, 17)))
		compare(s, eliminate)
	}
	compare(transport(2, 4))
	compare(transport(3, 4))
	for _, reason := range []Reason{Count, Subset, Trivial, Duplicate, Weaker, Linear} {
		if fired[reason] == 0 {
			t.Errorf("no row was dropped for %v", reason)
		}
	}
}
