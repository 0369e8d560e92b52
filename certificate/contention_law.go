package certificate

import "math/big"

// A law is that of a random amount: distinct values in the order of their first
// appearance, each with its mass.
type law[M any] struct {
	index  map[string]int
	values []*big.Rat
	mass   []M
	words  uint64 // kept, roughly
}

// at returns the place of a value, which it adds to the law if need be, and says
// whether it did.
func (l *law[M]) at(r *reader, value *big.Rat) (place int, added bool) {
	words := wordsOf(value.Num()) + wordsOf(value.Denom())
	r.spend(1, addCost(2*words))
	key := string(value.Num().Bytes()) + "/" + string(value.Denom().Bytes()) // no value is negative
	if place, found := l.index[key]; found {
		return place, false
	}
	if l.index == nil {
		l.index = make(map[string]int)
	}
	l.index[key] = len(l.values)
	l.values = append(l.values, value)
	l.mass = append(l.mass, *new(M))
	l.hold(r, 40+2*words)
	return len(l.values) - 1, true
}

// hold accounts for the memory of a law.
func (l *law[M]) hold(r *reader, words uint64) {
	l.words += words
	r.hold(1, l.words)
}

// put adds mass to a value of an exact law.
func (r *reader) put(l *law[*big.Rat], value, mass *big.Rat) {
	place, added := l.at(r, value)
	if !added {
		mass = r.add(mass, l.mass[place])
	}
	l.mass[place] = mass
	l.hold(r, 2*ratWords(mass))
}

// room marks the values of a law that are positive and leave room for a size.
func (l *law[M]) room(r *reader, size *big.Rat) []bool {
	most := r.sub(ratOne, size)
	fits := make([]bool, len(l.values))
	for t, v := range l.values {
		fits[t] = v.Sign() > 0 && r.cmp(v, most) <= 0
	}
	return fits
}

// knapsackLaw enumerates Algorithm 3 and rejects unless the load is zero before
// each element with the probability given, and each size of each element is
// accepted with exactly the probability of the choice.
func (r *reader) knapsackLaw(elements [][]Size, c, empty [2][]*big.Rat) {
	for order := range c {
		loads := new(law[*big.Rat])
		r.put(loads, ratZero, ratOne)
		for _, i := range sequence(order, len(elements)) {
			if zero := loads.mass[0]; r.cmp(zero, empty[order][i]) != 0 {
				r.rejectNext("%s order: the load before element %d is zero with probability %s, not %s",
					orderNames[order], i+1, short(zero), short(empty[order][i]))
			}
			loads = r.advance(loads, elements[i], c[order][i], orderNames[order], i)
		}
	}
}

// advance returns the law of the load after element i; load zero comes first.
func (r *reader) advance(loads *law[*big.Rat], element []Size, c *big.Rat, order string, i int) *law[*big.Rat] {
	kept := append([]*big.Rat(nil), loads.mass...)
	next := new(law[*big.Rat])
	r.put(next, ratZero, ratZero)
	for k, s := range element {
		fits := loads.room(r, s.Value)
		p := ratZero // Pr[0 < T <= 1 - s]
		for t, fit := range fits {
			if fit {
				p = r.add(p, loads.mass[t])
			}
		}
		coin, fresh := ratOne, r.sub(c, p) // coin at positive loads, mass taken at zero
		if fresh.Sign() <= 0 {
			fresh = ratZero
			if p.Sign() > 0 {
				coin = r.quo(c, p)
			}
		}
		if r.cmp(fresh, loads.mass[0]) > 0 {
			r.rejectTooFull(order, k, i, c)
		}
		coin = r.mul(coin, s.Probability)
		for t, v := range loads.values {
			var taken *big.Rat
			switch {
			case t == 0:
				taken = r.mul(fresh, s.Probability)
			case fits[t]:
				taken = r.mul(loads.mass[t], coin)
			default:
				continue
			}
			kept[t] = r.sub(kept[t], taken)
			r.put(next, r.add(v, s.Value), taken)
		}
	}
	for t, v := range loads.values {
		r.put(next, v, kept[t])
	}
	return next
}

func (r *reader) rejectTooFull(order string, k, i int, c *big.Rat) {
	r.rejectNext("%s order: Algorithm 3 is not shown to accept size %d of element %d with probability %s", order, k+1, i+1, short(c))
}
