package flow

import (
	"context"
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/lp"
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

// asProblem writes a transport problem as a general linear program.
func asProblem(t *Transport) *lp.Problem {
	p := &lp.Problem{Sense: lp.Maximise}
	for _, limits := range [][]rational.Int{t.Supply, t.Demand} {
		for _, x := range limits {
			p.AddRow(lp.Row{Upper: lp.At(rational.RatFromInt(x))})
		}
	}
	one := rational.NewRat(1, 1)
	for s, arcs := range t.Arcs {
		for _, i := range arcs {
			v := p.AddVariable(lp.Variable{Cost: one, Lower: lp.At(rational.Rat{})})
			for _, row := range []int{s, len(t.Supply) + int(i)} {
				p.Rows[row].Terms = append(p.Rows[row].Terms, lp.Term{Variable: v, Coefficient: one})
			}
		}
	}
	return p
}

func TestTransportAgreesWithSolve(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 300 {
		tr := randomTransport(r, r.IntN(15), r.IntN(8))
		f, err := MaxFlow(context.Background(), tr)
		if err != nil {
			t.Fatal(err)
		}
		got, err := lp.Solve(context.Background(), asProblem(tr), lp.Options{Method: lp.Sparse})
		if err != nil {
			t.Fatal(err)
		}
		if !got.Value.Equal(rational.RatFromInt(f.Value)) {
			t.Fatalf("Solve %v, MaxFlow %v\n%+v", got.Value, f.Value, tr)
		}
	}
}

func TestTransportVerifyRejects(t *testing.T) {
	ints := func(v ...int64) []rational.Int { return rational.NewVector(v...) }
	// Source 0 serves both sinks, source 1 only the second, which is the bottleneck.
	p := &Transport{Supply: ints(2, 5), Demand: ints(4, 3), Arcs: [][]int32{{0, 1}, {1}}}
	cases := []struct {
		name  string
		forge func(f *Flow)
		want  string
	}{
		{"sources missing", func(f *Flow) { f.On = f.On[:1] }, "1 sources"},
		{"arcs missing", func(f *Flow) { f.On[0] = f.On[0][:1] }, "1 arcs at source 0"},
		{"negative", func(f *Flow) { f.On[0][1] = rational.NewInt(-1) }, "negative flow"},
		{"beyond supply", func(f *Flow) { f.On[0][0] = rational.NewInt(3) }, "its supply is 2"},
		{"beyond demand", func(f *Flow) { f.On[1][0] = rational.NewInt(4) }, "its demand is 3"},
		{"less than stated", func(f *Flow) { f.On[1][0] = rational.NewInt(2) }, "stated value is 5"},
		{"stated wrongly", func(f *Flow) { f.Value = rational.NewInt(6) }, "stated value is 6"},
		{"not the greatest", func(f *Flow) { f.On[1][0], f.Value = rational.NewInt(2), rational.NewInt(4) }, "cut has capacity 5"},
		{"cut too short", func(f *Flow) { f.CutSinks = nil }, "0 sinks"},
		{"cut with a gap", func(f *Flow) { f.CutSources[0] = false }, "from source 0 to sink 0"},
		{"cut too large", func(f *Flow) { f.CutSinks[0] = true }, "cut has capacity 9"},
	}
	for _, c := range cases {
		f, err := MaxFlow(context.Background(), p)
		if err != nil || p.Verify(f) != nil {
			t.Fatal(err, p.Verify(f))
		}
		c.forge(f)
		if err := p.Verify(f); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want something with %q", c.name, err, c.want)
		}
	}
	if p.Verify(nil) == nil {
		t.Error("nil flow accepted")
	}
}

func TestTransportMalformed(t *testing.T) {
	one, minus := []rational.Int{rational.NewInt(1)}, []rational.Int{rational.NewInt(-1)}
	for name, p := range map[string]*Transport{
		"lengths":         {Supply: one, Demand: one},
		"negative supply": {Supply: minus, Demand: one, Arcs: [][]int32{{0}}},
		"negative demand": {Supply: one, Demand: minus, Arcs: [][]int32{{0}}},
		"sink beyond":     {Supply: one, Demand: one, Arcs: [][]int32{{1}}},
		"sink below":      {Supply: one, Demand: one, Arcs: [][]int32{{-1}}},
	} {
		for _, m := range transportMethods {
			if _, err := m.solve(context.Background(), p); err == nil {
				t.Errorf("%s: %s gave no error", name, m.name)
			}
		}
		if p.Verify(&Flow{}) == nil {
			t.Errorf("%s: verified", name)
		}
	}
}

// The tree must stay strongly feasible, or the network simplex method might cycle:
// no sink hangs from an arc that carries nothing.
func TestTreesStayStronglyFeasible(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 4))
	for range 1000 {
		p := randomTransport(r, r.IntN(14), r.IntN(8))
		n := newNetwork(p)
		tree := newSpanningTree(n, p)
		for next := 0; ; {
			a, ok := tree.price(next)
			if !ok {
				break
			}
			tree.pivot(a)
			next = int(a) + 1
			for v := range tree.root {
				if tree.parent[v] != none && !tree.isSource(v) && tree.carried[v].Sign() <= 0 {
					t.Fatalf("sink %d hangs from an arc that carries %v", int(v)-n.sources, tree.carried[v])
				}
			}
		}
	}
}

func TestEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	tr := &Transport{Supply: []rational.Int{rational.NewInt(1)}, Demand: []rational.Int{rational.NewInt(1)}, Arcs: [][]int32{{0}}}
	for _, m := range transportMethods {
		if _, err := m.solve(ctx, tr); err != context.Canceled {
			t.Errorf("%s: %v", m.name, err)
		}
	}
}
