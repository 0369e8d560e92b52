package certificate

import (
	"fmt"
	"io"
	"math/big"
)

// UnitDocument is a certificate on one instance of the single-unit problem: the
// exact value of LP-SI and what follows. FORMAT.md has the rules.
type UnitDocument struct {
	X       []*big.Rat
	Claims  []Claim
	Optimum UnitOptimum
	// Coins are those of Algorithm 2.
	Coins TwoOrders
	// Alpha encloses α_0(ρ), with Alpha[1] ≤ the value; nil if absent.
	Alpha *[2]*big.Rat
}

// UnitOptimum is the value of LP-SI with a primal and a dual point.
type UnitOptimum struct {
	Value  *big.Rat
	Choice TwoOrders
	Xi     []*big.Rat
	Y      TwoOrders
}

// Derive returns the claims that d establishes if the checker accepts it.
func (d *UnitDocument) Derive() []Claim { return unitClaims(d.X, d.Optimum.Value, d.Alpha) }

// Write writes d as one JSON document; see [Document.Write].
func (d *UnitDocument) Write(w io.Writer) error {
	return write(w, func(e *encoder) {
		e.open(ContentionUnit)
		e.text(",\"x\":")
		e.rats(d.X)
		e.text("}")
		e.claims(d.Claims)
		e.text(",\n\"optimum\":{")
		e.unitOptimum(&d.Optimum)
		e.text("},\n\"coins\":{")
		e.twoOrders("", d.Coins)
		e.text("}")
		if d.Alpha != nil {
			e.text(",\n\"alpha\":")
			e.rats(d.Alpha[:])
		}
	})
}

// unitOptimum writes the members of an optimum.
func (e *encoder) unitOptimum(o *UnitOptimum) {
	e.text("\"value\":")
	e.bigRat(o.Value)
	e.text(",\n")
	e.twoOrders("", o.Choice)
	e.text(",\n\"xi\":")
	e.rats(o.Xi)
	e.text(",\n")
	e.twoOrders("y-", o.Y)
}

// Tags of the claims on a single-unit instance.
const (
	tagUnitOptimum = "CRS-L3.1"
	tagUnitLower   = "CRS-T1.2"
	tagUnitUpper   = "CRS-T3.4"
	tagUniform     = "CRS-U"
)

// unitClaims derives the claims from the value of x and an enclosure of α_0(ρ).
func unitClaims(x []*big.Rat, value *big.Rat, alpha *[2]*big.Rat) []Claim {
	claims := []Claim{{tagUnitOptimum, Checked}}
	n := int64(len(x))
	uniform := true
	for _, v := range x {
		uniform = uniform && v.Cmp(x[0]) == 0
	}
	if alpha != nil {
		claims = append(claims, Claim{tagUnitLower, Checked})
		slack := quo(add(ratSum(x), big.NewRat(2, 1)), big.NewRat(n, 1))
		if uniform && n%2 == 1 && value.Cmp(add(alpha[0], slack)) <= 0 {
			claims = append(claims, Claim{tagUnitUpper, Checked})
		}
	}
	if uniform && value.Cmp(uniformValue(n, x[0])) == 0 {
		claims = append(claims, Claim{tagUniform, Checked})
	}
	return claims
}

// uniformValue is the closed form of CRS-U for n elements of probability x.
func uniformValue(n int64, x *big.Rat) *big.Rat {
	rho := mul(x, big.NewRat(n, 1))
	q := sub(ratOne, x)
	power := func(k int64) *big.Rat {
		a := new(big.Int).Exp(q.Num(), big.NewInt(k), nil)
		return new(big.Rat).SetFrac(a, new(big.Int).Exp(q.Denom(), big.NewInt(k), nil))
	}
	if n%2 == 1 {
		return quo(ratOne, add(rho, power((n+1)/2)))
	}
	return quo(ratOne, add(rho, quo(power(n/2+1), sub(ratOne, mul(x, ratHalf)))))
}

// unitFamily checks documents on single-unit instances.
type unitFamily struct {
	x       []*big.Rat
	optimum unitOptimum
	alpha   *[2]*big.Rat
}

func (f *unitFamily) readStatement(r *reader) {
	r.member("x", func() {
		r.list(maxElements, func(int) { f.x = append(f.x, r.unitInterval("probability")) })
		if len(f.x) == 0 {
			r.rejectNext("there are no elements")
		}
		r.total(f.x)
	})
}

func (f *unitFamily) checkParts(r *reader) {
	r.member("optimum", func() {
		r.object(func() { f.optimum = r.unitOptimum(f.x) })
	})
	r.member("coins", func() {
		r.object(func() { f.coins(r, r.twoOrders("", len(f.x))) })
	})
	r.optional("alpha", func() {
		bounds := r.rationals(2)
		f.alpha = &[2]*big.Rat{bounds[0], bounds[1]}
		f.checkAlpha(r)
	})
}

// A unitOptimum is a checked one.
type unitOptimum struct {
	value  *big.Rat
	choice [2][]*big.Rat
}

// unitOptimum reads the members of an optimum of LP-SI for x and checks both
// points: FORMAT.md, "Optimum of LP-SI".
func (r *reader) unitOptimum(x []*big.Rat) unitOptimum {
	var o unitOptimum
	n := len(x)
	r.member("value", func() { o.value = r.rational() })
	o.choice = r.twoOrders("", n)
	for order, c := range o.choice {
		taken := new(big.Rat)
		for _, i := range sequence(order, n) {
			if c[i].Sign() < 0 || add(c[i], taken).Cmp(ratOne) > 0 {
				r.rejectNext("%s order: c(%d) = %s violates LP-SI", orderNames[order], i+1, short(c[i]))
			}
			r.bounded(taken.Add(taken, mul(x[i], c[i])))
		}
	}
	if found := guarantee(o.choice); found.Cmp(o.value) != 0 {
		r.rejectNext("the choice guarantees %s, not the value %s", short(found), short(o.value))
	}
	var xi []*big.Rat
	r.member("xi", func() { xi = r.rationals(n) })
	y := r.twoOrders("y-", n)
	for order, list := range y {
		later := new(big.Rat)
		s := sequence(order, n)
		for t := n - 1; t >= 0; t-- {
			i := s[t]
			if list[i].Sign() < 0 || xi[i].Sign() < 0 || add(list[i], mul(x[i], later)).Cmp(mul(xi[i], ratHalf)) < 0 {
				r.rejectNext("%s order: y(%d) = %s violates the dual of LP-SI", orderNames[order], i+1, short(list[i]))
			}
			r.bounded(later.Add(later, list[i]))
		}
	}
	if found := r.total(xi); found.Cmp(ratOne) < 0 {
		r.rejectNext("the ξ sum to %s, less than 1", short(found))
	}
	if found := add(r.total(y[0]), r.total(y[1])); found.Cmp(o.value) != 0 {
		r.rejectNext("the dual point has value %s, not %s", short(found), short(o.value))
	}
	return o
}

// guarantee returns the least mean of both orders.
func guarantee(c [2][]*big.Rat) *big.Rat {
	var g *big.Rat
	for i := range c[0] {
		if mean := mul(add(c[0][i], c[1][i]), ratHalf); g == nil || mean.Cmp(g) < 0 {
			g = mean
		}
	}
	return g
}

// coins checks that Algorithm 2 with these coins selects every element with the
// probability of the choice.
func (f *unitFamily) coins(r *reader, coins [2][]*big.Rat) {
	for order, list := range coins {
		free := big.NewRat(1, 1)
		for _, i := range sequence(order, len(f.x)) {
			if list[i].Sign() < 0 || list[i].Cmp(ratOne) > 0 || mul(free, list[i]).Cmp(f.optimum.choice[order][i]) != 0 {
				r.rejectNext("%s order: with coin %s element %d is not selected with probability %s",
					orderNames[order], short(list[i]), i+1, short(f.optimum.choice[order][i]))
			}
			r.bounded(free.Sub(free, mul(free, mul(f.x[i], list[i]))))
		}
	}
}

// checkAlpha checks alpha[0] ≤ E/(1+ρE) ≤ alpha[1] ≤ value, where E = e^(ρ/2). The
// middle grows with E.
func (f *unitFamily) checkAlpha(r *reader) {
	rho := ratSum(f.x)
	half := mul(rho, ratHalf)
	r.boundExponent(half)
	ratio := func(e *big.Rat) *big.Rat { return quo(e, add(ratOne, mul(rho, e))) }
	enclosed := atPrecisions(func(bits uint) bool {
		lo, hi := expBounds(half, bits)
		if rho.Sign() == 0 {
			lo, hi = ratOne, ratOne
		}
		return f.alpha[0].Cmp(ratio(lo)) <= 0 && ratio(hi).Cmp(f.alpha[1]) <= 0
	})
	if !enclosed {
		r.rejectNext("α_0 is not shown to lie in [%s, %s]", short(f.alpha[0]), short(f.alpha[1]))
	}
	if f.alpha[1].Cmp(f.optimum.value) > 0 {
		r.rejectNext("the upper end of the enclosure exceeds the value")
	}
}

func (f *unitFamily) finish() Report {
	rho := ratSum(f.x)
	t := &telling{name: fmt.Sprintf("%s n=%d rho=%s", ContentionUnit, len(f.x), short(rho))}
	t.lines = []string{
		"Elements are active independently with probabilities x; they arrive forward or backward, each with probability 1/2; one may be accepted.",
		"x = (" + join(f.x) + ")",
	}
	t.detail = []string{fmt.Sprintf("LPOPT = %s", decimal(f.optimum.value))}
	if f.alpha != nil {
		t.detail = append(t.detail, fmt.Sprintf("alpha_0 in [%s, %s]", f.alpha[0].RatString(), f.alpha[1].RatString()))
	}
	n := int64(len(f.x))
	return t.report(unitClaims(f.x, f.optimum.value, f.alpha), map[string]string{
		tagUnitOptimum: fmt.Sprintf("the best guarantee of any scheme is %s, and Algorithm 2 with the coins of the document attains it.", short(f.optimum.value)),
		tagUnitLower:   "this is at least e^(rho/2)/(1 + rho e^(rho/2)).",
		tagUnitUpper:   fmt.Sprintf("this is at most e^(rho/2)/(1 + rho e^(rho/2)) + (rho+2)/%d.", n),
		tagUniform:     "this is the value of the closed form for equal probabilities.",
	})
}
