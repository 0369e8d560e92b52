package complete

import "pstar/internal/bitset"

// set is a set of rows, or of rays.
type set = bitset.Set

// intersect makes s the intersection with t and reports whether it has an element
// besides k.
func intersect(s, t set, k int) bool {
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

// minus makes s the elements of t that are not in u, and reports whether there are any.
func minus(s, t, u set) bool {
	some := uint64(0)
	for i, w := range t {
		s[i] = w &^ u[i]
		some |= s[i]
	}
	return some != 0
}
