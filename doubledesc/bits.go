package doubledesc

import "math/bits"

// bitset is a set of small integers: of rows tight at a ray, or of rays tight
// on a row.
type bitset []uint64

func words(n int) int { return (n + 63) / 64 }

func (s bitset) has(i int) bool { return s[i>>6]>>(i&63)&1 == 1 }
func (s bitset) set(i int)      { s[i>>6] |= 1 << (i & 63) }
func (s bitset) clear(i int)    { s[i>>6] &^= 1 << (i & 63) }

func (s bitset) count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// countCommon returns |s ∩ t|.
func (s bitset) countCommon(t bitset) int {
	n := 0
	for i, w := range s {
		n += bits.OnesCount64(w & t[i])
	}
	return n
}

// commonWithin reports whether s ∩ t ⊆ u.
func commonWithin(s, t, u bitset) bool {
	for i, w := range s {
		if w&t[i]&^u[i] != 0 {
			return false
		}
	}
	return true
}

// members appends the elements of s to buf.
func (s bitset) members(buf []int32) []int32 {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			buf = append(buf, int32(i<<6+bits.TrailingZeros64(w)))
		}
	}
	return buf
}
