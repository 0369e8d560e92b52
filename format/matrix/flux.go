package matrix

import (
	"fmt"
	"slices"
	"strconv"

	"pstar/cone"
	"pstar/rational"
)

// Columns finds columns by their names, or by their numbers, counted from 1.
//
// They are returned in ascending order, from 0. A name that is a number is that name.
func Columns(words, names []string, count int) ([]int, error) {
	var list []int
	for _, word := range words {
		at := slices.Index(names, word)
		// The first of them would be a guess.
		if at >= 0 && slices.Contains(names[at+1:], word) {
			return nil, fmt.Errorf("two columns have the name %.40q", word)
		}
		if n, err := strconv.Atoi(word); at < 0 && err == nil && n >= 1 && n <= count {
			at = n - 1
		}
		if at < 0 {
			return nil, fmt.Errorf("expected a column by its name in the first line or by its number from 1 to %d, found %.40q", count, word)
		}
		if slices.Contains(list, at) {
			// Twice the same column would make two rows of one.
			return nil, fmt.Errorf("column %.40q is named twice", word)
		}
		list = append(list, at)
	}
	slices.Sort(list)
	return list, nil
}

// Reversed returns the cone of a network, as the convention flux reads it, in which these
// reactions may run backwards too: their rows v >= 0 are gone. So it may have lines, and modes
// that are elementary need not be extreme.
func Reversed(p *cone.Polyhedron, reversible []int) *cone.Polyhedron {
	// The old polyhedron stays as it is.
	free := *p
	free.Rows = nil
	// The row is v_i ≥ 0 for the reaction i; others are equations.
	for _, r := range p.Rows {
		if r.Linear || !slices.Contains(reversible, r.Vector[0].Index-1) {
			free.Rows = append(free.Rows, r)
		}
	}
	return &free
}

// Split returns the cone of a network with a column more for each of these reactions, behind
// the others: the reaction run backwards. Its rays are the elementary modes, but for those of a
// reaction and its reverse, which cancel; see [Fold].
//
// A flux v_i of any sign is v_i⁺ − v_i⁻ with both at least 0: so elementary modes
// become extreme rays.
func Split(p *cone.Polyhedron, reversible []int) *cone.Polyhedron {
	split := &cone.Polyhedron{Representation: p.Representation, Columns: p.Columns + len(reversible)}
	for _, r := range p.Rows {
		if r.Linear {
			// The new column is the negative of the old one, in each equation.
			dense := r.Vector.Dense(split.Columns)
			for k, i := range reversible {
				dense[p.Columns+k] = dense[i+1].Neg()
			}
			r.Vector = cone.Sparse(dense)
		}
		split.Rows = append(split.Rows, r)
	}
	// The reaction backwards is not negative either.
	for k := range reversible {
		split.Rows = append(split.Rows, cone.Row{Vector: cone.Unit(p.Columns+k, 1)})
	}
	return split
}

// Fold takes generators of a network that was split back to the columns it had, and leaves out
// those of a reaction and its reverse, of which it returns the number. A mode that can run both
// ways is there in both. The generators are brought to their canonical form, as a mode
// of reversible reactions alone occurs forwards and backwards.
func Fold(p *cone.Polyhedron, reversible []int) (modes *cone.Polyhedron, cycles int) {
	folded := &cone.V{Dim: p.Columns - len(reversible)}
	for _, r := range p.Rows {
		dense := r.Vector.Dense(p.Columns)
		// Forwards less backwards.
		for k, i := range reversible {
			dense[i+1] = dense[i+1].Sub(dense[folded.Dim+k])
		}
		v := cone.Sparse(rational.Vector(dense[:folded.Dim]))
		// The reaction and its reverse together have no effect.
		if v.IsZero() {
			cycles++
			continue
		}
		folded.Rays = append(folded.Rays, v)
	}
	return cone.PolyhedronByGenerators(folded.Canonical()), cycles
}
