package kernel

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// documents are those of testdata, without their forgeries.
func documents(t *testing.T) (list []string) {
	t.Helper()
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, _, _ := strings.Cut(string(content), "\n\n")
		list = append(list, text)
	}
	return list
}

// What is explained are identities, one at least for each step of combine, and multiplied out otherwise than the checker does they hold.
func TestIdentitiesHold(t *testing.T) {
	for _, document := range documents(t) {
		count := map[string]int{} // by the place of the step
		atValues := map[string]int{}
		rules := map[string]string{}
		_, err := Explain(context.Background(), seal(document), nil, Told{
			Step: func(place, rule string) { rules[place] = rule },
			Identity: func(i *Identity) {
				count[i.Place]++
				if i.Values != nil {
					atValues[i.Place]++
				}
				var sum Poly
				for _, s := range i.Summands {
					sum = sum.Plus(s.C, valued(s.P, i).Times(valued(s.Q, i)))
				}
				if sum = sum.Plus(Int(-1), i.Rest); len(sum) > 0 || len(i.Rest) > 0 && i.Relation == EQ && i.Values == nil || !strings.HasPrefix(i.Place, "theorem ") {
					t.Errorf("%s: what is left is %v", i.Place, sum)
				}
			}})
		if steps := strings.Count(document, `"rule":`); err != nil || len(rules) != steps {
			t.Errorf("%d steps are told of %d, %v, in %.120s", len(rules), steps, err, document)
		}
		for place, rule := range rules {
			// A rule not listed adds or hides something, and multiplies nothing out.
			asked := map[string]bool{"combine": true, "prefix": true, "project": true, "witness": true}[rule]
			if asked && count[place] == 0 && !strings.Contains(document, `"values":[],"steps":[]`) {
				t.Errorf("nothing is told of %s, in %.120s", place, document)
			}
			// For m symbols in the order: the goal at m+1 prefixes, m−1 pairs of ratios, m sums each of x and y.
			if n := atValues[place]; rule == "prefix" && (n < 2 || count[place] != 4*(n-1)) {
				t.Errorf("of %s %d identities are told, with the goal at %d prefixes", place, count[place], n)
			}
		}
	}
}

// A row of an elimination that is left out is told as the sum of two rows, each of which is a fact, a sign, or told before: a sum that
// nobody was told of would have to be believed.
func TestRowsOfEliminationsAreKnown(t *testing.T) {
	for _, name := range []string{"project", "projectprimitive", "projectstrict"} {
		content, err := os.ReadFile("testdata/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		text, _, _ := strings.Cut(string(content), "\n\n")
		report, err := Check(seal(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		known, asked := map[string]bool{}, 0
		for _, shown := range report.Theorems {
			for _, f := range slices.Concat(shown.Theorem.Facts, shown.Theorem.Rows) {
				known[fmt.Sprint(f.Poly)] = true
			}
			for k := range shown.Theorem.Symbols {
				known[fmt.Sprint(Poly{{C: Int(1), M: Product(k)}})] = true
			}
		}
		_, err = Explain(context.Background(), seal(text), nil, Told{Step: func(string, string) {}, Identity: func(i *Identity) {
			if !strings.HasSuffix(i.Place, "(project)") {
				return
			}
			asked++
			for k, s := range i.Summands {
				// The last one of an equation is the row that is new.
				if k == len(i.Summands)-1 && i.Relation == EQ {
					known[fmt.Sprint(s.P)] = true
				}
				if !known[fmt.Sprint(s.P)] {
					t.Errorf("%s, %s: %v was not told before", name, i.Place, s.P)
				}
			}
		}})
		if err != nil || asked == 0 {
			t.Errorf("%s: %d identities, %v", name, asked, err)
		}
	}
}

// valued puts the values of an identity in place of symbols, one factor after the other.
func valued(p Poly, i *Identity) (sum Poly) {
	values := map[int]Poly{}
	for _, v := range i.Values {
		values[v.Symbol] = v.Value
	}
	for _, t := range p {
		product := Poly{{C: t.C}}
		for k := range t.M.Degree() {
			s := t.M.Symbol(k)
			factor, replaced := values[s]
			if !replaced {
				factor = Poly{{C: Int(1), M: Product(s)}}
			} else {
				product = Poly{}.Plus(i.Over.Inverse(), product)
			}
			product = product.Times(factor)
		}
		sum = sum.Plus(Int(1), product)
	}
	return sum
}

// A report says how many steps there are, and what the statement is.
func TestReport(t *testing.T) {
	for _, document := range documents(t) {
		report, err := Check(seal(document), nil)
		if err != nil {
			t.Fatal(err)
		}
		if steps := strings.Count(document, `"rule":`); report.Steps != steps || report.Title != "theorems written out" || report.Builder != "literal" {
			t.Errorf("%d steps, want %d, of %q, %q", report.Steps, steps, report.Title, report.Builder)
		}
		for _, shown := range report.Theorems {
			if !reflect.DeepEqual(report.Statement.Theorem(shown.Number), shown.Theorem) {
				t.Errorf("theorem %d of the statement is not the one shown", shown.Number)
			}
		}
		// An error about the claims is one about the place where they stand.
		_, err = Check(seal(strings.Replace(document, `ed"]],`, `ed "]],`, 1)), nil)
		var invalid *Invalid
		if !errors.As(err, &invalid) || invalid.Place != "claims" || invalid.Offset > strings.Index(document, `"proofs"`)+1 {
			t.Errorf("where the claims are wrong: %v", err)
		}
	}
}
