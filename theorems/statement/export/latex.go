package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
)

// LaTeX writes an appendix: each claim with its system, its closed form where there is one, and the proof: the multipliers of every
// row, the generators of Farkas' lemma with what each requires and why that follows; or the point that refutes it. It is made to be
// pasted into a document with amsmath.
func LaTeX(to io.Writer, results []*decide.Result) error {
	w := &texWriter{bufio.NewWriter(to)}
	var last *statement.System
	for _, r := range results {
		if r.System != last {
			w.system(r.System)
			last = r.System
		}
		w.result(r)
	}
	return w.Flush()
}

type texWriter struct{ *bufio.Writer }

func (w *texWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// system states parameters, assumptions, unknowns and rows.
func (w *texWriter) system(s *statement.System) {
	title := s.Title
	if s.Setting != "" {
		title += ", " + s.Setting
	}
	w.line("\\subsection*{%s}", escape(title))
	for _, unknown := range []bool{false, true} {
		var names []string
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
	for _, assumed := range []bool{true, false} {
		var rows []string
		for _, f := range s.Facts {
			if f.Assumed == assumed {
				label := ""
				if !assumed {
					label = " \\tag*{" + escape(f.Label) + "}"
				}
				rows = append(rows, sides(s.Name, f.Row)+label)
			}
		}
		if len(rows) > 0 {
			w.line("%s", map[bool]string{true: "Assumptions:", false: "Rows:"}[assumed])
			w.display(rows)
		}
	}
	if o := s.Objective; o != nil {
		w.line("%s $%s = %s$.\n", map[bool]string{true: "Maximise", false: "Minimise"}[o.Maximize], name(o.Name), tex(s.Name, o.Form))
	}
}

func (w *texWriter) display(rows []string) {
	w.line("\\begin{gather*}\n%s\n\\end{gather*}", strings.Join(rows, " \\\\\n"))
}

func (w *texWriter) result(r *decide.Result) {
	s := r.System
	w.line("\\paragraph{Claim} \\texttt{%s}: %v.", escape(s.ClaimText(s.Claims[r.Claim])), r.Status)
	if r.Note != "" {
		w.line("%s.", escape(r.Note))
	}
	if f := r.Form; f != nil && r.Status != decide.Vacuous {
		w.closed(s, f)
	}
	for _, p := range r.Settled {
		switch {
		case r.Status == decide.Refuted && p.Refuted:
			w.refuted(r)
		case r.Status != decide.Refuted:
			w.proof(p)
		}
	}
}

// closed writes a minimal closed form.
func (w *texWriter) closed(s *statement.System, f *decide.Form) {
	if f.Optimum && len(f.Terms) > 0 {
		var rows []string
		for _, t := range f.Terms {
			rows = append(rows, tex(s.Name, t.Form))
		}
		w.line("The optimum is the %s of", map[bool]string{true: "least", false: "greatest"}[s.Objective.Maximize])
		w.display(rows)
	}
	if len(f.Conditions) > 0 {
		var rows []string
		for _, c := range f.Conditions {
			rows = append(rows, sides(s.Name, c))
		}
		w.line("There is a feasible point if and only if")
		w.display(rows)
	}
}

func (w *texWriter) refuted(r *decide.Result) {
	x := r.Counterexample
	var values []string
	for k, v := range x.Point {
		if !v.IsZero() {
			values = append(values, "$"+name(r.System.Name(k))+" = "+fraction(v)+"$")
		}
	}
	w.line("%s: %s, all others $0$.", escape(strings.ToUpper(x.Direction[:1])+x.Direction[1:]), strings.Join(values, ", "))
	if x.Claimed != nil && x.True != nil {
		w.line("Claimed is $%s$, true $%s$.", fraction(*x.Claimed), fraction(*x.True))
	}
	w.line("")
}

// proof writes multipliers and generators.
func (w *texWriter) proof(s *decide.Settled) {
	if s.Steps() > 0 {
		w.line("\\emph{Proof.} By %d steps, each a sum of products; see the certificate.\\qed\n", s.Steps())
		return
	}
	w.line("\\emph{Proof.} In each line the left side is the sum of the rows on the right with their multipliers, up to something nonnegative.")
	if len(s.Actions) > 0 {
		w.line("Of rows that are images of each other under the declared permutations one is shown.")
	}
	w.line("\\begin{itemize}")
	for i, p := range s.Follow {
		w.line("\\item $%s$: %s", sides(s.NameOf, s.Problem.Rows[i]), sum(s, p))
	}
	w.line("\\end{itemize}")
	if s.Iff {
		w.line("Conversely, by Farkas' lemma there are unknowns if the following hold, one for each generator of the cone of multipliers; each follows by the sum behind it.")
		if keys := s.Keys(); keys != nil {
			w.line("By symmetry it is enough that the multipliers of these rows descend: %s.", escape(strings.Join(keys, ", ")))
		}
		w.line("\\begin{itemize}")
		for _, g := range s.Generators() {
			w.line("\\item $%s$ (generator %s): %s", sides(s.NameOf, g.Requires), shares(s, g.Multipliers), sum(s, g.Proof))
		}
		w.line("\\end{itemize}")
	}
	w.line("\\qed\n")
}

func sum(s *decide.Settled, p *decide.Proof) string {
	if p == nil {
		return "two halves, see the certificate"
	}
	if p.Absurd {
		return "the assumptions contradict each other by " + shares(s, p.Shares)
	}
	return shares(s, p.Shares)
}

func shares(s *decide.Settled, list []statement.Share) string {
	var parts []string
	for _, share := range list {
		r := s.Numbered(share.Number)
		if strings.HasPrefix(r.Label, "(") && r.Relation == statement.Equal {
			continue // 0 = 0, an unknown of the kernel's form
		}
		label := r.Label
		if share.Number >= len(s.Facts) {
			label = "row " + label
		}
		parts = append(parts, "$"+fraction(share.Factor)+"\\cdot{}$["+escape(label)+"]")
	}
	if len(parts) == 0 {
		return "nothing else"
	}
	return strings.Join(parts, ", ")
}

// sides writes a row with positive terms on both sides.
func sides(names func(int) string, r statement.Row) string {
	var left, right statement.Form
	for _, t := range r.Form {
		if t.C.Sign() > 0 {
			left = append(left, t)
		} else {
			right = append(right, statement.Term{C: t.C.Neg(), M: t.M})
		}
	}
	sign := map[statement.Relation]string{statement.AtLeast: "\\ge", statement.Above: ">", statement.Equal: "="}[r.Relation]
	return tex(names, left) + " " + sign + " " + tex(names, right)
}

func tex(names func(int) string, f statement.Form) string {
	text := ""
	for i := range f {
		t := f[(i+1)%len(f)] // the constant, which is first, goes last
		if f[0].M != statement.One {
			t = f[i]
		}
		switch {
		case t.C.Sign() < 0:
			text += " - "
		case text != "":
			text += " + "
		}
		if c := t.C.Abs(); !c.Equal(rational.NewRat(1, 1)) || t.M == statement.One {
			text += fraction(c)
		}
		for _, k := range t.M.Symbols() {
			text = strings.TrimSuffix(text, " ") + " " + name(names(k))
		}
	}
	if text == "" {
		return "0"
	}
	return strings.TrimSpace(text)
}

func fraction(x rational.Rat) string {
	if x.IsInt() {
		return x.String()
	}
	sign := ""
	if x.Sign() < 0 {
		sign = "-"
	}
	return sign + "\\tfrac{" + x.Abs().Num().String() + "}{" + x.Den().String() + "}"
}

// name writes q[1,{2,3}] with a subscript, and words in one piece.
func name(text string) string {
	head, index, ok := strings.Cut(text, "[")
	if strings.HasPrefix(text, "H(") {
		return "H(" + escape(text[2:])
	}
	if len([]rune(head)) > 1 {
		head = "\\mathit{" + escape(head) + "}"
	}
	if !ok {
		return head
	}
	prime := ""
	if strings.HasSuffix(index, "'") {
		index, prime = strings.TrimSuffix(index, "'"), "'"
	}
	return head + prime + "_{" + escape(strings.TrimSuffix(index, "]")) + "}"
}

var escapes = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "_", `\_`, "#", `\#`, "%", `\%`, "&", `\&`, "$", `\$`, "^", `\^{}`, "~", `\~{}`)

func escape(text string) string { return escapes.Replace(text) }
