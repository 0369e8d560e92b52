package contention

// Merge merges two ascending lists of atoms of a law. Atoms of one value become one, which is
// what keeps their number down.
func Merge[A any](a, b []A, compare func(A, A) int, join func(A, A) A) []A {
	// As many at most as in both lists.
	merged := make([]A, 0, len(a)+len(b))
	// As in merge sort.
	for len(a) > 0 && len(b) > 0 {
		switch compare(a[0], b[0]) {
		case -1:
			merged, a = append(merged, a[0]), a[1:]
		case 1:
			merged, b = append(merged, b[0]), b[1:]
		default:
			merged = append(merged, join(a[0], b[0]))
			a, b = a[1:], b[1:]
		}
	}
	return append(append(merged, a...), b...)
}
