package rational

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// Sums of products around the widths at which Sum changes its ways, against
// math/big.
func TestSum(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 32))
	number := func() *big.Int {
		width := []uint{1, 8, 62, 63, 64, 65, 127, 128, 129, 200}[random.IntN(10)]
		x := new(big.Int).Lsh(big.NewInt(1), width)
		switch random.IntN(3) {
		case 0: // the edge itself, or one beside it
			x.Add(x, big.NewInt(random.Int64N(3)-1))
		default:
			x.Sub(x, new(big.Int).Rsh(new(big.Int).SetUint64(random.Uint64()), uint(random.IntN(64))))
		}
		if random.IntN(2) == 0 {
			x.Neg(x)
		}
		return x
	}
	var s Sum
	for range 3000 {
		s.Reset()
		want := new(big.Int)
		for range random.IntN(6) {
			x, y := number(), number()
			s.AddMul(IntFromBig(x), IntFromBig(y))
			want.Add(want, x.Mul(x, y))
			checkInt(t, "Sum", s.Int(), want)
			x = number()
			s.Add(IntFromBig(x))
			checkInt(t, "Sum", s.Int(), want.Add(want, x))
		}
		for range 2 { // and back to small numbers
			x := IntFromBig(new(big.Int).Neg(want))
			s.AddMul(x, NewInt(1))
			checkInt(t, "Sum", s.Int(), new(big.Int))
			s.AddMul(x, NewInt(-1))
		}
	}
}
