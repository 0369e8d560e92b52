// Package bitset is sets of small numbers, in machine words. Sets that meet have equal
// length; nothing checks it.
package bitset

import (
	"math/bits"
	"slices"
)

// A Set is a set of numbers below 64 times its length.
// It does not keep its own bound: the bits beyond it in the last word are 0 as long as
// nobody adds them.
type Set []uint64

// New returns the empty set of numbers below n.
func New(n int) Set { return make(Set, Words(n)) }

// Several returns count empty sets of numbers below n, in one piece of memory.
// A set that is appended to moves out and leaves its neighbours alone.
func Several(count, n int) []Set {
	words := Words(n)
	all, sets := make(Set, count*words), make([]Set, count)
	for i := range sets {
		sets[i] = all[i*words : (i+1)*words : (i+1)*words]
	}
	return sets
}

// Words is the length of a set of numbers below n.
func Words(n int) int { return (n + 63) / 64 }

// Has reports whether i is in s.
// It panics if i is beyond the length, and so do Add and Remove.
func (s Set) Has(i int) bool { return s[i>>6]>>(i&63)&1 == 1 }

// Add puts i into s.
func (s Set) Add(i int) { s[i>>6] |= 1 << (i & 63) }

// Remove takes i out of s.
func (s Set) Remove(i int) { s[i>>6] &^= 1 << (i & 63) }

// Fill makes s the set of all of 0..n-1; it is as long as [New] makes it.
func (s Set) Fill(n int) {
	for i := range s {
		s[i] = ^uint64(0)
	}
	// What is beyond n in the last word would be counted, and met.
	if n&63 != 0 {
		s[len(s)-1] = 1<<(n&63) - 1
	}
}

// Count returns the number of elements.
// It looks at every word, whatever is in it.
func (s Set) Count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// CountCommon returns |s ∩ t|.
// Without making the intersection, which is never needed.
func (s Set) CountCommon(t Set) int {
	n := 0
	for i, w := range s {
		n += bits.OnesCount64(w & t[i])
	}
	return n
}

// Within reports whether s ⊆ t.
// t must be at least as long as s.
func (s Set) Within(t Set) bool {
	for i, w := range s {
		// The first word that has more decides.
		if w&^t[i] != 0 {
			return false
		}
	}
	return true
}

// Meets reports whether s and t have an element in common.
func (s Set) Meets(t Set) bool {
	for i, w := range s {
		if w&t[i] != 0 {
			return true
		}
	}
	return false
}

// CommonWithin reports whether s ∩ t ⊆ u.
// It is asked for each pair of rays and a third one, and so makes no set.
func CommonWithin(s, t, u Set) bool {
	for i, w := range s {
		if w&t[i]&^u[i] != 0 {
			return false
		}
	}
	return true
}

// Unite makes s the union of a and b.
// s may be a or b.
func (s Set) Unite(a, b Set) {
	for i := range s {
		s[i] = a[i] | b[i]
	}
}

// Members appends the elements of s to list, ascending.
// The caller's list saves a new one for each set.
func (s Set) Members(list []int32) []int32 {
	for i, w := range s {
		// w & (w−1) takes away the lowest bit.
		for ; w != 0; w &= w - 1 {
			list = append(list, int32(i<<6+bits.TrailingZeros64(w)))
		}
	}
	return list
}

// Each calls f with the elements, ascending.
// f must not change s: the word at hand was read before.
func (s Set) Each(f func(i int)) {
	for k, w := range s {
		for ; w != 0; w &= w - 1 {
			f(k<<6 + bits.TrailingZeros64(w))
		}
	}
}

// Hash spreads the elements over a word.
// Sets that are equal have equal hashes if they are equally long. Different ones may share
// a hash, and are to be compared.
func (s Set) Hash() uint64 {
	x := uint64(0)
	// Multiplying carries each bit upwards only; the shift brings high bits down again
	// before the next word.
	for _, w := range s {
		x = (x ^ w) * 0x9e3779b97f4a7c15
		x ^= x >> 29
	}
	return x * 0xbf58476d1ce4e5b9
}

// Different returns how many of the sets are different.
// The sets must be of equal length. It takes memory for about 4 numbers a set, and makes no
// copies.
func Different(sets []Set) int {
	// A power of two, at least twice as large as the sets are many, so that chains of
	// places stay short.
	places := make([]int32, 2<<bits.Len(uint(len(sets)))) // sets, counted from 1
	count := 0
	for i, s := range sets {
		// The upper half of the hash is the better mixed one.
		at := s.Hash() >> 32 & uint64(len(places)-1)
		// Linear probing: the next free place holds a set that has not been seen.
		for places[at] != 0 && !slices.Equal(sets[places[at]-1], s) {
			at = (at + 1) & uint64(len(places)-1)
		}
		if places[at] == 0 {
			places[at] = int32(i + 1)
			count++
		}
	}
	return count
}
