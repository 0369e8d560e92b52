package doubledesc

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/cone"
	"pstar/doubledesc/redundancy"
	"pstar/rational"
)

// The shapes of bench/families in sizes for which one conversion takes some
// milliseconds, rows to rays; the other direction is that of the polar, which has another name.
func benchmarkShapes() map[string]*cone.H {
	random := rand.New(rand.NewPCG(25, 26))
	rows := func(count, dim int, entry func(i, j int) int64) *cone.H {
		h := &cone.H{Dim: dim}
		for i := range count {
			row := make([]int64, dim)
			for j := range row {
				row[j] = entry(i, j)
			}
			h.Inequalities = append(h.Inequalities, ints(row)...)
		}
		return h
	}
	cube := func(n int) *cone.H {
		return rows(2*n, n+1, func(i, j int) int64 {
			if j == 0 || j == i/2+1 {
				return int64(1 - 2*(i%2)*min(j, 1))
			}
			return 0
		})
	}
	signs := func(n int) *cone.H {
		return rows(1<<n, n+1, func(i, j int) int64 {
			if j == 0 {
				return 1
			}
			return int64(1 - 2*(i>>(j-1)&1))
		})
	}
	power := func(t int64, n int) int64 {
		x := int64(1)
		for range n {
			x *= t
		}
		return x
	}
	oneOr := func(j int, x int64) int64 {
		if j == 0 {
			return 1
		}
		return x
	}
	facets := cube(7).Inequalities
	sums := &cone.H{Dim: 8, Inequalities: facets}
	one := rational.NewInt(1)
	for range 500 {
		a := cone.Combine(one, facets[random.IntN(14)], one, facets[random.IntN(14)])
		sums.Inequalities = append(sums.Inequalities, cone.Combine(one, a, rational.NewInt(random.Int64N(2)), facets[random.IntN(14)]))
	}
	return map[string]*cone.H{
		"cube-9":          cube(9),  // and the facets of the cross-polytope
		"cross-8":         signs(8), // and the facets of the cube
		"cyclic-16-8":     rows(16, 9, func(i, j int) int64 { return power(int64(i+1), j) }),
		"zeroone-8-40":    rows(40, 9, func(_, j int) int64 { return oneOr(j, random.Int64N(2)) }),
		"transport-3-4":   transport(3, 4),
		"redundant-8-500": sums,
		"wide-6-20": rows(20, 7, func(_, j int) int64 {
			if j == 0 {
				return 1 << 40
			}
			return random.Int64N(1<<41) - 1<<40
		}),
	}
}

// transport is the cone over the nonnegative m by n matrices with margins that
// make the polytope simple.
func transport(m, n int) *cone.H {
	h := &cone.H{Dim: 1 + m*n}
	margin := func(sum int64, cells func(k int) bool) {
		row := make([]int64, h.Dim)
		row[0] = -sum
		for k := range m * n {
			if cells(k) {
				row[1+k] = 1
			}
		}
		h.Equations = append(h.Equations, ints(row)...)
	}
	for i := range m {
		margin(int64(100*n+7*i), func(k int) bool { return k/n == i })
	}
	for j := range n - 1 {
		margin(int64(100*m+3*j), func(k int) bool { return k%n == j })
	}
	for k := range h.Dim {
		h.Inequalities = append(h.Inequalities, cone.Unit(k, 1))
	}
	return h
}

func BenchmarkShapes(b *testing.B) {
	shapes := benchmarkShapes()
	for _, name := range []string{"cube-9", "cross-8", "cyclic-16-8", "zeroone-8-40", "transport-3-4", "redundant-8-500", "wide-6-20"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				v, err := Rays(context.Background(), shapes[name], Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(v.Rays)), "rays")
			}
		})
	}
}

func BenchmarkRedundant(b *testing.B) {
	shapes := benchmarkShapes()
	for _, name := range []string{"cross-8", "redundant-8-500", "wide-6-20"} {
		b.Run(name, func(b *testing.B) {
			h := shapes[name]
			f := cone.PolyhedronByRows(&cone.H{Dim: h.Dim, Inequalities: h.Inequalities})
			for b.Loop() {
				r, err := redundancy.Find(context.Background(), f, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(r.Kept().Rows)), "kept")
			}
		})
	}
}

// The shapes are what their names say: the number of rays is known. Every order gives
// the same rays.
func TestEveryOrderGivesTheSameRays(t *testing.T) {
	known := map[string]int{"cube-9": 512, "cross-8": 16, "redundant-8-500": 128, "cyclic-16-8": 660}
	for name, h := range benchmarkShapes() {
		want := rays(t, h, Options{})
		if n, ok := known[name]; ok && len(want.Rays) != n {
			t.Errorf("%s has %d rays, want %d", name, len(want.Rays), n)
		}
		if name == "cross-8" || name == "cyclic-16-8" {
			continue // large cones in between, in some orders
		}
		for _, order := range allOrders[1:] {
			if name == "cube-9" && order == MaxCutoff {
				continue // the same
			}
			if got := rays(t, h, Options{Order: order, Method: DoubleDescription}); !cone.Equal(want, got) || len(got.Rays) != len(want.Rays) {
				t.Errorf("%s: order %v gives %d rays, the default %d", name, order, len(got.Rays), len(want.Rays))
			}
		}
	}
}
