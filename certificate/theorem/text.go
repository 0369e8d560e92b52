package theorem

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Text is the theorem for people, in lines.
// Nothing is left out: a theorem that is written out is known by this alone.
func (t *Theorem) Text() string {
	w := written{name: t.Names()}
	// Which symbols there are, before anything that names them.
	w.symbols("parameters", false, t.Symbols)
	w.symbols("unknowns", true, t.Symbols)
	w.values("  %s = e^(%s)\n", t.Exponentials)
	// Facts are always listed, also none: what is assumed must not have to be guessed.
	w.facts("facts", t.Facts)
	// What the rows mean depends on the kind alone.
	w.facts(map[Kind]string{
		Feasible: "for all parameters with the facts that hold no unknown, there are unknowns with the others if and only if these rows hold",
		Implied:  "from the facts follow the rows"}[t.Kind], t.Rows)
	// A row stands for all of its images, which must be said beside it.
	if len(t.Generators) > 0 {
		w.WriteString("  and all images of the rows under the permutations that these make:\n")
	}
	for _, g := range t.Generators {
		// Only what moves: a permutation of many symbols moves few.
		w.WriteString("   ")
		for s, to := range g {
			if int(to) != s {
				w.WriteString(" " + w.name(s) + "->" + w.name(int(to)))
			}
		}
		w.WriteByte('\n')
	}
	if t.Process != nil {
		w.process(t.Process, len(t.Symbols))
	}
	return w.String()
}

// plain are names that can be taken for nothing else: a word, with indices in brackets or arguments in
// parentheses, which hold none of their own kind, and primes; or a word in parentheses.
var plain = regexp.MustCompile(`^([A-Za-z_][\w.]*(\[[\w,{}()|.:]*\]|\([\w,{}\[\]|.:]*\))?'*|\([a-z]+\))$`)

// Names are the names of symbols for people, in quotation marks unless they are plain: that of a symbol called
// x^2 - x would make another theorem of the text, and e beside e^(x), which is no power of it. Symbols of a process are
// numbered behind those of the theorem. A theorem of a few symbols may name them millions of times, so that each name is
// looked at once.
func (t *Theorem) Names() func(s int) string {
	process := cmp.Or(t.Process, &Process{})
	symbols := slices.Concat(t.Symbols, process.Symbols)
	exponentials := len(t.Exponentials)+len(process.Exponentials) > 0
	names := make([]string, len(symbols))
	return func(s int) string {
		if names[s] == "" {
			if names[s] = symbols[s].Name; !plain.MatchString(names[s]) || names[s] == "e" && exponentials {
				names[s] = `"` + names[s] + `"` // which holds no quotation marks
			}
		}
		return names[s]
	}
}

// written is the text of a theorem as it grows.
type written struct {
	strings.Builder
	name func(s int) string
}

// symbols lists the symbols that are unknowns, or those that are not.
// A name carries its sign, as that is an assumption too; a kind without symbols has no
// line.
func (w *written) symbols(word string, unknown bool, symbols []Symbol) {
	var names []string
	for k, s := range symbols {
		if s.Unknown == unknown {
			names = append(names, w.name(k)+map[bool]string{true: " >= 0"}[s.Nonnegative])
		}
	}
	if len(names) > 0 {
		w.WriteString("  " + word + ": " + strings.Join(names, ", ") + "\n")
	}
}

// One fact for each line, compared with 0 as it is held.
func (w *written) facts(word string, facts []Fact) {
	fmt.Fprintf(w, "  %s:\n", word)
	for _, f := range facts {
		w.WriteString("    " + f.Text(w.name) + "\n")
	}
}

// Text is a fact for people, with these names.
// In one line, as messages name it.
func (f Fact) Text(name func(s int) string) string {
	return f.Poly.text(name) + " " + f.Relation.String() + " 0"
}

func (w *written) process(p *Process, first int) {
	// In the order in which it happens: the start, what each time may be, and what becomes
	// of the state.
	w.values("  %s begins as %s\n", p.Start)
	for k, s := range p.Symbols {
		fmt.Fprintf(w, "  each time, any %s%s\n", w.name(first+k), map[bool]string{true: " >= 0"}[s.Nonnegative])
	}
	w.values("  with %s = e^(%s)\n", p.Exponentials)
	w.facts("with", p.Facts)
	w.values("  %s becomes %s\n", p.Update)
}

// Each in a line of this form, which has a place for the symbol and for its value.
func (w *written) values(form string, list []Assignment) {
	for _, a := range list {
		fmt.Fprintf(w, form, w.name(a.Symbol), a.Value.text(w.name))
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
		size, negative := strings.CutPrefix(t.C.String(), "-")
		b.WriteString(signs[[2]bool{k > 0, negative}])
		var factors []string
		// A constant is written even if it is 1; otherwise the term would be empty.
		if len(t.M) == 0 || size != "1" {
			factors = append(factors, size)
		}
		for i := 0; i < t.M.Degree(); i++ {
			factors = append(factors, name(t.M.Symbol(i)))
		}
		b.WriteString(strings.Join(factors, " "))
	}
	return b.String()
}

// TextBytes bounds the length of Text before that is made, with the line or two that a report has beside it: a short term
// stands for several times its bytes if names are long, and digits of long numbers take longer to make than to read.
// It takes time of the size of the theorem.
func (t *Theorem) TextBytes() int64 {
	n, process := int64(512+len(t.Name)), cmp.Or(t.Process, &Process{})
	symbols := slices.Concat(t.Symbols, process.Symbols)
	// 4 are for the two quotation marks that it may need, and what stands beside it.
	name := func(s, more int) { n += int64(len(symbols[s].Name) + more) }
	poly := func(p Poly) {
		n += 16
		for _, term := range p {
			n += 3 + int64(term.C.digits())
			for k := range term.M.Degree() {
				name(term.M.Symbol(k), 4)
			}
		}
	}
	for s := range symbols {
		name(s, 25)
	}
	for _, f := range slices.Concat(t.Facts, t.Rows, process.Facts) {
		poly(f.Poly)
	}
	for _, a := range slices.Concat(t.Exponentials, process.Exponentials, process.Start, process.Update) {
		name(a.Symbol, 4)
		poly(a.Value)
	}
	for _, g := range t.Generators {
		for s, to := range g {
			if int(to) != s {
				name(s, len(symbols[to].Name)+8)
			}
		}
	}
	return n
}
