package optimum

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// floatDistribution draws a distribution with the exact values of float32
// probabilities, as a language model gives them: log-normal, normalised.
func floatDistribution(rng *rand.Rand, n int) multidraft.Distribution {
	values := make([]float64, n)
	var total float64
	for i := range values {
		values[i] = math.Exp(2.5 * rng.NormFloat64())
		total += values[i]
	}
	// A common unit of 2^-62 holds every float32 above 2^-39.
	weights := make([]rational.Int, n)
	for i, v := range values {
		weights[i] = rational.NewInt(int64(math.Ldexp(float64(float32(v/total)), 62)))
	}
	d, err := multidraft.FromWeights("p", weights)
	if err != nil {
		panic(err)
	}
	return d
}

// BenchmarkPStarIID measures P* of K = 8 iid drafts by the size of the
// vocabulary: the time per token should grow as the logarithm of n.
func BenchmarkPStarIID(b *testing.B) {
	for _, n := range []int{1000, 10000, 100000, 1000000} {
		rng := rand.New(rand.NewPCG(1, uint64(n)))
		p, q := floatDistribution(rng, n), floatDistribution(rng, n)
		s, err := multidraft.New(multidraft.ModelIID, 8, []multidraft.Distribution{p}, q)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := Of(b.Context(), s); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/token")
		})
	}
}
