package enclose

import (
	"math/big"
	"sync"

	"pstar/rational"

	"github.com/ALTree/bigfloat"
)

// Limits within which bigfloat is asked at all. Beyond some 960 bits its cached π
// is computed anew, without a lock; outside a modest range of arguments its
// Newton iterations start from a denormal or infinite double.
const guessBits = 900

var guessing sync.Mutex

// guessLog returns a number that ought to be near ln m, for 3/4 ≤ m ≤ 2. It is a
// guess and nothing rests on it: bigfloat promises no error bound, and its
// logarithm loses relative accuracy near 1. It is the only call of that package,
// and calls are serialised.
func guessLog(m rational.Rat, bits uint) rational.Rat {
	guessing.Lock()
	defer guessing.Unlock()
	precision := min(bits+16, guessBits)
	f := new(big.Float).SetPrec(precision).SetRat(m.Big())
	if f.Cmp(big.NewFloat(1)) == 0 {
		return rational.Rat{} // m is nearer to 1 than the precision tells
	}
	g, _ := bigfloat.Log(f).Rat(nil)
	if g == nil {
		return rational.Rat{} // not finite
	}
	return floorTo(rational.RatFromBig(g), bits)
}
