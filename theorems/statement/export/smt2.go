// Package export writes what was decided of theorem files for others: as queries to SMT solvers, and as an
// appendix in LaTeX.
package export

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
)

// SMT2 writes the negations of the theorems as queries in SMT-LIB 2 without quantifiers: that rows follow, one of several that are images of each other, and of an iff, that they imply what each
// generator of Farkas' cone requires; the answer is unsat where a claim is proved. That no generator is missing is not asked for: solvers
// do not answer the question with its quantifier. Of a refuted claim the direction that fails is asked for alone: the answer is sat if a
// row fails, and unsat to the question whether there are unknowns at the point. Of what
// is vacuous it asks whether there is a point at all. Of what is undecided it asks whether a row fails, and promises nothing. A solver that answers otherwise
// than a query promises, by set-info, contradicts this program. The file is as long as
// all rows written out, each query with the whole system.
func SMT2(to io.Writer, results []*decide.Result) error {
	// One logic for the whole file: nonlinear if any query is.
	w := &smtWriter{bufio.NewWriter(to)}
	logic := "QF_LRA"
	for _, r := range results {
		for _, s := range asked(r) {
			// A step can speak of products where no fact does: (x − y)² ≥ 0.
			if slices.ContainsFunc(slices.Concat(s.Facts, s.AllRows()), func(r statement.Row) bool { return r.Form.Degree() > 1 }) {
				logic = "QF_NRA"
			}
		}
	}
	fmt.Fprintf(w, "(set-logic %s)\n", logic)
	for _, r := range results {
		// A solver may know what this program does not.
		if r.Open != nil {
			w.follow(&decide.Settled{Problem: r.Open}, "unknown")
		}
		for _, s := range r.Settled {
			// Half of a refuted claim may be proved; only what refutes is asked for.
			if r.Status == theorems.Refuted && !s.Refuted {
				continue
			}
			// A row that fails, or rows that all follow.
			if !s.Refuted || s.Row >= 0 {
				w.follow(s, map[bool]string{true: "sat", false: "unsat"}[s.Refuted])
			}
			// The other direction of an iff: where it was proved, or where it is what
			// fails.
			if s.Iff && (!s.Refuted || s.Row < 0) {
				w.exist(s)
			}
		}
	}
	return w.Flush()
}

// asked are the problems of a result, that of an undecided one as if it were settled.
func asked(r *decide.Result) []*decide.Settled {
	if r.Open != nil {
		return append(slices.Clone(r.Settled), &decide.Settled{Problem: r.Open})
	}
	return r.Settled
}

type smtWriter struct{ *bufio.Writer }

// begin opens a query, whose answer is known. Queries stand between push and pop, so
// that one file has many of them.
func (w *smtWriter) begin(s *decide.Settled, what, answer string) {
	fmt.Fprintf(w, "(push 1)\n; %s: %s\n(set-info :status %s)\n", comment(s.Name), what, answer)
}

// comment keeps a text on one line; a name may come with line ends from Go.
func comment(text string) string { return strings.ReplaceAll(text, "\n", " ") }

// end asks, and closes the query.
func (w *smtWriter) end() { fmt.Fprint(w, "(check-sat)\n(pop 1)\n") }

// declare declares parameters, and unknowns too, if they are wanted. Bounds of symbols
// are no facts of the problem, and are asserted with the declaration.
func (w *smtWriter) declare(s *decide.Settled, unknowns bool) {
	for i, y := range s.Symbols {
		// A query on parameters alone leaves unknowns undeclared.
		if !y.Unknown || unknowns {
			fmt.Fprintf(w, "(declare-const %s Real)\n", symbol(s, i))
			if y.Nonnegative {
				fmt.Fprintf(w, "(assert (>= %s 0))\n", symbol(s, i))
			}
		}
	}
}

// follow asks for a point with all facts at which a row fails.
func (w *smtWriter) follow(s *decide.Settled, answer string) {
	w.begin(s, "does a row fail?", answer)
	w.declare(s, true)
	for _, f := range s.Facts {
		fmt.Fprintf(w, "(assert %s)\n", row(s, f))
	}
	// The word false makes it a disjunction even where there are no rows.
	fmt.Fprint(w, "(assert (or false")
	// One disjunction of all rows: a point at which one fails answers for the claim. Of
	// rows that are images of each other one is here.
	for _, r := range s.Problem.Rows {
		fmt.Fprintf(w, "\n  (not %s)", row(s, r))
	}
	fmt.Fprint(w, "))\n")
	w.end()
}

// exist asks for parameters with assumptions and rows at which a generator requires
// more; or for unknowns at the point of a refutation. Which of the two depends on which
// direction of the iff the problem's status is about.
func (w *smtWriter) exist(s *decide.Settled) {
	// Parameters are fixed at the point; that the solver finds no unknowns is the
	// refutation.
	if s.Refuted {
		w.begin(s, "are there unknowns at this point?", "unsat")
		w.declare(s, true)
		// Unknowns are left free.
		for i, y := range s.Symbols {
			if !y.Unknown {
				fmt.Fprintf(w, "(assert (= %s %s))\n", symbol(s, i), number(s.Point[i]))
			}
		}
		// Assumptions are among the facts, and hold at the point.
		for _, f := range s.Facts {
			fmt.Fprintf(w, "(assert %s)\n", row(s, f))
		}
		w.end()
		return
	}
	// By Farkas' lemma there are unknowns if all these requirements hold; so it is
	// enough that parameters with the rows have them.
	w.begin(s, "does a generator of Farkas' cone require more than the rows?", "unsat")
	w.declare(s, false)
	for _, f := range s.Facts {
		// Facts that hold unknowns say nothing about parameters alone.
		if !s.HoldsUnknown(f.Form) {
			fmt.Fprintf(w, "(assert %s)\n", row(s, f))
		}
	}
	// All rows: also images, which the proof has used.
	for _, r := range s.AllRows() {
		fmt.Fprintf(w, "(assert %s)\n", row(s, r))
	}
	fmt.Fprint(w, "(assert (or false")
	for _, g := range s.Generators() {
		fmt.Fprintf(w, "\n  (not %s)", row(s, g.Requires))
	}
	fmt.Fprint(w, "))\n")
	w.end()
}

// symbol is a name between bars; a name with a bar is numbered in its place. Between
// bars SMT-LIB takes any characters but bars and backslashes.
func symbol(s *decide.Settled, i int) string {
	name := s.Symbols[i].Name
	if strings.ContainsAny(name, `|\`) {
		name = fmt.Sprintf("symbol %d", i)
	}
	return "|" + name + "|"
}

// row is a fact: its form compared with 0, by the same sign as in the file.
func row(s *decide.Settled, r statement.Row) string {
	return fmt.Sprintf("(%v %s 0)", r.Relation, form(s, r.Form))
}

// form is a sum of products in prefix form.
func form(s *decide.Settled, f statement.Form) string {
	// A sum without terms is no term of SMT-LIB.
	if len(f) == 0 {
		return "0"
	}
	var terms []string
	// A factor 1 is left out, unless it is all there is.
	for _, t := range f {
		factors := []string{}
		if !t.C.Equal(rational.NewRat(1, 1)) || t.M == statement.One {
			factors = append(factors, number(t.C))
		}
		// A power is its symbol as often as it stands.
		for _, k := range t.M.Symbols() {
			factors = append(factors, symbol(s, k))
		}
		terms = append(terms, applied("*", factors))
	}
	return applied("+", terms)
}

// applied is (op a b …), or the one argument. SMT-LIB's sums and products have two
// arguments at least.
func applied(op string, args []string) string {
	if len(args) == 1 {
		return args[0]
	}
	return "(" + op + " " + strings.Join(args, " ") + ")"
}

// number is a rational number: integers and quotients have no sign in SMT-LIB, and
// negative ones are written as −x.
func number(x rational.Rat) string {
	// A fraction is a quotient of integers: decimals would not be exact.
	text := x.Abs().Num().String()
	if !x.IsInt() {
		text = "(/ " + text + " " + x.Den().String() + ")"
	}
	if x.Sign() < 0 {
		return "(- " + text + ")"
	}
	return text
}
