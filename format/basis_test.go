package format_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"

	"pstar/format"
	"pstar/format/mps"
	"pstar/lp"
)

// A basis comes back as it was written, and leads straight to the optimum.
func TestBasisFiles(t *testing.T) {
	b := lp.NewBuilder(lp.Maximise)
	x, y, z := b.Var("x"), b.Between("y", 0, 2), b.Var("z")
	b.Objective(lp.Times(3, x), lp.Times(5, y), lp.Times(1, z))
	b.AtMost("first", 4, lp.Times(1, x), lp.Times(1, y))
	b.Range("second", 1, 9, lp.Times(1, x), lp.Times(3, y), lp.Times(1, z))
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Solve(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := mps.WriteBasis(&text, p, r.Basis); err != nil {
		t.Fatal(err)
	}
	again, err := mps.ReadBasis(&text, "b.bas", p)
	if err != nil {
		t.Fatal(err)
	}
	for k, s := range append(again.Variables, again.Rows...) {
		if want := append(append([]lp.Status(nil), r.Basis.Variables...), r.Basis.Rows...)[k]; s != want {
			t.Errorf("status %d is %v, was %v", k, s, want)
		}
	}
	for input, want := range map[string]string{
		"NAME\n XX x\n":   "2: expected XU, XL, UL, LL or BS",
		"NAME\n XU x\n":   "2: expected a column and",
		"NAME\n UL w\n":   "2: expected the name of a column",
		"NAME\n XL x w\n": "2: expected the name of a row",
		"NAME\n BS w\n":   "2: expected the name of a column or row",
		"NAME\n UL y\n":   "expected ENDATA",
		// Two lines for a column or a row contradict each other.
		"NAME\n XL x first\n UL x\nENDATA\n":        `3: expected one line for column "x", found a second one after line 2`,
		"NAME\n XL x first\n XU y first\nENDATA\n":  `3: expected one line for row "first", found a second one after line 2`,
		"NAME\n XL x first\n XL x second\nENDATA\n": `3: expected one line for column "x"`,
	} {
		if _, err := mps.ReadBasis(strings.NewReader(input), "f", p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", input, err, want)
		}
	}
	if err := mps.WriteBasis(&text, p, &lp.Basis{}); err == nil {
		t.Error("a basis of another size is written")
	}
	// Mistakes of a caller that have an error to be returned by.
	if err := mps.WriteBasis(&text, p, nil); err == nil {
		t.Error("no basis is written")
	}
	if err := mps.WriteBasis(&text, nil, &lp.Basis{}); err == nil {
		t.Error("a basis of no problem is written")
	}
	if _, err := mps.ReadBasis(strings.NewReader("NAME\nENDATA\n"), "f", nil); err == nil {
		t.Error("a basis of no problem is read")
	}
}

// Bases go from QSopt_ex to the solver and back without a step: theirs are optimal here, and ours
// are as they were when QSopt_ex took them for optimal.
func TestBasisFilesOfOthers(t *testing.T) {
	const folder = "../fixtures/lp/"
	for program, bases := range map[string]string{"bases/kinds.mps": "bases/kinds", "afiro.mps": "bases/afiro", "recipe.mps": "bases/recipe", "blend.mps": "bases/blend"} {
		p := readMPS(t, folder+program)
		r, err := lp.Solve(context.Background(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, ending := range []string{".bas", ".qsopt.bas"} {
			content, err := os.ReadFile(folder + bases + ending)
			if err != nil {
				t.Fatal(err)
			}
			b, err := mps.ReadBasis(bytes.NewReader(content), bases+ending, p)
			if err != nil {
				t.Fatal(err)
			}
			s, err := lp.Solve(context.Background(), p, lp.Options{Start: b})
			if err != nil || s.Pivots != 0 || !s.Value.Equal(r.Value) {
				t.Errorf("%s%s: %v after %d pivots, want %v (%v)", bases, ending, s.Value, s.Pivots, r.Value, err)
			}
			var again bytes.Buffer
			if err := mps.WriteBasis(&again, p, b); err != nil {
				t.Fatal(err)
			}
			// Theirs has the lines in another order, and the name of the program.
			if ending == ".bas" && again.String() != string(content) {
				t.Errorf("%s%s is written as\n%s", bases, ending, again.String())
			}
		}
	}
}

// A row that has one bound rests on it whatever the word is, columns may be basic without a row,
// and what is basic anyway may be said.
func TestBasisConventions(t *testing.T) {
	p := readMPS(t, "../fixtures/lp/bases/kinds.mps")
	read := func(content string) *lp.Basis {
		t.Helper()
		b, err := mps.ReadBasis(strings.NewReader(content), "f", p)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	want := read("NAME\n XL x cap\n XL y low\n XL z eq\n XU u rng\n UL w\n XL v free\nENDATA\n")
	for i, s := range []lp.Status{lp.AtUpper, lp.AtLower, lp.AtLower, lp.AtUpper, lp.Basic, lp.AtZero} {
		if want.Rows[i] != s {
			t.Errorf("row %d has the status %d, want %d", i, want.Rows[i], s)
		}
	}
	for _, content := range []string{
		"NAME\n XU x cap\n XU y low\n XU z eq\n XU u rng\n UL w\n XU v free\nENDATA\n",
		"NAME\n XL x free\n XL v cap\n XL y low\n XL z eq\n XU u rng\n BS rngl\n UL w\nENDATA\n",
	} {
		if got := read(content); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read as %v, want %v", content, got, want)
		}
	}
	if b := read("NAME\n BS z\nENDATA\n"); b.Variables[2] != lp.Basic {
		t.Error("BS does not make a column basic")
	}
}

// Names may have letters of any kind, and blanks as the fixed format has them.
func TestBasisNames(t *testing.T) {
	for _, names := range [][]string{{"größe", "λ[1]", "L\xe4nge", "行"}, {"col a", " b", "größe", "row 1"}, {"a", "a b", "b c", "c"}} {
		b := lp.NewBuilder(lp.Maximise)
		x, y := b.Var(names[0]), b.Between(names[1], 0, 2)
		b.Objective(lp.Times(3, x), lp.Times(5, y))
		b.AtMost(names[2], 4, lp.Times(1, x), lp.Times(1, y))
		b.AtMost(names[3], 1, lp.Times(1, x))
		p, err := b.Problem()
		if err != nil {
			t.Fatal(err)
		}
		for _, basis := range []lp.Basis{
			{Variables: []lp.Status{lp.Basic, lp.AtUpper}, Rows: []lp.Status{lp.AtUpper, lp.Basic}},
			{Variables: []lp.Status{lp.AtUpper, lp.Basic}, Rows: []lp.Status{lp.Basic, lp.AtUpper}},
			{Variables: []lp.Status{lp.Basic, lp.Basic}, Rows: []lp.Status{lp.AtUpper, lp.AtUpper}},
		} {
			var text bytes.Buffer
			if err := mps.WriteBasis(&text, p, &basis); err != nil {
				t.Fatal(err)
			}
			if got, err := mps.ReadBasis(&text, "f", p); err != nil || !reflect.DeepEqual(*got, basis) {
				t.Errorf("%q: %v, want %v (%v)", names, got, basis, err)
			}
		}
	}
	for _, name := range []string{"", "a\tb", "a\nb", "more than one", "b "} {
		b := lp.NewBuilder(lp.Maximise)
		b.Between(name, 0, 2)
		p, _ := b.Problem()
		if err := mps.WriteBasis(io.Discard, p, &lp.Basis{Variables: []lp.Status{lp.AtUpper}}); err == nil {
			t.Errorf("the name %q is written", name)
		}
	}
}

func readMPS(t *testing.T, path string) *lp.Problem {
	t.Helper()
	f, _ := format.ProgramNamed("mps")
	return readProgram(t, f, path)
}
