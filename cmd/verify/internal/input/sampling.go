package input

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/internal/exponential"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// Sampling is how p and q come from what a model gives: from logits by the softmax, and
// truncated. Each flag has one value for both, or two separated by a comma, for the draft and
// the target.
type Sampling struct {
	// The values are kept as typed, and parsed again for each law: of draft and target they differ.
	Logits                        bool
	temperature, topK, topP, minP string
}

// flags adds the flags.
func (s *Sampling) flags(f *run.FlagSet) {
	f.BoolVar(&s.Logits, "logits", false, "p and q are logits: take the softmax, which is rounded, and say by how much P* may be off")
	f.StringVar(&s.temperature, "temperature", "", "with -logits: `temperature` of both, or of draft and target separated by a comma (default 1)")
	f.StringVar(&s.topK, "top-k", "", "keep this `number` of likeliest tokens, of equal ones the first; for draft,target as above")
	f.StringVar(&s.topP, "top-p", "", "keep the fewest likeliest tokens of at least this total `probability`; for draft,target as above")
	f.StringVar(&s.minP, "min-p", "", "keep the tokens of at least this `part` of the largest probability; for draft,target as above")
}

// check says what is wrong with them.
func (s *Sampling) check() error {
	// Both are parsed before any file is read, so that a mistyped value costs no time.
	for _, target := range []bool{false, true} {
		if _, err := s.of(target); err != nil {
			return err
		}
	}
	// p to the power 1/T, normalised, is irrational in general.
	if s.temperature != "" && !s.Logits {
		return run.UsageErrorf("-temperature goes with -logits: of probabilities it is no power that fractions have")
	}
	return nil
}

// A sampler is the sampling of p or of q.
type sampler struct {
	temperature float64
	topK        int          // 0: all
	topP        rational.Rat // 0: all
	minP        rational.Rat
}

// of parses the values for the draft or the target.
func (s *Sampling) of(target bool) (x sampler, err error) {
	// One value holds for both; of two the second is the target's.
	pick := func(flag, text string) (rational.Rat, error) {
		first, second, two := strings.Cut(text, ",")
		if two && target {
			first = second
		}
		v, err := rational.ParseRat(first)
		if err != nil || v.Sign() <= 0 {
			return v, run.UsageErrorf("-%s %s: expected a positive number, or two separated by a comma", flag, text)
		}
		return v, nil
	}
	// A flag that is not given leaves the zero value, which for the others means no truncation.
	x.temperature = 1
	for _, f := range []struct {
		flag, text string
		set        func(v rational.Rat) bool
	}{
		{"temperature", s.temperature, func(v rational.Rat) bool {
			// The softmax is in floats in any case, with a bound that covers this rounding. Outside these
			// bounds the exponents of all tokens but one would vanish, or those of none.
			x.temperature = v.Float64()
			return x.temperature > 1e-6 && x.temperature < 1e6
		}},
		{"top-k", s.topK, func(v rational.Rat) bool {
			k, small := v.Num().Int64()
			// More tokens than there are is all of them.
			x.topK = int(min(k, math.MaxInt32))
			return v.IsInt() && small
		}},
		{"top-p", s.topP, func(v rational.Rat) bool { x.topP = v; return v.Cmp(rational.NewRat(1, 1)) <= 0 }},
		{"min-p", s.minP, func(v rational.Rat) bool { x.minP = v; return v.Cmp(rational.NewRat(1, 1)) <= 0 }},
	} {
		if f.text == "" {
			continue
		}
		v, err := pick(f.flag, f.text)
		if err != nil {
			return x, err
		}
		if !f.set(v) {
			return x, run.UsageErrorf("-%s %s: out of range", f.flag, f.text)
		}
	}
	return x, nil
}

// A sampledLaw is what sampling makes of a vector: weights, what was done in words, "" if nothing, and
// how far the law of the weights may be from the one that is meant.
type sampledLaw struct {
	Vector
	note string
	// relative bounds the error of the probability of each token as a part of it, and loose is the
	// weight that is anywhere between 0 and what it should be: what is lost by rounding, and the tokens that
	// top-p or min-p keep or not within the errors of the softmax.
	relative rational.Rat
	loose    rational.Rat // as a multiple of the largest weight
	softmax  bool
}

// apply turns what was read into weights. Where draws depend on those before them small
// probabilities count as parts of what is left, not of 1: fine keeps them.
func (s *Sampling) apply(name string, v Vector, target, fine bool) (sampledLaw, error) {
	// With nothing asked for the law stays what was read, exact.
	l := sampledLaw{Vector: v}
	if !s.Logits && s.topK == "" && s.topP == "" && s.minP == "" {
		return l, nil
	}
	// What is wrong with the values of a command line was told by check, before anything was
	// read.
	x, err := s.of(target)
	if err != nil {
		return l, err
	}
	var notes []string
	var order []int // likeliest first: of logits, whose order the rounded softmax may not keep
	if s.Logits {
		logits := v.logits()
		// The weights are integers from here on, and all that follows is exact but for the two bounds.
		weights, wrong, lost, err := softmax(logits, x.temperature, fine)
		if err != nil {
			return l, fmt.Errorf("%s: %w", name, err)
		}
		l.Vector, l.softmax = Vector{weights: weights, unit: multidraft.Sum(weights)}, true
		// A bound of a hundredth would say nothing about P*: refused, in place of a result of no worth.
		if l.relative, err = rational.RatFromFloat64(wrong); err != nil || wrong > 0.01 {
			return l, fmt.Errorf("%s: logits of this size and temperature have no softmax in floating point", name)
		}
		// Each token may have lost as much.
		l.loose = lost.Mul(rational.NewRat(int64(len(weights)), 1))
		if x.truncates() {
			order = byLogits(v, logits)
		}
	}
	// How many tokens are left is told, since top-p of a flat law may keep very many.
	before := positive(l.weights)
	loose := x.truncate(&l, order)
	l.loose = l.loose.Add(loose)
	// Numbers that were no logits are exact, and truncation of them is too.
	if l.softmax {
		off := l.away(0).Mul(rational.NewRat(11, 10)) // rounded up
		notes = append(notes, fmt.Sprintf("softmax at temperature %v, off by at most %s in total variation", x.temperature, Scientific(off, 2)))
	}
	if after := positive(l.weights); after < before {
		notes = append(notes, fmt.Sprintf("%d of %d tokens kept", after, before))
		// Two tokens so close to the border that the softmax cannot tell which side they are on.
		if l.softmax && !loose.IsZero() {
			notes = append(notes, "and which is not certain")
		}
	}
	if notes != nil {
		l.note = name + ": " + strings.Join(notes, ", ")
	}
	return l, nil
}

// away bounds the total variation between the law given that some tokens are gone, the count likeliest
// at most, and the one meant: 1 at most. Errors that are parts of a probability stay so: a
// factor between 1 - relative and 1 + relative over another such.
func (l *sampledLaw) away(count int) rational.Rat {
	// Numbers that were read as probabilities are exact, and so is what is left of them.
	if !l.softmax {
		return rational.Rat{}
	}
	// The worst case of what is gone leaves the least, of which the errors are the largest part.
	heaviest := heaviest(l.weights, max(1, count))
	largest, gone := heaviest[0], multidraft.Sum(heaviest[:min(count, len(heaviest))])
	left := multidraft.Sum(l.weights).Sub(gone)
	one := rational.NewRat(1, 1)
	// Nothing is known about a law of which nothing is left.
	if left.IsZero() {
		return one
	}
	lost := l.loose.Mul(rational.RatFromInts(largest, left))
	return rational.MinRat(one, l.relative.Mul(rational.NewRat(101, 100)).Add(lost))
}

// heaviest returns the largest count weights, descending, or all if they are fewer.
func heaviest(weights []rational.Int, count int) []rational.Int {
	// Insertion into a short sorted list: count is the number of drafts, and the weights are many.
	var top []rational.Int
	for _, w := range weights {
		if len(top) == count {
			if w.Cmp(top[count-1]) <= 0 {
				continue
			}
			top = top[:count-1]
		}
		place, _ := slices.BinarySearchFunc(top, w, func(a, b rational.Int) int { return b.Cmp(a) })
		top = slices.Insert(top, place, w)
	}
	return top
}

// positive counts the tokens that can be drawn.
func positive(weights []rational.Int) (count int) {
	for _, w := range weights {
		// No weight is negative, so that the signs add up.
		count += w.Sign()
	}
	return count
}

// byLogits orders tokens by what was read, of equal ones the first: numbers exactly, floats as
// they are.
func byLogits(v Vector, logits []float64) []int {
	// Numbers are compared as the fractions that they are, not as the floats that they round to.
	if v.floats == nil {
		return multidraft.Distribution{Weights: v.weights}.Likeliest(len(v.weights))
	}
	// Ties go to the smaller number, as sampling libraries do it; what is kept then is certain.
	order := multidraft.Identity(len(logits))
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(logits[j], logits[i]), i-j) })
	return order
}

// softmaxBits are the binary digits behind the point to which weights are rounded, and
// fineBits those that hold all digits of each: exp(-x) is taken for 0 below 2^-923.
const (
	softmaxBits = 62
	fineBits    = 923 + 53
)

// softmax returns integers in proportion to exp(l_i/T), a bound of the relative error of
// their probabilities, and one of what rounding takes from each, as a part of the largest.
//
// With d_i = max l - l_i and u = 2^-53, the float of d_i/T is wrong by at most 3u of itself and, for
// logits that were rounded to floats, by 2u max|l|/T; so that exp(-d_i/T), which is at least
// 2^-923 or taken for 0, is wrong by a factor 1 + 3u·640 + 4u max|l|/T + 4u at most, and each
// probability by twice that. Rounding to 2^-62 of the largest takes 2^-62 for each token, or
// 2^-923 if weights are fine.
func softmax(logits []float64, temperature float64, fine bool) (weights []rational.Int, relative float64, lost rational.Rat, err error) {
	// The largest logit is subtracted from all, so that no exponential overflows.
	top, far := math.Inf(-1), 0.0
	for i, l := range logits {
		// Plus infinity would be the only token, if it came once; twice it has no meaning.
		if math.IsNaN(l) || math.IsInf(l, 1) {
			return nil, 0, lost, fmt.Errorf("logit %d is %v", i+1, l)
		}
		// A token at minus infinity has no rounding error, however large the others are.
		if top = max(top, l); !math.IsInf(l, -1) {
			far = max(far, math.Abs(l))
		}
	}
	if math.IsInf(top, -1) {
		return nil, 0, lost, fmt.Errorf("all logits are -Inf")
	}
	weights = make([]rational.Int, len(logits))
	exponents, least := make([]float64, len(logits)), 1.0
	for i, l := range logits {
		// Neg has a proved bound, other than the library's exponential.
		exponents[i] = exponential.Neg((top - l) / temperature)
		if exponents[i] > 0 {
			least = min(least, exponents[i])
		}
	}
	bits, digits := softmaxBits, softmaxBits
	if fine { // all 53 digits of the least, if it is not below what counts
		bits = min(fineBits, 53-math.Ilogb(least))
		digits = fineBits - 53
	}
	for i, e := range exponents {
		weights[i] = roundedTimes(e, bits)
	}
	// The bound that the comment above derives, twice, with a hundredth for products of errors.
	const u = 0x1p-53
	relative = 2.01 * (3*u*exponential.Max + 4*u*far/temperature + 5*u)
	return weights, relative, rational.NewRat(1, 1).Quo(rational.RatFromInt(rational.PowerOfTwo(digits))), nil
}

// roundedTimes is e 2^bits, rounded to an integer, for 0 <= e <= 1.
func roundedTimes(e float64, bits int) rational.Int {
	// It fits a machine word: the usual case, and the fast one.
	if bits <= softmaxBits {
		return rational.NewInt(int64(math.Round(math.Ldexp(e, bits))))
	}
	// All 53 digits of the float, moved to their place.
	mantissa, exponent := math.Frexp(e)
	m := rational.NewInt(int64(math.Ldexp(mantissa, 53)))
	if shift := exponent - 53 + bits; shift >= 0 {
		return m.Mul(rational.PowerOfTwo(shift))
	}
	return rational.Int{} // only 0 has so small an exponent
}

// truncates reports whether any token may be dropped.
func (x sampler) truncates() bool { return x.topK > 0 || !x.topP.IsZero() || !x.minP.IsZero() }

// truncate keeps tokens as top-k, top-p and min-p say, in this order, and returns the weight of
// those of which the errors of the weights leave open whether they are to be kept, as a part of the
// largest. The order is from the likeliest on; nil for that of the weights.
func (x sampler) truncate(l *sampledLaw, order []int) (open rational.Rat) {
	if !x.truncates() || len(l.weights) == 0 {
		return open
	}
	weights := l.weights
	if order == nil {
		order = multidraft.Distribution{Weights: weights}.Likeliest(len(weights))
	}
	keep := len(order)
	// The order of the three is that of the libraries: each looks at what the one before left.
	if x.topK > 0 {
		keep = min(keep, x.topK)
	}
	largest := weights[order[0]]
	add := func(weight rational.Int) {
		if l.softmax && !largest.IsZero() {
			open = open.Add(rational.RatFromInts(weight, largest).Mul(rational.NewRat(101, 100))) // of errors of the weight, too
		}
	}
	if !x.topP.IsZero() {
		// The probabilities are those of what is left so far.
		var weight rational.Int
		keep, weight = x.nucleus(l, order[:keep])
		add(weight)
	}
	if !x.minP.IsZero() {
		var weight rational.Int
		keep, weight = x.frequent(l, order[:keep])
		add(weight)
	}
	l.weights = make([]rational.Int, len(weights))
	// What is not kept has weight 0; the rest is divided by its sum later.
	for _, i := range order[:keep] {
		l.weights[i] = weights[i]
	}
	return open
}

// nucleus counts the first tokens of the order whose weights reach the part topP of all in it, and
// returns the weight of those between the least and the largest number that the errors allow.
func (x sampler) nucleus(l *sampledLaw, order []int) (keep int, open rational.Int) {
	sum := multidraft.Distribution{Weights: l.weights}.MassOf(order)
	all := rational.RatFromInt(sum)
	// The errors widen the border at which the sum reaches topP: low and high are its two ends.
	error := l.relative.Add(l.relative) // of a part of the sum
	if !sum.IsZero() {
		error = error.Add(l.loose.Mul(rational.RatFromInts(l.weights[order[0]], sum)))
	}
	low, goal, high := x.topP.Sub(error).Mul(all), x.topP.Mul(all), x.topP.Add(error).Mul(all)
	var reached, first, last rational.Int
	keep = -1
	for j, i := range order {
		// Token i is kept if the sum before it has not reached the goal.
		before := rational.RatFromInt(reached)
		reached = reached.Add(l.weights[i])
		after := rational.RatFromInt(reached)
		// It is kept, whatever the errors are.
		if before.Cmp(low) < 0 {
			first = reached
		}
		// It is kept if the errors are bad; between first and last nobody knows.
		if before.Cmp(high) < 0 {
			last = reached
		}
		if keep < 0 && after.Cmp(goal) >= 0 {
			keep = j + 1
		}
		// No later token can be in doubt.
		if keep > 0 && after.Cmp(high) >= 0 {
			break
		}
	}
	// The goal is a part of the sum, so that only an empty order comes here.
	if keep < 0 {
		keep = len(order)
	}
	return keep, last.Sub(first)
}

// frequent counts the first tokens of the order that have at least the part minP of the largest
// weight, and returns the weight of those near that part within the errors.
func (x sampler) frequent(l *sampledLaw, order []int) (keep int, open rational.Int) {
	largest := rational.RatFromInt(l.weights[order[0]])
	error := x.minP.Mul(l.relative).Add(l.loose).Mul(largest)
	// Here too the border is wide, by what both the weight and the largest one may be off.
	least := x.minP.Mul(largest)
	low, high := least.Sub(error), least.Add(error)
	for _, i := range order {
		w := rational.RatFromInt(l.weights[i])
		// The order descends: all others are certainly below.
		if w.Cmp(low) < 0 {
			break
		}
		if w.Cmp(least) >= 0 {
			keep++
		}
		// Kept or not, it is in doubt.
		if w.Cmp(high) < 0 {
			open = open.Add(l.weights[i])
		}
	}
	return keep, open
}
