package bitset

// Transposed returns, for each j below size, the i with j in sets[i].
// The sets must all be of numbers below size. It takes one pass over 64 by 64 blocks, with
// 6 steps each, in place of one look for each pair of numbers.
func Transposed(sets []Set, size int) []Set {
	turned := Several(size, len(sets))
	var block [64]uint64
	for from := 0; from < len(sets); from += 64 {
		rows := sets[from:min(from+64, len(sets))]
		// The words k of 64 sets are a block; the last block has fewer sets, and empty rows
		// behind them.
		for k := range Words(size) {
			clear(block[:])
			// What the block before left would stand in the rows that this one has not.
			for i, s := range rows {
				block[i] = s[k]
			}
			transpose(&block)
			// The last word may reach beyond size, where there is no set to fill.
			for j := range min(64, size-64*k) {
				turned[64*k+j][from>>6] = block[j]
			}
		}
	}
	return turned
}

// transpose exchanges bit j of word i and bit i of word j, by halves of halves.
// Henry S. Warren, Hacker's Delight, section 7-3: the two quarters off the diagonal change
// places, and then the same in each quarter, with the mask of the lower halves.
func transpose(block *[64]uint64) {
	mask := uint64(1)<<32 - 1
	for width := 32; width > 0; width /= 2 {
		// i runs over the numbers without the bit width, each of which has its partner at i
		// + width.
		for i := 0; i < 64; i = (i + width + 1) &^ width {
			x := (block[i]>>width ^ block[i+width]) & mask
			block[i] ^= x << width
			block[i+width] ^= x
		}
		mask ^= mask << (width / 2)
	}
}
