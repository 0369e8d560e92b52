package certificate

import (
	"bytes"
	"errors"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

func entry(column int, value int64) RatEntry { return RatEntry{column, big.NewRat(value, 1)} }

func atLeast(entries ...RatEntry) LinearRow { return LinearRow{">=", entries} }

func baseRow(row int) BaseRow { return BaseRow{row, []RatEntry{entry(row, 1)}} }

func checkLinear(t *testing.T, d *LinearDocument) error {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	_, err := Check(&b)
	return err
}

// An honest elimination of x2 from x1 >= x2 >= 0, and what can be forged about
// it. Each forgery claims a projection that is false, or leaves a proof out.
func TestEliminationForgeriesAreRejected(t *testing.T) {
	honest := func() *LinearDocument {
		return &LinearDocument{
			Variables: 2,
			Rows:      []LinearRow{atLeast(entry(1, 1), entry(2, -1)), atLeast(entry(2, 1))},
			Eliminate: []int{2},
			Base:      []BaseRow{baseRow(1), baseRow(2)},
			Steps: []SystemStep{{Variable: 2, New: []SystemPair{
				{Positive: 2, Negative: 1, P: big.NewRat(1, 1), N: big.NewRat(1, 1)}}}},
			Result: []LinearRow{atLeast(entry(1, 1))},
		}
	}
	if err := checkLinear(t, honest()); err != nil {
		t.Fatalf("the honest document: %v", err)
	}
	for name, c := range map[string]struct {
		forge func(d *LinearDocument)
		want  string
	}{
		"a kept variable is eliminated": {func(d *LinearDocument) {
			d.Rows, d.Base = []LinearRow{atLeast(entry(1, 1))}, []BaseRow{baseRow(1)}
			d.Steps, d.Result = []SystemStep{{Variable: 1}}, nil
		}, "step 1: variable 1 is not one of those to be eliminated"},
		"nothing is to be eliminated": {func(d *LinearDocument) {
			d.Eliminate = nil
		}, "step 1: variable 2 is not one of those to be eliminated"},
		"a variable twice": {func(d *LinearDocument) {
			d.Steps = append(d.Steps, SystemStep{Variable: 2})
		}, "step 2: variable 2 was eliminated before"},
		"a pair is missing": {func(d *LinearDocument) {
			d.Steps[0].New, d.Result = nil, nil
		}, "step 1: the combination of rows"},
		"the step is missing": {func(d *LinearDocument) { d.Steps = nil }, ""},
		"a multiplier is changed": {func(d *LinearDocument) {
			d.Steps[0].New[0].P = big.NewRat(2, 1)
		}, "step 1: the variable does not cancel"},
		"a row is dropped without proof": {func(d *LinearDocument) {
			d.Steps[0].Dropped = []SystemDrop{{Row: 4}}
			d.Result = nil
		}, "step 1"},
		"another result": {func(d *LinearDocument) {
			d.Result = []LinearRow{atLeast(entry(0, 1), entry(1, 1))}
		}, ""},
		"no result": {func(d *LinearDocument) { d.Result = nil }, ""},
	} {
		d := honest()
		c.forge(d)
		err := checkLinear(t, d)
		var invalid *Invalid
		if !errors.As(err, &invalid) || !strings.Contains(invalid.Reason, c.want) {
			t.Errorf("%s: %v, want a rejection with %q", name, err, c.want)
		}
	}
}

// Sums of rows are exact on both sides of the limits of machine words, and count.
func TestRowSums(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for range 200 {
		s := newRowSum(&reader{}, 3)
		want := []*big.Rat{new(big.Rat), new(big.Rat), new(big.Rat)}
		for range 1 + rng.IntN(12) {
			number := func() *big.Rat {
				x := big.NewRat(rng.Int64()>>rng.IntN(62)-rng.Int64()>>rng.IntN(62), int64(1+rng.IntN(4)/3))
				if x.Sign() == 0 {
					return ratOne
				}
				return x
			}
			c := number()
			var row linearRow
			for i := range want {
				x := number()
				row.entries = append(row.entries, linearEntry{i, x, small(x)})
				want[i].Add(want[i], new(big.Rat).Mul(c, x))
			}
			s.add(row, c)
		}
		sum := linearRow{entries: s.take()}
		for i, x := range want {
			if got := sum.at(i); got == nil && x.Sign() != 0 || got != nil && got.Cmp(x) != 0 {
				t.Fatalf("column %d: %v, want %v", i, got, x)
			}
		}
		if !s.zero() {
			t.Fatal("something is left of the sum")
		}
	}
	wide := new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 20000))
	for _, c := range []*big.Rat{ratOne, wide} {
		for work := range 2 {
			r := &reader{work: uint64(1-work) * (maxWork - 1)}
			x := &rowSum{}
			invalid := run(func() {
				x = newRowSum(r, 2)
				x.add(linearRow{entries: []linearEntry{{1, c, small(c)}}}, c)
			})
			if (invalid == nil) != (work == 1) || invalid != nil && !strings.Contains(invalid.Reason, "too much work") {
				t.Errorf("%d bits: %v", c.Num().BitLen(), invalid)
			}
		}
	}
}
