package bitset

// Transposed returns, for each j below size, the i with j in sets[i].
func Transposed(sets []Set, size int) []Set {
	turned := Several(size, len(sets))
	var block [64]uint64
	for from := 0; from < len(sets); from += 64 {
		rows := sets[from:min(from+64, len(sets))]
		for k := range Words(size) {
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
