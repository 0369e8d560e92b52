package doubledesc

import (
	"pstar/cone"
	"pstar/rational"
)

// incidence finds the rows tight at a ray by way of the rows that meet its
// support, so that a ray with few entries costs little among many rows.
type incidence struct {
	rows         []cone.Vector
	inequalities int // the first rows; the others are equations
	meeting      [][]int32
	stamp        []int
	query        int
	product      []rational.Int
}

func newIncidence(h *cone.H) *incidence {
	n := &incidence{
		rows:         h.Rows(),
		inequalities: len(h.Inequalities),
		meeting:      make([][]int32, h.Dim),
	}
	n.stamp = make([]int, len(n.rows))
	n.product = make([]rational.Int, len(n.rows))
	for i, a := range n.rows {
		for _, e := range a {
			n.meeting[e.Index] = append(n.meeting[e.Index], int32(i))
		}
	}
	return n
}

// tight returns the rows that vanish at r and the index of some row that r
// violates, or -1.
func (n *incidence) tight(r cone.Vector) (tight []cone.Vector, violated int) {
	n.query++
	for _, e := range r {
		for _, i := range n.meeting[e.Index] {
			if n.stamp[i] != n.query {
				n.stamp[i] = n.query
				n.product[i] = n.rows[i].Dot(r)
			}
		}
	}
	tight = make([]cone.Vector, 0, len(n.rows))
	for i, a := range n.rows {
		if n.stamp[i] != n.query || n.product[i].IsZero() {
			tight = append(tight, a)
			continue
		}
		if n.product[i].Sign() < 0 || i >= n.inequalities {
			return nil, i
		}
	}
	return tight, -1
}
