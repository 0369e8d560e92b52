package rational

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// randomMatrix draws small entries, or entries beyond machine words; rows are
// often combinations of earlier ones, so that every rank occurs.
func randomMatrix(r *rand.Rand, rows, cols int) *Matrix {
	draw := smallInt
	if r.IntN(4) == 0 {
		draw = randomInt
	}
	var out []Vector
	for i := range rows {
		if i >= 2 && r.IntN(3) == 0 {
			out = append(out, Combine(smallInt(r), out[r.IntN(i)], smallInt(r), out[r.IntN(i)]))
			continue
		}
		out = append(out, randomVector(r, cols, draw))
	}
	return NewMatrix(out, cols)
}

// naiveEchelon is the oracle: Gauss–Jordan with fractions, on rows of any width.
// It returns the nonzero rows with leading ones, and the columns of these.
func naiveEchelon(rows []RatVector, cols int) (basis []RatVector, pivots []int) {
	rows = slices.Clone(rows)
	for c := range cols {
		r := len(pivots)
		i := slices.IndexFunc(rows[r:], func(row RatVector) bool { return !row[c].IsZero() })
		if i < 0 {
			continue
		}
		rows[r], rows[r+i] = rows[r+i], rows[r]
		rows[r] = rows[r].Scale(rows[r][c].Inv())
		for k := range rows {
			if k != r {
				rows[k] = rows[k].Sub(rows[r].Scale(rows[k][c]))
			}
		}
		pivots = append(pivots, c)
	}
	return rows[:len(pivots)], pivots
}

func ratRows(m *Matrix) []RatVector {
	var rows []RatVector
	for i := range m.Rows() {
		rows = append(rows, m.Row(i).Rats())
	}
	return rows
}

func intRows(m *Matrix) []Vector {
	var rows []Vector
	for i := range m.Rows() {
		rows = append(rows, m.Row(i))
	}
	return rows
}

// forMatrices calls f with many matrices of all shapes, none empty of columns
// only: 0×n and n×0 are included.
func forMatrices(t *testing.T, seed uint64, f func(r *rand.Rand, m *Matrix)) {
	t.Helper()
	r := newRand(seed)
	for range 3_000 {
		f(r, randomMatrix(r, r.IntN(6), r.IntN(6)))
	}
}

func TestRankAgainstGauss(t *testing.T) {
	forMatrices(t, 40, func(_ *rand.Rand, m *Matrix) {
		before := NewMatrix(intRows(m), m.Cols())
		if _, pivots := naiveEchelon(ratRows(m), m.Cols()); m.Rank() != len(pivots) {
			t.Fatalf("rank %d, want %d of\n%v", m.Rank(), len(pivots), m)
		}
		if !slices.EqualFunc(intRows(m), intRows(before), Vector.Equal) {
			t.Fatal("elimination changed the matrix")
		}
	})
}

func TestNullSpace(t *testing.T) {
	forMatrices(t, 42, func(_ *rand.Rand, m *Matrix) {
		null := m.NullSpace()
		if m.Rank()+len(null) != m.Cols() {
			t.Fatalf("rank %d and nullity %d of\n%v", m.Rank(), len(null), m)
		}
		for _, x := range null {
			for _, row := range intRows(m) {
				if !row.Dot(x).IsZero() {
					t.Fatalf("%v is not in the kernel of\n%v", x, m)
				}
			}
			for _, c := range x {
				checkCanonical(t, "kernel entry", c)
			}
		}
		basis, _ := naiveEchelon(ratRows(NewMatrix(null, m.Cols())), m.Cols())
		if !slices.EqualFunc(basis, null, func(b RatVector, x Vector) bool { return b.Primitive().Equal(x) }) {
			t.Fatalf("kernel basis %v is not in reduced echelon form %v", null, basis)
		}
	})
}

// Row operations do not change the kernel, and so not its basis.
func TestNullSpaceDependsOnRowSpaceOnly(t *testing.T) {
	forMatrices(t, 41, func(r *rand.Rand, m *Matrix) {
		rows := intRows(m)
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		for range 3 {
			if len(rows) > 1 {
				i, j := r.IntN(len(rows)), r.IntN(len(rows)-1)
				if j >= i {
					j++
				}
				rows[i] = Combine(NewInt(-2), rows[i], smallInt(r), rows[j])
			}
		}
		a, b := m.NullSpace(), NewMatrix(rows, m.Cols()).NullSpace()
		if !slices.EqualFunc(a, b, Vector.Equal) {
			t.Fatalf("%v and %v from\n%v", a, b, m)
		}
	})
}

func TestSolve(t *testing.T) {
	outcomes := map[bool]int{}
	forMatrices(t, 43, func(r *rand.Rand, m *Matrix) {
		b := make(RatVector, m.Rows())
		for i := range b {
			b[i] = smallRat(r)
		}
		if r.IntN(2) == 0 { // a right-hand side that has a solution
			x := make(RatVector, m.Cols())
			for i := range x {
				x[i] = smallRat(r)
			}
			for i := range b {
				b[i] = m.Row(i).Rats().Dot(x)
			}
		}
		x, ok := m.Solve(b)
		outcomes[ok]++
		checkSolution(t, m, b, x, ok)
	})
	if outcomes[true] < 500 || outcomes[false] < 500 {
		t.Errorf("outcomes %v: too few of one kind", outcomes)
	}
}

// checkSolution multiplies back; that there is no solution shows in the rank of
// the augmented matrix, computed by the oracle.
func checkSolution(t *testing.T, m *Matrix, b, x RatVector, ok bool) {
	t.Helper()
	if !ok {
		augmented := ratRows(m)
		for i := range augmented {
			augmented[i] = append(augmented[i], b[i])
		}
		_, pivots := naiveEchelon(augmented, m.Cols()+1)
		if x != nil || !slices.Contains(pivots, m.Cols()) {
			t.Fatalf("x = %v, but b = %v has a solution with\n%v", x, b, m)
		}
		return
	}
	if len(x) != m.Cols() {
		t.Fatalf("solution of length %d for %d columns", len(x), m.Cols())
	}
	for i := range b {
		if got := m.Row(i).Rats().Dot(x); !got.Equal(b[i]) {
			t.Fatalf("row %d gives %v, want %v, for\n%v", i, got, b[i], m)
		}
	}
	_, pivots := naiveEchelon(ratRows(m), m.Cols())
	for j, c := range x {
		if !c.IsZero() && !slices.Contains(pivots, j) {
			t.Fatalf("x[%d] = %v outside the pivot columns %v", j, c, pivots)
		}
	}
}

func TestMatrixShapes(t *testing.T) {
	empty := NewMatrix(nil, 3)
	if empty.Rows() != 0 || empty.Cols() != 3 || empty.Rank() != 0 || len(empty.NullSpace()) != 3 {
		t.Error("the 0×3 matrix is treated wrongly")
	}
	m := NewMatrix([]Vector{NewVector(1, 2, 3), NewVector(4, 5, 6)}, 3)
	if got := m.String(); got != "[1 2 3]\n[4 5 6]\n" {
		t.Errorf("String: %q", got)
	}
	if got := m.Transpose().String(); got != "[1 4]\n[2 5]\n[3 6]\n" {
		t.Errorf("transposed: %q", got)
	}
	for message, f := range map[string]func(){
		"rational: row 1 of length 2 in a matrix of 3 columns": func() { NewMatrix([]Vector{NewVector(1, 2, 3), NewVector(1, 2)}, 3) },
		"rational: negative number of columns":                 func() { NewMatrix(nil, -1) },
		"rational: row 2 of a matrix of 2 rows":                func() { m.At(2, 0) },
		"rational: row -1 of a matrix of 2 rows":               func() { m.Row(-1) },
		"rational: Solve of vectors of length 2 and 1":         func() { m.Solve(RatVector{{}}) },
	} {
		mustPanic(t, message, f)
	}
}
