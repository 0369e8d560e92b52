package single

import (
	"context"
	"fmt"
	"slices"

	"pstar/rational"
	"pstar/theorems/contention"
)

// A Valued is one value of a random valuation with its probability.
// A value that is listed twice has both probabilities.
type Valued struct{ Value, Probability rational.Rat }

// A Valuation is a law: its values, in any order; what is missing to probability 1 is that of 0.
type Valuation []Valued

// ValidateValuations reports what is wrong with valuations: there must be one, values that are not negative,
// probabilities with sum at most 1, and a positive value somewhere.
// Faults of one agent are an [contention.InstanceError], which names it.
func ValidateValuations(list []Valuation) error {
	// Without a positive value there is nothing to compare with.
	positive := false
	// The first fault is told, with the agent it is about.
	for i, law := range list {
		if text := law.invalid(); text != "" {
			return &contention.InstanceError{Kind: "agent", Index: i, Text: text}
		}
		for _, v := range law {
			positive = positive || v.Value.Sign() > 0 && v.Probability.Sign() > 0
		}
	}
	if !positive {
		return fmt.Errorf("expected a positive value with positive probability")
	}
	if len(list) > MaxElements {
		return tooMany(len(list))
	}
	return nil
}

// invalid says what is wrong with a law, beginning with the field, or "" for nothing.
// The sum is asked for after the single entries, whose faults explain more.
func (law Valuation) invalid() string {
	// Entries before their sum, as above.
	sum := zero
	for k, v := range law {
		if text := v.invalid(); text != "" {
			return fmt.Sprintf("value %d: %s", k+1, text)
		}
		sum = sum.Add(v.Probability)
	}
	// Less than 1 is the value 0 for the rest.
	if sum.Cmp(one) > 0 {
		return fmt.Sprintf("values: expected probabilities with sum at most 1, found %s", sum)
	}
	return ""
}

// invalid says what is wrong with one value, or "".
// A probability above 1 is refused by the sum.
func (v Valued) invalid() string {
	// Zeros are allowed, and count nothing.
	if v.Value.Sign() < 0 || v.Probability.Sign() < 0 {
		return fmt.Sprintf("expected a value and a probability that are not negative, found %s and %s", v.Value, v.Probability)
	}
	return ""
}

// A Prophet is a problem of selling one unit to agents who arrive forward or backward with independent valuations, and the
// policy that a contention resolution scheme gives.
// All numbers are exact. Lists are by agent.
type Prophet struct {
	Valuations []Valuation
	// X is the probability with which each agent has the largest valuation, which is positive, and of several the first. An agent is active with its largest
	// valuations, up to this probability, and Active is the expected valuation times being active.
	X, Active []rational.Rat
	Unit      *Unit // LPOPT for X
	// Max is the expected largest valuation, Policy what Algorithm 2 sells for, in the mean of both orders, Online what the best policy does that
	// knows the order, and Threshold what the best fixed price does.
	Max, Policy, Online, Threshold rational.Rat
}

// SolveProphet computes the exact values of a problem. An error is that of [ValidateValuations] or ctx.Err().
//
// Time is the number of different values times that of all values of all agents, besides that of LPOPT. Nothing bounds the digits but those of the
// file: the x are products over all agents.
func SolveProphet(ctx context.Context, list []Valuation) (*Prophet, error) {
	if err := ValidateValuations(list); err != nil {
		return nil, err
	}
	// The policy, and what it is compared with, in the order in which they depend on each other.
	p := &Prophet{Valuations: list, X: make([]rational.Rat, len(list)), Active: make([]rational.Rat, len(list))}
	if err := p.largest(ctx); err != nil {
		// X before all others, as everything else is computed from it.
		return nil, err
	}
	for i, law := range list {
		// The largest valuations of the agent, up to the probability that it has the largest of all: no choice
		// of as likely events is worth more, so that Σ Active ≥ E[max].
		left := p.X[i]
		for _, v := range descending(law) {
			// The last value may count in part: then being active depends on a coin
			// besides.
			part := rational.MinRat(left, v.Probability)
			left = left.Sub(part)
			p.Active[i] = p.Active[i].Add(part.Mul(v.Value))
		}
	}
	var err error
	// The scheme for these probabilities, whose sum is at most 1.
	if p.Unit, err = Solve(ctx, p.X); err != nil {
		return nil, err
	}
	// An active agent is sold to with probability c_σ(i), whatever its value: the expectations multiply.
	// Being active and the value are of the agent alone, independent of what came before
	// it.
	for i, v := range p.Active {
		p.Policy = p.Policy.Add(p.Unit.Choice.Average(i).Mul(v))
	}
	// Both orders have the probability 1/2.
	for _, o := range contention.Orders {
		p.Online = p.Online.Add(online(list, o).Mul(half))
	}
	// Between two values that occur all prices sell to the same agents: the values are enough.
	// The best fixed price may be any of them; a higher price is not always worth less.
	for _, price := range p.values() {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		// In the mean of both orders, as the policy is.
		sum := zero
		for _, o := range contention.Orders {
			sum = sum.Add(threshold(list, o, price).Mul(half))
		}
		p.Threshold = rational.MaxRat(p.Threshold, sum)
	}
	return p, ctx.Err()
}

// Check reports which of Policy ≥ LPOPT·Max and Max ≥ Online ≥ Policy, Threshold does not hold, or nil.
// A failure means that a law was computed wrongly, or that the theorem is false.
func (p *Prophet) Check() error {
	switch {
	// The prophet inequality that the scheme gives.
	case p.Policy.Cmp(p.Unit.Value.Mul(p.Max)) < 0:
		return fmt.Errorf("the policy is worth %s, less than LPOPT·E[max]", p.Policy)
	// The best policy sells to one agent, hence for no more than the largest; and it is no worse than others.
	case p.Online.Cmp(p.Max) > 0 || p.Online.Cmp(p.Policy) < 0 || p.Online.Cmp(p.Threshold) < 0:
		return fmt.Errorf("the best policy is worth %s, beside E[max] = %s, %s and %s", p.Online, p.Max, p.Policy, p.Threshold)
	}
	return nil
}

// descending lists the values of a law from the largest one, without those of probability 0.
// The law itself is not changed.
func descending(law Valuation) Valuation {
	// Those of probability 0 would be values that nobody has.
	list := slices.DeleteFunc(slices.Clone(law), func(v Valued) bool { return v.Probability.IsZero() })
	slices.SortStableFunc(list, func(a, b Valued) int { return b.Value.Cmp(a.Value) })
	return list
}

// values lists the positive values of all agents, ascending.
// Each once, however many agents have it.
func (p *Prophet) values() []rational.Rat {
	// Of all agents together, as a price is compared with all of them.
	var list []rational.Rat
	for _, law := range p.Valuations {
		for _, v := range law {
			if v.Value.Sign() > 0 && v.Probability.Sign() > 0 {
				list = append(list, v.Value)
			}
		}
	}
	slices.SortFunc(list, rational.Rat.Cmp)
	return slices.CompactFunc(list, rational.Rat.Equal)
}

// largest sets X and Max: for each value, an agent has it while those before have less, and those behind no more. The
// error is the end of ctx.
// It adds to X and Max, which are zero before. Time is that of all values for each
// different one.
func (p *Prophet) largest(ctx context.Context) error {
	for _, value := range p.values() {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		// The probabilities that an agent has less than the value, and that it has no more.
		below, upTo := make([]rational.Rat, len(p.X)), make([]rational.Rat, len(p.X))
		for i, law := range p.Valuations {
			below[i], upTo[i] = one, one
			for _, v := range law {
				if v.Value.Cmp(value) > 0 {
					upTo[i] = upTo[i].Sub(v.Probability)
				}
				if v.Value.Cmp(value) >= 0 {
					below[i] = below[i].Sub(v.Probability)
				}
			}
		}
		// Products of suffixes, so that each agent's chance takes three factors.
		behind := make([]rational.Rat, len(p.X)+1) // that those from i on have no more
		behind[len(p.X)] = one
		for i := len(p.X) - 1; i >= 0; i-- {
			behind[i] = behind[i+1].Mul(upTo[i])
		}
		// Ties go to the first: those before have less, those behind may have as much.
		before := one
		for i := range p.X {
			// upTo − below is the probability of having exactly the value.
			chance := before.Mul(upTo[i].Sub(below[i])).Mul(behind[i+1])
			p.X[i], p.Max = p.X[i].Add(chance), p.Max.Add(chance.Mul(value))
			before = before.Mul(below[i])
		}
	}
	return nil
}

// online is what the best policy for an order sells for: from the last agent on, it sells to who offers more than what is to be expected yet.
//
// Ties are worth the same either way.
// It is in expectation, with the order known and the valuations seen one by one.
func online(list []Valuation, o contention.Order) rational.Rat {
	// Backward induction: later is what the agents behind are worth.
	order, later := o.Sequence(len(list)), zero
	for t := len(order) - 1; t >= 0; t-- {
		// What this agent adds to the worth of those behind.
		gain := zero
		for _, v := range list[order[t]] {
			// Refusing is worth later, and so only the excess over it counts.
			gain = gain.Add(v.Probability.Mul(rational.MaxRat(zero, v.Value.Sub(later))))
		}
		later = later.Add(gain)
	}
	return later
}

// threshold is what selling to the first one who offers at least the price brings.
//
// An agent whose value is exactly the price buys.
// It is in expectation for one order. left is the probability that nobody has bought.
func threshold(list []Valuation, o contention.Order, price rational.Rat) rational.Rat {
	sum, left := zero, one
	for _, i := range o.Sequence(len(list)) {
		// The probability that this agent takes the price, of which left is what comes to it.
		sold := zero
		for _, v := range list[i] {
			if v.Value.Cmp(price) >= 0 {
				sum, sold = sum.Add(left.Mul(v.Probability).Mul(v.Value)), sold.Add(v.Probability)
			}
		}
		left = left.Mul(one.Sub(sold))
	}
	return sum
}
