package expand

import (
	"slices"

	"pstar/internal/each"
	"pstar/theorems/statement/syntax"
)

// sets is v OP Y, a range or an operation of sets.
func (x *expander) sets(e *syntax.Binary, v Value) Value {
	if e.Op == ".." {
		// The kind is that of the left side; the right side is evaluated by small,
		// which looks itself.
		if !v.number.IsInt() || v.kind != isNumber {
			x.fail(e.Position, "", "a range is between integers")
		}
		low, ok := v.number.Num().Int64()
		high := x.small(e.Y)
		if !ok || low > high {
			// An empty range such as 1..0 is a set without elements, not an error: sets
			// often shrink so at their ends.
			if ok {
				return sorted(nil)
			}
			x.fail(e.Position, "", "a range is between integers of machine size")
		}
		// The difference of numbers of machine size may overflow, and is negative then.
		if d := high - low; d < 0 || d >= MaxElements {
			x.fail(e.Position, "choose smaller sets", "a range has more than %d elements", MaxElements)
		}
		x.size(e.Position, int(high-low)+1)
		var list []Value
		// Counted by equality with the end, since n++ beyond the largest number is the
		// smallest one.
		for n := low; ; n++ {
			list = append(list, integer(n))
			if n == high {
				return sorted(list)
			}
		}
	}
	if v.kind != isSet {
		x.fail(e.Position, "", "expected a set before %q, found %v", string(e.Op), v.kind)
	}
	w := x.of(isSet, e.Y)
	// No operation makes more elements than both sets have.
	x.size(e.Position, len(v.parts)+len(w.parts))
	// Of the left set: for union all, for inter those that the right one has, for
	// diff those that it has not.
	list := each.Where(v.parts, func(element Value) bool { return e.Op == "union" || w.contains(element) == (e.Op == "inter") })
	if e.Op == "union" {
		list = append(list, w.parts...)
	}
	return setOf(list)
}

// product is the set of pairs, or if v is a product in the same expression of longer tuples: A*B*C are triples.
// Elements that are pairs themselves stay so. Compared by a quotient, as the product of
// sizes may overflow.
func (x *expander) product(at syntax.Position, v, w Value, joined bool) Value {
	if len(w.parts) > 0 && len(v.parts) > MaxElements/len(w.parts) {
		x.fail(at, "choose smaller sets", "a product of sets has more than %d elements", MaxElements)
	}
	x.size(at, len(v.parts)*len(w.parts))
	var list []Value
	for _, a := range v.parts {
		for _, b := range w.parts {
			left := []Value{a}
			// The elements of a product that is being extended are tuples already: they
			// get one more component.
			if joined {
				left = slices.Clone(a.parts)
			}
			list = append(list, x.part(at, tupleOf(append(left, b))))
		}
	}
	// Both sets are in order, so that the pairs are.
	return sorted(list)
}

// setOf is {X, Y, …} and {X for …}. Without arguments it is the empty set.
func (x *expander) setOf(e *syntax.SetOf) Value {
	var list []Value
	for _, a := range e.Args {
		x.each(a.Clauses, func() {
			v := x.value(a.Value)
			// A set of truths would be a mistake for a set with a condition.
			if v.kind == isTruth {
				x.fail(a.Value.Where(), "write {i for i in A if …}", "a condition is no element")
			}
			// Looked at before it is kept, as clauses can make any number of elements.
			if len(list) == MaxElements {
				x.fail(e.Position, "choose smaller sets", "a set has more than %d elements", MaxElements)
			}
			list = append(list, x.part(a.Value.Where(), v))
		})
	}
	x.size(e.Position, len(list))
	return setOf(list)
}

// subsets is the set of the subsets of a set, of some sizes or of all.
//
// They are in order of size, then of their elements, which is the order of sets.
func (x *expander) subsets(e *syntax.Call) Value {
	if len(e.Args) > 2 {
		x.fail(e.Position, "", "subsets has a set and perhaps sizes: subsets(A, 1..2)")
	}
	base := x.of(isSet, x.plain(e, 0)).parts
	// Without sizes, all of them count, the empty set included.
	wanted := slices.Repeat([]bool{len(e.Args) == 1}, len(base)+1)
	if len(e.Args) == 2 {
		for _, v := range x.sizes(x.plain(e, 1)) {
			if v >= 0 && v < len(wanted) {
				wanted[v] = true
			}
		}
	}
	count, held := 0, 0 // subsets; elements of all of them together, which is what they cost
	for k, want := range wanted {
		if !want {
			continue
		}
		b := binomial(len(base), k)
		if count += b; count > MaxElements {
			x.fail(e.Position, "choose smaller sets, or sizes", "a set of %d elements has more than %d such subsets", len(base), MaxElements)
		}
		if k > (MaxTerms-held)/b { // held + b·k, which need not fit into 32 bits
			x.fail(e.Position, "choose smaller sets, or sizes", "such subsets of a set of %d elements hold more than %d elements together", len(base), MaxTerms)
		}
		held += b * k
	}
	x.size(e.Position, count)
	x.spend(e.Position, held)
	list := make([]Value, 0, count)
	for k, want := range wanted {
		if want {
			list = chosen(list, base, nil, k)
		}
	}
	// An element of a set has a size limit of its own, which a subset of a large set
	// may exceed.
	for _, s := range list {
		x.part(e.Position, s)
	}
	return sorted(list)
}

// sizes are numbers of elements: of a set of them, or one. Numbers for which there are
// no subsets are left out, and are no error: subsets(A, 1..K) for a small A has fewer.
func (x *expander) sizes(e syntax.Expr) (list []int) {
	v := x.value(e)
	if v.kind == isNumber {
		v = setOf([]Value{v})
	}
	for _, n := range v.parts {
		k, ok := n.number.Num().Int64()
		if n.kind != isNumber || !n.number.IsInt() || !ok {
			x.fail(e.Where(), "as in subsets(A, 1..2)", "sizes of subsets are integers")
		}
		// The second condition guards the conversion on machines of 32 bits.
		if 0 <= k && k <= MaxElements {
			list = append(list, int(k))
		}
	}
	// It comes last: of a tuple the parts have been looked at, and are forgotten here.
	if v.kind != isSet {
		x.fail(e.Where(), "as in subsets(A, 1..2)", "expected sizes, found %v", v.kind)
	}
	return list
}

// chosen appends the subsets of k elements of base, each with those taken already, in order.
//
// The list is in lexicographic order. A branch is followed only if enough elements are
// left, so that each ends in a subset.
func chosen(list, base, taken []Value, k int) []Value {
	if k == 0 {
		// The elements taken are in order, since base is; they are copied, as the
		// caller goes on with the same slice.
		return append(list, sorted(append([]Value(nil), taken...)))
	}
	for i := 0; i+k <= len(base); i++ {
		list = chosen(list, base[i+1:], append(taken, base[i]), k-1)
	}
	return list
}

// binomial is n over k, or MaxElements + 1 if that is less. Both n and what is returned have up to 19 bits, so that
// their products need more than the 32 of an int on small machines.
func binomial(n, k int) int {
	b := int64(1)
	for i := 1; i <= min(k, n-k); i++ {
		// After this step b is n over i, an integer, so that nothing is lost by the division.
		if b = b * int64(n-i+1) / int64(i); b > MaxElements {
			return MaxElements + 1
		}
	}
	return int(b)
}
