package pivot

import (
	"math/big"
	"slices"
)

// bound returns a number of bits that holds all minors of a matrix, and with it all entries of
// tables, without the sign: by Hadamard's inequality for rows, or for columns if that is less.
//
// Hadamard: a determinant is at most the product of the norms of its rows, or of its
// columns; a minor has dim rows at most, of which the longest are taken. Rows shorter
// than 1 would make the product less than that of fewer rows. For columns each entry is
// taken for the largest there is in it.
func bound(rows [][]int64, dim int) uint {
	var norms []*big.Int // of rows, squared
	// By column the largest square of an entry.
	most := make([]*big.Int, dim)
	for i := range most {
		most[i] = new(big.Int)
	}
	for _, row := range rows {
		sum := new(big.Int)
		// Squares are beyond a word for entries of more than 31 bits.
		for i, x := range row {
			square := new(big.Int).Mul(big.NewInt(x), big.NewInt(x))
			sum.Add(sum, square)
			if square.Cmp(most[i]) > 0 {
				most[i] = square
			}
		}
		norms = append(norms, sum)
	}
	slices.SortFunc(norms, func(a, b *big.Int) int { return b.Cmp(a) })
	// Both are squares of bounds.
	byRows, byColumns, one := big.NewInt(1), big.NewInt(1), big.NewInt(1)
	// The longest of them, as a minor may have any.
	for _, x := range norms[:min(dim, len(norms))] {
		if x.Cmp(one) > 0 {
			byRows.Mul(byRows, x)
		}
	}
	for _, x := range most {
		// A column of dim entries as large as its largest.
		if x.Mul(x, big.NewInt(int64(dim))); x.Cmp(one) > 0 {
			byColumns.Mul(byColumns, x)
		}
	}
	// The squares have twice as many bits.
	return uint(min(byRows.BitLen(), byColumns.BitLen())+1) / 2
}
