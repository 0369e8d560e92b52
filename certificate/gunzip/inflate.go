package gunzip

import (
	"io"
	"slices"
	"sync"
)

// How many blocks there may be, see Member. Making codes takes 1 to 4 µs, for 11 to 90 bytes, a block that
// brings none and holds nothing 20 ns, for 10 bits: a second for all.
const (
	maxBlocks = 1 << 24
	maxCodes  = 1 << 18 // blocks with codes of their own
)

// decoder expands blocks.
type decoder struct {
	stream
	out output
	// How many began, and of these with codes of their own.
	blocks, codes int
	// Codes of the block, and of the lengths of these.
	symbols, distances, lengths code
}

// Symbols of a block: below endOfBlock bytes, above it lengths of copies.
const (
	endOfBlock   = 256
	maxLiterals  = 286 // and lengths; fixedCodes has two more, which stand for nothing
	maxDistances = 30
	maxLengths   = 19
)

// What a symbol above endOfBlock stands for: a length of at least base, and how much longer in so many bits; likewise of a distance.
var (
	lengthBase   = [...]int{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthBits   = [...]uint{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distanceBase = [...]int{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
		8193, 12289, 16385, 24577}
	distanceBits = [...]uint{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
)

// lengthOrder is that in which lengths of the code for lengths come, as the last are often 0 and left out.
var lengthOrder = [maxLengths]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// fixedCodes are those of blocks that bring none.
var fixedCodes = sync.OnceValues(func() (symbols, distances *code) {
	symbols, distances = &code{}, &code{}
	symbols.build(slices.Concat(equal(8, 144), equal(9, 112), equal(7, 24), equal(8, 8)))
	distances.build(equal(5, 32))
	return symbols, distances
})

// equal is a list of n equal lengths.
func equal(length uint8, n int) []uint8 { return slices.Repeat([]uint8{length}, n) }

// block expands the next one, and says whether it is the last.
func (d *decoder) block() (last bool) {
	if d.blocks++; d.blocks > maxBlocks {
		fail(ErrBlocks)
	}
	last = d.take(1) == 1
	switch d.take(2) {
	case 0:
		d.stored()
	case 1:
		d.expand(fixedCodes())
	case 2:
		if d.codes++; d.codes > maxCodes {
			fail(ErrBlocks)
		}
		d.readCodes()
		d.expand(&d.symbols, &d.distances)
	default:
		d.wrong("a block of no known kind")
	}
	return last
}

// stored copies a block that is not compressed.
func (d *decoder) stored() {
	d.align()
	length := d.take(16)
	if d.take(16) != length^0xffff {
		d.wrong("a length that is not its own complement")
	}
	for left := int(length); left > 0; {
		// First what need has taken, which is asked for no more, then views at a time.
		if d.n > 0 {
			d.out.room(1)
			d.out.put(byte(d.held))
			d.drop(8)
			left--
			continue
		}
		if d.next == len(d.view) && !d.read() {
			fail(io.ErrUnexpectedEOF)
		}
		n := d.out.write(d.view[d.next:min(len(d.view), d.next+left)])
		d.next += n
		left -= n
	}
}

// readCodes reads the codes of a block.
func (d *decoder) readCodes() {
	symbols, distances, n := 257+int(d.take(5)), 1+int(d.take(5)), 4+int(d.take(4))
	if symbols > maxLiterals || distances > maxDistances {
		d.wrong("more symbols than there are")
	}
	var ofLengths [maxLengths]uint8
	for _, k := range lengthOrder[:n] {
		ofLengths[k] = uint8(d.take(3))
	}
	if !d.lengths.build(ofLengths[:]) {
		d.wrong("lengths of no code")
	}
	var lengths [maxLiterals + maxDistances]uint8
	all := lengths[:symbols+distances]
	for at := 0; at < len(all); {
		at = d.readLengths(all, at)
	}
	if lengths[endOfBlock] == 0 {
		d.wrong("a block without an end")
	}
	if !d.symbols.build(all[:symbols]) || !d.distances.build(all[symbols:]) {
		d.wrong("lengths of no code")
	}
}

// readLengths reads the next length, or several that are equal, and returns the place behind them.
func (d *decoder) readLengths(all []uint8, at int) int {
	s := d.symbol(&d.lengths)
	if s < 16 {
		all[at] = uint8(s)
		return at + 1
	}
	var again int
	var length uint8
	switch s {
	case 16:
		if at == 0 {
			d.wrong("a repetition of no length")
		}
		again, length = 3+int(d.take(2)), all[at-1]
	case 17:
		again = 3 + int(d.take(3))
	default:
		again = 11 + int(d.take(7))
	}
	if again > len(all)-at {
		d.wrong("more lengths than symbols")
	}
	for range again {
		all[at] = length
		at++
	}
	return at
}

// expand expands a block with these codes.
func (d *decoder) expand(symbols, distances *code) {
	for {
		d.out.room(maxCopy)
		switch s := d.symbol(symbols); {
		case s < endOfBlock:
			d.out.put(byte(s))
		case s == endOfBlock:
			return
		default:
			d.copy(s-endOfBlock-1, distances)
		}
	}
}

// copy repeats what was expanded before. Symbols beyond the last have codes only in blocks that bring none.
func (d *decoder) copy(s int, distances *code) {
	if s >= len(lengthBase) {
		d.wrong("a symbol that there is not")
	}
	length := lengthBase[s] + int(d.take(lengthBits[s]))
	s = d.symbol(distances)
	if s >= len(distanceBase) {
		d.wrong("a symbol that there is not")
	}
	distance := distanceBase[s] + int(d.take(distanceBits[s]))
	if !d.out.again(distance, length) {
		d.wrong("a copy from before the beginning")
	}
}

// symbol takes the next one.
func (d *decoder) symbol(c *code) int {
	d.need()
	entry := c.table[d.held&(1<<tableBits-1)]
	if entry == 0 {
		if entry = c.long(d.held); entry == 0 {
			d.noSymbol()
		}
	}
	d.drop(uint(entry & 15))
	return int(entry >> 4)
}

// noSymbol fails where no code begins. If the file ends here, nothing else is wrong.
func (d *decoder) noSymbol() {
	d.drop(maxLength)
	d.wrong("a code of no symbol")
}
