package theorem

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Text is the theorem for people, in lines.
// Nothing is left out: a theorem that is written out is known by this alone.
func (t *Theorem) Text() string {
	var b strings.Builder
	// Which symbols there are, before anything that names them.
	b.WriteString(t.symbolText("parameters", false) + t.symbolText("unknowns", true))
	t.valueText(&b, "  %s = e^(%s)\n", t.Exponentials)
	// Facts are always listed, also none: what is assumed must not have to be guessed.
	t.factText(&b, "facts", t.Facts)
	// What the rows mean depends on the kind alone.
	t.factText(&b, map[Kind]string{
		Feasible: "for all parameters with the facts that hold no unknown, there are unknowns with the others if and only if these rows hold",
		Implied:  "from the facts follow the rows"}[t.Kind], t.Rows)
	// A row stands for all of its images, which must be said beside it.
	if len(t.Generators) > 0 {
		b.WriteString("  and all images of the rows under the permutations that these make:\n")
	}
	for _, g := range t.Generators {
		// Only what moves: a permutation of many symbols moves few.
		b.WriteString("   ")
		for s, to := range g {
			if int(to) != s {
				fmt.Fprintf(&b, " %s->%s", t.SymbolText(s), t.SymbolText(int(to)))
			}
		}
		b.WriteByte('\n')
	}
	if t.Process != nil {
		t.processText(&b)
	}
	return b.String()
}

// plain are names that can be taken for nothing else: a word, with indices in brackets or arguments in
// parentheses, which hold none of their own kind, and primes; or a word in parentheses.
var plain = regexp.MustCompile(`^([A-Za-z_][\w.]*(\[[\w,{}()|.:]*\]|\([\w,{}\[\]|.:]*\))?'*|\([a-z]+\))$`)

// SymbolText is the name of a symbol for people, in quotation marks unless it is plain: that of a symbol called
// x^2 - x would make another theorem of the text, and e beside e^(x), which is no power of it. Symbols of a process are numbered behind those of the theorem.
func (t *Theorem) SymbolText(s int) string {
	symbols := t.Symbols
	if s >= len(symbols) {
		s, symbols = s-len(symbols), t.Process.Symbols
	}
	exponentials := len(t.Exponentials) > 0 || t.Process != nil && len(t.Process.Exponentials) > 0
	if name := symbols[s].Name; plain.MatchString(name) && !(name == "e" && exponentials) {
		return name
	}
	return `"` + symbols[s].Name + `"` // which holds no quotation marks
}

// symbolText lists the symbols that are unknowns, or those that are not.
// A name carries its sign, as that is an assumption too; a kind without symbols has no
// line.
func (t *Theorem) symbolText(word string, unknown bool) string {
	var names []string
	for k, s := range t.Symbols {
		if s.Unknown == unknown {
			names = append(names, t.SymbolText(k)+map[bool]string{true: " >= 0"}[s.Nonnegative])
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "  " + word + ": " + strings.Join(names, ", ") + "\n"
}

// One fact for each line, compared with 0 as it is held.
func (t *Theorem) factText(b *strings.Builder, word string, facts []Fact) {
	fmt.Fprintf(b, "  %s:\n", word)
	for _, f := range facts {
		fmt.Fprintf(b, "    %s\n", t.FactText(f))
	}
}

// FactText is a fact for people.
// In one line, as messages name it.
func (t *Theorem) FactText(f Fact) string {
	return f.Poly.text(t.SymbolText) + " " + f.Relation.String() + " 0"
}

func (t *Theorem) processText(b *strings.Builder) {
	// In the order in which it happens: the start, what each time may be, and what becomes
	// of the state.
	t.valueText(b, "  %s begins as %s\n", t.Process.Start)
	for k, s := range t.Process.Symbols {
		fmt.Fprintf(b, "  each time, any %s%s\n", t.SymbolText(len(t.Symbols)+k), map[bool]string{true: " >= 0"}[s.Nonnegative])
	}
	t.valueText(b, "  with %s = e^(%s)\n", t.Process.Exponentials)
	t.factText(b, "with", t.Process.Facts)
	t.valueText(b, "  %s becomes %s\n", t.Process.Update)
}

// Each in a line of this form, which has a place for the symbol and for its value.
func (t *Theorem) valueText(b *strings.Builder, form string, list []Assignment) {
	for _, a := range list {
		fmt.Fprintf(b, form, t.SymbolText(a.Symbol), a.Value.text(t.SymbolText))
	}
}

// What stands before a term that is not the first, or is, and is negative, or not.
var signs = map[[2]bool]string{{true, true}: " - ", {true, false}: " + ", {false, true}: "-"}

// text is the polynomial with names.
// Terms stand in the order of the polynomial, coefficients of 1 are not written.
// name is called for each symbol of each product. Symbols beyond its knowledge are a
// mistake of the caller.
func (p Poly) text(name func(s int) string) string {
	if len(p) == 0 {
		return "0"
	}
	var b strings.Builder
	for k, t := range p {
		// A sign stands between terms, with spaces; before the first one it belongs to the
		// number.
		c, negative := t.C, t.C.Sign() < 0
		if negative {
			c = c.Neg()
		}
		b.WriteString(signs[[2]bool{k > 0, negative}])
		var factors []string
		// A constant is written even if it is 1; otherwise the term would be empty.
		if text := c.String(); len(t.M) == 0 || !c.IsOne() {
			factors = append(factors, text)
		}
		for i := 0; i < t.M.Degree(); i++ {
			factors = append(factors, name(t.M.Symbol(i)))
		}
		b.WriteString(strings.Join(factors, " "))
	}
	return b.String()
}

// TextBytes bounds what is long in Text before that is made: the names of the symbols, wherever they stand in polynomials, and of those
// that generators move and where to, each with the two quotation marks that it may need, as a name of 200
// bytes stands for a number of a few; 20 for each word of a number that is not short, whose digits take longer to make than to
// read; and 256 for the lines of any theorem. It takes time of the size of the theorem.
func (t *Theorem) TextBytes() int64 {
	n := int64(256)
	process := t.Process
	if process == nil {
		process = &Process{}
	}
	symbols := slices.Concat(t.Symbols, process.Symbols)
	count := func(s int) { n += int64(len(symbols[s].Name) + 2) }
	var polys []Poly
	// All polynomials that Text writes.
	for _, f := range slices.Concat(t.Facts, t.Rows, process.Facts) {
		polys = append(polys, f.Poly)
	}
	for _, a := range slices.Concat(t.Exponentials, process.Exponentials, process.Start, process.Update) {
		polys = append(polys, a.Value)
	}
	for _, p := range polys {
		for _, term := range p {
			if !term.C.Short() {
				above, below := term.C.Words()
				n += 20 * int64(above+below)
			}
			for k := range term.M.Degree() {
				count(term.M.Symbol(k))
			}
		}
	}
	for _, g := range t.Generators {
		for s, to := range g {
			if int(to) != s {
				count(s)
				count(int(to))
			}
		}
	}
	return n
}
