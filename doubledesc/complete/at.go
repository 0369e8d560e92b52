package complete

import "math/bits"

// at returns the claim about the cone at ray i, modulo that ray. Of the others those
// are its rays that share most rows with it: if they share fewer than dim-2, or all
// those that another one shares, they are not extreme there.
func (p *prover) at(t *table, i int) (*table, error) {
	own := t.on[i]
	size := own.size()
	if size < t.dim-1 {
		return nil, errMissing // not extreme in what is left
	}
	if err := p.spend(3000/len(own)+len(t.on), len(own)); err != nil {
		return nil, err
	}
	candidates := p.sharing(t, own, size)
	count := len(candidates)
	if err := p.spend(count, size/2+10); err != nil {
		return nil, err
	}
	narrow := newNarrowing(own, t.rows)
	local := newSets(count, size)
	most := local[:0]
	for _, j := range candidates {
		s := local[:len(most)+1][len(most)]
		narrow.into(s, t.on[j])
		looked := 0
		for looked < len(most) && !s.within(most[looked]) {
			looked++
		}
		if err := p.spend(looked/3+1, len(s)); err != nil {
			return nil, err
		}
		if looked == len(most) {
			most = local[:len(most)+1]
			continue
		}
		clear(s)
		most[0], most[looked] = most[looked], most[0] // it may dispose of the next, too
	}
	return &table{dim: t.dim - 1, rows: size, on: most, guesses: t.inherited(i, narrow)}, nil
}

// sharing lists the rays that share at least dim-2 rows with these, but not all, those that
// share most first. The list is valid until the next one.
func (p *prover) sharing(t *table, own set, size int) []int32 {
	if cap(p.shared) < len(t.on) {
		p.shared, p.candidates = make([]int32, len(t.on)), make([]int32, len(t.on))
	}
	shared := p.shared[:len(t.on)]
	least := t.dim - 2
	from := make([]int32, size+1-least) // how many share more; by how many rows fewer than all
	for j, s := range t.on {
		shared[j] = int32(own.common(s))
		if n := size - int(shared[j]); n > 0 && n < len(from) {
			from[n]++
		}
	}
	count := int32(0)
	for n, c := range from {
		from[n] = count
		count += c
	}
	list := p.candidates[:count]
	for j := range t.on {
		if n := size - int(shared[j]); n > 0 && n < len(from) {
			list[from[n]] = int32(j)
			from[n]++
		}
	}
	return list
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
