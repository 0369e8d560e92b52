package statement

import "math/bits"

// supports lists the nonempty sets of at most most of the tokens 0..n-1, by size, then
// lexicographically by the ascending list of tokens. Bit i of a set stands for token i.
func supports(n, most int) []uint64 {
	var list []uint64
	for size := 1; size <= min(n, most); size++ {
		list = appendSets(list, n, 0, 0, size)
	}
	return list
}

// appendSets appends the sets that add size tokens from first on to set.
func appendSets(list []uint64, n, first int, set uint64, size int) []uint64 {
	if size == 0 {
		return append(list, set)
	}
	for i := first; i+size <= n; i++ {
		list = appendSets(list, n, i+1, set|1<<i, size-1)
	}
	return list
}

// elements lists the tokens of a set.
func elements(set uint64) []int {
	var list []int
	for ; set != 0; set &= set - 1 {
		list = append(list, bits.TrailingZeros64(set))
	}
	return list
}

// mapped is the set of the tokens to which g takes those of the set.
func mapped(set uint64, g []int) uint64 {
	var to uint64
	for ; set != 0; set &= set - 1 {
		to |= 1 << g[bits.TrailingZeros64(set)]
	}
	return to
}
