package cone

import (
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
}

// NewIncidence prepares the rows, of dimension dim.
func NewIncidence(rows []Vector, dim int) *Incidence {
	n := &Incidence{rows: rows, meeting: make([][]int32, dim), stamp: make([]int, len(rows))}
	for i, a := range rows {
		for _, e := range a {
			n.meeting[e.Index] = append(n.meeting[e.Index], int32(i))
		}
	}
	return n
}

// Product is the scalar product of a vector with row Row.
type Product struct {
	Row   int
	Value rational.Int
}

// NonZero returns the products of v that are not zero, in order of rows.
func (n *Incidence) NonZero(v Vector) []Product {
	n.query++
	var products []Product
	for _, e := range v {
		for _, i := range n.meeting[e.Index] {
			if n.stamp[i] == n.query {
				continue
			}
			n.stamp[i] = n.query
			if x := n.rows[i].Dot(v); !x.IsZero() {
				products = append(products, Product{int(i), x})
			}
		}
	}
	slices.SortFunc(products, func(a, b Product) int { return a.Row - b.Row })
	return products
}

// Tight returns the rows that are zero at v, given its nonzero products.
func (n *Incidence) Tight(nonZero []Product) []Vector {
	tight := make([]Vector, 0, len(n.rows)-len(nonZero))
	next := 0
	for i, a := range n.rows {
		if next < len(nonZero) && nonZero[next].Row == i {
			next++
			continue
		}
		tight = append(tight, a)
	}
	return tight
}
