package fm

import (
	"context"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// TestLaTeX reads traces of random systems as LaTeX would: environments and
// formulas are closed, and what needs a formula is in one.
func TestLaTeX(t *testing.T) {
	styles := 0
	for seed := range uint64(120) {
		s, eliminate := randomSystem(rand.New(rand.NewPCG(seed, 31)))
		s.Variables = []string{"a{1,2}(1)", "b_2", "c%", "p_1^2*p_2", "x5"}[:len(s.Variables)]
		r, err := Eliminate(context.Background(), s, eliminate, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := r.WriteTrace(&b, LaTeX); err != nil {
			t.Fatal(err)
		}
		depth := 0
		for line := range strings.Lines(b.String()) {
			line = strings.TrimSpace(line)
			switch {
			case line == `\begin{itemize}`:
				depth++
				continue
			case line == `\end{itemize}`:
				depth--
				continue
			case line == `\section*{Fourier-Motzkin elimination}`:
				continue
			}
			item, isItem := strings.CutPrefix(line, `\item `)
			if isItem != (depth == 1) && line != "" || depth < 0 {
				t.Fatalf("seed %d: %q at depth %d", seed, line, depth)
			}
			for i, part := range strings.Split(item, "$") {
				for _, protected := range []string{`\{`, `\}`, `\_`, `\%`} {
					part = strings.ReplaceAll(part, protected, "")
				}
				bad := "{}_%&#"
				if i%2 == 0 {
					bad += `\<>^*`
				} else {
					part = regexp.MustCompile(`[_^]\{[0-9,]+\}`).ReplaceAllString(part, "")
				}
				styles++
				if strings.ContainsAny(part, bad) {
					t.Fatalf("seed %d: %q in %q", seed, part, line)
				}
			}
			if strings.Count(item, "$")%2 != 0 {
				t.Fatalf("seed %d: a formula is open in %q", seed, line)
			}
		}
		if depth != 0 {
			t.Fatalf("seed %d: a list is open", seed)
		}
	}
	if styles < 1000 {
		t.Errorf("only %d pieces", styles)
	}
}

func TestLaTeXNames(t *testing.T) {
	for text, want := range map[string]string{
		"row 7: $-6 x12 >= -11$":                     `row 7: $-6 x_{12} \ge -11$`,
		"step 1: $a{1,2}(1)$ by $b{1,2} - q3 <= 0$":  `step 1: $a_{\{1,2\}}(1)$ by $b_{\{1,2\}} - q_{3} \le 0$`,
		"$3 p_1^10*p_2 + s_k = 0$":                   `$3 p_{1}^{10}\,p_{2} + s\_k = 0$`,
		"the rows x1 of {x} that are left: $2 + x1$": `the rows x1 of \{x\} that are left: $2 + x_{1}$`,
	} {
		if got := latex(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
