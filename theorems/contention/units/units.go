package units

import (
	"context"
	"fmt"

	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
)

// An Instance is the problem with k units.
// The sum of X may be more than K: only CRS-KB, which the report claims where it can, needs
// it to be less. More units than elements are allowed; the last ones are never used.
type Instance struct {
	X     []rational.Rat // the probabilities of being active
	K     int
	Fixed bool // there is the forward order only
}

// maxStates bounds the variables of the program, so that it is solved in seconds.
// There are as many states as acceptances, about, so that the program has up to twice as
// many variables.
const maxStates = 4000

// Validate reports what is wrong with an instance.
// The error names the element or what was expected.
func (in Instance) Validate() error {
	if err := single.Validate(in.X); err != nil {
		return err
	}
	// K is bounded for itself: with few elements the product below does not grow with it.
	if in.K < 1 || in.K > single.MaxElements {
		return fmt.Errorf("expected from 1 to %d units, found %d", single.MaxElements, in.K)
	}
	if states := len(in.orders()) * len(in.X) * min(in.K, len(in.X)); states > maxStates {
		return fmt.Errorf("%d elements with %d units have %d states in all orders, expected at most %d", len(in.X), in.K, states, maxStates)
	}
	return nil
}

// orders are the lists of p and a, and the terms of the mean; a fixed order is its own
// mean.
func (in Instance) orders() []contention.Order {
	if in.Fixed {
		return contention.Orders[:1]
	}
	return contention.Orders[:]
}

// An Optimum is the best guarantee of an instance, with its proof. Lists are by order, then
// by element, then by state.
// State and Accept of an element have different lengths: p has a state with all K units
// gone, a has not, and neither has states with more units gone than elements came before.
// Xi are the weights ξ that prove that no scheme guarantees more than Value.
type Optimum struct {
	Instance
	Value  rational.Rat
	State  [][][]rational.Rat // p_σ(i, s)
	Accept [][][]rational.Rat // a_σ(i, s)
	Xi     []rational.Rat

	problem *lp.Problem
	result  *lp.Result
}

// Solve returns the best guarantee with its proof, which has been verified. An error is
// that of [Instance.Validate], or ctx.Err().
// It solves one linear program from nothing. Of several optimal schemes which one is
// returned is not promised; the value is.
func Solve(ctx context.Context, in Instance) (*Optimum, error) {
	if err := in.Validate(); err != nil {
		return nil, err
	}
	// The variables stand where the certificate has them.
	// So its multipliers are those of the statement that the checker builds, row by row.
	p, layout := in.program()
	r, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil {
		return nil, err
	}
	u := &Optimum{Instance: in, Value: r.Value, problem: p, result: r}
	// A list of numbers for each list of variables, in the same shape.
	values := func(at [][][]int) (lists [][][]rational.Rat) {
		for _, order := range at {
			var list [][]rational.Rat
			for _, variables := range order {
				states := each.Of(variables, func(v int) rational.Rat { return r.Primal[v] })
				list = append(list, states)
			}
			lists = append(lists, list)
		}
		return lists
	}
	u.State, u.Accept = values(layout.state), values(layout.accept)
	// The rows of the guarantee are sums over the orders, not means.
	// That keeps their coefficients integers. In units of the mean, of which the weights
	// must sum to 1, a multiplier is larger by the number of orders.
	orders := rational.NewRat(int64(len(in.orders())), 1)
	for i := range in.X { // the rows of the guarantee come first
		u.Xi = append(u.Xi, r.Dual[i].Abs().Mul(orders))
	}
	// Here, not by the caller: nobody can be given an answer that was not verified.
	if err := u.Verify(ctx); err != nil {
		// The verification may have been cut short, which says nothing against the answer.
		if ctx.Err() != nil {
			return nil, err
		}
		panic("units: the solver returned an answer that does not verify: " + err.Error())
	}
	return u, nil
}

// layout has the variables of the program, by order, element and state.
// The lists of accept are as short as those of [Optimum].Accept.
type layout struct{ state, accept [][][]int }

// program is the linear program with its variables and rows as the builder "units" of
// certificates has them: place by place of each order.
// The order of variables and rows is a contract with the checker: any other would be
// another theorem, which the document's multipliers do not prove.
func (in Instance) program() (*lp.Problem, *layout) {
	n := len(in.X)
	p := &lp.Problem{Name: fmt.Sprintf("%d units", in.K), Sense: lp.Maximise}
	l := &layout{}
	// The guarantee is nonnegative in any case; the bound spares the solver a free
	// variable.
	beta := p.AddVariable(lp.Variable{Name: "beta", Cost: one, Lower: lp.At(zero)})
	// add makes the variables of a place, for each number of units gone from 0 to most.
	add := func(name string, o contention.Order, t, most int) (list []int) {
		// At place t no more than t units are gone.
		// States that cannot occur have no variables: they would be zero, and the program
		// longer.
		for s := range min(most, t) + 1 {
			list = append(list, p.AddVariable(lp.Variable{Name: fmt.Sprintf("%s_%d_%d_%d", name, int(o), t, s), Lower: lp.At(zero)}))
		}
		return list
	}
	guarantees := make([]lp.Row, n)
	// Σ_σ a_σ(i) − (number of orders)·β ≥ 0, for each element over all orders and states.
	for i := range n {
		guarantees[i] = lp.Row{Lower: lp.At(zero), Terms: []lp.Term{{Variable: beta, Coefficient: rational.NewRat(-int64(len(in.orders())), 1)}}}
	}
	for _, o := range in.orders() {
		state, accept := make([][]int, n), make([][]int, n)
		for t, i := range o.Sequence(n) {
			// With all units gone nothing can be accepted, so a has one state less than p.
			state[i], accept[i] = add("p", o, t, in.K), add("a", o, t, in.K-1)
			for _, a := range accept[i] {
				guarantees[i].Terms = append(guarantees[i].Terms, lp.Term{Variable: a, Coefficient: one})
			}
		}
		l.state, l.accept = append(l.state, state), append(l.accept, accept)
	}
	// The guarantees stand first, where [Solve] finds their multipliers.
	for _, g := range guarantees {
		p.AddRow(g)
	}
	for _, o := range in.orders() {
		in.addRows(p, o, l.state[o], l.accept[o])
	}
	return p, l
}

// addRows adds the rows of an order: how states follow each other, and a ≤ p.
// All of them have the form that the documentation of the package gives; p and a that
// satisfy them are those of a scheme.
func (in Instance) addRows(p *lp.Problem, o contention.Order, state, accept [][]int) {
	// The element that came before moves mass from s units gone to s + 1, if it is active and accepted.
	before := -1 // the element that came before
	for _, i := range o.Sequence(len(in.X)) {
		for s, v := range state[i] {
			// The first element finds no unit gone, with certainty.
			row := lp.Row{Terms: []lp.Term{{Variable: v, Coefficient: one}}, Lower: lp.At(one), Upper: lp.At(one)}
			if before >= 0 {
				row.Lower, row.Upper = lp.At(zero), lp.At(zero)
				// p(i', s) − p(i, s) + x_i a(i, s) − x_i a(i, s−1) = 0.
				for _, term := range []struct {
					list  []int
					s     int
					times rational.Rat
				}{{state[before], s, one.Neg()}, {accept[before], s, in.X[before]}, {accept[before], s - 1, in.X[before].Neg()}} {
					// Some states have no variables: s − 1 below 0, or more units gone than
					// the element before could find. Those terms are zero.
					if term.s >= 0 && term.s < len(term.list) {
						row.Terms = append(row.Terms, lp.Term{Variable: term.list[term.s], Coefficient: term.times})
					}
				}
			}
			p.AddRow(row)
		}
		// Accepting in a state needs being in it.
		for s, a := range accept[i] {
			p.AddRow(lp.Row{Lower: lp.At(zero), Terms: []lp.Term{{Variable: state[i][s], Coefficient: one}, {Variable: a, Coefficient: one.Neg()}}})
		}
		before = i
	}
}

var (
	zero = rational.Rat{}
	one  = rational.Whole(1)
)
