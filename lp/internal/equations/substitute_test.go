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
	triangular, mixed, singular := 0, 0, 0
	for trial := range 600 {
		n := 1 + r.IntN(9)
		m := sparseMatrix(r, n, r.IntN(n+1), []int{1, 4, 60, 200}[trial%4])
		start, row, value := columnsOf(m)
		order := make([]int32, n)
		for k, j := range r.Perm(n) {
			order[k] = int32(j)
		}
		e, positions, rows := NewMatrix(FirstPrime, Lines{start, row, value}, order, order)
		if m.Rank() < n {
			singular++
			if e != nil || len(positions) != n-m.Rank() || len(rows) != len(positions) {
				t.Fatalf("rank %d of %d: positions %v, rows %v", m.Rank(), n, positions, rows)
			}
			continue
		}
		if e.nucleus == nil {
			triangular++
		} else if len(e.positions) < n {
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
	if triangular < 50 || mixed < 50 || singular < 10 {
		t.Errorf("%d triangular, %d mixed, %d singular matrices", triangular, mixed, singular)
	}
}
