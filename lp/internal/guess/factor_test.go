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
	for trial := range 400 {
		n := 1 + r.IntN(30)
		m := sparseFloats(r, n)
		positions, rows := f.factor(n, func(p int) ([]int32, []float64) { return m[p].pattern, m[p].value })
		if len(positions) != len(rows) {
			t.Fatalf("%d positions, %d rows", len(positions), len(rows))
		}
		if len(positions) > 0 {
			continue
		}
		x, y, v, w := newSparseVector(n), newSparseVector(n), newSparseVector(n), newSparseVector(n)
		b := make([]float64, n)
		for i := range b {
			b[i] = r.Float64() - 0.5
			v.add(int32(i), b[i])
			w.add(int32(i), b[i])
		}
		f.forward(v, x)
		f.backward(w, y)
		for i := range b {
			forward, backward := 0.0, 0.0
			for p := range m {
				for e, k := range m[p].pattern {
					if int(k) == i {
						forward += m[p].value[e] * x.value[p]
					}
					if p == i {
						backward += m[p].value[e] * y.value[k]
					}
				}
			}
			if math.Abs(forward-b[i]) > 1e-6 || math.Abs(backward-b[i]) > 1e-6 {
				t.Fatalf("trial %d, size %d: residuals %g and %g", trial, n, forward-b[i], backward-b[i])
			}
		}
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
