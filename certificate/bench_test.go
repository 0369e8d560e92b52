package certificate

import (
	"bytes"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"
)

// closedFormLaw is b_T for iid drafts by inclusion and exclusion, for cells whose
// words are too many to enumerate.
func closedFormLaw(k, n int, p []*big.Rat) map[uint64]*big.Rat {
	b := make(map[uint64]*big.Rat)
	for _, t := range naiveSupports(k, n, 1) {
		sum := new(big.Rat)
		for a := t; a != 0; a = (a - 1) & t {
			pA := new(big.Rat)
			for _, i := range naiveTokens(a) {
				pA.Add(pA, p[i-1])
			}
			term := big.NewRat(1, 1)
			for range k {
				term.Mul(term, pA)
			}
			if (len(naiveTokens(t))-len(naiveTokens(a)))%2 == 1 {
				term.Neg(term)
			}
			sum.Add(sum, term)
		}
		b[t] = sum
	}
	return b
}

// largeDocument is complete, with ten iid instances of which the first few differ.
func largeDocument(k, n, different int) []byte {
	rng := rand.New(rand.NewPCG(6, 14))
	d := prove(cell{k: k, n: n, exponent: k, cones: true, identity: true})
	for range different {
		a := asked{Drafts{Model: IID, P: positiveLaw(rng, n)}, randomLaw(rng, n, 100)}
		d.Instances = append(d.Instances, instanceFor(k, n, a, closedFormLaw(k, n, a.drafts.P)))
	}
	for len(d.Instances) < 10 {
		d.Instances = append(d.Instances, d.Instances[0])
	}
	d.Claims = d.Derive()
	return written(d)
}

func BenchmarkCheck(b *testing.B) {
	for _, c := range []struct{ k, n int }{{3, 10}, {6, 14}} {
		document := largeDocument(c.k, c.n, 2)
		b.Run(fmt.Sprintf("K=%d/N=%d", c.k, c.n), func(b *testing.B) {
			b.SetBytes(int64(len(document)))
			for b.Loop() {
				if _, err := Check(bytes.NewReader(document)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
