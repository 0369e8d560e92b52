// Package bitset is sets of small numbers, in machine words. Sets that meet have equal
// length; nothing checks it.
package bitset

import "math/bits"

// A Set is a set of numbers below 64 times its length.
type Set []uint64

// New returns the empty set of numbers below n.
func New(n int) Set { return make(Set, Words(n)) }

// Words is the length of a set of numbers below n.
func Words(n int) int { return (n + 63) / 64 }

// Has reports whether i is in s.
func (s Set) Has(i int) bool { return s[i>>6]>>(i&63)&1 == 1 }

// Add puts i into s.
func (s Set) Add(i int) { s[i>>6] |= 1 << (i & 63) }

// Remove takes i out of s.
func (s Set) Remove(i int) { s[i>>6] &^= 1 << (i & 63) }

// Count returns the number of elements.
func (s Set) Count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// CountCommon returns |s ∩ t|.
func (s Set) CountCommon(t Set) int {
	n := 0
	for i, w := range s {
		n += bits.OnesCount64(w & t[i])
	}
	return n
}

// Within reports whether s ⊆ t.
func (s Set) Within(t Set) bool {
	for i, w := range s {
		if w&^t[i] != 0 {
			return false
		}
	}
	return true
}

// CommonWithin reports whether s ∩ t ⊆ u.
func CommonWithin(s, t, u Set) bool {
	for i, w := range s {
		if w&t[i]&^u[i] != 0 {
			return false
		}
	}
	return true
}

// Unite makes s the union of a and b.
func (s Set) Unite(a, b Set) {
	for i := range s {
		s[i] = a[i] | b[i]
	}
}

// Members appends the elements of s to list, ascending.
func (s Set) Members(list []int32) []int32 {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			list = append(list, int32(i<<6+bits.TrailingZeros64(w)))
		}
	}
	return list
}

// Each calls f with the elements, ascending.
func (s Set) Each(f func(i int)) {
	for k, w := range s {
		for ; w != 0; w &= w - 1 {
			f(k<<6 + bits.TrailingZeros64(w))
		}
	}
}
