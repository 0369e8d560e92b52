package decide_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
	"pstar/theorems/statement/expand"
)

// settle decides all claims of a file, and lets the checker accept its certificate.
func settle(t testing.TB, content string) []*decide.Result {
	t.Helper()
	return decided(t, content, true)
}

func decided(t testing.TB, content string, check bool) (list []*decide.Result) {
	t.Helper()
	systems, err := expand.Read(strings.NewReader(content), "t.thm")
	if err != nil {
		t.Fatalf("%v\nin\n%s", err, content)
	}
	for _, s := range systems {
		for i := range s.Claims {
			r, err := decide.Claim(t.Context(), s, i)
			if err != nil {
				t.Fatal(err)
			}
			reevaluate(t, r)
			list = append(list, r)
		}
	}
	if check {
		certify(t, list)
	}
	return list
}

// reevaluate puts the point of a counterexample into the facts and the claim.
func reevaluate(t testing.TB, r *decide.Result) {
	t.Helper()
	if r.Status != theorems.Refuted {
		return
	}
	x, s := r.Counterexample, r.System
	solution := r.Settled[len(r.Settled)-1].Row >= 0 // the point has unknowns
	for _, f := range s.Facts {
		if (f.Assumed || solution && x.True == nil) && !holds(f.Row, x.Point) {
			t.Errorf("%s: the counterexample fails %s", s.Title, s.Text(f.Row))
		}
	}
	if x.True != nil && (x.True.Cmp(*x.Claimed) == 0 || !s.Objective.Form.At(x.Point).Equal(*x.True)) {
		t.Errorf("%s: claimed %v, true %v, at the point %v", s.Title, x.Claimed, x.True, s.Objective.Form.At(x.Point))
	}
	if c := s.Claims[r.Claim]; c.Kind == statement.Implied && holds(r.Settled[0].Problem.Rows[r.Settled[0].Row], x.Point) {
		t.Errorf("%s: the claim holds at the counterexample", s.Title)
	}
}

func holds(r statement.Row, p []rational.Rat) bool {
	v := r.Form.At(p).Sign()
	return r.Relation == statement.AtLeast && v >= 0 || r.Relation == statement.Above && v > 0 || r.Relation == statement.Equal && v == 0
}

// The closed form and the status in a line.
func line(r *decide.Result) string {
	text := r.Status.String()
	if f := r.Form; f != nil {
		name := r.System.Name
		var list []string
		for _, t := range f.Terms {
			list = append(list, t.Form.Text(name))
		}
		if f.Optimum {
			text += " [" + strings.Join(list, ", ") + "]"
			if f.Supremum {
				text += " supremum"
			}
		}
		list = nil
		for _, c := range f.Conditions {
			list = append(list, r.System.Text(c))
		}
		text += " if " + strings.Join(list, ", ")
	}
	if len(r.Unneeded) > 0 {
		text += fmt.Sprint(" unneeded ", r.Unneeded)
	}
	if len(r.Unused) > 0 {
		text += fmt.Sprint(" unused ", r.Unused)
	}
	return text
}

// The files of the library: which are true, and how many terms and rows their minimal forms have. The numbers are
// those of the literature: the eight terms of Balke and Pearl (1997), Border's rows, the 24 of a CHSH scenario with its marginals, …
func TestLibrary(t *testing.T) {
	want := map[string]struct {
		status            theorems.Status
		terms, conditions int
	}{
		"balke-pearl":       {theorems.Proved, 8, 12},
		"balke-pearl-lower": {theorems.Proved, 8, 12},
		"border-2-2":        {theorems.Proved, 0, 13},
		"border":            {theorems.Proved, 0, 49},
		"border-2-4":        {theorems.Proved, 0, 213},
		"border-3-2-2":      {theorems.Proved, 0, 33},
		"birkhoff":          {theorems.Proved, 0, 9 + 5},
		"birkhoff-4":        {theorems.Proved, 0, 16 + 7},
		"chsh":              {theorems.Proved, 0, 24},
		"gelfand-pinsker":   {theorems.Proved, 0, 2},
		"han-kobayashi":     {theorems.Proved, 0, 11},
		"hk-false":          {theorems.Refuted, 0, 11},
		"hoffman":           {theorems.Proved, 0, 6 + 6},
		"i3322-facets":      {theorems.Found, 0, 36 + 72 + 576},
		"marton":            {theorems.Proved, 0, 3},
		"max-flow":          {theorems.Proved, 4, 0},
		"md-t3":             {theorems.Proved, 7, 0}, // S = ∅ and S = Ω are the same term
		"md-t3-false":       {theorems.Refuted, 7, 0},
		"shannon":           {theorems.Proved, 0, 0},
		"shannon-false":     {theorems.Refuted, 0, 0},
	}
	for name, w := range want {
		content, err := os.ReadFile(filepath.Join("../../../fixtures/theorems", name+".thm"))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range settle(t, string(content)) {
			terms, conditions := 0, 0
			if r.Form != nil {
				terms, conditions = len(r.Form.Terms), len(r.Form.Conditions)
			}
			if name == "balke-pearl-lower" && len(r.Unneeded) > 0 {
				t.Errorf("%s: of the eight terms that are claimed %v are not needed", name, r.Unneeded)
			}
			if r.Status != w.status || terms != w.terms || conditions != w.conditions {
				t.Errorf("%s: %v, %d terms, %d conditions; want %v", name, r.Status, terms, conditions, w)
			}
		}
	}
}

func TestEdges(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"contradictory assumptions", "param a\nassume a > 0\nassume a < 0\nclaim a >= 5", "vacuous"},
		{"never feasible", "param a\nvar x >= 0\ns.t. r: x <= -1\nmaximize P: x + a\nclaim P = a", "vacuous [] if 0 >= 1"},
		{"never feasible, as claimed", "param a\nvar x >= 0\ns.t. r: x <= -1\nclaim feasible iff {\n 0 >= 1\n}", "proved if 0 >= 1"},
		{"unbounded", "param a\nvar x >= 0\ns.t. r: x >= a\nmaximize P: x\nfind P", "found [] if "},
		{"unbounded, not as claimed", "param a\nvar x >= 0\ns.t. r: x >= a\nmaximize P: x\nclaim P = a", "refuted [] if "},
		{"supremum", "param a\nvar x\ns.t. r: x < a\nmaximize P: x\nclaim P = a", "proved [a] supremum if "},
		{"strict rows", "param a\nparam b\nvar x\ns.t. l: a < x\ns.t. r: x < b\nclaim feasible iff {\n a < b\n}", "proved if b > a"},
		{"strict rows, closed claim", "param a\nparam b\nvar x\ns.t. l: a < x\ns.t. r: x < b\nclaim feasible iff {\n a <= b\n}", "refuted if b > a"},
		{"half open", "param a\nparam b\nvar x\ns.t. l: a <= x\ns.t. r: x < b\nfind feasible", "found if b > a"},
		{"rows without unknowns", "param a\nparam b\nvar x\ns.t. c: a <= b\ns.t. l: x >= b\nclaim feasible iff {\n b >= a\n}", "proved if b >= a"},
		{"equations", "param a\nparam b\nparam c\nvar x\ns.t. l: x = a\ns.t. r: 2*x = b\nfind feasible", "found if 2*a = b"},
		{"equations, claimed otherwise", "param a\nparam b\nvar x\ns.t. l: x = a\ns.t. r: 2*x = b\nclaim feasible iff {\n 2*a <= b\n 2*a >= b\n}", "proved if 2*a = b"},
		{"equation from inequalities", "param a\nparam b\nvar x\ns.t. l: a <= x <= b\nassume b <= a\nclaim x = a", "proved"},
		{"equation that forces another one", "param a\nparam b\nassume a >= 0\nassume a <= b\nvar x\ns.t. l: x >= b\ns.t. r: x <= -b\nfind feasible\nclaim feasible iff {\n a = 0\n b = 0\n}\nclaim feasible iff {\n a + b <= 0\n a <= 0\n}\nmaximize P: x + a + b\nclaim P = min(a, 2*b)",
			"found if b = 0\nproved if b = 0 unneeded [0]\nproved if b = 0 unneeded [1]\nproved [0] if b = 0 unneeded [1]"},
		{"equations of which each is enough", "param a\nparam b\nassume 0 <= a <= b <= 2*a\nvar x\ns.t. l: x >= a\ns.t. r: x <= -b\nfind feasible", "found if a = 0"},
		{"rows that are equal", "param a\nparam b\nparam c\nassume c = 0\nvar x\ns.t. l: a <= x <= b\nclaim feasible iff {\n a <= b\n 2*a <= 2*b\n a <= b + c\n a <= b + 1\n}", "proved if b >= a unneeded [1 2 3]"},
		{"minimum", "param a\nparam b\nvar x\ns.t. l: x >= a\ns.t. r: x >= b\nminimize P: x\nclaim P = max(a, b, (a+b)/2)", "proved [a, b] if  unneeded [2]"},
		{"one-sided", "param a\nparam b\nvar x\ns.t. l: x <= a\ns.t. r: x <= b\nmaximize P: x\nclaim P <= a\nclaim P >= min(a,b)\nclaim P >= a\nclaim a + 1 >= P\nclaim P <= b - 1",
			"proved\nproved\nrefuted\nproved\nrefuted"},
		{"one-sided minimum", "param a\nparam b\nvar x\ns.t. l: x >= a\ns.t. r: x >= b\nminimize P: x\nclaim P >= a\nclaim P <= max(a,b)\nclaim P <= a",
			"proved\nproved\nrefuted"},
		{"one-sided, strict", "param a\nassume a >= 0\nvar x >= 0\ns.t. l: x < a\nmaximize P: x\nclaim P >= a\nclaim P <= a\nclaim P >= a + 1\nclaim P >= a/2", "proved unused [2]\nproved unused [2]\nrefuted\nproved"},
		{"one-sided, equations", "param a\nparam b\nassume a <= b\nvar x >= 0\nvar y\ns.t. l: x = a\ns.t. m: x + y = b\ns.t. n: y <= 1\nmaximize P: y\nclaim P >= b - a\nclaim P >= 1\nclaim P >= 0",
			"proved unused [3]\nrefuted\nproved"},
		{"one-sided, never feasible", "param a\nvar x >= 0\ns.t. r: x <= -1\nmaximize P: x + a\nclaim P >= a\nclaim P <= a", "vacuous\nvacuous"},
		{"no unknowns", "param a\nassume a >= 1\nclaim 2*a >= 2", "proved"},
		{"no parameters", "var x >= 0\nvar y >= 0\ns.t. c: x + 2*y <= 3\ns.t. d: 2*x + y <= 3\nmaximize P: x + y\nclaim P = 2", "proved [2] if "},
		{"objective without unknowns", "param a\nvar x\ns.t. r: x >= 0\nmaximize P: a\nclaim P = a", "proved [a] if "},
		{"implied by nothing", "param a\nvar x >= 0\ns.t. r: x + 1 <= 0\nclaim a >= 17\nclaim x >= 0\nclaim infeasible", "vacuous\nvacuous\nproved"},
		{"several rows implied by nothing", "param a\nparam b\nvar x >= 0\ns.t. r: x + 1 <= 0\nclaim a >= b > 1\nclaim feasible iff {\n 0 >= 1\n a > 1\n}", "vacuous\nproved if 0 >= 1 unneeded [1]"},
		{"strict implied", "param a\nparam b\nassume a > 0\nassume b >= 0\nclaim a + b > 0\nclaim b > 0", "proved\nrefuted"},
		{"unused assumption", "param a\nparam b\nassume a >= 0\nassume b >= 0\nclaim a >= -1", "proved unused [4]"},
	} {
		var got []string
		for _, r := range settle(t, c.in) {
			got = append(got, line(r))
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, s, c.want)
		}
	}
}
