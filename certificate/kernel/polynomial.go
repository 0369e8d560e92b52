package kernel

import "sort"

// A Mono is a product of symbols: their numbers, each in four bytes, the first one the most
// significant, in ascending order. Equal products are equal strings.
type Mono string

// A Term is a number, not 0, times a product of symbols.
type Term struct {
	C Num
	M Mono
}

// A Poly is a polynomial: terms in ascending order by [Mono.before], no product twice.
type Poly []Term

const symbolBytes = 4

// degree is the number of symbols.
func (m Mono) degree() int { return len(m) / symbolBytes }

// symbol is the number of the k-th symbol.
func (m Mono) symbol(k int) int {
	m = m[symbolBytes*k:]
	return int(m[0])<<24 | int(m[1])<<16 | int(m[2])<<8 | int(m[3])
}

// before is the order of terms: by degree, then by the first symbol in which they differ.
func (m Mono) before(o Mono) bool {
	if len(m) != len(o) {
		return len(m) < len(o)
	}
	return m < o
}

// appendSymbol appends the bytes of a symbol.
func appendSymbol(b []byte, s int) []byte {
	return append(b, byte(s>>24), byte(s>>16), byte(s>>8), byte(s))
}

// Singles holds the products of one symbol, for symbols 0..n-1, in one string.
type Singles string

// NewSingles makes those of n symbols.
func NewSingles(n int) Singles {
	b := make([]byte, 0, symbolBytes*n)
	for s := 0; s < n; s++ {
		b = appendSymbol(b, s)
	}
	return Singles(b)
}

// Of is the product of symbol s alone.
func (t Singles) Of(s int) Mono { return Mono(t[symbolBytes*s : symbolBytes*(s+1)]) }

// Product is the product of the symbols, in any order.
func Product(symbols ...int) Mono {
	sorted := append([]int(nil), symbols...)
	sort.Ints(sorted)
	var b []byte
	for _, s := range sorted {
		b = appendSymbol(b, s)
	}
	return Mono(b)
}

// merge writes the product of a and b into the buffer.
func merge(buffer []byte, a, b Mono) []byte {
	buffer = buffer[:0]
	for len(a) > 0 && len(b) > 0 {
		if a[:symbolBytes] <= b[:symbolBytes] {
			buffer, a = append(buffer, a[:symbolBytes]...), a[symbolBytes:]
		} else {
			buffer, b = append(buffer, b[:symbolBytes]...), b[symbolBytes:]
		}
	}
	return append(append(buffer, a...), b...)
}
