package witness

import (
	"context"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/certificate/kernel"
	builders "pstar/certificate/statement"
	"pstar/lp"
	"pstar/rational"
)

// randomBound is none, 0, or a small fraction.
func randomBound(rng *rand.Rand) lp.Bound {
	switch rng.IntN(4) {
	case 0:
		return lp.Bound{}
	case 1:
		return lp.At(rational.Rat{})
	}
	return lp.At(rational.NewRat(rng.Int64N(13)-6, 1+rng.Int64N(3)))
}

func randomProgram(rng *rand.Rand) *lp.Problem {
	p := &lp.Problem{Sense: lp.Sense(rng.IntN(2)), Constant: rational.NewRat(rng.Int64N(5)-2, 1)}
	n := 1 + rng.IntN(5)
	pair := func() (lower, upper lp.Bound) {
		lower, upper = randomBound(rng), randomBound(rng)
		if lower.Finite && upper.Finite && lower.Value.Cmp(upper.Value) > 0 && rng.IntN(20) > 0 {
			lower, upper = upper, lower
		}
		return lower, upper
	}
	for range n {
		v := lp.Variable{Cost: rational.NewRat(rng.Int64N(9)-4, 1)}
		v.Lower, v.Upper = pair()
		p.Variables = append(p.Variables, v)
	}
	for range rng.IntN(6) {
		var row lp.Row
		row.Lower, row.Upper = pair()
		for range rng.IntN(n + 1) {
			row.Terms = append(row.Terms, lp.Term{Variable: rng.IntN(n), Coefficient: rational.NewRat(rng.Int64N(7)-3, 1+rng.Int64N(2))})
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// The checker accepts the document of every solved program, and none with another number as
// optimum, another outcome, or the sense turned.
func TestProgramDocuments(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	seen := map[lp.Verdict]int{}
	for range 1500 {
		p := randomProgram(rng)
		r, err := lp.Solve(context.Background(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		document, err := LinearProgram(p, r)
		if err != nil {
			t.Fatal(err)
		}
		report, err := kernel.Check(document, builders.Builders)
		if err != nil {
			t.Fatalf("%v: %v\n%s", r.Verdict, err, document)
		}
		seen[r.Verdict]++
		want := map[lp.Verdict]string{lp.Optimal: "it is " + r.Value.String(), lp.Infeasible: "has no point", lp.Unbounded: "has points"}[r.Verdict]
		if !strings.HasSuffix(report.Claims[0].Text, want) && !strings.Contains(report.Claims[0].Text, want+",") {
			t.Errorf("%v says %q, want %q", r.Verdict, report.Claims[0].Text, want)
		}
		if r.Verdict == lp.Optimal {
			forged := *r
			forged.Value = r.Value.Add(rational.NewRat(int64(1-2*rng.IntN(2)), 1+rng.Int64N(9)))
			refuse(t, p, &forged)
			if p.Sense = lp.Maximise - p.Sense; len(p.Rows) > 0 && !constantObjective(p) {
				refuse(t, p, r)
			}
		}
	}
	for _, v := range []lp.Verdict{lp.Optimal, lp.Infeasible, lp.Unbounded} {
		if seen[v] < 100 {
			t.Errorf("only %d programs are %v", seen[v], v)
		}
	}
}

// constantObjective says whether the optimum may be that of the other sense too.
func constantObjective(p *lp.Problem) bool {
	other := *p
	a, err := lp.Solve(context.Background(), &other, lp.Options{})
	if err != nil || a.Verdict != lp.Optimal {
		return false
	}
	other.Sense = lp.Maximise - other.Sense
	b, err := lp.Solve(context.Background(), &other, lp.Options{})
	return err == nil && b.Verdict == lp.Optimal && a.Value.Cmp(b.Value) == 0
}

func refuse(t *testing.T, p *lp.Problem, r *lp.Result) {
	t.Helper()
	document, err := LinearProgram(p, r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kernel.Check(document, builders.Builders); err == nil {
		t.Errorf("accepted:\n%s", document)
	}
}

// A program with a common denominator of many digits.
func TestProgramWithWideDenominators(t *testing.T) {
	p := &lp.Problem{}
	denominator := new(big.Int).Lsh(big.NewInt(1), 1660)
	for range 15 {
		denominator.Add(denominator, big.NewInt(2))
		x := rational.RatFromBig(new(big.Rat).SetFrac(big.NewInt(1), denominator))
		p.Variables = append(p.Variables, lp.Variable{Cost: rational.NewRat(1, 1), Lower: lp.At(x), Upper: lp.At(x)})
	}
	r, err := lp.Solve(context.Background(), p, lp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	document, err := LinearProgram(p, r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kernel.Check(document, builders.Builders); err != nil {
		t.Error(err)
	}
}
