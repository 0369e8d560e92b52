package input

import (
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
	for _, target := range []bool{false, true} {
		if _, err := s.of(target); err != nil {
			return err
		}
	}
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
	x.temperature = 1
	for _, f := range []struct {
		flag, text string
		set        func(v rational.Rat) bool
	}{
		{"temperature", s.temperature, func(v rational.Rat) bool {
			x.temperature = v.Float64()
			return x.temperature > 1e-6 && x.temperature < 1e6
		}},
		{"top-k", s.topK, func(v rational.Rat) bool {
			k, small := v.Num().Int64()
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

// apply turns what was read into weights, and says how in words, "" if nothing is done, with a
// bound of the total variation between the law of these weights and that meant.
func (s *Sampling) apply(name string, v Vector, target bool) (_ Vector, note string, off rational.Rat, _ error) {
	if !s.Logits && s.topK == "" && s.topP == "" && s.minP == "" {
		return v, "", off, nil
	}
	x, err := s.of(target)
	if err != nil {
		return v, "", off, err
	}
	var notes []string
	if s.Logits {
		weights, wrong, err := softmax(v.logits(), x.temperature)
		if err != nil {
			return v, "", off, fmt.Errorf("%s: %w", name, err)
		}
		v = Vector{weights: weights, unit: multidraft.Sum(weights)}
		if off, err = rational.RatFromFloat64(wrong); err != nil {
			return v, "", off, fmt.Errorf("%s: logits of this size and temperature have no softmax in floating point", name)
		}
		notes = append(notes, fmt.Sprintf("softmax at temperature %v, off by at most %.1e in total variation", x.temperature, 1.1*wrong)) // rounded up
	}
	before, all := positive(v.weights), multidraft.Sum(v.weights)
	v.weights = x.truncated(v.weights)
	if after := positive(v.weights); after < before {
		notes = append(notes, fmt.Sprintf("%d of %d tokens kept", after, before))
		// The law given the tokens that are kept is off by at most twice that over their part.
		off = off.Mul(rational.NewRat(2, 1)).Mul(rational.RatFromInts(all, multidraft.Sum(v.weights)))
	}
	if notes == nil {
		return v, "", off, nil
	}
	return v, name + ": " + strings.Join(notes, ", "), off, nil
}

func positive(weights []rational.Int) (count int) {
	for _, w := range weights {
		count += w.Sign()
	}
	return count
}

// softmaxBits are the binary digits behind the point to which weights are rounded.
const softmaxBits = 62

// softmax returns integers in proportion to exp(l_i/T), and a bound of the total variation
// between what they say and the softmax itself.
//
// With d_i = max l - l_i and u = 2^-53, the float of d_i/T is wrong by at most 3u of itself and, for
// logits that were rounded to floats, by 2u max|l|/T; so that exp(-d_i/T), which is at least
// 2^-923 or taken for 0, is wrong by a factor 1 + 3u·640 + 4u max|l|/T + 4u at most, and each
// probability by twice that. Rounding to 2^-62 of the largest adds 2^-62 for each token.
func softmax(logits []float64, temperature float64) (weights []rational.Int, off float64, err error) {
	top, far := math.Inf(-1), 0.0
	for i, l := range logits {
		if math.IsNaN(l) || math.IsInf(l, 1) {
			return nil, 0, fmt.Errorf("logit %d is %v", i+1, l)
		}
		if top = max(top, l); !math.IsInf(l, -1) {
			far = max(far, math.Abs(l))
		}
	}
	if math.IsInf(top, -1) {
		return nil, 0, fmt.Errorf("all logits are -Inf")
	}
	weights = make([]rational.Int, len(logits))
	for i, l := range logits {
		weights[i] = rational.NewInt(int64(math.Round(math.Ldexp(exponential.Neg((top-l)/temperature), softmaxBits))))
	}
	const u = 0x1p-53
	relative := 3*u*exponential.Max + 4*u*far/temperature + 5*u
	return weights, 2.01*relative + 0x1p-62*float64(len(logits)), nil
}

// truncated keeps tokens as top-k, top-p and min-p say, in this order.
func (x sampler) truncated(weights []rational.Int) []rational.Int {
	if x.topK == 0 && x.topP.IsZero() && x.minP.IsZero() {
		return weights
	}
	order := multidraft.Distribution{Weights: weights}.Likeliest(len(weights))
	keep := len(order)
	if x.topK > 0 {
		keep = min(keep, x.topK)
	}
	if !x.topP.IsZero() {
		// The probabilities are those of what is left so far.
		goal := multidraft.Distribution{Weights: weights}.MassOf(order[:keep]).Mul(x.topP.Num())
		var sum rational.Int
		for j, i := range order[:keep] {
			if sum = sum.Add(weights[i]); sum.Mul(x.topP.Den()).Cmp(goal) >= 0 {
				keep = j + 1
				break
			}
		}
	}
	if !x.minP.IsZero() && len(order) > 0 {
		least := weights[order[0]].Mul(x.minP.Num())
		below := slices.IndexFunc(order[:keep], func(i int) bool { return weights[i].Mul(x.minP.Den()).Cmp(least) < 0 })
		if below >= 0 {
			keep = below
		}
	}
	out := make([]rational.Int, len(weights))
	for _, i := range order[:keep] {
		out[i] = weights[i]
	}
	return out
}
