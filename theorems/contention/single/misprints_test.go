package single

import (
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
	"pstar/theorems/contention/internal/oracle"
)

// Each printed statement that doc.go corrects is false as printed.

func TestMisprint_Lemma22(t *testing.T) {
	// "1 − Σ_{j <_σ i} x_j c_σ(j) ≤ c_σ(i)" at the first element of the optimum for
	// two elements of 1/3 and a third one of 1/3: c_f(1) = 12/13 < 1.
	u := solve(t, oracle.Rats(t, "1/3,1/3,1/3"))
	if u.Choice[contention.Forward][0].Cmp(one) >= 0 {
		t.Error("the reversed inequality holds")
	}
}

func TestMisprint_312(t *testing.T) {
	// Σ_{i≤n} ξ(i)/N ≥ 1 with N = 2n+1: the point of Lemma 3.5 has nρα_0/N < 1 there.
	const n = 5
	s := exponentialsOf(one)
	if s.e.Scale(rational.NewRat(n, 2*n+1)).Cmp(s.d) >= 0 {
		t.Error("(3.12) holds with n for N")
	}
}

func TestMisprint_318(t *testing.T) {
	// Σ_{j≥i} γ(ρj/N)/N ≥ ∫γ over [ρ(i−1)/N, ρ], without the factor ρ, at ρ = 3, N = 11,
	// i = 7. D∫γ over [a, ρ] is D(γ(ρ) − γ(a)).
	rho, count := rational.NewRat(3, 1), rational.NewRat(11, 1)
	s := exponentialsOf(rho)
	var sum enclose.ExpSum
	for j := int64(7); j <= 11; j++ {
		sum = sum.Add(s.gamma(rho.Mul(rational.NewRat(j, 11))).Scale(count.Inv()))
	}
	integral := s.gamma(rho).Sub(s.gamma(rho.Mul(rational.NewRat(6, 11))))
	if sum.Cmp(integral) >= 0 {
		t.Error("(3.18) holds without ρ")
	}
	if sum.Scale(rho).Cmp(integral) < 0 {
		t.Error("(3.18) fails with ρ")
	}
}

func TestMisprint_Remark6(t *testing.T) {
	// γ(z) + ∫γ over [z, ρ] is γ(ρ), at ρ = 2 for the last element, which has no later one:
	// ξ/2 for ξ = ρα_0, and ξ itself for the printed ξ = ρα_0/2.
	rho := rational.NewRat(2, 1)
	s := exponentialsOf(rho)
	right, printed := s.e.Scale(rho), s.e.Scale(rho.Mul(half))
	if s.gamma(rho).Cmp(right.Scale(half)) != 0 {
		t.Error("the corrected ξ is not that of (3.11) with equality")
	}
	if s.gamma(rho).Cmp(printed.Scale(half)) == 0 {
		t.Error("the printed ξ is right")
	}
}

func TestMisprint_B7(t *testing.T) {
	// The printed second line uses c̃_f(k) + c̃_b(k+1) twice; for the optimum of the
	// split instance that differs from the sum on the line above.
	x := oracle.Rats(t, "1/2,1/2")
	c := solve(t, Split(x, 0)).Choice
	whole := c[contention.Forward][0].Add(c[contention.Forward][1]).Add(c[contention.Backward][0]).Add(c[contention.Backward][1]).Mul(half)
	if printed := c[contention.Forward][0].Add(c[contention.Backward][1]); printed.Equal(whole) {
		t.Error("the printed line is right on this instance")
	}
}

func TestMisprint_322(t *testing.T) {
	// γ(z) + ∫γ over [z, s] = ρα_0/2 with s for ρ: at ρ = 1, z = 1/2 and s = 3/4 it is less. D∫γ over [a, b] is D(γ(b) − γ(a)).
	s := exponentialsOf(one)
	goal := s.e.Scale(half) // D·ρα_0/2
	upTo := func(end rational.Rat) enclose.ExpSum {
		return s.gamma(half).Add(s.gamma(end).Sub(s.gamma(half)))
	}
	if !upTo(one).Sub(goal).IsZero() || upTo(rational.NewRat(3, 4)).Cmp(goal) >= 0 {
		t.Error("the integral up to s is that up to ρ")
	}
}
