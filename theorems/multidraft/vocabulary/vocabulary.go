package vocabulary

import (
	"context"
	"errors"
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// The methods of Enclose for drafts without replacement.
const (
	MethodHarmonic = "prefix, harmonic sums"
	MethodClocks   = "prefix, exponential clocks"
)

// An Enclosure is P* known up to an interval, which is a point if it is exact.
type Enclosure struct {
	Value  enclose.Interval
	Method string
	// Smallest is the smallest minimising set. It is known if one prefix alone can attain
	// the minimum; else it is one of several, or the shortest that may.
	Smallest multidraft.TokenSet
	Known    bool
	// Binding are the sets that attain the minimum, as far as they are known, and nil if they are not decided.
	Binding *optimum.Binding
	// Exact has all that is known if the value is exact by another way than prefixes.
	Exact *optimum.Optimum

	below    bool    // P* is below 1, though the interval may not say so
	prefixes [][]int // that may attain the minimum, or more than maxContenders of them
}

// Within is what P* may be of laws that are known less well, so that it is off by at most so much.
func (e *Enclosure) Within(off rational.Rat) enclose.Interval {
	// A probability all the same: the ends stay between 0 and 1.
	return enclose.Interval{
		Lo: rational.MaxRat(rational.Rat{}, e.Value.Lo.Sub(off)),
		Hi: rational.MinRat(whole, e.Value.Hi.Add(off)),
	}
}

// IsOne says whether P* = 1, q(S) >= B(S) for all S by MD-T2, where it is off by at most so much: proved,
// refuted, or undecided. It is never proved if it may be off.
func (e *Enclosure) IsOne(off rational.Rat) theorems.Status {
	switch v := e.Within(off); {
	// P* is at most 1: a lower end of 1 proves it.
	case v.Lo.Equal(whole):
		return theorems.Proved
	// And an upper end below 1 refutes it; an interval that reaches 1 leaves it open.
	case v.Hi.Cmp(whole) < 0 || e.below && off.IsZero():
		return theorems.Refuted
	}
	return theorems.Undecided
}

// DefaultWidth is the width of intervals that is asked for where nothing is said.
func DefaultWidth(k int) rational.Rat {
	if k == 2 {
		return rational.NewRat(1, 1e12)
	}
	return rational.NewRat(1, 1e9)
}

// Enclose computes P* of drafts of any model: exactly where [optimum.Of] does in short fractions, and for drafts
// without replacement over more tokens than that an interval, of the width asked for if
// it can be had, by MD-W3: the minimum over all sets is attained on a prefix of the tokens
// by q_i/p_i.
//
// For two drafts the interval may be as narrow as one likes, and it is a point where the
// fraction is short; O(n) operations on integers after the sort. For K >= 3 it takes
// O(nK) floating-point operations at each of some hundred nodes of a quadrature, whose
// rounding and truncation are bounded (see clocks), for a width of about 1.4e-15 n at most.
//
// Of iid drafts p(S)^K may be too long to be written out: then P* is an interval of the width asked for, or
// 1 exactly ([MethodPowers]).
//
// It fails as optimum.Of does for other models, if ctx ends, and with an error of the type
// *theorems.Unsettled beside the interval if that is wider than asked.
func Enclose(ctx context.Context, s *multidraft.Instance, width rational.Rat) (*Enclosure, error) {
	if LongPowers(s) {
		return powerEnclosure(ctx, s, width)
	}
	// The exact ways where they are quick; one draft, or one token, is no matter of replacement.
	if s.Model() != multidraft.ModelWithoutReplacement || s.K() == 1 || s.N() == 1 || s.HasSupports() && flowIsQuick(s) {
		o, err := optimum.Of(ctx, s)
		if err != nil {
			return nil, err
		}
		return enclosureOf(o), nil
	}
	var e *Enclosure
	var err error
	if s.K() == 2 {
		e, err = harmonicEnclosure(ctx, s, width)
	} else if s.K() > maxClocks {
		return nil, &theorems.Unsettled{Reason: fmt.Sprintf("%d drafts without replacement over %d tokens: at most %d drafts", s.K(), s.N(), maxClocks)}
	} else {
		e, err = clockEnclosure(ctx, s)
	}
	// The empty set has the value 1, whatever else may have it.
	if e != nil && e.Value.Lo.Equal(whole) {
		e.Smallest, e.Known = multidraft.TokenSet{}, true
		// And so has the set of all tokens: 1 = q(S) = B(S).
		e.Binding = &optimum.Binding{Smallest: e.Smallest, Largest: allTokens(s.N())}
	}
	// The interval is true all the same, and is returned: the caller may find it good enough.
	if err == nil && e.Value.Width().Cmp(width) > 0 {
		err = &theorems.Unsettled{Reason: fmt.Sprintf("%d drafts without replacement over %d tokens: the interval is wider than asked", s.K(), s.N())}
	}
	return e, err
}

// EncloseEach is [Enclose] for several instances that differ in the number of iid drafts
// only: what is sorted serves all of them. It calls visit in turn, also with an error of the type *theorems.Unsettled, beside an interval or
// with nil, and stops at any other error of Enclose and at the first of visit. Without an error it has visited all.
func EncloseEach(ctx context.Context, list []*multidraft.Instance, width func(k int) rational.Rat, visit func(*multidraft.Instance, *Enclosure, error) error) error {
	var g *optimum.Groups
	for _, s := range list {
		var e *Enclosure
		var err error
		if s.Model() == multidraft.ModelIID && !LongPowers(s) {
			// They depend on p and q, which all instances share, and not on K.
			if g == nil {
				g = optimum.NewGroups(s.Rows()[0], s.Target())
			}
			e, err = enclosureOf(g.Optimum(s.K())), ctx.Err()
		} else {
			e, err = Enclose(ctx, s, width(s.K()))
		}
		// Also where ctx ended after the interval was there, without an error: the instances that are left are not visited.
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		// Without an interval only that it is left open can be told.
		if open := new(*theorems.Unsettled); e == nil && !errors.As(err, open) {
			return err
		}
		if err := visit(s, e, err); err != nil {
			return err
		}
	}
	return nil
}

func enclosureOf(o *optimum.Optimum) *Enclosure {
	e := &Enclosure{Value: enclose.Point(o.Value), Method: o.Method, Smallest: o.Binding.Smallest, Known: !o.Single, Exact: o}
	if !o.Single {
		e.Binding = &o.Binding
	}
	return e
}

func allTokens(n int) multidraft.TokenSet {
	set := multidraft.NewTokenSet(n)
	for i := range n {
		set.Add(i)
	}
	return set
}

// flowIsQuick says where a flow, which is exact and finds all binding sets, is preferred.
func flowIsQuick(s *multidraft.Instance) bool {
	return multidraft.CountSupports(s.K(), s.N()) <= 1<<16 && !s.LongLaw()
}

var whole = rational.Whole(1)

// maxShort bounds the binary digits of the fractions that are written out.
const maxShort = 1 << 16

// harmonicEnclosure is for two drafts without replacement. With h_i = p_i/(1 - p_i)
//
//	Pr(both drafts lie in S) = sum over x of p_x (p(S) - p_x)/(1 - p_x) = p(S) - (1 - p(S)) h(S)
//
// (MD-W4), so that only h(S) is not in the unit of p: it is summed in numbers of fixed
// point, each rounded down.
func harmonicEnclosure(ctx context.Context, s *multidraft.Instance, width rational.Rat) (*Enclosure, error) {
	e, err := fixedHarmonic(ctx, s, width)
	if err == nil {
		e.shorten(s.Rows()[0], s.Target())
	}
	return e, err
}

func fixedHarmonic(ctx context.Context, s *multidraft.Instance, width rational.Rat) (*Enclosure, error) {
	p, q := s.Rows()[0], s.Target()
	order := optimum.ByRatio(p, q)
	// n sums rounded down by one unit each: log2 n bits more than the width asked for.
	bits := max(0, width.Den().BitLen()-width.Num().BitLen()+1) + rational.NewInt(int64(s.N())).BitLen() + 1
	scale := rational.PowerOfTwo(bits)
	var drafted, targeted, sum rational.Int
	// In units of 1 over the product of both units and 2^bits.
	lower := make([]rational.Int, len(order)+1)
	upper := make([]rational.Int, len(order)+1)
	for j := range lower {
		if j%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if j > 0 {
			w := p.Weights.At(order[j-1])
			drafted, targeted = drafted.Add(w), targeted.Add(q.Weights.At(order[j-1]))
			h, _ := w.Mul(scale).QuoRem(p.Unit.Sub(w))
			sum = sum.Add(h)
		}
		// 1 - p(S), which multiplies 1 + h(S) in q(S) + 1 - B(S) = q(S) + (1 - p(S)) (1 + h(S)).
		outside := p.Unit.Sub(drafted).Mul(q.Unit)
		lower[j] = targeted.Mul(p.Unit).Mul(scale).Add(outside.Mul(scale.Add(sum)))
		// Each of the j terms of h was rounded down by less than one.
		upper[j] = lower[j].Add(outside.Mul(rational.NewInt(int64(j))))
	}
	unit := p.Unit.Mul(q.Unit).Mul(scale)
	left, low, high := contenders(lower, upper)
	e := &Enclosure{
		Value:  enclose.Interval{Lo: rational.RatFromInts(low, unit), Hi: rational.RatFromInts(high, unit)},
		Method: MethodHarmonic, Known: len(left) == 1, Smallest: multidraft.NewTokenSet(s.N(), order[:left[0]]...),
	}
	for _, length := range left[:min(len(left), maxContenders+1)] {
		e.prefixes = append(e.prefixes, order[:length])
	}
	return e, nil
}

// contenders returns the places at which the minimum may be, and bounds of it.
func contenders(lower, upper []rational.Int) (left []int, low, high rational.Int) {
	low, high = lower[0], upper[0]
	for j := range lower {
		if lower[j].Cmp(low) < 0 {
			low = lower[j]
		}
		if upper[j].Cmp(high) < 0 {
			high = upper[j]
		}
	}
	for j := range lower {
		// Whatever lies above the least upper bound is no minimum.
		if lower[j].Cmp(high) <= 0 {
			left = append(left, j)
		}
	}
	return left, low, high
}

// maxContenders bounds the prefixes that are compared exactly.
const maxContenders = 64

// shorten makes the value exact if the fractions are short.
func (e *Enclosure) shorten(p, q multidraft.Distribution) {
	digits := 0
	for _, i := range e.prefixes[len(e.prefixes)-1] {
		digits += p.Unit.Sub(p.Weights.At(i)).BitLen()
	}
	// Common denominators of all 1 - p_i are products of as many numbers: the fraction of a
	// vocabulary is megabytes.
	if len(e.prefixes) > maxContenders || digits > maxShort {
		return
	}
	// Above every value, as q(S) + 1 - B(S) is at most 2.
	best := rational.NewRat(2, 1)
	for _, set := range e.prefixes {
		outside := whole.Sub(rational.RatFromInts(p.MassOf(set), p.Unit))
		num, den := harmonicSum(p, set)
		value := rational.RatFromInts(q.MassOf(set), q.Unit).Add(outside.Mul(whole.Add(rational.RatFromInts(num, den))))
		// Prefixes come by length: of equal ones the shortest stays, which is the smallest set.
		if value.Cmp(best) < 0 {
			best = value
			e.Smallest, e.Known = multidraft.NewTokenSet(p.N(), set...), true
		}
	}
	e.Value = enclose.Point(best)
}

// harmonicSum is the sum of p_i/(1 - p_i) over a set as a fraction, not reduced, by
// halves.
func harmonicSum(p multidraft.Distribution, set []int) (num, den rational.Int) {
	switch len(set) {
	case 0:
		return rational.Int{}, rational.NewInt(1)
	case 1:
		w := p.Weights.At(set[0])
		return w, p.Unit.Sub(w)
	}
	// By halves the factors are of one size, for which multiplication is quick.
	a, b := harmonicSum(p, set[:len(set)/2])
	c, d := harmonicSum(p, set[len(set)/2:])
	return a.Mul(d).Add(c.Mul(b)), b.Mul(d)
}
