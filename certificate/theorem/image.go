package theorem

import "sort"

// Image is the product of the symbols to which g takes those of m.
// A permutation keeps the number of symbols, and takes different products to different ones.
func (m Mono) Image(g []int32, singles Singles) Mono {
	switch {
	// The identity; and 1, which has no symbol to move.
	case g == nil || len(m) == 0:
		return m
	// Nearly all products are of one symbol.
	case len(m) == SymbolBytes:
		return singles.Of(int(g[m.Symbol(0)]))
	}
	symbols := make([]int, m.Degree())
	for k := range symbols {
		symbols[k] = int(g[m.Symbol(k)])
	}
	// The images of ascending symbols need not ascend.
	sort.Ints(symbols)
	b := make([]byte, 0, len(m))
	for _, s := range symbols {
		b = AppendSymbol(b, s)
	}
	return Mono(b)
}

// Hash is a number that is the same for facts that are the same, in whatever order terms and
// factors stand. Facts that are different are compared besides.
// It is a sum over terms, and in them over symbols, so that no order matters and no image need
// be made. That two facts have the same hash decides nothing.
func (f Fact) Hash(g []int32) uint64 {
	total := uint64(f.Relation)
	for _, t := range f.Poly {
		h := uint64(0)
		for k := t.M.Degree() - 1; k >= 0; k-- {
			s := int32(t.M.Symbol(k))
			if g != nil {
				s = g[s]
			}
			h += mix(uint64(s) + 1)
		}
		total += mix(h ^ mix(uint64(t.C.n)))
	}
	return total
}

// mix scatters the bits of a number.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
