package kernel

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
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
		count := 0
		_, err := Explain(context.Background(), seal(document), nil, func(i *Identity) {
			count++
			var sum Poly
			for _, s := range i.Summands {
				sum = sum.Plus(s.C, s.P.Times(s.Q))
			}
			if sum = sum.Plus(Int(-1), i.Rest); len(sum) > 0 || len(i.Rest) > 0 && i.Relation == EQ || !strings.HasPrefix(i.Place, "theorem ") {
				t.Errorf("%s: what is left is %v", i.Place, sum)
			}
		})
		if steps := strings.Count(document, `"rule":"combine"`); err != nil || count < steps {
			t.Errorf("%d identities for %d steps, %v, in %.120s", count, steps, err, document)
		}
	}
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
