package theorems

import (
	"strings"
	"testing"
)

// What a range may hold is said by what it is given to, so that no message promises more than is allowed.
func TestRange(t *testing.T) {
	for text, want := range map[string]Range{
		"3": {3, 3}, "2..6": {2, 6}, "1..1000000": {1, 1000000}, "5000000..5999999": {5000000, 5999999}, "2000000000": {2000000000, 2000000000},
	} {
		var r Range
		if err := r.Set(text); err != nil || r != want || r.String() != text {
			t.Errorf("%q: %v, error %v", text, &r, err)
		}
	}
	for text, want := range map[string]string{
		"0": "expected a positive whole number", "-1": "expected a positive whole number", "": "expected a positive whole number",
		"2..": "expected a positive whole number", "..2": "expected a positive whole number", "2..3..4": "expected a positive whole number",
		"1.5": "expected a positive whole number", "99999999999999999999": "expected a smaller number, found 99999999999999999999", "-99999999999999999999": "expected a positive whole number",
		"3..2": "did you mean 2..3?", "1..1000001": "at most 1000000 numbers, found 1000001",
	} {
		r := Range{7, 8}
		if err := r.Set(text); err == nil || !strings.Contains(err.Error(), want) || r != (Range{7, 8}) {
			t.Errorf("%q: %v, error %v, want %q", text, &r, err, want)
		}
	}
}
