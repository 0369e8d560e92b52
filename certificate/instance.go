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
	var b measure
	r.member("drafts", func() { x.model, x.p, b = f.drafts(r) })
	r.member("q", func() { x.q = r.law(f.statement.N) })
	r.member("value", func() { x.value = r.rational() })
	r.member("coupling", func() {
		unit := new(big.Int).Set(b.unit)
		lcm(unit, x.q.unit)
		r.boundUnit(unit)
		f.spend(r, len(b.mass), unit)
		b = b.over(unit)
		f.coupling(r, b, x.q.over(unit), x.value)
	})
	r.member("cut", func() { f.cut(r, b, x.q.over(b.unit), x.value) })
	return x
}

// coupling reads a joint law of support and token with marginals b and q, and
// checks that the token lies in the support with probability value. All masses are
// in the common unit of b and q.
func (f *multidraft) coupling(r *reader, b, q measure, value *big.Rat) {
	drafted := zeros(len(b.mass))
	selected := zeros(len(q.mass))
	accepted := new(big.Int)
	var last set
	var lastToken int
	r.list(len(b.mass)*f.statement.N, func(int) {
		var support set
		var token int
		r.tuple(3, func(part int) {
			switch part {
			case 0:
				support = r.tokens(f.statement.N)
			case 1:
				token = int(r.integer(1, int64(f.statement.N)))
			case 2:
				mass := r.bigInt()
				if mass.Sign() <= 0 {
					r.rejectLast("mass %s is not positive", short(mass))
				}
				j, ok := f.supports.index[support]
				if !ok {
					r.rejectNext("a support has 1 to %d tokens", f.supports.most)
				}
				drafted[j].Add(drafted[j], mass)
				selected[token-1].Add(selected[token-1], mass)
				if support&tokenBit(token) != 0 {
					accepted.Add(accepted, mass)
				}
			}
		})
		if !before(last, support) && (last != support || lastToken >= token) {
			r.rejectNext("entries are not strictly increasing by support, then token")
		}
		last, lastToken = support, token
	})
	for j, want := range b.mass {
		if drafted[j].Cmp(want) != 0 {
			r.rejectNext("the masses of the support %v sum to %s, not to %s", tokensOf(f.supports.sets[j]), short(drafted[j]), short(want))
		}
	}
	for i, want := range q.mass {
		if selected[i].Cmp(want) != 0 {
			r.rejectNext("the masses of the token %d sum to %s, not to %s", i+1, short(selected[i]), short(want))
		}
	}
	if attained := new(big.Rat).SetFrac(accepted, b.unit); attained.Cmp(value) != 0 {
		r.rejectNext("the coupling attains %s, not the value %s", short(attained), short(value))
	}
}

// cut reads a set S and checks that q(S) + 1 - B(S) is the value, with b and q in
// one unit.
func (f *multidraft) cut(r *reader, b, q measure, value *big.Rat) {
	s := r.tokens(f.statement.N)
	bound := q.of(s)
	bound.Add(bound, b.unit)
	for j, t := range f.supports.sets {
		if t&^s == 0 {
			bound.Sub(bound, b.mass[j])
		}
	}
	if bounded := new(big.Rat).SetFrac(bound, b.unit); bounded.Cmp(value) != 0 {
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
