package fm

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"pstar/rational"
)

// A Style is a way to write a trace.
// The zero value is plain text.
type Style int

const (
	Plain Style = iota
	Markdown
	LaTeX
)

// WriteTrace writes the elimination step by step: how many rows each step begins
// and ends with, every row that is new as a combination of two, and every row
// that is dropped with the reason and the sum that proves it. Rows are numbered
// from 1 as they arise, base rows first; the trivial row 1 > 0 is called 1. Markdown and LaTeX are made to be
// pasted into a document: a section, paragraphs, lists and formulas.
// The error is that of the writer. Nothing is computed anew: the steps are those of the
// result.
func (r *Result) WriteTrace(w io.Writer, style Style) error {
	b := bufio.NewWriter(w)
	t := &tracer{Result: r, w: b, style: style}
	t.title("Fourier-Motzkin elimination")
	// There are no steps to show: the witness is the whole story.
	if r.Verdict == Infeasible {
		t.paragraph("The system has no solution: a sum of its rows is contradictory.")
		t.list(t.multipliers("", r.Farkas))
		return b.Flush()
	}
	t.begin()
	for i := range r.Steps {
		t.step(i+1, &r.Steps[i])
	}
	t.end()
	return b.Flush()
}

// tracer writes one trace.
type tracer struct {
	*Result
	w     io.Writer
	style Style
}

// A title has no formulas in it.
func (t *tracer) title(text string) {
	switch t.style {
	case Markdown:
		fmt.Fprintf(t.w, "## %s\n", text)
	case LaTeX:
		fmt.Fprintf(t.w, "\\section*{%s}\n", text)
	default:
		fmt.Fprintln(t.w, text)
	}
}

// paragraph and list take text with formulas between two $ signs.
func (t *tracer) paragraph(format string, args ...any) {
	// Markdown and LaTeX part paragraphs by a blank line.
	gap := "\n"
	if t.style == Plain {
		gap = ""
	}
	fmt.Fprintln(t.w, gap+t.formulas(fmt.Sprintf(format, args...)))
}

// formulas marks the formulas as the style does.
// A name with a $ in it would be taken for a mark.
func (t *tracer) formulas(text string) string {
	switch t.style {
	case Markdown:
		return strings.ReplaceAll(text, "$", "`")
	case LaTeX:
		return latex(text)
	}
	return strings.ReplaceAll(text, "$", "")
}

// An empty list leaves no trace, not even the marks around it.
func (t *tracer) list(items []string) {
	if len(items) == 0 {
		return
	}
	if t.style != Plain {
		fmt.Fprintln(t.w)
	}
	// The environment stands around all items.
	if t.style == LaTeX {
		fmt.Fprintln(t.w, "\\begin{itemize}")
	}
	for _, item := range items {
		bullet := [...]string{Plain: "  ", Markdown: "- ", LaTeX: "\\item "}[t.style]
		fmt.Fprintln(t.w, bullet+t.formulas(item))
	}
	if t.style == LaTeX {
		fmt.Fprintln(t.w, "\\end{itemize}")
	}
}

// latex writes relations and products as LaTeX has them, and protects what has a
// meaning there in names. In formulas, numbers and sets after a letter are indices:
// x12 is x_{12}, and b{1,2} is b_{\{1,2\}}.
func latex(item string) string {
	// First what has a meaning anywhere, as the patterns below look for what it makes of
	// braces.
	rules := latexRules()
	item = rules.signs.Replace(item)
	parts := strings.Split(item, "$")
	// Every second part stands between two $.
	for i := 1; i < len(parts); i += 2 {
		parts[i] = rules.exponent.ReplaceAllString(parts[i], "^{$1}")
		parts[i] = rules.index.ReplaceAllString(parts[i], "${1}_{${2}}")
	}
	return strings.Join(parts, "$")
}

// latexRules are made for the first formula: most runs have none.
var latexRules = sync.OnceValue(func() (r struct {
	signs           *strings.Replacer
	index, exponent *regexp.Regexp
}) {
	r.signs = strings.NewReplacer(">=", "\\ge", "<=", "\\le", "{", "\\{", "}", "\\}", "_", "\\_",
		"%", "\\%", "&", "\\&", "#", "\\#", "*", "\\,", "·", "\\cdot ")
	r.index = regexp.MustCompile(`([A-Za-z])(?:\\_)?(\d+|\\\{[^{}]*\\\})`)
	r.exponent = regexp.MustCompile(`\^(\d+)`)
	return r
})

// begin shows the equations used and the base rows.
func (t *tracer) begin() {
	if t.Vanishing != nil {
		t.paragraph("A sum of rows vanishes, so that the inequalities in it are equations:")
		t.list(t.multipliers("", t.Vanishing))
	}
	// Equations are shown with what they were solved for.
	var items []string
	for _, s := range append(append([]Substitution(nil), t.Solved...), t.Equations...) {
		name := ""
		// An equation of the projection may be solved for a symbol, if it has no variable.
		if s.Variable >= 0 {
			name = t.System.Variables[s.Variable]
		} else {
			name = t.System.Symbols[s.Column-1]
		}
		items = append(items, fmt.Sprintf("$%s$ by $%s$", name, t.System.Text(t.System.row(s.Line, Equal))))
	}
	if len(items) > 0 {
		t.paragraph("Equations are used for:")
		t.list(items)
	}
	items = nil
	for id, b := range t.Base {
		// The trivial row comes from no row of the system.
		if b.Origin >= 0 {
			items = append(items, fmt.Sprintf("row %d: $%s$", id+1, t.text(id)))
		}
	}
	t.paragraph("The inequalities are then:")
	t.list(items)
}

// multipliers lists the rows of the system with a multiplier.
// Numbers are those of the system as given, not of the scaled rows.
func (t *tracer) multipliers(prefix string, m rational.RatVector) []string {
	var items []string
	for i, y := range m {
		if !y.IsZero() {
			items = append(items, fmt.Sprintf("%s%v times $%s$", prefix, y, t.System.Text(t.System.Rows[i])))
		}
	}
	return items
}

// New rows come before dropped ones, which may be sums of them.
func (t *tracer) step(number int, s *Step) {
	// The trivial row is not counted.
	if s.Variable < 0 {
		t.paragraph("Step %d: redundant rows; %d rows in, %d out.", number, len(s.Before)-1, len(s.After)-1)
	} else {
		t.paragraph("Step %d: eliminate $%s$; %d rows in, %d new, %d dropped, %d out.", number,
			t.System.Variables[s.Variable], len(s.Before)-1, len(s.New), len(s.Dropped), len(s.After)-1)
	}
	var items []string
	for _, k := range s.New {
		items = append(items, fmt.Sprintf("row %d = %s: $%s$", k.Row+1, t.combination(k), t.text(k.Row)))
	}
	for _, d := range s.Dropped {
		what := fmt.Sprintf("row %d", d.Row+1)
		// A combination that was dropped at once has no number.
		if d.Row < 0 {
			what = t.combination(d.Combination)
		}
		items = append(items, fmt.Sprintf("dropped: %s, %v: it is %s", what, d.Reason, t.proof(d.Proof)))
	}
	t.list(items)
}

// A combination is a sum of two rows, each with a positive multiplier.
func (t *tracer) combination(k Combination) string {
	return t.proof([]Term{{k.Positive, k.P}, {k.Negative, k.N}})
}

// proof writes a sum of multiples of rows.
// The trivial row 1 > 0 is written as its multiple.
func (t *tracer) proof(terms []Term) string {
	var parts []string
	for _, x := range terms {
		factor := ""
		if !x.Multiplier.Equal(rational.NewRat(1, 1)) {
			factor = x.Multiplier.String() + " "
		}
		switch {
		case x.Row == len(t.Base)-1 && factor == "":
			parts = append(parts, "1")
		case x.Row == len(t.Base)-1:
			parts = append(parts, strings.TrimSpace(factor))
		default:
			parts = append(parts, fmt.Sprintf("%srow %d", factor, x.Row+1))
		}
	}
	// A row that reads 0 ≥ 0 is a sum of nothing.
	if len(parts) == 0 {
		return "$0 >= 0$"
	}
	return strings.Join(parts, " + ")
}

func (t *tracer) end() {
	t.paragraph("The projection has %d rows:", len(t.Rows))
	var items []string
	for _, o := range t.Rows {
		items = append(items, fmt.Sprintf("$%s$", t.System.Text(o.Row)))
	}
	t.list(items)
}
