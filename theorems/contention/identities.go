package contention

import (
	"fmt"

	"pstar/rational"
)

// Identity is an equation between polynomials, one step of a proof for all values
// of its variables.
type Identity struct {
	Name        string
	Left, Right rational.Poly
}

// Check reports whether both sides are the same polynomial.
func (i Identity) Check() error {
	if !i.Left.Equal(i.Right) {
		return fmt.Errorf("%s: the two sides differ", i.Name)
	}
	return nil
}

func checkIdentities(list []Identity) error {
	for _, i := range list {
		if err := i.Check(); err != nil {
			return err
		}
	}
	return nil
}

// symbols returns the variables of polynomials in n variables, and constants.
func symbols(n int) ([]rational.Poly, func(int64) rational.Poly) {
	v := make([]rational.Poly, n)
	for i := range v {
		v[i] = rational.Variable(n, i)
	}
	return v, func(c int64) rational.Poly { return rational.Constant(n, rational.NewInt(c)) }
}

// PhiIdentities are the identities behind CRS-P3.2 and CRS-P3.6 for all ρ, in the
// symbols ρ, z, E = e^(ρ/2), Z = e^z, W = e^(ρ−z) and T = e^(z−ρ/2), where Z' = Z, W' =
// −W and T' = T, and ZW = E², Z = ET; D = 1 + ρE.
func PhiIdentities() []Identity {
	v, k := symbols(6)
	rho, z, e, bigZ, w, t := v[0], v[1], v[2], v[3], v[4], v[5]
	d := k(1).Add(rho.Mul(e))
	twoE := k(2).Mul(e)
	before := twoE.Mul(z).Sub(bigZ).Add(k(1))           // D·∫φ up to ρ/2
	after := d.Sub(w)                                   // D·∫φ beyond
	derivative := func(p rational.Poly) rational.Poly { // d/dz
		return partial(p, 1).Add(partial(p, 3).Mul(bigZ)).Sub(partial(p, 4).Mul(w)).Add(partial(p, 5).Mul(t))
	}
	atZero := before.Substitute(1, k(0)).Substitute(3, k(1))
	middle := func(p rational.Poly) rational.Poly { // at z = ρ/2: 2z = ρ, Z = W = E
		return p.Substitute(3, e).Substitute(4, e)
	}
	return []Identity{
		{"(D∫φ)' = 2E − e^z before ρ/2", derivative(before), twoE.Sub(bigZ)},
		{"(D∫φ)' = e^(ρ−z) beyond", derivative(after), w},
		{"∫φ starts at 0", atZero, k(0)},
		{"∫φ is continuous at ρ/2", middle(rho.Mul(e).Sub(bigZ).Add(k(1))), middle(after)},
		{"φ(z) + φ(ρ−z) = 2E/D, as φ(ρ−z) = e^z/D", twoE.Sub(bigZ).Add(bigZ), twoE},
		{"slack before ρ/2: 2e^z − (2+2z−ρ)E", d.Sub(twoE.Sub(bigZ)).Sub(before),
			k(2).Mul(bigZ).Sub(k(2).Add(k(2).Mul(z)).Sub(rho).Mul(e))},
		{"tight beyond ρ/2", w.Add(after), d},
		{"the slack is 2E(e^−t − 1 + t), with e^−t = T and t = ρ/2 − z, doubled", k(2).Mul(k(2).Mul(e.Mul(t)).Sub(k(2).Add(k(2).Mul(z)).Sub(rho).Mul(e))),
			k(2).Mul(e).Mul(k(2).Mul(t).Sub(k(2)).Add(rho.Sub(k(2).Mul(z))))},
		{"γ' = γ, with 2Dγ = ρT", derivative(rho.Mul(t)), rho.Mul(t)},
		{"γ(z) + γ(ρ) − γ(z) = ρα_0/2, doubled and times D", rho.Mul(t).Add(rho.Mul(e)).Sub(rho.Mul(t)), rho.Mul(e)},
	}
}

// partial returns the derivative of p by its variable i.
func partial(p rational.Poly, i int) rational.Poly {
	var terms []rational.PolyTerm
	for _, t := range p.Terms() {
		if t.Exps[i] == 0 {
			continue
		}
		exponents := append([]int(nil), t.Exps...)
		exponents[i]--
		terms = append(terms, rational.PolyTerm{Coef: t.Coef.Mul(rational.NewInt(int64(t.Exps[i]))), Exps: exponents})
	}
	return rational.PolyFromTerms(p.NumVars(), terms)
}

// UniformIdentities are the identities that prove CRS-U for every N and 0 ≤ x ≤ 1,
// in the symbols q, P = q^(k−1) for an arbitrary k ≥ 1, Q, n and B, with x = 1 − q.
// They are used as follows; β is taken out of everything, s_i is the slack 1 − c_f(i)
// − xΣ_{j<i}c_f(j), and only the forward order is treated, the other being its mirror
// image.
//
// N = 2n+1, Q = q^n. Slack: s_(i+1) = s_i at and after the middle, since c_f(i+1) =
// q·c_f(i) there; k places before it, (s_i − s_(i+1))/β = (2 − P) − q(2 − Pq) = x(2 − P(1+q)) ≥
// 0; and s = 0 in the middle means β(1 + 2nx − (q − qQ)) = β(ρ + qQ) = 1. So all s ≥ 0.
// Dual: after the middle y_f(i) + xΣ_{j>i}y_f(j) = xβ/2, because a geometric sum
// has xΣ_{l<k}q^l = 1 − q^k; up to it xΣ_{j≥m}y_f(j) = xβ/2; Σξ = 1 and the value
// Σy_f + Σy_b = β follow.
//
// N = 2n, Q = q^(n−1), v = 2βq/(1+q). The same with two middle elements: k places
// before the first one, times (1+q)/(2β), the step is x(1+q)(1 − Pq)≥ 0; the slack is
// zero at both middle elements; dual sums as before.
func UniformIdentities() []Identity {
	v, k := symbols(4)
	q, p, bigQ, n := v[0], v[1], v[2], v[3]
	x := k(1).Sub(q)
	oneQ := k(1).Add(q)
	nx := n.Mul(x)
	rhoOdd := k(2).Mul(nx).Add(x)
	rhoEven := k(2).Mul(nx)
	return []Identity{
		{"geometric step: (1 − q^k) + x·q^k = 1 − q^(k+1)", k(1).Sub(p).Add(x.Mul(p)), k(1).Sub(q.Mul(p))},
		{"odd: slack step", k(2).Sub(p).Sub(q.Mul(k(2).Sub(p.Mul(q)))), x.Mul(k(2).Sub(p.Mul(oneQ)))},
		{"odd: tight in the middle", k(1).Add(k(2).Mul(nx)).Sub(q.Sub(q.Mul(bigQ))), rhoOdd.Add(q.Mul(bigQ))},
		{"odd: dual after the middle", x.Mul(p).Add(x.Mul(k(1).Sub(p))), x},
		{"odd: dual before the middle", x.Mul(bigQ).Add(x.Mul(k(1).Sub(bigQ))), x},
		{"odd: dual in the middle", bigQ.Add(x.Mul(k(1).Sub(bigQ))), bigQ.Add(x.Sub(x.Mul(bigQ)))},
		{"odd: Σξ = 1", k(2).Mul(nx).Add(bigQ).Add(x.Mul(k(1).Sub(bigQ))), rhoOdd.Add(q.Mul(bigQ))},
		{"odd: value β", bigQ.Add(k(1).Sub(bigQ)), k(1)},
		// With P = q^(k−1): (1+q)/(2β)·[c_f(n−k+1) − q·c_f(n−k)].
		{"even: slack step", oneQ.Sub(q.Mul(p)).Sub(q.Mul(oneQ.Sub(q.Mul(p).Mul(q)))), x.Mul(oneQ).Mul(k(1).Sub(q.Mul(p)))},
		// (1+q)·(c_f(n+1) + xΣ_{j≤n} c_f(j))/β with Σ_{l<n} q^l·x = 1 − qQ.
		{"even: tight at n+1", k(2).Mul(q).Add(k(2).Mul(nx).Mul(oneQ)).Sub(k(2).Mul(q).Mul(k(1).Sub(q.Mul(bigQ)))),
			rhoEven.Mul(oneQ).Add(k(2).Mul(q).Mul(q).Mul(bigQ))},
		{"even: tight at n, as c_f(n+1) = q·c_f(n)", k(2).Mul(q), q.Mul(k(2).Mul(oneQ).Sub(k(2).Mul(q)))},
		{"even: dual before the middle", x.Mul(bigQ).Mul(oneQ).Add(x.Mul(oneQ).Mul(k(1).Sub(bigQ))), x.Mul(oneQ)},
		{"even: dual at n equals that at n+1", q.Add(x), k(1)},
		// (1+q)·Σξ/β with ξ(n) = 2w + xβ(1−Q), 2w = βQ/(1+q).
		{"even: Σξ = 1", k(2).Mul(n.Sub(k(1))).Mul(x).Mul(oneQ).Add(k(2).Mul(bigQ)).Add(k(2).Mul(x).Mul(oneQ).Mul(k(1).Sub(bigQ))),
			rhoEven.Mul(oneQ).Add(k(2).Mul(q).Mul(q).Mul(bigQ))},
		{"even: value β", bigQ.Mul(oneQ).Add(oneQ.Mul(k(1).Sub(bigQ))), oneQ},
	}
}
