package equations

import (
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// Entries are the fractions, times one power of two for each row, but for one part in 2^190; zeros are left out.
func TestRounded(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 200))
	const rows, columns = 6, 5
	var m Rounded
	var x [columns][]Fraction
	for k := range columns {
		for i := range rows {
			num, den := rational.NewInt(r.Int64N(2001)-1000), rational.NewInt(1+r.Int64N(1000))
			if (i+k)%3 == 0 {
				num = rational.Int{}
			}
			// Row 0 has numbers near to 1, others are very large and very small.
			num, den = num.Mul(rational.PowerOfTwo(r.IntN(1+300*i))), den.Mul(rational.PowerOfTwo(r.IntN(1+300*i)))
			x[k] = append(x[k], newFraction(num, den))
		}
		m.AddColumn(x[k])
	}
	if m.Columns() != columns {
		t.Fatalf("%d columns", m.Columns())
	}
	small := rational.RatFromInts(rational.NewInt(1), rational.PowerOfTwo(190))
	for i := range rows {
		var got [columns]rational.Int
		m.Entries(i, func(k int, v rational.Int) {
			if v.IsZero() {
				t.Errorf("row %d has a zero", i)
			}
			got[k] = v
		})
		scale := rational.RatFromInt(rational.PowerOfTwo(m.Shift(i)))
		for k, v := range got {
			want := x[k][i].Rat().Neg().Mul(scale)
			if off := rational.RatFromInt(v).Sub(want).Abs(); off.Cmp(want.Abs().Mul(small)) > 0 {
				t.Errorf("row %d, column %d: %v, want about %v", i, k, v, want)
			}
		}
	}
}
