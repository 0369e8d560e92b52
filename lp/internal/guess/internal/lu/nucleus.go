package lu

import (
	"math"

	"pstar/lp/internal/lists"
)

// nucleus is what remains of a matrix when there is no singleton left, held by rows
// with values and by columns without. Rows are changed, and so hold the values; columns
// are only asked which rows to look at.
//
// A budget over all variables is in the way of every pivot. So that it costs no more than
// the entries that change, a long row keeps the places of its entries, and of every row the
// size of its largest entry is kept until it changes.
type nucleus struct {
	entries [][]nucleusEntry // by row
	places  [][]int32        // of a long row, by position: one more than the place in it
	unused  [][]int32        // places of long rows of before, all zero
	largest []float64        // by row, or unknown
	members [][]int32        // by position: the rows with an entry, and perhaps some without
	byCount countLists       // active rows
	colsBy  countLists       // active positions
	scatter []int32          // as places, for a short row while it is changed
	visits  int              // entries looked at, which tests count
}

// unknown is the size of the largest entry of a row that has changed.
const unknown = -1

// A row of more entries than longRow is a long one if it has an entry in one of longPart
// positions: so the places take no more memory than the entries do, up to a factor.
const (
	longRow  = 64
	longPart = 16
)

type nucleusEntry struct {
	position int32
	value    float64
}

// eliminateNucleus pivots until nothing is left or no pivot is large enough. It is the
// expensive part, and small for most bases.
func (f *Factorer) eliminateNucleus() {
	if len(f.pivot) == f.Size {
		return
	}
	f.gather()
	for {
		r, p, ok := f.findPivot()
		if !ok {
			return
		}
		f.eliminate(r, p)
	}
}

// gather takes over what singletons have left.
func (f *Factorer) gather() {
	f.entries, f.members = lists.Resized(f.entries, f.Size), lists.Resized(f.members, f.Size)
	f.largest, f.places = lists.Resized(f.largest, f.Size), lists.Resized(f.places, f.Size)
	f.scatter = zeroed(f.scatter, f.Size)
	// Memory of the factorisation before is used again.
	f.byCount.reset(f.Size)
	f.colsBy.reset(f.Size)
	for p := range f.Size {
		f.members[p] = f.members[p][:0]
	}
	for r := range f.Size {
		f.entries[r], f.largest[r], f.places[r] = f.entries[r][:0], unknown, nil
		// Rows that are done have no part in it.
		if f.RowDone[r] {
			continue
		}
		index, value := f.ofRow.Part(r)
		for e, p := range index {
			if !f.ColDone[p] {
				f.entries[r] = append(f.entries[r], nucleusEntry{p, value[e]})
				f.members[p] = append(f.members[p], int32(r))
			}
		}
		f.keepPlaces(int32(r))
		f.byCount.insert(int32(r), len(f.entries[r]))
	}
	// Counts are those within the nucleus.
	for p := range f.Size {
		if !f.ColDone[p] {
			f.colCount[p] = int32(len(f.members[p]))
			f.colsBy.insert(int32(p), len(f.members[p]))
		}
	}
}

// keepPlaces notes the places of the entries of row r, if it is a long one.
func (f *Factorer) keepPlaces(r int32) {
	row := f.entries[r]
	if len(row) <= longRow || len(row)*longPart < f.Size {
		return
	}
	var places []int32
	if n := len(f.unused); n > 0 {
		places, f.unused = f.unused[n-1], f.unused[:n-1]
	}
	// What was made for another problem would have another size.
	if len(places) != f.Size {
		places = make([]int32, f.Size)
	}
	mark(row, places, 1)
	f.places[r] = places
}

// mark notes the places of the entries of a row in a list of zeros, or with 0 for by makes the list
// zero again.
func mark(row []nucleusEntry, places []int32, by int32) {
	for k, e := range row {
		places[e.position] = by * int32(k+1)
	}
}

// entry returns the entry of row r at position p, if there is one.
func (f *Factorer) entry(r, p int32) (nucleusEntry, bool) {
	row := f.entries[r]
	if places := f.places[r]; places != nil {
		if k := places[p]; k > 0 {
			return row[k-1], true
		}
		return nucleusEntry{}, false
	}
	f.visits += len(row)
	for _, e := range row {
		if e.position == p {
			return e, true
		}
	}
	return nucleusEntry{}, false
}

// largestOf is the size of the largest entry of row r.
func (f *Factorer) largestOf(r int32) float64 {
	if f.largest[r] != unknown {
		return f.largest[r]
	}
	m := 0.0
	f.visits += len(f.entries[r])
	for _, e := range f.entries[r] {
		m = max(m, math.Abs(e.value))
	}
	f.largest[r] = m
	return m
}

// findPivot returns an entry with a small product of the numbers of other entries in
// its row and its column that is not small beside the other entries of its row.
// The rows and columns with fewest entries are searched. Markowitz's count bounds the
// fill that a pivot can make. A search of all entries would cost more than the fill it
// saves; after a few lines the best one is taken.
func (f *Factorer) findPivot() (row, position int32, ok bool) {
	best, bestSize := math.MaxInt, 0.0
	searched := 0
	consider := func(r int32, e nucleusEntry) {
		// The product of other entries is what fill can be at most.
		cost := (len(f.entries[r]) - 1) * (int(f.colCount[e.position]) - 1)
		size := math.Abs(e.value)
		// It would make large multipliers in its row, or is rounding.
		if cost > best || size < smallestPivot || size < pivotThreshold*f.largestOf(r) {
			return
		}
		if cost < best || cost == best && size > bestSize {
			best, bestSize, row, position, ok = cost, size, r, e.position, true
		}
	}
	for count := 1; count <= f.Size; count++ {
		// No entry in lines with so many others can be better.
		if best <= (count-1)*(count-1) {
			return
		}
		// Columns with so many entries, then rows.
		for p := f.colsBy.first(count); p >= 0; p = f.colsBy.next[p] {
			for _, r := range f.shortestFirst(p) {
				// A longer row than that of the best pivot is not searched for the position.
				if (len(f.entries[r])-1)*(count-1) > best {
					continue
				}
				// A member may be a row without the entry by now.
				if e, there := f.entry(r, p); there {
					consider(r, e)
				}
			}
			if searched++; ok && searched >= searchedLines {
				return
			}
		}
		for r := f.byCount.first(count); r >= 0; r = f.byCount.next[r] {
			f.visits += len(f.entries[r])
			for _, e := range f.entries[r] {
				consider(r, e)
			}
			if searched++; ok && searched >= searchedLines {
				return
			}
		}
		// No rows are left.
		if f.byCount.empty() {
			return
		}
	}
	return
}

// shortestFirst returns the members of position p, without rows that are done and with a
// shortest row at the head: its pivot costs least, and saves a look at the others.
func (f *Factorer) shortestFirst(p int32) []int32 {
	list := f.members[p][:0]
	f.visits += len(f.members[p])
	for _, r := range f.members[p] {
		if f.RowDone[r] {
			continue
		}
		list = append(list, r)
		if len(f.entries[r]) < len(f.entries[list[0]]) {
			list[0], list[len(list)-1] = r, list[0]
		}
	}
	f.members[p] = list
	return list
}

// eliminate pivots on the entry of row r and position p. Rows that hold p lose it by
// subtracting a multiple of row r; the row itself becomes a row of U.
func (f *Factorer) eliminate(r, p int32) {
	// The pivot is one of the entries of its row.
	e, _ := f.entry(r, p)
	pivot := e.value
	pivotEntries := f.entries[r]
	if places := f.places[r]; places != nil {
		mark(pivotEntries, places, 0)
		f.places[r], f.unused = nil, append(f.unused, places)
	}
	f.take(r, p, pivot)
	f.byCount.remove(r)
	f.colsBy.remove(p)
	// The row stays a member of its positions by name, until one of them is searched: a variable of
	// thousands of rows would be searched for each of them otherwise.
	for _, e := range pivotEntries {
		if e.position != p {
			f.UpperRows.Add(e.position, e.value)
			f.colCount[e.position]--
		}
	}
	f.UpperRows.End()
	// Without rows to change there is no operation.
	before := len(f.lower.Index)
	for _, i := range f.members[p] {
		// Rows that have the position lose it.
		if !f.RowDone[i] {
			f.subtract(i, r, p, pivot)
		}
	}
	if len(f.lower.Index) > before {
		f.lowerRow = append(f.lowerRow, r)
		f.lower.End()
	}
	// Counts have changed by fill, by what cancelled, and by the row that is gone.
	for _, e := range pivotEntries {
		if e.position != p {
			f.colsBy.remove(e.position)
			f.colsBy.insert(e.position, int(f.colCount[e.position]))
		}
	}
}

// subtract removes position p from row i by subtracting a multiple of row r. It adds
// fill to the row and to the lists of members, and takes out what cancels.
func (f *Factorer) subtract(i, r, p int32, pivot float64) {
	places := f.places[i]
	short := places == nil
	if short {
		// The places of a short row are known only while it is changed.
		places = f.scatter
		mark(f.entries[i], places, 1)
		f.visits += len(f.entries[i])
	}
	// Otherwise row i is a member of p only by name.
	if at := places[p]; at > 0 {
		multiplier := f.entries[i][at-1].value / pivot
		f.lower.Add(i, multiplier)
		f.drop(i, at-1, places)
		f.combine(i, r, p, multiplier, places)
		f.largest[i] = unknown
		f.byCount.remove(i)
		f.byCount.insert(i, len(f.entries[i]))
	}
	if short {
		mark(f.entries[i], places, 0)
		f.keepPlaces(i)
	}
}

// combine subtracts the multiple of row r from row i, but for position p. Only entries of the
// pivot row change.
func (f *Factorer) combine(i, r, p int32, multiplier float64, places []int32) {
	f.visits += len(f.entries[r])
	for _, e := range f.entries[r] {
		change := multiplier * e.value
		if e.position == p {
			continue
		}
		k := places[e.position]
		switch {
		// Both rows have the position.
		case k > 0:
			v := &f.entries[i][k-1].value
			// It cancelled, up to rounding. The row stays a member by name.
			if *v -= change; math.Abs(*v) < Dropped {
				f.drop(i, k-1, places)
				f.colCount[e.position]--
			}
		// Fill.
		case math.Abs(change) >= Dropped:
			f.entries[i] = append(f.entries[i], nucleusEntry{e.position, -change})
			places[e.position] = int32(len(f.entries[i]))
			f.members[e.position] = append(f.members[e.position], i)
			f.colCount[e.position]++
		}
	}
}

// drop takes the entry at a place out of row i. The last entry takes its place.
func (f *Factorer) drop(i, at int32, places []int32) {
	row := f.entries[i]
	last := len(row) - 1
	places[row[last].position], places[row[at].position] = at+1, 0
	row[at] = row[last]
	f.entries[i] = row[:last]
}

// countLists holds lines in doubly linked lists, one for each number of entries. A line
// is moved from list to list as its count changes, without a search.
type countLists struct {
	head, next, prev []int32
	list             []int32 // of every line, −1 if it is in none
	size             int
}

// reset empties all lists of n lines.
func (c *countLists) reset(n int) {
	c.head, c.next, c.prev, c.list = lists.Resized(c.head, n+1), lists.Resized(c.next, n), lists.Resized(c.prev, n), lists.Resized(c.list, n)
	c.size = 0
	for k := range c.head {
		c.head[k] = -1
	}
	for k := range c.list {
		c.list[k] = -1
	}
}

func (c *countLists) empty() bool { return c.size == 0 }

func (c *countLists) first(count int) int32 { return c.head[count] }

// insert puts a line that is in no list at the head of one.
func (c *countLists) insert(line int32, count int) {
	head := c.head[count]
	c.next[line], c.prev[line], c.list[line] = head, -1, int32(count)
	if head >= 0 {
		c.prev[head] = line
	}
	c.head[count] = line
	c.size++
}

// remove takes a line out of its list, if it is in one.
func (c *countLists) remove(line int32) {
	list := c.list[line]
	if list < 0 {
		return
	}
	next, prev := c.next[line], c.prev[line]
	// It may be the first, or the last, of its list.
	if prev >= 0 {
		c.next[prev] = next
	} else {
		c.head[list] = next
	}
	if next >= 0 {
		c.prev[next] = prev
	}
	c.list[line] = -1
	c.size--
}
