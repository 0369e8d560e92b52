package guess

import "math"

// nucleus is what remains of a matrix when there is no singleton left, held by rows
// with values and by columns without. Rows are changed, and so hold the values; columns
// are only asked which rows to look at.
type nucleus struct {
	entries [][]nucleusEntry // by row
	members [][]int32        // by position: the rows with an entry, and perhaps some without
	byCount countLists       // active rows
	colsBy  countLists       // active positions
	scatter []int32          // by position: one more than the place in the row being changed
}

type nucleusEntry struct {
	position int32
	value    float64
}

// eliminateNucleus pivots until nothing is left or no pivot is large enough. It is the
// expensive part, and small for most bases.
func (f *factorer) eliminateNucleus() {
	if len(f.pivot) == f.size {
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
func (f *factorer) gather() {
	f.entries, f.members = resized(f.entries, f.size), resized(f.members, f.size)
	f.scatter = zeroed(f.scatter, f.size)
	// Memory of the factorisation before is used again.
	f.byCount.reset(f.size)
	f.colsBy.reset(f.size)
	for p := range f.size {
		f.members[p] = f.members[p][:0]
	}
	for r := range f.size {
		f.entries[r] = f.entries[r][:0]
		// Rows that are done have no part in it.
		if f.rowDone[r] {
			continue
		}
		index, value := f.ofRow.part(r)
		for e, p := range index {
			if !f.colDone[p] {
				f.entries[r] = append(f.entries[r], nucleusEntry{p, value[e]})
				f.members[p] = append(f.members[p], int32(r))
			}
		}
		f.byCount.insert(int32(r), len(f.entries[r]))
	}
	// Counts are those within the nucleus.
	for p := range f.size {
		if !f.colDone[p] {
			f.colCount[p] = int32(len(f.members[p]))
			f.colsBy.insert(int32(p), len(f.members[p]))
		}
	}
}

// findPivot returns an entry with a small product of the numbers of other entries in
// its row and its column that is not small beside the other entries of its row.
// The rows and columns with fewest entries are searched. Markowitz's count bounds the
// fill that a pivot can make. A search of all entries would cost more than the fill it
// saves; after a few lines the best one is taken.
func (f *factorer) findPivot() (row, position int32, ok bool) {
	best, bestSize := math.MaxInt, 0.0
	searched := 0
	consider := func(r int32, e nucleusEntry, rowMax float64) {
		size := math.Abs(e.value)
		// It would make large multipliers in its row, or is rounding.
		if size < pivotThreshold*rowMax || size < smallestPivot {
			return
		}
		// The product of other entries is what fill can be at most.
		cost := (len(f.entries[r]) - 1) * (int(f.colCount[e.position]) - 1)
		if cost < best || cost == best && size > bestSize {
			best, bestSize, row, position, ok = cost, size, r, e.position, true
		}
	}
	for count := 1; count <= f.size; count++ {
		// No entry in lines with so many others can be better.
		if best <= (count-1)*(count-1) {
			return
		}
		// Columns with so many entries, then rows.
		for p := f.colsBy.first(count); p >= 0; p = f.colsBy.next[p] {
			for _, r := range f.members[p] {
				for _, e := range f.entries[r] {
					// A member may be a row without the entry by now.
					if e.position == p && !f.rowDone[r] {
						// The largest entry of the row is needed for the threshold.
						consider(r, e, largest(f.entries[r]))
					}
				}
			}
			if searched++; ok && searched >= searchedLines {
				return
			}
		}
		// By rows the largest entry is known once.
		for r := f.byCount.first(count); r >= 0; r = f.byCount.next[r] {
			rowMax := largest(f.entries[r])
			for _, e := range f.entries[r] {
				consider(r, e, rowMax)
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

// largest is the size of the largest entry of a row.
func largest(row []nucleusEntry) float64 {
	m := 0.0
	for _, e := range row {
		m = max(m, math.Abs(e.value))
	}
	return m
}

// eliminate pivots on the entry of row r and position p. Rows that hold p lose it by
// subtracting a multiple of row r; the row itself becomes a row of U.
func (f *factorer) eliminate(r, p int32) {
	// The pivot is one of the entries of its row.
	pivotEntries := f.entries[r]
	var pivot float64
	for _, e := range pivotEntries {
		if e.position == p {
			pivot = e.value
		}
	}
	f.take(r, p, pivot)
	f.byCount.remove(r)
	f.colsBy.remove(p)
	// The row is no member of its positions any more.
	for _, e := range pivotEntries {
		if e.position != p {
			f.upperRows.add(e.position, e.value)
			f.dropMember(e.position, r)
		}
	}
	f.upperRows.end()
	// Without rows to change there is no operation.
	before := len(f.lower.index)
	for _, i := range f.members[p] {
		// Rows that have the position lose it.
		if !f.rowDone[i] {
			f.subtract(i, r, p, pivot)
		}
	}
	if len(f.lower.index) > before {
		f.lowerRow = append(f.lowerRow, r)
		f.lower.end()
	}
	// Counts have changed by fill, and by the row that is gone.
	for _, e := range pivotEntries {
		if e.position != p {
			f.colsBy.remove(e.position)
			f.colsBy.insert(e.position, int(f.colCount[e.position]))
		}
	}
}

// dropMember removes row r from the rows of position p. The order of members does not
// matter.
func (f *factorer) dropMember(p, r int32) {
	list := f.members[p]
	for k, i := range list {
		if i == r {
			list[k] = list[len(list)-1]
			f.members[p] = list[:len(list)-1]
			f.colCount[p]--
			return
		}
	}
}

// subtract removes position p from row i by subtracting a multiple of row r. It adds
// fill to the row and to the lists of members, and takes out what cancels.
func (f *factorer) subtract(i, r, p int32, pivot float64) {
	row := f.entries[i]
	at := -1
	for k, e := range row {
		if e.position == p {
			at = k
			break
		}
	}
	// Row i is a member of p only by name.
	if at < 0 {
		return
	}
	// So many times the pivot row.
	multiplier := row[at].value / pivot
	// The last entry takes the place of the one that vanishes.
	row[at] = row[len(row)-1]
	row = row[:len(row)-1]
	f.lower.add(i, multiplier)
	// Places in the row, plus one, so that 0 means not there.
	for k, e := range row {
		f.scatter[e.position] = int32(k + 1)
	}
	// The places of the row are marked, so that each entry of the pivot row finds its
	// own.
	for _, e := range f.entries[r] {
		if e.position == p {
			continue
		}
		change := multiplier * e.value
		// Both rows have the position.
		if k := f.scatter[e.position]; k > 0 {
			row[k-1].value -= change
			continue
		}
		// Fill.
		row = append(row, nucleusEntry{e.position, -change})
		f.members[e.position] = append(f.members[e.position], i)
		f.colCount[e.position]++
	}
	kept := row[:0]
	for _, e := range row {
		f.scatter[e.position] = 0
		// It cancelled, up to rounding.
		if math.Abs(e.value) < dropped {
			f.dropMember(e.position, i)
			f.touchColumn(e.position)
			continue
		}
		kept = append(kept, e)
	}
	f.entries[i] = kept
	f.byCount.remove(i)
	f.byCount.insert(i, len(kept))
}

// touchColumn moves the position to the list of its count.
func (f *factorer) touchColumn(p int32) {
	f.colsBy.remove(p)
	f.colsBy.insert(p, int(f.colCount[p]))
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
	c.head, c.next, c.prev, c.list = resized(c.head, n+1), resized(c.next, n), resized(c.prev, n), resized(c.list, n)
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
