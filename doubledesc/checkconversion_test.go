package doubledesc

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/format/ine"
	"pstar/rational"
)

// Every change of a row of a result is found, and so is every row that is left
// out or written twice.
func TestCheckConversionFindsEveryChange(t *testing.T) {
	paths, err := filepath.Glob("../fixtures/polyhedra/*.*e*")
	if err != nil || len(paths) < 40 {
		t.Fatalf("%d fixtures, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			in, err := ine.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			out := converted(t, &in.Polyhedron, Options{}).Out
			check := func(f *cone.Polyhedron) error {
				return CheckConversion(context.Background(), &in.Polyhedron, f, Options{})
			}
			if err := check(out); err != nil {
				t.Fatal(err)
			}
			for i := range min(len(out.Rows), 6) {
				for name, f := range damaged(out, i) {
					if check(f) == nil {
						t.Errorf("row %d %s is not found:\n%s", i+1, name, text(t, f))
					}
				}
			}
			if check(&in.Polyhedron) == nil {
				t.Error("a file is no conversion of itself")
			}
		})
	}
}

// damaged returns copies of a file that are wrong in row i.
func damaged(f *cone.Polyhedron, i int) map[string]*cone.Polyhedron {
	with := func(rows ...cone.Row) *cone.Polyhedron {
		g := *f
		g.Rows = append(append(append([]cone.Row(nil), f.Rows[:i]...), rows...), f.Rows[i+1:]...)
		return &g
	}
	row := f.Rows[i]
	wrong := map[string]*cone.Polyhedron{"left out": with(), "written twice": with(row, row)}
	// Modulo the linearity a shift can be none.
	if last := f.Columns - 1; last > 0 && !slices.ContainsFunc(f.Rows, func(r cone.Row) bool { return r.Linear }) {
		shifted := row
		shifted.Vector = cone.Combine(rational.NewInt(5), row.Vector, rational.NewInt(1), cone.Unit(last, 3))
		if !shifted.Vector.Primitive().Equal(row.Vector.Primitive()) {
			wrong["shifted"] = with(shifted)
		}
	}
	turned := row
	turned.Linear = !row.Linear
	if f.Representation == cone.HRepresentation || !row.IsVertex() {
		wrong["turned into or from the linearity"] = with(turned)
	}
	return wrong
}

func TestCheckConversionOfTheEmptyPolyhedron(t *testing.T) {
	read := func(text string) *cone.Polyhedron {
		f, err := ine.Read(strings.NewReader(text), "f")
		if err != nil {
			t.Fatal(err)
		}
		return &f.Polyhedron
	}
	point := read("H-representation\nlinearity 1 1\nbegin\n1 2 integer\n1 -1\nend\n")
	none := read("V-representation\nbegin\n0 2 integer\nend\n")
	for _, c := range []struct {
		in, out *cone.Polyhedron
		want    string
	}{{point, none, "the rows have a solution"}, {none, point, "the polyhedron is empty"}} {
		if err := CheckConversion(context.Background(), c.in, c.out, Options{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %s", err, c.want)
		}
	}
}
