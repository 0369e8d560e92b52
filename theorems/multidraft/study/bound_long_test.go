package study

import (
	"errors"
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// With so many drafts that both sides of MD-R1 would be the formula nothing is compared.
func TestMDR1_IsNotComparedWithItself(t *testing.T) {
	var unsettled *theorems.Unsettled
	if c, err := compareRecursive(t.Context(), oracle.IIDInstance(t, multidraft.MaxDrafts, "1/3,2/3", "1/2,1/2")); !errors.As(err, &unsettled) {
		t.Errorf("%v, %v", c, err)
	}
	if c, err := compareRecursive(t.Context(), oracle.IIDInstance(t, 3, "1/3,2/3", "1/2,1/2")); err != nil || len(c) == 0 {
		t.Errorf("%v, %v", c, err)
	}
}

// Of enclosures that overlap neither a bound nor its violation is told.
func TestComparisonOfEnclosures(t *testing.T) {
	at := func(lo, hi int64) enclose.Interval {
		return enclose.NewInterval(rational.NewRat(lo, 9), rational.NewRat(hi, 9))
	}
	for _, k := range []struct {
		left, right    enclose.Interval
		strict         bool
		settled, holds bool
	}{
		{at(3, 4), at(1, 2), false, true, true},
		{at(3, 4), at(1, 3), false, true, true},
		{at(3, 4), at(1, 3), true, false, false},
		{at(1, 2), at(3, 4), false, true, false},
		{at(1, 3), at(3, 4), false, false, false},
		{at(1, 3), at(3, 4), true, true, false},
		{at(1, 3), at(2, 4), false, false, false},
		{at(2, 2), at(2, 2), false, true, true},
		{at(2, 2), at(2, 2), true, true, false},
		{at(2, 2), at(3, 3), false, true, false},
	} {
		c, err := Comparison{Tag: TagDistinctReject, Strict: k.strict}.settle(k.left, k.right)
		var unsettled *theorems.Unsettled
		if errors.As(err, &unsettled) == k.settled {
			t.Errorf("%v, %v, strict %t: %v", k.left, k.right, k.strict, err)
		}
		if k.settled && c.Holds() != k.holds {
			t.Errorf("%v, %v, strict %t: holds %t", k.left, k.right, k.strict, c.Holds())
		}
	}
}
