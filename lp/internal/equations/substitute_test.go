package equations

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// sparseMatrix is square, triangular up to the order of its lines but for a block.
func sparseMatrix(r *rand.Rand, n, block, bits int) *rational.Matrix {
	rows, cols := r.Perm(n), r.Perm(n)
	lines := make([]rational.Vector, n)
	for i := range lines {
		lines[i] = make(rational.Vector, n)
	}
	from := r.IntN(n - block + 1)
	for i := range n {
		for j := range n {
			inBlock := i >= from && i < from+block && j >= from && j < from+block
			if i == j || (j < i || inBlock) && r.IntN(3) == 0 {
				lines[rows[i]][cols[j]] = randomInt(r, 1+r.IntN(bits))
			}
		}
	}
	return rational.NewMatrix(lines, n)
}

// Substitution with lifting of the nucleus agrees with elimination, in both directions, on
// triangular matrices, on those with a block, and on singular ones.
func TestExactMatrixAgreesWithElimination(t *testing.T) {
	r := rand.New(rand.NewPCG(29, 2))
	triangular, mixed, several, singular := 0, 0, 0, 0
	for trial := range 600 {
		n := 1 + r.IntN(9)
		bits := []int{1, 4, 60, 200}[trial%4]
		m := sparseMatrix(r, n, r.IntN(n+1), bits)
		order := make([]int32, n)
		for k, j := range r.Perm(n) {
			order[k] = int32(j)
		}
		wish := order
		if trial%3 == 0 { // of two blocks, as a guess at pivots sees them
			m, order, wish = besides(r, sparseMatrix(r, n, n, bits), sparseMatrix(r, n, n, bits))
			n *= 2
		}
		start, row, value := columnsOf(m)
		e, positions, rows := NewMatrix(FirstPrime, Lines{Start: start, Index: row, Value: value}, order, wish)
		if m.Rank() < n {
			singular++
			if e != nil || len(positions) != n-m.Rank() || len(rows) != len(positions) {
				t.Fatalf("rank %d of %d: positions %v, rows %v", m.Rank(), n, positions, rows)
			}
			continue
		}
		if e.nucleus == nil {
			triangular++
		} else if len(e.nucleus) > 1 {
			several++
		} else if len(e.nucleus[0].positions) < n {
			mixed++
		}
		b := make([]rational.Int, n)
		want := make(rational.RatVector, n)
		for i := range b {
			if r.IntN(3) > 0 {
				b[i] = randomInt(r, 1+r.IntN(300))
			}
			want[i] = rational.RatFromInt(b[i])
		}
		for _, transposed := range []bool{false, true} {
			a := m
			if transposed {
				a = m.Transpose()
			}
			x, _ := a.Solve(want)
			got, err := e.Solve(context.Background(), b, transposed)
			if err != nil {
				t.Fatal(err)
			}
			for i, f := range got {
				if f.Den.Sign() <= 0 || !f.Rat().Equal(x[i]) || !rational.RatFromInts(f.Num, f.Den).Equal(x[i]) {
					t.Fatalf("trial %d: entry %d is %v/%v, elimination %v", trial, i, f.Num, f.Den, x[i])
				}
			}
		}
	}
	if triangular < 50 || mixed < 50 || several < 20 || singular < 10 {
		t.Errorf("%d triangular, %d mixed, %d singular matrices, %d of several blocks", triangular, mixed, singular, several)
	}
}

// besides is the matrix with a and b on its diagonal and zeros elsewhere, with its lines in any order, and its columns
// and rows in the order of the diagonal.
func besides(r *rand.Rand, a, b *rational.Matrix) (m *rational.Matrix, order, wish []int32) {
	n := a.Rows() + b.Rows()
	rows, cols := r.Perm(n), r.Perm(n)
	for i := range n {
		order, wish = append(order, int32(cols[i])), append(wish, int32(rows[i]))
	}
	lines := make([]rational.Vector, n)
	for i := range lines {
		lines[i] = make(rational.Vector, n)
	}
	for i := range n {
		for j := range n {
			switch k := a.Rows(); {
			case i < k && j < k:
				lines[rows[i]][cols[j]] = a.At(i, j)
			case i >= k && j >= k:
				lines[rows[i]][cols[j]] = b.At(i-k, j-k)
			}
		}
	}
	return rational.NewMatrix(lines, n), order, wish
}

// The entries of a solution have the denominator of their block, and not those of all blocks.
func TestBlocksHaveDenominatorsOfTheirOwn(t *testing.T) {
	const blocks = 300
	c := Lines{Start: []int32{0}}
	var order []int32
	var b []rational.Int
	for k := range int32(blocks) {
		// The determinant is 1 − (k+2)².
		for j := range int32(2) {
			c.Index = append(c.Index, 2*k, 2*k+1)
			c.Value = append(c.Value, rational.NewInt(1+int64(k+1)*int64(j)), rational.NewInt(int64(k+2)-int64(k+1)*int64(j)))
			c.Start = append(c.Start, int32(len(c.Index)))
			order, b = append(order, 2*k+j), append(b, rational.NewInt(int64(j)))
		}
	}
	m, _, _ := NewMatrix(FirstPrime, c, order, order)
	if m == nil {
		t.Fatal("the matrix is singular")
	}
	for _, transposed := range []bool{false, true} {
		x, err := m.Solve(context.Background(), b, transposed)
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range x {
			if most := int64(i/2+2)*int64(i/2+2) - 1; f.Den.Cmp(rational.NewInt(most)) > 0 {
				t.Errorf("entry %d is over %v", i, f.Den)
			}
		}
	}
}
