package scheme

import (
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// The total variation is the largest difference over all sets.
func TestDeviationAgainstAllSets(t *testing.T) {
	rng := oracle.NewRand(95)
	for range 100 {
		n := 1 + rng.IntN(6)
		draw := func() multidraft.Distribution {
			w := make([]rational.Int, n)
			for i := range w {
				w[i] = rational.NewInt(rng.Int64N(4))
			}
			w[rng.IntN(n)] = rational.NewInt(5)
			return oracle.Weighted(t, w)
		}
		law, q := draw().Rats(), draw()
		d := Deviate(law, q)
		var most, ratio rational.Rat
		for set := multidraft.Set(0); set < 1<<n; set++ {
			var off rational.Rat
			for _, i := range set.Tokens() {
				off = off.Add(law[i]).Sub(q.At(i))
			}
			most = rational.MaxRat(most, off)
		}
		beyond := false
		for i, x := range law {
			if q.At(i).IsZero() {
				beyond = beyond || x.Sign() > 0
			} else if !x.Equal(q.At(i)) {
				ratio = rational.MaxRat(ratio, x.Quo(q.At(i)))
			}
		}
		if !d.Total.Equal(most) || d.Beyond != beyond || !beyond && !d.Ratio.Equal(ratio) {
			t.Fatalf("law %v, q %v: %v, ratio %v, beyond %v; want %v, %v, %v", law, q.Rats(), d.Total, d.Ratio, d.Beyond, most, ratio, beyond)
		}
		if !slices.IsSortedFunc(d.Worst, func(i, j int) int { return d.By[j].Abs().Cmp(d.By[i].Abs()) }) {
			t.Fatalf("worst %v of %v", d.Worst, d.By)
		}
		if d.Within(most) != true || !most.IsZero() && d.Within(most.Mul(rational.NewRat(1, 2))) {
			t.Fatal("tolerance")
		}
	}
}

// P* of another target is at most P* and the total variation: why a lossy rule may accept
// more than P*.
func TestAcceptanceOfLossyRulesIsBounded(t *testing.T) {
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		table := &Table{}
		outcomes, err := outcomes(s, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range outcomes { // always accept the first drafted token
			table.Rows = append(table.Rows, Row{Drafts: o.Tokens, Tokens: o.Tokens[:1], Weights: []rational.Rat{one}})
		}
		r, err := CheckRule(t.Context(), s, table)
		if err != nil {
			t.Fatal(err)
		}
		if d := Deviate(r.Law, s.Target()); r.Drafted.Cmp(r.Best.Add(d.Total)) > 0 {
			t.Errorf("%s: acceptance %v, P* %v, total variation %v", name, r.Drafted, r.Best, d.Total)
		}
	})
}

// One draft by vectors, against the table of the same rule.
func TestCheckSingleAgainstTheTable(t *testing.T) {
	rng := oracle.NewRand(96)
	for n := 1; n <= 6; n++ {
		oracle.Generated(t, 96, 24, 1, n, multidraft.ModelIID, func(s *multidraft.Instance) {
			accept, weights := make([]rational.Rat, n), make([]rational.Int, n)
			for i := range accept {
				accept[i], weights[i] = rational.NewRat(rng.Int64N(5), 4), rational.NewInt(rng.Int64N(3))
			}
			weights[0] = rational.NewInt(1)
			residual := oracle.Weighted(t, weights).Rats()
			if rng.IntN(4) == 0 {
				residual[0] = residual[0].Add(rational.NewRat(1, 9))
			}
			table := &Table{Accept: accept, Residual: residual}
			for i := range n {
				table.Rows = append(table.Rows, Row{Drafts: []int{i}, Tokens: []int{i}, Weights: []rational.Rat{one}})
			}
			want, err := CheckRule(t.Context(), s, table)
			if err != nil {
				t.Fatal(err)
			}
			got, err := CheckSingle(s, accept, residual)
			if err != nil {
				t.Fatal(err)
			}
			if !rational.RatVector(got.Law).Equal(want.Law) || !got.Drafted.Equal(want.Drafted) || !got.Best.Equal(want.Best) ||
				got.Wrong != want.Wrong || len(got.Faults) > len(want.Faults) || got.IsRule() != want.IsRule() {
				t.Fatalf("%v: %+v, want %+v", s, got, want)
			}
		})
	}
}

func TestNormalized(t *testing.T) {
	table := &Table{
		Rows:     []Row{{Weights: oracle.Rats(t, "1/2,1/2")}, {Weights: oracle.Rats(t, "1/4,1/2")}},
		Residual: oracle.Rats(t, "33554433/33554432,0"),
	}
	got, sums := table.Normalized()
	if !rational.RatVector(got.Rows[1].Weights).Equal(oracle.Rats(t, "1/3,2/3")) || !rational.RatVector(got.Residual).Equal(oracle.Rats(t, "1,0")) ||
		!rational.RatVector(sums).Equal(oracle.Rats(t, "3/4,33554433/33554432")) || !table.Residual[0].Equal(oracle.Rat(t, "33554433/33554432")) {
		t.Errorf("%v, %v", got, sums)
	}
}
