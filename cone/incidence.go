package cone

import (
	"math"
	"math/bits"
	"slices"

	"pstar/internal/word"
	"pstar/rational"
)

// Incidence pairs vectors with a fixed list of rows by way of the rows that
// meet their support, so that a vector with few entries costs little among many
// rows. It is not safe for use by several goroutines at once.
type Incidence struct {
	rows    []Vector
	meeting [][]int32 // by coordinate: the rows with an entry there
	// A row that shares two coordinates with the vector is met twice, and multiplied once.
	stamp []int // by row: the last query that met it
	query int

	index    [][]int32 // by row: the coordinates of its entries
	small    [][]int64 // by row: the values of its entries, or nil if one does not fit
	norm     []uint64  // by row: the sum of their magnitudes, or the maximum if that overflows
	greatest uint64    // of these

	// The vector in hand, by coordinate; zero between queries. Its entries are the words of
	// dense with those of high in front, which count only if bound is the maximum.
	dense, high []int64
	bound       uint64 // its greatest magnitude, or the maximum if an entry does not fit a word
	length      int    // of its longest entry in bits
}

// NewIncidence prepares the rows, of dimension dim.
func NewIncidence(rows []Vector, dim int) *Incidence {
	n := &Incidence{
		rows: rows, meeting: make([][]int32, dim), stamp: make([]int, len(rows)), index: make([][]int32, len(rows)),
		small: make([][]int64, len(rows)), norm: make([]uint64, len(rows)), dense: make([]int64, dim), high: make([]int64, dim),
	}
	entries := 0
	counts := make([]int, dim)
	for _, a := range rows {
		// Counted before anything is allocated.
		entries += len(a)
		for _, e := range a {
			counts[e.Index]++
		}
	}
	// One piece of memory for each kind of list: the rows of a cone are many and short.
	lists, indices, values := make([]int32, entries), make([]int32, entries), make([]int64, entries)
	// With this capacity no append moves a list.
	for k, count := range counts {
		n.meeting[k], lists = lists[:0:count], lists[count:]
	}
	for i, a := range rows {
		for k, e := range a {
			n.meeting[e.Index] = append(n.meeting[e.Index], int32(i))
			indices[k] = int32(e.Index)
		}
		n.index[i], indices = indices[:len(a):len(a)], indices[len(a):]
		n.small[i], n.norm[i] = smallValues(values[:len(a):len(a)], a)
		values = values[len(a):]
		n.greatest = max(n.greatest, n.norm[i])
	}
	return n
}

// smallValues writes out the values of a vector as machine words, if they all fit,
// and returns the sum of their magnitudes, or the maximum if that overflows.
func smallValues(values []int64, a Vector) ([]int64, uint64) {
	norm := uint64(0)
	for k, e := range a {
		// Most rows are small: their products need no big integers.
		x, ok := e.Value.Int64()
		// One entry that does not fit leaves the row to package rational, as a whole.
		if !ok {
			return nil, math.MaxUint64
		}
		values[k] = x
		// The sum of magnitudes bounds every product with entries of bounded size.
		sum, carry := bits.Add64(norm, word.Magnitude(x), 0)
		if carry != 0 {
			sum = math.MaxUint64
		}
		norm = sum
	}
	return values, norm
}

// Product is the scalar product of a vector with row Row.
type Product struct {
	Row   int
	Value rational.Int
}

// NonZero returns the products of v that are not zero, in order of rows.
func (n *Incidence) NonZero(v Vector) []Product {
	n.take(v)
	defer n.drop(v)
	// Which way is shorter is counted before anything is multiplied.
	met := 0
	for _, e := range v {
		met += len(n.meeting[e.Index])
	}
	var products []Product
	if met >= len(n.rows) { // no use in looking for the rows
		products = make([]Product, 0, len(n.rows))
		for i := range n.rows {
			// Zero products are the rule: they are not listed.
			if x := n.product(i, v); !x.IsZero() {
				products = append(products, Product{i, x})
			}
		}
		return products
	}
	// Stamps of queries before are out of date by this alone.
	n.query++
	for _, e := range v {
		for _, i := range n.meeting[e.Index] {
			if n.stamp[i] == n.query {
				continue
			}
			n.stamp[i] = n.query
			if x := n.product(int(i), v); !x.IsZero() {
				products = append(products, Product{int(i), x})
			}
		}
	}
	// The rows were met coordinate by coordinate.
	slices.SortFunc(products, func(a, b Product) int { return a.Row - b.Row })
	return products
}

// take writes v out.
func (n *Incidence) take(v Vector) {
	// First as words, which nearly all vectors fit; the bound tells product whether they do.
	n.bound, n.length = 0, 0
	for _, e := range v {
		// An entry that fits a word.
		if x, ok := e.Value.Int64(); ok {
			n.dense[e.Index] = x
			n.bound = max(n.bound, word.Magnitude(x))
			continue
		}
		n.bound = math.MaxUint64
	}
	if n.bound < math.MaxUint64 {
		return
	}
	// An entry is longer: all of them in two words, modulo 2^128, which is right wherever the product
	// is known to fit.
	for _, e := range v {
		n.length = max(n.length, e.Value.BitLen())
		high, low := e.Value.Modulo128()
		n.high[e.Index], n.dense[e.Index] = high, int64(low)
	}
}

// drop leaves dense zero for the next vector, at the cost of this one.
func (n *Incidence) drop(v Vector) {
	for _, e := range v {
		n.dense[e.Index], n.high[e.Index] = 0, 0
	}
}

// product returns the product of row i with v, the vector in hand, in one machine
// word, or two, if no sum of its terms can leave them.
func (n *Incidence) product(i int, v Vector) rational.Int {
	// An entry of the row does not fit: nothing is known of its size.
	if n.small[i] == nil {
		return n.rows[i].Dot(v)
	}
	// No partial sum exceeds the sum of the row's magnitudes times the greatest entry of the vector.
	high, low := bits.Mul64(n.norm[i], n.bound)
	switch {
	case high == 0 && low <= math.MaxInt64:
		return rational.NewInt(n.word(i))
	// 127 digits leave the sign its place.
	case n.bound == math.MaxUint64 && bits.Len64(n.norm[i])+n.length <= 127:
		return rational.IntFrom128(n.words(i))
	}
	return n.rows[i].Dot(v)
}

// word returns the product of row i with the vector in hand, modulo 2^64.
func (n *Incidence) word(i int) int64 {
	index := n.index[i]
	// The reslice tells the compiler that the two have one length: no bounds are checked in the loop.
	values := n.small[i][:len(index)]
	// In machine words, without a look at overflow: the bound has excluded one in the end.
	sum := int64(0)
	// An overflow on the way does no harm: the sum as a whole fits.
	for k, at := range index {
		sum += values[k] * n.dense[at]
	}
	return sum
}

// words returns the product of row i with the vector in hand, modulo 2^128.
func (n *Incidence) words(i int) (high int64, low uint64) {
	index := n.index[i]
	values := n.small[i][:len(index)]
	for k, at := range index {
		// (y 2^64 + x)·a modulo 2^128, with the correction that a is signed and x is not.
		a, x, y := values[k], uint64(n.dense[at]), n.high[at]
		// The high word of the product modulo 2^128.
		h, l := bits.Mul64(uint64(a), x)
		h += uint64(a)*uint64(y) - uint64(a>>63)&x
		var carry uint64
		low, carry = bits.Add64(low, l, 0)
		high += int64(h + carry)
	}
	return high, low
}

// Signs sets zero to the set of the rows whose product with v is 0, and negative to that of
// those whose is less: bit i&63 of word i/64 stands for row i.
func (n *Incidence) Signs(v Vector, zero, negative []uint64) {
	n.take(v)
	defer n.drop(v)
	clear(negative)
	met := 0
	for _, e := range v {
		met += len(n.meeting[e.Index])
	}
	if met < len(n.rows)/2 {
		n.signsMet(v, zero, negative)
		return
	}
	high, low := bits.Mul64(n.greatest, n.bound)
	// If the greatest row fits a word, all do, and no row is asked.
	short := high == 0 && low <= math.MaxInt64 && n.greatest < math.MaxUint64
	for i := 0; i < len(n.rows); i += 64 {
		var none, less uint64
		for k := range min(64, len(n.rows)-i) {
			if short {
				// Without a branch: the sign bit, and the bit that only 0 and its negative both lack.
				x := n.word(i + k)
				// Bit k of the word for row i + k.
				less |= uint64(x) >> 63 << k
				none |= (uint64(x|-x)>>63 ^ 1) << k
				continue
			}
			switch n.sign(i+k, v) {
			case 0:
				none |= 1 << k
			case -1:
				less |= 1 << k
			}
		}
		zero[i>>6], negative[i>>6] = none, less
	}
}

// signsMet is [Incidence.Signs] where few rows meet the support of v.
func (n *Incidence) signsMet(v Vector, zero, negative []uint64) {
	// Rows that the support does not meet are zero, and these are most.
	for i := range zero {
		zero[i] = math.MaxUint64
	}
	// The last word has bits of no row, which stay clear.
	if rest := len(n.rows) & 63; rest > 0 {
		zero[len(zero)-1] = 1<<rest - 1
	}
	n.query++
	for _, e := range v {
		for _, i := range n.meeting[e.Index] {
			if n.stamp[i] == n.query {
				continue
			}
			n.stamp[i] = n.query
			switch n.sign(int(i), v) {
			case -1:
				negative[i>>6] |= 1 << (i & 63)
				fallthrough
			case 1:
				zero[i>>6] &^= 1 << (i & 63)
			}
		}
	}
}

// sign returns the sign of the product of row i with v, the vector in hand.
func (n *Incidence) sign(i int, v Vector) int {
	// Not by way of product, which would make a big integer of two words only to look at its sign.
	if n.bound == math.MaxUint64 && n.small[i] != nil && bits.Len64(n.norm[i])+n.length <= 127 {
		high, low := n.words(i)
		switch {
		case high < 0:
			return -1
		case uint64(high)|low == 0:
			return 0
		}
		// Neither word nor two words: the exact product decides.
		return 1
	}
	return n.product(i, v).Sign()
}
