package doubledesc

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/cone"
	"pstar/rational"
)

func redundancy(t *testing.T, f *cone.File) *Redundancy {
	t.Helper()
	r, err := Redundant(context.Background(), f, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Check(); err != nil {
		t.Fatalf("%s%v", text(t, f), err)
	}
	return r
}

// keptRows lists the rows kept, counted from 1.
func keptRows(r *Redundancy) []int {
	var kept []int
	for i, reason := range r.Rows {
		if reason.Witness != nil {
			kept = append(kept, i+1)
		}
	}
	return kept
}

// What is kept describes the same polyhedron, and nothing of it can be left out:
// the naive oracle removes rows one by one.
func TestRedundantAgreesWithEnumeration(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	absurd, removed, needed := 0, 0, 0
	for range 150 {
		f := randomFile(random)
		r := redundancy(t, f)
		kept := r.Kept()
		want := homogeneous(f)
		if got := homogeneous(kept); !cone.Equal(want, got) {
			t.Fatalf("%skept:\n%s", text(t, f), text(t, kept))
		}
		for i := range kept.Rows {
			less := *kept
			less.Rows = slices.Delete(slices.Clone(kept.Rows), i, i+1)
			if f.Representation == cone.VRepresentation && kept.Rows[i].IsVertex() && !slices.ContainsFunc(less.Rows, cone.FileRow.IsVertex) {
				continue // without any vertex the origin would be one
			}
			if len(less.Rows) > 0 && cone.Equal(want, homogeneous(&less)) {
				t.Fatalf("%skept, though row %d is redundant:\n%s", text(t, f), i+1, text(t, kept))
			}
		}
		for _, reason := range r.Rows {
			switch {
			case reason.Witness != nil:
				needed++
			case reason.Implied[0].Absurd:
				absurd++
			default:
				removed++
			}
		}
	}
	if absurd < 5 || removed < 50 || needed < 50 {
		t.Errorf("%d absurd, %d removed, %d needed rows: the generator misses a kind", absurd, removed, needed)
	}
}

func TestRedundantKeepsTheFirstAndTheEquation(t *testing.T) {
	for _, c := range []struct {
		name   string
		rows   [][]int64
		linear []int
		want   []int
	}{
		{"repeated rows", [][]int64{{0, 1}, {0, 2}, {0, 1}}, nil, []int{1}},
		{"an equation after its two sides", [][]int64{{-1, 1}, {1, -1}, {-1, 1}}, []int{3}, []int{3}},
		{"a side of an equation that goes later", [][]int64{{-1, 1}, {-2, 2}, {1, -1}}, []int{1, 2}, []int{1}},
		{"two equations", [][]int64{{-1, 1}, {2, -2}}, []int{1, 2}, []int{1}},
		{"zero rows", [][]int64{{0, 0}, {7, 0}, {0, 0}}, []int{3}, nil},
		{"nothing", nil, nil, nil},
	} {
		f := &cone.File{Representation: cone.HRepresentation, Columns: 2}
		for i, row := range c.rows {
			f.Rows = append(f.Rows, cone.FileRow{Vector: ints(row)[0], Linear: slices.Contains(c.linear, i+1)})
		}
		if got := keptRows(redundancy(t, f)); !slices.Equal(got, c.want) {
			t.Errorf("%s: kept %v, want %v", c.name, got, c.want)
		}
	}
}

// Every change to a reason must be noticed.
func TestRedundancyCheckRejects(t *testing.T) {
	square := &cone.File{Representation: cone.HRepresentation, Columns: 3}
	for _, a := range ints([]int64{0, 1, 0}, []int64{0, 0, 1}, []int64{1, -1, 0}, []int64{1, 0, -1}, []int64{3, 1, -1}) {
		square.Rows = append(square.Rows, cone.FileRow{Vector: a})
	}
	one := rational.NewRat(1, 1)
	for name, change := range map[string]func(*Redundancy){
		"a factor":              func(r *Redundancy) { r.Rows[4].Implied[0].Terms[0].Factor = rational.NewRat(2, 1) },
		"the constant":          func(r *Redundancy) { r.Rows[4].Implied[0].Constant = one.Neg() },
		"another row":           func(r *Redundancy) { r.Rows[4].Implied[0].Terms[0].Row = 2 },
		"itself":                func(r *Redundancy) { r.Rows[4].Implied[0] = Derivation{Terms: []Multiple{{4, one}}} },
		"no such row":           func(r *Redundancy) { r.Rows[4].Implied[0].Terms[0].Row = 99 },
		"no derivation":         func(r *Redundancy) { r.Rows[4].Implied = nil },
		"absurd":                func(r *Redundancy) { r.Rows[4].Implied[0].Absurd = true },
		"a witness inside":      func(r *Redundancy) { r.Rows[0].Witness = rational.RatVector{one, one, one} },
		"a witness too far":     func(r *Redundancy) { r.Rows[0].Witness = rational.RatVector{one, one.Neg(), one.Neg()} },
		"a short witness":       func(r *Redundancy) { r.Rows[0].Witness = rational.RatVector{one} },
		"a witness at infinity": func(r *Redundancy) { r.Rows[0].Witness = rational.RatVector{{}, one.Neg(), {}} },
		"a missing reason":      func(r *Redundancy) { r.Rows = r.Rows[1:] },
	} {
		r := redundancy(t, square)
		if got := keptRows(r); !slices.Equal(got, []int{1, 2, 3, 4}) {
			t.Fatalf("kept %v, want the four sides", got)
		}
		change(r)
		if r.Check() == nil {
			t.Errorf("%s: changed reason accepted", name)
		}
	}
}

func TestRedundantStopsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f := &cone.File{Representation: cone.HRepresentation, Columns: 2, Rows: []cone.FileRow{{Vector: cone.Unit(1, 1)}}}
	if _, err := Redundant(ctx, f, Options{}); err == nil {
		t.Error("no error after the context has ended")
	}
}
