package statement

import (
	"math/bits"
	"strconv"
)

// listSupports lists the nonempty sets of at most most of the tokens 0..n-1 by their largest
// token, then by their second largest, and so on: {0}, {1}, {0,1}, {2}, {0,2}, … , so that
// those within the first j tokens come before all others. Bit i of a set stands for token i.
// The order is that of the format page. It makes the supports within S_j a run, and of the sets
// of two tokens or more a single token's set the first with that largest token.
func listSupports(n, most int) []uint64 {
	var list []uint64
	for i := 0; i < n; i++ {
		list = append(list, 1<<i)
		for _, set := range list[:len(list)-1] {
			if bits.OnesCount64(set) < most {
				list = append(list, set|1<<i)
			}
		}
	}
	return list
}

// elements lists the tokens of a set.
func elements(set uint64) []int {
	list := make([]int, 0, bits.OnesCount64(set))
	for ; set != 0; set &= set - 1 {
		list = append(list, bits.TrailingZeros64(set))
	}
	return list
}

// mapped is the set of the tokens to which g takes those of the set.
// It is how a permutation of tokens acts on supports.
func mapped(set uint64, g []int) uint64 {
	var to uint64
	for ; set != 0; set &= set - 1 {
		to |= 1 << g[bits.TrailingZeros64(set)]
	}
	return to
}

// setName is a set of tokens 0..n-1 as it is written, in which they are numbered from 1, such
// as {1,3}. The list is not empty.
func setName(tokens []int) string {
	name := []byte{'{'}
	for _, i := range tokens {
		name = append(strconv.AppendInt(name, int64(i+1), 10), ',')
	}
	name[len(name)-1] = '}'
	return string(name)
}
