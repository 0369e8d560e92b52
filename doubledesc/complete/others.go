package complete

import (
	"context"
	"math/bits"

	"pstar/internal/bitset"
)

// others are the rays of a claim that are not simple, and which simple rays are found to be
// adjacent to them: those of which an edge leads there.
//
// They are few for nearly simple cones. Looking for each end of an edge among all of
// them is quick by sets; looking up all sets of dim−2 of their rows under the hashes of
// the edges is quicker if these sets are few.
type others struct {
	rays []int32
	by   []set     // by row: which of these rays are on it
	near [][]int32 // by place in rays: the simple rays adjacent; nil for a ray with too many rows to list
	rest []set     // by row: which of the rays with too many rows are on it
	many int       // how many these are
}

// newOthers lists the rays that are not simple. Those with at most so many sets of dim-2 rows are
// to be looked up by these sets, if all sets are not more than worth. Where sets are
// not worth it for any, all are looked through.
func newOthers(t *table, most, worth int) (o *others, sets int) {
	o = &others{}
	var on, rest []set
	for i, s := range t.on {
		if !t.simple(s) {
			o.rays, on = append(o.rays, int32(i)), append(on, s)
		}
	}
	o.by, o.near = bitset.Transposed(on, t.rows), make([][]int32, len(on))
	for _, s := range on {
		if n := choices(s.Count(), t.dim-2, most); n <= most {
			sets += n
		}
	}
	// Then no ray has its neighbours listed, and edges are looked for among all others.
	if sets > worth {
		o.rest, o.many = o.by, len(on)
		return o, 0
	}
	for n, s := range on {
		if choices(s.Count(), t.dim-2, most) <= most {
			o.near[n] = make([]int32, 0, t.dim)
		} else {
			rest = append(rest, s)
		}
	}
	o.rest, o.many = bitset.Transposed(rest, t.rows), len(rest)
	return o, sets
}

// choices returns in how many ways k of n can be chosen, or more than most. It ends
// before the product can overflow.
func choices(n, k, most int) int {
	count := 1
	// Each product is a number of choices itself, so that the division is exact.
	for i := range n - k {
		if count = count * (n - i) / (i + 1); count > most {
			return most + 1
		}
	}
	return count
}

// endsInOthers looks for the ends of the edges that are left among the rays that are
// not simple. An edge that no ray ends proves that a ray is missing.
func (p *prover) endsInOthers(e *ends) error {
	e.unmet = e.left(e.unmet[:0])
	// Once the others are listed, every pass is looked up: edges from the row lead to them, too, and count as neighbours.
	if len(e.unmet) == 0 && e.others == nil {
		e.skipped = true
		return nil
	}
	if e.others == nil {
		scan := (bitset.Words(len(e.on))/2 + 1) * e.dim // what it takes to look through all rays for one end
		var sets int
		e.others, sets = newOthers(e.table, scan/4, len(e.unmet)*e.passes*scan/8)
		if err := p.spend(sets, 8*e.passes); err != nil {
			return err
		}
	}
	// By sets of rows first: cheap, and they tell neighbours for the claims at these
	// rays.
	e.meetOthers()
	e.unmet = e.left(e.unmet[:0])
	if err := p.spend(len(e.unmet)*e.dim, bitset.Words(e.others.many)/2+1); err != nil {
		return err
	}
	for i, at := range e.unmet {
		if i&1023 == 1023 && p.ctx.Err() != nil {
			return context.Cause(p.ctx)
		}
		// The end can only be at a ray with too many rows to list.
		if !e.endsInRest(e.places[at]) {
			return errMissing
		}
	}
	return nil
}

// left appends the places of the edges that have not been met. An edge of a ray on the
// row that does not leave the row need not lead anywhere here.
func (e *ends) left(list []int32) []int32 {
	for at, x := range e.places {
		if x.row > 0 && !e.passed(e.on[x.ray]) {
			list = append(list, int32(at))
		}
	}
	return list
}

// meetOthers looks up the edges along the sets of dim-2 rows of the rays that are not simple.
func (e *ends) meetOthers() {
	var hashes []uint64
	for n, i := range e.others.rays {
		// It has too many rows, and is met by endsInRest.
		if e.others.near[n] == nil {
			continue
		}
		e.list = e.on[i].Members(e.list[:0])
		hashes = hashes[:0]
		var all uint64
		// The hash of a set of rows is the sum, bit by bit, of those of its rows.
		for _, k := range e.list {
			all ^= e.hashes[k]
			hashes = append(hashes, e.hashes[k])
		}
		e.meetLess(n, all, hashes, len(hashes)-(e.dim-2))
	}
}

// meetLess looks up the edges along all of some rows of one of the others but so many of those whose
// hashes are listed. Which rows are left out is chosen one by one; the last one in a
// loop without a call.
func (e *ends) meetLess(n int, all uint64, hashes []uint64, count int) {
	if count > 1 {
		for i := range len(hashes) - count + 1 {
			e.meetLess(n, all^hashes[i], hashes[i+1:], count-1)
		}
		return
	}
	mask := uint64(len(e.places) - 1)
	for _, h := range hashes {
		key := all ^ h
		for at := key >> 32 & mask; e.places[at].row != 0; at = (at + 1) & mask {
			// The same hash may come from another set: joins compares.
			if y := &e.places[at]; y.key == key && e.joins(*y, e.others.rays[n]) {
				y.row = -1 - y.without()
				e.others.near[n] = append(e.others.near[n], y.ray)
			}
		}
	}
}

// endsInRest reports whether a ray with too many rows to list is the other end of an edge. It must
// not be on the row left out: where rays are missing a simple ray may look as if it were
// not extreme, as all of its rows have another ray in common. All bits of left are rays
// that are on all rows along the edge and off the one left out; 64 at a time.
func (e *ends) endsInRest(x end) bool {
	e.list = e.on[x.ray].Members(e.list[:0])
	off := e.others.rest[x.without()]
	for i, w := range off {
		left := ^w
		// The last word has rays only up to their number.
		if i == e.others.many>>6 {
			left &= 1<<(e.others.many&63) - 1
		}
		for _, k := range e.list {
			if left == 0 {
				break
			}
			if k != x.without() {
				left &= e.others.rest[k][i]
			}
		}
		if left != 0 {
			return true
		}
	}
	return false
}

// around is what is known of the neighbours of the rays that are not simple. It
// replaces a search through all rays, when a claim at one of these rays is opened.
type around struct {
	*others
	place map[int32]int // of a ray among them
}

// around returns what the look-ups have found, or nil if there were none, or not of all edges.
func (e *ends) around() *around {
	if e.others == nil || e.skipped {
		return nil
	}
	a := &around{e.others, make(map[int32]int, len(e.others.rays))}
	// Around rays with too many rows all rays are searched, and around those on the row: what stands for an orbit may be on
	// it, and edges of simple rays that do not leave it were not looked up.
	for n, i := range e.others.rays {
		if e.others.near[n] != nil && !e.passed(e.on[i]) {
			a.place[i] = n
		}
	}
	return a
}

// find returns the place of a ray whose simple neighbours are known.
func (a *around) find(ray int) (place int, known bool) {
	if a == nil {
		return 0, false
	}
	place, known = a.place[int32(ray)]
	return place, known
}

// sharing lists the rays that share at least dim-2 rows with ray i, but not all, those that
// share most first. If its simple neighbours are known, only the other rays are looked at. The list is
// valid until the next one.
//
// Sharing all is being on the same rows and more, which only copies and non-extreme
// rays do. The candidates are found by how many rows they do not share.
func (p *prover) sharing(t *table, i, size int, a *around) []int32 {
	// As rays that share at least dim−2.
	most := size - (t.dim - 2) // rows that need not be shared
	for len(p.found) <= most {
		p.found = append(p.found, nil)
	}
	// The memory of the search before serves again.
	found := p.found[:most+1] // by rows not shared
	for n := range found {
		found[n] = found[n][:0]
	}
	// Then only rays that are not simple have to be looked through; the simple ones are
	// listed.
	place, known := a.find(i)
	count, by := len(t.on), t.by
	if known {
		count, by = len(a.rays), a.by
	} else if by == nil {
		by = t.byRow()
	}
	rows := p.columns[:0]
	p.shared = t.on[i].Members(p.shared[:0])
	for _, k := range p.shared {
		rows = append(rows, by[k])
	}
	p.columns = rows
	// The two ways give the same lists, in the same order.
	if inGroups(size, most) {
		sharingGroups(found, rows, count)
	} else {
		sharingCounts(found, p.digits[:bits.Len(uint(most))], rows, count)
	}
	p.candidates = p.candidates[:0]
	for _, list := range found[1:] {
		p.candidates = append(p.candidates, list...)
	}
	if known {
		for k, n := range p.candidates {
			p.candidates[k] = a.rays[n]
		}
		p.candidates = append(p.candidates, a.near[place]...)
	}
	return p.candidates
}

// sharingWork is about what [prover.sharing] takes. It is spent before the search.
func sharingWork(t *table, i, size int, a *around) int {
	count := len(t.on)
	if _, known := a.find(i); known {
		count = len(a.rays)
	}
	each := size
	if most := size - (t.dim - 2); !inGroups(size, most) {
		each *= 1 + bits.Len(uint(most))
	}
	return bitset.Words(count) * each
}

// inGroups reports whether rays that need not be on so many of the rows are sought by
// groups. Groups are worth it where a ray must be on most of the rows.
func inGroups(size, most int) bool { return size >= 3*(most+1) }

// sharingGroups finds the rays that are not on at most so many of the rows by groups of these:
// of one group more than that they are on all rows of one at least.
//
// By the pigeonhole principle: at most as many misses as groups less one leave one
// group without a miss. Those that pass are counted.
func sharingGroups(found [][]int32, rows []set, count int) {
	// One group more than misses that are allowed; rows are dealt out in turn.
	groups := make([][]set, len(found))
	for k, rays := range rows {
		groups[k%len(groups)] = append(groups[k%len(groups)], rays)
	}
	for block := range bitset.Words(count) {
		some := uint64(0)
		for _, group := range groups {
			all := group[0][block]
			for _, rays := range group[1:] {
				all &= rays[block]
			}
			some |= all
		}
		for ; some != 0; some &= some - 1 {
			at := bits.TrailingZeros64(some)
			n := len(rows)
			for _, rays := range rows {
				n -= int(rays[block] >> at & 1)
			}
			if n < len(found) {
				found[n] = append(found[n], int32(block<<6+at))
			}
		}
	}
}

// sharingCounts finds them by counting the rows that they are not on, for 64 rays at a time, in
// binary numbers of which each word has one digit. They begin such that they overflow where
// the number is too large.
func sharingCounts(found [][]int32, digits []uint64, rows []set, count int) {
	begin := 1<<len(digits) - len(found)
	for block := range bitset.Words(count) {
		few := ^uint64(0)
		if block == count>>6 {
			few = 1<<(count&63) - 1
		}
		for d := range digits {
			digits[d] = -uint64(begin >> d & 1)
		}
		for _, rays := range rows {
			// 1 for each ray that is not on the row.
			carry := ^rays[block]
			for d, x := range digits {
				digits[d], carry = x^carry, x&carry
			}
			// A carry out of the last digit: more rows are missed than may be.
			if few &^= carry; few == 0 {
				break
			}
		}
		for ; few != 0; few &= few - 1 {
			at := bits.TrailingZeros64(few)
			n := -begin
			for d, x := range digits {
				n += int(x>>at&1) << d
			}
			found[n] = append(found[n], int32(block<<6+at))
		}
	}
}
