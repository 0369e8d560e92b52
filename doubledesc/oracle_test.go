package doubledesc

import (
	"math/rand/v2"

	"pstar/cone"
	"pstar/rational"
)

// enumerate is the naive oracle: it tries every set of rows that could be the
// tight rows of an extreme ray. Modulo lineality an extreme ray spans the common
// zeros of rows of rank one less than that of all rows. It uses dense matrices
// only. Exponential in the number of rows.
func enumerate(h *cone.H) *cone.V {
	rank := denseRank(h.Rows(), h.Dim)
	v := &cone.V{Dim: h.Dim, Lines: denseNullSpace(h.Rows(), h.Dim)}
	equations := denseRank(h.Equations, h.Dim)
	subsets(len(h.Inequalities), rank-1-equations, func(chosen []int) {
		rows := append([]cone.Vector(nil), h.Equations...)
		for _, i := range chosen {
			rows = append(rows, h.Inequalities[i])
		}
		if denseRank(rows, h.Dim) != rank-1 {
			return
		}
		for _, x := range denseNullSpace(rows, h.Dim) {
			for _, r := range []cone.Vector{x, x.Neg()} {
				if denseContains(h, r) && !denseContains(h, r.Neg()) {
					v.Rays = append(v.Rays, r)
				}
			}
		}
	})
	return v.Canonical()
}

// subsets calls f with every set of size of the numbers below n.
func subsets(n, size int, f func([]int)) {
	if size < 0 {
		return
	}
	chosen := make([]int, 0, size)
	var next func(from int)
	next = func(from int) {
		if len(chosen) == size {
			f(chosen)
			return
		}
		for i := from; i < n; i++ {
			chosen = append(chosen, i)
			next(i + 1)
			chosen = chosen[:len(chosen)-1]
		}
	}
	next(0)
}

func dense(rows []cone.Vector, dim int) *rational.Matrix {
	list := make([]rational.Vector, len(rows))
	for i, r := range rows {
		list[i] = r.Dense(dim)
	}
	return rational.NewMatrix(list, dim)
}

func denseRank(rows []cone.Vector, dim int) int { return dense(rows, dim).Rank() }

func denseNullSpace(rows []cone.Vector, dim int) []cone.Vector {
	var basis []cone.Vector
	for _, x := range dense(rows, dim).NullSpace() {
		basis = append(basis, cone.Sparse(x))
	}
	return basis
}

// blockChain returns the symmetric group that permutes whole blocks of
// coordinates: block i, a list of coordinates, takes the place of block j
// entry by entry. All blocks have the same length, at least one; the first
// coordinate of each is its key.
func blockChain(dim int, blocks [][]int) cone.Chain {
	var c cone.Chain
	for i, block := range blocks {
		c.Keys = append(c.Keys, block[0])
		// There is a swap for each block but the first, with its neighbour before.
		if i == 0 {
			continue
		}
		swap := make([]int, dim)
		for k := range swap {
			swap[k] = k
		}
		for k, x := range block {
			// Entry by entry: coordinate k of both blocks.
			y := blocks[i-1][k]
			swap[x], swap[y] = y, x
		}
		c.Swaps = append(c.Swaps, swap)
	}
	return c
}

func denseContains(h *cone.H, x cone.Vector) bool {
	d := x.Dense(h.Dim)
	for _, a := range h.Inequalities {
		if a.Dense(h.Dim).Dot(d).Sign() < 0 {
			return false
		}
	}
	for _, e := range h.Equations {
		if !e.Dense(h.Dim).Dot(d).IsZero() {
			return false
		}
	}
	return true
}

// randomCone makes a small cone of one of several characters: few or many rows,
// sparse or dense, with repeated, zero, scaled and implied rows, with equations,
// pointed or not, full-dimensional or not.
func randomCone(r *rand.Rand) *cone.H {
	h := &cone.H{Dim: 1 + r.IntN(5)}
	bound := int64(1 + r.IntN(4))
	zeros := r.IntN(4) // more of them make more degenerate cones
	row := func() cone.Vector {
		v := make(rational.Vector, h.Dim)
		for i := range v {
			if r.IntN(4) >= zeros {
				v[i] = rational.NewInt(r.Int64N(2*bound+1) - bound)
			}
		}
		return cone.Sparse(v)
	}
	for range r.IntN(9) {
		h.Inequalities = append(h.Inequalities, row())
	}
	if r.IntN(3) == 0 {
		h.Equations = append(h.Equations, row())
	}
	if len(h.Inequalities) == 0 {
		return h
	}
	pick := func() cone.Vector { return h.Inequalities[r.IntN(len(h.Inequalities))] }
	for range r.IntN(3) {
		switch r.IntN(5) {
		case 0:
			h.Inequalities = append(h.Inequalities, pick())
		case 1:
			three := rational.NewInt(3)
			h.Inequalities = append(h.Inequalities, cone.Combine(three, pick(), three, pick()))
		case 2:
			h.Inequalities = append(h.Inequalities, pick().Neg()) // an equation in disguise
		case 3:
			h.Inequalities = append(h.Inequalities, nil)
		case 4:
			h.Equations = append(h.Equations, pick())
		}
	}
	return h
}

// ints makes sparse rows from dense ones.
func ints(rows ...[]int64) []cone.Vector {
	var list []cone.Vector
	for _, r := range rows {
		list = append(list, cone.Sparse(rational.NewVector(r...)))
	}
	return list
}
