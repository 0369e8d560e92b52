package certificate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

// A projection is printed with the names of the document if these tell variables apart, quoted if they could be taken for something
// else, and by numbers if not; what is long is cut, and what is left out is counted.
func TestProjectionText(t *testing.T) {
	half := func(name string, unknown bool) kernel.Symbol { return kernel.Symbol{Name: name, Unknown: unknown} }
	row := kernel.Fact{Relation: kernel.GT, Poly: kernel.Poly{{C: kernel.Int(-1)}, {C: kernel.Int(2), M: kernel.Product(0)}}}
	for _, c := range []struct{ first, second, third, want string }{
		{"a", "b", "c", "  kept: a, c\n  eliminated: b\n  projection:\n    -1 + 2 a > 0\n"},
		{"a b", "b", "c", "  kept: \"a b\", c\n  eliminated: b\n  projection:\n    -1 + 2 \"a b\" > 0\n"},
		{"a", "b", "a", "  kept: x1, x3\n  eliminated: x2\n  projection:\n    -1 + 2 x1 > 0\n"},
		{"a", "b", "", "  kept: x1, x3\n  eliminated: x2\n  projection:\n    -1 + 2 x1 > 0\n"},
		{"a", strings.Repeat("n", kernel.MaxName+1), "c", "  kept: x1, x3\n  eliminated: x2\n  projection:\n    -1 + 2 x1 > 0\n"},
	} {
		th := &kernel.Theorem{Symbols: []kernel.Symbol{half(c.first, false), half(c.second, true), half(c.third, false), half("E", true)}, Rows: []kernel.Fact{row}}
		if got := projectionText(th); got != c.want {
			t.Errorf("%s\nwant\n%s", got, c.want)
		}
	}
	if got := projectionText(&kernel.Theorem{Symbols: []kernel.Symbol{half("E", true)}}); got != "  kept: none\n  eliminated: none\n  projection:\n" {
		t.Error(got)
	}
	long := &kernel.Theorem{}
	for k := range maxNamesShown + 7 {
		long.Symbols = append(long.Symbols, half(fmt.Sprintf("v%d", k), false))
	}
	long.Symbols = append(long.Symbols, half("E", true))
	for range maxTermsShown {
		long.Rows = append(long.Rows, row)
	}
	got, rows := projectionText(long), maxTermsShown/3
	if !strings.Contains(got, ", v999 and 7 more\n  eliminated: none\n") || strings.Count(got, " > 0\n") != rows || !strings.HasSuffix(got, fmt.Sprintf("    and %d rows more, in the document\n", maxTermsShown-rows)) {
		t.Errorf("%d rows of %s", strings.Count(got, " > 0\n"), got[len(got)-200:])
	}
}

// Of names of symbols that are not shown none is looked at.
func TestNamesOfAListAreThoseShown(t *testing.T) {
	list := make([]int, 300*maxNamesShown)
	for k := range list {
		list[k] = len(list) - k
	}
	var asked []int
	got := first(list, func(s int) string {
		asked = append(asked, s)
		return fmt.Sprint("v", s)
	})
	if !slices.Equal(asked, list[:maxNamesShown]) || !strings.HasPrefix(got, "v300000, v299999, ") || !strings.HasSuffix(got, ", v299001 and 299000 more") {
		t.Errorf("%d names in %.30s...%s", len(asked), got, got[len(got)-30:])
	}
}
