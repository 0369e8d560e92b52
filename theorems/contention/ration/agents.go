package ration

import (
	"fmt"
	"sort"

	"pstar/rational"
	"pstar/theorems/contention"
)

// Service is the way in which an agent measures the service of an allocation y for
// a demand d.
type Service int

// The service types of Definition 1. For demand zero, Types I and III count as
// fully served whatever the allocation. The zero value is none of them.
const (
	NoService Service = iota
	TypeI             // [y ≥ d]
	TypeII            // min(y, d)/μ, with μ the mean demand
	TypeIII           // min(y, d)/d
)

// By number; a file has the last three.
var serviceNames = []string{"none", "I", "II", "III"}

// String returns "I", "II" or "III".
// A number that is none of them is shown as one, for messages of mistakes in code.
func (s Service) String() string {
	if s < 0 || int(s) >= len(serviceNames) {
		return fmt.Sprintf("Service(%d)", int(s))
	}
	return serviceNames[s]
}

// ParseService reads what String writes.
func ParseService(s string) (Service, error) {
	// The name "none" is no service that can be asked for.
	for k := TypeI; k <= TypeIII; k++ {
		if serviceNames[k] == s {
			return k, nil
		}
	}
	// The error shows what was found, quoted.
	return NoService, fmt.Errorf("expected service type I, II or III, found %q", s)
}

// Demand is one value of a random demand with its probability.
type Demand struct{ Value, Probability rational.Rat }

// Equal numbers in the same entry: another order of entries, or a split one, counts as
// different.
func (d Demand) equal(e Demand) bool {
	return d.Value.Equal(e.Value) && d.Probability.Equal(e.Probability)
}

// Agent has a service type, the law of its demand, and a service target β. Demands
// may exceed the supply, which is 1.
// Values of the demand may come in any order and twice.
type Agent struct {
	Service Service
	Demand  []Demand
	Target  rational.Rat
}

// Validate reports what is wrong with an instance: there must be an agent, known
// service types, demands that are not negative, probabilities between 0 and 1 with
// sum 1, targets between 0 and 1, and for Type II, whose service is measured by it, a
// positive mean demand. What is wrong with one agent is an [contention.InstanceError],
// which names the field.
// The first fault is told.
func Validate(agents []Agent) error {
	if len(agents) == 0 {
		return fmt.Errorf("expected at least one agent, found none")
	}
	for i, a := range agents {
		if text := a.invalid(); text != "" {
			return &contention.InstanceError{Kind: "agent", Index: i, Text: text}
		}
	}
	return nil
}

// invalid says what is wrong with an agent, beginning with the field, or "" for nothing.
func (a Agent) invalid() string {
	// First the field that decides how the others are measured.
	if a.Service < TypeI || a.Service > TypeIII {
		return fmt.Sprintf("service: expected type I, II or III, found %s", a.Service)
	}
	if text := invalidTarget(a.Target); text != "" {
		return text
	}
	// The sum is looked at after the single values, which make a better message.
	sum := zero
	for k, d := range a.Demand {
		if text := d.invalid(); text != "" {
			return fmt.Sprintf("demand %d, %s", k+1, text)
		}
		sum = sum.Add(d.Probability)
	}
	if !sum.Equal(one) {
		return fmt.Sprintf("demand: expected probabilities with sum 1, found %s", sum)
	}
	// An agent of Types I and III who never wants anything is always fully served; for Type II
	// the service would be 0/0.
	if a.Service == TypeII && a.mean().IsZero() {
		return "demand: expected a positive mean for service of Type II, found 0"
	}
	return ""
}

// invalidTarget says what is wrong with a target, or "".
// Targets are shares of full service: more than 1 no type of service reaches.
func invalidTarget(t rational.Rat) string {
	if t.Sign() < 0 || t.Cmp(one) > 0 {
		return fmt.Sprintf("target: expected a number between 0 and 1, found %s", t)
	}
	return ""
}

// invalid says what is wrong with a value of a demand, or "". That the probabilities have
// the sum 1 is asked of all values together.
func (d Demand) invalid() string {
	if d.Value.Sign() < 0 {
		return fmt.Sprintf("value: expected a number that is not negative, found %s", d.Value)
	}
	if d.Probability.Sign() < 0 || d.Probability.Cmp(one) > 0 {
		return fmt.Sprintf("probability: expected a number between 0 and 1, found %s", d.Probability)
	}
	return ""
}

// A level is one value of the demand with what serving it fully, up to the supply,
// takes and gives.
// It carries what serve needs, so that a level stands for itself.
type level struct {
	demand      rational.Rat
	probability rational.Rat
	supply      rational.Rat // min(d, 1)
	service     rational.Rat // s(min(d, 1), d)
	kind        Service
	mean        rational.Rat // of the demand
}

// levels returns the values of the demand with positive probability, merged and
// ascending: this is the order of the quantiles.
// A level that has a service of 0 at full supply is in the list, too: it uses up its
// quantiles.
func (a Agent) levels() []level {
	var list []level
	// Of the whole demand, once for all levels.
	mean := a.mean()
	for _, d := range a.Demand {
		// What never occurs has no part in quantiles, and no place in a certificate.
		if d.Probability.Sign() > 0 {
			l := level{demand: d.Value, probability: d.Probability, supply: rational.MinRat(d.Value, one), kind: a.Service, mean: mean}
			// Not l.demand: more than the whole supply cannot be given.
			l.service = l.serve(l.supply)
			list = append(list, l)
		}
	}
	// Ascending: every type of service is cheapest for low demands, by supply for a unit of service.
	sort.SliceStable(list, func(i, j int) bool { return list[i].demand.Cmp(list[j].demand) < 0 })
	merged := list[:0]
	for _, l := range list {
		// Equal values are one level: the units and certificates ask for strictly ascending ones.
		if last := len(merged) - 1; last >= 0 && merged[last].demand.Equal(l.demand) {
			merged[last].probability = merged[last].probability.Add(l.probability)
			continue
		}
		merged = append(merged, l)
	}
	return merged
}

// mean is E[D], of demands that may exceed the supply.
// It is that of the whole demand, not of what can be served.
func (a Agent) mean() rational.Rat {
	mean := zero
	for _, d := range a.Demand {
		mean = mean.Add(d.Value.Mul(d.Probability))
	}
	return mean
}

// serve returns the service s(y, d) of the allocation y for the demand of the level.
//
// y may exceed the demand, which then counts for no more; it is not negative.
// The result is between 0 and 1 for Types I and III, and may be more than 1 for Type II.
func (l level) serve(y rational.Rat) rational.Rat {
	// More than the demand is no more service.
	y = rational.MinRat(y, l.demand)
	switch {
	// In Type II the allocation itself counts, over what is asked for in the mean.
	case l.kind == TypeII:
		return y.Quo(l.mean)
	// Covered demand is full service whatever the type's formula says.
	case y.Equal(l.demand):
		return one // also 0/0
	// The share that is covered; in Type I a part is nothing.
	case l.kind == TypeIII:
		return y.Quo(l.demand)
	}
	return zero
}
