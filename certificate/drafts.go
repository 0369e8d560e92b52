package certificate

import (
	"math"
	"math/big"
	"math/bits"
	"slices"
)

// A supportLaw gives sets their probabilities as the support of the drafts. It
// lists those of positive probability, in canonical order.
type supportLaw struct {
	measure
	sets []set
}

// drafts reads a law of the drafts and computes b_T for every support T.
func (f *multidraft) drafts(r *reader) (model string, p measure, b supportLaw) {
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
	b.reduce(r)
	return model, p, b
}

// A drawn universe has the tokens that can be drafted, and the supports within
// them: no other set of tokens has a probability. The canonical order of its own
// supports is that of the sets for which they stand.
type drawn struct {
	*supports
	tokens []int // those of positive probability in some law, ascending
	laws   []measure
}

// drawn restricts the laws to the tokens that one of them can draft.
func (f *multidraft) drawn(r *reader, laws []measure) drawn {
	var d drawn
	for i := range f.statement.N {
		if slices.ContainsFunc(laws, func(law measure) bool { return law.mass[i].Sign() > 0 }) {
			d.tokens = append(d.tokens, i+1)
		}
	}
	for _, law := range laws {
		own := measure{unit: law.unit}
		for _, token := range d.tokens {
			own.mass = append(own.mass, law.mass[token-1])
		}
		d.laws = append(d.laws, own)
	}
	r.spend(int(countSupports(f.statement.K, len(d.tokens)).Int64()), 100)
	d.supports = newSupports(f.statement.K, len(d.tokens))
	return d
}

// law names the sets that have a positive mass; the masses are those of the given
// supports of d.
func (d drawn) law(unit *big.Int, sets []set, mass []*big.Int) supportLaw {
	b := supportLaw{measure: measure{unit: unit}}
	for j, t := range sets {
		if mass[j].Sign() == 0 {
			continue
		}
		var named set
		for ; t != 0; t &= t - 1 {
			named |= tokenBit(d.tokens[bits.TrailingZeros64(t)])
		}
		b.sets = append(b.sets, named)
		b.mass = append(b.mass, mass[j])
	}
	return b
}

// productLaw is the law of the support of independent drafts, power of them from
// each law: B(T) = Π p(T)^power, and b is its Möbius inverse over the subsets.
// The inverse is taken one token at a time: after token i, the value at T counts
// the drafts within T that hold each token of T up to i.
func (f *multidraft) productLaw(r *reader, laws []measure, power int) supportLaw {
	unit := big.NewInt(1)
	for _, law := range laws {
		for range power {
			r.spend(1, mulCost(wordsOf(unit), wordsOf(law.unit)))
			unit.Mul(unit, law.unit)
			r.boundUnit(unit)
		}
	}
	d := f.drawn(r, laws)
	words := wordsOf(unit)
	r.hold(len(d.sets), words)
	mass := make([]*big.Int, len(d.sets))
	within := new(big.Int)
	for j, t := range d.sets {
		mass[j] = big.NewInt(1)
		for _, law := range d.laws {
			own := wordsOf(law.unit)
			r.spend(bits.OnesCount64(t), addCost(own))
			law.of(within, t)
			if power > 1 {
				r.spend(1, powerCost(words))
				within.Exp(within, big.NewInt(int64(power)), nil)
			}
			r.spend(1, mulCost(words, own))
			mass[j].Mul(mass[j], within)
		}
	}
	for i := 1; i <= d.n; i++ {
		bit := tokenBit(i)
		for j, t := range d.sets {
			if t&bit != 0 && t != bit {
				r.spend(1, 2*addCost(words))
				mass[j].Sub(mass[j], mass[d.index(t^bit)])
			}
		}
	}
	return d.law(unit, d.sets, mass)
}

// of sets sum to the mass of a set, for a measure on the tokens.
func (m measure) of(sum *big.Int, s set) {
	sum.SetUint64(0)
	for ; s != 0; s &= s - 1 {
		sum.Add(sum, m.mass[bits.TrailingZeros64(s)])
	}
}

// withoutReplacement is the law of the support of K drafts, each from p
// renormalised on the tokens not drawn before. With φ(T) the probability that the
// first |T| drafts are the set T, φ(∅) = 1 and
// φ(T) = Σ_{x∈T} φ(T∖x) p_x / (1 - p(T∖x)); b_T is φ(T) for |T| = K and else 0.
//
// It goes from one size of T to the next, with the φ of one size in one unit.
func (f *multidraft) withoutReplacement(r *reader, p measure) supportLaw {
	d := f.drawn(r, []measure{p})
	if d.n < f.statement.K {
		r.rejectNext("%d drafts without replacement need as many tokens of positive probability, found %d", f.statement.K, d.n)
	}
	sets := []set{0}
	phi := measure{unit: big.NewInt(1), mass: []*big.Int{big.NewInt(1)}}
	for size := 1; size <= f.statement.K; size++ {
		factor := d.divideByRest(r, phi, sets)
		unit := new(big.Int).Mul(phi.unit, factor)
		r.boundUnit(unit)
		next := measure{unit: unit, mass: zeros(len(d.layer(size)))}
		r.hold(len(next.mass), wordsOf(unit))
		r.spend(len(next.mass)*size, 2*mulCost(wordsOf(unit), wordsOf(p.unit)))
		product := new(big.Int)
		for j, t := range d.layer(size) {
			for rest := t; rest != 0; rest &= rest - 1 {
				before := phi.mass[0]
				if size > 1 {
					before = phi.mass[d.index(t^rest&-rest)-d.first[size-1]]
				}
				product.Mul(before, d.laws[0].mass[bits.TrailingZeros64(rest)])
				next.mass[j].Add(next.mass[j], product)
			}
		}
		next.reduce(r)
		phi, sets = next, d.layer(size)
	}
	r.mustSumToOne(phi)
	return d.law(phi.unit, sets, phi.mass)
}

// divideByRest divides each mass, in place, by what the law leaves outside of its
// set, in units of the law: 1 - p(T) is rest(T)/unit. The quotients are integers
// after a multiplication by the common factor that is returned.
func (d drawn) divideByRest(r *reader, phi measure, sets []set) *big.Int {
	p := d.laws[0]
	own := wordsOf(p.unit)
	rest := func(t set) *big.Int {
		r.spend(1+bits.OnesCount64(t), addCost(own))
		v := new(big.Int)
		p.of(v, t)
		return v.Sub(p.unit, v)
	}
	factor := big.NewInt(1)
	for _, t := range sets {
		r.grow(factor, rest(t))
	}
	words := wordsOf(factor)
	r.spend(len(sets), mulCost(words, own)+mulCost(words, wordsOf(phi.unit)))
	quotient := new(big.Int)
	for j, t := range sets {
		phi.mass[j].Mul(phi.mass[j], quotient.Quo(factor, rest(t)))
	}
	return factor
}

// jointLaw reads the words of positive probability in lexicographic order and
// adds them up by support.
func (f *multidraft) jointLaw(r *reader) supportLaw {
	type value struct {
		support set
		mass    *big.Rat
	}
	var values []value
	var previous []int64
	unit := big.NewInt(1)
	held := uint64(0)
	r.list(math.MaxInt, func(int) {
		word := make([]int64, f.statement.K)
		var support set
		r.tuple(2, func(part int) {
			if part == 1 {
				v := r.probability()
				if v.Sign() == 0 {
					r.rejectLast("a joint law lists its words of positive probability only")
				}
				r.grow(unit, v.Denom())
				held += 16 + 2*wordsOf(v.Denom())
				r.hold(1, held)
				values = append(values, value{support, v})
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
	slices.SortFunc(values, func(a, b value) int {
		switch {
		case before(a.support, b.support):
			return -1
		case before(b.support, a.support):
			return 1
		}
		return 0
	})
	words := wordsOf(unit)
	r.hold(len(values), words)
	r.spend(len(values), 1000+2*mulCost(words, words))
	b := supportLaw{measure: measure{unit: unit}}
	for _, v := range values {
		if len(b.sets) == 0 || b.sets[len(b.sets)-1] != v.support {
			b.sets = append(b.sets, v.support)
			b.mass = append(b.mass, new(big.Int))
		}
		sum := b.mass[len(b.mass)-1]
		sum.Add(sum, inUnits(v.mass, unit))
	}
	r.mustSumToOne(b.measure)
	return b
}
