package statement

import (
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

// A programCase is the parameters of a builder whose one theorem says that a program has a
// point: how many symbols and facts it has, or what is wrong with the parameters.
type programCase struct {
	text           string
	symbols, facts int
	wrong          string
}

// testPrograms expands the statements of a builder. With a proof their claim has the tag,
// checked; without one they claim nothing.
func testPrograms(t *testing.T, builder, tag string, cases []programCase) {
	t.Helper()
	for _, c := range cases {
		s, err := kernel.ReadStatement([]byte(`{"builder":"`+builder+`",`+c.text+`}`), Builders)
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
		if claims := s.Claims([]kernel.Outcome{kernel.Proved}); len(claims) != 1 || claims[0].Tag != tag || claims[0].Status != "checked" {
			t.Errorf("%s: claims %v", c.text, claims)
		}
		if claims := s.Claims([]kernel.Outcome{0}); claims != nil {
			t.Errorf("%s: claims %v without a proof", c.text, claims)
		}
	}
}
