package optimum

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pstar/lp"
	"pstar/lp/flow"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// Solvers that lie in one way each. None of them may lead to an agreement: the
// witness does not verify, or the methods disagree.
func TestLyingSolversAreNoticed(t *testing.T) {
	two := rational.NewInt(2)
	flowLies := map[string]func(t *flow.Transport, f *flow.Flow){
		"value too high": func(_ *flow.Transport, f *flow.Flow) { f.Value = f.Value.Add(two) },
		"value too low":  func(_ *flow.Transport, f *flow.Flow) { f.Value = f.Value.Sub(two) },
		"no flow": func(_ *flow.Transport, f *flow.Flow) {
			f.Value = rational.Int{}
			for s := range f.On {
				for a := range f.On[s] {
					f.On[s][a] = rational.Int{}
				}
			}
		},
		"another cut": func(_ *flow.Transport, f *flow.Flow) { f.CutSinks[0] = !f.CutSinks[0] },
	}
	in, err := multidraft.Generate(5, 0, 2, 3, multidraft.ModelIID)
	if err != nil {
		t.Fatal(err)
	}
	lying := func(solve func(context.Context, *flow.Transport) (*flow.Flow, error), lie func(*flow.Transport, *flow.Flow)) func(context.Context, *flow.Transport) (*flow.Flow, error) {
		return func(ctx context.Context, t *flow.Transport) (*flow.Flow, error) {
			f, err := solve(ctx, t)
			if err == nil {
				lie(t, f)
			}
			return f, err
		}
	}
	for name, lie := range flowLies {
		// Both flow solvers lie in the same way, so that only the witnesses can
		// give them away.
		s := exactSolvers
		s.maxFlow, s.networkSimplex = lying(flow.MaxFlow, lie), lying(flow.NetworkSimplex, lie)
		if a, err := crossCheckWith(context.Background(), in, Options{MaxVariables: -1, MaxTokens: -1}, s); err == nil {
			t.Errorf("flows, %s: agreement on %v", name, a.Value)
		}
		if w, err := largestFlow(context.Background(), in, s.maxFlow); err == nil {
			t.Errorf("flows, %s: the largest flow is %v", name, w.Flow.Value)
		}
	}
	for name, lie := range map[string]func(r *lp.Result){
		"value":   func(r *lp.Result) { r.Value = r.Value.Add(rational.NewRat(1, 7)) },
		"primal":  func(r *lp.Result) { r.Primal[0] = r.Primal[0].Add(rational.NewRat(1, 7)) },
		"dual":    func(r *lp.Result) { r.Dual[0] = r.Dual[0].Add(rational.NewRat(1, 7)) },
		"verdict": func(r *lp.Result) { r.Verdict = lp.Infeasible },
		"nothing": func(r *lp.Result) { r.Verdict = lp.NoVerdict },
	} {
		s := exactSolvers
		s.program = func(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
			r, err := lp.Solve(ctx, p, o)
			if err == nil {
				lie(r)
			}
			return r, err
		}
		var d *Disagreement
		if a, err := crossCheckWith(context.Background(), in, Options{}, s); err == nil || errors.As(err, &d) {
			t.Errorf("program, %s: agreement %v, error %v; want the witness to be rejected", name, a, err)
		}
	}
}

// A program that has no feasible point is not the one that was meant, though the solver proves it truly; and an error of the solver is told.
func TestProgramsAreFeasible(t *testing.T) {
	in := multidraft.Must(multidraft.Generate(5, 0, 2, 3, multidraft.ModelIID))
	c := crossCheck{ctx: t.Context(), in: in, solvers: exactSolvers}
	impossible := func(context.Context, Columns, []rational.Rat) (*lp.Problem, error) {
		p := &lp.Problem{Name: "impossible", Sense: lp.Maximise}
		x := p.AddVariable(lp.Variable{Name: "x", Lower: lp.At(rational.Rat{})})
		p.AddRow(lp.Row{Name: "row", Upper: lp.At(rational.NewRat(-1, 1)), Terms: []lp.Term{{Variable: x, Coefficient: rational.NewRat(1, 1)}}})
		return p, nil
	}
	if err := c.program(MethodImportance, impossible, SupportColumns(in.Drafts())); err == nil || !strings.Contains(err.Error(), "the program is infeasible, but") {
		t.Errorf("%v", err)
	}
	broken := errors.New("broken")
	c.solvers.program = func(context.Context, *lp.Problem, lp.Options) (*lp.Result, error) { return nil, broken }
	if err := c.program(MethodImportance, impossible, SupportColumns(in.Drafts())); !errors.Is(err, broken) {
		t.Errorf("%v, want the error of the solver", err)
	}
}

// A solver may answer another program truthfully: the witness verifies there,
// so only the comparison of the methods can tell.
func TestAnswersToAnotherProgramDisagree(t *testing.T) {
	in, err := multidraft.Generate(5, 0, 2, 3, multidraft.ModelIID)
	if err != nil {
		t.Fatal(err)
	}
	s := exactSolvers
	s.program = func(ctx context.Context, p *lp.Problem, o lp.Options) (*lp.Result, error) {
		p.Constant = p.Constant.Add(rational.NewRat(1, 9)) // the problem that Verify sees, too
		return lp.Solve(ctx, p, o)
	}
	var d *Disagreement
	if _, err := crossCheckWith(context.Background(), in, Options{}, s); !errors.As(err, &d) {
		t.Errorf("error %v, want a disagreement", err)
	}
}
