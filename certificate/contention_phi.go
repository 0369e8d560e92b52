package certificate

import (
	"fmt"
	"io"
	"math/big"
)

// PhiDocument is a certificate on a function over a whole interval: that the slack
// of its inequality is not negative, by a subdivision on each cell of which it is
// enclosed. FORMAT.md has the functions and the arguments.
type PhiDocument struct {
	Function string   // PhiUnit, PhiGamma or PhiKnapsack
	Rho      *big.Rat // 1 for PhiKnapsack
	Claims   []Claim
	// Breaks are the ends of the cells, strictly ascending over the interval.
	Breaks []*big.Rat
}

// Functions of a [PhiDocument].
const (
	PhiUnit     = "unit"     // CRS-P3.2, on [0, ρ/2]
	PhiGamma    = "gamma"    // CRS-P3.6, on [ρ/2, ρ]
	PhiKnapsack = "knapsack" // CRS-P4.3, on [0, 1]
)

var phiTags = map[string]string{PhiUnit: "CRS-P3.2", PhiGamma: "CRS-P3.6", PhiKnapsack: "CRS-P4.3"}

// Derive returns the claims that d establishes if the checker accepts it.
func (d *PhiDocument) Derive() []Claim { return []Claim{{phiTags[d.Function], Proved}} }

// Write writes d as one JSON document; see [Document.Write].
func (d *PhiDocument) Write(w io.Writer) error {
	return write(w, func(e *encoder) {
		e.open(ContentionPhi)
		e.text(",\"function\":")
		e.quoted(d.Function)
		e.text(",\"rho\":")
		e.bigRat(d.Rho)
		e.text("}")
		e.claims(d.Claims)
		e.text(",\n\"breaks\":")
		e.rats(d.Breaks)
	})
}

// phiFamily checks documents on functions.
type phiFamily struct {
	function string
	rho      *big.Rat
	cells    int
}

func (f *phiFamily) readStatement(r *reader) {
	r.member("function", func() {
		f.function = r.text()
		if _, ok := phiTags[f.function]; !ok {
			r.rejectLast("unknown function %s", clip(f.function))
		}
	})
	r.member("rho", func() {
		f.rho = r.rational()
		if f.rho.Sign() <= 0 || r.cmp(f.rho, big.NewRat(1000, 1)) > 0 {
			r.rejectLast("ρ = %s is not between 0 and 1000", short(f.rho))
		}
		if f.function == PhiKnapsack && r.cmp(f.rho, ratOne) != 0 {
			r.rejectLast("ρ must be 1 for the knapsack function")
		}
	})
}

const maxCells = 100_000

func (f *phiFamily) checkParts(r *reader) {
	low, high := f.interval()
	var last *big.Rat
	r.member("breaks", func() {
		r.list(maxCells, func(k int) {
			z := r.rational()
			switch {
			case k == 0 && r.cmp(z, low) != 0:
				r.rejectLast("the cells begin at %s, not at %s", short(z), short(low))
			case k > 0 && r.cmp(z, last) <= 0:
				r.rejectLast("breaks must ascend strictly")
			case k > 0:
				f.cell(r, last, z, r.cmp(z, high) == 0)
				f.cells++
			}
			last = z
		})
		if last == nil || r.cmp(last, high) != 0 {
			r.rejectNext("the cells do not end at %s", short(high))
		}
	})
}

func (f *phiFamily) interval() (low, high *big.Rat) {
	half := mul(f.rho, ratHalf)
	switch f.function {
	case PhiUnit:
		return new(big.Rat), half
	case PhiGamma:
		return half, f.rho
	}
	return new(big.Rat), ratOne
}

// cell rejects unless the slack is positive on all of [a, b]; the last cell of
// PhiUnit, where it touches zero, needs no enclosure because the slack is convex and
// vanishes at ρ/2 together with its derivative.
func (f *phiFamily) cell(r *reader, a, b *big.Rat, isLast bool) {
	if f.function == PhiUnit && isLast {
		return
	}
	if !atPrecisions(func(bits uint) bool { return f.slack(r, a, b, bits).Sign() > 0 }) {
		r.rejectLast("the slack is not shown to be positive on [%s, %s]", short(a), short(b))
	}
}

// slack returns a lower bound of the slack on [a, b]; the exponentials are monotone.
func (f *phiFamily) slack(r *reader, a, b *big.Rat, bits uint) *big.Rat {
	two := big.NewRat(2, 1)
	half := r.mul(f.rho, ratHalf)
	switch f.function {
	case PhiUnit: // 2e^z − (2 + 2z − ρ)E
		power, _ := r.exp(a, bits)
		low, high := r.exp(half, bits)
		factor := r.sub(r.add(two, r.mul(two, b)), f.rho)
		if factor.Sign() < 0 {
			high = low
		}
		return r.sub(r.mul(two, power), r.mul(factor, high))
	case PhiGamma: // 2 + 2ρE − ρe^(z−ρ/2)
		low, _ := r.exp(half, bits)
		_, power := r.exp(r.sub(b, half), bits)
		return r.sub(r.add(two, r.mul(two, r.mul(f.rho, low))), r.mul(f.rho, power))
	}
	// 1 − φ(z) − 2∫φ − (4/9)exp(−2z + z²/2) with φ + 2∫φ = 4/9 + 2z/3 − 2z²/9; this
	// polynomial and the exponent −2z + z²/2 are monotone on [0, 1].
	p := r.add(big.NewRat(4, 9), r.sub(r.mul(big.NewRat(2, 3), b), r.mul(big.NewRat(2, 9), r.mul(b, b))))
	_, power := r.exp(r.sub(r.mul(r.mul(a, a), ratHalf), r.mul(two, a)), bits)
	return r.sub(r.sub(ratOne, p), r.mul(big.NewRat(4, 9), power))
}

func (f *phiFamily) finish() Report {
	t := &telling{name: fmt.Sprintf("%s %s rho=%s", ContentionPhi, f.function, short(f.rho))}
	t.detail = []string{fmt.Sprintf("cells: %d", f.cells)}
	rho := short(f.rho)
	return t.report((&PhiDocument{Function: f.function}).Derive(), map[string]string{
		"CRS-P3.2": "with rho = " + rho + ", E = e^(rho/2) and D = 1 + rho E, let phi(z) = (2E - e^z)/D up to rho/2 and e^(rho-z)/D beyond. On [0, rho] it is continuous and decreasing, (phi(z) + phi(rho-z))/2 = E/D, and phi(z) is at most 1 minus its integral over [0, z].",
		"CRS-P3.6": "with rho = " + rho + ", E = e^(rho/2) and D = 1 + rho E, let gamma(z) = rho e^(z-rho/2)/(2D). On [rho/2, rho] it is increasing and 1-Lipschitz, and gamma(z) plus its integral over [z, rho] is rho E/(2D).",
		"CRS-P4.3": "let phi(z) = 4/9 - 2z/9 and P(z) its integral over [0, z]. On [0, 1], phi is decreasing, (phi(z) + phi(1-z))/2 = 1/3, phi(z) <= 1 - phi(0) - P(z), and phi(z) <= 1 - 2P(z) - phi(0) exp(-2P(z)/phi(0)).",
	})
}
