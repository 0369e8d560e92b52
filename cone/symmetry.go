package cone

import (
	"context"
	"fmt"
	"math/big"

	"pstar/rational"
)

// Symmetry is a group of coordinate permutations: a product of symmetric
// groups, one for each Chain.
type Symmetry struct {
	Dim    int
	Chains []Chain
}

// Chain is a symmetric group on m letters acting on the coordinates. Letter i
// has a key coordinate Keys[i], permuted as the letters are; Swaps[i] is the
// action of the transposition of letters i and i+1 on all coordinates: the
// image of coordinate c is Swaps[i][c]. Coordinates other than keys may be
// permuted in any way, for instance as the token sets of a cell are when the
// tokens are.
type Chain struct {
	Keys  []int
	Swaps [][]int
}

// Validate reports a chain whose swaps are not involutions of the coordinates,
// or do not exchange exactly the keys of their two letters. It does not check
// that the swaps satisfy the braid relations: with that alone every point can
// be sorted into the fundamental domain by swaps, which is what completeness
// over the domain rests on.
func (s *Symmetry) Validate() error {
	for k, c := range s.Chains {
		if len(c.Swaps) != max(len(c.Keys)-1, 0) {
			return fmt.Errorf("cone: chain %d has %d letters and %d swaps", k+1, len(c.Keys), len(c.Swaps))
		}
		for i, swap := range c.Swaps {
			if err := s.validateSwap(c, i, swap); err != nil {
				return fmt.Errorf("cone: chain %d, swap %d: %w", k+1, i+1, err)
			}
		}
	}
	return nil
}

// validateSwap reports what is wrong with swap i of a chain.
func (s *Symmetry) validateSwap(c Chain, i int, swap []int) error {
	if len(swap) != s.Dim {
		return fmt.Errorf("acts on %d coordinates, want %d", len(swap), s.Dim)
	}
	for x, y := range swap {
		// A permutation that is its own inverse: whatever else it does, it can be undone.
		if y < 0 || y >= s.Dim || swap[y] != x {
			return fmt.Errorf("is not an involution at coordinate %d", x+1)
		}
	}
	if swap[c.Keys[i]] != c.Keys[i+1] {
		return fmt.Errorf("does not exchange its two keys")
	}
	// The keys of other letters and chains must stay, or sorting one pair would unsort another, and
	// sorting into the domain would perhaps not end.
	for _, other := range s.Chains {
		for _, key := range other.Keys {
			if key != c.Keys[i] && key != c.Keys[i+1] && swap[key] != key {
				return fmt.Errorf("moves the key at coordinate %d", key+1)
			}
		}
	}
	return nil
}

// Preserves reports whether every swap maps each list of rows of h onto itself
// as a set up to positive scaling, so that the cone is invariant; if not, it
// returns a row whose image is not a row. If ctx ends, the error is its cause.
func (s *Symmetry) Preserves(ctx context.Context, h *H) (row Vector, ok bool, err error) {
	// Inequalities go to inequalities: an image among the equations would be another cone.
	for _, list := range [][]Vector{h.Inequalities, h.Equations} {
		// Rows are compared up to positive scaling, by the one primitive vector of their direction.
		have := make(map[string]bool, len(list))
		for i, a := range list {
			if i%256 == 0 && ctx.Err() != nil {
				return nil, false, context.Cause(ctx)
			}
			have[a.Primitive().Key()] = true
		}
		for _, c := range s.Chains {
			// It is enough to look at swaps, which generate the group.
			for _, swap := range c.Swaps {
				for i, a := range list {
					if i%256 == 0 && ctx.Err() != nil {
						return nil, false, context.Cause(ctx)
					}
					// An injective map of a finite set into itself is onto: no second test is needed.
					if !have[a.Permute(swap).Primitive().Key()] {
						return a, false, nil
					}
				}
			}
		}
	}
	return nil, true, nil
}

// DomainRows returns the rows of the fundamental domain
// D = {x : x_Keys[0] >= x_Keys[1] >= ... in every chain}. Some image of every
// point lies in D.
func (s *Symmetry) DomainRows() []Vector {
	var rows []Vector
	for _, c := range s.Chains {
		// One row for each pair of neighbours in the order of the keys.
		for i := range c.Swaps {
			rows = append(rows, MakeVector(
				Entry{c.Keys[i], rational.NewInt(1)},
				Entry{c.Keys[i+1], rational.NewInt(-1)}))
		}
	}
	return rows
}

// ImpliedInDomain reports whether row a is b plus a nonnegative combination of
// domain rows, so that within D the row b implies a. The multiplier of
// x_i - x_(i+1) in a-b is the sum of the first i key entries, so a-b qualifies
// if it is zero off the keys and, chain by chain, its prefix sums are
// nonnegative and its total is zero.
func (s *Symmetry) ImpliedInDomain(a, b Vector) bool {
	// What the domain rows have to make up for.
	diff := Combine(rational.NewInt(1), a, rational.NewInt(-1), b)
	onKeys := 0
	for _, c := range s.Chains {
		var sum rational.Int
		for _, key := range c.Keys {
			x := diff.At(key)
			if !x.IsZero() {
				onKeys++
			}
			// This sum is the multiplier of a domain row, and must not be negative.
			if sum = sum.Add(x); sum.Sign() < 0 {
				return false
			}
		}
		// Prefix sums end at 0, as each domain row sums to 0.
		if !sum.IsZero() {
			return false
		}
	}
	// Whatever is left off the keys no domain row can take away.
	return onKeys == len(diff)
}

// sortIntoDomain applies swaps until v lies in D (bubble sort on the keys).
func (s *Symmetry) sortIntoDomain(v Vector) Vector {
	for _, c := range s.Chains {
		// It ends: each swap takes one inversion of the keys away, as a key moves with its letter.
		for again := true; again; {
			again = false
			for i := range c.Swaps {
				// Out of order: a smaller key stands before a larger one.
				if v.At(c.Keys[i]).Cmp(v.At(c.Keys[i+1])) < 0 {
					v = v.Permute(c.Swaps[i])
					again = true
				}
			}
		}
	}
	return v
}

// ImagesInDomain returns the images of v that lie in D: those of one of them
// under the permutations of letters with equal keys.
func (s *Symmetry) ImagesInDomain(v Vector) []Vector {
	v = s.sortIntoDomain(v)
	return closure(v, s.tiedSwaps(v))
}

// tiedSwaps returns the swaps of neighbouring letters with equal keys in v, a
// vector in D. They generate the stabiliser of the keys of v.
func (s *Symmetry) tiedSwaps(v Vector) [][]int {
	var swaps [][]int
	for _, c := range s.Chains {
		for i, swap := range c.Swaps {
			// Exchanging equal keys leaves the vector in the domain.
			if v.At(c.Keys[i]).Equal(v.At(c.Keys[i+1])) {
				swaps = append(swaps, swap)
			}
		}
	}
	return swaps
}

// Orbit returns all images of v, sorted.
func (s *Symmetry) Orbit(v Vector) []Vector {
	// All swaps of all chains generate the group.
	var swaps [][]int
	for _, c := range s.Chains {
		swaps = append(swaps, c.Swaps...)
	}
	orbit := closure(v, swaps)
	Sort(orbit)
	return orbit
}

// OrbitSize returns the number of images of v without listing them all: the
// stabiliser of v lies in the stabiliser Y of its sorted keys, so the orbit is
// as many copies of the orbit under Y as there are arrangements of the keys.
// It requires that the chains act as symmetric groups.
func (s *Symmetry) OrbitSize(v Vector) *big.Int {
	images := s.ImagesInDomain(v)
	// All images have the same keys, in another order.
	v = images[0]
	size := big.NewInt(int64(len(images)))
	for _, c := range s.Chains {
		// The chains move keys of their own, so that the orders multiply.
		size.Mul(size, arrangements(v, c.Keys))
	}
	return size
}

// arrangements returns the number of different orders of the key entries of v,
// which are sorted: m! over the product of the factorials of the numbers of
// equal keys.
func arrangements(v Vector, keys []int) *big.Int {
	// m!, of which equal keys make fewer different orders.
	count := new(big.Int).MulRange(1, int64(len(keys)))
	// Runs of equal keys; the quotient is an integer after each of them.
	for i := 0; i < len(keys); {
		j := i + 1
		for j < len(keys) && v.At(keys[j]).Equal(v.At(keys[i])) {
			j++
		}
		count.Div(count, new(big.Int).MulRange(1, int64(j-i)))
		i = j
	}
	return count
}

// closure returns v and all vectors reached from it by the swaps.
func closure(v Vector, swaps [][]int) []Vector {
	// By their keys, since vectors are slices.
	seen := map[string]bool{v.Key(): true}
	orbit := []Vector{v}
	// The list grows while it is gone through, and ends as the orbit is finite.
	for k := 0; k < len(orbit); k++ {
		for _, swap := range swaps {
			w := orbit[k].Permute(swap)
			if key := w.Key(); !seen[key] {
				seen[key] = true
				orbit = append(orbit, w)
			}
		}
	}
	return orbit
}
