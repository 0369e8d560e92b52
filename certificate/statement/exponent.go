package statement

import (
	"fmt"

	"pstar/certificate/kernel"
)

// readExponent reads "k":K,"n":N,"exponent":E and the members of an instance with iid drafts
// from p: a claim that q(S) ≥ p(S)^E for all S is what makes the optimum 1, and that the least
// q(S) + 1 − p(S)^E is the optimum. Theorems:
//
//  0. `optimum`, that of the instance.
//  1. `power`: q(S) ≥ p(S)^E for all S, see [power].
//
// If the optimum is 1, and theorem 1 refuted, the claim is false for this instance, and also if
// the optimum is less, and theorem 1 proved. It is for the answer "no": that a power other than
// K in the closed form is wrong, shown by numbers.
func readExponent(r *kernel.Reader) kernel.Statement {
	k, n := readShape(r)
	e := r.Member("exponent").Below(1, 65)
	x := readInstance(r, k, n)
	// With other drafts B(S) is no power at all.
	if !x.iid {
		r.Fail(`expected the model "iid"`)
	}
	// With the exponent of the claim, and not K.
	goal := power{drafts: x.law, target: x.target}
	goal.read(r, e)
	return kernel.Statement{
		Title: fmt.Sprintf("K = %s, N = %s, exponent %d", Many(k, "draft"), Many(n, "token"), e),
		Count: 2,
		Theorem: func(k int) *kernel.Theorem {
			if k == 0 {
				return x.theorem("optimum")
			}
			return goal.theorem("power")
		},
		Claims: func(o []kernel.Outcome) []kernel.Claim {
			if !proved(o, 0) {
				return nil
			}
			// Either way the optimum of the instance has been proved.
			claims := []kernel.Claim{{Tag: "P*", Status: "proved", Text: optimumWords + x.value.String() + " for the instance of the document"}}
			// A claim of equivalence fails in one of two directions.
			certain := x.value.Equal(one)
			if certain && o[1] == kernel.Refuted || !certain && proved(o, 1) {
				claims = append(claims,
					kernel.Claim{Tag: "MD-T2", Status: "refuted", Text: fmt.Sprintf("it is false that for all %d drafts, iid from p, M = 1 iff q(S) >= p(S)^%d for all S", k, e)},
					kernel.Claim{Tag: "MD-T3", Status: "refuted", Text: fmt.Sprintf("it is false that for all %d drafts, iid from p, M = min over S of q(S) + 1 - p(S)^%d", k, e)})
			}
			return claims
		},
	}
}

// A power is the theorem that q(S) + 1 − p(S)^E is at least a number for all sets S, in
// integers. With W and V the totals of the weights w of p and v of q: for all 0 ≤ s_i ≤ 1, x =
// Σ w_i s_i and y = Σ v_i s_i,
//
//	W^E·y − V·x^E + least ≥ 0,  least = (1 − number)·V·W^E.
//
// The left side is concave in s, so that this holds if and only if it does where each s_i is 0
// or 1: for the sets.
type power struct {
	drafts, target law
	e              int
	ofY, least     kernel.Num
}

// read computes the coefficients for the exponent e and the number 1.
// The row is that of the number 1 until another one is put in its place: least is 0 then.
func (p *power) read(r *kernel.Reader, e int) {
	p.e, p.ofY = e, one
	for range e {
		p.ofY = r.Times(p.ofY, p.drafts.total)
	}
}

// atLeast puts a number in the place of 1.
// read must have been called.
func (p *power) atLeast(r *kernel.Reader, number kernel.Num) {
	p.least = r.Times(r.Plus(one, number.Neg()), r.Times(p.ofY, p.target.total))
}

func (p *power) theorem(name string) *kernel.Theorem {
	t := write(name, kernel.Implied)
	s := t.list("p+", "s", len(p.drafts.weights))
	for _, s := range s {
		t.fact(kernel.GE, term(one), less(s)) // that it is at least 0 is declared
	}
	x, y := t.symbol("p", "x"), t.symbol("p", "y")
	t.fact(kernel.EQ, p.drafts.minusSum(s), x)
	t.fact(kernel.EQ, p.target.minusSum(s), y)
	// In integers, without a division by totals.
	power := term(one)
	for range p.e {
		power = power.Times(x)
	}
	t.row(kernel.GE, term(p.least), times(p.ofY, y), times(p.target.total.Neg(), power))
	return &t.Theorem
}

// minusSum is minus the sum of the symbols, which ascend, times the weights. A weight of 0 has no term.
func (l law) minusSum(symbols []kernel.Poly) (p kernel.Poly) {
	for i, s := range symbols {
		p = append(p, times(l.weights[i].Neg(), s)...)
	}
	return p
}
