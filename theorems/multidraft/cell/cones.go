package cell

import (
	"fmt"

	"pstar/cone"
	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// A Cone is one of the two cones whose rays are the theorems of a cell
// (K, n), with the action of the permutations of tokens on it. Its first n
// coordinates belong to the tokens and are the keys of the symmetry; its last
// ones belong to the supports of at least two tokens, in canonical order.
type Cone struct {
	K, N     int
	H        *cone.H
	Symmetry *cone.Symmetry
	// Supports are the supports of at least two tokens; Supports[j] has the
	// coordinate FirstSupport + j.
	Supports     []multidraft.Set
	FirstSupport int
	optimum      bool
	all          []multidraft.Set // all supports, singletons first
}

// FeasibilityCone returns the Farkas dual of the transport polytope of a cell,
// [MD] eq. 107 for every K and n:
//
//	F(K,n) = {(u, v) : u_i + v_T >= 0 for 2 <= |T| <= min(K, n), i in T}.
//
// Its rows are in order of T, then of i. Its lineality space is spanned by
// (1, ..., 1; -1, ..., -1).
func FeasibilityCone(k, n int) *Cone {
	c := newCellCone(k, n, n)
	// By supports and then tokens, as the documentation says: rows of certificates have these
	// numbers.
	for j, t := range c.Supports {
		for _, i := range t.Tokens() {
			c.addRow(cone.Entry{Index: i, Value: plusOne}, cone.Entry{Index: c.FirstSupport + j, Value: plusOne})
		}
	}
	return c
}

// OptimumCone returns the homogenised feasible region of the dual of the
// importance-sampling program,
//
//	{(z, z_0, v) : 0 <= z_i <= z_0, v_T >= z_i for 2 <= |T| <= min(K, n), i in T}.
//
// Rows: z_0 - z_i >= 0 for all i, z_i >= 0 for all i, then v_T - z_i >= 0 in
// order of T and i. It has no lines.
func OptimumCone(k, n int) *Cone {
	c := newCellCone(k, n, n+1)
	c.optimum = true
	// z_i ≤ z_0, which homogenises z_i ≤ 1.
	for i := range n {
		c.addRow(cone.Entry{Index: i, Value: minusOne}, cone.Entry{Index: n, Value: plusOne})
	}
	for i := range n {
		c.addRow(cone.Entry{Index: i, Value: plusOne})
	}
	for j, t := range c.Supports {
		for _, i := range t.Tokens() {
			c.addRow(cone.Entry{Index: i, Value: minusOne}, cone.Entry{Index: c.FirstSupport + j, Value: plusOne})
		}
	}
	return c
}

var plusOne, minusOne = rational.NewInt(1), rational.NewInt(-1)

// newCellCone makes a cone without rows: the coordinates of tokens, then from firstSupport on
// those of the supports, and the permutations of tokens that act on both. It panics where Supports
// does.
func newCellCone(k, n, firstSupport int) *Cone {
	all := multidraft.Supports(k, n)
	// The singletons stand first and have no coordinate: their b is forced.
	c := &Cone{K: k, N: n, FirstSupport: firstSupport, Supports: all[n:], all: all}
	c.H = &cone.H{Dim: firstSupport + len(c.Supports)}
	c.Symmetry = &cone.Symmetry{Dim: c.H.Dim, Chains: []cone.Chain{c.tokenChain()}}
	return c
}

func (c *Cone) addRow(entries ...cone.Entry) {
	c.H.Inequalities = append(c.H.Inequalities, cone.Vector(entries))
}

// tokenChain is the action of the permutations of tokens on the coordinates.
func (c *Cone) tokenChain() cone.Chain {
	// Tokens are the keys by which a point is sorted into the fundamental domain.
	var chain cone.Chain
	for i := range c.N {
		chain.Keys = append(chain.Keys, i)
	}
	// Exchanges of neighbours generate all permutations.
	for i := range c.N - 1 {
		swap := each.To(c.H.Dim, func(x int) int { return x })
		swap[i], swap[i+1] = i+1, i
		for j, t := range c.Supports {
			// Otherwise the support is fixed by the exchange.
			if t.Has(i) != t.Has(i+1) {
				image := t ^ multidraft.SetOf(i, i+1)
				swap[c.FirstSupport+j] = c.FirstSupport + multidraft.SupportIndex(c.N, image) - c.N
			}
		}
		chain.Swaps = append(chain.Swaps, swap)
	}
	return chain
}

// A Form is a linear form in the target and the law of the supports,
// sum of Q[i] q_i + sum of B[T] b_T, with B parallel to Supports(K, n),
// singletons included.
type Form struct {
	Q []rational.Int
	B []rational.Int
}

// Form returns the pairing of a ray with the data of the cell. For the
// feasibility cone it is
//
//	sum over i of u_i (q_i - b_{i}) + sum over T of v_T b_T,
//
// which Farkas' lemma wants to be nonnegative for a transport plan to exist;
// for the optimum cone it is the dual objective
//
//	sum over i of q_i (z_0 - z_i) + b_{i} z_i + sum over T of v_T b_T.
func (c *Cone) Form(ray cone.Vector) Form {
	f := Form{Q: make([]rational.Int, c.N), B: make([]rational.Int, c.N+len(c.Supports))}
	for _, e := range ray {
		switch {
		// v_T is the coefficient of b_T in both cones.
		case e.Index >= c.FirstSupport:
			f.B[c.N+e.Index-c.FirstSupport] = e.Value
		case e.Index >= c.N: // z_0
			for i := range f.Q {
				f.Q[i] = f.Q[i].Add(e.Value)
			}
		// q_i (z_0 − z_i) and b_{i} z_i: z_i is taken off q_i and added to the singleton.
		case c.optimum:
			f.Q[e.Index] = f.Q[e.Index].Sub(e.Value)
			f.B[e.Index] = e.Value
		default:
			f.Q[e.Index] = e.Value
			// Singletons have no coordinate: b_{i} comes with q_i, which it reduces.
			f.B[e.Index] = e.Value.Neg()
		}
	}
	return f
}

// A Condition is what an extreme ray says of q and b: either b_T >= 0 for a
// support T (Trivial), or for a set S of tokens q(S) - B(S) >= 0 in the
// feasibility cone and the bound q(S) + 1 - B(S) in the optimum cone.
type Condition struct {
	Trivial bool
	Set     multidraft.Set // T or S
}

// String writes the condition with tokens numbered from 1.
func (c Condition) String() string {
	if c.Trivial {
		return fmt.Sprintf("b_%v >= 0", c.Set)
	}
	return fmt.Sprintf("q(S) - B(S) at S = %v", c.Set)
}

// Condition reads a ray, given modulo lineality, as a condition. The reading is
// checked coefficient by coefficient; a ray whose form is neither of the two
// kinds is an error, and would refute the theorem.
func (c *Cone) Condition(ray cone.Vector) (Condition, error) {
	// Rays are given up to multiples of the line: the representative with least key 0 can be
	// compared by coefficients.
	f := c.Form(c.shift(ray, c.leastKey(ray)))
	var s multidraft.Set
	// Tokens with coefficient 1 in q are those of S, if the ray is of that kind.
	for i, x := range f.Q {
		if x.IsOne() {
			s |= 1 << i
		}
	}
	// Two candidates that the form itself names; each is written out and compared in full, so that
	// the guess decides nothing.
	for _, want := range []Condition{{Set: s}, c.trivial(f)} {
		if c.possible(want) && f.equal(c.expected(want)) {
			return want, nil
		}
	}
	return Condition{}, fmt.Errorf("the pairing of ray %v is neither b_T nor q(S) - B(S)", ray)
}

// possible reports whether a ray can say the condition: in the feasibility cone
// that of the sets ∅ and Ω belongs to zero and to the line.
func (c *Cone) possible(want Condition) bool {
	return want.Trivial || c.optimum || want.Set != 0 && want.Set != multidraft.FullSet(c.N)
}

// trivial returns the condition on the last support in the form.
func (c *Cone) trivial(f Form) Condition {
	want := Condition{Trivial: true, Set: c.all[0]} // no ray has this form
	for j, t := range c.Supports {
		// If several are not zero the form is not b_T, which the comparison in full then says.
		if !f.B[c.N+j].IsZero() {
			want.Set = t
		}
	}
	return want
}

// leastKey returns the least u_i of a ray: with it shifted away, u = 1_S for
// the rays that say q(S) - B(S).
func (c *Cone) leastKey(ray cone.Vector) rational.Int {
	// A coordinate that a sparse vector does not list is 0, and counts too.
	least := ray.At(0)
	for i := 1; i < c.N; i++ {
		if x := ray.At(i); x.Cmp(least) < 0 {
			least = x
		}
	}
	return least
}

// shift subtracts a multiple of the line of the feasibility cone from a ray.
func (c *Cone) shift(ray cone.Vector, by rational.Int) cone.Vector {
	// The optimum cone has no line.
	if c.optimum || by.IsZero() {
		return ray
	}
	// (1, …, 1; −1, …, −1), which is in the cone with both signs.
	line := make(cone.Vector, c.H.Dim)
	for i := range line {
		line[i] = cone.Entry{Index: i, Value: plusOne}
		if i >= c.FirstSupport {
			line[i].Value = minusOne
		}
	}
	return cone.Combine(plusOne, ray, by.Neg(), line).Primitive()
}

// expected writes out the form of a condition: b_T; or q(S) - sum of b_T over
// T within S; or, in the optimum cone, q(S) + sum of b_T over T not within S,
// which is q(S) + 1 - B(S).
func (c *Cone) expected(want Condition) Form {
	f := Form{Q: make([]rational.Int, c.N), B: make([]rational.Int, c.N+len(c.Supports))}
	// Singletons too: B(S) counts them with the others.
	for j, t := range c.all {
		switch {
		case want.Trivial && t == want.Set,
			!want.Trivial && c.optimum && !t.SubsetOf(want.Set):
			f.B[j] = plusOne
		case !want.Trivial && !c.optimum && t.SubsetOf(want.Set):
			f.B[j] = minusOne
		}
	}
	if !want.Trivial {
		for _, i := range want.Set.Tokens() {
			f.Q[i] = plusOne
		}
	}
	return f
}

func (f Form) equal(g Form) bool {
	return rational.Vector(f.Q).Equal(g.Q) && rational.Vector(f.B).Equal(g.B)
}
