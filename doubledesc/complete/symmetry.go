package complete

import (
	"sync/atomic"

	"pstar/internal/bitset"
	"pstar/internal/crew"
	"pstar/internal/each"
)

// symmetry is a permutation of the rays and rows of a table that changes nothing in
// it. A claim at a ray is the same claim at its images.
type symmetry struct{ rays, rows []int32 }

// findSymmetries keeps those of the guesses, permutations of the rows, that are
// symmetries: they must map the rows of each ray to those of a ray. The rays must be
// different. If it would cost more than it is worth, they are not looked for.
//
// Incidences alone decide: a permutation of rows that maps the set of rows of each ray
// to that of a ray is a symmetry of the claim, whatever it does to coordinates.
func (p *prover) findSymmetries(t *table, worth int64) error {
	// Less than it is worth: four times the guess of what the claim takes.
	each := t.rows/2 + 10 + len(t.guesses)*(10+t.rows/8)
	if len(t.guesses) == 0 || int64(len(t.on))*int64(each) > 4*worth {
		return nil
	}
	if err := p.spend(len(t.on), each); err != nil {
		return err
	}
	index := newIndex(t.on, t.rows)
	for _, rows := range t.guesses {
		// What maps the rows of some ray to no ray is no symmetry, and is dropped.
		if rays := index.images(rows); rays != nil {
			t.symmetries = append(t.symmetries, symmetry{rays, rows})
		}
	}
	return nil
}

// index finds rays by their rows. A table with open addressing, at most half full.
type index struct {
	on     []set
	hashes []uint64 // by row
	own    []uint64 // by ray: the sum of those of its rows
	places []int32  // rays, counted from 1, by their sums

	workers int // goroutines that look for images; 0 is 1
}

func newIndex(on []set, rows int) *index {
	x := &index{on: on, hashes: make([]uint64, rows), own: make([]uint64, len(on))}
	for k := range x.hashes {
		x.hashes[k] = hash(uint64(k))
	}
	// A power of two, at least twice the number of rays.
	size := 4
	for size < 2*len(on) {
		size *= 2
	}
	x.places = make([]int32, size)
	var list []int32
	for i, s := range on {
		list = s.Members(list[:0])
		for _, k := range list {
			x.own[i] ^= x.hashes[k]
		}
		at := x.own[i] >> 20 % uint64(size)
		for x.places[at] != 0 {
			at = (at + 1) % uint64(size)
		}
		x.places[at] = int32(i + 1)
	}
	return x
}

// imagesEach is how many images are worth a goroutine, as they take a tenth of a microsecond at least.
const imagesEach = 256

// images returns the ray whose rows are the images of those of each ray, or nil if for
// one of them there is none. Rows that stay are copied as they are; only moved ones are
// handled one by one.
func (x *index) images(rows []int32) []int32 {
	var moved []int32
	mask := bitset.New(len(rows))
	for k, to := range rows {
		if int(to) != k {
			moved = append(moved, int32(k))
			mask.Add(k)
		}
	}
	rays := make([]int32, len(x.on))
	var none atomic.Bool
	find := func(_, from, to int) {
		image := make(set, len(mask)) // memory for one
		for i := from; i < to && !none.Load(); i++ {
			if rays[i] = x.image(i, rows, moved, mask, image); rays[i] < 0 {
				none.Store(true)
			}
		}
	}
	crew.Pieces(x.workers, len(x.on), imagesEach, find)
	if none.Load() {
		return nil
	}
	return rays
}

// image returns the ray with the images of the rows of a ray, or -1. The rows that are moved are given as a list and as
// a set; into is memory for a set.
func (x *index) image(ray int, rows, moved []int32, mask, into set) int32 {
	s := x.on[ray]
	for k, w := range mask {
		into[k] = s[k] &^ w
	}
	// The hash of an image is that of the ray with the moved rows exchanged.
	sum := x.own[ray]
	for _, k := range moved {
		if s.Has(int(k)) {
			into.Add(int(rows[k]))
			sum ^= x.hashes[k] ^ x.hashes[rows[k]]
		}
	}
	return x.find(into, sum)
}

// find returns the ray with these rows, or -1. Both inclusions: the same set.
func (x *index) find(rows set, sum uint64) int32 {
	size := uint64(len(x.places))
	for at := sum >> 20 % size; x.places[at] != 0; at = (at + 1) % size {
		j := x.places[at] - 1
		if x.own[j] == sum && rows.Within(x.on[j]) && x.on[j].Within(rows) {
			return j
		}
	}
	return -1
}

// turnedSymmetries are those of the claim about the polar cone.
func (t *table) turnedSymmetries() []symmetry {
	// Rays and rows are exchanged, and so are their permutations.
	return each.Of(t.symmetries, func(s symmetry) symmetry { return symmetry{rays: s.rows, rows: s.rays} })
}

// representatives returns, for each ray, the one that stands for its orbit: of those that most
// symmetries leave where they are, the first. The ray that most symmetries leave alone
// gives the claim that has most symmetries itself.
func (t *table) representatives() []int32 {
	of := newOrbits(len(t.on))
	fixed := make([]int32, len(t.on))
	for _, s := range t.symmetries {
		of.unite(s.rays)
		for i, j := range s.rays {
			if int(j) == i {
				fixed[i]++
			}
		}
	}
	// Counted from 1, so that 0 stands for none.
	best := make([]int32, len(t.on)) // by root
	// From the last to the first, so that of equal ones the first is taken.
	for i := len(of) - 1; i >= 0; i-- {
		r := of.root(int32(i))
		if i := int32(i); best[r] == 0 || fixed[i] >= fixed[best[r]-1] {
			best[r] = i + 1
		}
	}
	return each.To(len(of), func(i int) int32 { return best[of.root(int32(i))] - 1 })
}

// orbits are classes of things that permutations take to each other: each leads to another of its class, and at
// last to the least one.
type orbits []int32

// Nothing is in one class with another at first.
func newOrbits(n int) orbits {
	return each.To(n, func(i int) int32 { return int32(i) })
}

// root is the least of a class. Paths are halved on the way.
func (o orbits) root(i int32) int32 {
	for o[i] != i {
		o[i] = o[o[i]]
		i = o[i]
	}
	return i
}

// unite joins the classes that a permutation joins.
func (o orbits) unite(to []int32) {
	for i, j := range to {
		if a, b := o.root(int32(i)), o.root(j); a != b {
			o[max(a, b)] = min(a, b)
		}
	}
}

// hard reports whether symmetries may help: if some rays and some rows are not simple.
// One ray that is not simple is the apex, over which everything else may be simple.
func (t *table) hard() bool {
	degenerate := func(t *table) bool {
		count := 0 // the apex of a cone is one
		for _, s := range t.on {
			if !t.simple(s) {
				count++
			}
		}
		return count > 1
	}
	return degenerate(t) && degenerate(t.turn())
}
