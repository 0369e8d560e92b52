package witness

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/certificate/kernel"
	builders "pstar/certificate/statement"
	"pstar/fm"
	"pstar/rational"
)

// randomSystem is a system with equations, strict rows, rows without variables, and rows that are equations together.
func randomSystem(rng *rand.Rand) *fm.System {
	s := &fm.System{Symbols: []string{"a", "b \\"}[:rng.IntN(3)], Variables: []string{"x", "y", "z", "w", "v"}[:1+rng.IntN(5)]}
	number := func() rational.Rat {
		if rng.IntN(3) == 0 {
			return rational.Rat{}
		}
		return rational.NewRat(rng.Int64N(7)-3, 1+rng.Int64N(2))
	}
	for range 1 + rng.IntN(9) {
		row := fm.Row{Relation: []fm.Relation{fm.AtLeast, fm.AtMost, fm.AtLeast, fm.AtMost, fm.Above, fm.Below, fm.Equal}[rng.IntN(7)]}
		for range s.Variables {
			row.Coefficients = append(row.Coefficients, number())
		}
		for range s.Symbols {
			row.Symbols = append(row.Symbols, number())
		}
		if rng.IntN(2) == 0 {
			row.Constant = number()
		}
		if rng.IntN(8) == 0 {
			row.Coefficients = make(rational.RatVector, len(s.Variables))
		}
		s.Rows = append(s.Rows, row)
		if rng.IntN(4) == 0 && (row.Relation == fm.AtLeast || row.Relation == fm.AtMost) {
			row.Relation = fm.AtLeast + fm.AtMost - row.Relation
			s.Rows = append(s.Rows, row)
		}
	}
	return s
}

// The checker accepts the document of every elimination, and none in which a row of the projection is another one, or left out.
func TestProjectionDocuments(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 29))
	seen := map[string]int{}
	for range 1500 {
		s := randomSystem(rng)
		eliminate := rng.Perm(len(s.Variables))[:rng.IntN(len(s.Variables)+1)]
		level := fm.Level(rng.IntN(4))
		r, err := fm.Eliminate(t.Context(), s, eliminate, fm.Options{Level: level})
		if err != nil {
			t.Fatal(err)
		}
		document, err := Projection(r)
		if err != nil {
			t.Fatal(err)
		}
		report, err := kernel.Check(document, builders.Builders)
		if err != nil {
			t.Fatalf("%v: %v\n%s", r.Verdict, err, document)
		}
		want := map[fm.Verdict]string{fm.Projected: "FM-P", fm.Infeasible: "FM-I"}[r.Verdict]
		if len(report.Claims) != 1 || report.Claims[0].Tag != want {
			t.Errorf("%v claims %v", r.Verdict, report.Claims)
		}
		seen[r.Verdict.String()]++
		for _, o := range r.Rows {
			seen[o.Relation.String()]++
		}
		if r.Vanishing != nil {
			seen["vanishing"]++
		}
		if r.Rows == nil {
			continue
		}
		forged := *r
		i := rng.IntN(len(r.Rows))
		forged.Rows = slices.Clone(r.Rows)
		forged.Rows[i].Constant = forged.Rows[i].Constant.Add(rational.NewRat(1-2*rng.Int64N(2), 2))
		refuseProjection(t, &forged)
		if forged.Rows = slices.Delete(slices.Clone(r.Rows), i, i+1); level == fm.Minimal {
			refuseProjection(t, &forged)
		}
	}
	for _, what := range []string{"projected", "infeasible", ">=", ">", "=", "vanishing"} {
		if seen[what] < 30 {
			t.Errorf("only %d times %s", seen[what], what)
		}
	}
	t.Log(seen)
}

func refuseProjection(t *testing.T, r *fm.Result) {
	t.Helper()
	document, err := Projection(r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kernel.Check(document, builders.Builders); err == nil {
		t.Errorf("accepted:\n%s", document)
	}
}
