package certificate

import (
	"context"
	"math/big"
)

// The cost of a document is counted while it is read, in units that take about a
// nanosecond or less. The costs below hold for the worst numbers, and include what
// an operation takes for the smallest ones. FORMAT.md, "Limits of resources", has
// the same formulas.
const (
	// maxWork bounds the cost of one document: some ten seconds.
	maxWork = 1 << 33
	// byteCost is that of reading a byte.
	byteCost = 20
	// maxHeld bounds the words of a list of numbers that the checker computes: 128
	// MiB. It keeps two or three such lists at a time.
	maxHeld = 1 << 24
)

// spend accounts for a number of operations, and rejects the document when it
// costs too much. It is called before the operations.
func (r *reader) spend(operations int, each uint64) {
	r.work += uint64(operations) * each
	if r.work+byteCost*uint64(r.at) > maxWork {
		r.beyondNext("checking the document takes too much work")
	}
	if r.work-r.looked >= betweenLooks {
		r.looked = r.work
		if r.ctx != nil && r.ctx.Err() != nil {
			panic(ended{context.Cause(r.ctx)})
		}
	}
}

// betweenLooks is the cost, of a few milliseconds, between two looks at the context.
const betweenLooks = 1 << 22

// ended is the panic of a check that nobody waits for any more.
type ended struct{ cause error }

// hold rejects a document for which count numbers of some words each, with what
// goes with every number, take too much memory.
func (r *reader) hold(count int, words uint64) {
	if uint64(count)*(words+8) > maxHeld {
		r.beyondNext("checking the document takes too much memory")
	}
}

// wordsOf is the length of x in words of 64 bits, and at least 1.
func wordsOf(x *big.Int) uint64 { return 1 + uint64(x.BitLen())/64 }

// addCost is that of adding or comparing integers, in place.
func addCost(words uint64) uint64 { return 50 + words }

// mulCost is that of multiplying integers of a and b words, and of dividing their
// product by one of them.
func mulCost(a, b uint64) uint64 { return 200 + a*b }

// gcdCost is that of the greatest common divisor of integers of a and b words.
func gcdCost(a, b uint64) uint64 {
	least := min(a, b)
	return 800*least + 8*least*least + a*b
}

// parseCost is that of reading a number from its decimal digits.
func parseCost(digits int) uint64 {
	words := 1 + uint64(digits)/19
	return 200*words + 2*words*words
}
