package farkas_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/theorems/statement/farkas"
)

var symbols = []statement.Symbol{{Name: "a"}, {Name: "b"}, {Name: "x", Nonnegative: true}}

// row is a random one with small numbers, of the given relations.
func row(r *rand.Rand, relations ...statement.Relation) statement.Row {
	terms := []statement.Term{{C: rational.NewRat(r.Int64N(5)-2, 1), M: statement.One}}
	for k := range symbols {
		terms = append(terms, statement.Term{C: rational.NewRat(r.Int64N(5)-2, 1), M: statement.Of(k)})
	}
	var kept []statement.Term
	for _, t := range terms {
		if !t.C.IsZero() {
			kept = append(kept, t)
		}
	}
	return statement.Row{Relation: relations[r.IntN(len(relations))], Form: statement.Collect(kept)}
}

// holds reports whether a row is true at a point.
func holds(f statement.Row, point farkas.Point) bool {
	switch s := f.Form.At(point).Sign(); f.Relation {
	case statement.Equal:
		return s == 0
	case statement.Above:
		return s > 0
	default:
		return s >= 0
	}
}

// shows reports whether a proof is one of the goal: by its multipliers alone.
func shows(rows []statement.Row, goal statement.Row, p *farkas.Proof) bool {
	rest, strict := goal.Form, false
	if p.Absurd {
		rest = nil // 0 is to be more than 0 then
	}
	for _, s := range p.Shares {
		f := rows[s.Number]
		if f.Relation != statement.Equal && s.Factor.Sign() < 0 {
			return false
		}
		strict = strict || f.Relation == statement.Above && s.Factor.Sign() > 0
		rest = rest.Minus(f.Form.Scale(s.Factor))
	}
	for _, t := range rest { // nonnegative by itself
		if t.M != statement.One && (t.C.Sign() < 0 || !symbols[t.M.First()].Nonnegative) {
			return false
		}
	}
	c := rest.Constant().Sign()
	if p.Absurd || goal.Relation == statement.Above {
		return c > 0 || c == 0 && strict
	}
	return c >= 0
}

// A goal follows by multipliers that add up to it, or fails at a point that has all rows.
func TestFollows(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	proved, absurd, refuted := 0, 0, 0
	for range 600 {
		var rows []statement.Row
		for range 1 + r.IntN(5) {
			rows = append(rows, row(r, statement.AtLeast, statement.AtLeast, statement.Above, statement.Equal))
		}
		goal := row(r, statement.AtLeast, statement.Above)
		facts := farkas.New(symbols, rows)
		proof, point, err := facts.Follows(context.Background(), goal)
		if err != nil {
			t.Fatal(err)
		}
		if proof != nil {
			if proved++; proof.Absurd {
				absurd++
			}
			if point != nil || !shows(rows, goal, proof) {
				t.Fatalf("of %v the goal %v follows by %v", rows, goal, proof)
			}
			continue
		}
		refuted++
		simple, err := facts.Simplest(context.Background(), goal, point)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []farkas.Point{point, simple} {
			for _, f := range rows {
				if !holds(f, p) {
					t.Fatalf("the point %v has not %v", p, f)
				}
			}
			if holds(goal, p) || p[2].Sign() < 0 {
				t.Fatalf("%v holds at %v, or x is negative there", goal, p)
			}
		}
		if point.Less(simple) {
			t.Fatalf("%v is simpler than %v", point, simple)
		}
	}
	if proved < 100 || absurd < 30 || refuted < 100 {
		t.Errorf("%d proved, %d of them since the rows contradict each other, %d refuted", proved, absurd, refuted)
	}
}
