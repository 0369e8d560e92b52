package lu

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The factorisation in float64 solves what it factors, and names what is dependent.
func TestFactorer(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 3))
	f := &Factorer{Factors: &Factors{}}
	for range 400 {
		n := 1 + r.IntN(30)
		m := sparseFloats(r, n)
		positions, rows := f.Factor(n, func(p int) ([]int32, []float64) { return m[p].Pattern, m[p].Value })
		if len(positions) != len(rows) {
			t.Fatalf("%d positions, %d rows", len(positions), len(rows))
		}
		if len(positions) > 0 {
			continue
		}
		checkFactors(t, f, m)
	}
}

// checkFactors compares solutions with the factors with the matrix they were made of.
func checkFactors(t *testing.T, f *Factorer, m []*Vector) {
	t.Helper()
	n := len(m)
	r := rand.New(rand.NewPCG(uint64(n), 4))
	x, y, v, w := NewVector(n), NewVector(n), NewVector(n), NewVector(n)
	b := make([]float64, n)
	for i := range b {
		b[i] = r.Float64() - 0.5
		v.Add(int32(i), b[i])
		w.Add(int32(i), b[i])
	}
	f.Forward(v, x)
	f.Backward(w, y)
	forward := make([]float64, n)
	for p := range m {
		backward := 0.0
		for e, k := range m[p].Pattern {
			forward[k] += m[p].Value[e] * x.Value[p]
			backward += m[p].Value[e] * y.Value[k]
		}
		if math.Abs(backward-b[p]) > 1e-6 {
			t.Fatalf("size %d: residual %g of the transposed equation", n, backward-b[p])
		}
	}
	for i := range b {
		if math.Abs(forward[i]-b[i]) > 1e-6 {
			t.Fatalf("size %d: residual %g", n, forward[i]-b[i])
		}
	}
}

// A long row is in the way of every pivot of a star, and the hub is in every row: neither is
// gone through for each of them.
func TestFactorerLongRow(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 9))
	for _, n := range []int{50, 200, 3000} {
		// The hub is position 0; row i says what position i is, and row 0 is about all.
		m := []*Vector{{}}
		for i := range n {
			m[0].Pattern = append(m[0].Pattern, int32(i))
			m[0].Value = append(m[0].Value, 1+r.Float64())
		}
		for i := 1; i < n; i++ {
			m = append(m, &Vector{Pattern: []int32{0, int32(i)}, Value: []float64{r.Float64() / float64(n), -1 - r.Float64()}})
		}
		f := &Factorer{Factors: &Factors{}}
		// The second time it has the memory of the first.
		for range 2 {
			f.visits = 0
			positions, _ := f.Factor(n, func(p int) ([]int32, []float64) { return m[p].Pattern, m[p].Value })
			if len(positions) > 0 {
				t.Fatalf("size %d: found singular", n)
			}
			checkFactors(t, f, m)
			if limit := 50 * n; f.visits > limit {
				t.Errorf("size %d: %d visits, over %d", n, f.visits, limit)
			}
		}
	}
}

// Long rows of a matrix without zeros take the places of each other as they shrink.
func TestFactorerDense(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	const n = 100
	m := make([]*Vector, n)
	for p := range m {
		m[p] = &Vector{}
		for i := range n {
			v := r.Float64() - 0.5
			if i == p {
				v += 20
			}
			m[p].Pattern, m[p].Value = append(m[p].Pattern, int32(i)), append(m[p].Value, v)
		}
	}
	f := &Factorer{Factors: &Factors{}}
	for range 2 {
		if positions, _ := f.Factor(n, func(p int) ([]int32, []float64) { return m[p].Pattern, m[p].Value }); len(positions) > 0 {
			t.Fatal("found singular")
		}
		checkFactors(t, f, m)
	}
}

// sparseFloats is a matrix by columns: the value of entry e of a column is value[e].
func sparseFloats(r *rand.Rand, n int) []*Vector {
	m := make([]*Vector, n)
	for p := range m {
		m[p] = &Vector{}
		for i := range n {
			if i == p || r.IntN(4) == 0 {
				m[p].Pattern = append(m[p].Pattern, int32(i))
				m[p].Value = append(m[p].Value, float64(r.IntN(19)-9)+0.5)
			}
		}
	}
	return m
}
