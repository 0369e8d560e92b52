package gunzip

import "math/bits"

const (
	maxSymbols = 288
	maxLength  = 15
	// Most symbols have codes of so many bits or fewer. More would make tables dearer, of which a hostile file has many.
	tableBits = 9
)

// A code tells symbols by their first bits. Codes of one length are numbers that follow each other in the order of symbols,
// after those that begin with shorter codes.
type code struct {
	// By the next bits, the first one lowest: a symbol in 12 bits and the length of its code in 4; 0 for longer codes, and if there is none.
	table [1 << tableBits]uint16
	// By length: codes of 15 bits with the first one highest are below it if they begin with a code of this length or shorter.
	below [maxLength + 1]int
	// By length: the place in symbols of a code, less the code.
	shift [maxLength + 1]int
	// All that have a code, in order of codes.
	symbols [maxSymbols]uint16
}

// build makes a code of the lengths, 0 for symbols that have none, and says whether there is one. All sequences of bits begin with
// codes of it, unless it has no symbol or only one, of one bit.
func (c *code) build(lengths []uint8) bool {
	count := counted(lengths)
	var next [maxLength + 1]int // places of the next codes in order
	first, place := 0, 0
	for n := 1; n <= maxLength; n++ {
		first <<= 1
		next[n], c.shift[n] = place, place-first
		first, place = first+count[n], place+count[n]
		if first > 1<<n {
			return false
		}
		c.below[n] = first << (maxLength - n)
	}
	if first < 1<<maxLength && (place > 1 || place > count[1]) {
		return false
	}
	for symbol, n := range lengths {
		if n > 0 {
			c.symbols[next[n]] = uint16(symbol)
			next[n]++
		}
	}
	c.fill(count)
	return true
}

// counted is how many lengths there are of each but 0. Four counts take turns: who adds to one that has just
// changed has to wait for it.
func counted(lengths []uint8) (count [maxLength + 1]int) {
	var turns [4][maxLength + 1]int
	for k, n := range lengths {
		if n > 0 {
			turns[k%4][n]++
		}
	}
	for n := range count {
		count[n] = turns[0][n] + turns[1][n] + turns[2][n] + turns[3][n]
	}
	return count
}

// fill makes the table. That for n bits is twice that for n-1 bits, and has the codes of n bits besides.
func (c *code) fill(count [maxLength + 1]int) {
	c.table[0] = 0
	for n, place := 1, 0; n <= tableBits; n++ {
		half := 1 << (n - 1)
		copy(c.table[half:], c.table[:half])
		for range count[n] {
			at := bits.Reverse16(uint16(place-c.shift[n])) >> (16 - n)
			c.table[at] = c.symbols[place]<<4 | uint16(n)
			place++
		}
	}
}

// long is the entry of the code that these bits begin with, if the table has none.
func (c *code) long(next uint64) uint16 {
	v := int(bits.Reverse16(uint16(next))) >> (16 - maxLength)
	for n := tableBits + 1; n <= maxLength; n++ {
		if v < c.below[n] {
			return c.symbols[v>>(maxLength-n)+c.shift[n]]<<4 | uint16(n)
		}
	}
	return 0
}
