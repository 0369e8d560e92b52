package complete

import "math/bits"

// set is a set of small integers.
type set []uint64

func words(n int) int { return (n + 63) / 64 }

func (s set) has(i int) bool { return s[i>>6]>>(i&63)&1 == 1 }
func (s set) add(i int)      { s[i>>6] |= 1 << (i & 63) }

func (s set) size() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// common returns |s ∩ t|.
func (s set) common(t set) int {
	n := 0
	for i, w := range s {
		n += bits.OnesCount64(w & t[i])
	}
	return n
}

// within reports whether s ⊆ t.
func (s set) within(t set) bool {
	for i, w := range s {
		if w&^t[i] != 0 {
			return false
		}
	}
	return true
}

// members appends the elements of s to list.
func (s set) members(list []int32) []int32 {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			list = append(list, int32(i<<6+bits.TrailingZeros64(w)))
		}
	}
	return list
}

// newSets returns n empty subsets of 0..size-1 in one piece of memory.
func newSets(n, size int) []set {
	w := words(size)
	all := make(set, n*w)
	sets := make([]set, n)
	for i := range sets {
		sets[i] = all[i*w : (i+1)*w : (i+1)*w]
	}
	return sets
}

// transposed returns, for each j below size, the i with j in sets[i].
func transposed(sets []set, size int) []set {
	turned := newSets(size, len(sets))
	var block [64]uint64
	for from := 0; from < len(sets); from += 64 {
		rows := sets[from:min(from+64, len(sets))]
		for k := range words(size) {
			clear(block[:])
			for i, s := range rows {
				block[i] = s[k]
			}
			transpose(&block)
			for j := range min(64, size-64*k) {
				turned[64*k+j][from>>6] = block[j]
			}
		}
	}
	return turned
}

// transpose exchanges bit j of word i and bit i of word j, by halves of halves.
func transpose(block *[64]uint64) {
	mask := uint64(1)<<32 - 1
	for width := 32; width > 0; width /= 2 {
		for i := 0; i < 64; i = (i + width + 1) &^ width {
			x := (block[i]>>width ^ block[i+width]) & mask
			block[i] ^= x << width
			block[i+width] ^= x
		}
		mask ^= mask << (width / 2)
	}
}

// remove takes i out of s.
func (s set) remove(i int) { s[i>>6] &^= 1 << (i & 63) }

// fill makes s the set of all of 0..n-1.
func (s set) fill(n int) {
	for i := range s {
		s[i] = ^uint64(0)
	}
	if n&63 != 0 {
		s[len(s)-1] = 1<<(n&63) - 1
	}
}

// intersect makes s the intersection with t and reports whether it has an element
// besides k.
func (s set) intersect(t set, k int) bool {
	others := false
	for i, w := range t {
		s[i] &= w
		left := s[i]
		if i == k>>6 {
			left &^= 1 << (k & 63)
		}
		others = others || left != 0
	}
	return others
}

// unite adds the elements of t to s.
func (s set) unite(t set) {
	for i, w := range t {
		s[i] |= w
	}
}

// minus makes s the elements of t that are not in u, and reports whether there are any.
func (s set) minus(t, u set) bool {
	some := uint64(0)
	for i, w := range t {
		s[i] = w &^ u[i]
		some |= s[i]
	}
	return some != 0
}

// meets reports whether s and t have an element in common.
func (s set) meets(t set) bool {
	for i, w := range s {
		if w&t[i] != 0 {
			return true
		}
	}
	return false
}
