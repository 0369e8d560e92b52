package coqfile

import (
	"math"
	"math/big"
	"strings"

	"pstar/certificate/kernel"
	"pstar/certificate/theorem"
)

// integers is a text of integers, in the order in which formal/checker/integers.v reads them, and in its characters.
//
// Numbers are written to base 42, the last digit with other characters than those
// before it, so that no separators are needed; the most frequent pieces of polynomials
// have one character. The length of the text is what Coq's time depends on.
type integers struct {
	strings.Builder
	long int64 // the last number of more digits than one, or said by its difference from such a one, without its sign
}

// They are the printable characters from # on, as far as 42 and 42 digits and four
// signs reach.
const (
	// The last digit ends a number.
	base                   = 42
	lastDigit, moreDigits  = '#', 'M' // the characters of digit 0
	minus, ones, minusOnes = 'w', 'x', 'y'
	next                   = 'z' // long, and one more
	// After a difference d of one digit.
	further, onesFurther, minusOnesFurther = '~', '|', '!' // long and d more, alone or after ones or minusOnes
	run, onesRun, minusOnesRun             = '}', '{', ' ' // d times next, alone or each after ones or minusOnes
)

// int writes a number of machine size; facts that are numbered one after the other cost
// one character each.
func (b *integers) int(n int64) {
	// The sign is a token of its own before the number.
	if n < 0 {
		b.WriteByte(minus)
		n = -n
	} else if n >= base && n == b.long+1 {
		b.WriteByte(next)
		b.long = n
		return
	}
	b.magnitude(n)
}

// magnitude writes a number that is not negative, digit by digit.
func (b *integers) magnitude(n int64) {
	// Numbers of one digit do not count as the last long one.
	if n >= base {
		b.more(n / base)
		b.long = n
	}
	b.WriteByte(lastDigit + byte(n%base))
}

// more writes the digits but the last one, the first one first.
func (b *integers) more(n int64) {
	// The recursion goes down to the first digit, which is written first.
	if n >= base {
		b.more(n / base)
	}
	b.WriteByte(moreDigits + byte(n%base))
}

// big writes a number of any size.
func (b *integers) big(n *big.Int) {
	// The smallest one has no negative of machine size.
	if n.IsInt64() && n.Int64() != math.MinInt64 {
		b.int(n.Int64())
		return
	}
	if n.Sign() < 0 {
		b.WriteByte(minus)
	}
	// Of numbers beyond a word the package makes the digits: it is quicker.
	digits := new(big.Int).Abs(n).Append(nil, base)
	// Digits of package big are characters of its own.
	for k, c := range digits {
		d := byte(strings.IndexByte(bigDigits, c))
		if k < len(digits)-1 {
			b.WriteByte(moreDigits + d)
		} else {
			b.WriteByte(lastDigit + d)
		}
	}
	b.long = -1 // no number that is written follows it
}

// bigDigits are the digits of package big. Up to 42 they are these, in this order.
const bigDigits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF"

// bool writes 1 or 0.
func (b *integers) bool(x bool) {
	if x {
		b.int(1)
	} else {
		b.int(0)
	}
}

// symbol is the number of a symbol, fact or goal, from 1 on.
func (b *integers) symbol(n int) { b.int(int64(n) + 1) }

// number writes numerator and denominator.
func (b *integers) number(r *big.Rat) {
	b.big(r.Num())
	b.big(r.Denom())
}

// term is a coefficient, and how many symbols or facts follow. Most terms have the
// factor 1 or −1 and one symbol.
func (b *integers) term(r *big.Rat, n int) {
	// Factors with one symbol have tokens of their own.
	switch {
	case n == 1 && isInt(r, 1):
		b.WriteByte(ones)
	case n == 1 && isInt(r, -1):
		b.WriteByte(minusOnes)
	default:
		b.number(r)
		b.int(int64(n))
	}
}

// singles writes terms of one symbol, with the same factor, from the beginning of a list, by two characters where the symbols follow
// one another or are not far from each other, and says how many these are.
func (b *integers) singles(r *big.Rat, symbols []int) int {
	// Long is below 0 after numbers that no word holds.
	far, near := byte(onesFurther), byte(onesRun)
	if isInt(r, -1) {
		far, near = minusOnesFurther, minusOnesRun
	}
	d := int64(symbols[0]) + 1 - b.long
	if b.long < 0 || d <= 0 || d >= base || !isInt(r, 1) && !isInt(r, -1) {
		b.term(r, 1)
		b.symbol(symbols[0])
		return 1
	}
	if n := following(symbols, b.long); n > 1 {
		b.difference(int64(n), near)
		b.long += int64(n)
		return n
	}
	b.difference(d, far)
	b.long += d
	return 1
}

// following is how many of the first numbers, fewer than base, are last, last + 1 and so on.
func following[T int | int32](numbers []T, last int64) int {
	n := 0
	for n+1 < base && n < len(numbers) && int64(numbers[n]) == last+int64(n) {
		n++
	}
	return n
}

// difference writes a digit and what it says.
func (b *integers) difference(d int64, what byte) {
	b.WriteByte(lastDigit + byte(d))
	b.WriteByte(what)
}

// isInt reports whether r is n.
func isInt(r *big.Rat, n int64) bool {
	return r.IsInt() && r.Num().IsInt64() && r.Num().Int64() == n
}

// poly writes the number of terms, and each. A constant is a term without symbols.
func (b *integers) poly(p theorem.Poly) {
	b.int(int64(len(p)))
	for k := 0; k < len(p); {
		t := p[k]
		var same []int // the symbols of the terms from here on that are single, with this factor
		for j := k; j < len(p) && p[j].M.Degree() == 1 && p[j].C.Rat().Cmp(t.C.Rat()) == 0 && len(same) < base; j++ {
			same = append(same, p[j].M.Symbol(0))
		}
		if len(same) > 0 {
			k += b.singles(t.C.Rat(), same)
			continue
		}
		b.term(t.C.Rat(), t.M.Degree())
		for i := 0; i < t.M.Degree(); i++ {
			b.symbol(t.M.Symbol(i))
		}
		k++
	}
}

// facts writes the number of facts, and each with its relation.
func (b *integers) facts(list []theorem.Fact) {
	b.int(int64(len(list)))
	for _, f := range list {
		b.int(int64(f.Relation))
		b.poly(f.Poly)
	}
}

// values writes assignments of polynomials to symbols.
func (b *integers) values(list []theorem.Assignment) {
	b.int(int64(len(list)))
	for _, a := range list {
		b.symbol(a.Symbol)
		b.poly(a.Value)
	}
}

// permutation writes where each symbol goes.
func (b *integers) permutation(g []int32) {
	b.int(int64(len(g)))
	for k := 0; k < len(g); {
		n := int64(g[k]) + 1
		switch length, d := following(g[k:], b.long), n-b.long; {
		case b.long > 0 && length > 2:
			b.difference(int64(length), run)
			b.long += int64(length)
			k += length
			continue
		case b.long >= 0 && n >= base && 1 < d && d < base:
			b.difference(d, further)
			b.long = n
		default:
			b.int(n)
		}
		k++
	}
}

// sorts writes runs of symbols of one sort: how many, whether they are unknown and
// nonnegative. Symbols of one sort stand together mostly, so that there are few runs.
func (b *integers) sorts(symbols []theorem.Symbol) {
	var runs []int // where each begins
	// A run ends where the sort of a symbol changes.
	for k, s := range symbols {
		if k == 0 || s.Unknown != symbols[k-1].Unknown || s.Nonnegative != symbols[k-1].Nonnegative {
			runs = append(runs, k)
		}
	}
	b.int(int64(len(runs)))
	for k, begin := range runs {
		end := len(symbols)
		if k+1 < len(runs) {
			end = runs[k+1]
		}
		// Its length, and its two properties.
		b.int(int64(end - begin))
		b.bool(symbols[begin].Unknown)
		b.bool(symbols[begin].Nonnegative)
	}
}

// theorem writes a statement; its name is not part of what it means.
func (b *integers) theorem(t *kernel.Theorem) {
	// The kind is one bit: implied or feasible.
	b.bool(t.Kind == theorem.Feasible)
	b.sorts(t.Symbols)
	b.facts(t.Facts)
	b.facts(t.Rows)
	b.int(int64(len(t.Generators)))
	for _, g := range t.Generators {
		b.permutation(g)
	}
	// Only theorems on processes have more.
	b.bool(t.Process != nil)
	if p := t.Process; p != nil {
		b.int(int64(len(p.Symbols)))
		for _, s := range p.Symbols {
			b.bool(s.Nonnegative)
		}
		b.facts(p.Facts)
		b.values(p.Start)
		b.values(p.Update)
		b.values(p.Exponentials)
	}
	b.values(t.Exponentials)
}

// hints writes for each generator its inverse, and where it and its inverse take the facts.
//
// The checker in Coq verifies that they are inverse and permutations; finding them
// there would take it long.
func (b *integers) hints(t *kernel.Theorem) {
	place := map[string]int32{}
	// Without generators nobody asks for images.
	if len(t.Generators) > 0 {
		for k, f := range t.Facts {
			// By their texts, since images are looked for among facts.
			place[image(f, nil)] = int32(k)
		}
	}
	b.int(int64(len(t.Generators)))
	for _, g := range t.Generators {
		// Where the generator takes a symbol, the inverse takes it back.
		inverse := make([]int32, len(g))
		for s, to := range g {
			inverse[to] = int32(s)
		}
		b.permutation(inverse)
		// Both directions, so that the checker need not search.
		for _, h := range [][]int32{g, inverse} {
			facts := make([]int32, len(t.Facts))
			for k, f := range t.Facts {
				facts[k] = place[image(f, h)]
			}
			b.permutation(facts)
		}
	}
}
