package cone

import "pstar/rational"

// scatter is a vector written out densely for many scalar products with short
// rows.
type scatter []rational.Int

// newScatter writes v out in dim coordinates.
func newScatter(dim int, v Vector) scatter { return scatter(v.Dense(dim)) }

// dot is the product with a sparse row: as many multiplications as it has entries.
func (s scatter) dot(a Vector) rational.Int {
	// Entries of v are mostly 0 where rows are short.
	var sum rational.Int
	for _, e := range a {
		if x := s[e.Index]; !x.IsZero() {
			sum = sum.Add(e.Value.Mul(x))
		}
	}
	return sum
}
