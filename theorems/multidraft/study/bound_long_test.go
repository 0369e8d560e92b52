package study

import (
	"errors"
	"testing"

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
