package complete

import (
	"math/bits"

	"pstar/internal/bitset"
)

// at returns the claim about the cone at ray i, modulo that ray. Of the others those
// are its rays that share most rows with it: if they share fewer than dim-2, or all
// those that another one shares, they are not extreme there.
//
// A ray that shares fewer than dim−2 rows with x cannot be adjacent to it, and one
// whose shared rows are among those of another is no extreme ray of what the cone looks
// like at x. Leaving such rays out only makes the claim harder to prove, so nothing
// rests on having chosen well.
func (p *prover) at(t *table, i int, a *around) (*table, error) {
	own := t.on[i]
	size := own.Count()
	// In a space of dimension dim an extreme ray is on dim−1 rows of that rank.
	if size < t.dim-1 {
		return nil, errMissing // not extreme in what is left
	}
	// What a search for candidates takes, whether or not it finds any.
	if err := p.spend(3000+sharingWork(t, i, size, a), 1); err != nil {
		return nil, err
	}
	candidates := p.sharing(t, i, size, a)
	count := len(candidates)
	if err := p.spend(count, size/2+10); err != nil {
		return nil, err
	}
	// The rows at the ray are those that it is on, numbered from 0.
	narrow := newNarrowing(own)
	local := bitset.Several(count, size)
	// All sets stand in one piece of memory; what is disposed of leaves its place to
	// the next.
	most := local[:0]
	// Those that share most come first, so that what disposes of others is there early.
	for _, j := range candidates {
		s := local[:len(most)+1][len(most)]
		narrow.into(s, t.on[j])
		looked := 0
		for looked < len(most) && !s.Within(most[looked]) {
			looked++
		}
		if err := p.spend(looked/3+1, len(s)); err != nil {
			return nil, err
		}
		// No other has all of its rows: it stays.
		if looked == len(most) {
			most = local[:len(most)+1]
			continue
		}
		// It is disposed of. The one that did it is moved to the front.
		clear(s)
		most[0], most[looked] = most[looked], most[0] // it may dispose of the next, too
	}
	return &table{dim: t.dim - 1, rows: size, on: most, guesses: t.inherited(i, narrow)}, nil
}

// inherited returns the symmetries that leave a ray where it is as guesses for its
// rows, numbered anew. Guesses go down the tree of claims with the rows: a symmetry
// that fixes the ray may be one of the claim there. It is verified there again.
func (t *table) inherited(ray int, n *narrowing) [][]int32 {
	var guesses [][]int32
	for _, s := range t.symmetries {
		// Any other takes the claim at this ray to one at another.
		if int(s.rays[ray]) == ray {
			guesses = n.restrict(guesses, s.rows)
		}
	}
	return guesses
}

// narrowing numbers the elements of one set anew. Sets of rows of one claim become sets
// of the rows of a smaller one, all of them by the same moves: so these are prepared
// once.
type narrowing struct {
	of    set
	moves []wordMoves // by word of the set
}

// wordMoves takes the bits of a word that are in a set together, in six steps: in step i some
// of them move right by 1<<i (Warren, Hacker's Delight, 7-4). They become the bits from
// place on.
type wordMoves struct {
	of    uint64
	moved [6]uint64
	place int
}

// For each word the six masks are computed as Hacker's Delight has it.
func newNarrowing(of set) *narrowing {
	n := &narrowing{of: of, moves: make([]wordMoves, len(of))}
	place := 0
	for k, m := range of {
		x := &n.moves[k]
		x.of, x.place = m, place
		// A word begins where the elements of those before it end.
		place += bits.OnesCount64(m)
		gaps := ^m << 1
		for i := range x.moved {
			// The number of gaps below each bit, modulo 2.
			parity := gaps // of the gaps to the right of each bit
			for shift := 1; shift < 64; shift *= 2 {
				parity ^= parity << shift
			}
			x.moved[i] = parity & m
			m = m ^ x.moved[i] | x.moved[i]>>(1<<i)
			gaps &^= parity
		}
	}
	return n
}

// into adds to the empty set small the elements of s, numbered anew.
func (n *narrowing) into(small, s set) {
	for k := range n.moves {
		x := &n.moves[k]
		// Bits outside of the set do not matter.
		w := s[k] & x.of
		// Sparse sets are mostly words of 0.
		if w == 0 {
			continue
		}
		for i, m := range x.moved {
			t := w & m
			w = w ^ t | t>>(1<<i)
		}
		small[x.place>>6] |= w << (x.place & 63)
		// They did not fit into the word.
		if high := w >> (63 - x.place&63) >> 1; high != 0 {
			small[x.place>>6+1] |= high
		}
	}
}

// at returns the new number of an element.
func (n *narrowing) at(x int32) int32 {
	m := &n.moves[x>>6]
	return int32(m.place + bits.OnesCount64(m.of&(1<<(x&63)-1)))
}

// restrict appends a permutation, numbered anew, if it maps the set to itself and moves
// something there. A permutation that moves a row out of the set is no permutation of
// the claim there; one that fixes all is of no use.
func (n *narrowing) restrict(guesses [][]int32, rows []int32) [][]int32 {
	var guess []int32
	moves := false
	for _, k := range n.of.Members(nil) {
		if !n.of.Has(int(rows[k])) {
			return guesses
		}
		guess = append(guess, n.at(rows[k]))
		// It was one of all rows, and may fix those that are left.
		moves = moves || rows[k] != k
	}
	if !moves {
		return guesses
	}
	return append(guesses, guess)
}
