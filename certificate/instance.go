package certificate

import "math/big"

// An instance whose parts have been checked.
type instance struct {
	model string
	p     measure // the law of a draft, if the model is iid
	q     measure
	value *big.Rat
}

// instanceMembers reads the members of an instance and checks that the coupling
// attains the value and the cut bounds it: FORMAT.md, "Instances".
func (f *multidraft) instanceMembers(r *reader) instance {
	var x instance
	var b supportLaw
	r.member("drafts", func() { x.model, x.p, b = f.drafts(r) })
	r.member("q", func() { x.q = r.law(f.statement.N) })
	r.member("value", func() { x.value = r.rational() })
	r.member("coupling", func() {
		unit := new(big.Int).Set(b.unit)
		r.grow(unit, x.q.unit)
		b.scale(r, unit)
		f.coupling(r, b, x.q.over(unit), x.value)
	})
	r.member("cut", func() { f.cut(r, b, x.q.over(b.unit), x.value) })
	return x
}

// coupling reads a joint law of support and token with marginals b and q, and
// checks that the token lies in the support with probability value. All masses are
// in the common unit of b and q.
func (f *multidraft) coupling(r *reader, b supportLaw, q measure, value *big.Rat) {
	drafted := zeros(len(b.mass))
	selected := zeros(len(q.mass))
	accepted := new(big.Int)
	var last set
	var lastToken int
	j := 0 // the first support of b that is not before the last one read
	r.list(len(f.supports.sets)*f.statement.N, func(int) {
		support, token, mass := f.couplingEntry(r)
		if !before(last, support) && (last != support || lastToken >= token) {
			r.rejectNext("entries are not strictly increasing by support, then token")
		}
		last, lastToken = support, token
		for j < len(b.sets) && before(b.sets[j], support) {
			j++
		}
		if j == len(b.sets) || b.sets[j] != support {
			r.rejectNext("the support %v has probability 0", tokensOf(support))
		}
		drafted[j].Add(drafted[j], mass)
		selected[token-1].Add(selected[token-1], mass)
		if support&tokenBit(token) != 0 {
			accepted.Add(accepted, mass)
		}
	})
	r.spend(len(b.mass)+len(q.mass), addCost(wordsOf(b.unit)))
	for j, want := range b.mass {
		if drafted[j].Cmp(want) != 0 {
			r.rejectNext("the masses of the support %v sum to %s, not to %s", tokensOf(b.sets[j]), short(drafted[j]), short(want))
		}
	}
	for i, want := range q.mass {
		if selected[i].Cmp(want) != 0 {
			r.rejectNext("the masses of the token %d sum to %s, not to %s", i+1, short(selected[i]), short(want))
		}
	}
	if attained := r.fraction(accepted, b.unit); attained.Cmp(value) != 0 {
		r.rejectNext("the coupling attains %s, not the value %s", short(attained), short(value))
	}
}

// couplingEntry reads a support, a token and their mass.
func (f *multidraft) couplingEntry(r *reader) (support set, token int, mass *big.Int) {
	r.tuple(3, func(part int) {
		switch part {
		case 0:
			support = r.tokens(f.statement.N)
		case 1:
			token = int(r.integer(1, int64(f.statement.N)))
		case 2:
			if mass = r.bigInt(); mass.Sign() <= 0 {
				r.rejectLast("mass %s is not positive", short(mass))
			}
			if !f.supports.has(support) {
				r.rejectNext("a support has 1 to %d tokens", f.supports.most)
			}
		}
	})
	return support, token, mass
}

// cut reads a set S and checks that q(S) + 1 - B(S) is the value, with b and q in
// one unit.
func (f *multidraft) cut(r *reader, b supportLaw, q measure, value *big.Rat) {
	s := r.tokens(f.statement.N)
	r.spend(len(b.mass)+len(q.mass), addCost(wordsOf(b.unit)))
	bound := new(big.Int)
	q.of(bound, s)
	bound.Add(bound, b.unit)
	for j, t := range b.sets {
		if t&^s == 0 {
			bound.Sub(bound, b.mass[j])
		}
	}
	if bounded := r.fraction(bound, b.unit); bounded.Cmp(value) != 0 {
		r.rejectNext("the cut has q(S) + 1 - B(S) = %s, not the value %s", short(bounded), short(value))
	}
}

func zeros(n int) []*big.Int {
	values := make([]big.Int, n)
	v := make([]*big.Int, n)
	for i := range v {
		v[i] = &values[i]
	}
	return v
}
