package orders

import (
	"context"
	"fmt"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/contention/single"
)

// An Instance is the problem for some weighted orders.
// Weights of zero are allowed: such an order counts nothing.
type Instance struct {
	X       []rational.Rat
	Orders  [][]int        // permutations of 0..n−1, in the order of arrival
	Weights []rational.Rat // of sum 1
}

// maxPlaces bounds the program, so that it is solved in seconds.
const maxPlaces = 5000

// Validate reports what is wrong with an instance.
// The error is that of the first thing found, and counts orders and elements from 1, as
// input does.
func (in Instance) Validate() error {
	// Probabilities first, as all else is about these elements.
	if err := single.Validate(in.X); err != nil {
		return err
	}
	n := len(in.X)
	// Weights that are too few or too many cannot be told which order they belong to.
	if len(in.Orders) == 0 || len(in.Orders) != len(in.Weights) {
		return fmt.Errorf("expected at least one order, and a weight for each, found %d and %d", len(in.Orders), len(in.Weights))
	}
	// Of all orders together, as the program has them together.
	if places := n * len(in.Orders); places > maxPlaces {
		return fmt.Errorf("%d orders of %d elements have %d places, expected at most %d", len(in.Orders), n, places, maxPlaces)
	}
	for o, order := range in.Orders {
		// seen is new for each order.
		seen := make([]bool, n)
		for _, i := range order {
			// A permutation: each once, and none that is not there.
			if i < 0 || i >= n || seen[i] || len(order) != n {
				return fmt.Errorf("order %d: expected every element from 1 to %d once", o+1, n)
			}
			seen[i] = true
		}
		// An empty order never entered the loop, so its length is looked at here, too.
		if len(order) != n {
			return fmt.Errorf("order %d: expected every element from 1 to %d once", o+1, n)
		}
		if in.Weights[o].Sign() < 0 {
			return fmt.Errorf("order %d: the weight %s is negative", o+1, in.Weights[o])
		}
	}
	// Probabilities, as the guarantee is a mean over them: with another sum it would be
	// scaled.
	if sum := rational.RatVector(in.Weights).Sum(); !sum.Equal(one) {
		return fmt.Errorf("expected weights with sum 1, found %s", sum)
	}
	return nil
}

// An Optimum is the best guarantee of an instance, with its proof.
// Xi are the weights ξ of the elements that prove that no scheme guarantees more than
// Value. The probability that the unit is left is not kept: the choice determines it.
type Optimum struct {
	Instance
	Value  rational.Rat
	Choice [][]rational.Rat // c_o(i), by order and element
	Xi     []rational.Rat

	problem *lp.Problem
	result  *lp.Result
}

// Solve returns the best guarantee with its proof, which has been verified. An error is
// that of [Instance.Validate], or ctx.Err().
//
// Orders that are listed twice are solved twice: weights are not added up. The value does not change.
func Solve(ctx context.Context, in Instance) (*Optimum, error) {
	if err := in.Validate(); err != nil {
		return nil, err
	}
	// The variables stand where the certificate has them, as its checker builds the same
	// program.
	p := in.program()
	r, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil {
		return nil, err
	}
	u := &Optimum{Instance: in, Value: r.Value, problem: p, result: r}
	// Columns: β, and for each place the probabilities that the unit is left and that it is gone, the latter not of the first place, and a.
	variable := 0 // at the last one of a place, its a
	for _, order := range in.Orders {
		c := make([]rational.Rat, len(order))
		for t, i := range order {
			// Three columns of a place, two of the first one.
			variable += 2 + min(t, 1)
			c[i] = r.Primal[variable]
		}
		u.Choice = append(u.Choice, c)
	}
	// A mean is what the rows hold, so that their multipliers are the weights as they are.
	for i := range in.X { // the rows of the guarantee come first
		u.Xi = append(u.Xi, r.Dual[i].Abs())
	}
	// No caller sees an answer that was not verified.
	if err := u.Verify(ctx); err != nil {
		// The end of ctx says nothing against the answer.
		if ctx.Err() != nil {
			return nil, err
		}
		panic("orders: the solver returned an answer that does not verify: " + err.Error())
	}
	return u, nil
}

// program is the linear program with its variables and rows as the builder "orders" of
// certificates has them: at each place the probabilities that the unit is left, and that it is gone, and a.
// left, lost and accept are by place, over all orders one after the other. The rows on what
// is gone follow from those on what is left; the builder of certificates has them, so they
// are here, too.
func (in Instance) program() *lp.Problem {
	n := len(in.X)
	p := &lp.Problem{Name: fmt.Sprintf("%d orders", len(in.Orders)), Sense: lp.Maximise}
	// The guarantee, which is maximised.
	beta := p.AddVariable(lp.Variable{Name: "beta", Cost: one, Lower: lp.At(zero)})
	// Σ_o w_o a_o(i) − β ≥ 0.
	guarantees := make([]lp.Row, n)
	for i := range guarantees {
		guarantees[i] = lp.Row{Lower: lp.At(zero), Terms: []lp.Term{{Variable: beta, Coefficient: one.Neg()}}}
	}
	var left, lost, accept []int
	for o, order := range in.Orders {
		for t, i := range order {
			left = append(left, p.AddVariable(lp.Variable{Name: fmt.Sprintf("r_%d_%d", o, t), Lower: lp.At(zero)}))
			// At the first place nothing is gone, and there is no variable: the 0 is never
			// read.
			lost = append(lost, 0)
			if t > 0 {
				lost[len(lost)-1] = p.AddVariable(lp.Variable{Name: fmt.Sprintf("g_%d_%d", o, t), Lower: lp.At(zero)})
			}
			accept = append(accept, p.AddVariable(lp.Variable{Name: fmt.Sprintf("a_%d_%d", o, t), Lower: lp.At(zero)}))
			// Given that it is active, element i is accepted in order o with probability a,
			// at its place there.
			guarantees[i].Terms = append(guarantees[i].Terms, lp.Term{Variable: accept[len(accept)-1], Coefficient: in.Weights[o]})
		}
	}
	for _, g := range guarantees {
		p.AddRow(g)
	}
	// The place at hand, counted over all orders.
	k := 0
	for _, order := range in.Orders {
		// The rows of a place: what is left there, what is gone, and a ≤ what is left.
		for t := range order {
			// The first element finds the unit.
			row := lp.Row{Terms: []lp.Term{{Variable: left[k], Coefficient: one}}, Lower: lp.At(one), Upper: lp.At(one)}
			if t == 0 {
				p.AddRow(row)
			} else {
				// The unit goes if the element before was active and accepted.
				x := in.X[order[t-1]]
				row.Lower, row.Upper = lp.At(zero), lp.At(zero)
				row.Terms = append(row.Terms, lp.Term{Variable: left[k-1], Coefficient: one.Neg()}, lp.Term{Variable: accept[k-1], Coefficient: x})
				p.AddRow(row)
				// What is gone grows by what the element before took, and only by that.
				row.Terms = []lp.Term{{Variable: lost[k], Coefficient: one}, {Variable: accept[k-1], Coefficient: x.Neg()}}
				// Before the second place nothing was gone, and the term is absent.
				if t > 1 {
					row.Terms = append(row.Terms, lp.Term{Variable: lost[k-1], Coefficient: one.Neg()})
				}
				p.AddRow(row)
			}
			// Accepting needs the unit.
			p.AddRow(lp.Row{Lower: lp.At(zero), Terms: []lp.Term{{Variable: left[k], Coefficient: one}, {Variable: accept[k], Coefficient: one.Neg()}}})
			k++
		}
	}
	return p
}

// Verify checks exactly that a scheme guarantees the value, by the law of its coins, and that
// the weights ξ allow no more. The error is ctx.Err() or says what is wrong.
// Nothing of the solver is used but the choice, the value and the weights ξ. It takes O(n)
// operations for each order.
func (u *Optimum) Verify(ctx context.Context) error {
	// Σ_o w_o c_o(i), by element.
	mean := make([]rational.Rat, len(u.X))
	for o, order := range u.Orders {
		// left is the probability that the unit is there, before each element.
		left := one
		for _, i := range order {
			if err := ctx.Err(); err != nil {
				return err
			}
			c := u.Choice[o][i]
			// The coin c/left must be a probability.
			if c.Sign() < 0 || c.Cmp(left) > 0 {
				return fmt.Errorf("order %d, element %d: accepted with probability %s, and the unit is left with %s", o+1, i+1, c, left)
			}
			left = left.Sub(u.X[i].Mul(c))
			mean[i] = mean[i].Add(u.Weights[o].Mul(c))
		}
	}
	// Only the least must attain the value; the others may have more.
	for i, c := range mean {
		if c.Cmp(u.Value) < 0 {
			return fmt.Errorf("element %d is accepted with probability %s, less than %s", i+1, c, u.Value)
		}
	}
	// An upper bound on every scheme that equals what this scheme attains leaves no gap.
	bound, err := u.Bound(u.Xi)
	if err == nil && !bound.Equal(u.Value) {
		err = fmt.Errorf("the weights ξ allow %s, not %s", bound, u.Value)
	}
	return err
}

// Coin is the probability with which an active element is accepted while the unit is left.
// The order is an index of Orders. It is 0 where the unit is certainly gone: such a coin is
// never thrown. It takes O(n) operations.
func (u *Optimum) Coin(order, element int) rational.Rat {
	// What is left when the element arrives, along the order.
	left := one
	for _, i := range u.Orders[order] {
		if i == element {
			break
		}
		left = left.Sub(u.X[i].Mul(u.Choice[order][i]))
	}
	if left.IsZero() {
		return zero
	}
	return u.Choice[order][element].Quo(left)
}

// Bound returns what no guarantee of a scheme exceeds, by weights of the
// elements, as the documentation of the package has it. An error says that the weights are none.
//
// It takes O(n) operations for each order, and is exact.
func (in Instance) Bound(xi []rational.Rat) (rational.Rat, error) {
	// With a negative weight the weighted mean would not bound the least probability.
	for _, w := range xi {
		if w.Sign() < 0 {
			return zero, fmt.Errorf("the weight %s is negative", w)
		}
	}
	// Other weights would bound another mean.
	if sum := rational.RatVector(xi).Sum(); !sum.Equal(one) || len(xi) != len(in.X) {
		return zero, fmt.Errorf("the %d weights have the sum %s, expected 1", len(xi), sum)
	}
	// The mean over the orders, of what each is worth at most.
	total := zero
	for o, order := range in.Orders {
		// The dynamic program of the documentation of the package, from the last element on.
		// most is what the unit is worth to the elements from here on; with no one left,
		// nothing.
		most := zero
		for t := len(order) - 1; t >= 0; t-- {
			i := order[t]
			// Accepting i earns ξ_i and loses, if i is active, the worth of the unit later
			// on.
			most = most.Add(rational.MaxRat(zero, xi[i].Sub(in.X[i].Mul(most))))
		}
		total = total.Add(in.Weights[o].Mul(most))
	}
	return total, nil
}

var (
	zero = rational.Rat{}
	one  = rational.Whole(1)
)
