package pivot

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"pstar/internal/word"
)

// known is a set of sets of rows, none of them empty, each of so many words, and beside each
// another set of rows, which is empty at first. They lie in a table under their hashes,
// themselves and not their numbers: most look-ups end at one place in memory.
//
// The size of the table is a power of two, and at most half of it is used. Nothing is
// taken out.
type known struct {
	words, count int
	table        []uint64 // set by set, each with the one beside it; one that is 0 is a free place
}

// At the beginning there is room for 32 sets.
func newKnown(rows int) *known {
	// A set without words would be free always.
	words := max(1, (rows+63)/64)
	return &known{words: words, table: make([]uint64, 128*words)}
}

// add puts a set in if it is new, and returns the set beside it, until the next one is
// put in. The hash is that of the elements, by word.Scrambled, and not computed here: a walk
// changes it with each step.
func (k *known) add(set []uint64, hash uint64) (beside []uint64, isNew bool) {
	place, found := k.find(set, hash)
	if !found {
		// The table has two words for each word of a set.
		if k.count++; 4*k.count*k.words > len(k.table) {
			k.grow()
			place, _ = k.find(set, hash)
		}
		// The set beside it is empty, as a free place is.
		copy(place, set)
	}
	return place[k.words:], !found
}

// find returns the place of a set, or the free one for it. Sets are compared whole, so
// that equal hashes do no harm.
func (k *known) find(set []uint64, hash uint64) (place []uint64, found bool) {
	size := 2 * k.words
	mask := uint64(len(k.table)/size - 1)
	// It ends, as half of the places are free.
	for at := hash & mask; ; at = (at + 1) & mask {
		place = k.table[int(at)*size:][:size]
		free, same := uint64(0), true
		for i, w := range set {
			free |= place[i]
			// A place is free if its set is empty; the comparison is made at the same
			// time.
			same = same && w == place[i]
		}
		if same || free == 0 {
			return place, same
		}
	}
}

// grow doubles the table. Hashes are made anew from the sets, as they are not kept.
func (k *known) grow() {
	old := k.table
	k.table = make([]uint64, 2*len(old))
	for ; len(old) > 0; old = old[2*k.words:] {
		// A free place has nothing to move.
		if set := old[:k.words]; slices.Max(set) > 0 {
			place, _ := k.find(set, hashed(set))
			copy(place, old[:2*k.words])
		}
	}
}

// bytes writes all sets out, each with the one beside it.
func (k *known) bytes() []byte {
	size := 2 * k.words
	text := make([]byte, 0, 8*size*k.count)
	for table := k.table; len(table) > 0; table = table[size:] {
		// Free places are not written.
		if slices.Max(table[:k.words]) > 0 {
			for _, w := range table[:size] {
				text = binary.LittleEndian.AppendUint64(text, w)
			}
		}
	}
	return text
}

// fill puts in what bytes wrote; false if it is of sets of another size.
func (k *known) fill(text []byte) bool {
	size := 16 * k.words
	if len(text)%size != 0 {
		return false
	}
	set := make([]uint64, 2*k.words)
	for ; len(text) > 0; text = text[size:] {
		for i := range set {
			set[i] = binary.LittleEndian.Uint64(text[8*i:])
		}
		beside, isNew := k.add(set[:k.words], hashed(set[:k.words]))
		// Nothing that was written is there twice, or empty.
		if !isNew || slices.Max(set[:k.words]) == 0 {
			return false
		}
		copy(beside, set[k.words:])
	}
	return true
}

// hashed is the hash of a set.
func hashed(set []uint64) (hash uint64) {
	for i, w := range set {
		for ; w != 0; w &= w - 1 {
			hash ^= word.Scrambled(uint64(i<<6 + bits.TrailingZeros64(w)))
		}
	}
	return hash
}
