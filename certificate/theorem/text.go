package theorem

import (
	"fmt"
	"slices"
	"strings"
)

// Text is the theorem for people, in lines.
// Nothing is left out: a theorem that is written out is known by this alone.
func (t *Theorem) Text() string {
	var b strings.Builder
	// Which symbols there are, before anything that names them.
	b.WriteString(t.symbolText("parameters", false) + t.symbolText("unknowns", true))
	// Symbols by their names, products with spaces between them.
	names := func(s int) string { return t.Symbols[s].Name }
	for _, a := range t.Exponentials {
		fmt.Fprintf(&b, "  %s = e^(%s)\n", names(a.Symbol), a.Value.text(names))
	}
	// Facts are always listed, also none: what is assumed must not have to be guessed.
	t.factText(&b, "facts", t.Facts, names)
	// What the rows mean depends on the kind alone.
	switch t.Kind {
	case Feasible:
		t.factText(&b, "for all parameters with the facts that hold no unknown, there are unknowns with the others if and only if these rows hold", t.Rows, names)
	case Implied:
		t.factText(&b, "from the facts follow the rows", t.Rows, names)
	}
	// A row stands for all of its images, which must be said beside it.
	if len(t.Generators) > 0 {
		b.WriteString("  and all images of the rows under the permutations that these make:\n")
	}
	for _, g := range t.Generators {
		// Only what moves: a permutation of many symbols moves few.
		b.WriteString("   ")
		for s, to := range g {
			if int(to) != s {
				fmt.Fprintf(&b, " %s->%s", t.Symbols[s].Name, t.Symbols[to].Name)
			}
		}
		b.WriteByte('\n')
	}
	if t.Process != nil {
		t.processText(&b)
	}
	return b.String()
}

// symbolText lists the symbols that are unknowns, or those that are not.
// A name carries its sign, as that is an assumption too; a kind without symbols has no
// line.
func (t *Theorem) symbolText(word string, unknown bool) string {
	var names []string
	for _, s := range t.Symbols {
		if s.Unknown == unknown {
			names = append(names, s.Name+map[bool]string{true: " >= 0"}[s.Nonnegative])
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "  " + word + ": " + strings.Join(names, ", ") + "\n"
}

// One fact for each line, compared with 0 as it is held.
func (t *Theorem) factText(b *strings.Builder, word string, facts []Fact, name func(s int) string) {
	fmt.Fprintf(b, "  %s:\n", word)
	for _, f := range facts {
		fmt.Fprintf(b, "    %s %s 0\n", f.Poly.text(name), f.Relation)
	}
}

// FactText is a fact for people.
// In one line, as messages name it.
func (t *Theorem) FactText(f Fact) string {
	return fmt.Sprintf("%s %s 0", f.Poly.text(func(s int) string { return t.Symbols[s].Name }), f.Relation)
}

func (t *Theorem) processText(b *strings.Builder) {
	// Symbols of a process are numbered behind those of the theorem.
	symbols := slices.Concat(t.Symbols, t.Process.Symbols)
	name := func(s int) string { return symbols[s].Name }
	// In the order in which it happens: the start, what each time may be, and what becomes
	// of the state.
	for _, a := range t.Process.Start {
		fmt.Fprintf(b, "  %s begins as %s\n", name(a.Symbol), a.Value.text(name))
	}
	for _, s := range t.Process.Symbols {
		fmt.Fprintf(b, "  each time, any %s%s\n", s.Name, map[bool]string{true: " >= 0"}[s.Nonnegative])
	}
	for _, a := range t.Process.Exponentials {
		fmt.Fprintf(b, "  with %s = e^(%s)\n", name(a.Symbol), a.Value.text(name))
	}
	t.factText(b, "with", t.Process.Facts, name)
	for _, a := range t.Process.Update {
		fmt.Fprintf(b, "  %s becomes %s\n", name(a.Symbol), a.Value.text(name))
	}
}

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
		c := t.C
		// A sign stands between terms, with spaces; before the first one it belongs to the
		// number.
		switch {
		case k > 0 && c.Sign() < 0:
			b.WriteString(" - ")
			c = c.Neg()
		case k > 0:
			b.WriteString(" + ")
		case c.Sign() < 0:
			b.WriteString("-")
			c = c.Neg()
		}
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

// NameBytes is the length of the names of the symbols, wherever they stand in polynomials, and of those that generators move and
// where to. It bounds the length of Text before that is made: a name of 200 bytes stands for a number of a few.
// It counts what Text writes of names, not its other words, and takes time of the size of
// the theorem.
func (t *Theorem) NameBytes() (n int64) {
	process := t.Process
	if process == nil {
		process = &Process{}
	}
	symbols := slices.Concat(t.Symbols, process.Symbols)
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
			for k := term.M.Degree() - 1; k >= 0; k-- {
				n += int64(len(symbols[term.M.Symbol(k)].Name))
			}
		}
	}
	for _, g := range t.Generators {
		for s, to := range g {
			if int(to) != s {
				n += int64(len(symbols[s].Name) + len(symbols[to].Name))
			}
		}
	}
	return n
}
