package fm

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"pstar/fm/internal/vector"
	"pstar/rational"
)

// TestGuess compares what is guessed with exact linear programs, and checks it:
// multipliers must give the row, points must satisfy all facets and not the row.
// Most guesses are confirmed, unless the numbers leave nothing to guess from.
func TestGuess(t *testing.T) {
	for _, c := range []struct {
		factor    float64
		confirmed int
	}{{1, 95}, {1e6, 95}, {1e300, 0}} {
		total, confirmed := 0, 0
		for seed := range uint64(150) {
			rng := rand.New(rand.NewPCG(seed, 21))
			e, rows := randomCone(rng, c.factor)
			g := newGuesser(e, nil)
			r := rows[0]
			for _, f := range rows[1:] {
				g.add(f)
			}
			shares, point, ok := g.imply(r)
			want, _, err := e.imply(context.Background(), r, rows[1:])
			if err != nil {
				t.Fatal(err)
			}
			total++
			if !ok {
				continue
			}
			confirmed++
			if (shares == nil) != (want == nil) {
				t.Fatalf("seed %d: implied %v, guessed %v", seed, want != nil, shares != nil)
			}
			width := len(e.columns)
			rest := r.v.Integers(0, width).Rats()
			for _, s := range shares {
				rest = rest.Sub(s.row.v.Integers(0, width).Rats().Scale(s.part))
			}
			if shares != nil && !rest.IsZero() {
				t.Fatalf("seed %d: the multipliers do not give the row", seed)
			}
			for i, f := range rows {
				if value := f.v.Integers(0, width).Rats().Dot(orZeros(point, width)).Sign(); shares == nil && (value < 0) != (i == 0) {
					t.Fatalf("seed %d: row %d has sign %d at the point", seed, i, value)
				}
			}
		}
		if confirmed*100 < c.confirmed*total {
			t.Errorf("factor %g: %d of %d guesses confirmed", c.factor, confirmed, total)
		}
	}
}

func orZeros(point rational.RatVector, width int) rational.RatVector {
	if point == nil {
		return make(rational.RatVector, width)
	}
	return point
}

// randomCone returns rows that are positive at a point, with entries up to some
// size.
func randomCone(rng *rand.Rand, factor float64) (*engine, []*row) {
	width := 2 + rng.IntN(4)
	scale := rational.NewInt(int64(math.Min(factor, 1e6))).Pow(uint(math.Max(1, math.Log10(factor)/6)))
	e := &engine{columns: make([]int, width)}
	for range width {
		e.interior = append(e.interior, rational.NewInt(int64(1+rng.IntN(3))))
	}
	var rows []*row
	for len(rows) < width+1+rng.IntN(12) {
		a := make(rational.Vector, width)
		for c := range a {
			a[c] = rational.NewInt(int64(rng.IntN(9) - 4)).Mul(scale)
		}
		if a.Dot(e.interior).Sign() > 0 {
			rows = append(rows, &row{id: len(rows), v: vector.New(a)})
		}
	}
	return e, rows
}
