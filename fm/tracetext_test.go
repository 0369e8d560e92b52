package fm

import (
	"context"
	"math/rand/v2"
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
