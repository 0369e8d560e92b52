package family

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"sync"

	"pstar/theorems"
)

// writeTeX writes a report as a part of a text in LaTeX, made to be pasted into a document
// with amsmath and amssymb: the claims, what the command prints about them, and what the
// family adds.
func writeTeX(w io.Writer, r *theorems.Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\\section*{%s}\n", tex(cmp.Or(r.Title, "Claims")))
	b.WriteString("\\begin{description}\n")
	for _, c := range r.Claims {
		fmt.Fprintf(&b, "\\item[%s, %s] %s.", tex(c.Tag), c.Status, tex(c.Statement))
		// In the brackets of the command, so that both are read alike.
		if text := basis(c); text != "" {
			fmt.Fprintf(&b, " %s", tex(strings.TrimSpace(text)))
		}
		b.WriteString("\n")
	}
	b.WriteString("\\end{description}\n")
	fmt.Fprintf(&b, "Verdict: %s.\n", tex(verdict(func(word string) string { return word }, r.Claims)))
	// The rest is what the command prints, above and below the claims.
	for _, block := range append(append([]theorems.Block{}, r.Before...), r.After...) {
		if block.Table == nil {
			fmt.Fprintf(&b, "\n\\noindent %s\n", tex(block.Line))
			continue
		}
		texTable(&b, block.Table)
	}
	// Only some families have more to say than the command prints; it is LaTeX already.
	if r.Appendix != nil {
		b.WriteString(r.Appendix())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// texTable writes a table whose first row is its head.
func texTable(b *strings.Builder, rows [][]string) {
	// Rows may have cells of their own number; the table is as wide as the widest.
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	fmt.Fprintf(b, "\\begin{center}\\footnotesize\\begin{tabular}{%s}\n", strings.Repeat("l", columns))
	for i, row := range rows {
		// Short rows are filled up: LaTeX counts the columns.
		cells := make([]string, columns)
		for j, cell := range row {
			cells[j] = tex(cell)
		}
		// The head is set off by a line.
		rule := ""
		if i == 0 {
			rule = " \\hline"
		}
		fmt.Fprintf(b, "%s \\\\%s\n", strings.Join(cells, " & "), rule)
	}
	b.WriteString("\\end{tabular}\\end{center}\n")
}

// tex writes text for LaTeX: letters and signs of mathematics by their commands.
func tex(text string) string { return texLetters().Replace(text) }

// texLetters replaces what LaTeX would obey or does not have. All patterns are single letters, so that
// their order does not matter.
var texLetters = sync.OnceValue(func() *strings.Replacer {
	list := []string{`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "$", `\$`, "&", `\&`, "#", `\#`, "%", `\%`, "_", `\_`, "^", `\textasciicircum{}`, "~", `\textasciitilde{}`,
		"<", "$<$", ">", "$>$", "|", "$|$", "\"", "''", "–", "--", "—", "---", "’", "'", "…", `\dots{}`, "\u00a0", "~"}
	for sign, command := range map[string]string{
		"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
		"φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Λ": "Lambda", "Σ": "Sigma", "Π": "Pi", "Φ": "Phi", "Ω": "Omega",
		"≥": "ge", "≤": "le", "≠": "ne", "≈": "approx", "∈": "in", "∉": "notin", "⊆": "subseteq", "⊂": "subset", "∪": "cup", "∩": "cap", "∅": "emptyset", "∞": "infty",
		"×": "times", "·": "cdot", "→": "to", "⇔": "iff", "⇒": "Rightarrow", "∑": "sum", "∏": "prod", "√": "surd", "∖": "setminus", "∀": "forall", "∃": "exists", "±": "pm", "−": "-", "∧": "wedge", "∨": "vee", "½": "tfrac12",
	} {
		// The minus sign of mathematics has no command of its own.
		if command == "-" {
			list = append(list, sign, "$-$")
		} else {
			list = append(list, sign, `$\`+command+`$`)
		}
	}
	// Indices and powers as in the texts of claims: x₁, p².
	for digit, sign := range []string{"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"} {
		list = append(list, sign, fmt.Sprintf("$_%d$", digit))
	}
	for digit, sign := range []string{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"} {
		list = append(list, sign, fmt.Sprintf("$^%d$", digit))
	}
	return strings.NewReplacer(list...)
})
