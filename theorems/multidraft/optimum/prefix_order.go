package optimum

import (
	"cmp"
	"math/bits"
	"slices"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// ByRatio returns the tokens with p_i > 0 in ascending order of q_i/p_i, equal
// ratios by token. The tokens with p_i = 0 are left out: behind the others
// they can only raise q(S). Time O(n log n) at worst, and O(n) for the ratios of a
// vocabulary: keys of one word are sorted by their digits, and the few neighbours
// that keys leave open are compared exactly.
func ByRatio(p, q multidraft.Distribution) []int {
	order := make([]int, 0, p.Weights.Len())
	for i, w := range p.Weights.All() {
		if !w.IsZero() {
			order = append(order, i)
		}
	}
	sortByRatio(p, q, order)
	return order
}

// sortByRatio sorts ascending tokens with p_i > 0 as ByRatio does.
func sortByRatio(p, q multidraft.Distribution, tokens []int) {
	keyed := each.Of(tokens, func(i int) keyedToken { return keyedToken{ratioKey(q.Weights.At(i), p.Weights.At(i)), i} })
	sortByDigits(keyed)
	settleOrder(keyed, func(a, b keyedToken) int {
		// Keys that are further apart than their errors tell the ratios apart.
		if a.key+keyError < b.key || b.key+keyError < a.key {
			return cmp.Compare(a.key, b.key)
		}
		if c := q.Weights.At(a.token).Mul(p.Weights.At(b.token)).Cmp(q.Weights.At(b.token).Mul(p.Weights.At(a.token))); c != 0 {
			return c
		}
		return a.token - b.token
	})
	for j, k := range keyed {
		tokens[j] = k.token
	}
}

type keyedToken struct {
	key   uint64
	token int
}

// The key of a ratio x > 0 is the integer nearest below
//
//	2^keyBits (e + m), where x = (1 + m) 2^e and 0 <= m < 1,
//
// shifted to be positive: it ascends with x. Leading digits of numerator and
// denominator give x up to a factor 1 + 2^-60, and so the key up to one unit.
const (
	keyBits  = 44
	keyError = 2
	keyShift = 1 << (62 - keyBits)
)

// ratioKey is the key of q/p, for q >= 0 and p > 0. The units of weights are left out: they
// are the same for all tokens. A ratio 0 has the key 0, and exponents beyond what keys hold
// have the first or the last, so that exact comparisons decide.
func ratioKey(q, p rational.Int) uint64 {
	a, e := q.Leading()
	// Zero has no leading digit; the key 0 is below all others.
	if a == 0 {
		return 0
	}
	b, f := p.Leading()
	e -= f
	// The quotient of two mantissas is between 1/2 and 2.
	quotient, _ := bits.Div64(a>>1, a<<63, b)
	// Normalised: the first bit is the 1 of 1 + m.
	if quotient>>63 == 0 {
		quotient, e = quotient<<1, e-1
	}
	if e <= -keyShift || e >= keyShift {
		return uint64(max(0, min(e, 1))) * (2 * keyShift << keyBits)
	}
	return uint64(e+keyShift)<<keyBits | quotient<<1>>(64-keyBits)
}

// Ratios are the q_i/p_i of tokens, ready to be compared with many numbers.
type Ratios struct {
	p, q multidraft.Distribution
	keys []uint64
}

// NewRatios takes distributions over the same tokens.
func NewRatios(p, q multidraft.Distribution) *Ratios {
	r := &Ratios{p, q, make([]uint64, p.Weights.Len())}
	for i, w := range p.Weights.All() {
		r.keys[i] = ^uint64(0) // infinite
		if !w.IsZero() {
			r.keys[i] = ratioKey(q.Weights.At(i), w)
		}
	}
	return r
}

// Above returns the weights of p and of q for the set A of tokens with q_i > l p_i, for l = num/den >= 0, which need not be in lowest terms: the
// sum of the positive parts of q_i - l p_i is q(A) - l p(A). One pass over the tokens.
func (r *Ratios) Above(num, den rational.Int) (p, q rational.Int) {
	above, below := num.Mul(r.q.Unit), den.Mul(r.p.Unit)
	key := ratioKey(above, below)
	var sumP, sumQ rational.Sum
	for i, k := range r.keys {
		w, v := r.p.Weights.At(i), r.q.Weights.At(i)
		in := k > key
		// Too close for keys. The key of a token without p is above all numbers: in A it adds what q it has.
		if k+keyError >= key && k <= key+keyError {
			in = v.Mul(below).Cmp(w.Mul(above)) > 0
		}
		if in {
			sumP.Add(w)
			sumQ.Add(v)
		}
	}
	return sumP.Int(), sumQ.Int()
}

// sortByDigits sorts by the key, and keeps the order of equal ones: from the last digit to
// the first, those left out that are equal in all keys.
func sortByDigits(list []keyedToken) {
	const digit = 11
	all, none := ^uint64(0), uint64(0) // bits that are set everywhere, and somewhere
	for _, k := range list {
		all, none = all&k.key, none|k.key
	}
	other := make([]keyedToken, len(list))
	from, to := list, other
	// The last digits are left to settleOrder: few keys are so close.
	for shift := 64 - 4*digit; shift < 64; shift += digit {
		// Nothing to sort by: keys of ratios share their exponents' first digits.
		if (all^none)>>shift&(1<<digit-1) == 0 {
			continue
		}
		var place [1 << digit]int
		for _, k := range from {
			place[k.key>>shift&(1<<digit-1)]++
		}
		sum := 0
		for d, count := range place {
			place[d] = sum
			sum += count
		}
		for _, k := range from {
			d := k.key >> shift & (1<<digit - 1)
			to[place[d]] = k
			place[d]++
		}
		from, to = to, from
	}
	// An odd number of passes has left the result in the other list.
	if len(list) > 0 && &from[0] != &list[0] {
		copy(list, from)
	}
}

// settleOrder sorts a list that is nearly in order, by insertion, and by comparison of
// all if it is not.
func settleOrder(list []keyedToken, compare func(a, b keyedToken) int) {
	budget := 8 * len(list)
	for j := 1; j < len(list); j++ {
		for k := j; k > 0 && compare(list[k-1], list[k]) > 0; k-- {
			list[k-1], list[k] = list[k], list[k-1]
			// Many close keys, as for equal ratios: insertion would be quadratic.
			if budget--; budget < 0 {
				slices.SortFunc(list, compare)
				return
			}
		}
	}
}
