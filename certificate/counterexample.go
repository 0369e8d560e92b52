package certificate

import (
	"math/big"
	"math/bits"
)

// maxEnumeration bounds N where all 2^N sets of tokens are enumerated.
const maxEnumeration = 22

// A Refutation is a draft law and a target for which the closed form of a
// statement is wrong: it gives Claimed, and the optimum is Value.
type Refutation struct {
	P, Q           []*big.Rat
	Value, Claimed *big.Rat
}

// counterexamplePart checks an instance with iid drafts on which the statement
// gives another value than the optimum, and decides otherwise whether it is 1.
func (f *multidraft) counterexamplePart(r *reader) *Refutation {
	if f.statement.N > maxEnumeration {
		r.beyondNext("a counterexample has at most %d tokens", maxEnumeration)
	}
	var x instance
	var claimed *big.Rat
	r.object(func() {
		x = f.instanceMembers(r)
		if x.model != IID {
			reject(r.data, "counterexample.drafts.model", r.at, "a counterexample has iid drafts")
		}
		r.member("claimed", func() {
			claimed = r.rational()
			if want := f.closedForm(r, x.p, x.q); claimed.Cmp(want) != 0 {
				r.rejectLast("the closed form gives %s", short(want))
			}
			if (claimed.Cmp(ratOne) == 0) == (x.value.Cmp(ratOne) == 0) {
				r.rejectLast("the closed form and the optimum %s do not differ in being 1", short(x.value))
			}
		})
	})
	return &Refutation{P: x.p.rationals(), Q: x.q.rationals(), Value: x.value, Claimed: claimed}
}

var ratOne = big.NewRat(1, 1)

// closedForm is min_S q(S) + 1 - p(S)^E over all sets S of tokens. It walks
// through them in the order of the Gray code, where one token changes at a time.
func (f *multidraft) closedForm(r *reader, p, q measure) *big.Rat {
	e := big.NewInt(int64(f.statement.Exponent))
	power := big.NewInt(1)
	for range f.statement.Exponent {
		r.spend(1, mulCost(wordsOf(power), wordsOf(p.unit)))
		power.Mul(power, p.unit)
		r.boundUnit(power)
	}
	unit := new(big.Int).Set(power)
	r.grow(unit, q.unit)
	words := wordsOf(unit)
	r.spend(1<<f.statement.N, powerCost(words)+3*addCost(words))
	factor := new(big.Int).Quo(unit, power)
	q = q.over(unit)

	least := new(big.Int) // of q(S) - p(S)^E; the empty set gives 0
	pS, qS := new(big.Int), new(big.Int)
	slack := new(big.Int)
	for step := uint64(1); step < 1<<f.statement.N; step++ {
		i := bits.TrailingZeros64(step)
		if entered := (step^step>>1)>>i&1 == 1; entered {
			pS.Add(pS, p.mass[i])
			qS.Add(qS, q.mass[i])
		} else {
			pS.Sub(pS, p.mass[i])
			qS.Sub(qS, q.mass[i])
		}
		slack.Exp(pS, e, nil)
		slack.Sub(qS, slack.Mul(slack, factor))
		if slack.Cmp(least) < 0 {
			least.Set(slack)
		}
	}
	return new(big.Rat).SetFrac(least.Add(least, unit), unit)
}

// rationals are the probabilities of m.
func (m measure) rationals() []*big.Rat {
	v := make([]*big.Rat, len(m.mass))
	for i := range v {
		v[i] = new(big.Rat).SetFrac(m.mass[i], m.unit)
	}
	return v
}
