package optimum

import (
	"context"
	"fmt"
	"math"
	"slices"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
)

// MethodBoxes is the search of boxOptimum.
const MethodBoxes = "boxes"

// maxBoxes bounds the boxes that a search may look at for up to usualBoxDrafts.
const (
	maxBoxes       = 1 << 18
	usualBoxDrafts = 6
)

// A boxSearch minimises g(S) = q(S) - p_1(S) ... p_K(S) over the sets S of tokens, for K >= 3
// independent drafts over many tokens: boxes that cover where v = (p_1(S), ..., p_{K-1}(S)) can
// be are shown one by one to hold no better set.
//
// Lower bounds. For any l and any set S with p_k(S) = v_k for k < K,
//
//	g(S) >= G(l, v) = sum over k of l_k v_k + sum over i of min(0, q_i - sum of l_k p_k(i) - (v_1 ... v_{K-1}) p_K(i)).
//
// G is concave in each v_k, so that its least value on a box is at a corner. It is computed in
// floating point with its rounding bounded by rounding: only a bound that is larger by more than
// that than the best set counts.
//
// Around a set. Let c_k be the product of the p_j(S), j != k, and s_i = q_i - sum of c_k p_k(i): at most 0 in S
// and at least 0 off S. For another set T with d_k = p_k(T) - p_k(S), g(T) - g(S) is the sum of
// |s_i| over the tokens in which they differ, minus R, the sum over sets A of two or more drafts of
// the products of d_k in A and p_k(S) off A. If |d_k| <= δ for k < K, each of these has such
// a factor beside its last d_j, so that R <= δ · sum over j of w_j |d_j| with
//
//	w_j = (product of p_k(S), k > j) · (product of 1 + p_k(S), k < j, minus product of p_k(S), k < j),
//
// and |d_j| is at most the sum of p_j(i) over those tokens. So g(T) >= g(S) for all T with |d_k| <= δ, where δ is the
// least |s_i| / (sum of w_j p_j(i)): exact arithmetic, and the boxes near a minimum need no other.
//
// Tokens with q_i = 0 never raise g: all sets have them, and their s_i, which is 0 where two
// drafts have no other token of S, takes no part. Without that balls would have no radius where
// laws are truncated. The same happens where q is the law of one of the drafts, but P* is 1 then.
// What is left are tokens that one draft alone drafts and that happen to have s_i = 0 at the best
// set, with and without which it binds: the boxes around it are never settled, and the search ends
// without a value.
type boxSearch struct {
	rows []multidraft.Distribution
	q    multidraft.Distribution
	base []int       // the tokens with q_i = 0, ascending
	free []int       // the others
	mass []float64   // of the base, for each draft
	p    [][]float64 // of each draft, for the free tokens
	f    []float64   // q, for the free tokens

	best  []int        // at first the empty set
	least rational.Rat // g(best), exactly
	limit float64      // at least g(best)
	balls []ball
}

// A box is a product of intervals, for all drafts but the last.
type box struct{ from, to []float64 }

// boxOptimum is P* of three or more independent drafts for any number of tokens. The number of boxes is not
// bounded by theory; it grows with the number of drafts, and with sets that nearly bind. It fails with
// *theorems.Unsettled if there are too many of them.
func boxOptimum(ctx context.Context, s *multidraft.Instance) (*Optimum, error) {
	// Each further draft doubles the corners of a box, and the boxes grow in number besides.
	most := maxBoxes
	for k := s.K(); k > usualBoxDrafts; k-- { // a box has twice as many corners, and there are more of them
		most /= 4
	}
	return boxOptimumWithin(ctx, s, most)
}

// boxOptimumWithin is boxOptimum with at most so many boxes: tests take few.
func boxOptimumWithin(ctx context.Context, s *multidraft.Instance, most int) (*Optimum, error) {
	for _, row := range s.Rows() {
		// Choosing that draft always is lossless and accepted. Without this the search would not
		// end: see the comment at boxSearch.
		if row.FirstDifference(s.Target()) < 0 { // the output is this draft
			return &Optimum{Value: one, Method: MethodBoxes, Single: true}, nil
		}
	}
	// The best set so far is found before the first box: bounds are compared with its value.
	x := newBoxSearch(s)
	stack := []box{x.first()}
	for count := 0; len(stack) > 0; count++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if count == most {
			return nil, &theorems.Unsettled{Reason: fmt.Sprintf("%d independent drafts over %d tokens: %d boxes do not prove P*", s.K(), s.N(), most)}
		}
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		// Else both halves are looked at. A last-in first-out stack keeps as many boxes as the
		// search is deep.
		if x.settled(b) {
			continue
		}
		low, high := b.halves()
		stack = append(stack, high, low)
	}
	// The empty set has g = 0, too, and is smaller than whatever was found first.
	if x.least.IsZero() {
		x.best = nil // which attains 1 always
	}
	// Both ends are the set that was found: whether others bind is not known.
	best := multidraft.NewTokenSet(s.N(), x.best...)
	return &Optimum{Value: one.Add(x.least), Method: MethodBoxes, Binding: Binding{Smallest: best, Largest: best}, Single: true}, nil
}

// newBoxSearch finds first sets by descents from nine points of the diagonal; they decide how good
// the limit is and nothing else.
func newBoxSearch(s *multidraft.Instance) *boxSearch {
	x := &boxSearch{rows: s.Rows(), q: s.Target()}
	for i, w := range x.q.Weights.All() {
		if w.IsZero() {
			// Tokens without target are in every set: they only lower g.
			x.base = append(x.base, i)
		} else {
			x.free = append(x.free, i)
		}
	}
	x.f = at(Floats(x.q), x.free)
	for _, row := range x.rows {
		all := Floats(row)
		// Floats of the exact law, for bounds whose rounding is counted.
		x.p = append(x.p, at(all, x.free))
		x.mass = append(x.mass, sum(at(all, x.base)))
	}
	x.offer(x.base)
	const steps = 8
	for j := range steps + 1 { // where all drafts lie in S about equally often
		x.offer(x.descend(slices.Repeat([]float64{float64(j) / steps}, s.K())))
	}
	return x
}

// first is a box of all sets: from p_k(base) on, as every set that is looked for has the base.
func (x *boxSearch) first() box {
	all := box{slices.Clone(x.mass[:len(x.mass)-1]), slices.Repeat([]float64{1}, len(x.mass)-1)}
	for j, mass := range all.from { // rounded down by more than it may be wrong
		all.from[j] = max(0, mass-0x1p-30)
	}
	return all
}

// at returns the entries of a list at some places.
func at(list []float64, places []int) []float64 {
	return each.Of(places, func(i int) float64 { return list[i] })
}

func sum(list []float64) (total float64) {
	for _, v := range list {
		total += v
	}
	return total
}

// halves splits a box in the middle of its longest side.
func (b box) halves() (low, high box) {
	// The longest side: the bounds of a box are as bad as its longest side is long.
	side := 0
	for k := range b.from {
		if b.to[k]-b.from[k] > b.to[side]-b.from[side] {
			side = k
		}
	}
	middle := (b.from[side] + b.to[side]) / 2
	// The halves share the ends that they have in common; each has its own copy of the other.
	low, high = box{b.from, slices.Clone(b.to)}, box{slices.Clone(b.from), b.to}
	low.to[side], high.from[side] = middle, middle
	return low, high
}

// center is the middle of a box, up to rounding, which matters to no proof.
func (b box) center() []float64 {
	return each.To(len(b.from), func(k int) float64 { return (b.from[k] + b.to[k]) / 2 })
}

// settled reports whether a box holds no set better than the best, which it may improve.
func (x *boxSearch) settled(b box) bool {
	// The quickest test first: no token is looked at.
	for _, c := range x.balls {
		if c.holds(b) {
			return true
		}
	}
	// A tangent at the middle of the box is a good one where g is nearly linear in it.
	l, last := x.start(b.center())
	// A proof for the whole box.
	if x.bounded(b, l) {
		return true
	}
	// From the middle, to a set near it that is its own tangent's.
	set := x.descend(append(b.center(), last))
	// Neither a ball nor a bound settled it: there may be a better set near the middle, and
	// lowering the limit makes later bounds easier. Exact arithmetic is for sets that floats say may be
	// better, or may have a ball that is large enough for this box.
	guess, value := x.guess(set)
	if value < x.limit+roughly {
		x.offer(set)
	}
	guess.radius += roughly
	if !guess.holds(b) {
		return false
	}
	c := x.around(set)
	if c.radius > 0 && !slices.ContainsFunc(x.balls, func(known ball) bool { return slices.Equal(known.center, c.center) }) {
		x.balls = append(x.balls, c)
	}
	return c.holds(b)
}

// products returns the products of all entries but each one.
func products(v []float64) []float64 {
	// One by one and not by division: an entry may be 0.
	list := make([]float64, len(v))
	for k := range v {
		list[k] = 1
		for j, y := range v {
			if j != k {
				list[k] *= y
			}
		}
	}
	return list
}

// negative lists the base and the tokens with q_i < sum of c_k p_k(i), with the sums of p_k over
// them.
func (x *boxSearch) negative(c []float64) (set []int, sums []float64) {
	// The base is in every set, with its masses.
	set, sums = slices.Clone(x.base), slices.Clone(x.mass)
	for i, v := range x.f {
		for k, w := range c {
			v -= w * x.p[k][i]
		}
		// A token that lowers the linear form.
		if v < 0 {
			set = append(set, x.free[i])
			for k := range sums {
				sums[k] += x.p[k][i]
			}
		}
	}
	return set, sums
}

// descend iterates from the sums v to a set that is its own tangent's.
func (x *boxSearch) descend(v []float64) []int {
	var set []int
	for range 60 {
		next, sums := x.negative(products(v))
		// A fixed point; 60 rounds are enough to find one where there is one, and any set is a
		// valid candidate.
		if slices.Equal(next, set) {
			break
		}
		set, v = next, sums
	}
	return set
}

// offer keeps a set if it is better than the best, exactly.
func (x *boxSearch) offer(set []int) {
	set = multidraft.SortedCopy(set)
	// q(S) minus the product, as fractions: floats have only found the set.
	inside := one
	for _, row := range x.rows {
		inside = inside.Mul(rational.RatFromInts(row.MassOf(set), row.Unit))
	}
	value := rational.RatFromInts(x.q.MassOf(set), x.q.Unit).Sub(inside)
	// Of equal sets the first stays, so that the answer does not depend on how many boxes
	// followed.
	if value.Cmp(x.least) >= 0 {
		return
	}
	x.best, x.least = set, value
	// Above the exact value, so that comparing bounds with it is safe.
	x.limit = value.Float64() + 0x1p-52
}

// start guesses l for the middle of a box, and the last sum.
func (x *boxSearch) start(v []float64) (l []float64, last float64) {
	// Any number will do to begin with: what comes of it is a guess.
	last = v[0]
	for range 8 {
		c := products(append(slices.Clone(v), last))
		_, sums := x.negative(c)
		l = c[:len(v)]
		// Found when the last draft's sum is that of its own tangent.
		if sums[len(v)] == last {
			break
		}
		last = sums[len(v)]
	}
	return l, last
}

// steps are how often bounded looks for better tangents.
const boxSteps = 40

// bounded reports whether tangents prove that the box holds no better set. Subgradients, with
// steps as long as the goal is far, look for l.
func (x *boxSearch) bounded(b box, l []float64) bool {
	l = slices.Clone(l)
	for range boxSteps {
		// Both the bound and the direction in which it grows.
		least, slope := x.lowest(b, l)
		size := 0.0
		for _, v := range l {
			size += math.Abs(v)
		}
		// Each of the n terms is summed with n + K roundings of numbers of at most that sum; the
		// base is summed, too.
		error := float64(x.q.Weights.Len()+2*len(x.p)+64) * 0x1p-53 * (3 + 3*size)
		missing := x.limit + error - least
		// With l of such a size the bound of rounding itself would no longer hold.
		if missing <= 0 {
			return size < 1e6
		}
		norm := 0.0
		for _, g := range slope {
			norm += g * g
		}
		// No direction raises the bound: this box takes halving.
		if norm == 0 {
			return false
		}
		for k, g := range slope {
			// A step to where the linear part would reach the limit, and a fifth beyond, as the
			// function is concave.
			l[k] += 1.2 * missing / norm * g
		}
	}
	return false
}

// lowest is at most the least G(l, v) over the corners v of a box, and nearly that, with its slope in l.
func (x *boxSearch) lowest(b box, l []float64) (least float64, slope []float64) {
	rest := make([]float64, len(x.f)) // q_i - sum of l_k p_k(i)
	for i, v := range x.f {
		for k, w := range l {
			// The part that does not depend on the corner.
			v -= w * x.p[k][i]
		}
		rest[i] = v
	}
	last := x.p[len(l)]
	// What the tokens give depends on a corner by its product alone, and is concave in that.
	tokens := func(product float64) (value float64) {
		for i, r := range rest {
			if t := r - product*last[i]; t < 0 {
				value += t
			}
		}
		return value
	}
	all := tokens
	// 2^(K-1) corners: chords of so concave a function save passes over the tokens.
	if 1<<len(l) > 2*chords {
		all = belowConcave(tokens, product(b.from), product(b.to))
	}
	least = math.Inf(1)
	var at float64 // the product of the least corner
	v := make([]float64, len(l))
	for corner := range 1 << len(l) {
		// Bit k of the corner says which end of side k it has.
		for k := range v {
			if v[k] = b.from[k]; corner>>k&1 == 1 {
				v[k] = b.to[k]
			}
		}
		p := product(v)
		// The base takes part with its own masses: it is in S whatever its terms are.
		value := all(p) - p*x.mass[len(l)]
		for k, w := range l {
			value += w * (v[k] - x.mass[k])
		}
		if value < least {
			least, at, slope = value, p, slices.Clone(v)
		}
	}
	// The corner itself, less what the set of the tangent has: the slope of G in l.
	for k := range slope {
		slope[k] -= x.mass[k]
	}
	for i, r := range rest {
		if r-at*last[i] < 0 {
			for k := range slope {
				slope[k] -= x.p[k][i]
			}
		}
	}
	return least, slope
}

func product(list []float64) float64 {
	product := 1.0
	for _, v := range list {
		product *= v
	}
	return product
}

// chords are how many chords stand in for a concave function.
const chords = 5

// belowConcave is a function that is at most f from one number to another, for a concave f whose slopes are
// between -1 and 0, up to some roundings of values of f: by chords.
func belowConcave(f func(t float64) float64, from, to float64) func(t float64) float64 {
	var values [chords + 1]float64
	step := (to - from) / chords
	for j := range values {
		values[j] = f(from + float64(j)*step)
	}
	return func(t float64) float64 {
		// Too short an interval to be divided: its ends differ by less than they are rounded.
		if step < 0x1p-60 {
			return min(values[0], values[chords])
		}
		part := (t - from) / step
		j := min(max(int(part), 0), chords-1)
		return values[j] + (part-float64(j))*(values[j+1]-values[j])
	}
}
