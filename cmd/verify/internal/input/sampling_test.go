package input

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
)

// The softmax against enclosures of it: the total variation is within the bound.
func TestSoftmaxWithinItsBound(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for trial := range 40 {
		n := 1 + rng.IntN(12)
		logits := make([]float64, n)
		for i := range logits {
			logits[i] = float64(float32(rng.NormFloat64() * []float64{1, 10, 300}[trial%3]))
		}
		temperature := []float64{1, 0.5, 0.1, 7}[trial%4]
		fine := trial%2 == 1
		weights, relative, lost, err := softmax(logits, temperature, fine)
		if err != nil {
			t.Fatal(err)
		}
		exact := func(x float64) rational.Rat {
			r, err := rational.RatFromFloat64(x)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		off := relative + lost.Float64()*float64(n)
		top, scale := exact(slices.Max(logits)), exact(temperature).Inv()
		var want []rational.Rat
		var sum, total rational.Rat
		for _, l := range logits {
			want = append(want, enclose.Exp(exact(l).Sub(top).Mul(scale), 1400).Mid())
			sum = sum.Add(want[len(want)-1])
		}
		unit := multidraft.Sum(weights)
		for i, w := range weights {
			off := rational.RatFromInts(w, unit).Sub(want[i].Quo(sum)).Abs()
			total = total.Add(off)
			if part := off.Quo(want[i]).Float64(); fine && !w.IsZero() && part > 1.1*relative {
				t.Errorf("logits %v at %v: token %d is off by a part of %v, bound %v", logits, temperature, i+1, part, relative)
			}
		}
		if got := total.Float64() / 2; got > off || off > 1e-9 {
			t.Errorf("logits %v at %v: total variation %v, bound %v", logits, temperature, got, off)
		}
	}
	for _, bad := range [][]float64{{math.NaN()}, {1, math.Inf(1)}, {math.Inf(-1)}} {
		if _, _, _, err := softmax(bad, 1, false); err == nil {
			t.Errorf("%v has a softmax", bad)
		}
	}
	if w, _, _, err := softmax([]float64{0, math.Inf(-1)}, 1, false); err != nil || !w[1].IsZero() {
		t.Errorf("a token that is masked: %v, %v", w, err)
	}
}

func TestTruncation(t *testing.T) {
	ints := func(v ...int64) []rational.Int {
		var list []rational.Int
		for _, x := range v {
			list = append(list, rational.NewInt(x))
		}
		return list
	}
	r := rational.NewRat
	for _, c := range []struct {
		name string
		x    sampler
		want []rational.Int
	}{
		{"nothing", sampler{}, ints(3, 40, 17, 40)},
		{"two", sampler{topK: 2}, ints(0, 40, 0, 40)},
		{"the first of equal ones", sampler{topK: 1}, ints(0, 40, 0, 0)},
		{"more than all", sampler{topK: 9}, ints(3, 40, 17, 40)},
		{"eighty percent exactly", sampler{topP: r(4, 5)}, ints(0, 40, 0, 40)},
		{"a little more", sampler{topP: r(81, 100)}, ints(0, 40, 17, 40)},
		{"all", sampler{topP: r(1, 1)}, ints(3, 40, 17, 40)},
		{"least part", sampler{minP: r(17, 40)}, ints(0, 40, 17, 40)},
		{"a little more", sampler{minP: r(18, 40)}, ints(0, 40, 0, 40)},
		{"top-p of what top-k keeps", sampler{topK: 3, topP: r(80, 97)}, ints(0, 40, 0, 40)},
	} {
		l := sampledLaw{Vector: Vector{weights: ints(3, 40, 17, 40)}}
		if open := c.x.truncate(&l, nil); !slices.EqualFunc(l.weights, c.want, rational.Int.Equal) || !open.IsZero() {
			t.Errorf("%s: %v, want %v, open %v", c.name, l.weights, c.want, open)
		}
	}
}

func TestSamplingFlags(t *testing.T) {
	s := Sampling{Logits: true, temperature: "1/2,2", topK: "5", topP: "0.9,1", minP: "0.1"}
	draft, err := s.of(false)
	target, err2 := s.of(true)
	if err != nil || err2 != nil || draft.temperature != 0.5 || target.temperature != 2 || draft.topK != 5 || target.topK != 5 ||
		!draft.topP.Equal(rational.NewRat(9, 10)) || !target.topP.Equal(rational.NewRat(1, 1)) {
		t.Errorf("%+v, %+v, %v, %v", draft, target, err, err2)
	}
	for _, bad := range []Sampling{{temperature: "1"}, {Logits: true, temperature: "0"}, {topK: "1/2"}, {topK: "x"}, {topP: "2"}, {minP: "0.1,-1"}} {
		if bad.check() == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}
