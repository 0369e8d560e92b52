package lp

import (
	"context"

	"pstar/internal/each"
	"pstar/lp/internal/equations"
	"pstar/lp/internal/guess"
	"pstar/rational"
)

// revised solves a form from bases: a guess in float64 proposes one, exact sparse
// linear algebra computes what it is worth, and exact pivots finish where guessing
// does not help.
type revised struct {
	*form
	// The columns of the problem, by rows.
	start, row []int32
	value      []rational.Int
	guess      *guess.Guess
	at         *guess.Basis
	exact      *equations.Matrix // of the basis
	elsewhere  int               // steps of guesses in tableaux
	pivots     int
	progress   func(Progress)
	part       bool // of a problem for which an optimum is verified
	stalled    int  // exact steps of length zero since the last other one
}

// It starts from the logical basis, in which every variable that is not logical rests.
func newRevised(f *form) *revised {
	r := &revised{form: f, at: f.logicalBasis(), progress: func(Progress) {}}
	// The guess shares the basis, and moves it.
	r.guess = guess.New(len(f.equations), f.columns, f.entries, r.at)
	r.transpose()
	return r
}

// startFrom takes another basis to begin with.
// The given basis may be of another shape; form.start has what is needed for one of this
// problem.
func (r *revised) startFrom(given *Basis) {
	*r.at = *r.form.start(given)
	// No crash basis then: what is given is better.
	r.guess.KeepStart = true
}

// entries yields the coefficients of a row.
// It yields each column once.
func (f *form) entries(row int, yield func(column int, v rational.Int)) {
	for _, e := range f.equations[row] {
		yield(e.column, e.value)
	}
}

// logicalBasis has the logical variables in the basis and the others at the bound
// nearest to zero.
func (f *form) logicalBasis() *guess.Basis {
	b := &guess.Basis{Where: make([]int8, len(f.lower))}
	for j := range f.columns {
		b.Where[j] = rest(f.lower[j], f.upper[j])
	}
	for i := range f.equations {
		b.Head = append(b.Head, int32(f.columns+i))
	}
	return b
}

// rest is where a variable rests at first: on the bound nearest to zero, the lower one of two that are as near.
func rest(lower, upper Bound) int8 {
	switch {
	// A free variable rests on zero.
	case !lower.Finite && !upper.Finite:
		return guess.AtZero
	case !upper.Finite || lower.Finite && lower.Value.Abs().Cmp(upper.Value.Abs()) <= 0:
		return guess.AtLower
	}
	return guess.AtUpper
}

// transpose makes lists by column of those by row, for the whole life of r.
func (r *revised) transpose() {
	r.start = make([]int32, r.columns+1)
	for _, entries := range r.equations {
		for _, e := range entries {
			r.start[e.column+1]++
		}
	}
	for j := range r.columns {
		r.start[j+1] += r.start[j]
	}
	total := r.start[r.columns]
	r.row, r.value = make([]int32, total), make([]rational.Int, total)
	// Counting sort: the entries of a column come in the order of the rows.
	next := append([]int32(nil), r.start...)
	for i, entries := range r.equations {
		for _, e := range entries {
			at := next[e.column]
			next[e.column]++
			r.row[at], r.value[at] = int32(i), e.value
		}
	}
}

// column yields the entries of a variable in the equations A x − r = 0, where r are
// the logical variables.
func (r *revised) column(j int32, yield func(i int32, v rational.Int)) {
	if int(j) >= r.columns {
		yield(j-int32(r.columns), rational.NewInt(-1))
		return
	}
	for e := r.start[j]; e < r.start[j+1]; e++ {
		yield(r.row[e], r.value[e])
	}
}

// factorExact factors the basis matrix. If the matrix is known to be regular it looks
// for a prime modulo which it is, and there is one, since few divide a determinant.
// Otherwise columns that depend on others modulo two primes give way to logical
// variables; in that case it reports false, and the basis has changed.
func (r *revised) factorExact(regular bool) (same bool) {
	same = true
	// The order in which float64 factored the matrix keeps the fill small.
	order, wish := r.guess.Order(r.at)
	prime := equations.FirstPrime
	for k := 0; ; k++ {
		m, positions, rows := equations.NewMatrix(prime, r.matrix(), order, wish)
		if m != nil {
			r.exact = m
			return same
		}
		// A prime may divide the determinant by chance. Where a second one does too the basis
		// is changed, whether it is singular or not.
		if regular || k == 0 {
			prime = equations.PrimeBelow(prime)
			continue
		}
		// Modulo this prime the new matrix is regular.
		// A number for which the matrix was singular is a hint at dependent columns, and no
		// proof.
		r.replace(positions, rows)
		same = false
	}
}

// replace puts logical variables at the given positions.
// Those that leave rest on a bound.
func (r *revised) replace(positions, rows []int32) {
	for k, p := range positions {
		j := r.at.Head[p]
		r.at.Where[j] = rest(r.lower[j], r.upper[j])
		r.at.Head[p] = int32(r.columns) + rows[k]
		r.at.Where[r.at.Head[p]] = guess.InBasis
	}
}

// matrix returns the basis matrix by columns.
// Columns stand in the order of the basis.
func (r *revised) matrix() equations.Lines {
	m := equations.Lines{Start: []int32{0}}
	for _, j := range r.at.Head {
		r.column(j, m.Add)
		m.End()
	}
	return m
}

// solve solves with the basis matrix, or its transpose.
// There must have been a factorisation of the basis at hand.
func (r *revised) solve(ctx context.Context, b []rational.Int, transposed bool) ([]equations.Fraction, error) {
	return r.exact.Solve(ctx, b, transposed)
}

// resting returns the value of a nonbasic variable.
// A basic variable has none, and is not asked for.
func (r *revised) resting(j int) rational.Rat {
	switch r.at.Where[j] {
	case guess.AtLower:
		return r.lower[j].Value
	case guess.AtUpper:
		return r.upper[j].Value
	}
	return rational.Rat{}
}

// values returns the values of the basic variables, by position.
func (r *revised) values(ctx context.Context) ([]equations.Fraction, error) {
	// Resting on fractions, the right side is made integer by one denominator for all.
	den := rational.NewInt(1)
	for j, w := range r.at.Where {
		if w != guess.InBasis {
			if d := r.resting(j).Den(); !d.IsOne() {
				den = rational.LCM(den, d)
			}
		}
	}
	// B x_B = −(the columns of the others times their values), as the equations have the
	// right side 0.
	b := make([]rational.Int, len(r.equations))
	for j, w := range r.at.Where {
		if w == guess.InBasis {
			continue
		}
		x := r.resting(j)
		// Most variables rest on zero.
		if x.IsZero() {
			continue
		}
		n := x.Num().Mul(den.DivExact(x.Den()))
		r.column(int32(j), func(i int32, v rational.Int) { b[i] = b[i].Sub(v.Mul(n)) })
	}
	x, err := r.solve(ctx, b, false)
	if !den.IsOne() {
		for p := range x {
			x[p] = x[p].Over(den)
		}
	}
	return x, err
}

// multipliersOf returns y with Bᵀ y = cost of the basic variables, by rows.
// The costs are integers, as the form has them.
func (r *revised) multipliersOf(ctx context.Context, cost func(j int32) rational.Int) ([]equations.Fraction, error) {
	return r.solve(ctx, each.Of(r.at.Head, cost), true)
}

// quotients is a vector of fractions with positive denominators.
type quotients struct{ num, den []rational.Int }

// reduced returns the reduced costs of all variables under y, zero for basic ones.
func (r *revised) reduced(y []equations.Fraction, cost func(j int32) rational.Int) quotients {
	one := rational.NewInt(1)
	d := quotients{make([]rational.Int, len(r.at.Where)), make([]rational.Int, len(r.at.Where))}
	combine := r.priced(y)
	for j, w := range r.at.Where {
		if d.den[j] = one; w != guess.InBasis {
			d.num[j], d.den[j] = combine(int32(j), cost(int32(j)))
		}
	}
	return d
}

// priced returns a function that computes c − Σ of the products of column j with y, over one
// denominator for all columns, unless that is long.
// It keeps the sum between calls, and is for one goroutine.
func (r *revised) priced(y []equations.Fraction) func(j int32, c rational.Int) (num, den rational.Int) {
	// Over a common denominator the reduced costs are sums of integers, of which signs and sizes are all
	// that is asked.
	nums, common := equations.Common(len(y), func(k int) (num, den rational.Int) { return y[k].Num, y[k].Den })
	// The common denominator would be too long: each column has a sum of its own.
	if nums == nil {
		return func(j int32, c rational.Int) (num, den rational.Int) {
			s := equations.Sum{Num: c, Den: rational.NewInt(1)}
			r.column(j, func(i int32, v rational.Int) {
				if f := y[i]; !f.Num.IsZero() {
					s.AddOver(v.Mul(f.Num).Neg(), f.Den)
				}
			})
			return s.Num, s.Den
		}
	}
	var sum rational.Sum
	return func(j int32, c rational.Int) (num, den rational.Int) {
		sum.Reset()
		sum.AddMul(c, common)
		r.column(j, func(i int32, v rational.Int) {
			if !nums[i].IsZero() {
				sum.AddMul(v.Neg(), nums[i])
			}
		})
		return sum.Int(), common
	}
}

// rats returns the first n in lowest terms.
// Reducing takes time, so that ctx is asked for each.
func (q quotients) rats(ctx context.Context, n int) ([]rational.Rat, error) {
	list := make([]rational.Rat, n)
	for i := range list {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if !q.num[i].IsZero() {
			list[i] = rational.RatFromInts(q.num[i], q.den[i])
		}
	}
	return list, nil
}

// trueCost is the cost of the problem.
func (r *revised) trueCost(j int32) rational.Int {
	if int(j) < r.columns {
		return r.cost[j]
	}
	return rational.Int{}
}

// out returns −1, 0 or 1 as the value num/den, with den > 0, is below the lower bound
// of variable j, within its bounds or above the upper one.
// Compared by products, without reducing the value.
func (r *revised) out(j int32, num, den rational.Int) int {
	if b := r.lower[j]; b.Finite && num.Mul(b.Value.Den()).Cmp(b.Value.Num().Mul(den)) < 0 {
		return -1
	}
	if b := r.upper[j]; b.Finite && num.Mul(b.Value.Den()).Cmp(b.Value.Num().Mul(den)) > 0 {
		return 1
	}
	return 0
}

// fixed reports whether both bounds of variable j are the same number.
func (r *revised) fixed(j int) bool {
	return r.lower[j].Finite && r.upper[j].Finite && r.lower[j].Value.Equal(r.upper[j].Value)
}

// improves returns the direction, −1 or 1, in which moving the nonbasic variable j
// lowers an objective with the reduced cost d, or 0 if none does.
// A basic variable is never asked for.
func (r *revised) improves(j int, d rational.Int) int {
	direction := -d.Sign()
	switch w := r.at.Where[j]; {
	// A zero, a fixed variable, or one that rests on the bound to which it would go.
	case direction == 0, r.fixed(j),
		w == guess.AtLower && direction < 0, w == guess.AtUpper && direction > 0:
		return 0
	}
	return direction
}
