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
	// Halved has, if it is not empty, for each k the optimum where element k is
	// replaced by two neighbours of half its probability.
	Halved []UnitOptimum
}

// UnitOptimum is the value of LP-SI with a primal and a dual point.
type UnitOptimum struct {
	Value  *big.Rat
	Choice TwoOrders
	Xi     []*big.Rat
	Y      TwoOrders
}

// Derive returns the claims that d establishes if the checker accepts it.
func (d *UnitDocument) Derive() []Claim {
	f := unitFamily{x: d.X, optimum: unitOptimum{value: d.Optimum.Value}, alpha: d.Alpha, halved: len(d.Halved) > 0}
	var claims []Claim
	if !quietly(func(r *reader) { f.rho = r.total(f.x); claims = f.claims(r) }) {
		return nil
	}
	return claims
}

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
		if len(d.Halved) > 0 {
			e.text(",\n\"halved\":")
			e.list(len(d.Halved), ",\n", func(k int) {
				e.text("{")
				e.unitOptimum(&d.Halved[k])
				e.text("}")
			})
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
	tagSplitting   = "CRS-LB.1"
)

// unitFamily checks documents on single-unit instances.
type unitFamily struct {
	x       []*big.Rat
	rho     *big.Rat
	optimum unitOptimum
	alpha   *[2]*big.Rat
	halved  bool
	derived []Claim
}

// claims derives the claims.
func (f *unitFamily) claims(r *reader) []Claim {
	claims := []Claim{{tagUnitOptimum, Checked}}
	n := int64(len(f.x))
	uniform := true
	for _, v := range f.x {
		uniform = uniform && r.cmp(v, f.x[0]) == 0
	}
	if f.alpha != nil {
		claims = append(claims, Claim{tagUnitLower, Checked})
		slack := r.mul(r.add(f.rho, big.NewRat(2, 1)), big.NewRat(1, n))
		if uniform && n%2 == 1 && r.cmp(f.optimum.value, r.add(f.alpha[0], slack)) <= 0 {
			claims = append(claims, Claim{tagUnitUpper, Checked})
		}
	}
	if uniform && r.isUniformValue(f.optimum.value, n, f.x[0]) {
		claims = append(claims, Claim{tagUniform, Checked})
	}
	if f.halved {
		claims = append(claims, Claim{tagSplitting, Checked})
	}
	return claims
}

// isUniformValue says whether v is the closed form of CRS-U for n elements of
// probability x.
func (r *reader) isUniformValue(v *big.Rat, n int64, x *big.Rat) bool {
	power := n/2 + 1
	// v has the denominator of x to the power less 1 in its numerator, but for a factor
	// 2: a longer one is not v, and is not computed.
	if power*int64(x.Denom().BitLen()) > maxWideBits/2 {
		return false
	}
	last := ratOne
	for range power {
		last = r.mul(last, r.sub(ratOne, x))
	}
	if n%2 == 0 {
		last = r.quo(last, r.sub(ratOne, r.mul(x, ratHalf)))
	}
	reciprocal := r.add(r.mul(x, big.NewRat(n, 1)), last)
	return r.cmp(r.mul(reciprocal, v), ratOne) == 0
}

func (f *unitFamily) readStatement(r *reader) {
	r.member("x", func() {
		r.limited(MaxElements, func(int) { f.x = append(f.x, r.unitInterval("probability")) })
		if len(f.x) == 0 {
			r.rejectNext("there are no elements")
		}
		f.rho = r.total(f.x)
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
	f.halved = r.optional("halved", func() {
		r.tuple(len(f.x), func(k int) { r.object(func() { f.checkHalved(r, k) }) })
	})
	f.derived = f.claims(r)
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
		taken := ratZero
		for _, i := range sequence(order, n) {
			if c[i].Sign() < 0 || r.cmp(r.add(c[i], taken), ratOne) > 0 {
				r.rejectNext("%s order: c(%d) = %s violates LP-SI", orderNames[order], i+1, short(c[i]))
			}
			taken = r.add(taken, r.mul(x[i], c[i]))
		}
	}
	if found := r.guarantee(o.choice); r.cmp(found, o.value) != 0 {
		r.rejectNext("the choice guarantees %s, not the value %s", short(found), short(o.value))
	}
	var xi []*big.Rat
	r.member("xi", func() { xi = r.rationals(n) })
	y := r.twoOrders("y-", n)
	for order, list := range y {
		later := ratZero
		s := sequence(order, n)
		for t := n - 1; t >= 0; t-- {
			i := s[t]
			if list[i].Sign() < 0 || xi[i].Sign() < 0 || r.cmp(r.add(list[i], r.mul(x[i], later)), r.mul(xi[i], ratHalf)) < 0 {
				r.rejectNext("%s order: y(%d) = %s violates the dual of LP-SI", orderNames[order], i+1, short(list[i]))
			}
			later = r.add(later, list[i])
		}
	}
	if found := r.total(xi); r.cmp(found, ratOne) < 0 {
		r.rejectNext("the ξ sum to %s, less than 1", short(found))
	}
	if found := r.add(r.total(y[0]), r.total(y[1])); r.cmp(found, o.value) != 0 {
		r.rejectNext("the dual point has value %s, not %s", short(found), short(o.value))
	}
	return o
}

// guarantee returns the least mean of both orders.
func (r *reader) guarantee(c [2][]*big.Rat) *big.Rat {
	g := r.add(c[0][0], c[1][0])
	for i := range c[0] {
		g = r.least(g, r.add(c[0][i], c[1][i]))
	}
	return r.mul(g, ratHalf)
}

// coins checks that Algorithm 2 with these coins selects every element with the
// probability of the choice.
func (f *unitFamily) coins(r *reader, coins [2][]*big.Rat) {
	for order, list := range coins {
		free := ratOne
		for _, i := range sequence(order, len(f.x)) {
			if list[i].Sign() < 0 || r.cmp(list[i], ratOne) > 0 || r.cmp(r.mul(free, list[i]), f.optimum.choice[order][i]) != 0 {
				r.rejectNext("%s order: with coin %s element %d is not selected with probability %s",
					orderNames[order], short(list[i]), i+1, short(f.optimum.choice[order][i]))
			}
			free = r.mul(free, r.sub(ratOne, r.mul(f.x[i], list[i])))
		}
	}
}

// alphaBounds encloses α_0(ρ) = E/(1+ρE) with E = e^(ρ/2), which grows with E.
func (r *reader) alphaBounds(rho *big.Rat, bits uint) (lo, hi *big.Rat) {
	ratio := func(e *big.Rat) *big.Rat { return r.quo(e, r.add(ratOne, r.mul(rho, e))) }
	lo, hi = r.exp(r.mul(rho, ratHalf), bits)
	return ratio(lo), ratio(hi)
}

// checkAlpha checks alpha[0] ≤ α_0(ρ) ≤ alpha[1] ≤ value.
func (f *unitFamily) checkAlpha(r *reader) {
	enclosed := atPrecisions(func(bits uint) bool {
		lo, hi := ratOne, ratOne
		if f.rho.Sign() > 0 {
			lo, hi = r.alphaBounds(f.rho, bits)
		}
		return r.cmp(f.alpha[0], lo) <= 0 && r.cmp(hi, f.alpha[1]) <= 0
	})
	if !enclosed {
		r.rejectNext("α_0 is not shown to lie in [%s, %s]", short(f.alpha[0]), short(f.alpha[1]))
	}
	if r.cmp(f.alpha[1], f.optimum.value) > 0 {
		r.rejectNext("the upper end of the enclosure exceeds the value")
	}
}

// checkHalved checks the optimum where element k is halved.
func (f *unitFamily) checkHalved(r *reader, k int) {
	half := r.mul(f.x[k], ratHalf)
	x := append(append(append([]*big.Rat(nil), f.x[:k]...), half, half), f.x[k+1:]...)
	if found := r.unitOptimum(x).value; r.cmp(found, f.optimum.value) > 0 {
		r.rejectNext("halving element %d raises the value to %s", k+1, short(found))
	}
}

func (f *unitFamily) finish() Report {
	t := &telling{name: fmt.Sprintf("%s n=%d rho=%s", ContentionUnit, len(f.x), short(f.rho))}
	t.lines = []string{
		"Elements are active independently with probabilities x; they arrive forward or backward, each with probability 1/2; one may be accepted.",
		"x = (" + join(f.x) + ")",
	}
	t.detail = []string{fmt.Sprintf("LPOPT = %s", decimal(f.optimum.value))}
	if f.alpha != nil {
		t.detail = append(t.detail, fmt.Sprintf("alpha_0 in [%s, %s]", f.alpha[0].RatString(), f.alpha[1].RatString()))
	}
	return t.report(f.derived, map[string]string{
		tagUnitOptimum: fmt.Sprintf("the best guarantee of any scheme is %s, and Algorithm 2 with the coins of the document attains it.", short(f.optimum.value)),
		tagUnitLower:   "this is at least e^(rho/2)/(1 + rho e^(rho/2)).",
		tagUnitUpper:   fmt.Sprintf("this is at most e^(rho/2)/(1 + rho e^(rho/2)) + (rho+2)/%d.", len(f.x)),
		tagUniform:     "this is the value of the closed form for equal probabilities.",
		tagSplitting:   "replacing any one element by two neighbours of half its probability does not raise the best guarantee.",
	})
}
