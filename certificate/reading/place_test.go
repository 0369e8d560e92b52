package reading

import (
	"context"
	"errors"
	"testing"

	"pstar/certificate/theorem"
)

// What is rejected is rejected with its place: parts with their numbers, and the rule of a step.
func TestPlaces(t *testing.T) {
	fail := func(enter func(r *Reader)) string {
		var err error
		func() {
			defer Catch(&err)
			r := New(context.Background(), nil)
			enter(r)
			r.Fail("wrong")
		}()
		var invalid *Invalid
		if !errors.As(err, &invalid) {
			t.Fatal(err)
		}
		return invalid.Place
	}
	for want, enter := range map[string]func(r *Reader){
		"document":               func(*Reader) {},
		"claims":                 func(r *Reader) { r.Enter("claims", -1) },
		"theorem 0, rows":        func(r *Reader) { r.Enter("theorem", 0); r.Enter("rows", -1) },
		"theorem 1":              func(r *Reader) { r.Enter("theorem", 1); r.Enter("rows", -1); r.Leave() },
		"theorem 2, step 3 (by)": func(r *Reader) { r.Enter("theorem", 2); r.Enter("step", 3); r.Rule("by") },
	} {
		if got := fail(enter); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A term without a product is a unit of work, any other one is dear; and a sum that tells hands on what was added.
func TestTermsAndSummands(t *testing.T) {
	x, xy := theorem.Product(1), theorem.Product(1, 2)
	if Work("") != 1 || Work(x) != 1 || Work(xy) != DearWork {
		t.Error("work of terms:", Work(""), Work(x), Work(xy))
	}
	for _, telling := range []bool{false, true} {
		s := NewSum(&New(context.Background(), nil).Limits)
		s.Telling = telling
		s.Add(theorem.Int(3), theorem.Poly{{C: theorem.Int(2), M: theorem.Product(1, 1)}})
		s.Add(theorem.Int(-6), theorem.Poly{{C: theorem.Int(1), M: x}}, theorem.Poly{{C: theorem.Int(1), M: x}})
		if told := len(s.Told); told != map[bool]int{true: 2}[telling] || len(s.Poly()) > 0 {
			t.Errorf("telling %v: %d summands, or a rest", telling, told)
		}
	}
}
