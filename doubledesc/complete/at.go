package complete

import "math/bits"

// at returns the claim about the cone at ray i, modulo that ray. Of the others those
// are its rays that share most rows with it: if they share fewer than dim-2, or all
// those that another one shares, they are not extreme there.
func (p *prover) at(t *table, i int) (*table, error) {
	own := t.on[i]
	size := own.size()
	if err := p.spend(1000/len(own)+len(t.on), len(own)); err != nil {
		return nil, err
	}
	bySize := make([][]int32, size)
	count := 0
	for j, s := range t.on {
		if n := own.common(s); n >= t.dim-2 && n < size {
			bySize[n] = append(bySize[n], int32(j))
			count++
		}
	}
	if err := p.spend(count, size/2+10); err != nil {
		return nil, err
	}
	narrow := newNarrowing(own, t.rows)
	local := newSets(count, size)
	most := local[:0]
	for n := size - 1; n >= 0; n-- {
		for _, j := range bySize[n] {
			s := local[:len(most)+1][len(most)]
			narrow.into(s, t.on[j])
			looked := 0
			for looked < len(most) && !s.within(most[looked]) {
				looked++
			}
			if err := p.spend(looked+1, len(s)); err != nil {
				return nil, err
			}
			if looked == len(most) {
				most = local[:len(most)+1]
				continue
			}
			clear(s)
			most[0], most[looked] = most[looked], most[0] // it may dispose of the next, too
		}
	}
	return &table{dim: t.dim - 1, rows: size, on: most, guesses: t.inherited(i, narrow)}, nil
}

// inherited returns the symmetries that leave a ray where it is as guesses for its
// rows, numbered anew.
func (t *table) inherited(ray int, n *narrowing) [][]int32 {
	var guesses [][]int32
	for _, s := range t.symmetries {
		if int(s.rays[ray]) == ray {
			guesses = n.restrict(guesses, s.rows)
		}
	}
	return guesses
}

// narrowing numbers the elements of one set anew.
type narrowing struct {
	of    set
	place []int32
}

func newNarrowing(of set, size int) *narrowing {
	n := &narrowing{of: of, place: make([]int32, size)}
	for k, x := range of.members(nil) {
		n.place[x] = int32(k)
	}
	return n
}

// into adds to the empty set small the elements of s, numbered anew.
func (n *narrowing) into(small, s set) {
	for k, w := range s {
		for w &= n.of[k]; w != 0; w &= w - 1 {
			small.add(int(n.place[k<<6+bits.TrailingZeros64(w)]))
		}
	}
}

// restrict appends a permutation, numbered anew, if it maps the set to itself and moves
// something there.
func (n *narrowing) restrict(guesses [][]int32, rows []int32) [][]int32 {
	var guess []int32
	moves := false
	for _, k := range n.of.members(nil) {
		if !n.of.has(int(rows[k])) {
			return guesses
		}
		guess = append(guess, n.place[rows[k]])
		moves = moves || rows[k] != k
	}
	if !moves {
		return guesses
	}
	return append(guesses, guess)
}
