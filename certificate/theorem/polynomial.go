package theorem

import "slices"

// A Mono is a product of symbols: their numbers, each in four bytes, the first one the most
// significant, in ascending order. Equal products are equal strings.
// A string, and not a list, since it is a key of tables, is compared as one, and cannot be
// changed.
type Mono string

// A Term is a number, not 0, times a product of symbols.
type Term struct {
	C Num
	M Mono
}

// A Poly is a polynomial: terms in ascending order by [Mono.Before], no product twice.
// So equal polynomials are equal lists; nil and the empty list are 0.
type Poly []Term

// SymbolBytes is the length of a product of one symbol.
const SymbolBytes = 4

// Degree is the number of symbols.
func (m Mono) Degree() int { return len(m) / SymbolBytes }

// Symbol is the number of the k-th symbol.
// It panics if there is no k-th one.
func (m Mono) Symbol(k int) int {
	m = m[SymbolBytes*k:][:SymbolBytes]
	return int(m[0])<<24 | int(m[1])<<16 | int(m[2])<<8 | int(m[3])
}

// Before is the order of terms: by degree, then by the first symbol in which they differ.
// With the most significant byte first the order of strings is that of the numbers of symbols.
func (m Mono) Before(o Mono) bool {
	if len(m) != len(o) {
		return len(m) < len(o)
	}
	return m < o
}

// Weight is the memory of a term in units of about 32 bytes: 1, and 1 for each four symbols, since a
// string of so many bytes has room for more;
// for a number that is not short 5, and 1 for each four words.
// It is an estimate from above for terms as they are held; the format page has it, so that
// every checker counts alike.
// It is a limit's unit: the same certificate meets the same limit in every checker,
// whatever memory a term takes there.
func (t Term) Weight() int {
	n := 1 + t.M.Degree()/4
	if !t.C.Short() {
		above, below := t.C.Words()
		n += 5 + (above+below)/4
	}
	return n
}

// Weight is that of a product in a table: 1, and 1 for each eight symbols.
func (m Mono) Weight() int { return 1 + m.Degree()/8 }

// AppendSymbol appends the bytes of a symbol.
func AppendSymbol(b []byte, s int) []byte {
	return append(b, byte(s>>24), byte(s>>16), byte(s>>8), byte(s))
}

// Singles holds the products of one symbol, for symbols 0..n-1, in one string.
// Products of one symbol are parts of one string: a theorem names each many thousand times.
type Singles string

// NewSingles makes those of n symbols.
func NewSingles(n int) Singles {
	b := make([]byte, 0, SymbolBytes*n)
	for s := 0; s < n; s++ {
		b = AppendSymbol(b, s)
	}
	return Singles(b)
}

// Of is the product of symbol s alone.
// A part of a string shares its bytes and takes no memory of its own.
func (t Singles) Of(s int) Mono { return Mono(t[SymbolBytes*s : SymbolBytes*(s+1)]) }

// Product is the product of the symbols, in any order.
// For those who have symbols and no order of them. x² is x twice.
func Product(symbols ...int) Mono { return ordered(slices.Clone(symbols)) }

// ordered is the product of the symbols, which it puts in order.
func ordered(symbols []int) Mono {
	slices.Sort(symbols)
	b := make([]byte, 0, 64*SymbolBytes)
	for _, s := range symbols {
		b = AppendSymbol(b, s)
	}
	return Mono(b)
}

// Merge writes the product of a and b into the buffer.
// Both are in order, and the result is.
// What the buffer held is lost. Equal symbols of both are kept, both of them: x times x is
// x².
func Merge(buffer []byte, a, b Mono) []byte {
	buffer = buffer[:0]
	for len(a) > 0 && len(b) > 0 {
		if a[:SymbolBytes] <= b[:SymbolBytes] {
			buffer, a = append(buffer, a[:SymbolBytes]...), a[SymbolBytes:]
		} else {
			buffer, b = append(buffer, b[:SymbolBytes]...), b[SymbolBytes:]
		}
	}
	return append(append(buffer, a...), b...)
}
