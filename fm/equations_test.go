package fm

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// Systems of seven to ten variables with several equations, some of them in disguise, are
// projected as they are and with each equation as two rows. Independence of rows that is
// measured before the equations are used, or beside them, shows in rows that are missing or
// not needed.
func TestEquationsAtSize(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 8))
	projected, independent := 0, 0
	for range 200 {
		s, eliminate := sparseSystem(rng)
		pairs := &System{Variables: s.Variables}
		for _, r := range s.Rows {
			if r.Relation == Equal {
				less := r
				r.Relation, less.Relation = AtLeast, AtMost
				pairs.Rows = append(pairs.Rows, less)
			}
			pairs.Rows = append(pairs.Rows, r)
		}
		var results [2]*Result
		for i, system := range []*System{s, pairs} {
			r, err := Eliminate(t.Context(), system, eliminate, Options{Witnesses: true})
			if err != nil {
				t.Fatal(err)
			}
			checkProjection(t, rng, system, eliminate, r, Minimal)
			results[i] = r
		}
		a, b := results[0], results[1]
		if a.Verdict != b.Verdict || fmt.Sprint(rowsOf(a)) != fmt.Sprint(rowsOf(b)) {
			t.Fatalf("with equations: %v\n%v\nwith pairs of rows: %v\n%v\n%v", a.Verdict, rowsOf(a), b.Verdict, rowsOf(b), s.Rows)
		}
		if a.Verdict == Projected && len(a.Rows) > 2 {
			projected++
		}
		if a.Independent {
			independent++
		}
	}
	if projected < 60 || independent < 10 {
		t.Errorf("%d projections with more than two rows, %d from independent rows", projected, independent)
	}
}

func rowsOf(r *Result) []Row {
	var rows []Row
	for _, o := range r.Rows {
		rows = append(rows, o.Row)
	}
	return rows
}

// sparseSystem has rows with two to four entries -1 or 1.
func sparseSystem(rng *rand.Rand) (*System, []int) {
	n := 7 + rng.IntN(4)
	s := &System{}
	for j := range n {
		s.Variables = append(s.Variables, fmt.Sprintf("x%d", j+1))
	}
	row := func(relation Relation, constant int64) {
		r := Row{Relation: relation, Coefficients: make(rational.RatVector, n), Constant: rational.NewRat(constant, 1)}
		for range 2 + rng.IntN(3) {
			r.Coefficients[rng.IntN(n)] = rational.NewRat(int64(2*rng.IntN(2)-1), 1)
		}
		s.Rows = append(s.Rows, r)
	}
	for range 2 + rng.IntN(4) {
		row(Equal, int64(rng.IntN(2)))
	}
	for range n - 3 + rng.IntN(5) {
		row(AtLeast, -int64(rng.IntN(3)))
	}
	if rng.IntN(3) == 0 { // an equation in disguise
		r := s.Rows[len(s.Rows)-1]
		r.Relation = AtMost
		s.Rows = append(s.Rows, r)
	}
	return s, rng.Perm(n)[:2+rng.IntN(3)]
}
