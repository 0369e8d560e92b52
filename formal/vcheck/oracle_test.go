package vcheck

import (
	"bytes"
	"math/big"
	"math/rand"
)

// The oracle decides whether a document is valid without expanding a polynomial: it reads the
// format on its own and evaluates both sides of every identity at random points modulo a prime
// of 127 bits. A false identity survives a point with probability at most degree / 2^120.
var modulus = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 127), big.NewInt(1))

type reader struct {
	numbers []*big.Int
	bad     bool
}

func read(text []byte) *reader {
	r := &reader{}
	for _, word := range bytes.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == '\n' }) {
		digits := bytes.TrimPrefix(word, []byte("-"))
		if len(digits) == 0 || len(bytes.Trim(digits, "0123456789")) > 0 {
			r.bad = true
			return r
		}
		n, _ := new(big.Int).SetString(string(word), 10)
		r.numbers = append(r.numbers, n)
	}
	return r
}

func (r *reader) next() *big.Int {
	if len(r.numbers) == 0 {
		r.bad = true
		return new(big.Int)
	}
	n := r.numbers[0]
	r.numbers = r.numbers[1:]
	return n
}

// times calls f as often as the next number says.
func (r *reader) times(f func()) {
	n := r.next()
	if n.Sign() < 0 || n.Cmp(big.NewInt(int64(len(r.numbers)))) > 0 {
		r.bad = true
		return
	}
	for i := int64(0); i < n.Int64() && !r.bad; i++ {
		f()
	}
}

// positive reads a number above 0.
func (r *reader) positive() *big.Int {
	n := r.next()
	if n.Sign() <= 0 {
		r.bad = true
	}
	return n
}

// point assigns a random value to every variable that is asked for.
type point struct {
	source *rand.Rand
	values map[string]*big.Int
}

func (p *point) at(variable *big.Int) *big.Int {
	key := variable.String()
	if p.values[key] == nil {
		p.values[key] = new(big.Int).Rand(p.source, modulus)
	}
	return p.values[key]
}

// polynomial reads one and returns its value.
func (r *reader) polynomial(p *point) *big.Int {
	sum := new(big.Int)
	r.times(func() {
		term := new(big.Int).Set(r.next())
		r.times(func() { term.Mod(term.Mul(term, p.at(r.positive())), modulus) })
		sum.Mod(sum.Add(sum, term), modulus)
	})
	return sum
}

type relation struct {
	kind  int64 // 0 for ≥, 1 for >, 2 for =
	value *big.Int
}

func (r *reader) relation(p *point) relation {
	kind := r.next()
	if !kind.IsInt64() || kind.Int64() < 0 || kind.Int64() > 2 {
		r.bad = true
		return relation{0, new(big.Int)}
	}
	return relation{kind.Int64(), r.polynomial(p)}
}

// step reads one, says whether it follows from the facts before it, and returns what it claims.
func (r *reader) step(p *point, facts map[string]relation) (relation, bool) {
	denominator := r.positive()
	goal := r.relation(p)
	left := new(big.Int).Mul(denominator, goal.value)
	products, strict := 0, false
	valid := true
	r.times(func() {
		products++
		product, allStrict := new(big.Int).Set(r.positive()), true
		r.times(func() {
			f, known := facts[r.positive().String()]
			if !known {
				valid = false
				return
			}
			allStrict = allStrict && f.kind == 1
			product.Mod(product.Mul(product, f.value), modulus)
		})
		strict = strict || allStrict
		left.Sub(left, product)
	})
	r.times(func() {
		multiplier := r.polynomial(p)
		f, known := facts[r.positive().String()]
		if !known || f.kind != 2 {
			valid = false
			return
		}
		left.Sub(left, multiplier.Mul(multiplier, f.value))
	})
	switch goal.kind {
	case 1:
		valid = valid && strict
	case 2:
		valid = valid && products == 0
	}
	return goal, valid && left.Mod(left, modulus).Sign() == 0
}

// valid says whether every step of the document follows from the facts and steps before it.
func valid(text []byte, seed int64) bool {
	r := read(text)
	p := &point{rand.New(rand.NewSource(seed)), map[string]*big.Int{}}
	facts := map[string]relation{}
	add := func(f relation) { facts[big.NewInt(int64(len(facts)+1)).String()] = f }
	ok := true
	r.times(func() { add(r.relation(p)) })
	r.times(func() {
		goal, follows := r.step(p, facts)
		ok = ok && follows
		add(goal)
	})
	return ok && !r.bad && len(r.numbers) == 0
}
