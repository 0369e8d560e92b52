package units

import (
	"context"
	"fmt"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
)

// An Instance is the problem with k units.
type Instance struct {
	X     []rational.Rat // the probabilities of being active
	K     int
	Fixed bool // there is the forward order only
}

// maxStates bounds the variables of the program, so that it is solved in seconds.
const maxStates = 4000

// Validate reports what is wrong with an instance.
func (in Instance) Validate() error {
	if err := single.Validate(in.X); err != nil {
		return err
	}
	if in.K < 1 || in.K > single.MaxElements {
		return fmt.Errorf("expected from 1 to %d units, found %d", single.MaxElements, in.K)
	}
	if states := len(in.orders()) * len(in.X) * min(in.K, len(in.X)); states > maxStates {
		return fmt.Errorf("%d elements with %d units have %d states in all orders, expected at most %d", len(in.X), in.K, states, maxStates)
	}
	return nil
}

func (in Instance) orders() []contention.Order {
	if in.Fixed {
		return contention.Orders[:1]
	}
	return contention.Orders[:]
}

// An Optimum is the best guarantee of an instance, with its proof. Lists are by order, then
// by element, then by state.
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
func Solve(ctx context.Context, in Instance) (*Optimum, error) {
	if err := in.Validate(); err != nil {
		return nil, err
	}
	// The variables stand where the certificate has them.
	p, layout := in.program()
	r, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil {
		return nil, err
	}
	u := &Optimum{Instance: in, Value: r.Value, problem: p, result: r}
	values := func(at [][][]int) (lists [][][]rational.Rat) {
		for _, order := range at {
			var list [][]rational.Rat
			for _, variables := range order {
				var states []rational.Rat
				for _, v := range variables {
					states = append(states, r.Primal[v])
				}
				list = append(list, states)
			}
			lists = append(lists, list)
		}
		return lists
	}
	u.State, u.Accept = values(layout.state), values(layout.accept)
	// The rows of the guarantee are sums over the orders, not means.
	orders := rational.NewRat(int64(len(in.orders())), 1)
	for i := range in.X { // the rows of the guarantee come first
		u.Xi = append(u.Xi, r.Dual[i].Abs().Mul(orders))
	}
	if err := u.Verify(ctx); err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		panic("units: the solver returned an answer that does not verify: " + err.Error())
	}
	return u, nil
}

// layout has the variables of the program, by order, element and state.
type layout struct{ state, accept [][][]int }

// program is the linear program with its variables and rows as the builder "units" of
// certificates has them: place by place of each order.
func (in Instance) program() (*lp.Problem, *layout) {
	n := len(in.X)
	p := &lp.Problem{Name: fmt.Sprintf("%d units", in.K), Sense: lp.Maximise}
	l := &layout{}
	beta := p.AddVariable(lp.Variable{Name: "beta", Cost: one, Lower: lp.At(zero)})
	add := func(name string, o contention.Order, t, most int) (list []int) {
		// At place t no more than t units are gone.
		for s := range min(most, t) + 1 {
			list = append(list, p.AddVariable(lp.Variable{Name: fmt.Sprintf("%s_%d_%d_%d", name, int(o), t, s), Lower: lp.At(zero)}))
		}
		return list
	}
	guarantees := make([]lp.Row, n)
	for i := range n {
		guarantees[i] = lp.Row{Lower: lp.At(zero), Terms: []lp.Term{{Variable: beta, Coefficient: rational.NewRat(-int64(len(in.orders())), 1)}}}
	}
	for _, o := range in.orders() {
		state, accept := make([][]int, n), make([][]int, n)
		for t, i := range o.Sequence(n) {
			state[i], accept[i] = add("p", o, t, in.K), add("a", o, t, in.K-1)
			for _, a := range accept[i] {
				guarantees[i].Terms = append(guarantees[i].Terms, lp.Term{Variable: a, Coefficient: one})
			}
		}
		l.state, l.accept = append(l.state, state), append(l.accept, accept)
	}
	for _, g := range guarantees {
		p.AddRow(g)
	}
	for _, o := range in.orders() {
		in.addRows(p, o, l.state[o], l.accept[o])
	}
	return p, l
}

// addRows adds the rows of an order: how states follow each other, and a ≤ p.
func (in Instance) addRows(p *lp.Problem, o contention.Order, state, accept [][]int) {
	// The element that came before moves mass from s units gone to s + 1, if it is active and accepted.
	before := -1 // the element that came before
	for _, i := range o.Sequence(len(in.X)) {
		for s, v := range state[i] {
			row := lp.Row{Terms: []lp.Term{{Variable: v, Coefficient: one}}, Lower: lp.At(one), Upper: lp.At(one)}
			if before >= 0 {
				row.Lower, row.Upper = lp.At(zero), lp.At(zero)
				for _, term := range []struct {
					list  []int
					s     int
					times rational.Rat
				}{{state[before], s, one.Neg()}, {accept[before], s, in.X[before]}, {accept[before], s - 1, in.X[before].Neg()}} {
					if term.s >= 0 && term.s < len(term.list) {
						row.Terms = append(row.Terms, lp.Term{Variable: term.list[term.s], Coefficient: term.times})
					}
				}
			}
			p.AddRow(row)
		}
		for s, a := range accept[i] {
			p.AddRow(lp.Row{Lower: lp.At(zero), Terms: []lp.Term{{Variable: state[i][s], Coefficient: one}, {Variable: a, Coefficient: one.Neg()}}})
		}
		before = i
	}
}

var (
	zero = rational.Rat{}
	one  = rational.NewRat(1, 1)
)
