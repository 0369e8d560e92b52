package statement

import (
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

// Bounds of a variable are its sign, an equation, or inequalities, each said once.
func TestBounds(t *testing.T) {
	for bounds, want := range map[string]string{
		`[],[]`:   `u`,
		`[0],[]`:  `u+`,
		`[0],[0]`: `u x = 0`,
		`[0],[3]`: `u+ 3 - x >= 0`,
		`[2],[]`:  `u -2 + x >= 0`,
		`[2],[2]`: `u -2 + x = 0`,
		`[],[2]`:  `u 2 - x >= 0`,
		`[2],[1]`: `u -2 + x >= 0 1 - x >= 0`,
		`[],[0]`:  `u -x >= 0`,
	} {
		s, err := kernel.ReadStatement([]byte(`{"builder":"program","sense":"minimise","variables":[["x",`+bounds+`]],"objective":[],"rows":[],"outcome":["optimal",0]}`), Builders)
		if err != nil {
			t.Fatalf("%s: %v", bounds, err)
		}
		theorem := s.Theorem(0)
		got := []string{theorem.Symbols[0].Sort()}
		for _, f := range theorem.Facts {
			if text := f.Text(theorem.Names()); strings.Contains(text, "x") {
				got = append(got, text)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", bounds, got, want)
		}
	}
}

// A claim on a power is refuted by an instance of which the optimum is 1 and the power is too large, or the other way round; by nothing else.
func TestClaimsOfExponents(t *testing.T) {
	for text, certain := range map[string]bool{written["a false exponent"]: true, written["an exponent"]: false} {
		s, err := kernel.ReadStatement([]byte(`{"builder":`+text+`}`), Builders)
		if err != nil {
			t.Fatal(err)
		}
		for _, power := range []kernel.Outcome{kernel.Open, kernel.Proved, kernel.Refuted} {
			want := 1
			if certain && power == kernel.Refuted || !certain && power == kernel.Proved {
				want = 3
			}
			if claims := s.Claims([]kernel.Outcome{kernel.Proved, power}); len(claims) != want {
				t.Errorf("%s: with the outcome %d of the power the claims are %v", text, power, claims)
			}
			for _, optimum := range []kernel.Outcome{kernel.Open, kernel.Refuted} {
				if claims := s.Claims([]kernel.Outcome{optimum, power}); len(claims) != 0 {
					t.Errorf("%s: without the optimum the claims are %v", text, claims)
				}
			}
		}
	}
}

// A system has as many rows as a scope has room for.
func TestRowsOfPolyhedra(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a million rows")
	}
	for rows, want := range map[int]string{kernel.MaxFacts - 1: "", kernel.MaxFacts: "too many rows"} {
		text := `{"builder":"polyhedron","variables":[["x","keep"]],"rows":[` + strings.Repeat(`["=",[]],`, rows-1) + `["=",[]]],"projection":[]}`
		_, err := kernel.ReadStatement([]byte(text), Builders)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%d rows: %v", rows, err)
		}
	}
}
