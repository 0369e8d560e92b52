package complete

import (
	"reflect"
	"testing"

	"pstar/cone"
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
