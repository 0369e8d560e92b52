package certificate

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// A rejection says whether it is only for a limit: what is too long or too much may be
// right, what has a wrong form or value is not.
func TestRejectionsSayWhetherTheyAreLimits(t *testing.T) {
	long := "1" + strings.Repeat("0", MaxDigits)
	number := func(r *reader) { r.rational() }
	whole := func(r *reader) { r.bigInt() }
	two := func(read func(r *reader, limit int, element func(int)) int) func(*reader) {
		return func(r *reader) { read(r, 2, func(int) { r.integer(0, 9) }) }
	}
	for _, c := range []struct {
		name, text string
		read       func(r *reader)
		limit      bool
	}{
		{"long integer", `"` + long + `"`, whole, true},
		{"long negative integer", `"-` + long + `"`, whole, true},
		{"long word", `"` + long + `x"`, whole, false},
		{"long zeros", `"0` + long + `"`, whole, false},
		{"long fraction", `"1/` + long + `"`, number, true},
		{"long numerator", `"` + long + `/3"`, number, true},
		{"long over zero", `"` + long + `/0"`, number, false},
		{"long over one", `"` + long + `/1"`, number, false},
		{"long over minus two", `"` + long + `/-2"`, number, false},
		{"long over nothing", `"` + long + `/"`, number, false},
		{"not in lowest terms", `"2/4"`, number, false},
		{"many elements", "[1,2,3]", two((*reader).limited), true},
		{"more elements than implied", "[1,2,3]", two((*reader).list), false},
		{"wrong element", "[1,x]", two((*reader).limited), false},
		{"large size", "11", func(r *reader) { r.size(2, 10) }, true},
		{"small size", "1", func(r *reader) { r.size(2, 10) }, false},
		{"index", "11", func(r *reader) { r.integer(2, 10) }, false},
		{"work", "", func(r *reader) { r.spend(1, maxWork+1) }, true},
		{"memory", "", func(r *reader) { r.hold(1, maxHeld) }, true},
	} {
		invalid := run(func() { c.read(&reader{data: []byte(c.text)}) })
		if invalid == nil || invalid.Limit != c.limit {
			t.Errorf("%s: %v, a limit: %v, want %v", c.name, invalid, invalid != nil && invalid.Limit, c.limit)
		}
	}
	_, err := readDocument(context.Background(), strings.NewReader(strings.Repeat(" ", 20)), 10)
	var invalid *Invalid
	if !errors.As(err, &invalid) || !invalid.Limit {
		t.Errorf("a long document: %v", err)
	}
}
