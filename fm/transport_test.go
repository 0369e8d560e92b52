package fm

import (
	"fmt"

	"pstar/rational"
)

// transport is the polytope of α >= 0 with the sums b_T and q_i, all of them
// variables: first b, then q, then α. It returns the variables to eliminate.
func transport(k, n int) (*System, []int) {
	var sets [][]int
	var grow func(set []int, first, size int)
	grow = func(set []int, first, size int) {
		if size == 0 {
			sets = append(sets, append([]int(nil), set...))
			return
		}
		for i := first; i < n; i++ {
			grow(append(set, i), i+1, size-1)
		}
	}
	for size := 2; size <= min(k, n); size++ {
		grow(nil, 0, size)
	}
	s := &System{}
	for _, t := range sets {
		s.Variables = append(s.Variables, fmt.Sprint("b", t))
	}
	for i := range n {
		s.Variables = append(s.Variables, fmt.Sprint("q", i))
	}
	var eliminate []int
	var owner, token []int
	for j, t := range sets {
		for _, i := range t {
			eliminate = append(eliminate, len(s.Variables))
			s.Variables = append(s.Variables, fmt.Sprint("a", t, i))
			owner, token = append(owner, j), append(token, i)
		}
	}
	add := func(relation Relation, entry func(v int) int64) {
		row := Row{Relation: relation}
		for v := range s.Variables {
			row.Coefficients = append(row.Coefficients, rational.NewRat(entry(v), 1))
		}
		s.Rows = append(s.Rows, row)
	}
	alpha := len(sets) + n
	for _, v := range eliminate {
		add(AtLeast, func(w int) int64 { return int64(b2i(v == w)) })
	}
	for j := range sets {
		add(Equal, func(w int) int64 {
			return int64(b2i(w >= alpha && owner[max(w-alpha, 0)] == j)) - int64(b2i(w == j))
		})
	}
	for i := range n {
		add(Equal, func(w int) int64 {
			return int64(b2i(w >= alpha && token[max(w-alpha, 0)] == i)) - int64(b2i(w == len(sets)+i))
		})
	}
	return s, eliminate
}
