package equations

import (
	"container/heap"
	"slices"

	"pstar/lp/internal/lists"
)

// modularLU is a factorisation of a square matrix modulo a prime into L U up to the
// order of rows, by columns from left to right (J. R. Gilbert and T. Peierls, 1988).
// All values are in Montgomery form.
type modularLU struct {
	*modulus
	size     int
	position []int32 // the column of every step
	row      []int32 // the pivot row of every step
	// −1 before the row has a step.
	step         []int32 // of every row
	inversePivot []uint64
	lower        lists.Of[uint64] // rows below the pivot, with multipliers
	upper        lists.Of[uint64] // steps above the pivot
}

// stepHeap gives the steps that remain to be applied to a column in their order. A
// column that has entries in rows of steps must be reduced in the order of these; fill
// adds further ones meanwhile.
type stepHeap []int32

func (h stepHeap) Len() int           { return len(h) }
func (h stepHeap) Less(a, b int) bool { return h[a] < h[b] }
func (h stepHeap) Swap(a, b int)      { h[a], h[b] = h[b], h[a] }
func (h *stepHeap) Push(x any)        { *h = append(*h, x.(int32)) }
func (h *stepHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// factorModular factors the matrix whose columns are given, in the order of order,
// and takes the pivots from the rows of wish where they are not zero. If the matrix is
// singular modulo p it returns, instead of a factorisation, the positions that depend
// on others and as many rows; unit columns of these rows would make it regular. Values
// are exact, so that any pivot that is not zero will do: the guess keeps fill low and
// decides nothing else.
func factorModular(m *modulus, size int, order, wish []int32, column func(position int32) ([]int32, []uint64)) (f *modularLU, positions, rows []int32) {
	f = &modularLU{modulus: m, size: size, position: order, step: slices.Repeat([]int32{-1}, size)}
	f.lower.Reset()
	f.upper.Reset()
	c := &modularColumn{value: make([]uint64, size), seen: make([]bool, size)}
	for k, p := range order {
		c.load(f, p, column)
		c.reduce(f)
		// The column depends on those before, modulo p; the factorisation goes on, to
		// find all such columns.
		if !f.take(wish[k], c) {
			positions = append(positions, p)
		}
	}
	// Each position without a pivot leaves a row without one.
	if len(positions) == 0 {
		return f, nil, nil
	}
	for i, s := range f.step {
		if s < 0 {
			rows = append(rows, int32(i))
		}
	}
	return nil, positions, rows
}

// modularColumn is a column on its way through the factorisation. Its storage is reused
// for each column.
type modularColumn struct {
	value []uint64 // by rows
	seen  []bool
	rows  []int32 // seen
	todo  stepHeap
}

func (c *modularColumn) load(f *modularLU, position int32, column func(int32) ([]int32, []uint64)) {
	index, value := column(position)
	for e, i := range index {
		c.touch(f, i)
		c.value[i] = value[e]
	}
}

// Each row is listed once, when it gets its first entry.
func (c *modularColumn) touch(f *modularLU, i int32) {
	if c.seen[i] {
		return
	}
	c.seen[i] = true
	c.rows = append(c.rows, i)
	// Its row has a pivot already, which will take the entry away.
	if s := f.step[i]; s >= 0 {
		heap.Push(&c.todo, s)
	}
}

// reduce applies the earlier steps. A value that became 0 modulo p needs no step, but
// was listed.
func (c *modularColumn) reduce(f *modularLU) {
	for len(c.todo) > 0 {
		s := heap.Pop(&c.todo).(int32)
		v := c.value[f.row[s]]
		if v == 0 {
			continue
		}
		f.upper.Add(s, v)
		index, value := f.lower.Part(int(s))
		for e, i := range index {
			// Fill, or a row that is there.
			c.touch(f, i)
			c.value[i] = f.sub(c.value[i], f.mul(value[e], v))
		}
	}
	// The list of U is closed even if the column has no pivot: then the factorisation
	// is not used.
	f.upper.End()
}

// take makes c the column of the next step, with the pivot in row wish if that can be,
// and reports whether there is a pivot at all. Wish is taken if its value is not zero,
// else the first that is not.
func (f *modularLU) take(wish int32, c *modularColumn) bool {
	pivot := int32(-1)
	for _, i := range c.rows {
		// Rows with a step have their pivot elsewhere.
		if f.step[i] < 0 && c.value[i] != 0 && (pivot < 0 || i == wish) {
			pivot = i
		}
	}
	if pivot >= 0 {
		f.step[pivot] = int32(len(f.row))
		f.row = append(f.row, pivot)
		inverse := f.invert(c.value[pivot])
		f.inversePivot = append(f.inversePivot, inverse)
		for _, i := range c.rows {
			if f.step[i] < 0 && c.value[i] != 0 {
				// Divided by the pivot once here, not each time that L is used.
				f.lower.Add(i, f.mul(c.value[i], inverse))
			}
		}
		f.lower.End()
	}
	// The column is cleared by its rows, not by its size.
	for _, i := range c.rows {
		c.value[i], c.seen[i] = 0, false
	}
	c.rows = c.rows[:0]
	return pivot >= 0
}

// forward solves B x = v for a plain v by rows, which is overwritten, and a plain x
// by positions. First L by steps, then U from the last step back; a plain number times
// one in Montgomery form is plain.
func (f *modularLU) forward(v, x []uint64) {
	for s, r := range f.row {
		// v is sparse, often; a 0 takes nothing off.
		if c := v[r]; c != 0 {
			index, value := f.lower.Part(s)
			for e, i := range index {
				v[i] = f.sub(v[i], f.mul(c, value[e]))
			}
		}
	}
	for s := f.size - 1; s >= 0; s-- {
		c := v[f.row[s]]
		// Its column need not be gone through.
		if c == 0 {
			x[f.position[s]] = 0
			continue
		}
		c = f.mul(c, f.inversePivot[s])
		x[f.position[s]] = c
		index, value := f.upper.Part(s)
		for e, t := range index {
			r := f.row[t]
			v[r] = f.sub(v[r], f.mul(c, value[e]))
		}
	}
}

// backward solves Bᵀ y = c for a plain c by positions and a plain y by rows. First Uᵀ,
// then Lᵀ, each by steps of its own.
func (f *modularLU) backward(c, y []uint64) {
	// What is known is taken off, and the pivot divides the rest.
	for s := range f.size {
		v := c[f.position[s]]
		index, value := f.upper.Part(s)
		for e, t := range index {
			if w := y[f.row[t]]; w != 0 {
				v = f.sub(v, f.mul(w, value[e]))
			}
		}
		y[f.row[s]] = f.mul(v, f.inversePivot[s])
	}
	for s := f.size - 1; s >= 0; s-- {
		r := f.row[s]
		v := y[r]
		index, value := f.lower.Part(s)
		for e, i := range index {
			if w := y[i]; w != 0 {
				v = f.sub(v, f.mul(w, value[e]))
			}
		}
		y[r] = v
	}
}
