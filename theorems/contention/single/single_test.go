package single

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/lp"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/internal/oracle"
	"pstar/theorems/contention/single/internal/plane"
)

func TestSolveKnownValues(t *testing.T) {
	for _, c := range []struct{ x, want string }{
		{"1/3,1/3,1/3", "9/13"},
		{"1/5,1/5,1/5,1/5,1/5", "125/189"},
		{"1/4,1/4,1/4,1/4", "56/83"},
		{"1", "1"},
		{"1/2,1/2", "3/4"},
		{"2/3,2/3,2/3", "9/19"},
		{"0,0", "1"},
		{"1,1", "1/2"},
	} {
		if got := solve(t, oracle.Rats(t, c.x)).Value.String(); got != c.want {
			t.Errorf("LPOPT(%s) = %s, want %s", c.x, got, c.want)
		}
	}
}

// The half program against LP-SI itself, and what is solved in the plane against both.
func TestCRSL31_FullProgramAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 31))
	for range 60 {
		x := randomX(r, 1+r.IntN(7))
		if half := bySolver(t, x); !half.Value.Equal(solve(t, x).Value) {
			t.Fatalf("x = %v: the half program has the value %s", x, half.Value)
		}
		p := program(x)
		full, err := lp.Solve(context.Background(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Verify(full); err != nil {
			t.Fatal(err)
		}
		if u := solve(t, x); !u.Value.Equal(full.Value) {
			t.Fatalf("x = %v: %s and %s", x, u.Value, full.Value)
		}
	}
}

// The plane solves every kind of instance itself, with the bits that [Solve] begins with:
// zeros, ones, equal elements, ties, tiny ones and sums above 1. That the points are feasible
// and of one value is verified, so no more can be wrong than that there is none.
func TestThePlaneSuffices(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 31))
	tiny := rational.NewRat(1, 1_000_000_000_000_000)
	for k := range 1000 {
		x := randomX(r, 1+r.IntN(14))
		for i := range x {
			switch {
			case k%3 == 0 && r.IntN(3) == 0:
				x[i] = tiny.Mul(tiny)
			case k%3 == 1 && r.IntN(3) == 0:
				x[i] = one.Sub(tiny)
			case k%5 == 0:
				x[i] = x[0]
			}
		}
		s, err := plane.Solve(context.Background(), x, 256)
		if err != nil || s == nil {
			t.Fatalf("x = %v: %v, %v", x, s, err)
		}
		u := &Unit{X: x, Value: s.Value, Choice: s.Choice, Dual: Dual{Y: s.Y, Xi: s.Xi}}
		if err := u.Verify(context.Background()); err != nil {
			t.Fatalf("x = %v: %v", x, err)
		}
		if k%20 == 0 && !bySolver(t, x).Value.Equal(s.Value) {
			t.Fatalf("x = %v: the solver finds another value than %s", x, s.Value)
		}
	}
}

// CRS-L3.1, CRS-T1.2 with CRS-L3.3, and CRS-LB.1 on random instances.
func TestCRST12_RandomInstances(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 31))
	for range 300 {
		x := randomX(r, 1+r.IntN(12))
		u := solve(t, x)
		if _, err := Attain(context.Background(), x, u.Choice); err != nil {
			t.Fatalf("x = %v: %v", x, err)
		}
		if CompareAlpha(u.Value, rational.RatVector(x).Sum()) < 0 {
			t.Fatalf("x = %v: LPOPT = %s is below α_0", x, u.Value)
		}
		if _, err := PhiPoint(context.Background(), x); err != nil {
			t.Fatalf("x = %v: %v", x, err)
		}
		k := r.IntN(len(x))
		s := solve(t, Split(x, k))
		if s.Value.Cmp(u.Value) > 0 {
			t.Fatalf("x = %v: splitting element %d raises LPOPT to %s", x, k+1, s.Value)
		}
		if _, err := Merge(context.Background(), x, k, s.Choice); err != nil {
			t.Fatalf("x = %v: %v", x, err)
		}
	}
}

// Every scheme's law by brute force: all sets of active elements, and the coins.
func TestAttainAgainstEnumeration(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 31))
	for range 20 {
		x := randomX(r, 1+r.IntN(6))
		u := solve(t, x)
		law, err := Attain(context.Background(), x, u.Choice)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range contention.Orders {
			accepted := make([]rational.Rat, len(x))
			for set := range 1 << len(x) {
				weight := one
				for i, v := range x {
					if set>>i&1 == 0 {
						v = one.Sub(v)
					}
					weight = weight.Mul(v)
				}
				for _, i := range o.Sequence(len(x)) {
					if set>>i&1 == 1 {
						accepted[i] = accepted[i].Add(weight.Mul(law.Coin[o][i].Rat()))
						weight = weight.Mul(one.Sub(law.Coin[o][i].Rat()))
					}
				}
			}
			for i := range x {
				if want := x[i].Mul(u.Choice[o][i]); !accepted[i].Equal(want) {
					t.Fatalf("x = %v, %s, element %d: accepted with probability %s, want %s", x, o, i+1, accepted[i], want)
				}
			}
		}
	}
}

func TestVerifyRejectsChanges(t *testing.T) {
	x := oracle.Rats(t, "1/3,1/4,1/5,1/6")
	epsilon := rational.NewRat(1, 1000)
	for _, change := range []func(u *Unit){
		func(u *Unit) { u.Value = u.Value.Add(epsilon) },
		func(u *Unit) { u.Choice[contention.Backward][0] = u.Choice[contention.Backward][0].Sub(epsilon) },
		func(u *Unit) { u.Choice[contention.Forward][3] = u.Choice[contention.Forward][3].Add(one) },
		func(u *Unit) { u.Choice[contention.Forward] = u.Choice[contention.Forward][1:] },
		func(u *Unit) { u.Dual.Y[contention.Forward][3] = u.Dual.Y[contention.Forward][3].Sub(one) },
		func(u *Unit) { u.Dual.Y[contention.Backward][0] = u.Dual.Y[contention.Backward][0].Add(epsilon) },
		func(u *Unit) { u.Dual.Xi[1] = u.Dual.Xi[1].Add(epsilon) },
		func(u *Unit) { u.Dual.Xi[1] = u.Dual.Xi[1].Sub(epsilon) },
		func(u *Unit) { u.Dual.Xi = nil },
	} {
		u := solve(t, x)
		change(u)
		if u.Verify(context.Background()) == nil {
			t.Errorf("accepted %+v", u)
		}
	}
}

// CRS-U for all N ≤ 101 and five ρ: the closed-form primal and dual points verify,
// so the closed form is the exact value; and CRS-T3.4 follows.
func TestCRSU_AllN(t *testing.T) {
	for _, rho := range oracle.FiveRho {
		for n := 1; n <= 101; n++ {
			if ValidateUniform(n, rho) != nil {
				continue
			}
			u := UniformPoint(n, rho)
			if err := u.Verify(context.Background()); err != nil {
				t.Fatalf("N = %d, ρ = %s: %v", n, rho, err)
			}
			if CompareAlpha(u.Value, rho) < 0 {
				t.Fatalf("N = %d, ρ = %s: below α_0", n, rho)
			}
			slack := rho.Add(two).Quo(rational.NewRat(int64(n), 1))
			if n%2 == 1 && CompareAlpha(u.Value.Sub(slack), rho) > 0 {
				t.Fatalf("N = %d, ρ = %s: above α_0 + (ρ+2)/N", n, rho)
			}
			if n%2 == 1 && rational.NewRat(int64(n), 2).Cmp(rho) >= 0 {
				if err := UniformLimit(n, rho); err != nil {
					t.Fatalf("N = %d, ρ = %s: %v", n, rho, err)
				}
			}
		}
	}
}

// CRS-U by exact linear programming, up to N = 101.
func TestCRSU_AgainstTheSolver(t *testing.T) {
	for _, rho := range append(oracle.FiveRho, zero, rational.NewRat(1, 7)) {
		for _, n := range []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 40, 100, 101} {
			if ValidateUniform(n, rho) != nil {
				continue
			}
			if got, want := UniformValue(n, rho), bySolver(t, Uniform(n, rho)).Value; !got.Equal(want) {
				t.Fatalf("N = %d, ρ = %s: %s, the solver finds %s", n, rho, got, want)
			}
		}
	}
}

// CRS-U for all N, by the checker, and the points that are evaluated from the closed
// forms against LP-SI as a linear program, which is written down from its definition.
func TestCRSU_ForAllN(t *testing.T) {
	var found theorems.Claims
	contention.Prove(&found, "CRS-U")
	if len(found) != 3 || found[0].Tag != "CRS-U" || found[0].Status != theorems.Proved {
		t.Error(found)
	}
	for _, rho := range append(oracle.FiveRho, zero) {
		for _, n := range []int{1, 2, 3, 4, 5, 8, 13, 20} {
			if ValidateUniform(n, rho) != nil {
				continue
			}
			u := UniformPoint(n, rho)
			r := &lp.Result{Verdict: lp.Optimal, Value: u.Value, Primal: []rational.Rat{u.Value}}
			for _, o := range contention.Orders {
				r.Primal = append(r.Primal, u.Choice[o]...)
			}
			for _, xi := range u.Dual.Xi {
				r.Dual = append(r.Dual, xi.Mul(half).Neg())
			}
			for _, o := range contention.Orders {
				r.Dual = append(r.Dual, u.Dual.Y[o]...)
			}
			p := program(u.X)
			r.Reduced = reducedCosts(p, r.Dual)
			if err := p.Verify(r); err != nil {
				t.Fatalf("N = %d, ρ = %s: %v", n, rho, err)
			}
		}
	}
}

// reducedCosts returns the cost of each variable less what the multipliers y pay.
func reducedCosts(p *lp.Problem, y []rational.Rat) []rational.Rat {
	d := make([]rational.Rat, len(p.Variables))
	for j, v := range p.Variables {
		d[j] = v.Cost
	}
	for i, row := range p.Rows {
		for _, t := range row.Terms {
			d[t.Variable] = d[t.Variable].Sub(y[i].Mul(t.Coefficient))
		}
	}
	return d
}

func TestPhiIdentities(t *testing.T) {
	if err := checkIdentities(PhiIdentities()); err != nil {
		t.Error(err)
	}
	wrong := PhiIdentities()
	wrong[1].Left = wrong[1].Left.Add(wrong[0].Left)
	if checkIdentities(wrong) == nil {
		t.Error("a wrong identity passes")
	}
}

func TestCRSL35_DualPoint(t *testing.T) {
	for _, rho := range append(oracle.FiveRho, zero, rational.NewRat(1, 9)) {
		for _, n := range []int{1, 3, 5, 11, 31} {
			value, d, err := DualPoint(context.Background(), n, rho)
			if err != nil {
				t.Fatalf("N = %d, ρ = %s: %v", n, rho, err)
			}
			if ValidateUniform(n, rho) == nil && d.Scale(UniformValue(n, rho)).Cmp(value) > 0 {
				t.Fatalf("N = %d, ρ = %s: the dual point is below LPOPT", n, rho)
			}
		}
	}
	if _, _, err := DualPoint(context.Background(), 4, one); err == nil {
		t.Error("an even N was accepted")
	}
	if _, _, err := DualPoint(context.Background(), 3, one.Neg()); err == nil {
		t.Error("a negative ρ was accepted")
	}
}

// The point of CRS-L3.5, constraint by constraint and term by term.
func TestCRSL35_ConstraintByConstraint(t *testing.T) {
	for _, rho := range append(oracle.FiveRho, zero, rational.NewRat(1, 9)) {
		for _, n := range []int{1, 3, 5, 11} {
			s := exponentialsOf(rho)
			count := rational.NewRat(int64(n), 1)
			share := rho.Quo(count)
			xi := s.e.Scale(rho)
			middle := s.d.Scale(count).Sub(xi.Scale(count.Sub(one)))
			var later enclose.ExpSum
			for i := n; i >= 1; i-- {
				var y enclose.ExpSum
				bound := xi
				switch m := (n + 1) / 2; {
				case i > m:
					y = s.gamma(share.Mul(rational.NewRat(int64(i), 1)))
				case i == m:
					bound, y = middle, middle.Add(s.d).Scale(half)
				}
				if y.Add(later.Scale(share)).Cmp(bound.Scale(half)) < 0 {
					t.Fatalf("N = %d, ρ = %s: constraint (3.11) of element %d", n, rho, i)
				}
				later = later.Add(y)
			}
			value, d, err := DualPoint(context.Background(), n, rho)
			if err != nil || !later.Scale(two.Quo(count)).Mul(d).Sub(value.Mul(s.d)).IsZero() {
				t.Fatalf("N = %d, ρ = %s: the value of the point is another one, %v", n, rho, err)
			}
		}
	}
}

func TestValidateUnit(t *testing.T) {
	for _, c := range []struct{ x, want string }{{"1/2,3/2", "element 2"}, {"-1/2", "element 1"}} {
		if _, err := Solve(context.Background(), oracle.Rats(t, c.x)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v", c.x, err)
		}
	}
	if _, err := Solve(context.Background(), nil); err == nil {
		t.Error("no elements were accepted")
	}
}
