package doubledesc

import (
	"context"
	"fmt"
	"testing"

	"pstar/cone"
	"pstar/rational"
)

// feasibilityCone is F(k,n): u_i + v_T >= 0 for 2 <= |T| <= k, i in T.
func feasibilityCone(k, n int) *cone.H {
	h := &cone.H{Dim: n}
	for size := 2; size <= min(k, n); size++ {
		for mask := range 1 << n {
			members := []int{}
			for i := range n {
				if mask>>i&1 == 1 {
					members = append(members, i)
				}
			}
			if len(members) != size {
				continue
			}
			for _, i := range members {
				h.Inequalities = append(h.Inequalities, cone.Vector{
					{Index: i, Value: rational.NewInt(1)},
					{Index: h.Dim, Value: rational.NewInt(1)}})
			}
			h.Dim++
		}
	}
	return h
}

func BenchmarkFeasibilityCone(b *testing.B) {
	for _, c := range [][2]int{{2, 10}, {2, 12}, {2, 13}, {3, 9}, {3, 10}, {3, 12}, {4, 8}, {4, 10}, {6, 9}} {
		b.Run(fmt.Sprintf("k=%d/n=%d", c[0], c[1]), func(b *testing.B) {
			h := feasibilityCone(c[0], c[1])
			for b.Loop() {
				v, err := convert(context.Background(), h, Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(v.Rays)), "rays")
			}
		})
	}
}
