package equations

import (
	"context"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

func TestLiftPrimes(t *testing.T) {
	for v := uint64(1<<50 - 1); v > FirstPrime; v-- {
		if new(big.Int).SetUint64(v).ProbablyPrime(20) {
			t.Errorf("%d is a prime", v)
		}
	}
	if !new(big.Int).SetUint64(FirstPrime).ProbablyPrime(20) || PrimeBelow(FirstPrime) != 1<<50-35 {
		t.Errorf("%d and %d should be the largest primes below 2^50", FirstPrime, PrimeBelow(FirstPrime))
	}
}

func TestModulus(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 1))
	m := newModulus(FirstPrime)
	p := new(big.Int).SetUint64(m.p)
	for range 10000 {
		a, b := r.Uint64N(m.p), r.Uint64N(m.p)
		want := new(big.Int).Mul(new(big.Int).SetUint64(a), new(big.Int).SetUint64(b))
		want.Mod(want, p)
		if got := m.mul(a, m.montgomery(b)); got != want.Uint64() {
			t.Fatalf("%d·%d = %d, want %v", a, b, got, want)
		}
		if a != 0 && m.mul(m.invert(m.montgomery(a)), a) != 1 {
			t.Fatalf("1/%d is wrong", a)
		}
		v := r.Int64() - math.MaxInt64/2
		if got, want := m.ofInt64(v), new(big.Int).Mod(big.NewInt(v), p); got != want.Uint64() {
			t.Fatalf("%d modulo p is %d, want %v", v, got, want)
		}
	}
}

// randomMatrix is square and sparse, with entries of at most the given bits.
func randomMatrix(r *rand.Rand, n, bits int) *rational.Matrix {
	rows := make([]rational.Vector, n)
	for i := range rows {
		rows[i] = make(rational.Vector, n)
		for j := range rows[i] {
			if i == j || r.IntN(3) == 0 {
				rows[i][j] = randomInt(r, 1+r.IntN(bits))
			}
		}
	}
	return rational.NewMatrix(rows, n)
}

func randomInt(r *rand.Rand, bits int) rational.Int {
	v := new(big.Int)
	for v.BitLen() < bits {
		v.Lsh(v, 32).Or(v, big.NewInt(int64(r.Uint32())))
	}
	v.Rsh(v, uint(v.BitLen()-bits))
	if r.IntN(2) == 0 {
		v.Neg(v)
	}
	return rational.IntFromBig(v)
}

// columnsOf returns a matrix by columns, without zeros.
func columnsOf(m *rational.Matrix) (start, row []int32, value []rational.Int) {
	start = append(start, 0)
	for j := range m.Cols() {
		for i := range m.Rows() {
			if v := m.At(i, j); !v.IsZero() {
				row, value = append(row, int32(i)), append(value, v)
			}
		}
		start = append(start, int32(len(row)))
	}
	return start, row, value
}

// Lifting agrees with elimination, for entries and right sides of one digit and of
// many, and finds singular matrices.
func TestLifterAgreesWithElimination(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 2))
	singular, regular := 0, 0
	for trial := range 600 {
		n := 1 + r.IntN(7)
		m := randomMatrix(r, n, []int{1, 20, 60, 200}[trial%4])
		start, row, value := columnsOf(m)
		order := make([]int32, n)
		for k, j := range r.Perm(n) {
			order[k] = int32(j)
		}
		l, positions, rows := newLifter([]uint64{FirstPrime, PrimeBelow(FirstPrime)}[trial%2], start, row, value, order, order)
		if m.Rank() < n {
			singular++
			if l != nil || len(positions) != n-m.Rank() || len(rows) != len(positions) {
				t.Fatalf("rank %d of %d: positions %v, rows %v", m.Rank(), n, positions, rows)
			}
			continue
		}
		regular++
		b := make([]rational.Int, n)
		want := make(rational.RatVector, n)
		for i := range b {
			b[i] = randomInt(r, 1+r.IntN(300))
			want[i] = rational.RatFromInt(b[i])
		}
		for _, transposed := range []bool{false, true} {
			a := m
			if transposed {
				a = m.Transpose()
			}
			x, _ := a.Solve(want)
			num, den, err := l.solve(context.Background(), b, transposed)
			if err != nil {
				t.Fatal(err)
			}
			for i := range num {
				if got := rational.RatFromInts(num[i], den); !got.Equal(x[i]) {
					t.Fatalf("trial %d: entry %d is %v, elimination %v", trial, i, got, x[i])
				}
			}
		}
	}
	if singular < 15 || regular < 300 {
		t.Errorf("%d singular, %d regular matrices", singular, regular)
	}
}

// Digits put together by a product tree are the number that they are put together one by one.
func TestResidues(t *testing.T) {
	r := rand.New(rand.NewPCG(61, 1))
	for _, n := range []int{1, 2, 63, 64, 65, 127, 128, 129, 200, 511, 513} {
		digits, want := make([][]uint64, n), new(big.Int)
		for k := range digits {
			digits[k] = []uint64{0, r.Uint64N(FirstPrime)}
		}
		for k := n - 1; k >= 0; k-- {
			want.Mul(want, new(big.Int).SetUint64(FirstPrime))
			want.Add(want, new(big.Int).SetUint64(digits[k][1]))
		}
		s := newReconstruction(digits, FirstPrime)
		if got := s.residue(1); got.Cmp(want) != 0 || s.residue(0).Sign() != 0 {
			t.Errorf("%d digits: %v, want %v", n, got, want)
		}
	}
}
