package optimum

import (
	"context"
	"fmt"
	"slices"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
)

// MethodTangents is the search of pairOptimum.
const MethodTangents = "tangents"

// maxTangents bounds the intervals that a search may look at.
const maxTangents = 1 << 16

// A pairSearch minimises g(S) = s(S) - c a(S) b(S) over the sets S of tokens, with
// integers s_i, a_i >= 0, b_i >= 0 and c > 0: for two independent drafts of laws a
// and b, q(S) - a(S) b(S) in a common unit.
//
// Lower bounds. For any numbers l and m and any set,
//
//	g(S) = c l m + sum over S of (s_i - c l a_i - c m b_i) - c (l - b(S)) (m - a(S)),
//
// so that G(l, m) = c l m + sum over i of min(0, s_i - c l a_i - c m b_i) is at most
// g(S) if m = a(S). For fixed l it is concave in m: if it is at least u at both
// ends of an interval, then g(S) >= u for all S with a(S) in the interval. A list of
// intervals that cover 0..a(Ω), each with an l, proves a minimum.
//
// They suffice. The largest G(l, m) over l is, by duality, the least s(x) - c a(x)
// b(x) over vectors x in [0,1]^n with a(x) = m. That function is concave in each
// coordinate, so that its least value on the cube is at a corner: a set.
//
// Upper bounds. At a minimum s_i - c b(S) a_i - c a(S) b_i is at most -c a_i b_i in
// S and at least c a_i b_i off S. So S is the set where that is negative, and
// iterating finds it. Where a set that is not the best stays put, as many do when a
// whole family nearly binds, its own tangent settles an interval around it, which
// halving would take long to get around.
//
// s_i is the weight of q in the common unit, plus or minus 1: see pairOptimum. Signs of
// linear forms in s_i, a_i and b_i are told by their leading digits where these suffice.
type pairSearch struct {
	a, b, q rational.Packed
	scale   rational.Int // s_i = scale q_i + sign
	sign    int64
	c       rational.Int
	total   rational.Int // a(Ω)
	guess   *pairGuess
	leading *pairSigns

	known        bool         // whether there is a best set yet
	best         []int        // ascending
	least        rational.Int // g(best)
	bestA, bestB rational.Int
}

// pairOptimum is P* of two independent drafts for any number of tokens, as smallest
// and largest minimising set: those of least and largest size, found by adding
// +1/(n+1) or -1/(n+1) for each token to integer values. Guesses in floating point of
// where to draw tangents save time; exact arithmetic checks each, and looks further
// where they are not good enough. The number of intervals is not bounded by theory
// but by maxTangents; a few dozen are usual, and more for probabilities over very
// many orders of magnitude.
func pairOptimum(ctx context.Context, s *multidraft.Instance) (*Optimum, error) {
	return pairOptimumWithin(ctx, s, maxTangents)
}

// pairOptimumWithin is pairOptimum with at most so many intervals for each search: tests take few, as what
// guesses badly is slow and not wrong.
func pairOptimumWithin(ctx context.Context, s *multidraft.Instance, most int) (*Optimum, error) {
	p1, p2, q := s.Rows()[0], s.Rows()[1], s.Target()
	pairs := p1.Unit.Mul(p2.Unit)
	var ends [2]multidraft.TokenSet
	var smallest []int
	guess := newPairGuess(p1, p2, q)
	for side, sign := range []int64{1, -1} {
		x := newPairSearch(p1, p2, q, sign, guess)
		if err := x.minimise(ctx, most); err != nil {
			return nil, err
		}
		// Plus prefers fewer tokens among the minimisers, minus more: at most n/(n+1) in all, which is less than values differ by.
		ends[side] = multidraft.NewTokenSet(s.N(), x.best...)
		if sign > 0 {
			smallest = x.best
		}
	}
	gap := q.MassOf(smallest).Mul(pairs).Sub(p1.MassOf(smallest).Mul(p2.MassOf(smallest)).Mul(q.Unit))
	value := one.Add(rational.RatFromInts(gap, pairs.Mul(q.Unit)))
	return &Optimum{Value: value, Method: MethodTangents, Binding: between(ends[0], ends[1])}, nil
}

func newPairSearch(p1, p2, q multidraft.Distribution, sign int64, guess *pairGuess) *pairSearch {
	// n + 1 times the units: the ±1 for each token then stay below one unit together.
	n := rational.NewInt(int64(q.Weights.Len() + 1))
	return &pairSearch{
		a: p1.Weights, b: p2.Weights, q: q.Weights, c: q.Unit.Mul(n), total: p1.Unit,
		scale: p1.Unit.Mul(p2.Unit).Mul(n), sign: sign,
		guess: guess, leading: newPairSigns(p1, p2, q),
	}
}

// s1 is s_i, and sOf the sum over a set.
func (x *pairSearch) s1(i int) rational.Int {
	return x.q.At(i).Mul(x.scale).Add(rational.NewInt(x.sign))
}

func (x *pairSearch) sOf(set []int) rational.Int {
	return x.mass(x.q, set).Mul(x.scale).Add(rational.NewInt(x.sign * int64(len(set))))
}

// minimise finds the set of least g, with at most so many intervals.
func (x *pairSearch) minimise(ctx context.Context, most int) error {
	// The empty set, of value 0, so that there is a best set from the start.
	x.offer(nil)
	for _, set := range x.guess.starts() {
		x.offer(set)
	}
	type interval struct{ from, to rational.Int }
	// a(S) is an integer between 0 and a(Ω): the intervals are of whole numbers.
	stack := []interval{{rational.Int{}, x.total}}
	for count := 0; len(stack) > 0; count++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		// Theory knows no bound; a limit in place of a run without end.
		if count == most {
			return x.failed()
		}
		// The last one first: few intervals wait at a time.
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		from, to, before := i.from, i.to, x.least
		switch {
		// Empty: the interval around a set reached the end.
		case from.Cmp(to) > 0:
		// The interval holds the best set, where a tangent is tight: that set's own is the one
		// that proves most.
		case x.bestA.Cmp(from) >= 0 && x.bestA.Cmp(to) <= 0:
			low, high, ok := x.provedAround(x.best, from, to)
			// The best set is not the set of its own tangent: offer would have improved it.
			if !ok {
				return x.failed()
			}
			stack = append(stack, interval{from, low.Sub(rational.NewInt(1))}, interval{high.Add(rational.NewInt(1)), to})
		// One tangent proves the whole interval.
		case x.proved(from, to):
		case !x.least.Equal(before):
			stack = append(stack, i) // the attempt has found a better set
		// A single number without a proof and without a better set, which theory excludes.
		case from.Equal(to):
			return x.failed()
		default:
			// Halved, as a tangent at both ends of a long interval is seldom tight.
			middle, _ := from.Add(to).QuoRem(rational.NewInt(2))
			set := x.settle(x.guess.descend(x.guess.tangent(x.part(middle), x.part(middle)), x.part(middle)))
			x.offer(set)
			low, high := middle, middle.Add(rational.NewInt(1))
			// Around the set found near the middle its own tangent settles more than a halving
			// would.
			if l, h, ok := x.provedAround(set, from, to); ok {
				low, high = l.Sub(rational.NewInt(1)), h.Add(rational.NewInt(1))
			}
			stack = append(stack, interval{from, low}, interval{high, to})
		}
	}
	return nil
}

func (x *pairSearch) failed() error {
	return &theorems.Unsettled{Reason: fmt.Sprintf("two independent drafts over %d tokens: no tangents that prove P* are found", x.q.Len())}
}

// part is m as a part of a(Ω).
func (x *pairSearch) part(m rational.Int) rational.Rat { return rational.RatFromInts(m, x.total) }

// offer keeps a set if it is better than the best, and improves it.
func (x *pairSearch) offer(set []int) {
	for better := x.keep(set); better; {
		set = x.tangentSet(x.bestA, x.bestB)
		// Its own tangent's set: a local minimum.
		if better = x.keep(set); better || slices.Equal(set, x.best) {
			continue
		}
		// One token alone that is not where it should be makes it better.
		better = x.keep(symmetricDifference(x.best, symmetricDifference(x.best, set)[:1]))
	}
}

// keep makes a set the best if it is better.
func (x *pairSearch) keep(set []int) bool {
	a, b := x.mass(x.a, set), x.mass(x.b, set)
	value := x.sOf(set).Sub(x.c.Mul(a).Mul(b))
	if x.known && value.Cmp(x.least) >= 0 {
		return false
	}
	x.best, x.least, x.bestA, x.bestB, x.known = set, value, a, b, true
	return true
}

// symmetricDifference lists the tokens that are in one of two ascending lists.
func symmetricDifference(s, t []int) []int {
	var list []int
	// Both lists ascend, and so does what is in one of them alone.
	for _, i := range union(s, t) {
		_, inS := slices.BinarySearch(s, i)
		if _, inT := slices.BinarySearch(t, i); inS != inT {
			list = append(list, i)
		}
	}
	return list
}

func (x *pairSearch) mass(weights rational.Packed, set []int) rational.Int {
	return multidraft.Distribution{Weights: weights}.MassOf(set)
}

// settle iterates towards a set that is its own tangent's.
func (x *pairSearch) settle(set []int) []int {
	// Twenty rounds: where it goes round in a circle, the last set is as good as any.
	for range 20 {
		next := x.tangentSet(x.mass(x.a, set), x.mass(x.b, set))
		if slices.Equal(next, set) {
			break
		}
		set = next
	}
	return set
}

// tangentSet is the set where s_i - c b a_i - c a b_i is negative.
func (x *pairSearch) tangentSet(a, b rational.Int) []int {
	return x.negative(rational.RatFromInt(b), a)
}

// negative is the set where s_i - c l a_i - c m b_i is negative.
func (x *pairSearch) negative(l rational.Rat, m rational.Int) []int {
	// Multiplied by the denominator of l, so that all is in integers.
	num, den := l.Num(), l.Den()
	cl, cm := x.c.Mul(num), x.c.Mul(den).Mul(m)
	form := x.leading.form(rational.RatFromInts(num, den.Mul(x.leading.unitB)), rational.RatFromInts(m, x.total))
	var set []int
	for i := range x.q.Len() {
		sign, known := form.sign(i)
		// The leading digits are too close to tell: exactly, which is rare.
		if !known {
			sign = x.s1(i).Mul(den).Cmp(cl.Mul(x.a.At(i)).Add(cm.Mul(x.b.At(i))))
		}
		if sign < 0 {
			set = append(set, i)
		}
	}
	return set
}

// slope is s_i - c b a_i - c a b_i.
func (x *pairSearch) slope(i int, a, b rational.Int) rational.Int {
	return x.s1(i).Sub(x.c.Mul(b.Mul(x.a.At(i)).Add(a.Mul(x.b.At(i)))))
}

// provedAround returns an interval that holds a(S) and on which l = b(S) proves the
// best: where its signs stay what they are. There is none if a(S) is not between
// from and to, or if S is not the set of its own tangent.
func (x *pairSearch) provedAround(set []int, from, to rational.Int) (low, high rational.Int, ok bool) {
	// The tangent at S has l = b(S) and m = a(S).
	a, b := x.mass(x.a, set), x.mass(x.b, set)
	// The interval that is proved holds a(S): one beside it would prove nothing of this one.
	if a.Cmp(from) < 0 || a.Cmp(to) > 0 {
		return low, high, false
	}
	in := make([]bool, x.q.Len())
	for _, i := range set {
		in[i] = true
	}
	form := x.leading.form(rational.RatFromInts(b, x.leading.unitB), rational.RatFromInts(a, x.total))
	// How far a(S) may move before the sign at some token turns.
	rooms := [2]rational.Int{x.total.Sub(a), a} // up and down
	bounds := [2]roomBound{newRoomBound(rooms[0], x.total), newRoomBound(rooms[1], x.total)}
	for i, w := range x.b.All() {
		// The sign at such a token does not depend on m.
		if w.IsZero() {
			continue
		}
		side := 0
		if in[i] {
			side = 1
		}
		// Most tokens leave more room than the least of those before.
		if form.leavesMore(i, bounds[side]) {
			continue
		}
		// The form at token i turns where m has moved by its value over c b_i.
		if room, _ := x.slope(i, a, b).Abs().QuoRem(x.c.Mul(w)); room.Cmp(rooms[side]) < 0 {
			rooms[side], bounds[side] = room, newRoomBound(room, x.total)
		}
	}
	// Between these the set of the tangent is S itself.
	low, high = a.Sub(rooms[1]), a.Add(rooms[0])
	l := rational.RatFromInt(b)
	return low, high, x.attains(x.lowest(l, low, high), l)
}
