package lp

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pstar/rational"
)

func ExampleBuilder() {
	b := NewBuilder(Maximise)
	x, y := b.Var("x"), b.Between("y", 0, "7/2")
	b.Objective(Times(3, x), Times("13/2", y))
	b.AtMost("hours", 10, Times(1, x), Times(2, y))
	r, err := b.Solve(context.Background())
	fmt.Println(r.Verdict, r.Value, r.Primal[x], r.Primal[y], err)
	// Output: optimal 127/4 3 7/2 <nil>
}

// The builder makes what is written by hand, and keeps the first mistake.
func TestBuilder(t *testing.T) {
	b := NewBuilder(Minimise)
	x, y := b.Var("x"), b.Free("y")
	b.Constant(rational.NewRat(1, 2))
	b.Objective(Times(int64(2), x), Times(rational.NewInt(1), y))
	b.AtLeast("a", 1, Times("1/3", x), Times(1, y))
	b.Equal("b", "2", Times(1, x))
	b.Range("c", -4, nil, Times(1, y))
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	r, err := Solve(context.Background(), p, Options{})
	if err != nil || r.Value.String() != "29/6" {
		t.Errorf("%v %v", r, err)
	}
	for want, mistake := range map[string]func(b *Builder){
		`two variables have the name "x"`:  func(b *Builder) { b.Var("x") },
		`two rows have the name "a"`:       func(b *Builder) { b.AtMost("a", 1); b.AtMost("a", 2) },
		"there is no variable 7":           func(b *Builder) { b.AtMost("a", 1, Times(1, 7)) },
		"expected a number, got a float64": func(b *Builder) { b.AtMost("a", 0.5) },
		"expected a number, got a <nil>":   func(b *Builder) { b.Equal("a", nil, Times(1, 0)) },
		"got a <nil>":                      func(b *Builder) { b.AtMost("a", nil, Times(1, 0)) },
		"a number, got a <nil>":            func(b *Builder) { b.AtLeast("a", nil, Times(1, 0)) },
		`cannot read "one"`:                func(b *Builder) { b.Objective(Times("one", 0)) },
	} {
		b := NewBuilder(Minimise)
		b.Var("x")
		mistake(b)
		b.Var("y")
		if _, err := b.Solve(context.Background()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// Two variables of one name, or two rows, make a problem malformed wherever it comes from; empty names do not,
// nor does a row with the name of a variable.
func TestDuplicateNames(t *testing.T) {
	row := Row{Name: "x", Terms: []Term{{0, one}}, Lower: At(one)}
	for want, p := range map[string]*Problem{
		`two variables have the name "x"`: {Variables: []Variable{{Name: "x"}, {}, {Name: "x"}}},
		`two rows have the name "x"`:      {Variables: make([]Variable, 2), Rows: []Row{row, {}, row}},
		"":                                {Variables: []Variable{{Name: "x"}, {}, {}}, Rows: []Row{row, {}, {}}},
	} {
		_, err := Solve(context.Background(), p, Options{})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// Nil is an error, not a panic.
func TestNilArguments(t *testing.T) {
	if _, err := Solve(context.Background(), nil, Options{}); err == nil {
		t.Error("Solve of a nil problem")
	}
	var p *Problem
	if p.Validate() == nil || p.Verify(&Result{}) == nil || (&Problem{}).Verify(nil) == nil {
		t.Error("a nil problem or result is valid")
	}
	var none context.Context
	r := &Result{Verdict: Optimal}
	if _, err := Solve(none, &Problem{}, Options{}); err == nil {
		t.Error("Solve in a nil context")
	}
	if lower, upper := p.Slacks(r); lower != nil || upper != nil {
		t.Error("a nil problem has slacks")
	}
}

// The zero Builder is one, and misuse panics in words that name the package.
func TestMisuse(t *testing.T) {
	var b Builder
	x := b.Var("x")
	b.Objective(Times(1, x))
	b.AtLeast("c", 3, Times(1, x))
	if r, err := b.Solve(context.Background()); err != nil || r.Value.String() != "3" {
		t.Errorf("the zero Builder: %v %v", r, err)
	}
	var none *Builder
	p := &Problem{Variables: make([]Variable, 1), Rows: make([]Row, 1)}
	for name, misuse := range map[string]func(){
		"Var":          func() { none.Var("x") },
		"Objective":    func() { none.Objective() },
		"Constant":     func() { none.Constant(1) },
		"AtMost":       func() { none.AtMost("c", 1) },
		"Problem":      func() { _, _ = none.Problem() },
		"Solve":        func() { _, _ = none.Solve(context.Background()) },
		"RowName":      func() { p.RowName(1) },
		"VariableName": func() { p.VariableName(-1) },
		"nil":          func() { (*Problem)(nil).RowName(0) },
		"Slacks":       func() { p.Slacks(&Result{Primal: make([]rational.Rat, 2)}) },
		"malformed": func() {
			q := &Problem{Rows: []Row{{Terms: []Term{{3, one}}}}}
			q.Slacks(&Result{Primal: []rational.Rat{}})
		},
	} {
		func() {
			defer func() {
				if text, ok := recover().(string); !ok || !strings.HasPrefix(text, "lp: ") {
					t.Errorf("%s: panic %q", name, text)
				}
			}()
			misuse()
		}()
	}
}
