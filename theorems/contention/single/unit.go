package single

import (
	"context"
	"fmt"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/contention"
)

// Validate reports what is wrong with the probabilities x of a single-unit
// instance: there must be at least one and at most MaxElements, each between 0
// and 1.
func Validate(x []rational.Rat) error {
	if len(x) == 0 {
		return fmt.Errorf("expected at least one element, found none")
	}
	if len(x) > MaxElements {
		return tooMany(len(x))
	}
	for i, v := range x {
		if v.Sign() < 0 || v.Cmp(one) > 0 {
			return fmt.Errorf("element %d: expected an activity probability between 0 and 1, found %s", i+1, v)
		}
	}
	return nil
}

// MaxElements is the largest number of elements of an instance: LP-SI has a
// triangle of n²/2 entries for each order, and a solution about as many digits.
const MaxElements = 2000

func tooMany(n int) error {
	return fmt.Errorf("expected at most %d elements, found %d", MaxElements, n)
}

// Dual is a point of the dual of LP-SI:
//
//	min Σ_σ Σ_i y_σ(i),  y_σ(i) + x_i Σ_{j >_σ i} y_σ(j) ≥ ξ(i)/2,  Σ_i ξ(i) ≥ 1,  ξ, y ≥ 0.
//
// Any such point bounds LPOPT from above. (The paper scales it by N.)
type Dual struct {
	Xi []rational.Rat
	Y  contention.Choice
}

// Value returns Σ_σ Σ_i y_σ(i).
func (d Dual) Value() rational.Rat {
	return rational.RatVector(d.Y[contention.Forward]).Sum().Add(rational.RatVector(d.Y[contention.Backward]).Sum())
}

// Unit is LPOPT(n, x) with its proof: a choice that attains it and a dual point
// that allows no more.
type Unit struct {
	X      []rational.Rat
	Value  rational.Rat
	Choice contention.Choice
	Dual   Dual
}

// Verify checks exactly that the choice is feasible for LP-SI, that the dual point
// is feasible, and that both have the value of u. It takes O(n) operations and
// uses nothing of the solver. The error is ctx.Err() or says what is wrong.
func (u *Unit) Verify(ctx context.Context) error {
	if err := CheckChoice(ctx, u.X, u.Choice); err != nil {
		return err
	}
	if g := u.Choice.Guarantee(); !g.Equal(u.Value) {
		return fmt.Errorf("the choice guarantees %s, not %s", g, u.Value)
	}
	if err := u.Dual.check(ctx, u.X); err != nil {
		return err
	}
	if v := u.Dual.Value(); !v.Equal(u.Value) {
		return fmt.Errorf("the dual point has value %s, not %s", v, u.Value)
	}
	return nil
}

// CheckChoice reports the first constraint of LP-SI that c violates for x, or nil; or
// ctx.Err().
func CheckChoice(ctx context.Context, x []rational.Rat, c contention.Choice) error {
	for _, o := range contention.Orders {
		if len(c[o]) != len(x) {
			return fmt.Errorf("%s: expected %d probabilities of acceptance, found %d", o, len(x), len(c[o]))
		}
		taken := zero // Σ_{j <_σ i} x_j c_σ(j)
		for _, i := range o.Sequence(len(x)) {
			if err := ctx.Err(); err != nil {
				return err
			}
			if c[o][i].Sign() < 0 {
				return fmt.Errorf("%s order, element %d: c = %s is negative", o, i+1, c[o][i])
			}
			if free := one.Sub(taken); c[o][i].Cmp(free) > 0 {
				return fmt.Errorf("%s order, element %d: c = %s exceeds %s, the probability that nothing is accepted before", o, i+1, c[o][i], free)
			}
			taken = taken.Add(x[i].Mul(c[o][i]))
		}
	}
	return nil
}

func (d Dual) check(ctx context.Context, x []rational.Rat) error {
	n := len(x)
	if len(d.Xi) != n || len(d.Y[contention.Forward]) != n || len(d.Y[contention.Backward]) != n {
		return fmt.Errorf("the dual point does not have %d entries in each list", n)
	}
	for _, o := range contention.Orders {
		later := zero // Σ_{j >_σ i} y_σ(j)
		order := o.Sequence(n)
		for t := n - 1; t >= 0; t-- {
			if err := ctx.Err(); err != nil {
				return err
			}
			i := order[t]
			y := d.Y[o][i]
			if y.Sign() < 0 || d.Xi[i].Sign() < 0 {
				return fmt.Errorf("%s order, element %d: a multiplier is negative", o, i+1)
			}
			if y.Add(x[i].Mul(later)).Cmp(d.Xi[i].Mul(half)) < 0 {
				return fmt.Errorf("%s order, element %d: the dual constraint is violated", o, i+1)
			}
			later = later.Add(y)
		}
	}
	if sum := rational.RatVector(d.Xi).Sum(); sum.Cmp(one) < 0 {
		return fmt.Errorf("the multipliers ξ sum to %s, less than 1", sum)
	}
	return nil
}

// Solve returns LPOPT(n, x) with its proof, which has been verified. An error is
// that of [Validate], or ctx.Err().
//
// The program solved is half as large as LP-SI. Lowering a c_σ(i) violates
// nothing, so c_f(i) + c_b(i) = 2β may be demanded, and c_b eliminated; and it has
// O(n) entries. Its multipliers are those of the full program, with ξ(i)/2 the
// smaller one of the two sides of the dual constraint.
func Solve(ctx context.Context, x []rational.Rat) (*Unit, error) {
	if err := Validate(x); err != nil {
		return nil, err
	}
	r, err := lp.Solve(ctx, halfProgram(x), lp.Options{})
	if err != nil {
		return nil, err
	}
	n := len(x)
	u := &Unit{X: x, Value: r.Value, Dual: Dual{Xi: make([]rational.Rat, n)}}
	u.Choice[contention.Forward] = r.Primal[1 : n+1]
	for i := range n {
		u.Choice[contention.Backward] = append(u.Choice[contention.Backward], r.Value.Mul(two).Sub(r.Primal[1+i]))
	}
	for _, o := range contention.Orders {
		for i := range n {
			u.Dual.Y[o] = append(u.Dual.Y[o], r.Dual[int(o)*n+i].Abs())
		}
	}
	u.Dual.completeXi(x)
	if err := u.Verify(ctx); err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		panic("single: the solver returned an answer that does not verify: " + err.Error())
	}
	return u, nil
}

// The rows of LP-SI are necessary for every scheme: acceptance of i given that it is
// active needs that nobody was accepted before, an event of probability 1 − Σ_{j <_σ i}
// x_j c_σ(j) that does not depend on whether i is active. Hence its value bounds every
// guarantee, and by [Attain] it is one (CRS-L3.1).
//
// halfProgram is LP-SI with c_b(i) = 2β − c_f(i), in the variables β, c_f(1..n) and the
// sums t(i) = Σ_{j≤i} x_j c_f(j), which keep it sparse: c_f(i) + t(i−1) ≤ 1 and, for the
// backward order, 2β(1 + Σ_{j>i} x_j) − c_f(i) − t(n) + t(i) ≤ 1. These rows come first;
// nonnegative c_b and the definition of t are demanded by further rows.
func halfProgram(x []rational.Rat) *lp.Problem {
	n := len(x)
	minus := one.Neg()
	p := &lp.Problem{Name: "LP-SI without c_b", Sense: lp.Maximise}
	p.AddVariable(lp.Variable{Name: "beta", Cost: one, Lower: lp.At(zero)})
	for _, name := range []string{"c", "t"} {
		for i := range n {
			p.AddVariable(lp.Variable{Name: fmt.Sprintf("%s_%d", name, i+1), Lower: lp.At(zero)})
		}
	}
	c := func(i int) int { return 1 + i }
	t := func(i int) int { return 1 + n + i }
	for i := range n {
		row := lp.Row{Upper: lp.At(one), Terms: []lp.Term{{Variable: c(i), Coefficient: one}}}
		if i > 0 {
			row.Terms = append(row.Terms, lp.Term{Variable: t(i - 1), Coefficient: one})
		}
		p.AddRow(row)
	}
	after := rational.RatVector(x).Sum() // Σ_{j>i} x_j
	for i := range n {
		after = after.Sub(x[i])
		row := lp.Row{Upper: lp.At(one), Terms: []lp.Term{{Variable: 0, Coefficient: one.Add(after).Mul(two)}, {Variable: c(i), Coefficient: minus}}}
		if i < n-1 {
			row.Terms = append(row.Terms, lp.Term{Variable: t(n - 1), Coefficient: minus}, lp.Term{Variable: t(i), Coefficient: one})
		}
		p.AddRow(row)
	}
	for i := range n {
		p.AddRow(lp.Row{Lower: lp.At(zero), Terms: []lp.Term{{Variable: 0, Coefficient: two}, {Variable: c(i), Coefficient: minus}}})
	}
	for i := range n {
		row := lp.Row{Lower: lp.At(zero), Upper: lp.At(zero), Terms: []lp.Term{{Variable: t(i), Coefficient: one}, {Variable: c(i), Coefficient: x[i].Neg()}}}
		if i > 0 {
			row.Terms = append(row.Terms, lp.Term{Variable: t(i - 1), Coefficient: minus})
		}
		p.AddRow(row)
	}
	return p
}

// completeXi sets ξ(i)/2 to the smaller of y_σ(i) + x_i Σ_{j >_σ i} y_σ(j) over σ.
func (d *Dual) completeXi(x []rational.Rat) {
	n := len(x)
	var side contention.Choice
	for _, o := range contention.Orders {
		side[o] = make([]rational.Rat, n)
		later := zero
		order := o.Sequence(n)
		for t := n - 1; t >= 0; t-- {
			i := order[t]
			side[o][i] = d.Y[o][i].Add(x[i].Mul(later))
			later = later.Add(d.Y[o][i])
		}
	}
	for i := range n {
		d.Xi[i] = rational.MinRat(side[contention.Forward][i], side[contention.Backward][i]).Mul(two)
	}
}

var (
	zero = rational.Rat{}
	one  = rational.NewRat(1, 1)
	two  = rational.NewRat(2, 1)
	half = rational.NewRat(1, 2)
)
