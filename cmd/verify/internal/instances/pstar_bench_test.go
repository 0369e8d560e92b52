package instances_test

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// BenchmarkPStarVocabulary measures the command on a vocabulary: P* of eight drafts
// over 128 000 tokens with probabilities in float32, arrays read exactly.
func BenchmarkPStarVocabulary(b *testing.B) {
	const n = 128_000
	rng := rand.New(rand.NewPCG(1, n))
	var paths [2]string
	for j := range paths {
		values := make([]float64, n)
		total := 0.0
		for i := range values {
			values[i] = math.Exp(2.5 * rng.NormFloat64())
			total += values[i]
		}
		for i := range values {
			values[i] /= total
		}
		paths[j] = filepath.Join(b.TempDir(), "array.npy")
		if err := os.WriteFile(paths[j], []byte(npyBytes("<f4", "False", []int{n}, values...)), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if status, _, stderr := verify("pstar", "-k", "8", "-normalize", "-p", paths[0], "-q", paths[1]); status != run.ExitVerified {
			b.Fatal(stderr)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/token")
}
