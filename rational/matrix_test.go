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

// naiveDet expands along the first row.
func naiveDet(rows []Vector) Int {
	if len(rows) == 0 {
		return NewInt(1)
	}
	var det Int
	for j, c := range rows[0] {
		var minor []Vector
		for _, row := range rows[1:] {
			minor = append(minor, slices.Concat(row[:j], row[j+1:]))
		}
		term := c.Mul(naiveDet(minor))
		if j%2 == 1 {
			term = term.Neg()
		}
		det = det.Add(term)
	}
	return det
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

func TestRowEchelonAgainstGauss(t *testing.T) {
	forMatrices(t, 40, func(_ *rand.Rand, m *Matrix) {
		before := NewMatrix(intRows(m), m.Cols())
		basis, pivots := m.RowEchelon()
		want, wantPivots := naiveEchelon(ratRows(m), m.Cols())
		if !slices.Equal(pivots, wantPivots) || len(basis) != len(want) || m.Rank() != len(want) {
			t.Fatalf("pivots %v, rank %d, want %v of\n%v", pivots, m.Rank(), wantPivots, m)
		}
		for i, row := range basis {
			// The rows of the oracle have a leading one, hence the same direction.
			if !row.Equal(want[i].Primitive()) {
				t.Fatalf("row %d = %v, want %v of\n%v", i, row, want[i], m)
			}
			for _, c := range row {
				checkCanonical(t, "echelon entry", c)
			}
		}
		if !m.Equal(before) {
			t.Fatal("elimination changed the matrix")
		}
	})
}

// Row operations do not change the row echelon form.
func TestRowEchelonDependsOnRowSpaceOnly(t *testing.T) {
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
		a, _ := m.RowEchelon()
		b, _ := NewMatrix(rows, m.Cols()).RowEchelon()
		if !slices.EqualFunc(a, b, Vector.Equal) {
			t.Fatalf("%v and %v from\n%v", a, b, m)
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
			if !m.MulVector(x).IsZero() {
				t.Fatalf("%v is not in the kernel of\n%v", x, m)
			}
		}
		basis, _ := NewMatrix(null, m.Cols()).RowEchelon()
		if !slices.EqualFunc(basis, null, Vector.Equal) {
			t.Fatalf("kernel basis %v is not in reduced echelon form %v", null, basis)
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
	_, pivots := m.RowEchelon()
	for j, c := range x {
		if !c.IsZero() && !slices.Contains(pivots, j) {
			t.Fatalf("x[%d] = %v outside the pivot columns %v", j, c, pivots)
		}
	}
}

func TestDetAndInverse(t *testing.T) {
	r := newRand(44)
	for range 2_000 {
		n := r.IntN(6)
		m := randomMatrix(r, n, n)
		det := m.Det()
		checkInt(t, "Det", det, naiveDet(intRows(m)).Big())
		inverse, ok := m.Inverse()
		if ok == det.IsZero() {
			t.Fatalf("determinant %v, inverse %t", det, ok)
		}
		for i := range inverse {
			for j := range n {
				product := inverse[i].Dot(m.Transpose().Row(j).Rats())
				if want := RatFromInt(Identity(n).At(i, j)); !product.Equal(want) {
					t.Fatalf("entry %d,%d of the product with the inverse is %v", i, j, product)
				}
			}
		}
	}
}

// The Hilbert matrix has an integer inverse with entries that are large and known
// to be hard for floats; scaled by the common denominator it is an integer matrix.
func TestInverseOfHilbert(t *testing.T) {
	const n = 12
	scale := NewInt(1)
	for i := range 2 * n {
		scale = LCM(scale, NewInt(int64(i+1)))
	}
	rows := make([]Vector, n)
	for i := range rows {
		for j := range n {
			rows[i] = append(rows[i], scale.DivExact(NewInt(int64(i+j+1))))
		}
	}
	inverse, ok := NewMatrix(rows, n).Inverse()
	if !ok {
		t.Fatal("singular")
	}
	var sum Rat
	for i := range n {
		for _, c := range inverse[i].Scale(RatFromInt(scale)) {
			if !c.IsInt() {
				t.Fatalf("entry %v is not an integer", c)
			}
			sum = sum.Add(c)
		}
	}
	// The entries of the inverse of the n×n Hilbert matrix sum to n².
	if !sum.Equal(NewRat(n*n, 1)) {
		t.Errorf("sum of entries %v, want %d", sum, n*n)
	}
}

func TestMatrixProduct(t *testing.T) {
	r := newRand(45)
	for range 500 {
		n, k, l := r.IntN(4), r.IntN(4), r.IntN(4)
		a, b, x := randomMatrix(r, n, k), randomMatrix(r, k, l), randomVector(r, l, randomInt)
		if !a.Mul(b).MulVector(x).Equal(a.MulVector(b.MulVector(x))) {
			t.Fatal("(AB)x differs from A(Bx)")
		}
		if !a.Mul(b).Transpose().Equal(b.Transpose().Mul(a.Transpose())) {
			t.Fatal("the transpose of AB is not that of B times that of A")
		}
		if !a.Mul(Identity(k)).Equal(a) || !Identity(n).Mul(a).Equal(a) {
			t.Fatal("the identity changes the matrix")
		}
	}
}

func TestMatrixShapes(t *testing.T) {
	empty := NewMatrix(nil, 3)
	if empty.Rows() != 0 || empty.Cols() != 3 || empty.Rank() != 0 || len(empty.NullSpace()) != 3 {
		t.Error("the 0×3 matrix is treated wrongly")
	}
	if got := NewMatrix(nil, 0).Det(); !got.IsOne() {
		t.Errorf("determinant of the 0×0 matrix is %v", got)
	}
	m := NewMatrix([]Vector{NewVector(1, 2, 3), NewVector(4, 5, 6)}, 3)
	if got := m.String(); got != "[1 2 3]\n[4 5 6]\n" {
		t.Errorf("String: %q", got)
	}
	if m.Equal(m.Transpose()) || m.Equal(empty) {
		t.Error("matrices of different shape are equal")
	}
	for message, f := range map[string]func(){
		"rational: row 1 of length 2 in a matrix of 3 columns": func() { NewMatrix([]Vector{NewVector(1, 2, 3), NewVector(1, 2)}, 3) },
		"rational: negative number of columns":                 func() { NewMatrix(nil, -1) },
		"rational: row 2 of a matrix of 2 rows":                func() { m.At(2, 0) },
		"rational: row -1 of a matrix of 2 rows":               func() { m.Row(-1) },
		"rational: product of a 2×3 and a 2×3 matrix":          func() { m.Mul(m) },
		"rational: determinant of a matrix that is not square": func() { m.Det() },
		"rational: inverse of a matrix that is not square":     func() { m.Inverse() },
		"rational: Solve of vectors of length 2 and 1":         func() { m.Solve(RatVector{{}}) },
	} {
		mustPanic(t, message, f)
	}
}
