package doubledesc

import (
	"context"
	"math/bits"
	"sort"

	"pstar/cone"
	"pstar/doubledesc/internal/ray"
)

// Order is an order in which rows are taken in.
type Order int

const (
	// Auto is the default: BySize for the points and rays of a polyhedron, ByLength for
	// rows. See the package documentation for what they were measured against.
	Auto Order = iota
	// BySize takes rows with small coefficients first, by the length in bits of the
	// greatest, and rows of one length in lexicographically increasing order.
	BySize
	// BySupport takes rows with few entries first, and among rows with equally
	// many the lexicographically greater.
	BySupport
	// AsGiven keeps the order of the input.
	AsGiven
	// LexMin takes rows in lexicographically increasing order.
	LexMin
	// LexMax takes rows in lexicographically decreasing order.
	LexMax
	// MinCutoff takes, each time, the row that cuts off the fewest rays (the
	// earliest of these). Every step evaluates all rows that are left.
	MinCutoff
	// MaxCutoff takes, each time, the row that cuts off the most rays.
	MaxCutoff
	// ByLength takes rows first that are short to write, by the sum of the lengths in bits of
	// their coefficients, and among equally long ones the lexicographically greater: BySupport where
	// coefficients are of one size.
	ByLength
)

// Orders lists all orders, the default first.
func Orders() []Order {
	return []Order{Auto, BySize, BySupport, AsGiven, LexMin, LexMax, MinCutoff, MaxCutoff, ByLength}
}

// String returns the name of the order, as command lines have it.
func (o Order) String() string {
	names := [...]string{"auto", "size", "support", "given", "lexmin", "lexmax", "mincutoff", "maxcutoff", "length"}
	if o < 0 || int(o) >= len(names) {
		return "unknown order"
	}
	return names[o]
}

// arrange returns the nonzero rows, primitive and without repetitions, in the
// order asked for; for the orders that look at the rays, in the order given.
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
	case AsGiven, MinCutoff, MaxCutoff:
	case BySize:
		sort.Slice(list, func(i, j int) bool {
			if m, n := longest(list[i]), longest(list[j]); m != n {
				return m < n
			}
			return list[i].Cmp(list[j]) < 0
		})
	case BySupport:
		sortLongLast(list, func(a cone.Vector) int { return len(a) })
	case Auto, ByLength:
		sortLongLast(list, bitsOf)
	case LexMin:
		sort.SliceStable(list, func(i, j int) bool { return list[i].Cmp(list[j]) < 0 })
	case LexMax:
		sort.SliceStable(list, func(i, j int) bool { return list[i].Cmp(list[j]) > 0 })
	default:
		panic("doubledesc: unknown order")
	}
	return list
}

// sortLongLast sorts by a length, and rows of one length lexicographically, the greater first.
func sortLongLast(list []cone.Vector, length func(cone.Vector) int) {
	sort.Slice(list, func(i, j int) bool {
		if m, n := length(list[i]), length(list[j]); m != n {
			return m < n
		}
		return list[i].Cmp(list[j]) > 0
	})
}

// bitsOf returns the sum of the lengths in bits of the coefficients.
func bitsOf(v cone.Vector) (sum int) {
	for _, e := range v {
		sum += e.Value.BitLen()
	}
	return sum
}

// longest returns the length in bits of the greatest coefficient.
func longest(v cone.Vector) int {
	most := 0
	for _, e := range v {
		most = max(most, e.Value.BitLen())
	}
	return most
}

// next returns the place, among the rows that are left, of the one to take in, or any if ctx has ended.
func (e *engine) next(ctx context.Context, left []pending, order Order, c *coordinates) int {
	if order != MinCutoff && order != MaxCutoff {
		return 0
	}
	best, bestCut := 0, -1
	for i, row := range left {
		if ctx.Err() != nil {
			break
		}
		cut := e.countCut(c.halfspace(row.row))
		if bestCut < 0 || order == MinCutoff && cut < bestCut || order == MaxCutoff && cut > bestCut {
			best, bestCut = i, cut
		}
	}
	return best
}

// countCut returns the number of rays on the negative side of a row.
func (e *engine) countCut(h *ray.Halfspace) int {
	cut := 0
	for i, w := range e.alive {
		for ; w != 0; w &= w - 1 {
			if h.Dot(&e.rays[i<<6+bits.TrailingZeros64(w)]).Sign() < 0 {
				cut++
			}
		}
	}
	return cut
}
