package dense

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
	steps := 0
	for range 200 {
		s := newSimplex(random(r, 4, 4, 3))
		s.Bland = true
		for s.beginFirstPhase(); s.astray > 0; {
			m, ok := s.price()
			if !ok {
				break
			}
			for k, j := range s.nonbasic {
				c := s.goal.coef[k].Sign()
				if c != 0 && s.free(j, -c) && j < s.nonbasic[m.position] {
					t.Fatalf("variable %d enters, %d could", s.nonbasic[m.position], j)
				}
			}
			s.limit(&m)
			checkLeaving(t, s, m)
			s.step(m)
			steps++
		}
	}
	if steps < 200 {
		t.Errorf("only %d steps", steps)
	}
}

// checkLeaving recomputes the ratio test of m by moving the point.
func checkLeaving(t *testing.T, s *simplex, m move) {
	t.Helper()
	if m.row == flip {
		return
	}
	for i, j := range s.basic {
		rate := rational.RatFromInts(s.rows[i].coef[m.position], s.rows[i].den).Mul(rational.NewRat(int64(m.direction), 1))
		to := s.value[j].Add(m.length.Mul(rate))
		meets := rate.Sign() > 0 && s.Upper[j].Finite && to.Equal(s.Upper[j].Value) ||
			rate.Sign() < 0 && s.Lower[j].Finite && to.Equal(s.Lower[j].Value)
		if s.outside[j] == 0 && meets && j < s.basic[m.row] {
			t.Fatalf("variable %d leaves, %d could", s.basic[m.row], j)
		}
	}
}

// Bland's rule ends with the stall, and dictionaries stay in lowest terms.
func TestDictionaryAfterSteps(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 2))
	for range 100 {
		s := newSimplex(random(r, 6, 6, 9))
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
			for i, row := range append(s.rows, s.goal) {
				if g := rational.GCD(row.den, rational.Vector(row.coef).Content()); !g.IsOne() {
					t.Fatalf("row %d has the common divisor %v", i, g)
				}
			}
		}
	}
}

// In the matrix of a network every dictionary is one of integers.
func TestNetworksAreSolvedInIntegers(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 3))
	pivots := map[Verdict]int{}
	for range 200 {
		p := random(r, 12, 6, 9)
		p.Entries = func(row int, yield func(column int, v rational.Int)) { // arcs between the rows
			for j := range p.Columns {
				switch from, to := j%p.Rows, (j+1+j/p.Rows)%p.Rows; row {
				case from:
					yield(j, rational.NewInt(1))
				case to:
					yield(j, rational.NewInt(-1))
				}
			}
		}
		s := newSimplex(p)
		o, err := s.run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		pivots[o.Verdict] += o.Pivots
		for j, v := range s.value {
			if !v.IsInt() {
				t.Fatalf("variable %d has the value %v", j, v)
			}
		}
		for i, row := range s.rows {
			if !row.den.IsOne() {
				t.Fatalf("row %d has the denominator %v", i, row.den)
			}
		}
	}
	if len(pivots) < 3 || pivots[Optimal] < 100 {
		t.Errorf("pivots by verdict: %v", pivots)
	}
}

// random is a program with small numbers, of which most bounds are there.
func random(r *rand.Rand, columns, rows int, size int64) Program {
	p := Program{Columns: columns, Rows: rows}
	matrix := make([][]rational.Int, rows)
	for i := range matrix {
		for range columns {
			matrix[i] = append(matrix[i], rational.NewInt(max(0, r.Int64N(2*size+1)-size)-r.Int64N(2)))
		}
	}
	p.Entries = func(row int, yield func(column int, v rational.Int)) {
		for j, v := range matrix[row] {
			if !v.IsZero() {
				yield(j, v)
			}
		}
	}
	for range columns {
		p.Cost = append(p.Cost, rational.NewInt(r.Int64N(2*size+1)-size))
	}
	for range columns + rows {
		at := r.Int64N(2*size+1) - size
		lower, upper := Bound{true, rational.NewRat(at, 1)}, Bound{true, rational.NewRat(at+r.Int64N(size), 1)}
		switch r.IntN(6) {
		case 0:
			lower = Bound{}
		case 1:
			upper = Bound{}
		}
		p.Lower, p.Upper = append(p.Lower, lower), append(p.Upper, upper)
	}
	return p
}
