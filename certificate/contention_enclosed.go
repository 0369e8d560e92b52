package certificate

import "math/big"

// Limits on the bits of an enclosed law.
const (
	minLawBits = 32
	maxLawBits = 4096
)

// A span encloses a number that is not negative, in units of 2^−bits.
type span struct{ lo, hi *big.Int }

// An enclosing computes with spans.
type enclosing struct {
	r    *reader
	bits uint
	unit *big.Int
}

// enclosedLaw reads the number of bits and runs Algorithm 3 with enclosures of all
// probabilities. It rejects unless c − Pr[0 < T ≤ 1−s] ≤ Pr[T = 0] is certain for each
// size s of each element: then the algorithm accepts with exactly the probability c.
func (r *reader) enclosedLaw(elements [][]Size, c [2][]*big.Rat) {
	e := &enclosing{r: r, bits: uint(r.integer(minLawBits, maxLawBits))}
	e.unit = new(big.Int).Lsh(one, e.bits)
	for order := range c {
		loads := new(law[span])
		loads.at(r, ratZero)
		loads.mass[0] = span{e.unit, e.unit}
		for _, i := range sequence(order, len(elements)) {
			loads = e.advance(loads, elements[i], c[order][i], orderNames[order], i)
		}
	}
}

// of encloses x ≥ 0.
func (e *enclosing) of(x *big.Rat) span {
	e.r.spend(1, mulCost(wordsOf(e.unit)+wordsOf(x.Num()), wordsOf(x.Denom())))
	lo := new(big.Int).Mul(x.Num(), e.unit)
	rest := new(big.Int)
	lo.QuoRem(lo, x.Denom(), rest)
	return span{lo, roundUp(lo, rest)}
}

func roundUp(quotient, rest *big.Int) *big.Int {
	if rest.Sign() == 0 {
		return quotient
	}
	return new(big.Int).Add(quotient, one)
}

// spend accounts for a number of products or quotients of spans.
func (e *enclosing) spend(operations int) {
	e.r.spend(operations, mulCost(wordsOf(e.unit), wordsOf(e.unit)))
}

// down and up are a·b, rounded.
func (e *enclosing) down(a, b *big.Int) *big.Int {
	z := new(big.Int).Mul(a, b)
	return z.Rsh(z, e.bits)
}

func (e *enclosing) up(a, b *big.Int) *big.Int {
	z := new(big.Int).Mul(a, b)
	z.Add(z, new(big.Int).Sub(e.unit, one))
	return z.Rsh(z, e.bits)
}

func (e *enclosing) mul(a, b span) span {
	e.spend(2)
	return span{e.down(a.lo, b.lo), e.up(a.hi, b.hi)}
}

// sub encloses a − b, of which it is known that it is not negative.
func (e *enclosing) sub(a, b span) span {
	return span{positive(new(big.Int).Sub(a.lo, b.hi)), positive(new(big.Int).Sub(a.hi, b.lo))}
}

func positive(x *big.Int) *big.Int {
	if x.Sign() < 0 {
		return new(big.Int)
	}
	return x
}

// share encloses min(1, c/p), which is 1 for p = 0.
func (e *enclosing) share(c, p span) span {
	e.spend(2)
	s := span{e.unit, e.unit}
	if c.lo.Cmp(p.hi) < 0 {
		s.lo = new(big.Int).Lsh(c.lo, e.bits)
		s.lo.Quo(s.lo, p.hi)
	}
	if c.hi.Cmp(p.lo) < 0 {
		rest := new(big.Int)
		s.hi = new(big.Int).Lsh(c.hi, e.bits)
		s.hi.QuoRem(s.hi, p.lo, rest)
		s.hi = roundUp(s.hi, rest)
	}
	return s
}

// put adds mass to a value.
func (e *enclosing) put(l *law[span], value *big.Rat, mass span) {
	place, added := l.at(e.r, value)
	if added {
		l.mass[place] = mass
		l.hold(e.r, 2*wordsOf(e.unit))
		return
	}
	e.spend(1)
	old := l.mass[place]
	l.mass[place] = span{new(big.Int).Add(old.lo, mass.lo), new(big.Int).Add(old.hi, mass.hi)}
}

// advance is that of exact laws, with enclosures. What stays at a positive load is its
// mass times 1 − Σ (probability of a size) · (coin), so that it is enclosed well.
func (e *enclosing) advance(loads *law[span], element []Size, target *big.Rat, order string, i int) *law[span] {
	c, all := e.of(target), span{e.unit, e.unit}
	stays := make([]span, len(loads.values)) // at load zero a mass, else a share
	for t := range stays {
		stays[t] = all
	}
	stays[0] = loads.mass[0]
	next := new(law[span])
	next.at(e.r, ratZero)
	next.mass[0] = span{new(big.Int), new(big.Int)}
	for k, s := range element {
		fits := loads.room(e.r, s.Value)
		p := span{new(big.Int), new(big.Int)} // Pr[0 < T <= 1 - s]
		for t, fit := range fits {
			if fit {
				p.lo.Add(p.lo, loads.mass[t].lo)
				p.hi.Add(p.hi, loads.mass[t].hi)
			}
		}
		fresh := e.sub(c, p) // the mass taken at load zero, or 0 if c < P
		if fresh.hi.Cmp(loads.mass[0].lo) > 0 {
			e.r.rejectTooFull(order, k, i, target)
		}
		probability := e.of(s.Probability)
		coin := e.mul(probability, e.share(c, p))
		e.spend(2 * len(loads.values))
		for t, v := range loads.values {
			var taken span
			switch {
			case t == 0:
				taken = e.mul(probability, fresh)
				stays[t] = e.sub(stays[t], taken)
			case fits[t]:
				taken = e.mul(loads.mass[t], coin)
				stays[t] = e.sub(stays[t], coin)
			default:
				continue
			}
			e.put(next, e.r.add(v, s.Value), taken)
		}
	}
	for t, v := range loads.values {
		if t > 0 {
			stays[t] = e.mul(stays[t], loads.mass[t])
		}
		e.put(next, v, stays[t])
	}
	return next
}
