// Package lists has lists of indices with values, one behind the other in memory: sparse matrices by their columns
// or rows, and the factors of their factorisations.
package lists

// Of is a list of lists. List k is between Start[k] and Start[k+1]; [Of.Reset] makes the first Start.
type Of[V any] struct {
	Start, Index []int32
	Value        []V
}

// Reset leaves no lists.
func (p *Of[V]) Reset() {
	p.Start, p.Index, p.Value = append(p.Start[:0], 0), p.Index[:0], p.Value[:0]
}

// Add appends to the list that is being made; [Of.End] closes it.
func (p *Of[V]) Add(i int32, v V) { p.Index, p.Value = append(p.Index, i), append(p.Value, v) }

// End closes the list that is being made.
func (p *Of[V]) End() { p.Start = append(p.Start, int32(len(p.Index))) }

// Part is list k; it must not be changed.
func (p *Of[V]) Part(k int) ([]int32, []V) {
	a, b := p.Start[k], p.Start[k+1]
	return p.Index[a:b], p.Value[a:b]
}

// Prepare makes room for counts[k] entries in list k, and turns counts into the
// places of the next entries. It is the first half of a sort by counting.
func (p *Of[V]) Prepare(counts []int32) {
	p.Start = Resized(p.Start, len(counts)+1)
	p.Start[0] = 0
	for k, c := range counts {
		p.Start[k+1] = p.Start[k] + c
		counts[k] = p.Start[k]
	}
	total := int(p.Start[len(counts)])
	p.Index, p.Value = Resized(p.Index, total), Resized(p.Value, total)
}

// Place puts the next entry into list k.
func (p *Of[V]) Place(next []int32, k, index int32, value V) {
	at := next[k]
	next[k]++
	p.Index[at], p.Value[at] = index, value
}

// Resized returns a slice of length n, s if it has the room. New room is a little
// larger, as sizes grow slowly.
func Resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// Transposed returns the entries of m rows by their n columns, in the order of the rows. Of an entry of row i, moved returns the column, and the
// entry as it is to stand there.
func Transposed[E any](n, m int, row func(i int) []E, moved func(e E, i int) (column int, there E)) [][]E {
	// One slice holds all columns, with the room that each of them takes.
	sizes, total := make([]int, n), 0
	for i := range m {
		total += len(row(i))
		for _, e := range row(i) {
			j, _ := moved(e, i)
			sizes[j]++
		}
	}
	columns, all := make([][]E, n), make([]E, total)
	for j, size := range sizes {
		columns[j], all = all[:0:size], all[size:]
	}
	for i := range m {
		for _, e := range row(i) {
			j, there := moved(e, i)
			columns[j] = append(columns[j], there)
		}
	}
	return columns
}
