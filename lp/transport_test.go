package lp

import (
	"context"
	"math/bits"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// bruteCut returns the least capacity of a cut over all sets of sinks, and the
// smallest set that attains it, by trying every one.
func bruteCut(t *Transport) (rational.Int, uint64) {
	var best rational.Int
	var smallest uint64
	for set := uint64(0); set < 1<<len(t.Demand); set++ {
		var value rational.Int
		for i, d := range t.Demand {
			if set>>i&1 == 1 {
				value = value.Add(d)
			}
		}
		for s, arcs := range t.Arcs {
			for _, i := range arcs {
				if set>>i&1 == 0 {
					value = value.Add(t.Supply[s])
					break
				}
			}
		}
		c := value.Cmp(best)
		if set == 0 || c < 0 || c == 0 && bits.OnesCount64(set) < bits.OnesCount64(smallest) {
			best, smallest = value, set
		}
	}
	return best, smallest
}

// amounts are drawn so that zeros, ties, small and wide numbers all occur.
func randomAmount(r *rand.Rand, kind int) rational.Int {
	switch kind {
	case 0:
		return rational.NewInt(r.Int64N(3))
	case 1:
		return rational.NewInt(r.Int64N(40))
	case 2:
		return rational.NewInt(r.Int64())
	}
	return rational.NewInt(r.Int64()).Mul(rational.NewInt(r.Int64()))
}

func randomTransport(r *rand.Rand, sources, sinks int) *Transport {
	kind := r.IntN(4)
	t := &Transport{}
	for range sinks {
		t.Demand = append(t.Demand, randomAmount(r, kind))
	}
	for range sources {
		t.Supply = append(t.Supply, randomAmount(r, kind))
		var arcs []int32
		for i := range sinks {
			if r.IntN(3) == 0 {
				arcs = append(arcs, int32(i))
			}
		}
		r.Shuffle(len(arcs), func(a, b int) { arcs[a], arcs[b] = arcs[b], arcs[a] })
		t.Arcs = append(t.Arcs, arcs)
	}
	return t
}

var transportMethods = []struct {
	name  string
	solve func(context.Context, *Transport) (*Flow, error)
}{
	{"MaxFlow", MaxFlow},
	{"NetworkSimplex", NetworkSimplex},
}

func cutSet(f *Flow) (set uint64) {
	for i, cut := range f.CutSinks {
		if cut {
			set |= 1 << i
		}
	}
	return set
}

func TestTransportAgreesWithAllCuts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 7))
	for trial := range 4000 {
		p := randomTransport(r, r.IntN(12), r.IntN(7))
		value, smallest := bruteCut(p)
		for _, m := range transportMethods {
			f, err := m.solve(context.Background(), p)
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Verify(f); err != nil {
				t.Fatalf("trial %d, %s: %v\n%+v", trial, m.name, err, p)
			}
			if !f.Value.Equal(value) || cutSet(f) != smallest {
				t.Fatalf("trial %d, %s: value %v cut %b, all cuts give %v and %b\n%+v",
					trial, m.name, f.Value, cutSet(f), value, smallest, p)
			}
		}
	}
}

// supports is the transport problem of n tokens and up to k drafts: one source for
// every set of 2 to k tokens.
func supports(r *rand.Rand, n, k int, amount func() rational.Int) *Transport {
	t := &Transport{}
	for range n {
		t.Demand = append(t.Demand, amount())
	}
	for set := uint64(0); set < 1<<n; set++ {
		if size := bits.OnesCount64(set); size < 2 || size > k {
			continue
		}
		var arcs []int32
		for rest := set; rest != 0; rest &= rest - 1 {
			arcs = append(arcs, int32(bits.TrailingZeros64(rest)))
		}
		t.Supply = append(t.Supply, amount())
		t.Arcs = append(t.Arcs, arcs)
	}
	return t
}

// largeSupports has the size of the cell (6,14), values of about 100 bits, and as
// much demand as supply, so that the flow has to be rearranged.
func largeSupports(seed uint64) *Transport {
	r := rand.New(rand.NewPCG(seed, 14))
	t := supports(r, 14, 6, func() rational.Int {
		return rational.NewInt(r.Int64()).Mul(rational.NewInt(r.Int64N(1 << 37)))
	})
	share := rational.NewInt(int64(len(t.Supply)/len(t.Demand)) + 1)
	for i := range t.Demand {
		t.Demand[i] = t.Demand[i].Mul(share)
	}
	return t
}

func TestTransportMethodsAgreeOnLargeSupports(t *testing.T) {
	for seed := range uint64(3) {
		p := largeSupports(seed)
		a, err := MaxFlow(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		b, err := NetworkSimplex(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range []*Flow{a, b} {
			if err := p.Verify(f); err != nil {
				t.Fatal(err)
			}
		}
		if !a.Value.Equal(b.Value) || cutSet(a) != cutSet(b) {
			t.Errorf("seed %d: MaxFlow %v %b, NetworkSimplex %v %b", seed, a.Value, cutSet(a), b.Value, cutSet(b))
		}
	}
}

func BenchmarkTransport(b *testing.B) {
	p := largeSupports(1)
	for _, m := range transportMethods {
		b.Run(m.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := m.solve(context.Background(), p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
