package cone

import (
	"math"
	"math/bits"
	"slices"

	"pstar/rational"
)

// Incidence pairs vectors with a fixed list of rows by way of the rows that
// meet their support, so that a vector with few entries costs little among many
// rows. It is not safe for use by several goroutines at once.
type Incidence struct {
	rows    []Vector
	meeting [][]int32 // by coordinate: the rows with an entry there
	stamp   []int     // by row: the last query that met it
	query   int

	small [][]int64 // by row: the values of its entries, or nil if one does not fit
	norm  []uint64  // by row: the sum of their magnitudes, or the maximum if that overflows
	dense []int64   // the vector in hand, by coordinate; zero between queries
	bound uint64    // its greatest magnitude, or the maximum if an entry does not fit
}

// NewIncidence prepares the rows, of dimension dim.
func NewIncidence(rows []Vector, dim int) *Incidence {
	n := &Incidence{
		rows: rows, meeting: make([][]int32, dim), stamp: make([]int, len(rows)),
		small: make([][]int64, len(rows)), norm: make([]uint64, len(rows)), dense: make([]int64, dim),
	}
	for i, a := range rows {
		for _, e := range a {
			n.meeting[e.Index] = append(n.meeting[e.Index], int32(i))
		}
		n.small[i], n.norm[i] = smallValues(a)
	}
	return n
}

// smallValues returns the values of a vector as machine words, if they all fit,
// and the sum of their magnitudes, or the maximum if that overflows.
func smallValues(a Vector) (values []int64, norm uint64) {
	values = make([]int64, len(a))
	for k, e := range a {
		x, ok := e.Value.Int64()
		if !ok {
			return nil, math.MaxUint64
		}
		values[k] = x
		sum, carry := bits.Add64(norm, magnitude(x), 0)
		if carry != 0 {
			sum = math.MaxUint64
		}
		norm = sum
	}
	return values, norm
}

func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// Product is the scalar product of a vector with row Row.
type Product struct {
	Row   int
	Value rational.Int
}

// NonZero returns the products of v that are not zero, in order of rows.
func (n *Incidence) NonZero(v Vector) []Product {
	n.take(v)
	defer n.drop(v)
	met := 0
	for _, e := range v {
		met += len(n.meeting[e.Index])
	}
	var products []Product
	if met >= len(n.rows) { // no use in looking for the rows
		products = make([]Product, 0, len(n.rows))
		for i := range n.rows {
			if x := n.product(i, v); !x.IsZero() {
				products = append(products, Product{i, x})
			}
		}
		return products
	}
	n.query++
	for _, e := range v {
		for _, i := range n.meeting[e.Index] {
			if n.stamp[i] == n.query {
				continue
			}
			n.stamp[i] = n.query
			if x := n.product(int(i), v); !x.IsZero() {
				products = append(products, Product{int(i), x})
			}
		}
	}
	slices.SortFunc(products, func(a, b Product) int { return a.Row - b.Row })
	return products
}

// take writes v out if its entries fit machine words.
func (n *Incidence) take(v Vector) {
	n.bound = 0
	for _, e := range v {
		x, ok := e.Value.Int64()
		if !ok {
			n.bound = math.MaxUint64
			continue
		}
		n.dense[e.Index] = x
		n.bound = max(n.bound, magnitude(x))
	}
}

func (n *Incidence) drop(v Vector) {
	for _, e := range v {
		n.dense[e.Index] = 0
	}
}

// product returns the product of row i with v, the vector in hand, in machine
// words if no sum of its terms can leave them.
func (n *Incidence) product(i int, v Vector) rational.Int {
	if high, low := bits.Mul64(n.norm[i], n.bound); high != 0 || low > math.MaxInt64 || n.small[i] == nil {
		return n.rows[i].Dot(v)
	}
	var sum int64
	for k, e := range n.rows[i] {
		sum += n.small[i][k] * n.dense[e.Index]
	}
	return rational.NewInt(sum)
}
