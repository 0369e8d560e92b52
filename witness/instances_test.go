package witness

import (
	"fmt"
	"strings"
	"testing"

	"pstar/certificate/kernel"
	builders "pstar/certificate/statement"
	"pstar/rational"
)

func integerList(list ...int64) (v []rational.Int) {
	for _, x := range list {
		v = append(v, rational.NewInt(x))
	}
	return v
}

// halves is an instance of two drafts of two tokens: p = (1/2, 1/2), q = (1, 0), whose optimum is 3/4.
func halves() Instance {
	quarter, half := rational.NewRat(1, 4), rational.NewRat(1, 2)
	return Instance{
		Drafts: Drafts{Model: "iid", Laws: [][]rational.Int{integerList(1, 1)}},
		Target: integerList(3, 0), Value: rational.NewRat(3, 4), Cut: []int{1},
		Flow: []Mass{{[]int{0}, 0, quarter}, {[]int{0, 1}, 0, half}},
	}
}

// sure is one with q = (1/4, 3/4): the optimum is 1, but q({1}) < p({1}).
func sure() Instance {
	quarter, half := rational.NewRat(1, 4), rational.NewRat(1, 2)
	return Instance{
		Drafts: Drafts{Model: "iid", Laws: [][]rational.Int{integerList(1, 1)}},
		Target: integerList(1, 3), Value: rational.NewRat(1, 1), Cut: nil,
		Flow: []Mass{{[]int{0}, 0, quarter}, {[]int{1}, 1, quarter}, {[]int{0, 1}, 1, half}},
	}
}

// quarters is a vocabulary of four tokens with the value 9/16 for two drafts.
func quarters() Vocabulary {
	return Vocabulary{Drafts: integerList(1, 1, 2, 0), Target: integerList(4, 0, 1, 3), Value: rational.NewRat(9, 16), Cut: []int{1, 2}, Order: []int{1, 2, 0}}
}

// The checker accepts the document of an instance, and none with another flow.
func TestInstanceDocuments(t *testing.T) {
	for name, c := range map[string]struct {
		change func(x *Instance)
		reason string
	}{
		"itself":    {func(*Instance) {}, ""},
		"too small": {func(x *Instance) { x.Flow[1].Amount = rational.NewRat(1, 3) }, "combine"},
		"too large": {func(x *Instance) { x.Flow[0].Amount = rational.NewRat(1, 2) }, "goal 3 is not settled"},
		"of a token that is not drafted with the others": {func(x *Instance) { x.Flow[1].Set = []int{1} }, "symbol 0 is not an unknown"},
		"of another token": {func(x *Instance) { x.Flow[1].Token = 1 }, "is not settled"},
	} {
		x := halves()
		c.change(&x)
		d, err := Instances(2, 2, []Instance{x})
		if err != nil {
			t.Fatal(err)
		}
		report, err := kernel.Check(d, builders.Builders)
		if (err == nil) != (c.reason == "") || err != nil && !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v, want %q", name, err, c.reason)
		}
		if err == nil && fmt.Sprint(report.Claims[0].Tag, report.Claims[0].Status) != "P*proved" {
			t.Errorf("claims %v", report.Claims)
		}
	}
}

// Exponent 1 in place of 2 asks for more than there is: q({1}) ≥ p({1}), say; exponent 3 for less.
func TestExponentDocuments(t *testing.T) {
	x := halves() // q({2}) < p({2})^E for every E: both the optimum and the claimed one are less than 1
	for _, e := range []int{1, 3} {
		for _, bad := range [][]int{nil, {1}} {
			d, err := Exponent(2, e, &x, []int{1, 0}, bad)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := kernel.Check(d, builders.Builders); err == nil {
				t.Errorf("exponent %d, bad %v: accepted", e, bad)
			}
		}
	}
	x = sure()
	for e, accepted := range map[int]bool{1: true, 2: false, 3: false} {
		d, err := Exponent(2, e, &x, nil, []int{0})
		if err != nil {
			t.Fatal(err)
		}
		report, err := kernel.Check(d, builders.Builders)
		if (err == nil) != accepted {
			t.Errorf("exponent %d: %v", e, err)
		}
		if err == nil && (len(report.Claims) != 3 || report.Claims[1].Tag != "MD-T2" || report.Claims[1].Status != "refuted") {
			t.Errorf("exponent %d: %v", e, report.Claims)
		}
	}
}

// A vocabulary whose order is not sorted, or is that of another instance, is refused.
func TestVocabularyDocuments(t *testing.T) {
	v := quarters()
	for name, c := range map[string]struct {
		change func()
		reason string
	}{
		"itself":       {func() {}, ""},
		"out of order": {func() { v.Order = []int{2, 1, 0} }, "symbol 1 has a lesser ratio"},
		"a token less": {func() { v.Order = []int{1, 2} }, "1 symbols with a weight"},
		"a token more": {func() { v.Order = []int{1, 2, 0, 3} }, "symbol 3 has no weight"},
		"not the least": {func() {
			v.Order, v.Cut, v.Value = []int{1, 2, 0}, []int{1}, rational.NewRat(15, 16)
		}, "the goal does not hold at the prefix"},
	} {
		c.change()
		d, err := v.Optimum(2)
		if err != nil {
			t.Fatal(name, err)
		}
		if _, err := kernel.Check(d, builders.Builders); (err == nil) != (c.reason == "") || err != nil && !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v, want %q", name, err, c.reason)
		}
		v = quarters()
	}
}

// Cells that are large, or whose powers have too many terms for the theorem on iid drafts.
func TestLargeCellDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	for _, c := range []struct {
		k, n     int
		theorems int
	}{{3, 43, 4}, {13, 10, 3}, {64, 5, 3}, {20, 8, 3}} {
		document, err := Cell(t.Context(), c.k, c.n)
		if err != nil {
			t.Fatal(err)
		}
		report, err := kernel.Check(document, builders.Builders)
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Theorems) != c.theorems || len(report.Claims) != 4 {
			t.Errorf("(%d,%d): %d theorems, %v", c.k, c.n, len(report.Theorems), report.Claims)
		}
	}
	for _, c := range [][2]int{{3, 62}, {4, 41}, {5, 27}, {6, 21}, {7, 19}, {8, 17}} {
		if !CellFits(c[0], c[1]) || CellFits(c[0], c[1]+1) && c[1] < 62 {
			t.Errorf("(%d,%d) is not the largest cell that fits", c[0], c[1])
		}
	}
}
