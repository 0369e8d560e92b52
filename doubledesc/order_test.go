package doubledesc

import (
	"context"
	"fmt"
	"testing"

	"pstar/cone"
)

// Rows come in the order asked for, each once, up to a factor. Results do not depend on it, only how long they take.
func TestOrdersOfRows(t *testing.T) {
	rows := ints([]int64{0, 7, 1}, []int64{1, 1, 1}, []int64{0, 0, 0}, []int64{1, 3, 0}, []int64{2, 2, 2}, []int64{1, 0, -1})
	c, a, b, d := rows[0], rows[1], rows[3], rows[5]
	wants := map[Order][]cone.Vector{
		Auto: {d, b, a, c}, ByLength: {d, b, a, c}, BySize: {d, a, b, c}, BySupport: {b, d, c, a}, AsGiven: {c, a, b, d},
		LexMin: {c, d, a, b}, LexMax: {b, a, d, c}, MinCutoff: {c, a, b, d}, MaxCutoff: {c, a, b, d},
	}
	for _, order := range Orders() {
		if got, want := fmt.Sprint(arrange(rows, order)), fmt.Sprint(wants[order]); got != want {
			t.Errorf("%v: %s, want %s", order, got, want)
		}
	}
	for _, order := range []Order{-1, Order(len(Orders()))} {
		if got := order.String(); got != "unknown order" {
			t.Errorf("order %d is called %s", order, got)
		}
	}
}

// Of the rows that are left the first is taken that cuts off fewest rays, or most.
func TestOrdersByRaysCutOff(t *testing.T) {
	octant := &cone.H{Dim: 3, Inequalities: ints([]int64{1, 0, 0}, []int64{0, 1, 0}, []int64{0, 0, 1}, []int64{1, 1, 1})}
	e := engineOf(t, octant)
	var left []pending
	for _, row := range ints([]int64{1, 1, -1}, []int64{1, -1, -1}, []int64{-1, -1, 1}, []int64{1, 0, 2}, []int64{0, 1, 0}, []int64{1, 1, -2}) {
		left = append(left, pending{row: row})
	}
	for order, want := range map[Order]int{AsGiven: 0, Auto: 0, MinCutoff: 3, MaxCutoff: 1} {
		if got := e.next(context.Background(), left, order, newCoordinates(3, nil)); got != want {
			t.Errorf("%v: row %d, want %d", order, got, want)
		}
	}
	ended, end := context.WithCancel(context.Background())
	if end(); e.next(ended, left, MinCutoff, newCoordinates(3, nil)) != 0 {
		t.Error("rays are counted after the end")
	}
}
