package coqfile

import (
	"fmt"
	"sort"
	"strings"

	"pstar/certificate/theorem"
)

// image is a text of the fact to which g takes f, the same for equal facts. Where g is
// nil it is f. Its cost is that of sorting the terms; a text is a key for a map, as the
// kernel's hash with its comparison is.
func image(f theorem.Fact, g []int32) string {
	var terms []string
	for _, t := range f.Poly {
		var symbols []int
		for k := 0; k < t.M.Degree(); k++ {
			s := t.M.Symbol(k)
			if g != nil {
				s = int(g[s])
			}
			symbols = append(symbols, s)
		}
		// A monomial of the theorem is sorted already, but its image is not.
		sort.Ints(symbols)
		terms = append(terms, fmt.Sprint(t.C.String(), symbols))
	}
	// The order of terms changes with the symbols, too.
	sort.Strings(terms)
	return f.Relation.String() + strings.Join(terms, "")
}
