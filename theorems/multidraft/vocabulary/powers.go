package vocabulary

import (
	"context"
	"slices"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// MethodPowers is the method of Enclose for so many iid drafts that p(S)^K is too long to be written out.
const MethodPowers = "prefix, enclosed powers"

// maxPower bounds the binary digits of p(S)^K that are written out, some 40 000 decimal ones.
const maxPower = 1 << 17

// maxSignDigits bounds those with which q(S) and p(S)^K are told apart.
const maxSignDigits = 1 << 18

// LongPowers reports whether the fraction of P* of iid drafts is too long to be written out, so that
// [Enclose] gives an interval unless it is 1.
func LongPowers(s *multidraft.Instance) bool {
	// The power of one draft is p(S) itself, whose digits are those of the input.
	return s.Model() == multidraft.ModelIID && s.K() > 1 && s.K() > maxPower/s.Rows()[0].Unit.BitLen()
}

// powerEnclosure encloses 1 + min over S of q(S) - p(S)^K for K > 1, over the prefixes of the tokens by q/p. That P* is 1, of the
// empty set, is exact: the others are proved to be no less. The digits are those of the width asked for, and more where
// it takes more to tell P* from 1, or prefixes from one another. Where that ends the binding sets are known, too.
func powerEnclosure(ctx context.Context, s *multidraft.Instance, width rational.Rat) (*Enclosure, error) {
	x := newPowers(s)
	// Tokens that q does not have, and p has: less than q(S) = 0 is q(S) - p(S)^K there, by however little.
	below := x.absent > 0
	first := uint(max(0, width.Den().BitLen()-width.Num().BitLen())) + 16
	for x.digits = first; ; x.digits *= 2 {
		left, low, high := x.search()
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		switch {
		case len(left) == 0:
			return x.enclosure(Enclosure{Value: enclose.Point(whole)}, x.roots()), nil
		// Below 1 for certain, and of one prefix, or of several that are all but equal.
		case (high.Sign() < 0 || below) && (len(left) == 1 || x.digits > 16*first), x.digits > maxSignDigits:
			e := Enclosure{below: below, Value: enclose.Interval{Lo: whole.Add(low), Hi: whole.Add(high)}}
			if len(left) == 1 && (high.Sign() < 0 || below) {
				return x.enclosure(e, left), nil
			}
			e.Method, e.Smallest = MethodPowers, multidraft.NewTokenSet(s.N(), x.order[:left[0]]...)
			return &e, nil
		}
	}
}

// enclosure adds the binding sets, those of the prefixes of these lengths.
func (x *powers) enclosure(e Enclosure, lengths []int) *Enclosure {
	b := optimum.BindingOfPrefixes(x.p, x.q, x.order, lengths)
	e.Method, e.Known, e.Smallest, e.Binding = MethodPowers, true, b.Smallest, &b
	return &e
}

// powers are the sums of the prefixes of the tokens by q/p.
type powers struct {
	k, digits         uint
	p, q              multidraft.Distribution
	order             []int
	absent            int // the first tokens of the order, which q does not have
	drafted, targeted []rational.Int
}

func newPowers(s *multidraft.Instance) *powers {
	x := &powers{k: uint(s.K()), p: s.Rows()[0], q: s.Target()}
	x.order = optimum.ByRatio(x.p, x.q)
	x.drafted, x.targeted = make([]rational.Int, len(x.order)+1), make([]rational.Int, len(x.order)+1)
	for j, i := range x.order {
		x.drafted[j+1] = x.drafted[j].Add(x.p.Weights.At(i))
		x.targeted[j+1] = x.targeted[j].Add(x.q.Weights.At(i))
		if x.targeted[j+1].IsZero() {
			x.absent = j + 1
		}
	}
	return x
}

// drafts is p of the prefix of that length, in lowest terms. Its unit is that of one draft, and short beside its power; that of q may be as long
// as the power, so that no common divisor is looked for there.
func (x *powers) drafts(length int) rational.Rat {
	return rational.RatFromInts(x.drafted[length], x.p.Unit)
}

// roots returns the lengths of the prefixes with q = p^K, the empty one among them.
//
// In lowest terms the denominator of p^K is the power of that of p: 1 if p is 0 or 1, and 2^K or more otherwise. One that
// q can have is no longer than q, whatever K is, so that it can be written out.
func (x *powers) roots() (lengths []int) {
	none := int(x.k) >= x.q.Unit.BitLen() // but of the empty set and of all tokens, as it mostly is
	for length, drafted := range x.drafted {
		if none && length > 0 && !drafted.Equal(x.p.Unit) {
			continue
		}
		p := x.drafts(length)
		if (p.Den().BitLen()-1)*int(x.k) < x.q.Unit.BitLen() && x.difference(length, p).IsZero() {
			lengths = append(lengths, length)
		}
	}
	return lengths
}

// difference is q of the prefix of that length less p^K, in units of 1/(q.Unit den^K), den the denominator of p.
func (x *powers) difference(length int, p rational.Rat) rational.Int {
	return x.targeted[length].Mul(p.Den().Pow(x.k)).Sub(p.Num().Pow(x.k).Mul(x.q.Unit))
}

// between encloses q of the prefix of length a less p^K of that of length b. With a ≤ b no prefix between them has less than its
// lower end.
func (x *powers) between(a, b int) enclose.Interval {
	p := x.drafts(b)
	// No longer than an enclosure: both may be equal, which no enclosure says.
	if x.k <= x.digits/uint(p.Den().BitLen()) {
		return quotient(x.difference(a, p), x.q.Unit.Mul(p.Den().Pow(x.k)), x.digits)
	}
	return quotient(x.targeted[a], x.q.Unit, x.digits).Sub(enclose.Power(p, x.k, x.digits))
}

// maxReduced is the binary length of a denominator up to which a quotient is a fraction in lowest terms: the time that this takes grows with the square.
const maxReduced = 1 << 13

// quotient is num/den for den > 0, or of a long one an interval of so many binary digits, counted from its first one: its ends have
// the sign of num.
func quotient(num, den rational.Int, digits uint) enclose.Interval {
	if den.BitLen() <= maxReduced {
		return enclose.Point(rational.RatFromInts(num, den))
	}
	places := max(0, den.BitLen()-num.BitLen()) + int(digits)
	whole, rest := num.Abs().Mul(rational.PowerOfTwo(places)).QuoRem(den)
	size := enclose.Point(rational.Dyadic(whole, -places))
	if !rest.IsZero() {
		size.Hi = rational.Dyadic(whole.Add(rational.NewInt(1)), -places)
	}
	if num.Sign() < 0 {
		return enclose.Interval{Lo: size.Hi.Neg(), Hi: size.Lo.Neg()}
	}
	return size
}

// search returns the lengths of the prefixes that may have the least q - p^K, ascending, of which there is none if
// no prefix has less than 0, as the empty one has; and bounds of the least, the upper one 0 at most. Ranges of lengths
// are halved unless what bounds a range is more than some prefix has.
func (x *powers) search() (left []int, low, high rational.Rat) {
	type prefix struct {
		length int
		least  rational.Rat
	}
	var found []prefix
	// From the first length to the last; the empty prefix has 0. Of tokens that q does not have each more makes
	// q(S) - p(S)^K less, if by less than digits show: the end is the minimum.
	for ranges := [][2]int{{max(1, x.absent), len(x.order)}}; len(ranges) > 0; {
		for _, r := range ranges {
			middle := (r[0] + r[1]) / 2
			high = rational.MinRat(high, x.between(middle, middle).Hi)
		}
		var next [][2]int
		for _, r := range ranges {
			middle := (r[0] + r[1]) / 2
			bound := x.between(r[0], r[1]).Lo
			switch {
			// No less than the empty prefix, or more than another.
			case bound.Sign() >= 0 || bound.Cmp(high) > 0:
			case r[0] == r[1]:
				found = append(found, prefix{r[0], bound})
			default:
				next = append(next, [2]int{r[0], middle}, [2]int{middle + 1, r[1]})
			}
		}
		ranges = next
	}
	// What was found before others were known to have less.
	for _, f := range found {
		if f.least.Cmp(high) <= 0 {
			left, low = append(left, f.length), rational.MinRat(low, f.least)
		}
	}
	slices.Sort(left)
	return left, low, high
}
