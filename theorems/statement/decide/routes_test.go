package decide_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/fm"
	"pstar/projection"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
	"pstar/theorems/statement/expand"
)

// manyRows is where a route is given up: then it has nothing to say.
const manyRows = 600

var errMany = errors.New("too many rows")

// lifted is a system as one of package fm, with the optimum as a further parameter behind all symbols, and the parameters.
func lifted(s *statement.System) (f *fm.System, kept []int) {
	f = &fm.System{}
	for k, y := range s.Symbols {
		f.Variables = append(f.Variables, y.Name)
		if !y.Unknown {
			kept = append(kept, k)
		}
	}
	optimum := len(s.Symbols)
	f.Variables = append(f.Variables, "(optimum)")
	kept = append(kept, optimum)
	add := func(form statement.Form, r statement.Relation) {
		row := fm.Row{Relation: map[statement.Relation]fm.Relation{statement.AtLeast: fm.AtLeast, statement.Above: fm.Above, statement.Equal: fm.Equal}[r], Constant: form.Constant().Neg()}
		for k := range f.Variables {
			row.Coefficients = append(row.Coefficients, form.Coefficient(k))
		}
		f.Rows = append(f.Rows, row)
	}
	for _, fact := range s.Facts {
		add(fact.Form, fact.Relation)
	}
	for k, y := range s.Symbols {
		if y.Nonnegative {
			add(statement.Form{{C: rational.NewRat(1, 1), M: statement.Of(k)}}, statement.AtLeast)
		}
	}
	p := statement.Form{{C: rational.NewRat(1, 1), M: statement.Of(optimum)}}
	switch o := s.Objective; {
	case o == nil:
		add(p, statement.Equal)
	case o.Maximize:
		add(o.Form.Minus(p), statement.AtLeast)
	default:
		add(p.Minus(o.Form), statement.AtLeast)
	}
	return f, kept
}

// routes project in three ways; a result is nil if the way was given up.
func routes(t *testing.T, f *fm.System, kept []int) map[string]*cone.Polyhedron {
	t.Helper()
	list := map[string]*cone.Polyhedron{}
	for name, r := range map[string]projection.Route{"cone": projection.ByCone, "vertices": projection.ByVertices, "elimination": projection.NoRoute} {
		ctx, stop := context.WithCancelCause(t.Context())
		many := func(rows int) {
			if rows > manyRows {
				stop(errMany)
			}
		}
		var err error
		if r == projection.NoRoute {
			var eliminated []int
			for k := range f.Variables {
				if !slices.Contains(kept, k) {
					eliminated = append(eliminated, k)
				}
			}
			var e *fm.Result
			if e, err = fm.Eliminate(ctx, f, eliminated, fm.Options{Progress: func(p fm.Progress) { many(p.Rows) }}); err == nil {
				list[name] = projection.Eliminated(e, kept)
			}
		} else {
			var p *projection.Projected
			if p, err = projection.ByRoute(ctx, r, f, kept, func(p projection.Progress) { many(p.Rays) }); err == nil {
				list[name] = p.Projection
			}
		}
		stop(nil)
		if err != nil && !errors.Is(err, errMany) {
			t.Fatal(err)
		}
	}
	return list
}

// claimed makes a claim of a projection: rows without the optimum are those of a feasible point, the others bound it.
func claimed(s *statement.System, p *cone.Polyhedron, kept []int) (feasible, optimum statement.Claim) {
	feasible, optimum = statement.Claim{Kind: statement.Feasible}, statement.Claim{Kind: statement.Optimum}
	if o := s.Objective; o != nil {
		optimum.Least = o.Maximize
	}
	for _, r := range p.Rows {
		var form, bound statement.Form
		for _, e := range r.Vector {
			c := rational.RatFromInt(e.Value)
			switch {
			case e.Index == 0:
				form = form.Plus(statement.ConstantForm(c))
			case e.Index == len(kept):
				bound = statement.ConstantForm(c)
			default:
				form = form.Plus(statement.Form{{C: c, M: statement.Of(kept[e.Index-1])}})
			}
		}
		row := statement.Row{Form: form}
		switch {
		case r.Linear:
			row.Relation = statement.Equal
		case r.Strict:
			row.Relation = statement.Above
		}
		switch {
		case bound == nil:
			feasible.Rows = append(feasible.Rows, row)
		case s.Objective != nil:
			optimum.Terms = append(optimum.Terms, statement.Row{Form: form.Scale(bound.Constant().Inv().Neg())})
		}
	}
	return feasible, optimum
}

// What each of the three routes of package projection leaves of the unknowns is proved to be the theorem, and it has the same closed form.
func TestThreeRoutes(t *testing.T) {
	files, _ := filepath.Glob("../../../fixtures/theorems/*.thm")
	count := map[string]int{}
	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		systems, err := expand.Read(strings.NewReader(string(content)), path)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range systems {
			kinds := []statement.ClaimKind{statement.Feasible, statement.FindRows, statement.Optimum, statement.FindValue}
			i := slices.IndexFunc(s.Claims, func(c statement.Claim) bool { return slices.Contains(kinds, c.Kind) })
			if i < 0 || s.ByHand || len(s.Symbols) > 42 || strings.Contains(path, "i3322-facets") {
				continue
			}
			want, err := decide.Claim(t.Context(), s, i)
			if err != nil {
				t.Fatal(err)
			}
			f, kept := lifted(s)
			for name, p := range routes(t, f, kept) {
				feasible, optimum := claimed(s, p, kept)
				claim := feasible
				if s.Objective != nil {
					claim = optimum
				}
				c := *s
				c.Claims = []statement.Claim{claim}
				got, err := decide.Claim(t.Context(), &c, 0)
				if err != nil {
					t.Fatal(err)
				}
				if got.Status != theorems.Proved || closed(got) != closed(want) {
					t.Errorf("%s by %s: %v\n%s\nwant %s", filepath.Base(path), name, got.Status, closed(got), closed(want))
				}
				count[name]++
			}
		}
	}
	for _, name := range []string{"cone", "vertices", "elimination"} {
		if count[name] < 15 {
			t.Errorf("%s finished %d times only", name, count[name])
		}
	}
}

// closed is the closed form of a result.
func closed(r *decide.Result) string {
	var lines []string
	for _, t := range r.Form.Terms {
		lines = append(lines, t.Form.Text(r.System.Name))
	}
	for _, c := range r.Form.Conditions {
		lines = append(lines, r.System.Text(c))
	}
	return strings.Join(lines, "\n")
}
