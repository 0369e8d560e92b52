package rejection

import (
	"math"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft/internal/oracle"
)

// at is a number as a span.
func at(x float64) span { return span{x, x} }

// checkSpan and checkNumber are for results of a few roundings.
func checkSpan(t *testing.T, name string, got span, lo, hi float64) {
	t.Helper()
	checkNumber(t, name+", lower end", got.lo, lo)
	checkNumber(t, name+", upper end", got.hi, hi)
}

func checkNumber(t *testing.T, name string, got, want float64) {
	t.Helper()
	if off := got - want; off > 1e-9 || off < -1e-9 {
		t.Errorf("%s: %v, want %v", name, got, want)
	}
}

// Curves whose values, slopes and rates are numbers, with rough parts: those of their sums and products are what both
// parts come to where they are worst together.
func TestCurvesWithRoughParts(t *testing.T) {
	a := curve{v: at(2), slope: at(3), rate: at(5), rough: 0.5}
	b := curve{v: at(-7), slope: at(11), rate: at(13), rough: 0.25}
	sum := a.plus(b)
	checkSpan(t, "slope of a sum", sum.slope, 14, 14)
	checkSpan(t, "rate of a sum", sum.rate, 18, 18)
	checkNumber(t, "rough part of a sum", sum.rough, 0.75)
	checkNumber(t, "rough part of a difference", a.minus(b).rough, 0.75)
	product := a.times(b, 0.125)
	checkSpan(t, "value of a product", product.v, -14, -14)
	checkSpan(t, "slope of a product", product.slope, 3*-7+2*11, 3*-7+2*11)
	// A is 3 ± 0.5 and B is 11 ± 0.25: A'b + aB' is -9, and Ab' + a'B is 66 ± 5.5 ± 0.75.
	checkSpan(t, "rate of a product", product.rate, -9+66-6.25, -9+66+6.25)
	checkNumber(t, "rough part of a product", product.rough, 0.5*7+0.25*2)
	// 2Aa'/a³ - A'/a², where A is 3 ± 0.5.
	inverse := a.inverse(0.125)
	checkSpan(t, "slope of an inverse", inverse.slope, -0.75, -0.75)
	checkSpan(t, "rate of an inverse", inverse.rate, 2*2.5*3/8-1.25, 2*3.5*3/8-1.25)
	checkNumber(t, "rough part of an inverse", inverse.rough, 0.125)
	checkSpan(t, "even part", span{-2, 3}.wider(0.5), -2.5, 3.5)
	checkNumber(t, "size below 0", span{-3, 2}.size(), 3)
}

// What goes up goes down where it is multiplied by a number below 0; and all jumps are wider for what slopes add over the length, in both directions.
func TestCurvesWithJumps(t *testing.T) {
	const length = 0.125
	check := func(name string, got jumps, up, down float64) {
		t.Helper()
		checkNumber(t, name+", up", got.up, up)
		checkNumber(t, name+", down", got.down, down)
	}
	a := curve{v: at(2), slope: at(3), rate: at(5), jumps: jumps{0.5, 0.25}}
	b := curve{v: at(-7), slope: at(11), rate: at(13), jumps: jumps{1, 2}}
	check("sum", a.plus(b).jumps, 1.5, 2.25)
	check("difference", a.minus(b).jumps, 2.5, 1.25)
	// No larger than 0.375 and 1.5.
	product := a.times(b, length)
	const turned = (0.375*11 + 1.5*3) * length
	check("product", product.jumps, 0.25*7+1*2+turned, 0.5*7+2*2+turned)
	checkSpan(t, "rate of a product", product.rate, -9+66-0.375*11-1.5*3, -9+66+0.375*11+1.5*3)
	check("factor of either sign", a.jumps.by(span{-2, 4}), 0.5*4+0.25*2, 0.25*4+0.5*2)
	// -a'/a², and the slope of 1/a² is -2a'/a³.
	inverse := a.inverse(length)
	check("inverse", inverse.jumps, 0.25/4+2*0.375*3/8*length, 0.5/4+2*0.375*3/8*length)
	checkSpan(t, "rate of an inverse", inverse.rate, 2*2.625*3/8-1.25, 2*3.375*3/8-1.25)
	// A number from 1 to 3 that rises, times a slope whose even part is 4 ± 0.875.
	rising := risen(span{1, 3}, curve{slope: at(4), rate: at(-2), rough: 0.5, jumps: jumps{0.25, 0.5}}, length)
	checkSpan(t, "slope of a rising number", rising.slope, 4, 12)
	checkSpan(t, "rate of a rising number", rising.rate, -4, -4)
	checkNumber(t, "rough part of a rising number", rising.rough, 3*0.5)
	const both = 1*2*length + 1*0.75 + 2*0.375
	check("rising number", rising.jumps, 2*0.25+2*4.875+both, 2*0.5+both)
}

// The jumps of factors are times what curves differ by, and those of curves go the other way where a factor is below 0.
func TestMeansOfJumps(t *testing.T) {
	heavy := share{c: curve{v: at(0.75)}, most: 0.75, slopes: 1, r: curve{v: at(8), slope: at(16), jumps: jumps{1, 2}}}
	light := share{c: curve{v: at(0.25), jumps: jumps{0.5, 0.25}}, most: 0.5, slopes: 2, r: curve{v: at(9), slope: at(18), jumps: jumps{4, 0}}}
	const length = 0.125
	total := mean([]share{heavy, light}, length)
	// Of the light factors 0.375 are above 0 and 0.125 below.
	const turned = (1.5*1 + 2*2 + 0.375*18) * length
	checkNumber(t, "up", total.jumps.up, 0.75*1+0.375*4+0.5*1+turned)
	checkNumber(t, "down", total.jumps.down, 0.75*2+0.125*4+0.25*1+turned)
	// All even parts of the slopes of factors are 0.375 together at most: that times 16, and times what slopes differ by; the even parts of slopes are 1.5 and 2 off, by as much as factors have slopes.
	checkSpan(t, "rate", total.rate, -0.375*(16+2)-1*1.5-2*2, 0.375*(16+2)+1*1.5+2*2)
}

// The sum of factors of a group, and the sums of absolute values of these, of their slopes and of their rates, where all that is not known is worst. Of
// the mass after 2 of 4 are not known, of that before half of 1.5.
func TestSharesOfGroups(t *testing.T) {
	after, before := groupMass{at(10), span{2, 4}}, groupMass{at(4), span{1, 1.5}}
	next, mu := curve{slope: at(3), rate: at(-6), rough: 0.5}, curve{slope: at(2), rate: at(8), rough: 0.25}
	inverse := curve{v: at(0.5), slope: at(-0.125), rate: at(0.0625), rough: 0.03125}
	const length = 0.125
	a := shareOf(after, before, next, mu, inverse, length)
	// w is 6, its slopes are 6 to 12 less 2 to 3, and its rough part is 4·0.5 and 1.5·0.25. W' goes up by 2 times up to 3.5, and down by 0.5 times
	// up to 2.25, and either way by half of these steps times the rates.
	const rough, turned = 4*0.5 + 1.5*0.25, (1*6 + 0.25*8) * length
	const up, down = 2*3.5 + turned, 0.5*2.25 + turned
	checkSpan(t, "factor", a.c.v, 3, 3)
	checkSpan(t, "slope", a.c.slope, 3*0.5-6*0.125, 10*0.5-6*0.125)
	checkNumber(t, "rough part", a.c.rough, rough*0.5+6*0.03125)
	const half = (up + down) / 2
	checkNumber(t, "up", a.c.jumps.up, up*0.5+half*0.125*length)
	checkNumber(t, "down", a.c.jumps.down, down*0.5+half*0.125*length)
	// Rates are those of the middles 3 and 1.25 of the masses.
	checkSpan(t, "rate", a.c.rate, -28*0.5+6*0.0625-(10+rough+half)*0.125-10*0.15625, -28*0.5+6*0.0625-(3-rough-half)*0.125-3*0.09375)
	// |w'| is at most 4·3, its rate 4·6 + 1.5·8 = 36; even parts of w' are at most 12 and what is not even, of φ' 0.125 + 0.03125.
	checkNumber(t, "absolute values", a.most, 3)
	checkNumber(t, "absolute slopes", a.slopes, 12*0.5+6*0.125)
	checkNumber(t, "absolute rates", a.rates, 36*0.5+6*0.0625+(12+rough+half)*0.125+12*0.15625)
	c := curve{v: at(-1), slope: at(2), rate: at(-4), rough: 0.125}
	less := a
	less.less(c)
	checkSpan(t, "factor less another", less.c.v, 4, 4)
	checkNumber(t, "its absolute values", less.most, a.most+1)
	checkNumber(t, "its absolute slopes", less.slopes, a.slopes+2)
	checkNumber(t, "its absolute rates", less.rates, a.rates+4)
}

// The mean of two curves that differ: what constants leave is times the sums of absolute values, and the rough parts of the factors are times
// what curves differ by, and times the slope that both have.
func TestMeansOfShares(t *testing.T) {
	heavy := share{c: curve{v: at(0.75), slope: at(0.5), rate: at(0.25), rough: 0.125}, most: 0.75, slopes: 1, rates: 2, r: curve{v: at(8), slope: at(16), rate: at(32), rough: 0.5}}
	light := share{c: curve{v: at(0.25), slope: at(-0.5), rate: at(-0.25), rough: 0.0625}, most: 0.5, slopes: 2, rates: 3, r: curve{v: at(9), slope: at(18), rate: at(36), rough: 0.25}}
	total := mean([]share{heavy, light}, 0.125)
	// What is not the middle of a span of a number is 0: so sums of absolute values show where the span is not a number.
	checkSpan(t, "value", total.v, 8.25, 8.25)
	checkSpan(t, "slope", total.slope, 16+2*0.25-0.5, 16+2*0.25-0.5)
	// 32 + 4·0.25 - 0.25, and C(R' - 16) is 2(-0.5 ± 0.0625); c'(E - 16), where E is 16 ± 0.5 and 18 ± 0.25, is
	// ±1·0.5 and 2·-0.5 ± 2·0.25; all C together are 0.1875 times 16 at most.
	const middle, off = 32 + 1 - 0.25 - 1 - 1, 2*0.0625 + 0.5 + 0.5 + 16*0.1875
	checkSpan(t, "rate", total.rate, middle-off, middle+off)
	checkNumber(t, "rough part", total.rough, 0.75*0.5+0.5*0.25+0.0625*1)
	// With R in spans of half-width 0.5, 0.25 and 1 around the same middles.
	light.r = curve{v: span{8.5, 9.5}, slope: span{17.75, 18.25}, rate: span{35, 37}, rough: 0.25}
	total = mean([]share{heavy, light}, 0.125)
	checkSpan(t, "wide value", total.v, 8.25-0.5*0.5, 8.25+0.5*0.5)
	wide := float64(off + 0.5*1 + 2*0.25 + (2+0.0625)*0.25 + 3*0.5 + 0.0625*0.25*0)
	// The even part of the light factors has the span -0.5 ± 0.0625, times the middle 2 as before.
	checkSpan(t, "wide rate", total.rate, middle-wide, middle+wide)
}

// A token that was drawn, and seems to be in A at the lower end of a span, is not in p(A) or φ.
func TestFallsWithoutDrawn(t *testing.T) {
	var p, q []rational.Int
	for i := range 64 {
		p, q = append(p, rational.NewInt(1)), append(q, rational.NewInt(int64(i)+1))
	}
	law, target := oracle.Weighted(t, p), oracle.Weighted(t, q)
	x := &groupedDrafts{phi: newExcess(law, target)}
	// Ratios are 2(i+1)/65: between 1 and 3/2 those of the tokens 32 to 47.
	mu := span{1, 1.5}
	w := x.phi.window(mu)
	free := w.without(mu, nil)
	checkSpan(t, "p(A)", free.of, 16.0/64, 32.0/64)
	checkNumber(t, "rate of its line", free.rate, 0.5)
	token := func(i int) *similar {
		return newSimilar([]weighed{{p: spanOf(law.Weights.At(i), law.Unit), m: spanOf(target.Weights.At(i), target.Unit)}})
	}
	// Two of them have q - p of 2·41/65/64 - 1/64 and of 2·46/65/64 - 1/64.
	drawn := w.without(mu, []*similar{token(40), token(45), token(3)})
	drop := (2.0*41/65-1)/64 + (2.0*46/65-1)/64
	checkSpan(t, "p(A) without two", drawn.of, 14.0/64, 32.0/64)
	checkNumber(t, "drop", drawn.drop, drop)
	checkNumber(t, "rough part", drawn.rough, free.rough+2.0/64)
	v, without := x.phi.value(mu), w.excess(curve{v: mu, slope: at(1)}, []*similar{token(40), token(45)}, 0.125)
	checkSpan(t, "φ without two", without.v, v.lo-drop, v.hi)
	// The even part is the line times that of μ', which is 2 ± 0.5: 0.5·2·(2 ± 0.5) less p(A) wider by the rough part times μ″.
	bent := w.excess(curve{v: mu, slope: at(2), rate: at(-3), rough: 0.5}, nil, 0.125)
	checkSpan(t, "slope of φ", bent.slope, -1, -0.5)
	checkSpan(t, "rate of φ", bent.rate, 1.5+3*(0.25-free.rough), 2.5+3*(0.5+free.rough))
	checkNumber(t, "rough part of φ", bent.rough, 2*free.rough+0.5*(0.5+free.rough))
}

// What a group contributes around a place, of sums that are numbers: of the first order by the even part of the slope, of the second by half of its rate, and the
// rough part as often as tokens are far from the place. One drawn before is subtracted, and no farther than the group is long.
func TestGroupAroundAPlace(t *testing.T) {
	g := &similar{p: span{0.25, 0.5}}
	sums := groupWeight{w: at(2), moment: at(1), square: at(0.75), drawn: 0.5}
	f := curve{slope: at(3), rate: span{4, 6}, rough: 0.5}
	// With the place at 0.125 from the end: the sum of p - at is 0.75, that of squares 0.53125, and what is drawn is up to 0.25 away.
	const first, second, drawn, square = 1 - 2*0.125, 0.75 - 2*0.125 + 2*0.125*0.125, 0.5 * 0.25, 0.5 * 0.25 * 0.25
	apart := math.Sqrt((2 + 0.5) * (second + square))
	off := (second+2*square)/2 + (apart+drawn)/2
	checkSpan(t, "contribution", g.around(sums, 0.375, f), first*2.5+second*5/2-off, first*3.5+second*5/2+off)
	// What goes up is on the side that the place is farther from at most, and what is drawn takes it away.
	f = curve{slope: at(3), jumps: jumps{0.5, 0.25}}
	side := (apart + first + drawn) / 2
	checkSpan(t, "contribution of jumps", g.around(sums, 0.375, f), first*2.625-0.25*side-0.5*drawn, first*3.375+0.5*side+0.25*drawn)
}
