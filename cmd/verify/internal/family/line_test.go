package family

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
)

// Lines of a grid fit a terminal, whatever is in them.
func TestLinesFitATerminal(t *testing.T) {
	j := &job{Call: run.New(nil, nil, &strings.Builder{}, &strings.Builder{})}
	for _, c := range []struct{ summary, want string }{
		{"", "K = 2, n = 14: verified (MD-T1, T2 proved; CRS-U, T3.4, MD-T3 checked)"},
		{"9 rays", "K = 2, n = 14: verified (MD-T1, T2 proved; CRS-U, T3.4, MD-T3 checked); 9 rays"},
		{"16473 rays, 2 methods agree", "K = 2, n = 14: verified (MD-T1, T2 proved; CRS-U, T3.4, MD-T3 checked);\n  16 473 rays, 2 methods agree"},
	} {
		var claims theorems.Claims
		for _, tag := range []string{"MD-T1", "MD-T2", "CRS-U", "CRS-T3.4", "MD-T3"} {
			status := theorems.Checked
			if tag < "MD-T3" && strings.HasPrefix(tag, "MD") {
				status = theorems.Proved
			}
			claims = append(claims, theorems.Claim{Tag: tag, Status: status})
		}
		got := j.line(&theorems.Report{Title: "K = 2, n = 14", Claims: claims, Summary: c.summary})
		if got != c.want {
			t.Errorf("%s\nwant\n%s", got, c.want)
		}
	}
	many := theorems.Claims{}
	for i := range 30 {
		many = append(many, theorems.Claim{Tag: fmt.Sprintf("MD-R%d", i), Status: theorems.Checked})
	}
	lines := strings.Split(j.line(&theorems.Report{Title: "K = 2, n = 3", Claims: many, Summary: "9 rays"}), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[1], "  R") || !strings.HasSuffix(lines[2], "R29 checked); 9 rays") {
		t.Errorf("many claims: %q", lines)
	}
	for _, line := range lines {
		if utf8.RuneCountInString(line) > 80 {
			t.Errorf("%d characters: %s", utf8.RuneCountInString(line), line)
		}
	}
	for k := 2; k <= 6; k++ {
		for rays := 1; rays < 1e9; rays *= 7 {
			r := &theorems.Report{Title: fmt.Sprintf("K = %d, n = 20", k), Summary: fmt.Sprintf("%d rays, 2 methods agree", rays),
				Claims: theorems.Claims{{Tag: "MD-T1"}, {Tag: "MD-T2"}, {Tag: "MD-T3"}, {Tag: "MD-T4"}}}
			for line := range strings.Lines(j.line(r)) {
				if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 80 {
					t.Errorf("%d characters: %s", n, line)
				}
			}
		}
	}
}
