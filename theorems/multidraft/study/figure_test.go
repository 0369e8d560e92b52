package study

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/scheme"
)

func knotText(points []CurvePoint) string {
	var parts []string
	for _, p := range points {
		parts = append(parts, fmt.Sprintf("%v:%v", p.T, p.Value.Lo))
	}
	return strings.Join(parts, " ")
}

// The knots follow by hand from the formulas for p uniform on three tokens.
func TestMDF2_Knots(t *testing.T) {
	families := Figure2()
	for _, c := range []struct {
		panel       int
		curve, want string
	}{
		{0, CurveOptimal, "0:8/9 1/9:1 5/9:1 2/3:8/9"},
		{0, scheme.Recursive, "0:7/9 1/3:1 2/3:7/9"},
		{1, CurveOptimal, "0:13/18 5/18:1 5/9:1 5/6:13/18"},
	} {
		curve, err := families[c.panel].Curve(t.Context(), c.curve, scheme.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := knotText(curve.Knots); got != c.want {
			t.Errorf("panel %d, %s: %s, want %s", c.panel, c.curve, got, c.want)
		}
	}
}

// Between its knots a curve is what evaluation at single points gives, for the
// families of the figure and random ones with a fixed p.
func TestCurvesBetweenKnots(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	families := Figure2()
	for range 6 {
		families = append(families, randomFamily(t, rng, 2+rng.IntN(3), 2+rng.IntN(4)))
	}
	for _, f := range families {
		for _, name := range []string{CurveOptimal, scheme.Recursive} {
			curve, err := f.Curve(t.Context(), name, scheme.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var exact piecewise
			for _, p := range curve.Knots {
				exact.knots = append(exact.knots, p.T)
				exact.values = append(exact.values, p.Value.Lo)
			}
			for j := range 61 {
				at := f.From.Add(f.To.Sub(f.From).Mul(rational.NewRat(int64(j), 60)))
				value, err := curve.At(t.Context(), at)
				if err != nil {
					t.Fatal(err)
				}
				if got := exact.at(at); !got.Equal(value.Lo) || !value.Exact() {
					t.Errorf("%s, %s at %v: %v by the knots, %v evaluated", f.Title, name, at, got, value)
				}
			}
		}
	}
}

// randomFamily moves q from one random distribution to another.
func randomFamily(t *testing.T, rng *rand.Rand, k, n int) *Family {
	random := func() []rational.Rat {
		weights := make([]int64, n)
		weights[rng.IntN(n)] = 1
		for i := range weights {
			weights[i] += rng.Int64N(9)
		}
		return oracle.Weighted(t, rational.NewVector(weights...)).Rats()
	}
	f := &Family{Title: fmt.Sprintf("random K=%d n=%d", k, n), Parameter: "t", K: k, To: one}
	p, a, b := random(), random(), random()
	for i := range n {
		f.P = append(f.P, Line{A: p[i]})
		f.Q = append(f.Q, Line{A: a[i], B: b[i].Sub(a[i])})
	}
	return f
}

func TestFamilyWithMovingDrafts(t *testing.T) {
	half := rational.NewRat(1, 2)
	f := &Family{Parameter: "t", K: 2, To: one,
		P: []Line{{A: one, B: one.Neg()}, {B: one}}, Q: []Line{{A: half}, {A: half}}}
	curve, err := f.Curve(t.Context(), CurveOptimal, scheme.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if curve.Knots != nil {
		t.Error("a curve that is not piecewise linear has knots")
	}
	// MD-EX1: with p = q the optimum is 1; with p on one token it is q there.
	for at, want := range map[string]string{"0": "1/2", "1/2": "1", "1": "1/2"} {
		x, _ := rational.ParseRat(at)
		if got, err := curve.At(t.Context(), x); err != nil || got.Lo.String() != want {
			t.Errorf("at %s: %v, want %s (%v)", at, got.Lo, want, err)
		}
	}
	f.Q[0].B = one
	if _, err := f.Curve(t.Context(), CurveOptimal, scheme.Options{}); err == nil {
		t.Error("a family whose q does not sum to 1 is accepted")
	}
}

// The search for knots ends with the context.
func TestCurveStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, name := range []string{CurveOptimal, scheme.Recursive} {
		if _, err := Figure2()[0].Curve(ctx, name, scheme.Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Also where the first end is not 0.
func TestSamplesGoFromEndToEnd(t *testing.T) {
	f := *Figure2()[0]
	f.From, f.To = rational.NewRat(1, 10), rational.NewRat(3, 10)
	s, err := f.Sample(t.Context(), []string{scheme.KSEQ}, 4)
	if want := oracle.Rats(t, "1/10,3/20,1/5,1/4,3/10"); err != nil || !slices.EqualFunc(s.Points, want, rational.Rat.Equal) {
		t.Errorf("%v, %v, want %v", s, err, want)
	}
}

// f + c g bends where one of both does, and has their values there.
func TestPiecewisePlus(t *testing.T) {
	f := piecewise{oracle.Rats(t, "0,1"), oracle.Rats(t, "1,3")}
	g := piecewise{oracle.Rats(t, "0,1/2,1"), oracle.Rats(t, "0,1,0")}
	for c, want := range map[int64]string{2: "1,4,3", -1: "1,1,3"} {
		if sum := f.plus(rational.NewRat(c, 1), g); !slices.EqualFunc(sum.values, oracle.Rats(t, want), rational.Rat.Equal) || len(sum.knots) != 3 {
			t.Errorf("c = %d: %v, want %s", c, sum, want)
		}
	}
}

// Of Figure 2 the points are those of the grid and all breakpoints, each once; a piecewise linear curve is linear between
// neighbours, and what is drawn is named where it breaks.
func TestSamplesHaveAllBreakpoints(t *testing.T) {
	ctx := context.Background()
	for _, f := range Figure2() {
		names := []string{CurveOptimal, scheme.Recursive, scheme.KSEQ}
		s, err := f.Sample(ctx, names, 5)
		if err != nil {
			t.Fatal(err)
		}
		broken := 0
		for i, x := range s.Points {
			if i > 0 && x.Cmp(s.Points[i-1]) <= 0 {
				t.Errorf("point %v follows %v", x, s.Points[i-1])
			}
			onGrid := x.Sub(f.From).Mul(rational.NewRat(5, 1)).Quo(f.To.Sub(f.From)).IsInt()
			names := s.Breaks(x)
			if broken += len(names); !onGrid && names == nil {
				t.Errorf("point %v is neither on the grid nor a breakpoint", x)
			}
		}
		knots := 0
		for c, curve := range s.Curves {
			if curve.Knots == nil {
				continue
			}
			knots += len(curve.Knots) - 2
			if !s.Exact(c) {
				t.Errorf("%s is not exact", curve.Name)
			}
			for i := range s.Points[1:] {
				half := rational.NewRat(1, 2)
				middle, err := curve.At(ctx, s.Points[i].Add(s.Points[i+1]).Mul(half))
				if want := s.Values[c][i].Lo.Add(s.Values[c][i+1].Lo).Mul(half); err != nil || !middle.Lo.Equal(want) {
					t.Errorf("%s between %v and %v is %v, want %v (%v)", curve.Name, s.Points[i], s.Points[i+1], middle, want, err)
				}
				if v := s.Values[c][i].Lo; v.Cmp(s.Least()) < 0 {
					t.Errorf("%v is less than the least, %v", v, s.Least())
				}
			}
		}
		if broken != knots || knots == 0 {
			t.Errorf("%d breakpoints are named, of %d", broken, knots)
		}
	}
	if _, err := Figure2()[0].Sample(ctx, []string{"none"}, 5); err == nil {
		t.Error("a curve of no scheme")
	}
}

// The hybrid of importance sampling for two tokens jumps to the baseline where q has a third: at both ends of the family, and nowhere else.
func TestSamplesTellJumps(t *testing.T) {
	f := Figure2()[0]
	s, err := f.Sample(t.Context(), []string{scheme.Hybrid, CurveOptimal, scheme.Recursive}, 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Jumps[1]) != 0 || len(s.Jumps[2]) != 0 {
		t.Errorf("jumps %v and %v of continuous curves", s.Jumps[1], s.Jumps[2])
	}
	jumps := s.Jumps[0]
	if len(jumps) != 4 || !jumps[0].T.Equal(f.From) || !jumps[3].T.Equal(f.To) {
		t.Fatalf("%v", jumps)
	}
	for j, c := range jumps {
		// Outside it is P*, and inside SpecInfer.
		name := scheme.Recursive
		if j == 0 || j == 3 {
			name = CurveOptimal
		}
		curve, err := f.Curve(t.Context(), name, scheme.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if want, err := curve.At(t.Context(), c.T); err != nil || !c.Value.Lo.Equal(want.Lo) {
			t.Errorf("at %v: %v, want %v of %s (%v)", c.T, c.Value.Lo, want.Lo, name, err)
		}
	}
	for j := 0; j < 4; j += 2 {
		if gap := jumps[j+1].T.Sub(jumps[j].T); gap.Sign() <= 0 || gap.Cmp(f.To.Mul(rational.NewRat(1, 10_000))) > 0 {
			t.Errorf("from %v to %v", jumps[j].T, jumps[j+1].T)
		}
	}
	// What a scheme has chosen is looked for in no scheme without branches.
	if got := choice([]scheme.Parameter{{Name: "γ", Value: "1"}, {Name: "branch", Value: "is"}}); got != "is" {
		t.Errorf("%q", got)
	}
}
