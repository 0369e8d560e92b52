package statement

import (
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

// The program of k units has the states that can occur, and says of one unit what LP-SI does.
func TestUnits(t *testing.T) {
	for _, c := range []struct {
		text           string
		symbols, facts int // of the program, and of its theorem
		wrong          string
	}{
		// beta, then 1+1, 2+1 states and acceptances in each order; E, V, Z
		{text: `"orders":1,"units":1,"x":["1/2","1/3"],"value":"2/3"`, symbols: 1 + 2 + 3 + 3, facts: 3 + 2 + 2 + 3},
		{text: `"orders":2,"units":1,"x":["1/2","1/3"],"value":"2/3"`, symbols: 1 + 2*(2+3) + 3, facts: 3 + 2 + 2*(2+3)},
		{text: `"orders":1,"units":5,"x":["1/2",0],"value":1`, symbols: 1 + 2 + 4 + 3, facts: 3 + 2 + 2 + 4},
		{text: `"orders":3,"units":1,"x":["1/2"],"value":1`, wrong: "less than 3"},
		{text: `"orders":1,"units":0,"x":["1/2"],"value":1`, wrong: "0 is not at least 1"},
		{text: `"orders":1,"units":1,"x":[],"value":1`, wrong: "no elements"},
		{text: `"orders":1,"units":1,"x":["3/2"],"value":1`, wrong: "between 0 and 1"},
		{text: `"orders":2,"units":60000,"x":[0` + strings.Repeat(",0", 999) + `],"value":1`, wrong: "too many states"},
	} {
		s, err := kernel.ReadStatement([]byte(`{"builder":"units",`+c.text+`}`), Builders)
		if c.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%.60s: %v, want %q", c.text, err, c.wrong)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", c.text, err)
		}
		theorem := s.Theorem(0)
		if len(theorem.Symbols) != c.symbols || len(theorem.Facts) != c.facts || theorem.Kind != kernel.Feasible {
			t.Errorf("%s: %d symbols and %d facts, want %d and %d", c.text, len(theorem.Symbols), len(theorem.Facts), c.symbols, c.facts)
		}
		if claims := s.Claims([]kernel.Outcome{kernel.Proved}); len(claims) != 1 || claims[0].Tag != "CRS-KLP" || claims[0].Status != "checked" {
			t.Errorf("%s: claims %v", c.text, claims)
		}
		if claims := s.Claims([]kernel.Outcome{0}); claims != nil {
			t.Errorf("%s: claims %v without a proof", c.text, claims)
		}
	}
}
