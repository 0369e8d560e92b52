package guess

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The factorisation in float64 solves what it factors, and names what is dependent.
func TestFactorer(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 3))
	f := &factorer{lu: &lu{}}
	for range 400 {
		n := 1 + r.IntN(30)
		m := sparseFloats(r, n)
		positions, rows := f.factor(n, func(p int) ([]int32, []float64) { return m[p].pattern, m[p].value })
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
func checkFactors(t *testing.T, f *factorer, m []*sparseVector) {
	t.Helper()
	n := len(m)
	r := rand.New(rand.NewPCG(uint64(n), 4))
	x, y, v, w := newSparseVector(n), newSparseVector(n), newSparseVector(n), newSparseVector(n)
	b := make([]float64, n)
	for i := range b {
		b[i] = r.Float64() - 0.5
		v.add(int32(i), b[i])
		w.add(int32(i), b[i])
	}
	f.forward(v, x)
	f.backward(w, y)
	forward := make([]float64, n)
	for p := range m {
		backward := 0.0
		for e, k := range m[p].pattern {
			forward[k] += m[p].value[e] * x.value[p]
			backward += m[p].value[e] * y.value[k]
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
		m := []*sparseVector{{}}
		for i := range n {
			m[0].pattern = append(m[0].pattern, int32(i))
			m[0].value = append(m[0].value, 1+r.Float64())
		}
		for i := 1; i < n; i++ {
			m = append(m, &sparseVector{pattern: []int32{0, int32(i)}, value: []float64{r.Float64() / float64(n), -1 - r.Float64()}})
		}
		f := &factorer{lu: &lu{}}
		// The second time it has the memory of the first.
		for range 2 {
			f.visits = 0
			positions, _ := f.factor(n, func(p int) ([]int32, []float64) { return m[p].pattern, m[p].value })
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
	m := make([]*sparseVector, n)
	for p := range m {
		m[p] = &sparseVector{}
		for i := range n {
			v := r.Float64() - 0.5
			if i == p {
				v += 20
			}
			m[p].pattern, m[p].value = append(m[p].pattern, int32(i)), append(m[p].value, v)
		}
	}
	f := &factorer{lu: &lu{}}
	for range 2 {
		if positions, _ := f.factor(n, func(p int) ([]int32, []float64) { return m[p].pattern, m[p].value }); len(positions) > 0 {
			t.Fatal("found singular")
		}
		checkFactors(t, f, m)
	}
}

// sparseFloats is a matrix by columns: the value of entry e of a column is value[e].
func sparseFloats(r *rand.Rand, n int) []*sparseVector {
	m := make([]*sparseVector, n)
	for p := range m {
		m[p] = &sparseVector{}
		for i := range n {
			if i == p || r.IntN(4) == 0 {
				m[p].pattern = append(m[p].pattern, int32(i))
				m[p].value = append(m[p].value, float64(r.IntN(19)-9)+0.5)
			}
		}
	}
	return m
}
