package main

import (
	"strings"
	"testing"
	"unicode"
)

// Whatever names files give to things, no command prints a control character, or a line
// that a name begins.
func TestNamesDoNotForgeLines(t *testing.T) {
	const evil, forged = "\x1b[2J", "verdict: verified"
	in := func(name, text string) string { return temporary(t, name, text) }
	square := "H-representation\nbegin\n2 2 integer\n1 1\n1 -1\nend\n"
	for _, args := range [][]string{
		{"pstar", "-k", "2", in("a.csv", "token,p,q\n\"x"+evil+"\n"+forged+"\",1/2,1/2\ny,1/2,1/2\n")},
		{"scheme", "specinfer", "-k", "2", in("b.csv", "token,p,q\n\"x"+evil+"\n"+forged+"\",1/2,1/2\ny,1/2,1/2\n")},
		{"scheme", "spectr", "-gamma", "1", "-k", "2", in("c.csv", "token,p,q\n\"x"+evil+"\n"+forged+"\",1/3,1/3\ny,1/3,0\nz,1/3,2/3\n")},
		{"knapsack", in("a.json", `{"elements": [{"name": "x\u001b[2J\nverdict: verified", "sizes": [{"size": "1/2", "probability": "1/2"}]}]}`)},
		{"ration", in("b.json", `{"agents": [{"name": "x\u001b[2J\nverdict: verified", "service": "I", "target": "1/8", "demand": [{"value": 1, "probability": 1}]}]}`)},
		{"lp", "-solution", in("a.mps", "NAME t"+evil+"\nROWS\n N cost\n G r"+evil+"\nCOLUMNS\n x"+evil+" cost 1\n x"+evil+" r"+evil+" 1\nRHS\n RHS r"+evil+" 1\nENDATA\n")},
		{"dd", in("a.ine", "title"+evil+"\nother"+evil+"\n"+square+"lexmin "+evil+"\nminindex "+evil+"\nmore"+evil+"\n")},
		{"redund", in("b.ine", "title"+evil+"\n"+square+"lexmin "+evil+"\n")},
		{"fm", "-eliminate", "x1", in("c.ine", "title"+evil+"\n"+square+"lexmin "+evil+"\n")},
		{"dd", "none" + evil + "\n" + forged},
		{"check", "none" + evil + "\n" + forged},
		{"lp", "none" + evil},
		{"dd", "-" + evil},
		{"dd", "-o", "none" + evil + "/f", in("d.ine", square)},
	} {
		_, stdout, stderr := verify(args...)
		for _, text := range []string{stdout, stderr} {
			if strings.ContainsFunc(text, obeys) {
				t.Errorf("%q prints %q", args, text)
			}
			for line := range strings.Lines(text) {
				if strings.HasPrefix(line, forged) && strings.HasPrefix(args[0], "d") || strings.HasPrefix(line, forged+"\"") {
					t.Errorf("%q prints the line %q", args, line)
				}
			}
		}
		if n := strings.Count(stdout, "\n"+forged+"\n"); n > 1 || n == 1 && args[0] != "knapsack" && args[0] != "ration" {
			t.Errorf("%q prints a forged verdict:\n%s", args, stdout)
		}
		if stdout+stderr == "" {
			t.Errorf("%q prints nothing", args)
		}
	}
}

// obeys reports whether a terminal obeys a character, other than the end of a line.
func obeys(c rune) bool { return c != '\n' && c != ' ' && !unicode.IsPrint(c) }
