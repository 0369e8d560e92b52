package cell

import (
	"context"
	"fmt"

	"pstar/fm"
	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// A TransportSystem is the transport polytope of a cell with q and b as
// variables: α >= 0, Σ_{i∈T} α_T(i) = b_T, Σ_{T∋i} α_T(i) = q_i, T with at least two
// tokens. Singletons take no part, so that q stands for q minus the
// singletons' b. The variables are b_T in canonical order, q_i, then α_T(i).
type TransportSystem struct {
	K, N      int
	System    *fm.System
	Eliminate []int // the α
	supports  []multidraft.Set
}

// NewTransportSystem writes the transport polytope as a linear system. It panics
// where Supports does.
func NewTransportSystem(k, n int) *TransportSystem {
	// Singletons are left out, see the type.
	t := &TransportSystem{K: k, N: n, System: &fm.System{}, supports: multidraft.Supports(k, n)[n:]}
	s := t.System
	for _, set := range t.supports {
		s.Variables = append(s.Variables, "b"+set.String())
	}
	for i := range n {
		s.Variables = append(s.Variables, fmt.Sprintf("q%d", i+1))
	}
	for _, set := range t.supports {
		for _, i := range set.Tokens() {
			t.Eliminate = append(t.Eliminate, len(s.Variables))
			s.Variables = append(s.Variables, fmt.Sprintf("a%v(%d)", set, i+1))
		}
	}
	// α >= 0 first, then the equations.
	for _, v := range t.Eliminate {
		t.addRow(fm.AtLeast, map[int]int64{v: 1})
	}
	// By variable: each sum is to equal its variable, b_T or q_i.
	sums := each.To(len(t.supports)+n, func(v int) map[int]int64 { return map[int]int64{v: -1} })
	// In the order in which the α were named above: supports, then tokens.
	alpha := len(sums)
	for j, set := range t.supports {
		for _, i := range set.Tokens() {
			sums[j][alpha] = 1
			sums[len(t.supports)+i][alpha] = 1
			alpha++
		}
	}
	for _, sum := range sums {
		t.addRow(fm.Equal, sum)
	}
	return t
}

// ProjectionFits reports whether the plain projection of a cell is a matter of
// seconds: up to n = 9 for K = 2 and n = 7 beyond.
func ProjectionFits(k, n int) bool {
	const most = 23_100
	// Measured: the number of rows of the projection times the length of each.
	return n < 20 && multidraft.CountSupports(k, n)<<n <= most
}

func (t *TransportSystem) addRow(relation fm.Relation, entries map[int]int64) {
	row := fm.Row{Relation: relation, Coefficients: make(rational.RatVector, len(t.System.Variables))}
	// Sparse on the way in, dense in package fm.
	for v, x := range entries {
		row.Coefficients[v] = rational.NewRat(x, 1)
	}
	t.System.Rows = append(t.System.Rows, row)
}

// Project eliminates the α by plain Fourier-Motzkin elimination and checks that
// the result is what MD-T2 says: one equation, Σ q_i = Σ b_T, and modulo it
// exactly the 2^n - 2 rows q(S) >= B(S) for proper nonempty S and b_T >= 0 for all
// T. (For n = 2 the two coincide: b_{12} >= 0 is the sum of the others, and not
// needed.) It fails if ctx ends or the result is another, which would refute
// MD-T2.
func (t *TransportSystem) Project(ctx context.Context, o fm.Options) (*fm.Result, error) {
	r, err := fm.Eliminate(ctx, t.System, t.Eliminate, o)
	if err != nil {
		return nil, err
	}
	return r, t.compare(r)
}

// compare checks the rows of the projection against those of the theorem, both
// with q_n replaced by its value from the equation.
func (t *TransportSystem) compare(r *fm.Result) error {
	expected := make(map[string]bool)
	// Each proper subset but the empty one; of Ω it is the equation.
	for set := multidraft.Set(1); set < multidraft.FullSet(t.N); set++ {
		expected[t.modulo(t.boundForm(set)).String()] = true
	}
	// For n = 2 the row b_{12} >= 0 is redundant, and elimination without redundant rows leaves it
	// out.
	if t.N > 2 {
		for j := range t.supports {
			unit := make(rational.RatVector, len(t.supports)+t.N)
			unit[j] = rational.NewRat(1, 1)
			expected[t.modulo(unit).String()] = true
		}
	}
	equations := 0
	for _, row := range r.Rows {
		kept := row.Coefficients[:len(t.supports)+t.N]
		switch {
		// Zero modulo the equation: it is that equation, or a multiple.
		case row.Relation == fm.Equal && t.modulo(kept).IsZero():
			equations++
		case row.Relation == fm.AtLeast && expected[t.modulo(kept).String()]:
			// Each row once: a second one of the kind is none of MD-T2.
			delete(expected, t.modulo(kept).String())
		default:
			return fmt.Errorf("K = %d, n = %d: the projection has the row %v %v 0, which is none of MD-T2", t.K, t.N, kept, row.Relation)
		}
	}
	if equations != 1 || len(expected) > 0 {
		return fmt.Errorf("K = %d, n = %d: %d equations, want 1, and %d rows of MD-T2 are missing", t.K, t.N, equations, len(expected))
	}
	return nil
}

// boundForm is q(S) - B(S) over the supports of at least two tokens.
// In the variables of the projection: b_T first, then q_i.
func (t *TransportSystem) boundForm(set multidraft.Set) rational.RatVector {
	form := make(rational.RatVector, len(t.supports)+t.N)
	for j, support := range t.supports {
		if support.SubsetOf(set) {
			form[j] = rational.NewRat(-1, 1)
		}
	}
	for _, i := range set.Tokens() {
		form[len(t.supports)+i] = rational.NewRat(1, 1)
	}
	return form
}

// modulo replaces q_n by Σ b_T minus the other q_i and makes the form primitive.
func (t *TransportSystem) modulo(form rational.RatVector) rational.Vector {
	// What q_n counts is put on all the others, so that forms that differ by the equation are
	// equal.
	last := form[len(form)-1]
	reduced := append(rational.RatVector(nil), form...)
	for j := range reduced {
		if j < len(t.supports) {
			reduced[j] = reduced[j].Add(last)
		} else {
			reduced[j] = reduced[j].Sub(last)
		}
	}
	return reduced.Primitive()
}
