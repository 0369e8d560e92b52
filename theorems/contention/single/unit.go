package single

import (
	"context"
	"fmt"

	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single/internal/plane"
)

// Validate reports what is wrong with the probabilities x of a single-unit
// instance: there must be at least one and at most MaxElements, each between 0
// and 1.
func Validate(x []rational.Rat) error {
	// The least of probabilities of none would be no number.
	if len(x) == 0 {
		return fmt.Errorf("expected at least one element, found none")
	}
	// Before the entries: a long list is refused as long.
	if len(x) > MaxElements {
		return tooMany(len(x))
	}
	for i, v := range x {
		if text := contention.InvalidProbability(v); text != "" {
			return fmt.Errorf("element %d: %s", i+1, text)
		}
	}
	return nil
}

// MaxElements is the largest number of elements of an instance: LP-SI has a
// triangle of n²/2 entries for each order, and a solution about as many digits.
const MaxElements = 2000

// The same words wherever a list may be too long.
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

// Unit is LPOPT(n, x) with its proof: a choice that attains it and a dual point
// that allows no more.
// Lists are by element; those with an order are indexed by [contention.Order].
type Unit struct {
	X      []rational.Rat
	Value  rational.Rat
	Choice contention.Choice
	Dual   Dual
}

// Verify checks exactly that the choice is feasible for LP-SI, that the dual point
// is feasible, and that both have the value of u. It takes O(n) operations and
// uses nothing of the solver. The error is ctx.Err() or says what is wrong.
func (u *Unit) Verify(ctx context.Context) error { return u.scaled().verify(ctx) }

// CheckChoice reports the first constraint of LP-SI that c violates for x, or nil; or
// ctx.Err().
//
// Both orders are looked at; what they give together is [contention.Choice.Guarantee].
// Both lists must have as many entries as x; the error says which has not.
func CheckChoice(ctx context.Context, x []rational.Rat, c contention.Choice) error {
	// Scaled once for both orders.
	lists := scale(c[0], c[1])
	for _, o := range contention.Orders {
		if err := feasible(ctx, scale(x)[0], lists[o], o); err != nil {
			return err
		}
	}
	return nil
}

// Solve returns LPOPT(n, x) with its proof, which has been verified. An error is
// that of [Validate], or ctx.Err().
//
// For equal probabilities it is [UniformPoint]; else LP-SI is solved in the plane of β and Σ_j x_j c_f(j), package
// plane, where what a demand along the elements can be is a recursion. A list for which that should ever fail is left to
// the general solver.
//
// LPOPT has about as many digits as all probabilities together, and so have the numbers of the choice and the dual point: 512
// elements of 30 digits are 3 600 fractions of 15 000 digits. Time and memory go with these, not with the sum of the x.
func Solve(ctx context.Context, x []rational.Rat) (*Unit, error) {
	// Before any work, as the parts below take x for valid.
	if err := Validate(x); err != nil {
		return nil, err
	}
	// In closed form, in O(n): a list of 2 000 equal elements is no work.
	// LP-SI with equal x is solved for every n by CRS-U.
	if uniform(x) {
		// The sum and the number determine all of them.
		u := UniformPoint(len(x), rational.RatVector(x).Sum())
		return u, mustVerify(ctx, u)
	}
	// The plane verifies nothing itself: what it returns counts if it verifies, and else more bits are tried.
	// With a fourfold length each time the last try costs most, and the first is nearly
	// always enough.
	for bits := uint(256); bits <= 4096; bits *= 4 {
		s, err := plane.Solve(ctx, x, bits)
		if err != nil {
			return nil, err
		}
		// nil says that so few bits did not lead to a vertex.
		if s == nil {
			continue
		}
		u := &Unit{X: x, Value: s.Value, Choice: s.Choice, Dual: Dual{Y: s.Y, Xi: s.Xi}}
		// An answer that does not verify is no error: more bits may give another one.
		if err := u.Verify(ctx); err == nil || ctx.Err() != nil {
			return u, ctx.Err()
		}
	}
	// Nobody has seen this happen; the general solver needs no luck with bits, only time.
	return solveProgram(ctx, x)
}

// bothOrders is the choice whose sums are twice the value.
// The backward numbers may be negative for forward ones that belong to no feasible choice.
func bothOrders(forward []rational.Rat, value rational.Rat) contention.Choice {
	// Twice, as both orders are added.
	twice := value.Mul(two)
	// As the sum of both orders is the same for all elements.
	backward := each.Of(forward, twice.Sub)
	return contention.Choice{forward, backward}
}

// mustVerify panics if an answer does not verify; the error is ctx.Err().
// It is for answers that the theory says are right.
func mustVerify(ctx context.Context, u *Unit) error {
	// In integers, and by none of the numbers that the answer was made with.
	err := u.Verify(ctx)
	if err != nil && ctx.Err() == nil {
		panic("single: an answer does not verify: " + err.Error())
	}
	return err
}

// solveProgram is [Solve] by a linear program half as large as LP-SI. Lowering a c_σ(i) violates
// nothing, so c_f(i) + c_b(i) = 2β may be demanded, and c_b eliminated; and it has
// O(n) entries. Its multipliers are those of the full program, with ξ(i)/2 the
// smaller one of the two sides of the dual constraint.
func solveProgram(ctx context.Context, x []rational.Rat) (*Unit, error) {
	// Its answer has a dual, of which y is read.
	r, err := lp.Solve(ctx, halfProgram(x), lp.Options{})
	if err != nil {
		return nil, err
	}
	// The places of the columns below depend on it.
	n := len(x)
	// Columns 1 to n are c_f, and the first 2n rows those of both orders, whose multipliers are y.
	u := &Unit{X: x, Value: r.Value, Choice: bothOrders(r.Primal[1:n+1], r.Value), Dual: Dual{Xi: make([]rational.Rat, n)}}
	for _, o := range contention.Orders {
		// Multipliers of rows with an upper bound; the sign depends on the sense, which
		// plays no part here.
		for i := range n {
			u.Dual.Y[o] = append(u.Dual.Y[o], r.Dual[int(o)*n+i].Abs())
		}
	}
	// The program has no ξ: it eliminated them with c_b.
	u.Dual.completeXi(x)
	return u, mustVerify(ctx, u)
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
// x has been validated. There are 1 + 2n columns and 4n rows with at most four entries.
func halfProgram(x []rational.Rat) *lp.Problem {
	n := len(x)
	// Columns: β, the n probabilities c_f, the n sums t.
	minus := one.Neg()
	p := &lp.Problem{Name: "LP-SI without c_b", Sense: lp.Maximise}
	p.AddVariable(lp.Variable{Name: "beta", Cost: one, Lower: lp.At(zero)})
	for _, name := range []string{"c", "t"} {
		for i := range n {
			p.AddVariable(lp.Variable{Name: fmt.Sprintf("%s_%d", name, i+1), Lower: lp.At(zero)})
		}
	}
	// They are numbers of columns, for elements from 0 on.
	c := func(i int) int { return 1 + i }
	t := func(i int) int { return 1 + n + i }
	for i := range n {
		// The forward row: c_f and the sum before it are at most 1.
		row := lp.Row{Upper: lp.At(one), Terms: []lp.Term{{Variable: c(i), Coefficient: one}}}
		if i > 0 {
			row.Terms = append(row.Terms, lp.Term{Variable: t(i - 1), Coefficient: one})
		}
		p.AddRow(row)
	}
	// The backward rows, with 2β − c_f for c_b, from which the sum of the x_j c_b(j) behind an element is 2β Σ x_j less t(n) − t(i).
	after := rational.RatVector(x).Sum() // Σ_{j>i} x_j
	for i := range n {
		// In each step one element less is behind.
		after = after.Sub(x[i])
		row := lp.Row{Upper: lp.At(one), Terms: []lp.Term{{Variable: 0, Coefficient: one.Add(after).Mul(two)}, {Variable: c(i), Coefficient: minus}}}
		// For the last element t(n) − t(i) is 0, and the term would be written twice.
		if i < n-1 {
			row.Terms = append(row.Terms, lp.Term{Variable: t(n - 1), Coefficient: minus}, lp.Term{Variable: t(i), Coefficient: one})
		}
		p.AddRow(row)
	}
	for i := range n {
		// c_b = 2β − c_f ≥ 0.
		p.AddRow(lp.Row{Lower: lp.At(zero), Terms: []lp.Term{{Variable: 0, Coefficient: two}, {Variable: c(i), Coefficient: minus}}})
	}
	for i := range n {
		// t(i) = t(i−1) + x_i c_f(i).
		row := lp.Row{Lower: lp.At(zero), Upper: lp.At(zero), Terms: []lp.Term{{Variable: t(i), Coefficient: one}, {Variable: c(i), Coefficient: x[i].Neg()}}}
		if i > 0 {
			row.Terms = append(row.Terms, lp.Term{Variable: t(i - 1), Coefficient: minus})
		}
		p.AddRow(row)
	}
	return p
}

// completeXi sets ξ(i)/2 to the smaller of y_σ(i) + x_i Σ_{j >_σ i} y_σ(j) over σ.
// Y is given, and Xi has the length of x. A larger ξ is not feasible, so its sum is the
// largest for this y.
func (d *Dual) completeXi(x []rational.Rat) {
	// Filled for both orders before they are compared.
	n := len(x)
	// What each order allows: ξ(i)/2 may be at most either side, and as large as both allow is best.
	var side contention.Choice
	for _, o := range contention.Orders {
		// Each order has its own elements behind i.
		side[o] = make([]rational.Rat, n)
		later := zero
		// In the order of arrival, read from its end.
		order := o.Sequence(n)
		for t := n - 1; t >= 0; t-- {
			i := order[t]
			side[o][i] = d.Y[o][i].Add(x[i].Mul(later))
			later = later.Add(d.Y[o][i])
		}
	}
	for i := range n {
		// Twice the smaller side, as the constraint has ξ/2.
		d.Xi[i] = rational.MinRat(side[contention.Forward][i], side[contention.Backward][i]).Mul(two)
	}
}

var (
	zero = rational.Rat{}
	one  = rational.Whole(1)
	two  = rational.Whole(2)
	half = rational.Half()
)
