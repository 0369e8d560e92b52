package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"pstar/theorems"
)

// mostSigns is how many words, numbers and signs in a row two texts may share that are not one: of a formula
// q(S) + 1 − p(S)^K is twelve.
const mostSigns = 13

// The words and formulas of a statement are in one text of the code, its row or a constant that the row
// takes; also texts that differ by blanks, quotation marks and spellings of signs are copies, and ones
// that are put together of parts. The packages of certificates have words of their own: they import nothing.
func TestTextsOfStatementsAreWrittenOnce(t *testing.T) {
	places := placesOfTexts(t)
	if len(places) < 4_000 {
		t.Fatalf("%d texts", len(places))
	}
	rows := registry().All()
	own := map[string]string{} // statements as signs, with their tags
	for _, row := range rows {
		own[strings.Join(signsOf(row.Statement), " ")] = row.Tag
	}
	for _, copies := range copiesOf(rows, places, own) {
		t.Error(copies)
	}
}

// The test above finds copies of each kind, and no two texts that are different.
func TestCopiesAreFound(t *testing.T) {
	rows := []theorems.Theorem{{Tag: "A", Statement: "(4.6) and (4.7) hold for the first element"}, {Tag: "B", Statement: "for N odd: LPOPT ≤ α_0(ρ) + (ρ+2)/N"}}
	for text, want := range map[string]int{
		`"on the law: (4.6) and (4.7) hold for the first element [%s]"`:       1,
		"`(4.6)  and (4.7) hold\nfor the first element`":                      1,
		`"(4.6) and (4.7) " + "hold for the first element"`:                   1,
		`"(4.6) and (4.7) " + f() + "hold for the first element"`:             0,
		`"it is shown that LPOPT <= α₀(ρ) + (ρ + 2)/N, " + "by a dual point"`: 1,
		`"LPOPT ≤ α_0(ρ) + (ρ+2)/M"`:                                          0,
		`"(4.6) holds for the first element"`:                                 0,
	} {
		places := map[string][]string{"(4.6) and (4.7) hold for the first element": {"rows.go:1"}, rows[1].Statement: {"rows.go:2"}}
		e, err := parser.ParseExpr(text)
		if err != nil {
			t.Fatal(err)
		}
		eachConstant(e, func(at ast.Node, value string) { places[value] = append(places[value], "copy.go:1") })
		own := map[string]string{}
		for _, row := range rows {
			own[strings.Join(signsOf(row.Statement), " ")] = row.Tag
		}
		if found := copiesOf(rows, places, own); len(found) != want {
			t.Errorf("%s: %q, want %d", text, found, want)
		}
	}
}

// copiesOf names the texts that share a run of signs of a statement, or all of a short one, where there
// are several. Statements of other rows are none: rows may speak of the same formula.
func copiesOf(rows []theorems.Theorem, places map[string][]string, own map[string]string) (list []string) {
	runs := map[string]string{}   // runs of signs, with the tag
	lengths := map[int]struct{}{} // of these
	for _, row := range rows {
		signs := signsOf(row.Statement)
		n := min(mostSigns+1, len(signs))
		// Three words are no copy of anything.
		if n < 6 {
			continue
		}
		lengths[n] = struct{}{}
		eachSignRun(signs, n, func(run string) { runs[run] = row.Tag })
	}
	found := map[string][]string{} // places by run
	for text, at := range places {
		signs := signsOf(text)
		tag := own[strings.Join(signs, " ")]
		for n := range lengths {
			eachSignRun(signs, n, func(run string) {
				if of, known := runs[run]; known && (tag == "" || tag == of) {
					found[run] = append(found[run], at...)
				}
			})
		}
	}
	said := map[string]bool{}
	for run, at := range found {
		slices.Sort(at)
		at = slices.Compact(at)
		text := fmt.Sprintf("of the statement of %s in %s", runs[run], strings.Join(at, ", "))
		if len(at) > 1 && !said[text] {
			said[text] = true
			list = append(list, fmt.Sprintf("%q is %s", run, text))
		}
	}
	slices.Sort(list)
	return list
}

// eachSignRun calls f with every n signs in a row.
func eachSignRun(signs []string, n int, f func(run string)) {
	for i := 0; i+n <= len(signs); i++ {
		f(strings.Join(signs[i:i+n], " "))
	}
}

// oneSpelling writes signs that are the same to a reader alike.
var oneSpelling = strings.NewReplacer("₀", "0", "₁", "1", "₂", "2", "_", "", "−", "-", "<=", "≤", ">=", "≥", "·", "", "*", "")

// signsOf cuts a text into words and numbers, in small letters, and single other signs.
func signsOf(text string) (list []string) {
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			list = append(list, word.String())
			word.Reset()
		}
	}
	for _, r := range oneSpelling.Replace(text) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word.WriteRune(unicode.ToLower(r))
		case unicode.IsSpace(r) || r == '"' || r == '`':
			end()
		default:
			end()
			list = append(list, string(r))
		}
	}
	end()
	return list
}

// placesOfTexts are the strings of the code outside tests, with where each stands.
func placesOfTexts(t *testing.T) map[string][]string {
	places := map[string][]string{}
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case entry.IsDir() && (name == "fixtures" || name == "certificate" || len(name) > 2 && strings.HasPrefix(name, ".")):
			return filepath.SkipDir
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		eachConstant(file, func(at ast.Node, value string) {
			places[value] = append(places[value], files.Position(at.Pos()).String())
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return places
}

// eachConstant calls f with the strings of a file: a sum is one, with a sign that is in no text for what is no
// string in it.
func eachConstant(tree ast.Node, f func(at ast.Node, value string)) {
	ast.Inspect(tree, func(n ast.Node) bool {
		e, isExpression := n.(ast.Expr)
		if !isExpression {
			return true
		}
		value, known := constant(e)
		if known {
			f(n, value)
		}
		return !known
	})
}

func constant(e ast.Expr) (value string, known bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		value, err := strconv.Unquote(e.Value)
		return value, err == nil
	case *ast.ParenExpr:
		return constant(e.X)
	case *ast.BinaryExpr:
		left, a := constant(e.X)
		right, b := constant(e.Y)
		if !a {
			left = "\x00"
		}
		if !b {
			right = "\x00"
		}
		return left + right, e.Op == token.ADD && (a || b)
	}
	return "", false
}
