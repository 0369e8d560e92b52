package polyhedral_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/fm"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
	"pstar/theorems/statement/polyhedral"
)

// status settles the claim of a theorem.
func status(t *testing.T, s *statement.System) theorems.Status {
	t.Helper()
	r, err := decide.Claim(context.Background(), s, 0)
	if err != nil {
		t.Fatal(err)
	}
	return r.Status
}

// without leaves a row out.
func without(p *cone.Polyhedron, i int) *cone.Polyhedron {
	q := *p
	q.Rows = append(append([]cone.Row{}, p.Rows[:i]...), p.Rows[i+1:]...)
	return &q
}

// checkSound decides that generators have the rows, and multiplies out the proofs that come with it: what a row has
// besides its shares of facts is nonnegative by itself.
func checkSound(t *testing.T, rows, generators *cone.Polyhedron, names []string) {
	t.Helper()
	s, shares := polyhedral.Sound(rows, generators, names)
	if got := status(t, s); got != theorems.Proved {
		t.Errorf("that generators %v have the rows %v: %v", generators, rows, got)
	}
	for i, row := range s.Claims[0].Rows {
		rest := row.Form
		for _, share := range shares[i] {
			rest = rest.Minus(s.Facts[share.Number].Form.Scale(share.Factor))
		}
		for _, term := range rest {
			free := term.M != statement.One && !s.Symbols[term.M.First()].Nonnegative
			if free || term.C.Sign() < 0 || row.Relation == statement.Equal {
				t.Errorf("generators %v, row %d of %v: %v is left", generators, i+1, rows, rest)
			}
		}
	}
	if len(shares) != len(rows.Rows) {
		t.Errorf("%d proofs of %d rows", len(shares), len(rows.Rows))
	}
}

// Of a polyhedron and its conversion the theorem is proved. It is refuted if a generator or a row is missing, and without
// one that of soundness still holds of a missing generator, and of a missing row, too.
func TestHullIsOfRowsAndGenerators(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	ctx := context.Background()
	names := []string{"w1", "x"} // one that a weight would like to have
	for range 25 {
		points := &cone.Polyhedron{Representation: cone.VRepresentation, Columns: 3}
		for range 2 + rng.IntN(4) {
			row := cone.Row{Vector: cone.Vector{{Index: 0, Value: rational.NewInt(1)}}}
			if len(points.Rows) > 0 && rng.IntN(3) == 0 {
				row.Vector = nil // a ray
			}
			for j := 1; j < 3; j++ {
				if x := rng.Int64N(7) - 2; x != 0 {
					row.Vector = append(row.Vector, cone.Entry{Index: j, Value: rational.NewInt(x)})
				}
			}
			if len(row.Vector) > 0 {
				points.Rows = append(points.Rows, row)
			}
		}
		facets, err := doubledesc.Convert(ctx, points, doubledesc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		back, err := doubledesc.Convert(ctx, facets.Out, doubledesc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		rows, generators := facets.Out, back.Out
		seen := map[string]bool{}
		for _, y := range polyhedral.Hull(rows, generators, names).Symbols {
			if seen[y.Name] {
				t.Errorf("two symbols are called %s", y.Name)
			}
			seen[y.Name] = true
		}
		if got := status(t, polyhedral.Hull(rows, generators, names)); got != theorems.Proved {
			t.Errorf("rows %v and generators %v: %v", rows, generators, got)
		}
		checkSound(t, rows, generators, names)
		// Generators that are rays only are of a cone, whose apex needs none.
		if less := without(generators, rng.IntN(len(generators.Rows))); slices.ContainsFunc(less.Rows, cone.Row.IsVertex) {
			if got := status(t, polyhedral.Hull(rows, less, names)); got != theorems.Refuted {
				t.Errorf("rows %v and all generators but one, %v: %v", rows, less, got)
			}
			checkSound(t, rows, less, names)
		}
		if n := len(rows.Rows); n > 1 {
			less := without(rows, rng.IntN(n))
			if got := status(t, polyhedral.Hull(less, generators, names)); got != theorems.Refuted {
				t.Errorf("all rows but one, %v, and generators %v: %v", less, generators, got)
			}
		}
	}
}

// holds says whether a number has a relation to 0.
func holds(x rational.Rat, r statement.Relation) bool {
	switch r {
	case statement.Equal:
		return x.IsZero()
	case statement.Above:
		return x.Sign() > 0
	}
	return x.Sign() >= 0
}

// A point has the facts of the theorem exactly if it has the rows of the system, whatever is kept.
func TestProjectionHasTheRowsOfTheSystem(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	relations := []fm.Relation{fm.AtLeast, fm.AtMost, fm.Equal, fm.Above, fm.Below}
	number := func() rational.Rat { return rational.NewRat(rng.Int64N(5)-2, 1+rng.Int64N(2)) }
	both := map[bool]int{}
	for range 400 {
		system := &fm.System{Variables: []string{"a", "b", "c"}}
		for range 1 + rng.IntN(2) {
			row := fm.Row{Relation: relations[rng.IntN(len(relations))], Constant: number()}
			for range system.Variables {
				row.Coefficients = append(row.Coefficients, number())
			}
			system.Rows = append(system.Rows, row)
		}
		order := rng.Perm(3)
		kept := rng.IntN(4)
		s := polyhedral.Projection(system, order[:kept], order[kept:])
		if infeasible := s.Claims[0].Kind == statement.Infeasible; infeasible != (kept == 0) {
			t.Errorf("%d kept: claim %v", kept, s.Claims[0].Kind)
		}
		point := []rational.Rat{number(), number(), number()}
		renamed := make([]rational.Rat, 3)
		for k, v := range order {
			renamed[k] = point[v]
			if s.Symbols[k].Name != system.Variables[v] || s.Symbols[k].Unknown != (k >= kept) {
				t.Errorf("symbol %d is %v, want %s", k, s.Symbols[k], system.Variables[v])
			}
		}
		want, got := true, true
		for _, row := range system.Rows {
			var left rational.Rat
			for v, c := range row.Coefficients {
				left = left.Add(c.Mul(point[v]))
			}
			c := left.Cmp(row.Constant)
			want = want && map[fm.Relation]bool{fm.AtLeast: c >= 0, fm.AtMost: c <= 0, fm.Equal: c == 0, fm.Above: c > 0, fm.Below: c < 0}[row.Relation]
		}
		for _, f := range s.Facts {
			got = got && holds(f.Form.At(renamed), f.Relation)
		}
		both[want]++
		if got != want {
			t.Errorf("%v at %v: the facts say %v, the rows %v", system.Rows, point, got, want)
		}
	}
	if both[true] < 40 || both[false] < 40 {
		t.Errorf("the points are too much alike: %v", both)
	}
}
