package decide_test

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/statement/decide"
)

// best is what a program computes: how much of two goods it can sell of which each takes a machine for an hour or two.
func best(first, second int64) rational.Rat {
	least := rational.NewRat(first+second, 3)
	return rational.MinRat(least, rational.NewRat(min(first, second), 1))
}

const model = `
param first >= 0                      # hours of two machines
param second >= 0
var x >= 0
var y >= 0
s.t. one: x + 2*y <= first
s.t. two: 2*x + y <= second
maximize P: x + y
claim P = min(first, second, (first + second)/3)
`

func TestModel(t *testing.T) {
	results, err := decide.File(t.Context(), strings.NewReader(model), "model.thm")
	if err != nil {
		t.Fatal(err) // file, line, column, and what was expected
	}
	for _, r := range results {
		if r.Status != theorems.Proved {
			t.Errorf("%v", r) // with the numbers that refute it
		}
	}
}

func TestBest(t *testing.T) {
	results, err := decide.File(t.Context(), strings.NewReader(model), "model.thm")
	if err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		a, b := rand.Int64N(100), rand.Int64N(100)
		point := []rational.Rat{rational.NewRat(a, 1), rational.NewRat(b, 1)} // of the parameters, in order
		for _, term := range results[0].Form.Terms {
			if best(a, b).Cmp(term.Form.At(point)) > 0 {
				t.Fatalf("best(%d, %d) is too large", a, b)
			}
		}
	}
}

// The page shows these tests as they are.
func TestPageOfPropertyTests(t *testing.T) {
	page, err := os.ReadFile("../../../docs/property-tests.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("property_test.go")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(page), "```go\n")[1:]
	for _, b := range blocks {
		code, _, _ := strings.Cut(b, "```")
		if !strings.Contains(string(source), strings.TrimSpace(code)) {
			t.Errorf("the page shows\n%s", code)
		}
	}
	if len(blocks) != 3 {
		t.Errorf("the page shows %d pieces", len(blocks))
	}
	wrong := strings.Replace(model, "(first + second)/3", "(first + second)/2", 1)
	results, err := decide.File(t.Context(), strings.NewReader(wrong), "model.thm")
	if err != nil || results[0].String() != "P = min(3 terms): refuted: here P is smaller than claimed: first = 1, second = 1, x = 1/3, y = 1/3" {
		t.Errorf("%v, %v", results, err)
	}
}
