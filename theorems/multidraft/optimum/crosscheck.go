package optimum

import (
	"context"
	"fmt"

	"pstar/lp"
	"pstar/lp/flow"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// The methods of CrossCheck.
const (
	MethodTLSRWords      = "tlsr-words"      // TLSRProgram over the words of Ω^K
	MethodTLSRSupports   = "tlsr-supports"   // TLSRProgram over supports
	MethodImportance     = "importance"      // ImportanceProgram over supports
	MethodNetworkSimplex = "network-simplex" // Integer.Transport by flow.NetworkSimplex
	MethodMaxFlow        = "max-flow"        // Integer.Transport by flow.MaxFlow
	MethodEnumeration    = "enumeration"     // MinByEnumeration
	MethodPrefix         = "prefix"          // MinByPrefix, iid drafts only
	MethodCoupling       = "coupling"        // an explicit selection rule meeting the bound of a set
)

// MethodOrder is the order in which the methods are named.
var MethodOrder = []string{
	MethodTLSRWords, MethodTLSRSupports, MethodImportance, MethodNetworkSimplex, MethodMaxFlow,
	MethodEnumeration, MethodPrefix, MethodCoupling,
}

// Options bounds the work of CrossCheck. The zero value stands for defaults
// under which an instance at (K,n) = (6,14) takes a fraction of a second.
type Options struct {
	// MaxVariables is the largest number of variables of a linear program
	// given to the general solver: 0 means DefaultMaxVariables, negative none.
	MaxVariables int
	// MaxImportance, if it is larger, takes the place of MaxVariables for the
	// importance-sampling program, which is easier to solve than its size says.
	MaxImportance int
	// MaxTokens is the largest alphabet whose subsets are enumerated: 0 means
	// DefaultMaxTokens, negative none, and at most MaxEnumeratedTokens.
	MaxTokens int
}

// The limits a zero Options stands for.
const (
	DefaultMaxVariables = 600
	DefaultMaxTokens    = 16
)

// fits reports whether the general solver is given a program of so many variables.
func (o Options) fits(variables int64) bool {
	if o.MaxVariables == 0 {
		return variables <= DefaultMaxVariables
	}
	return variables <= int64(o.MaxVariables)
}

// enumerates reports whether all subsets of so many tokens are gone through.
func (o Options) enumerates(tokens int) bool {
	if o.MaxTokens == 0 {
		// The default keeps enumeration beside other methods quick.
		return tokens <= DefaultMaxTokens
	}
	return tokens <= min(o.MaxTokens, MaxEnumeratedTokens)
}

// An Agreement is the best acceptance probability of an instance, found
// independently by several methods, with a selection rule that attains it and
// a set that proves it optimal.
type Agreement struct {
	// Value is P*(acc).
	Value rational.Rat
	// Minimiser is the smallest set S with q(S) + 1 - B(S) = Value: the least
	// element of the lattice of minimisers.
	Minimiser multidraft.Set
	// Methods lists the methods that ran, in a fixed order. All of them gave
	// Value, and those that find a set, Minimiser.
	Methods []string
	// Coupling is a joint law of the support of the drafts and the selected
	// token, over the whole alphabet, in units of 1/Unit. Its marginals are
	// exactly b and q, and the token is in the support with probability Value.
	// Entries are positive, in canonical order of (Support, Token).
	Coupling []Mass
	Unit     rational.Int
}

// A Mass is one positive entry of a coupling: Amount is the probability, in
// the coupling's unit, that the drafts have this support and the token is
// selected.
type Mass struct {
	Support multidraft.Set
	Token   int
	Amount  rational.Int
}

// A Disagreement says that two methods gave different answers for an
// instance. It is the error of CrossCheck that would refute MD-T1, MD-T3 or
// MD-T4 (or reveal a fault in a method).
type Disagreement struct {
	Instance *multidraft.Instance
	A, B     Finding
}

// A Finding is the answer of one method. Set is the smallest minimising set if
// HasSet; the linear programs find none.
type Finding struct {
	Method string
	Value  rational.Rat
	Set    multidraft.Set
	HasSet bool
}

// Error names the instance, the methods and both answers.
func (d *Disagreement) Error() string {
	return fmt.Sprintf("%v: %v, but %v", d.Instance, d.A, d.B)
}

// String gives the method, the value and the set if there is one.
func (f Finding) String() string {
	if !f.HasSet {
		return fmt.Sprintf("%s gives %v", f.Method, f.Value)
	}
	return fmt.Sprintf("%s gives %v at %v", f.Method, f.Value, f.Set)
}

// agrees reports whether the findings are compatible.
func (f Finding) agrees(g Finding) bool {
	// Methods that find no set are compared by value alone.
	return f.Value.Equal(g.Value) && (!f.HasSet || !g.HasSet || f.Set == g.Set)
}

// CrossCheck computes P* of the instance by every method that the options
// allow, verifies the witness of each, and demands that all agree (MD-T1,
// MD-T3 and MD-T4 for this instance). Max-flow, network simplex and the
// coupling always run. A *Disagreement carries two unequal answers; any other
// error is the end of ctx or a witness that does not verify. It panics where
// Supports does.
func CrossCheck(ctx context.Context, in *multidraft.Instance, o Options) (*Agreement, error) {
	return crossCheckWith(ctx, in, o, exactSolvers)
}

// solvers are the engines behind the methods. Their answers are verified, not
// trusted.
type solvers struct {
	program                 func(context.Context, *lp.Problem, lp.Options) (*lp.Result, error)
	maxFlow, networkSimplex func(context.Context, *flow.Transport) (*flow.Flow, error)
}

var exactSolvers = solvers{lp.Solve, flow.MaxFlow, flow.NetworkSimplex}

func crossCheckWith(ctx context.Context, in *multidraft.Instance, o Options, s solvers) (*Agreement, error) {
	// In this order: findings are compared with the first, which has a set.
	c := crossCheck{ctx: ctx, in: in, solvers: s}
	if err := c.transport(); err != nil {
		return nil, err
	}
	if err := c.programs(o); err != nil {
		return nil, err
	}
	if err := c.closedForms(o); err != nil {
		return nil, err
	}
	return c.agreement()
}

// A crossCheck gathers the findings of one instance.
type crossCheck struct {
	ctx      context.Context
	in       *multidraft.Instance
	solvers  solvers
	integer  *multidraft.Integer
	coupling []Mass
	findings []Finding
}

// transport runs the two flow methods, and completes the largest flow to a
// coupling.
func (c *crossCheck) transport() error {
	c.integer = c.in.Integer()
	// One network for both methods.
	t := c.integer.Transport()
	flow, err := c.flow(MethodMaxFlow, t, c.solvers.maxFlow)
	if err != nil {
		return err
	}
	if _, err := c.flow(MethodNetworkSimplex, t, c.solvers.networkSimplex); err != nil {
		return err
	}
	// The flow alone is no rule: what it leaves has to be selected somewhere.
	c.coupling = complete(c.integer, flow)
	accepted, err := accepted(c.integer, c.coupling)
	if err != nil {
		return fmt.Errorf("%v: %w", c.in, err)
	}
	// The cut of the largest flow is the smallest minimiser.
	set := c.findings[0].Set
	value := rational.RatFromInts(accepted, c.integer.Unit)
	// A rule that accepts as much as the bound of a set allows proves both optimal, by weak
	// duality alone and without any solver.
	if bound := c.in.Bound(set); !bound.Equal(value) {
		return fmt.Errorf("%v: the coupling accepts with probability %v, the bound at %v is %v", c.in, value, set, bound)
	}
	c.findings = append(c.findings, Finding{Method: MethodCoupling, Value: value, Set: set, HasSet: true})
	return nil
}

// flow runs one solver on the network and files its value with the set of its cut, which is the
// smallest minimiser.
func (c *crossCheck) flow(method string, t *flow.Transport, solve func(context.Context, *flow.Transport) (*flow.Flow, error)) (*flow.Flow, error) {
	flow, err := solve(c.ctx, t)
	if err == nil {
		err = t.Verify(flow)
	}
	if err != nil {
		return nil, fmt.Errorf("%v: %s: %w", c.in, method, err)
	}
	var cut multidraft.Set
	// Tokens whose demand the cut pays for are those of S.
	for i, paid := range flow.CutSinks {
		if paid {
			cut |= 1 << i
		}
	}
	value := rational.RatFromInts(flow.Value, c.integer.Unit)
	c.findings = append(c.findings, Finding{Method: method, Value: value, Set: cut, HasSet: true})
	return flow, nil
}

// programs runs the general solver on the programs that are small enough. Of
// the selection rules, those over words are preferred, as they are the
// definition; over supports there are fewer.
func (c *crossCheck) programs(o Options) error {
	d := c.in.Drafts()
	// n^K words, each with n tokens.
	if n := d.N(); o.fits(multidraft.BoundedPower(n, d.K()+1)) {
		if err := c.program(MethodTLSRWords, TLSRProgram, WordColumns(d)); err != nil {
			return err
		}
	} else if o.fits(int64(n) * int64(len(c.integer.Supports))) {
		if err := c.program(MethodTLSRSupports, TLSRProgram, SupportColumns(d)); err != nil {
			return err
		}
	}
	arcs := 0
	for _, t := range c.integer.Supports {
		arcs += t.Len()
	}
	// Beside the size of the program its own limit counts, as it is the easier one.
	if variables := d.N() + arcs; !o.fits(int64(variables)) && variables > o.MaxImportance {
		return nil
	}
	return c.program(MethodImportance, ImportanceProgram, SupportColumns(d))
}

// program makes one linear program, solves it, and files the value; the error of a witness that
// does not verify is no disagreement.
func (c *crossCheck) program(method string, program Program, columns Columns) error {
	p, err := program(c.ctx, columns, c.in.Target().Rats())
	if err != nil {
		return err
	}
	r, err := c.solvers.program(c.ctx, p, lp.Options{})
	if err == nil {
		// Verified before its value is used: what solves programs is not trusted here.
		err = p.Verify(r)
	}
	// The solver's witness may prove the program infeasible, which it is not.
	if err == nil && r.Verdict != lp.Optimal {
		err = fmt.Errorf("the program is %v, but has a feasible point and a bound", r.Verdict)
	}
	if err != nil {
		return fmt.Errorf("%v: %s: %w", c.in, method, err)
	}
	c.findings = append(c.findings, Finding{Method: method, Value: r.Value})
	return nil
}

// closedForms evaluates the minimum over sets, by all of them and by prefixes.
func (c *crossCheck) closedForms(o Options) error {
	if err := c.ctx.Err(); err != nil {
		return fmt.Errorf("%v: %w", c.in, err)
	}
	if o.enumerates(c.in.N()) {
		c.minimum(MethodEnumeration, MinByEnumeration(c.in))
	}
	// A minimum at a prefix is a theorem for iid drafts; others are left to the enumeration.
	if d, iid := c.in.Drafts().(*multidraft.IID); iid {
		c.minimum(MethodPrefix, MinOverPrefixes(d.K(), d.Rows()[0], c.in.Target()))
	}
	return nil
}

func (c *crossCheck) minimum(method string, m Minimum) {
	c.findings = append(c.findings, Finding{Method: method, Value: m.Value, Set: m.Set(), HasSet: true})
}

// agreement compares all findings with the first, which a flow method made and
// which has a set.
func (c *crossCheck) agreement() (*Agreement, error) {
	best := c.findings[0]
	a := &Agreement{Value: best.Value, Minimiser: best.Set, Coupling: c.coupling, Unit: c.integer.Unit}
	// The first with itself too: it is listed among the methods.
	for _, f := range c.findings {
		if !f.agrees(best) {
			return nil, &Disagreement{Instance: c.in, A: best, B: f}
		}
		a.Methods = append(a.Methods, f.Method)
	}
	return a, nil
}
