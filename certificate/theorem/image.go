package theorem

import "sort"

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
	sort.Ints(symbols)
	b := make([]byte, 0, 64*SymbolBytes)
	for _, s := range symbols {
		b = AppendSymbol(b, s)
	}
	return Mono(b)
}

// Hash is a number that is the same for facts that are the same, in whatever order terms and
// factors stand. Facts that are different are compared besides.
// It is a sum over terms, and in them over symbols, so that no order matters and no image need
// be made. That two facts have the same hash decides nothing.
// g is as in [Mono.Image]. It looks at all terms, but only at the short part of a number:
// long numbers all count as 0 here, which makes more facts meet and none be mistaken.
func (f Fact) Hash(g []int32) uint64 {
	total := uint64(f.Relation)
	for _, t := range f.Poly {
		h := uint64(0)
		// Symbols are counted from 1 before they are mixed, as mix takes 0 to 0 and symbol
		// 0 would not count.
		for k := t.M.Degree() - 1; k >= 0; k-- {
			s := int32(t.M.Symbol(k))
			if g != nil {
				s = g[s]
			}
			h += mix(uint64(s) + 1)
		}
		// The number and the product are mixed together: else terms could exchange their
		// coefficients.
		total += mix(h + 0x9e3779b97f4a7c15*uint64(t.C.n))
	}
	return total
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
