package optimum

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"pstar/lp/flow"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

func TestMDT1_CrossCheckAgreesOnIIDInstances(t *testing.T) {
	crossCheckAll(t, []string{multidraft.ModelIID})
}

func TestMDT4_CrossCheckAgreesOnOtherInstances(t *testing.T) {
	crossCheckAll(t, multidraft.Models()[1:])
}

func crossCheckAll(t *testing.T, models []string) {
	for _, model := range models {
		for _, cell := range [][2]int{{1, 2}, {2, 2}, {2, 4}, {3, 3}, {3, 5}, {4, 4}} {
			oracle.Generated(t, 10, 32, cell[0], cell[1], model, func(in *multidraft.Instance) {
				a, err := CrossCheck(context.Background(), in, Options{MaxVariables: 100})
				if err != nil {
					t.Fatal(err)
				}
				checkAgreement(t, in, a)
			})
		}
	}
}

// checkAgreement re-derives an agreement from the definitions.
func checkAgreement(t *testing.T, in *multidraft.Instance, a *Agreement) {
	t.Helper()
	value, at := oracle.Minimum(in)
	if !a.Value.Equal(value) || a.Minimiser != at {
		t.Fatalf("%v: %v at %v, want %v at %v", in, a.Value, a.Minimiser, value, at)
	}
	support := map[multidraft.Set]rational.Rat{}
	token := make([]rational.Rat, in.N())
	var accepted rational.Rat
	for _, m := range a.Coupling {
		x := rational.RatFromInts(m.Amount, a.Unit)
		support[m.Support] = support[m.Support].Add(x)
		token[m.Token] = token[m.Token].Add(x)
		if m.Support.Has(m.Token) {
			accepted = accepted.Add(x)
		}
	}
	for j, b := range in.Drafts().SupportLaw() {
		if set := multidraft.Supports(in.K(), in.N())[j]; !support[set].Equal(b) {
			t.Fatalf("%v: coupling gives %v probability %v, want %v", in, set, support[set], b)
		}
	}
	for i, q := range in.Target().Rats() {
		if !token[i].Equal(q) {
			t.Fatalf("%v: coupling selects %d with probability %v, want %v", in, i+1, token[i], q)
		}
	}
	if !accepted.Equal(value) {
		t.Fatalf("%v: coupling accepts with probability %v, want %v", in, accepted, value)
	}
}

func TestCrossCheckChoosesMethodsBySize(t *testing.T) {
	flows := []string{MethodMaxFlow, MethodNetworkSimplex, MethodCoupling}
	for _, c := range []struct {
		model   string
		k, n    int
		options Options
		want    []string
	}{
		{multidraft.ModelIID, 2, 3, Options{}, []string{MethodTLSRWords, MethodImportance, MethodEnumeration, MethodPrefix}},
		{multidraft.ModelJoint, 2, 3, Options{}, []string{MethodTLSRWords, MethodImportance, MethodEnumeration}},
		{multidraft.ModelIID, 3, 4, Options{MaxVariables: 100}, []string{MethodTLSRSupports, MethodImportance, MethodEnumeration, MethodPrefix}},
		{multidraft.ModelIID, 2, 3, Options{MaxVariables: -1}, []string{MethodEnumeration, MethodPrefix}},
		{multidraft.ModelIndependent, 2, 3, Options{MaxVariables: -1, MaxTokens: -1}, nil},
		{multidraft.ModelIndependent, 2, 3, Options{MaxVariables: -1, MaxTokens: 2}, nil},
	} {
		oracle.Generated(t, 11, 1, c.k, c.n, c.model, func(in *multidraft.Instance) {
			a, err := CrossCheck(context.Background(), in, c.options)
			if err != nil {
				t.Fatal(err)
			}
			if want := append(slices.Clone(flows), c.want...); !slices.Equal(a.Methods, want) {
				t.Errorf("%v with %+v: methods %v, want %v", in, c.options, a.Methods, want)
			}
		})
	}
}

func TestCrossCheckEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	oracle.Generated(t, 12, 1, 3, 6, multidraft.ModelIID, func(in *multidraft.Instance) {
		if a, err := CrossCheck(ctx, in, Options{}); !errors.Is(err, context.Canceled) || a != nil {
			t.Errorf("CrossCheck = %v, %v", a, err)
		}
	})
}

func TestDisagreementShowsBothAnswers(t *testing.T) {
	in := oracle.IIDInstance(t, 2, "1/2,1/2", "1/8,7/8")
	flow := Finding{Method: MethodMaxFlow, Value: oracle.Rat(t, "7/8"), Set: multidraft.SetOf(0), HasSet: true}
	program := Finding{Method: MethodImportance, Value: oracle.Rat(t, "7/8")}
	for _, other := range []Finding{
		{Method: MethodImportance, Value: oracle.Rat(t, "6/7")},
		{Method: MethodEnumeration, Value: oracle.Rat(t, "7/8"), Set: multidraft.SetOf(1), HasSet: true},
	} {
		c := crossCheck{in: in, integer: in.Integer(), findings: []Finding{flow, program, other}}
		a, err := c.agreement()
		var disagreement *Disagreement
		if a != nil || !errors.As(err, &disagreement) {
			t.Fatalf("agreement() = %v, %v with the finding %v", a, err, other)
		}
		if disagreement.A != flow || disagreement.B != other {
			t.Errorf("disagreement of %v and %v", disagreement.A, disagreement.B)
		}
		for _, part := range []string{"K=2 n=2 iid", "max-flow gives 7/8 at {1}", other.String()} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("message %q lacks %q", err, part)
			}
		}
	}
}

// A coupling is rejected unless it has the exact marginals, in order.
func TestCouplingWithWrongMarginalsIsRejected(t *testing.T) {
	oracle.Generated(t, 13, 16, 3, 4, multidraft.ModelIID, func(in *multidraft.Instance) {
		g := in.Integer()
		network := g.Transport()
		flow, err := flow.MaxFlow(context.Background(), network)
		if err != nil {
			t.Fatal(err)
		}
		coupling := complete(g, flow)
		if _, err := accepted(g, coupling); err != nil {
			t.Fatalf("%v: %v", in, err)
		}
		if len(coupling) < 2 {
			return
		}
		double, swapped, zero := slices.Clone(coupling), slices.Clone(coupling), slices.Clone(coupling)
		double[0].Amount = double[0].Amount.Add(double[0].Amount)
		swapped[0], swapped[1] = swapped[1], swapped[0]
		zero[0].Amount = rational.Int{}
		for name, bad := range map[string][]Mass{
			"double": double, "swapped": swapped, "zero": zero, "shorter": coupling[1:],
		} {
			if _, err := accepted(g, bad); err == nil {
				t.Errorf("%v: %s coupling accepted", in, name)
			}
		}
	})
}

func BenchmarkCrossCheck(b *testing.B) {
	for _, model := range multidraft.Models() {
		for index, kind := range multidraft.Kinds() {
			in, err := multidraft.Generate(1, index, 6, 14, model)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(model+"/"+kind, func(b *testing.B) {
				for b.Loop() {
					fresh, err := multidraft.Generate(1, index, 6, 14, model) // the law is computed once per value
					if err != nil {
						b.Fatal(err)
					}
					if _, err := CrossCheck(context.Background(), fresh, Options{}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(in.Integer().Unit.BitLen()), "bits")
			})
		}
	}
}
