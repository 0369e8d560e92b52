package optimum

import (
	"context"
	"errors"
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
