package projection_test

import (
	"math/rand/v2"
	"testing"

	"pstar/fm"
	"pstar/lp"
	"pstar/projection"
	"pstar/rational"
)

// A point has the rows of the system exactly if it is within all bounds of rows and variables of the program.
func TestSystemOfAProgramHasItsBounds(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	number := func() rational.Rat { return rational.NewRat(rng.Int64N(7)-3, 1+rng.Int64N(2)) }
	bounds := func() (lower, upper lp.Bound) {
		a, b := number(), number()
		switch rng.IntN(5) {
		case 0:
			return lp.At(rational.MinRat(a, b)), lp.At(rational.MaxRat(a, b))
		case 1:
			return lp.At(a), lp.At(a)
		case 2:
			return lp.At(a), lp.Bound{}
		case 3:
			return lp.Bound{}, lp.At(a)
		}
		return lp.Bound{}, lp.Bound{}
	}
	within := func(x rational.Rat, lower, upper lp.Bound) bool {
		return (!lower.Finite || x.Cmp(lower.Value) >= 0) && (!upper.Finite || x.Cmp(upper.Value) <= 0)
	}
	both := map[bool]int{}
	for range 500 {
		p := &lp.Problem{}
		point := make([]rational.Rat, 2)
		want := true
		for j := range point {
			point[j] = number()
			v := lp.Variable{}
			v.Lower, v.Upper = bounds()
			p.Variables = append(p.Variables, v)
			want = want && within(point[j], v.Lower, v.Upper)
		}
		row := lp.Row{}
		row.Lower, row.Upper = bounds()
		var left rational.Rat
		for range 3 { // one variable is named twice at least
			term := lp.Term{Variable: rng.IntN(2), Coefficient: number()}
			row.Terms = append(row.Terms, term)
			left = left.Add(term.Coefficient.Mul(point[term.Variable]))
		}
		p.Rows = append(p.Rows, row)
		want = want && within(left, row.Lower, row.Upper)
		got := true
		for _, r := range projection.OfProgram(p).Rows {
			var left rational.Rat
			for v, c := range r.Coefficients {
				left = left.Add(c.Mul(point[v]))
			}
			c := left.Cmp(r.Constant)
			got = got && map[fm.Relation]bool{fm.AtLeast: c >= 0, fm.AtMost: c <= 0, fm.Equal: c == 0}[r.Relation]
		}
		both[want]++
		if got != want {
			t.Errorf("%+v at %v: the system says %v, the program %v", p, point, got, want)
		}
	}
	if both[true] < 40 || both[false] < 40 {
		t.Errorf("the points are too much alike: %v", both)
	}
}
