package complete

import (
	"reflect"
	"testing"

	"pstar/cone"
	"pstar/internal/each"
	"pstar/rational"
)

// Coordinates are exchanged with those that must move with them, each orbit once. The rows are x_i + 2 y_i >= 0, of
// which the coefficients alone tell x from y, and z_i >= 0.
func TestGuessesForEachOrbit(t *testing.T) {
	var rows []cone.Vector
	for i := range 3 {
		rows = append(rows, cone.Vector{{Index: i, Value: rational.NewInt(1)}, {Index: 3 + i, Value: rational.NewInt(2)}})
	}
	for i := range 3 {
		rows = append(rows, cone.Unit(6+i, 1))
	}
	p := &prover{ctx: t.Context(), budget: 1 << 40}
	guesses, err := p.guessSymmetries(rows, nil, 9)
	want := [][]int32{{1, 0, 2, 3, 4, 5}, {0, 2, 1, 3, 4, 5}, {0, 1, 2, 4, 3, 5}, {0, 1, 2, 3, 5, 4}}
	if err != nil || !reflect.DeepEqual(guesses, want) {
		t.Errorf("guesses %v, error %v, want %v", guesses, err, want)
	}
}

// Small classes come first, and of one size those that begin first.
func TestClassesSmallFirst(t *testing.T) {
	if got, want := classes([]uint64{5, 5, 5, 7, 7, 9, 8, 8}), [][]int{{3, 4}, {6, 7}, {0, 1, 2}}; !reflect.DeepEqual(got, want) {
		t.Errorf("classes %v, want %v", got, want)
	}
}

// Coordinates that look alike and are not are exchanged by no guess: the points of a nonagon and of three triangles, with a row for
// each two that are joined. Each guess permutes the rows.
func TestGuessesOfRowsThatLookAlike(t *testing.T) {
	var rows []cone.Vector
	join := func(points ...int) {
		for k, i := range points {
			rows = append(rows, cone.MakeVector(cone.Entry{Index: i, Value: rational.NewInt(1)},
				cone.Entry{Index: points[(k+1)%len(points)], Value: rational.NewInt(1)}))
		}
	}
	join(0, 3, 6, 9, 1, 4, 12, 15, 13)
	join(7, 10, 2)
	join(5, 8, 11)
	join(14, 16, 17)
	p := &prover{ctx: t.Context(), budget: 1 << 40}
	guesses, err := p.guessSymmetries(rows, nil, 18)
	if err != nil || len(guesses) == 0 {
		t.Errorf("%d guesses, error %v", len(guesses), err)
	}
	nonagon := func(k int32) bool { return k < 9 }
	for _, g := range guesses {
		seen := map[int32]bool{}
		for k, to := range g {
			if seen[to] || nonagon(int32(k)) != nonagon(to) {
				t.Errorf("guess %v", g)
			}
			seen[to] = true
		}
	}
}

// Of very many coordinates that can be exchanged some are.
func TestFewGuesses(t *testing.T) {
	const dim = 2 * maxGuesses
	p := &prover{ctx: t.Context(), budget: 1 << 40}
	guesses, err := p.guessSymmetries(each.To(dim, func(i int) cone.Vector { return cone.Unit(i, 1) }), nil, dim)
	if err != nil || len(guesses) != maxGuesses {
		t.Errorf("%d guesses, error %v", len(guesses), err)
	}
}
