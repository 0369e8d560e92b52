package doubledesc

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/rational"

	"github.com/google/go-cmp/cmp"
)

var allOrders = Orders()

// rays converts and fails the test on an error.
func rays(t testing.TB, h *cone.H, o Options) *cone.V {
	t.Helper()
	v, err := Rays(context.Background(), h, o)
	if err != nil {
		t.Fatalf("Rays of %v: %v", h, err)
	}
	return v
}

func TestRaysOfDegenerateCones(t *testing.T) {
	for _, c := range []struct {
		name        string
		h           *cone.H
		rays, lines []cone.Vector
	}{
		{"the whole space", &cone.H{Dim: 2}, nil, ints([]int64{1, 0}, []int64{0, 1})},
		{"the space of dimension 0", &cone.H{}, nil, nil},
		{"zero rows say nothing", &cone.H{Dim: 1, Inequalities: []cone.Vector{nil, nil}, Equations: []cone.Vector{nil}}, nil, ints([]int64{1})},
		{"a point, by equations", &cone.H{Dim: 2, Equations: ints([]int64{1, 1}, []int64{1, -1})}, nil, nil},
		{"a point, by inequalities", &cone.H{Dim: 2, Inequalities: ints([]int64{1, 0}, []int64{0, 1}, []int64{-1, -1})}, nil, nil},
		{"a halfspace", &cone.H{Dim: 2, Inequalities: ints([]int64{2, 4})}, ints([]int64{0, 1}), ints([]int64{2, -1})},
		{"a hyperplane", &cone.H{Dim: 2, Equations: ints([]int64{2, 4})}, nil, ints([]int64{2, -1})},
		{"a hyperplane, by two inequalities", &cone.H{Dim: 2, Inequalities: ints([]int64{1, 2}, []int64{-2, -4})}, nil, ints([]int64{2, -1})},
		{"a ray", &cone.H{Dim: 2, Inequalities: ints([]int64{1, 0}), Equations: ints([]int64{3, -2})}, ints([]int64{2, 3}), nil},
		{"a ray, by inequalities", &cone.H{Dim: 2, Inequalities: ints([]int64{3, -2}, []int64{-3, 2}, []int64{1, 1})}, ints([]int64{2, 3}), nil},
		{"a wedge", &cone.H{Dim: 3, Inequalities: ints([]int64{1, 0, 0}, []int64{0, 1, 0})}, ints([]int64{0, 1, 0}, []int64{1, 0, 0}), ints([]int64{0, 0, 1})},
		{"repeated, scaled and implied rows", &cone.H{Dim: 2, Inequalities: ints([]int64{1, 0}, []int64{5, 0}, []int64{0, 1}, []int64{1, 0}, []int64{2, 3})},
			ints([]int64{0, 1}, []int64{1, 0}), nil},
		{"equations that repeat and contradict signs", &cone.H{Dim: 2, Inequalities: ints([]int64{0, 1}), Equations: ints([]int64{1, 0}, []int64{-7, 0})},
			ints([]int64{0, 1}), nil},
		{"a square cone, not simplicial", &cone.H{Dim: 3, Inequalities: ints([]int64{1, 1, 0}, []int64{1, -1, 0}, []int64{1, 0, 1}, []int64{1, 0, -1})},
			ints([]int64{1, -1, -1}, []int64{1, -1, 1}, []int64{1, 1, -1}, []int64{1, 1, 1}), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, order := range allOrders {
				want := &cone.V{Dim: c.h.Dim, Rays: c.rays, Lines: c.lines}
				got := rays(t, c.h, Options{Order: order, Method: DoubleDescription})
				if !cone.Equal(want, got) || len(got.Rays) != len(c.rays) || len(got.Lines) != len(c.lines) {
					t.Errorf("order %v: rays %v, lines %v; want %v, %v", order, got.Rays, got.Lines, c.rays, c.lines)
				}
				if !cone.Equal(want, enumerate(c.h)) {
					t.Errorf("the oracle disagrees: %v", enumerate(c.h))
				}
				if err := CheckComplete(context.Background(), c.h, got, Options{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// Every order, one and several workers, and the way back, against the oracle.
func TestRaysAgreeWithEnumeration(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	kinds := map[string]int{}
	for i := range 1500 {
		h := randomCone(random)
		want := enumerate(h)
		o := Options{Order: allOrders[i%len(allOrders)], Workers: 1 + i%3, Method: Methods()[i%3]}
		got := rays(t, h, o)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("cone %d, %+v, %+v (-enumerated +double description):\n%s", i, h, o, diff)
		}
		back, err := Facets(context.Background(), got, o)
		if err != nil {
			t.Fatalf("cone %d: %v", i, err)
		}
		if again := rays(t, back, Options{}); !cone.Equal(want, again) {
			t.Fatalf("cone %d: there and back again gives %v, want %v", i, again, want)
		}
		if err := CheckComplete(context.Background(), h, got, o); err != nil {
			t.Fatalf("cone %d, %+v: %v", i, h, err)
		}
		kinds[kind(got)]++
	}
	for _, k := range []string{"point", "space", "pointed", "lines and rays"} {
		if kinds[k] < 20 {
			t.Errorf("only %d cones of kind %q: the generator misses it", kinds[k], k)
		}
	}
}

func kind(v *cone.V) string {
	switch {
	case len(v.Rays) == 0 && len(v.Lines) == 0:
		return "point"
	case len(v.Rays) == 0:
		return "space"
	case len(v.Lines) == 0:
		return "pointed"
	}
	return "lines and rays"
}

// Coordinates are changed by a matrix of determinant 1 with entries of 1 000
// digits; what comes out must be the old rays in the new coordinates.
func TestRaysWithThousandDigits(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	digits := func(n int) rational.Int {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte('1' + random.IntN(9))
		}
		x, err := rational.ParseInt(string(b))
		if err != nil {
			t.Fatal(err)
		}
		if random.IntN(2) == 0 {
			x = x.Neg()
		}
		return x
	}
	// 9, 10, 18 to 20 digits stand on both sides of where products, sums and
	// entries leave a machine word.
	for _, n := range []int{1, 5, 9, 10, 18, 19, 20, 38, 1000} {
		for i := range 15 {
			h := randomCone(random)
			c := digits(n)
			from, to := random.IntN(h.Dim), random.IntN(h.Dim)
			if from == to {
				continue
			}
			// New coordinates y = x + c·x_from·e_to; rows change the other way.
			moved := &cone.H{Dim: h.Dim, Inequalities: sheared(h.Inequalities, to, from, c.Neg()), Equations: sheared(h.Equations, to, from, c.Neg())}
			v := rays(t, h, Options{})
			want := &cone.V{Dim: h.Dim, Rays: sheared(v.Rays, from, to, c), Lines: sheared(v.Lines, from, to, c)}
			if got := rays(t, moved, Options{}); !cone.Equal(want, got) {
				t.Errorf("%d digits, cone %d: %v, want %v", n, i, got, want)
			}
		}
	}
}

// sheared adds c times coordinate from of each vector to coordinate to.
func sheared(vectors []cone.Vector, from, to int, c rational.Int) []cone.Vector {
	var list []cone.Vector
	for _, v := range vectors {
		x := cone.MakeVector(cone.Entry{Index: to, Value: c.Mul(v.At(from))})
		list = append(list, cone.Combine(rational.NewInt(1), v, rational.NewInt(1), x))
	}
	return list
}

// Entries at the edges of the machine word in one cone.
func TestRaysAtTheEdgeOfTheWord(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	edges := []int64{1 << 62, -1 << 62, 1<<63 - 1, -1 << 63, -1<<63 + 1, 1 << 31, 1<<32 - 1, 3037000500, 0, 1, -1}
	for i := range 200 {
		h := &cone.H{Dim: 2 + random.IntN(3)}
		for range 2 + random.IntN(5) {
			row := make([]int64, h.Dim)
			for k := range row {
				row[k] = edges[random.IntN(len(edges))]
			}
			h.Inequalities = append(h.Inequalities, ints(row)...)
		}
		if want, got := enumerate(h), rays(t, h, Options{Order: allOrders[i%len(allOrders)], Method: Methods()[i%3]}); !cone.Equal(want, got) {
			t.Fatalf("cone %d, %v: %v, want %v", i, h, got, want)
		}
	}
}

// The result must not depend on workers or order, byte for byte.
func TestRaysDoNotDependOnOptions(t *testing.T) {
	h := feasibilityCone(2, 10)
	want := rays(t, h, Options{})
	if len(want.Rays) != 1067 {
		t.Fatalf("%d rays, want 1067", len(want.Rays))
	}
	for _, o := range []Options{{Workers: 2}, {Workers: 7}, {Workers: 3, Order: AsGiven}} {
		if diff := cmp.Diff(want, rays(t, h, o)); diff != "" {
			t.Errorf("%+v (-default +got):\n%s", o, diff)
		}
	}
	small := feasibilityCone(3, 6)
	shuffled := &cone.H{Dim: small.Dim, Inequalities: append([]cone.Vector(nil), small.Inequalities...)}
	rand.New(rand.NewPCG(7, 8)).Shuffle(len(shuffled.Inequalities), func(i, j int) {
		shuffled.Inequalities[i], shuffled.Inequalities[j] = shuffled.Inequalities[j], shuffled.Inequalities[i]
	})
	for _, order := range allOrders {
		if diff := cmp.Diff(rays(t, small, Options{}), rays(t, shuffled, Options{Order: order})); diff != "" {
			t.Errorf("shuffled, order %v (-default +got):\n%s", order, diff)
		}
	}
}

func TestFacetsOfWhatIsNotFullDimensional(t *testing.T) {
	v := &cone.V{Dim: 3, Rays: ints([]int64{1, 1, 0}, []int64{1, 2, 0}, []int64{2, 3, 0}), Lines: nil}
	h, err := Facets(context.Background(), v, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := &cone.H{Dim: 3, Inequalities: ints([]int64{-1, 1, 0}, []int64{2, -1, 0}), Equations: ints([]int64{0, 0, 1})}
	if diff := cmp.Diff(want, h); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRaysReportsMalformedCones(t *testing.T) {
	for _, h := range []*cone.H{
		{Dim: -1},
		{Dim: 1, Inequalities: []cone.Vector{cone.Unit(1, 1)}},
		{Dim: 2, Equations: []cone.Vector{{{Index: 1, Value: rational.NewInt(1)}, {Index: 0, Value: rational.NewInt(1)}}}},
		{Dim: 2, Inequalities: []cone.Vector{{{Index: 1}}}},
	} {
		if _, err := Rays(context.Background(), h, Options{}); err == nil {
			t.Errorf("no error for %+v", h)
		}
	}
	if _, err := Facets(context.Background(), &cone.V{Dim: 1, Rays: []cone.Vector{cone.Unit(5, 1)}}, Options{}); err == nil {
		t.Error("no error for a ray out of range")
	}
}

func TestRaysStopsWithTheContext(t *testing.T) {
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.Background())
	rows := 0
	_, err := Rays(ctx, feasibilityCone(2, 8), Options{Method: DoubleDescription, Progress: func(p Progress) {
		if rows = p.Row; p.Row >= 40 {
			cancel(cause)
		}
	}})
	if !errors.Is(err, cause) {
		t.Errorf("error %v, want the cause", err)
	}
	if rows > 41 {
		t.Errorf("went on to row %d after the context had ended", rows)
	}
}

func TestProgressCountsRows(t *testing.T) {
	var seen []Progress
	h := feasibilityCone(2, 5)
	v := rays(t, h, Options{Method: DoubleDescription, Progress: func(p Progress) { seen = append(seen, p) }})
	last := seen[len(seen)-1]
	if last.Row != last.Rows || last.Rays != len(v.Rays) {
		t.Errorf("at the end: %+v, want all rows and %d rays", last, len(v.Rays))
	}
	for i := 1; i < len(seen); i++ {
		if seen[i].Row <= seen[i-1].Row {
			t.Errorf("progress goes from %+v to %+v", seen[i-1], seen[i])
		}
	}
}

// longRow is a cone whose last row takes longest by far: a cut through all rays of
// the cone over a cube.
func longRow(n int) *cone.H {
	h := &cone.H{Dim: n + 1}
	cut := cone.Vector{}
	for i := range n {
		for _, sign := range []int64{1, -1} {
			h.Inequalities = append(h.Inequalities, cone.Vector{{Index: 0, Value: rational.NewInt(1)}, {Index: 1 + i, Value: rational.NewInt(sign)}})
		}
		cut = append(cut, cone.Entry{Index: 1 + i, Value: rational.NewInt(1<<(n-i) + 1)})
	}
	h.Inequalities = append(h.Inequalities, cut)
	return h
}

// A long row is reported from within, by one worker or several, and left at once when
// the context ends. Of several the one that reports may be the slowest, and the others all but done.
func TestProgressWithinARow(t *testing.T) {
	for workers := 1; workers <= 3; workers++ {
		h := longRow(10)
		var within []Progress
		ctx, cancel := context.WithCancel(context.Background())
		o := Options{Order: AsGiven, Workers: workers, Method: DoubleDescription, Progress: func(p Progress) {
			if p.ToSearch == 0 {
				return
			}
			if n := len(within); n > 0 && within[n-1].Row == p.Row && p.Searched <= within[n-1].Searched {
				t.Errorf("%+v after %+v", p, within[len(within)-1])
			}
			if within = append(within, p); p.Row == len(h.Inequalities)-1 && p.Searched > p.ToSearch/2 {
				cancel()
			}
		}}
		if _, err := Rays(ctx, h, o); !errors.Is(err, context.Canceled) {
			t.Errorf("%d workers: error %v, want canceled", workers, err)
		}
		last := within[len(within)-1]
		if last.Row != len(h.Inequalities)-1 || last.ToSearch != 511 || last.Rays != 1024 || workers == 1 && last.Searched > 3*last.ToSearch/4 {
			t.Errorf("%d workers: left at %+v", workers, last)
		}
	}
}

func TestUnknownOrderPanics(t *testing.T) {
	defer func() {
		if r := recover(); r == nil || !strings.HasPrefix(fmt.Sprint(r), "doubledesc: ") {
			t.Errorf("recovered %v, want a panic of this package", r)
		}
	}()
	rays(t, feasibilityCone(2, 3), Options{Order: 99})
}
