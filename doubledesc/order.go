package doubledesc

import (
	"sort"

	"pstar/cone"
)

// Order is an order in which rows are taken in.
type Order int

const (
	// BySupport takes rows with few entries first and keeps the given order
	// among rows with equally many. The default.
	BySupport Order = iota
	// AsGiven keeps the order of the input.
	AsGiven
	// LexMin takes rows in lexicographically increasing order.
	LexMin
	// LexMax takes rows in lexicographically decreasing order.
	LexMax
)

// arrange returns the nonzero rows, primitive and without repetitions, in the
// order asked for.
func arrange(rows []cone.Vector, order Order) []cone.Vector {
	seen := make(map[string]bool, len(rows))
	var list []cone.Vector
	for _, a := range rows {
		a = a.Primitive()
		if key := a.Key(); !a.IsZero() && !seen[key] {
			seen[key] = true
			list = append(list, a)
		}
	}
	switch order {
	case AsGiven:
	case BySupport:
		sort.SliceStable(list, func(i, j int) bool { return len(list[i]) < len(list[j]) })
	case LexMin:
		sort.SliceStable(list, func(i, j int) bool { return list[i].Cmp(list[j]) < 0 })
	case LexMax:
		sort.SliceStable(list, func(i, j int) bool { return list[i].Cmp(list[j]) > 0 })
	default:
		panic("doubledesc: unknown order")
	}
	return list
}
