package cone

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
	"strings"

	"pstar/rational"
)

// Entry is one nonzero coordinate of a sparse vector.
type Entry struct {
	Index int
	Value rational.Int
}

// Vector is a sparse integer vector: entries with strictly increasing Index
// and nonzero Value. The empty vector is zero. A Vector carries no dimension;
// the [H] or [V] that it belongs to does. Vectors are treated as immutable.
type Vector []Entry

// Sparse returns the sparse form of a dense vector.
func Sparse(dense rational.Vector) Vector {
	var v Vector
	for i, x := range dense {
		if !x.IsZero() {
			v = append(v, Entry{i, x})
		}
	}
	return v
}

// Unit returns c times the unit vector of coordinate i; c is not zero.
func Unit(i int, c int64) Vector {
	if c == 0 {
		panic("cone: zero entry in a sparse vector")
	}
	return Vector{{i, rational.NewInt(c)}}
}

// MakeVector sorts entries by index, adds up repeated indices and drops zeros.
func MakeVector(entries ...Entry) Vector {
	// The entries given stay as they are.
	sorted := append([]Entry(nil), entries...)
	sort.SliceStable(sorted, func(a, b int) bool { return sorted[a].Index < sorted[b].Index })
	var v Vector
	for _, e := range sorted {
		// Sorted: repeated indices stand beside each other.
		if n := len(v); n > 0 && v[n-1].Index == e.Index {
			v[n-1].Value = v[n-1].Value.Add(e.Value)
			continue
		}
		v = append(v, e)
	}
	// Only now is it known what has cancelled.
	kept := v[:0]
	for _, e := range v {
		if !e.Value.IsZero() {
			kept = append(kept, e)
		}
	}
	return kept
}

// Dense returns v written out in dim coordinates. It panics if v does not fit.
func (v Vector) Dense(dim int) rational.Vector {
	// A vector of another dimension would lose entries, or leave the slice.
	v.mustFit(dim)
	dense := make(rational.Vector, dim)
	for _, e := range v {
		dense[e.Index] = e.Value
	}
	return dense
}

// mustFit panics unless v is a well-formed sparse vector of dimension dim.
func (v Vector) mustFit(dim int) {
	last := -1
	for _, e := range v {
		// Ascending indices, none of them 0 or out of range.
		if e.Index <= last || e.Index >= dim || e.Value.IsZero() {
			panic(fmt.Sprintf("cone: vector %v is not a sparse vector of dimension %d", v, dim))
		}
		last = e.Index
	}
}

// IsZero reports whether v is the zero vector.
func (v Vector) IsZero() bool { return len(v) == 0 }

// At returns coordinate i, by binary search.
func (v Vector) At(i int) rational.Int {
	k := sort.Search(len(v), func(k int) bool { return v[k].Index >= i })
	if k < len(v) && v[k].Index == i {
		return v[k].Value
	}
	return rational.Int{}
}

// Dot returns the scalar product. When one vector is much shorter it is looked
// up in the other, so that pairing a row of two entries with a long ray stays
// cheap.
func (v Vector) Dot(w Vector) rational.Int {
	// The shorter one is gone through.
	if len(v) > len(w) {
		v, w = w, v
	}
	var sum rational.Sum
	// A search in the longer one takes some steps for each entry, a merge one for each entry of both.
	if 8*len(v) < len(w) {
		for _, e := range v {
			if x := w.At(e.Index); !x.IsZero() {
				sum.AddMul(e.Value, x)
			}
		}
		return sum.Int()
	}
	j := 0
	// Both in one pass, as both ascend.
	for _, e := range v {
		for j < len(w) && w[j].Index < e.Index {
			j++
		}
		if j < len(w) && w[j].Index == e.Index {
			sum.AddMul(e.Value, w[j].Value)
		}
	}
	return sum.Int()
}

// Neg returns -v.
func (v Vector) Neg() Vector {
	w := make(Vector, len(v))
	for i, e := range v {
		w[i] = Entry{e.Index, e.Value.Neg()}
	}
	return w
}

// Combine returns a·v + b·w.
func Combine(a rational.Int, v Vector, b rational.Int, w Vector) Vector {
	// With room for both: entries seldom meet.
	sum := make(Vector, 0, len(v)+len(w))
	// Entries cancel often, and no sparse vector holds a zero.
	push := func(i int, x rational.Int) {
		if !x.IsZero() {
			sum = append(sum, Entry{i, x})
		}
	}
	i, j := 0, 0
	for i < len(v) || j < len(w) {
		switch {
		case j == len(w) || i < len(v) && v[i].Index < w[j].Index:
			push(v[i].Index, a.Mul(v[i].Value))
			i++
		case i == len(v) || w[j].Index < v[i].Index:
			push(w[j].Index, b.Mul(w[j].Value))
			j++
		default:
			push(v[i].Index, a.Mul(v[i].Value).Add(b.Mul(w[j].Value)))
			i++
			j++
		}
	}
	return sum
}

// Primitive returns v divided by the greatest common divisor of its entries:
// the shortest integer vector in the direction of v. Zero stays zero.
func (v Vector) Primitive() Vector {
	var g rational.Int
	for _, e := range v {
		// Most vectors are primitive, which a few entries show.
		if g = rational.GCD(g, e.Value); g.IsOne() {
			return v
		}
	}
	w := make(Vector, len(v))
	for i, e := range v {
		w[i] = Entry{e.Index, e.Value.DivExact(g)}
	}
	return w
}

// Equal reports whether v and w are the same vector.
func (v Vector) Equal(w Vector) bool { return v.Cmp(w) == 0 }

// Cmp compares v and w as dense vectors, lexicographically.
func (v Vector) Cmp(w Vector) int {
	for k := 0; ; k++ {
		// Where one has ended or has a gap, the other's entry is compared with 0.
		switch {
		case k == len(v) && k == len(w):
			return 0
		case k == len(v):
			return -w[k].Value.Sign()
		case k == len(w):
			return v[k].Value.Sign()
		case v[k].Index < w[k].Index:
			return v[k].Value.Sign()
		case v[k].Index > w[k].Index:
			return -w[k].Value.Sign()
		}
		if c := v[k].Value.Cmp(w[k].Value); c != 0 {
			return c
		}
	}
}

// Key returns a string, not to be read, that is equal for equal vectors only: a map key.
func (v Vector) Key() string {
	b := make([]byte, 0, 4*len(v))
	// Entry by entry, each with its place: the gaps between are zeros.
	for _, e := range v {
		// The last bit tells the two forms of an entry apart, so that no two vectors share a key.
		place := int64(e.Index) << 1
		if x, ok := e.Value.Int64(); ok {
			b = binary.AppendVarint(b, place)
			b = binary.AppendVarint(b, x)
			continue
		}
		text := e.Value.String()
		b = binary.AppendVarint(b, place|1)
		b = binary.AppendVarint(b, int64(len(text)))
		b = append(b, text...)
	}
	return string(b)
}

// Permute returns the vector whose coordinate to[i] is coordinate i of v.
func (v Vector) Permute(to []int) Vector {
	w := make(Vector, len(v))
	ordered := true
	for i, e := range v {
		// Where the entry goes.
		w[i] = Entry{to[e.Index], e.Value}
		// Permutations of a symmetry move few coordinates, and keep the order of most vectors.
		ordered = ordered && (i == 0 || w[i-1].Index < w[i].Index)
	}
	if !ordered {
		slices.SortFunc(w, func(a, b Entry) int { return a.Index - b.Index })
	}
	return w
}

// String prints v as a sum of coordinates counted from 1, such as
// "x1 - 2·x4".
func (v Vector) String() string {
	if len(v) == 0 {
		return "0"
	}
	var b strings.Builder
	for k, e := range v {
		switch {
		case k == 0 && e.Value.Sign() < 0:
			b.WriteString("-")
		case k > 0 && e.Value.Sign() < 0:
			b.WriteString(" - ")
		case k > 0:
			b.WriteString(" + ")
		}
		if x := e.Value.Abs(); !x.IsOne() {
			b.WriteString(x.String() + "·")
		}
		fmt.Fprintf(&b, "x%d", e.Index+1)
	}
	return b.String()
}
