package certificate

import (
	"math"
	"math/big"
	"slices"
)

// drafts reads a law of the drafts and computes b_T for every support T.
func (f *multidraft) drafts(r *reader) (model string, p, b measure) {
	r.object(func() {
		r.member("model", func() { model = r.text() })
		switch model {
		case IID:
			r.member("p", func() {
				p = r.law(f.statement.N)
				b = f.productLaw(r, []measure{p}, f.statement.K)
			})
		case Independent:
			r.member("p", func() {
				laws := make([]measure, f.statement.K)
				r.tuple(f.statement.K, func(k int) { laws[k] = r.law(f.statement.N) })
				b = f.productLaw(r, laws, 1)
			})
		case WithoutReplacement:
			r.member("p", func() { b = f.withoutReplacement(r, r.law(f.statement.N)) })
		case Joint:
			r.member("law", func() { b = f.jointLaw(r) })
		default:
			r.rejectLast("unknown model of drafts %s", clip(model))
		}
	})
	return model, p, b.reduced()
}

// productLaw is the law of the support of independent drafts, power of them from
// each law: B(T) = Π p(T)^power, and b is its Möbius inverse over the subsets.
// The inverse is taken one token at a time: after token i, the value at T counts
// the drafts within T that hold each token of T up to i.
func (f *multidraft) productLaw(r *reader, laws []measure, power int) measure {
	unit := big.NewInt(1)
	for _, law := range laws {
		for range power {
			unit.Mul(unit, law.unit)
			r.boundUnit(unit)
		}
	}
	f.spend(r, len(f.supports.sets)*(len(laws)+f.statement.N), unit)
	b := measure{unit: unit, mass: make([]*big.Int, len(f.supports.sets))}
	for j, t := range f.supports.sets {
		b.mass[j] = big.NewInt(1)
		for _, law := range laws {
			within := law.of(t)
			b.mass[j].Mul(b.mass[j], within.Exp(within, big.NewInt(int64(power)), nil))
		}
	}
	for i := 1; i <= f.statement.N; i++ {
		bit := tokenBit(i)
		for j, t := range f.supports.sets {
			if t&bit != 0 && t != bit {
				b.mass[j].Sub(b.mass[j], b.mass[f.supports.index[t^bit]])
			}
		}
	}
	return b
}

// of is the mass of a set, for a measure on the tokens.
func (m measure) of(s set) *big.Int {
	sum := new(big.Int)
	for _, token := range tokensOf(s) {
		sum.Add(sum, m.mass[token-1])
	}
	return sum
}

// withoutReplacement is the law of the support of K drafts, each from p
// renormalised on the tokens not drawn before. With φ(T) the probability that the
// first |T| drafts are the set T, φ(∅) = 1 and
// φ(T) = Σ_{x∈T} φ(T∖x) p_x / (1 - p(T∖x)); b_T is φ(T) for |T| = K and else 0.
func (f *multidraft) withoutReplacement(r *reader, p measure) measure {
	positive := 0
	for _, v := range p.mass {
		positive += v.Sign()
	}
	if positive < f.statement.K {
		r.rejectNext("%d drafts without replacement need as many tokens of positive probability, found %d", f.statement.K, positive)
	}
	phi := make([]*big.Rat, len(f.supports.sets))
	b := make([]*big.Rat, len(f.supports.sets))
	for j, t := range f.supports.sets {
		tokens := tokensOf(t)
		phi[j], b[j] = new(big.Rat), new(big.Rat)
		for _, x := range tokens {
			if p.mass[x-1].Sign() > 0 { // so p(T∖x) < 1
				phi[j].Add(phi[j], f.draw(phi, p, t&^tokenBit(x), x))
			}
		}
		r.boundUnit(phi[j].Denom())
		f.spend(r, len(tokens), phi[j].Denom())
		if len(tokens) == f.statement.K {
			b[j] = phi[j]
		}
	}
	return r.lawOf(b)
}

// draw is φ(before)·p_x/(1 - p(before)).
func (f *multidraft) draw(phi []*big.Rat, p measure, before set, x int) *big.Rat {
	rest := new(big.Int).Sub(p.unit, p.of(before))
	next := new(big.Rat).SetFrac(p.mass[x-1], rest)
	if before == 0 {
		return next
	}
	return next.Mul(next, phi[f.supports.index[before]])
}

// jointLaw reads the words of positive probability in lexicographic order and
// adds them up by support.
func (f *multidraft) jointLaw(r *reader) measure {
	f.spend(r, len(f.supports.sets), one)
	b := make([]*big.Rat, len(f.supports.sets))
	for j := range b {
		b[j] = new(big.Rat)
	}
	var previous []int64
	unit := big.NewInt(1)
	r.list(math.MaxInt, func(int) {
		word := make([]int64, f.statement.K)
		var support set
		r.tuple(2, func(part int) {
			if part == 1 {
				v := r.probability()
				if v.Sign() == 0 {
					r.rejectLast("a joint law lists its words of positive probability only")
				}
				lcm(unit, v.Denom())
				r.boundUnit(unit)
				f.spend(r, 1, unit)
				sum := b[f.supports.index[support]]
				sum.Add(sum, v)
				return
			}
			r.tuple(f.statement.K, func(k int) {
				word[k] = r.integer(1, int64(f.statement.N))
				support |= tokenBit(int(word[k]))
			})
			if slices.Compare(previous, word) >= 0 {
				r.rejectNext("words are not strictly increasing")
			}
			previous = word
		})
	})
	return r.lawOf(b)
}
