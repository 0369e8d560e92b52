package lp

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// Bland's rule must take the least index on both sides, or its proof says nothing;
// an error there would show only on problems that cycle.
func TestBlandTakesLeastIndices(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 1))
	for range 200 {
		s := newSimplex(formOf(randomInstance(r, true).problem), Bland)
		for s.beginFirstPhase(); s.astray > 0; {
			m, ok := s.price()
			if !ok {
				break
			}
			for k, j := range s.Nonbasic {
				c := s.Goal.Coef[k].Sign()
				if c != 0 && s.free(j, -c) && j < s.Nonbasic[m.position] {
					t.Fatalf("variable %d enters, %d could", s.Nonbasic[m.position], j)
				}
			}
			s.limit(&m)
			checkLeaving(t, s, m)
			s.step(m)
		}
	}
}

// checkLeaving recomputes the ratio test of m by moving the point.
func checkLeaving(t *testing.T, s *simplex, m move) {
	t.Helper()
	if m.row == flip {
		return
	}
	for i, j := range s.Basic {
		rate := rational.RatFromInts(s.Rows[i].Coef[m.position], s.Rows[i].Den).Mul(rational.NewRat(int64(m.direction), 1))
		to := s.value[j].Add(m.length.Mul(rate))
		meets := rate.Sign() > 0 && s.upper[j].Finite && to.Equal(s.upper[j].Value) ||
			rate.Sign() < 0 && s.lower[j].Finite && to.Equal(s.lower[j].Value)
		if s.outside[j] == 0 && meets && j < s.Basic[m.row] {
			t.Fatalf("variable %d leaves, %d could", s.Basic[m.row], j)
		}
	}
}

// Bland's rule ends with the stall, and dictionaries stay in lowest terms.
func TestDictionaryAfterSteps(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 2))
	for range 100 {
		s := newSimplex(formOf(mediumProblem(r, 6, 6)), LargestCoefficient)
		for s.beginFirstPhase(); s.astray > 0; {
			m, ok := s.price()
			if !ok {
				break
			}
			s.limit(&m)
			s.stalled = 5
			s.step(m)
			if want := map[bool]int{true: 6, false: 0}[m.length.IsZero()]; s.stalled != want {
				t.Fatalf("step of length %v leaves stall count %d, want %d", m.length, s.stalled, want)
			}
			for i, row := range append(s.Rows, s.Goal) {
				if g := rational.GCD(row.Den, rational.Vector(row.Coef).Content()); !g.IsOne() {
					t.Fatalf("row %d has the common divisor %v", i, g)
				}
			}
		}
	}
}

// The values of a cell have one small common denominator, so its program is solved
// in integers throughout.
func TestCellsAreSolvedInIntegers(t *testing.T) {
	s := newSimplex(formOf(newCell(rand.New(rand.NewPCG(12, 3)), 3, 5).importance()), LargestCoefficient)
	if _, err := s.run(context.Background()); err != nil {
		t.Fatal(err)
	}
	for j, v := range s.value {
		if !v.IsInt() {
			t.Fatalf("variable %d has the value %v", j, v)
		}
	}
	for i, row := range s.Rows {
		if !row.Den.IsOne() {
			t.Fatalf("row %d has the denominator %v", i, row.Den)
		}
	}
}

// formOf is newForm without end.
func formOf(p *Problem) *form {
	f, _ := newForm(context.Background(), p)
	return f
}
