package matrix

import (
	"slices"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/rational"
)

// A network of three reactions in a row, the last two of which run both ways.
func TestSplitAndFold(t *testing.T) {
	p, _, names, err := Read(strings.NewReader("a,b,c\n1,-1,0\n0,1,-1\n"), "f", Flux)
	if err != nil {
		t.Fatal(err)
	}
	reversible, err := Columns([]string{"c", "2"}, names, 3)
	if err != nil || !slices.Equal(reversible, []int{1, 2}) {
		t.Fatalf("columns %v, %v", reversible, err)
	}
	split := Split(p, reversible)
	if split.Columns != 6 || len(split.Rows) != 7 {
		t.Fatalf("split: %d columns, %d rows", split.Columns, len(split.Rows))
	}
	if got := split.Rows[0].Vector.String(); got != cone.Sparse(rational.NewVector(0, 1, -1, 0, 1, 0)).String() {
		t.Errorf("the first metabolite: %s", got)
	}
	generators := &cone.Polyhedron{Representation: cone.VRepresentation, Columns: 6}
	for _, v := range [][]int64{{1, 0, 0, 0, 0, 0}, {0, 1, 1, 1, 0, 0}, {0, 0, 1, 0, 1, 0}, {0, 0, 0, 1, 0, 1}, {0, 0, 0, 0, 2, 2}} {
		generators.Rows = append(generators.Rows, cone.Row{Vector: cone.Sparse(rational.NewVector(v...))})
	}
	modes, cycles := Fold(generators, reversible)
	var got []string
	for _, r := range modes.Rows {
		got = append(got, r.Vector.String())
	}
	if cycles != 2 || strings.Join(got, "; ") != "-x3 - x4; x2 + x3 + x4; x1" {
		t.Errorf("%d cycles, modes %q", cycles, got)
	}
	if free := Reversed(p, reversible); len(free.Rows) != 3 {
		t.Errorf("free: %d rows", len(free.Rows))
	}
	for _, words := range [][]string{{"d"}, {"0"}, {"4"}, {"a", "1"}} {
		if _, err := Columns(words, names, 3); err == nil {
			t.Errorf("no error for columns %v", words)
		}
	}
	if _, err := Columns([]string{"a"}, []string{"a", "b", "a"}, 3); err == nil || !strings.Contains(err.Error(), "two columns have the name") {
		t.Errorf("of two columns of one name: %v", err)
	}
}
