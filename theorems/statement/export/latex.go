package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"sync"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
	"pstar/theorems/statement/farkas"
)

// LaTeX writes an appendix: each claim with its system, its closed form where there is one, and the proof: the multipliers of every
// row, the generators of Farkas' lemma with what each requires and why that follows; or the point that refutes it. It is made to be
// pasted into a document with amsmath and amsthm. It writes what package decide knows
// and computes nothing. Errors are those of the writer, reported at the end. It is for
// readers: that the proof is complete the certificate says.
func LaTeX(to io.Writer, results []*decide.Result) error {
	w := &texWriter{Writer: bufio.NewWriter(to)}
	var last *statement.System
	for _, r := range results {
		// Results of one system stand behind each other; its rows are written once,
		// before the first of them. By the pointer: two systems that are equal are
		// still two in the file.
		if r.System != last {
			w.system(r.System)
			last = r.System
		}
		w.result(r)
	}
	return w.Flush()
}

type texWriter struct {
	*bufio.Writer
	// numbers are those of the facts of the present system, by labels and positions: problems that leave facts out number theirs
	// otherwise, and a tag must be the same in all of them.
	numbers map[fact]int
}

// fact is what tells the facts of a file apart.
type fact struct {
	label        string
	line, column int
}

func factOf(r statement.Row) fact { return fact{r.Label, r.At.Line, r.At.Column} }

// line writes one line of text.
func (w *texWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// system states parameters, assumptions, unknowns and rows. An instance is named with
// the values of its lets.
func (w *texWriter) system(s *statement.System) {
	title := s.Title
	if s.Setting != "" {
		title += ", " + s.Setting
	}
	w.line("\\subsection*{%s}", escape(title))
	w.numbers = map[fact]int{}
	// Positions are part of the key, as labels may be repeated.
	for i, f := range s.Facts {
		w.numbers[factOf(f.Row)] = i
	}
	// Parameters first, and then the unknowns, as in the system itself.
	for _, unknown := range []bool{false, true} {
		var names []string
		// Nonnegative symbols have no row that says so, and are declared with their
		// sign.
		for _, y := range s.Symbols {
			if y.Unknown == unknown {
				sign := ""
				if y.Nonnegative {
					sign = " \\ge 0"
				}
				names = append(names, "$"+name(y.Name)+sign+"$")
			}
		}
		if len(names) > 0 {
			w.line("%s: %s.\n", map[bool]string{false: "Parameters", true: "Unknowns"}[unknown], strings.Join(names, ", "))
		}
	}
	// Assumptions before rows, in the order of the file and with the numbers that
	// proofs cite.
	for _, assumed := range []bool{true, false} {
		var rows []string
		for _, f := range s.Facts {
			if f.Assumed == assumed {
				rows = append(rows, w.tagged(s.Name, f.Row))
			}
		}
		if len(rows) > 0 {
			w.line("%s", map[bool]string{true: "Assumptions:", false: "Rows:"}[assumed])
			w.display(rows)
		}
	}
	// A file without an objective has no claims on an optimum.
	if o := s.Objective; o != nil {
		w.line("%s $%s = %s$.\n", map[bool]string{true: "Maximise", false: "Minimise"}[o.Maximize], name(o.Name), tex(s.Name, o.Form))
	}
}

// display is a block of formulas, one a line, without numbers of TeX's own: tags are
// written out.
func (w *texWriter) display(rows []string) {
	w.line("\\begin{gather*}\n%s\n\\end{gather*}", strings.Join(rows, " \\\\\n"))
}

// tagged is a fact with its tag.
func (w *texWriter) tagged(names func(int) string, r statement.Row) string {
	return sides(names, r) + " \\tag*{" + w.tag(r) + "}"
}

// tag is the label of a fact, or the number that it has in the system if its label is only what it says.
func (w *texWriter) tag(r statement.Row) string {
	if strings.ContainsAny(r.Label, "<=>") {
		return fmt.Sprintf("A%d", w.numbers[factOf(r)]+1)
	}
	return escape(r.Label)
}

// list is an environment with an item for each line; there is none without items.
func (w *texWriter) list(environment string, items []string) {
	if len(items) > 0 {
		w.line("\\begin{%s}\n\\item %s\n\\end{%s}", environment, strings.Join(items, "\n\\item "), environment)
	}
}

// capital begins a sentence. Notes and directions begin with a letter of ASCII.
func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// result is one claim or step: its status, its closed form, and the proof of each
// problem that it comes to.
func (w *texWriter) result(r *decide.Result) {
	s := r.System
	word := "Claim"
	if r.Step != nil {
		word = "Step"
	}
	w.line("\\paragraph{%s} \\texttt{%s}: %v.", word, escape(r.Text()), r.Status)
	if r.Note != "" {
		w.line("%s.", escape(capital(r.Note)))
	}
	// The form of a vacuous claim describes nothing.
	if f := r.Form; f != nil && r.Status != theorems.Vacuous {
		w.closed(s, f)
	}
	for _, p := range r.Settled {
		switch {
		// Of a refuted claim only what refutes it is shown; its other half may well be
		// proved.
		case r.Status == theorems.Refuted && p.Refuted:
			w.refuted(r)
		case r.Status != theorems.Refuted:
			w.proof(s, p)
		}
	}
}

// closed writes a minimal closed form.
func (w *texWriter) closed(s *statement.System, f *decide.Form) {
	// A program without terms has no bound where it is feasible.
	if f.Optimum && len(f.Terms) == 0 {
		w.line("The optimum is unbounded.")
	} else if f.Optimum {
		rows := each.Of(f.Terms, func(t statement.Row) string { return tex(s.Name, t.Form) })
		// With strict rows it is a supremum for some parameters.
		attained := map[bool]string{true: ", which need not be attained,"}[f.Supremum]
		w.line("The optimum%s is the %s of", attained, map[bool]string{true: "least", false: "greatest"}[s.Objective.Maximize])
		w.display(rows)
	}
	// Conditions are what feasibility asks of the parameters; none means that nothing
	// is asked.
	if len(f.Conditions) > 0 {
		rows := each.Of(f.Conditions, func(c statement.Row) string { return sides(s.Name, c) })
		w.line("There is a feasible point if and only if")
		w.display(rows)
	} else {
		w.line("There is a feasible point for all parameters as assumed.\n")
	}
}

// refuted writes the counterexample. What is 0 is not listed: most of it is.
func (w *texWriter) refuted(r *decide.Result) {
	x := r.Counterexample
	var values []string
	zeros := 0
	for k, v := range x.Point {
		switch {
		// There are none at this point, and what stands in it for unknowns has no
		// meaning.
		case r.System.Symbols[k].Unknown && !r.HasUnknowns():
		// Most coordinates of a counterexample are 0, and are counted, not listed.
		case v.IsZero():
			zeros++
		default:
			values = append(values, "$"+name(r.System.Name(k))+" = "+fraction(v)+"$")
		}
	}
	if zeros > 0 {
		values = append(values, map[bool]string{true: "all $0$", false: "all others $0$"}[len(values) == 0])
	}
	w.line("%s: %s.", escape(capital(x.Direction)), strings.Join(values, ", "))
	// Without a true value the optimum is unbounded, or the claim is on no optimum.
	if x.Claimed != nil && x.True != nil {
		w.line("Claimed is $%s$, true $%s$.", fraction(*x.Claimed), fraction(*x.True))
	}
	if len(x.Multipliers) > 0 {
		// The multipliers refer to rows by their labels.
		parts := each.Of(x.Multipliers, func(m decide.Multiplier) string {
			return "$" + fraction(m.Factor) + "\\cdot{}$[" + escape(m.Label) + "]"
		})
		// The multipliers of a program that has an optimum are its dual solution.
		what := map[bool]string{true: "It is not better by", false: "A contradiction is"}[x.True != nil]
		w.line("%s %s.", what, strings.Join(parts, ", "))
	}
	w.line("")
}

// proof writes multipliers and generators.
func (w *texWriter) proof(system *statement.System, s *decide.Settled) {
	// Such a proof has no multipliers of rows to show, but a tree of products.
	if s.Steps() > 0 {
		w.line("\\emph{Proof.} By sums of products of rows and symbols, and of squares, %d in all; see the certificate.\\qed\n", s.Steps())
		return
	}
	w.line("\\emph{Proof.}")
	// Nonnegative is what is left: symbols with their sign, times positive numbers.
	if len(s.Follow) > 0 {
		w.line("In each line the left side less the right one is the sum of the rows behind it with their multipliers, up to something nonnegative.")
	}
	if len(s.Actions) > 0 {
		w.line("Of rows that are images of each other under the declared permutations one is shown.")
	}
	// Rows that the problem has besides those of the system: its bound on the optimum,
	// copies of rows, unknowns that are 0.
	var more []string
	for k := len(system.Facts); k < len(s.Facts); k++ {
		more = append(more, w.tagged(s.NameOf, s.Facts[k]))
	}
	if len(s.Facts) > len(system.Facts) {
		w.line("It is on these rows, too:")
		w.display(more)
	}
	// Rows come in the order of the claim, so that "line 3" can refer to one.
	items := each.Numbered(s.Follow, func(i int, p *farkas.Proof) string {
		return fmt.Sprintf("$%s$: %s", sides(s.NameOf, s.Problem.Rows[i]), w.sum(s, p))
	})
	w.list("enumerate", items)
	// An implication has one direction only.
	if s.Iff {
		// Without generators nothing is asked of the parameters.
		if len(s.Generators()) == 0 {
			w.line("Conversely, there are unknowns by Farkas' lemma: no sum of rows is free of them.")
		} else {
			w.line("Conversely, by Farkas' lemma there are unknowns if the following hold, one for each generator of the cone of multipliers; each follows by the sum behind it.")
		}
		// Generators were found only for that part.
		if keys := s.Keys(); keys != nil {
			w.line("By symmetry it is enough that the multipliers of these rows descend: %s.", escape(strings.Join(keys, ", ")))
		}
		items = nil
		// What each requires is a row of parameters alone.
		for _, g := range s.Generators() {
			items = append(items, fmt.Sprintf("$%s$ (generator %s): %s", sides(s.NameOf, g.Requires), w.shares(s, g.Multipliers), w.sum(s, g.Proof)))
		}
		w.list("itemize", items)
	}
	w.line("\\qed\n")
}

// sum is the proof of one row, in a phrase.
func (w *texWriter) sum(s *decide.Settled, p *farkas.Proof) string {
	// An equation in two halves has two sums.
	if p == nil {
		return "two halves, see the certificate"
	}
	if p.Absurd {
		return "the rows contradict each other by " + w.shares(s, p.Shares)
	}
	return w.shares(s, p.Shares)
}

// shares writes a sum of rows by their tags, in the order of their numbers.
func (w *texWriter) shares(s *decide.Settled, list []statement.Share) string {
	var parts []string
	// Numbers below the count of facts are facts; then come the claim's rows, and last
	// their images.
	for _, share := range list {
		r := s.Numbered(share.Number)
		// Labels in parentheses are those of facts that the kernel's form needs and no
		// reader misses.
		if strings.HasPrefix(r.Label, "(") && r.Relation == statement.Equal {
			continue // 0 = 0, an unknown of the kernel's form
		}
		label := w.tag(r)
		// Rows and images are numbered behind the facts, and are called by the lines
		// above.
		if n := share.Number - len(s.Facts); n >= 0 {
			label = fmt.Sprintf("line %d", n+1)
			if k := n - len(s.Problem.Rows); k >= 0 {
				label = fmt.Sprintf("image of line %d", s.Images[k].Of+1)
			}
		}
		parts = append(parts, "$"+fraction(share.Factor)+"\\cdot{}$["+label+"]")
	}
	if len(parts) == 0 {
		return "nothing else"
	}
	return strings.Join(parts, ", ")
}

// sides writes a row with positive terms on both sides. No side begins with a minus.
func sides(names func(int) string, r statement.Row) string {
	// Terms with negative factors change the side.
	var left, right statement.Form
	for _, t := range r.Form {
		if t.C.Sign() > 0 {
			left = append(left, t)
		} else {
			right = append(right, statement.Term{C: t.C.Neg(), M: t.M})
		}
	}
	// Rows are at least, above or equal to 0; at most was turned when the file was
	// read.
	sign := map[statement.Relation]string{statement.AtLeast: "\\ge", statement.Above: ">", statement.Equal: "="}[r.Relation]
	return tex(names, left) + " " + sign + " " + tex(names, right)
}

// tex is a form, its constant last, with powers of symbols that repeat.
func tex(names func(int) string, f statement.Form) string {
	text := ""
	for i := range f {
		t := f[(i+1)%len(f)] // the constant, which is first, goes last
		if f[0].M != statement.One {
			t = f[i]
		}
		// Between terms stands a sign; the first one has only a minus.
		switch {
		case t.C.Sign() < 0:
			text += " - "
		case text != "":
			text += " + "
		}
		// The factor 1 is written only where nothing else is.
		if c := t.C.Abs(); !c.Equal(rational.NewRat(1, 1)) || t.M == statement.One {
			text += fraction(c)
		}
		symbols := t.M.Symbols()
		for n := 0; len(symbols) > 0; symbols = symbols[n:] {
			// The factor and its power; n counts how often it stands.
			for n = 1; n < len(symbols) && symbols[n] == symbols[0]; n++ {
			}
			if text = strings.TrimSuffix(text, " ") + " " + name(names(symbols[0])); n > 1 {
				text += fmt.Sprintf("^{%d}", n)
			}
		}
	}
	if text == "" {
		return "0"
	}
	return strings.TrimSpace(text)
}

// fraction is a number; the sign stands before the fraction, as people write it.
func fraction(x rational.Rat) string {
	// The minus of an integer needs no care.
	if x.IsInt() {
		return x.String()
	}
	sign := ""
	if x.Sign() < 0 {
		sign = "-"
	}
	return sign + "\\tfrac{" + x.Abs().Num().String() + "}{" + x.Den().String() + "}"
}

// name writes q[1,{2,3}] with a subscript, and words in one piece. What a name consists
// of: a word, an index in brackets, a prime for a copy.
func name(text string) string {
	head, index, ok := strings.Cut(text, "[")
	// Entropies have their variables in parentheses, and nothing else.
	if strings.HasPrefix(text, "H(") {
		return "H(" + escape(text[2:])
	}
	prime := ""
	if strings.HasSuffix(text, "'") {
		index, head, prime = strings.TrimSuffix(index, "'"), strings.TrimSuffix(head, "'"), "'"
	}
	// A word of several letters would be read as a product of them; one that begins
	// with a backslash is a command for a Greek letter.
	if head = escape(head); len([]rune(head)) > 1 && head[0] != '\\' {
		head = "\\mathit{" + head + "}"
	}
	if head += prime; !ok {
		return head
	}
	// Words with quotes or blanks need text mode within a formula.
	if index = escape(strings.TrimSuffix(index, "]")); strings.ContainsAny(index, "\"' ") { // a text
		index = "\\text{" + index + "}"
	}
	return head + "_{" + index + "}"
}

var escapes = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer(append([]string{`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "_", `\_`, "#", `\#`, "%", `\%`, "&", `\&`, "$", `\$`, "^", `\^{}`, "~", `\~{}`,
		"<", `\textless{}`, ">", `\textgreater{}`}, greek()...)...)
})

// escape writes a text so that TeX prints it as it is, in paragraphs and in formulas.
func escape(text string) string { return escapes().Replace(text) }

// greek are the Greek letters, which TeX has in formulas only. Final sigma and the
// letters that look like Latin ones have their places in the list, as the code points
// are counted through.
func greek() (pairs []string) {
	// As Unicode has them, from alpha on: 25 with both sigmas.
	for i, word := range strings.Fields("alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi o pi rho varsigma sigma tau upsilon varphi chi psi omega") {
		pairs = append(pairs, string(rune('α'+i)), `\ensuremath{\`+word+`}`)
	}
	for letter, word := range map[string]string{"Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega"} {
		pairs = append(pairs, letter, `\ensuremath{\`+word+`}`)
	}
	return pairs
}
