package certificate

import (
	"cmp"
	"fmt"
	"strings"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
)

// What a claim on a projection is about is printed as far as this: a document may have millions of rows.
const (
	maxNamesShown = 1000 // of variables that are kept, and of those that are eliminated
	maxTermsShown = 5000 // of rows
)

// projectionText says which variables a theorem of the builder of polyhedra keeps and eliminates, and the
// rows of its projection: without these the claim that it makes could be about any.
func projectionText(t *kernel.Theorem) string {
	// The last symbol stands for 0, and is no variable of the document.
	shown := &kernel.Theorem{Symbols: namesToShow(t.Symbols[:len(t.Symbols)-1])}
	name := shown.Names()
	symbols := map[bool][]int{}
	for k, s := range shown.Symbols {
		symbols[s.Unknown] = append(symbols[s.Unknown], k)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  kept: %s\n  eliminated: %s\n  projection:\n", first(symbols[false], name), first(symbols[true], name))
	terms := 0
	for k, row := range t.Rows {
		if terms += 1 + len(row.Poly); terms > maxTermsShown {
			fmt.Fprintf(&b, "    and %s more, in the document\n", statement.Many(len(t.Rows)-k, "row"))
			break
		}
		fmt.Fprintf(&b, "    %s\n", row.Text(name))
	}
	return b.String()
}

// namesToShow are the symbols with their names; with x1, x2 and so on if the names do not tell them apart, or
// are too long. Names of polyhedra may be any strings.
func namesToShow(symbols []kernel.Symbol) []kernel.Symbol {
	names, numbered := map[string]bool{}, make([]kernel.Symbol, len(symbols))
	for k, s := range symbols {
		if len(s.Name) > 0 && len(s.Name) <= kernel.MaxName {
			names[s.Name] = true
		}
		s.Name = fmt.Sprintf("x%d", k+1)
		numbered[k] = s
	}
	if len(names) == len(symbols) {
		return symbols
	}
	return numbered
}

// first are the names of a list for people, as far as it is shown. Others are not made: there may be hundreds of
// thousands.
func first(list []int, name func(s int) string) string {
	var names []string
	for _, k := range list[:min(len(list), maxNamesShown)] {
		names = append(names, name(k))
	}
	text := cmp.Or(strings.Join(names, ", "), "none")
	if n := len(list) - len(names); n > 0 {
		text += fmt.Sprintf(" and %d more", n)
	}
	return text
}
