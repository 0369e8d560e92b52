package doubledesc

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/format/ine"
	"pstar/rational"

	"github.com/google/go-cmp/cmp"
)

func converted(t *testing.T, f *cone.Polyhedron, o Options) *Conversion {
	t.Helper()
	c, err := Convert(context.Background(), f, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// text returns the file of a polyhedron.
func text(t *testing.T, f *cone.Polyhedron) string {
	t.Helper()
	var b bytes.Buffer
	if err := ine.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Each pair of fixtures is one polyhedron in both descriptions. The file whose
// title says "minimal" is what the other converts to, line by line.
func TestConvertFixtures(t *testing.T) {
	files, err := filepath.Glob("../fixtures/polyhedra/*.ine")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d fixtures, %v", len(files), err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".ine"), func(t *testing.T) {
			rows, err := ine.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			points, err := ine.Open(strings.TrimSuffix(path, ".ine") + ".ext")
			if err != nil {
				t.Fatal(err)
			}
			toPoints, toRows := converted(t, &rows.Polyhedron, Options{}), converted(t, &points.Polyhedron, Options{})
			minimal := 0
			for _, c := range []struct {
				found *Conversion
				want  *ine.File
			}{{toPoints, points}, {toRows, rows}} {
				if strings.Contains(c.want.Name, "minimal") {
					minimal++
					if diff := cmp.Diff(text(t, &c.want.Polyhedron), text(t, c.found.Out)); diff != "" {
						t.Errorf("%s (-want +got):\n%s", c.found.Out.Representation, diff)
					}
				}
				if err := CheckConversion(context.Background(), c.found.In, c.found.Out, Options{}); err != nil {
					t.Error(err)
				}
				for name, command := range findPeers() {
					comparePeer(t, name, command, c.found.In, c.found)
				}
			}
			if minimal == 0 {
				t.Error("neither title says minimal")
			}
			// Both ways round meet in the middle.
			if a, b := text(t, toPoints.Out), text(t, converted(t, toRows.Out, Options{}).Out); a != b {
				t.Errorf("rows give\n%s\ngenerators give\n%s", a, b)
			}
			if a, b := text(t, toRows.Out), text(t, converted(t, toPoints.Out, Options{}).Out); a != b {
				t.Errorf("generators give\n%s\nrows give\n%s", a, b)
			}
		})
	}
}

// MD-D: the rows of [MD] eq. 106 and the nine generators of eq. 109, K = 2 and
// n = 3 with u_3 = 0.
func TestMDD_NineGenerators(t *testing.T) {
	f, err := ine.Open("../fixtures/polyhedra/md-d.ine")
	if err != nil {
		t.Fatal(err)
	}
	h := f.H()
	if len(h.Inequalities) != 7 || h.Dim != 6 {
		t.Fatalf("%d rows in dimension %d, want six of the paper and one for the constant", len(h.Inequalities), h.Dim)
	}
	want := &cone.V{Dim: 6, Rays: ints(
		[]int64{0, 1, 0, 0, 0, 0}, []int64{0, 0, 1, 0, 0, 0}, []int64{0, 0, 0, 1, 0, 0},
		[]int64{0, 0, 0, 0, 1, 0}, []int64{0, 0, 0, 0, 0, 1}, []int64{0, 1, 1, -1, 0, 0},
		[]int64{0, -1, 0, 1, 1, 0}, []int64{0, 0, -1, 1, 0, 1}, []int64{0, -1, -1, 1, 1, 1},
		[]int64{1, 0, 0, 0, 0, 0})}
	if got := converted(t, &f.Polyhedron, Options{}).Generators; !cone.Equal(want, got) {
		t.Errorf("generators %v, want %v", got.Rays, want.Rays)
	}
}

// randomFile makes a small polyhedron of one of many kinds, in either
// description.
func randomFile(r *rand.Rand) *cone.Polyhedron {
	h := randomCone(r)
	for h.Dim < 2 {
		h = randomCone(r)
	}
	f := &cone.Polyhedron{Columns: h.Dim, Representation: cone.HRepresentation}
	if r.IntN(2) == 0 {
		for _, a := range h.Inequalities {
			f.Rows = append(f.Rows, cone.Row{Vector: a, Scale: rational.NewInt(1 + r.Int64N(3))})
		}
		for _, a := range h.Equations {
			f.Rows = append(f.Rows, cone.Row{Vector: a, Linear: true})
		}
		return f
	}
	f.Representation = cone.VRepresentation
	for _, a := range h.Inequalities {
		lead := a.At(0)
		if lead.Sign() < 0 {
			a, lead = a.Neg(), lead.Neg()
		}
		f.Rows = append(f.Rows, cone.Row{Vector: a, Scale: lead})
	}
	for _, a := range h.Equations {
		if a.At(0).IsZero() && !a.IsZero() {
			f.Rows = append(f.Rows, cone.Row{Vector: a, Linear: true})
		}
	}
	return f
}

// homogeneous returns what a file describes as minimal generators of the cone
// one dimension up, by enumeration, with the empty polyhedron as {0}.
func homogeneous(f *cone.Polyhedron) *cone.V {
	h := &cone.H{}
	if f.Representation == cone.HRepresentation {
		h = f.H()
	} else {
		facets := enumerate(f.V().Polar())
		h = facets.Polar()
		h.Inequalities = append(h.Inequalities, cone.Unit(0, 1))
	}
	v := enumerate(h)
	if !reachesOne(v.Rays) {
		return &cone.V{Dim: f.Columns}
	}
	return v
}

// Small files of all kinds, there and back, against enumeration and against
// cddlib and lrs where these are installed.
func TestConvertAgreesWithEnumerationAndPeers(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	peers := findPeers()
	kinds := map[string]int{}
	for i := range 60 {
		f := randomFile(random)
		c := converted(t, f, Options{Order: allOrders[i%len(allOrders)], Workers: 1 + i%2, Method: Methods()[i%3]})
		want, got := homogeneous(f), homogeneous(c.Out)
		if !cone.Equal(want, got) {
			t.Fatalf("file %d:\n%s\nconverted:\n%s\ngenerators %v, want %v", i, text(t, f), text(t, c.Out), got, want)
		}
		if err := CheckConversion(context.Background(), f, c.Out, Options{}); err != nil {
			t.Fatalf("file %d:\n%s\n%v", i, text(t, f), err)
		}
		for name, command := range peers {
			comparePeer(t, name, command, f, c)
		}
		kinds[fmt.Sprintf("%v, %s", f.Representation, kindOfPolyhedron(want))]++
	}
	for _, r := range []cone.Representation{cone.HRepresentation, cone.VRepresentation} {
		for _, kind := range []string{"bounded", "cone or unbounded", "with lines"} {
			if kinds[fmt.Sprintf("%v, %s", r, kind)] == 0 {
				t.Errorf("no %v of kind %q among %v", r, kind, kinds)
			}
		}
	}
	if kinds["H-representation, empty"] == 0 {
		t.Errorf("no empty polyhedron among %v", kinds)
	}
}

func kindOfPolyhedron(v *cone.V) string {
	switch {
	case len(v.Rays) == 0:
		return "empty"
	case len(v.Lines) > 0:
		return "with lines"
	}
	for _, r := range v.Rays {
		if r.At(0).IsZero() {
			return "cone or unbounded"
		}
	}
	return "bounded"
}

// findPeers returns the commands of other programs that are installed.
func findPeers() map[string]string {
	peers := map[string]string{}
	for name, paths := range map[string][]string{
		"cddlib": {"lcdd_gmp", "/usr/lib/cdd-tools/lcdd_gmp", "/usr/libexec/cdd-tools/lcdd_gmp"},
		"lrs":    {"lrs"},
	} {
		for _, path := range paths {
			if found, err := exec.LookPath(path); err == nil {
				peers[name] = found
				break
			}
		}
	}
	return peers
}

// comparePeer runs another program on the file and compares what both
// descriptions mean. Files that the other program declines are left out: cddlib
// wants a row, lrs wants no zero rows among generators.
func comparePeer(t *testing.T, name, command string, f *cone.Polyhedron, c *Conversion) {
	t.Helper()
	if len(f.Rows) == 0 {
		return
	}
	for _, r := range f.Rows {
		if f.Representation == cone.VRepresentation && r.Vector.IsZero() {
			return
		}
	}
	path := filepath.Join(t.TempDir(), "in")
	if err := os.WriteFile(path, []byte(text(t, f)), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(command, path).Output()
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	theirs := &ine.File{Polyhedron: cone.Polyhedron{Representation: cone.VRepresentation, Columns: f.Columns}}
	if !bytes.Contains(out, []byte("No feasible solution")) { // lrs prints no system then
		theirs, err = ine.Read(bytes.NewReader(out), name)
	}
	if err != nil {
		t.Errorf("%s on\n%s\nprints\n%s\n%v", name, text(t, f), out, err)
		return
	}
	if want, got := homogeneous(&theirs.Polyhedron), homogeneous(c.Out); !cone.Equal(want, got) {
		t.Errorf("%s on\n%s\nprints\n%s\nwe print\n%s", name, text(t, f), text(t, &theirs.Polyhedron), text(t, c.Out))
	}
}

func TestConversionLists(t *testing.T) {
	// The square [0,1]^2 with a row that touches a corner and an equation 0 = 0.
	f := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 3}
	for _, a := range ints([]int64{0, 1, 0}, []int64{}, []int64{0, 0, 1}, []int64{1, -1, 0}, []int64{1, 0, -1}, []int64{0, 1, 1}) {
		f.Rows = append(f.Rows, cone.Row{Vector: a, Linear: a.IsZero()})
	}
	c := converted(t, f, Options{})
	g, err := c.Adjacency(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want := &Graph{ // (0,0), (0,1), (1,0), (1,1)
		Neighbours: [][]int32{{1, 2}, {0, 3}, {0, 3}, {1, 2}},
		Tight:      [][]int32{{0, 1, 2, 5}, {0, 1, 4}, {1, 2, 3}, {1, 3, 4}},
	}
	if diff := cmp.Diff(want, g); diff != "" {
		t.Errorf("rows to vertices (-want +got):\n%s\n%s", diff, text(t, c.Out))
	}
	// The orthant: its facet at infinity is not listed, its apex not written.
	f = &cone.Polyhedron{Representation: cone.VRepresentation, Columns: 3}
	for _, a := range ints([]int64{0, 1, 0}, []int64{0, 0, 1}) {
		f.Rows = append(f.Rows, cone.Row{Vector: a})
	}
	c = converted(t, f, Options{})
	if g, err = c.Adjacency(context.Background()); err != nil {
		t.Fatal(err)
	}
	want = &Graph{Neighbours: [][]int32{{1}, {0}}, Tight: [][]int32{{0}, {1}}}
	if diff := cmp.Diff(want, g); diff != "" {
		t.Errorf("generators to rows (-want +got):\n%s\n%s", diff, text(t, c.Out))
	}
}

// The cut polytope on six points has 368 facets, as lrs and cddlib count, and its 32 vertices
// again. By the order that suits its points its facets take minutes, and this test does not end.
func TestCutPolytopeAndBack(t *testing.T) {
	const points = 6
	cuts := &cone.V{Dim: 1 + points*(points-1)/2}
	for side := range 1 << (points - 1) {
		v := cone.Unit(0, 1)
		k := 1
		for j := range points {
			for i := range j {
				if (side>>i^side>>j)&1 == 1 {
					v = append(v, cone.Unit(k, 1)...)
				}
				k++
			}
		}
		cuts.Rays = append(cuts.Rays, v)
	}
	facets := converted(t, cone.PolyhedronByGenerators(cuts), Options{}).Out
	if len(facets.Rows) != 368 {
		t.Errorf("%d facets, want 368", len(facets.Rows))
	}
	vertices := converted(t, facets, Options{}).Out
	if want := text(t, converted(t, converted(t, cone.PolyhedronByGenerators(cuts), Options{Order: AsGiven}).Out, Options{Order: BySupport}).Out); len(vertices.Rows) != 32 || text(t, vertices) != want {
		t.Errorf("%d vertices, want 32", len(vertices.Rows))
	}
}

// A polyhedron is empty exactly if some combination of the rows says so, in either direction: of the fixtures those that are
// called so.
func TestEmpty(t *testing.T) {
	names, err := filepath.Glob("../fixtures/polyhedra/*.ine")
	if err != nil || len(names) < 20 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	seen := 0
	for _, name := range append(names, "../fixtures/polyhedra/empty-generators.ext", "../fixtures/polyhedra/whole-space.ext") {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := ine.Read(file, name)
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		want := strings.Contains(name, "empty")
		c := converted(t, &f.Polyhedron, Options{})
		if c.Empty() != want {
			t.Errorf("%s: empty %v, want %v", name, c.Empty(), want)
		}
		if back := converted(t, c.Out, Options{}); back.Empty() != want {
			t.Errorf("%s, converted: empty %v, want %v", name, back.Empty(), want)
		}
		if want {
			seen++
		}
	}
	if seen < 3 {
		t.Errorf("%d are empty", seen)
	}
}
