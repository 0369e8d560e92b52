package input

import (
	"fmt"
	"math"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/rational"
	"pstar/theorems/multidraft/sampling"
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
	temperature rational.Rat
	sampling.Truncation
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
	one := rational.NewRat(1, 1)
	// A flag that is not given leaves the zero value, which for the others means no truncation.
	x.temperature = one
	for _, f := range []struct {
		flag, text, want string
		set              func(v rational.Rat) bool
	}{
		{"temperature", s.temperature, "a number above 1e-6 and below 1e6", func(v rational.Rat) bool { x.temperature = v; return sampling.ValidTemperature(v) }},
		{"top-k", s.topK, "a whole number", func(v rational.Rat) bool {
			k, small := v.Num().Int64()
			// More tokens than there are is all of them.
			if x.TopK = math.MaxInt32; small {
				x.TopK = int(min(k, math.MaxInt32))
			}
			return v.IsInt()
		}},
		{"top-p", s.topP, "at most 1", func(v rational.Rat) bool { x.TopP = v; return v.Cmp(one) <= 0 }},
		{"min-p", s.minP, "at most 1", func(v rational.Rat) bool { x.MinP = v; return v.Cmp(one) <= 0 }},
	} {
		if f.text == "" {
			continue
		}
		v, err := pick(f.flag, f.text)
		if err != nil {
			return x, err
		}
		if !f.set(v) {
			return x, run.UsageErrorf("-%s %s: expected %s", f.flag, f.text, f.want)
		}
	}
	return x, nil
}

// A sampledLaw is what sampling makes of a vector: weights, how far they may be off, and what was done
// in words, "" if nothing.
type sampledLaw struct {
	Vector
	law  *sampling.Law
	note string
}

// apply turns what was read into weights. Draws that depend on those before them need fine ones.
func (s *Sampling) apply(name string, v Vector, target, fine bool) (sampledLaw, error) {
	// With nothing asked for the law stays what was read, exact.
	l := sampledLaw{Vector: v, law: sampling.Exact(v.weights)}
	if !s.Logits && s.topK == "" && s.topP == "" && s.minP == "" {
		return l, nil
	}
	// What is wrong with the values of a command line was told by check, before anything was
	// read.
	x, err := s.of(target)
	if err != nil {
		return l, err
	}
	var order []int // likeliest first: of logits, whose order the rounded softmax may not keep
	if s.Logits {
		if l.law, err = sampling.Softmax(v.logits(), x.temperature, fine); err != nil {
			return l, fmt.Errorf("%s: %w", name, err)
		}
		// Numbers of a text are meant as they stand there, not as the floats of the softmax.
		if v.floats == nil {
			l.law.Meant(func(i int) (rational.Rat, bool) { return v.at(i).Quo(x.temperature), true })
		}
		l.Vector = Vector{unit: l.law.Weights.Sum()}
		if x.Drops() {
			order = v.byLogits()
		}
	}
	// How many tokens are left is told, since top-p of a flat law may keep very many.
	before := l.law.Positive()
	open := x.Apply(l.law, order)
	l.weights = l.law.Weights
	var notes []string
	// Numbers that were no logits are exact, and truncation of them is too.
	if s.Logits {
		notes = append(notes, fmt.Sprintf("softmax at temperature %v, off by at most %s in total variation", x.temperature.Float64(), AtMost(l.law.Away(0))))
	}
	if after := l.law.Positive(); after < before {
		notes = append(notes, fmt.Sprintf("%d of %d tokens kept", after, before))
		// Two tokens so close to the border that the softmax cannot tell which side they are on.
		if open {
			notes = append(notes, "and which is not certain")
		}
	}
	if notes != nil {
		l.note = name + ": " + strings.Join(notes, ", ")
	}
	return l, nil
}
