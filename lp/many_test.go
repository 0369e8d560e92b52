package lp

import (
	"context"
	"flag"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

var programs = flag.Int("programs", 1000, "how many random programs TestManyPrograms solves")

// triangular is a chain of growth or decay, perhaps with rows that are there twice.
func triangular(r *rand.Rand) *Problem {
	b := NewBuilder(Minimise)
	before := b.Var("")
	b.AtLeast("", 1, Times(1, before))
	for range 1 + r.IntN(6) {
		x := b.Var("")
		from, to := 1+r.Int64N(9), 1+r.Int64N(9)
		for range 1 + r.IntN(2) {
			b.AtLeast("", r.IntN(3)-1, Times(to, x), Times(-from, before))
		}
		before = x
	}
	b.Objective(Times(rational.NewRat(1+r.Int64N(5), 3), before))
	p, err := b.Problem()
	if err != nil {
		panic(err)
	}
	return p
}

// Random programs, degenerate, infeasible, unbounded, triangular, with rows that are there
// twice and of wide ranges of magnitude: the sparse method agrees with the naive
// oracle, and where that takes too long with the dense method. go test ./lp -run Many
// -programs 20000 takes more of them.
func TestManyPrograms(t *testing.T) {
	r := rand.New(rand.NewPCG(37, 1))
	ctx := context.Background()
	verdicts := map[Verdict]int{}
	for trial := range *programs {
		var p *Problem
		var verdict Verdict
		var value rational.Rat
		switch trial % 5 {
		case 0:
			p = wideProgram(t, r, 2+r.IntN(5), 3+r.IntN(8))
		case 1:
			p = triangular(r)
		default:
			c := randomInstance(r, trial%2 == 0)
			p = c.problem
			verdict, value = c.answer()
			if len(p.Rows) > 0 && trial%4 == 0 {
				p.Rows = append(p.Rows, p.Rows[r.IntN(len(p.Rows))])
			}
		}
		if verdict == NoVerdict {
			want, err := Solve(ctx, p, Options{Method: Dense})
			if err != nil {
				t.Fatal(err)
			}
			verdict, value = want.Verdict, want.Value
		}
		got, err := Solve(ctx, p, Options{Method: Sparse, Whole: trial%2 == 0})
		if err != nil || got.Verdict != verdict || verdict == Optimal && !got.Value.Equal(value) {
			t.Fatalf("program %d: %v %v, want %v %v (%v)", trial, got.Verdict, got.Value, verdict, value, err)
		}
		verdicts[verdict]++
	}
	for _, v := range []Verdict{Optimal, Infeasible, Unbounded} {
		if verdicts[v] < *programs/50 {
			t.Errorf("only %d of %d are %v", verdicts[v], *programs, v)
		}
	}
}

// With many more columns than rows the guess looks at a part of them at a time, and ends at an
// optimum all the same: nothing is left to exact pivots, and the dense method agrees.
func TestManyColumns(t *testing.T) {
	r := rand.New(rand.NewPCG(37, 2))
	ctx := context.Background()
	for trial := range 2 {
		const rows, columns = 8, 6000
		p := &Problem{Sense: Sense(trial % 2)}
		for i := range rows {
			p.AddRow(Row{Upper: At(rational.NewRat(int64(500+r.IntN(500)), 1))})
			if i%3 == trial%3 {
				p.Rows[i].Lower = At(rational.NewRat(int64(100+r.IntN(100)), 1))
			}
		}
		for j := range columns {
			v := Variable{Cost: rational.NewRat(r.Int64N(2000)-1000, 1), Lower: At(rational.Rat{})}
			if r.IntN(3) > 0 {
				v.Upper = At(rational.NewRat(1+r.Int64N(9), 1))
			}
			p.AddVariable(v)
			for range 3 {
				row := &p.Rows[r.IntN(rows)]
				row.Terms = append(row.Terms, Term{j, rational.NewRat(1+r.Int64N(50), 1)})
			}
		}
		want, err := Solve(ctx, p, Options{Method: Dense})
		if err != nil {
			t.Fatal(err)
		}
		f, err := newForm(ctx, p)
		if err != nil {
			t.Fatal(err)
		}
		s := newRevised(f)
		got, err := s.run(ctx)
		if err != nil || got.Verdict != Optimal || !got.Value.Equal(want.Value) || s.pivots > 0 {
			t.Errorf("%v %v, %d exact pivots, want %v (%v)", got.Verdict, got.Value, s.pivots, want.Value, err)
		}
	}
}

// Rows that ask for one of two neighbours each: a variable between two of them serves both, so that half as
// many steps as rows are enough. A choice among the two without a look at the other rows takes as
// many steps as there are rows.
func TestNeighboursAreServedTogether(t *testing.T) {
	const links = 600
	for _, budget := range []int{links/2 - 1, links / 2} {
		b := NewBuilder(Minimise)
		all := []Part{Times(1, b.Var("x0"))}
		for i := range links {
			x := b.Var("")
			b.AtLeast("", 1, all[i], Times(1, x))
			all = append(all, Times(1, x))
		}
		b.AtMost("budget", budget, all...)
		p, err := b.Problem()
		if err != nil {
			t.Fatal(err)
		}
		got := solveWith(t, p, Options{Method: Sparse, Whole: true})
		want := Infeasible
		if budget*2 >= links {
			want = Optimal
		}
		if got.Verdict != want || got.Pivots > links*3/5 {
			t.Errorf("a budget of %d: %v after %d pivots", budget, got.Verdict, got.Pivots)
		}
	}
}

// A network without costs, and a budget that is too small for what must flow: a method that uses as little of
// the budget as it can finds that out after a few steps, and one without a goal after a third as many as there are
// rows. The same goes for a budget of the arcs from sources, half of all.
func TestSmallBudgetIsSoonRefuted(t *testing.T) {
	const nodes = 400
	for part := 1; part <= 2; part++ {
		r := rand.New(rand.NewPCG(41, 1))
		b := NewBuilder(Minimise)
		rows, budget := make([][]Part, nodes), []Part(nil)
		supply := func(k int) int { return []int{7, -7}[k*7%nodes%2] }
		for k := range 3 * nodes {
			x, from := b.Var(""), k%nodes
			to := (from + 1 + k/nodes*r.IntN(nodes-1)) % nodes
			rows[from] = append(rows[from], Times(1, x))
			rows[to] = append(rows[to], Times(-1, x))
			if weight := 1 + r.IntN(10); part == 1 || supply(from) > 0 {
				budget = append(budget, Times(weight, x))
			}
		}
		for k, row := range rows {
			// Sources alternate with sinks, in another order than the arcs have.
			b.Equal("", supply(k), row...)
		}
		b.AtMost("budget", 7*nodes/2, budget...)
		p, err := b.Problem()
		if err != nil {
			t.Fatal(err)
		}
		got := solveWith(t, p, Options{Method: Sparse, Whole: true})
		if got.Verdict != Infeasible || got.Pivots > nodes/5 {
			t.Errorf("one in %d arcs: %v after %d pivots", part, got.Verdict, got.Pivots)
		}
	}
}
