package fm

import "math/bits"

// bitset is a set of small numbers. Sets that meet have equal length.
type bitset []uint64

func newBitset(size int) bitset { return make(bitset, (size+63)/64) }

func (s bitset) add(i int) { s[i/64] |= 1 << (i % 64) }
func (s bitset) count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

func (s bitset) subsetOf(t bitset) bool {
	for i, w := range s {
		if w&^t[i] != 0 {
			return false
		}
	}
	return true
}

// setUnion stores the union of a and b in s.
func (s bitset) setUnion(a, b bitset) {
	for i := range s {
		s[i] = a[i] | b[i]
	}
}

// each calls f with the members in ascending order.
func (s bitset) each(f func(i int)) {
	for k, w := range s {
		for ; w != 0; w &= w - 1 {
			f(64*k + bits.TrailingZeros64(w))
		}
	}
}
