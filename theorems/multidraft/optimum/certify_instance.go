package optimum

import (
	"fmt"
	"math/big"

	"pstar/certificate"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// InstancePart writes an instance with its agreed optimum.
func InstancePart(in *multidraft.Instance, a *Agreement) certificate.Instance {
	part := certificate.Instance{
		Drafts: draftsPart(in.Drafts()),
		Q:      bigRats(in.Target().Rats()),
		Value:  a.Value.Big(),
		Cut:    fromOne(a.Minimiser.Tokens()),
	}
	for _, m := range a.Coupling {
		part.Coupling = append(part.Coupling, certificate.Mass{
			Support: fromOne(m.Support.Tokens()), Token: m.Token + 1, Amount: m.Amount.Big()})
	}
	return part
}

func draftsPart(d multidraft.Drafts) certificate.Drafts {
	part := certificate.Drafts{Model: d.Model()}
	switch d := d.(type) {
	case *multidraft.IID:
		part.P = bigRats(d.P())
	case *multidraft.WithoutReplacement:
		part.P = bigRats(d.P())
	case *multidraft.Independent:
		for k := range d.K() {
			part.Ps = append(part.Ps, bigRats(d.P(k)))
		}
	case *multidraft.Joint:
		for _, w := range d.Words() {
			part.Law = append(part.Law, certificate.Word{Tokens: fromOne(w.Tokens), Probability: w.Probability.Big()})
		}
	default:
		panic(fmt.Sprintf("optimum: no certificate for draft model %q", d.Model()))
	}
	return part
}

// fromOne numbers tokens from 1.
func fromOne(tokens []int) []int {
	list := make([]int, len(tokens))
	for i, t := range tokens {
		list[i] = t + 1
	}
	return list
}

func bigRats(values []rational.Rat) []*big.Rat {
	list := make([]*big.Rat, len(values))
	for i, v := range values {
		list[i] = v.Big()
	}
	return list
}
