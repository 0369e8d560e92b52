package theorem

import (
	"math/big"
	"slices"
)

// Image is the product of the symbols to which g takes those of m.
// A permutation keeps the number of symbols, and takes different products to different ones.
// g has an entry for each symbol that may occur; singles are those of the same symbols, so
// that the usual image takes no memory. A nil g is the identity.
func (m Mono) Image(g []int32, singles Singles) Mono {
	switch {
	// The identity; and 1, which has no symbol to move.
	case g == nil || len(m) == 0:
		return m
	// Nearly all products are of one symbol.
	case len(m) == SymbolBytes:
		return singles.Of(int(g[m.Symbol(0)]))
	}
	// A symbol that occurs twice has an image that does.
	symbols := make([]int, 0, 64)
	for k := range m.Degree() {
		symbols = append(symbols, int(g[m.Symbol(k)]))
	}
	// The images of ascending symbols need not ascend.
	return ordered(symbols)
}

// Hash is a number that is the same for facts that are the same, in whatever order terms and
// factors stand. Facts that are different are compared besides: that two have the same hash
// decides nothing, but costs a comparison, so that who does not know the seed cannot make them meet.
// It is a sum over terms, and in them over symbols, so that no order matters and no image need
// be made. g is as in [Mono.Image].
func (f Fact) Hash(g []int32, seed uint64) uint64 {
	total := uint64(f.Relation)
	for _, t := range f.Poly {
		h := t.C.hash(seed)
		for k := t.M.Degree() - 1; k >= 0; k-- {
			s := int32(t.M.Symbol(k))
			if g != nil {
				s = g[s]
			}
			h += mix(seed + uint64(s))
		}
		// The number and the product are mixed together: else terms could exchange their
		// coefficients.
		total += mix(h)
	}
	return total
}

func (x Num) hash(seed uint64) uint64 {
	h := seed + 0x9e3779b97f4a7c15*uint64(x.n)
	if x.r != nil {
		above, below := x.r.Num().Bits(), x.r.Denom().Bits()
		for _, w := range slices.Concat([]big.Word{big.Word(x.r.Sign() * len(above))}, above, below) {
			h = mix(h + uint64(w))
		}
	}
	return h
}

// mix scatters the bits of a number.
// The shifts bring high bits down, where a product alone would never bring them.
// It is one to one on 64 bits; the constants are those of the splitmix64 generator's last
// step.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
