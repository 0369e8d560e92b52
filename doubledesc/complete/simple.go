package complete

import (
	"cmp"
	"math/bits"
)

// end is an edge at a simple ray, that along all of its rows but one. The other end of
// the edge is on all rows along it, and off the row that is left out.
type end struct {
	key      uint64 // a hash of the rows along the edge
	ray, row int32  // row is the one left out, counted from 1; 0 in an empty place
	// Where the other end has been found it is negative: a place has 16 bytes.
}

func (x end) met() bool { return x.row < 0 }

// without is the row left out, counted from 0.
func (x end) without() int32 { return max(x.row, -x.row) - 1 }

// maxEnds is the number of places in which edges are looked up at a time: where there are
// more, they are taken by parts of their hashes, at most mostPasses. They are 1 MB, which a cache holds:
// memory that is touched for the first time, and in no order, takes several times as long as to go
// through the rays once more.
const maxEnds, mostPasses = 1 << 16, 32

// simpleRays proves the premise of the lemma at all simple rays off the row: each of
// their edges leads to another ray. Edges between simple rays are met at both ends,
// under a hash of the rows along them. Rays on the row itself are looked at only for
// the edge that leaves it, since that is the other end of an edge of a ray off it.
func (p *prover) simpleRays(t *table, row int) error {
	e := &p.ends
	e.table, e.row, e.others, e.skipped = t, row, nil, false
	count := e.count()
	// No simple ray is off the row, or all of what is needed has been said.
	if count == 0 {
		return nil
	}
	for k := len(e.hashes); k < t.rows; k++ {
		e.hashes = append(e.hashes, hash(uint64(k)))
	}
	// Between a half and a quarter of the places are used.
	size := 1 << bits.Len(uint(2*count))
	for e.passes = 1; size > cmp.Or(e.most, maxEnds) && (e.passes < mostPasses || e.most > 0); size /= 2 {
		e.passes *= 2
	}
	if cap(e.places) < size {
		e.places = make([]end, size)
	}
	e.places = e.places[:size]
	// What looking up takes, before it is done.
	if err := p.spend(e.passes, len(t.on)*(len(t.on[0])+4)+(2+18/e.passes)*count+500); err != nil {
		return err
	}
	for pass := range e.passes {
		clear(e.places)
		if !e.meet(uint64(pass)) {
			return errBudget // so many edges with the same rows that there is no place for them
		}
		if err := p.endsInOthers(e); err != nil {
			return err
		}
	}
	return nil
}

// ends looks for the ends of edges.
type ends struct {
	*table
	row    int
	hashes []uint64 // by row
	passes int
	places []end
	free   int     // how many places are
	list   []int32 // memory for rows
	unmet  []int32 // memory for places
	others *others // the rays that are not simple; nil until they are needed
	// skipped says that there was a pass in which no edge was looked up for the others, since all had been met or leave
	// the row: neighbours of the others that are on the row may have been passed over.
	skipped bool
	most    int // of places at a time, if not maxEnds
}

// passed reports whether a ray is on the row, if there is one. Without a row no ray is
// passed.
func (e *ends) passed(s set) bool { return e.row >= 0 && s.Has(e.row) }

// count returns how many edges are looked up.
func (e *ends) count() int {
	n := 0
	for _, s := range e.on {
		switch {
		case !e.simple(s):
		// Only the edge that leaves the row.
		case e.passed(s):
			n++
		default:
			n += e.dim - 1
		}
	}
	return n
}

// meet looks up all edges whose hash belongs to a pass, and reports whether there was a
// place for each. Of rays on the row only the edge that leaves it matters. In each pass
// edges are taken by the remainder of their hash, so that the two ends of an edge come
// in the same pass.
func (e *ends) meet(pass uint64) bool {
	e.free = len(e.places)
	for i, s := range e.on {
		if !e.simple(s) {
			continue
		}
		e.list = s.Members(e.list[:0])
		rows := e.list
		// The hash of all rows but one is that of all rows with that one taken off.
		var all uint64
		for _, k := range rows {
			all ^= e.hashes[k]
		}
		if e.passed(s) {
			// The row is the one left out along that edge.
			rows = append(rows[:0], int32(e.row))
		}
		for _, k := range rows {
			// passes is a power of two; places are chosen by other bits of the key.
			if key := all ^ e.hashes[k]; key%uint64(e.passes) == pass {
				e.insert(end{key: key, ray: int32(i), row: k + 1})
				if e.free == 0 {
					return false
				}
			}
		}
	}
	return true
}

// insert looks up the other end of an edge, and keeps this one if it is not there. Open
// addressing: places are looked at in turn until an empty one. A hash that agrees is
// compared by rows.
func (e *ends) insert(x end) {
	mask := uint64(len(e.places) - 1)
	for at := x.key >> 32 & mask; ; at = (at + 1) & mask {
		y := &e.places[at]
		if y.row == 0 {
			*y = x
			e.free--
			return
		}
		// An edge has two ends, so that one that was met has its other end.
		if y.key == x.key && !y.met() && e.joins(x, y.ray) {
			y.row = -y.row
			return
		}
	}
}

// joins reports whether another ray is on all rows along an edge, but not on the one
// left out. Exactly dim−2 rows in common, which two different extreme rays of an edge
// have.
func (e *ends) joins(x end, other int32) bool {
	s := e.on[other]
	return !s.Has(int(x.without())) && s.CountCommon(e.on[x.ray]) == e.dim-2
}

// hash spreads the bits of a small number. It is the finaliser of splitmix64.
func hash(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
