package statement

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

// written are statements of every builder, with numbers that are 0 wherever they may be.
var written = map[string]string{
	"a cell":              `"cell","k":3,"n":4`,
	"two tokens":          `"cell","k":5,"n":2`,
	"eliminations":        `"elimination","k":3,"n":4`,
	"of a large cell":     `"elimination","k":2,"n":20`,
	"many drafts":         `"cell","k":64,"n":3`,
	"many monomials":      `"cell","k":30,"n":8`,
	"a false exponent":    `"exponent","k":2,"n":2,"exponent":1,"drafts":{"model":"iid","p":[1,1]},"target":[1,3],"value":1,"cut":[]`,
	"models":              `"instances","k":2,"n":3,"instances":[{"drafts":{"model":"independent","p":[[1,0,1],[2,3,0]]},"target":[0,1,1],"value":"4/5","cut":[1]},{"drafts":{"model":"without-replacement","p":[1,2,3]},"target":[1,1,1],"value":1,"cut":[]},{"drafts":{"model":"joint","words":[[[1,1],1],[[2,1],3]]},"target":[1,1,1],"value":"2/3","cut":[1,2]}]`,
	"an instance":         `"instances","k":1,"n":1,"instances":[{"drafts":{"model":"iid","p":[1]},"target":[1],"value":1,"cut":[]}]`,
	"none":                `"instances","k":1,"n":1,"instances":[]`,
	"instances":           `"instances","k":2,"n":3,"instances":[{"drafts":{"model":"iid","p":[1,0,1]},"target":[0,1,1],"value":"3/4","cut":[1]}]`,
	"an exponent":         `"exponent","k":2,"n":2,"exponent":1,"drafts":{"model":"iid","p":[1,0]},"target":[0,1],"value":0,"cut":[1]`,
	"a vocabulary":        `"vocabulary","k":2,"n":2,"drafts":[1,0],"target":[1,1],"value":"1/2","cut":[1]`,
	"a program":           `"program","sense":"maximise","variables":[["x",[0],[1]],["y",[],[]]],"objective":[[1,0]],"rows":[["r",[0],[0],[]],["s",[-1],[2],[[1,0],[3,1]]]],"outcome":["optimal",0]`,
	"an unbounded one":    `"program","sense":"minimise","variables":[["x",[],[]]],"objective":[[3],[1,0]],"rows":[],"outcome":["unbounded"]`,
	"an infeasible one":   `"program","sense":"minimise","variables":[["x",[2],[1]]],"objective":[],"rows":[],"outcome":["infeasible"]`,
	"a polyhedron":        `"polyhedron","variables":[["x","keep"],["y","eliminate"]],"rows":[[">=",[[1]]],["=",[[1,0]]],[">",[[1,1]]]],"projection":[["=",[[1,0]]]]`,
	"an empty one":        `"polyhedron","variables":[["x","keep"]],"rows":[[">",[]]],"infeasible":[]`,
	"units":               `"units","orders":2,"units":2,"x":[0,1,0],"value":0`,
	"orders":              `"orders","x":[0,"1/2"],"value":0,"weights":[0,1],"arrivals":[1,2,2,1]`,
	"contention":          `"contention","x":[0,1],"value":0,"choice":{"means":[0,"1/4"],"forward":[0,0],"backward":["1/2",0]},"sizes":[[[0,1]],[["1/4",1]]]`,
	"a region":            `"contention","agents":[["I",[[0,"1/2"],[2,"1/2"]],0],["II",[[0,"1/2"],[1,"1/2"]],0]],"largest":0`,
	"supplies":            `"contention","x":["1/4","1/2"],"value":0,"agents":[["III",[["1/4",1]],0],["II",[[0,"1/2"],[1,"1/2"]],0]]`,
	"sets of a law":       `"instances","k":2,"n":3,"instances":[{"drafts":{"model":"joint","words":[[[1,2],1],[[1,3],1],[[2,2],1]]},"target":[1,1,1],"value":1,"cut":[]}]`,
	"no demand":           `"contention","agents":[["I",[[0,1]],1],["III",[[0,1]],0]]`,
	"services":            `"contention","agents":[["III",[[0,"1/2"],[2,"1/2"]],0]],"served":{"parts":[[0,"1/2"]],"guarantee":0,"forward":[0],"backward":["1/2"]}`,
	"services by choices": `"contention","choice":{"means":[0],"forward":[0],"backward":["1/2"]},"agents":[["I",[[0,"1/2"],["1/2","1/2"]],1]],"served":{"parts":[["1/4","1/2"]],"guarantee":"1/3"}`,
}

// theoremOf is theorem k of a statement, or why a document can have no proof of it.
func theoremOf(s kernel.Statement, k int) (theorem *kernel.Theorem, reason string) {
	defer func() {
		if invalid, ok := recover().(*kernel.Invalid); ok {
			reason = invalid.Reason
		}
	}()
	return s.Theorem(k), ""
}

// A theorem of a builder has one spelling, that of the format page: written out it is read again as a literal statement, which allows no other, and
// has the same digest. A term 0, or terms in another order, would give a digest that no second checker finds.
func TestTheoremsHaveOneSpelling(t *testing.T) {
	for name, text := range written {
		s, err := kernel.ReadStatement([]byte(`{"builder":`+text+`}`), Builders)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for k := range s.Count {
			theorem, reason := theoremOf(s, k)
			if reason != "" {
				continue
			}
			var b bytes.Buffer
			b.WriteString(`{"builder":"literal","theorems":[`)
			theorem.WriteLiteral(&b)
			b.WriteString(`]}`)
			literal, err := kernel.ReadStatement(b.Bytes(), nil)
			switch {
			case err != nil:
				t.Errorf("%s, theorem %d: %v", name, k, err)
			case literal.Theorem(0).Digest() != theorem.Digest():
				t.Errorf("%s, theorem %d: another digest when it is read again", name, k)
			}
		}
	}
}

var update = flag.Bool("update", false, "write testdata/statements.txt anew")

// testdata/statements.txt has what each of these statements says: its title, the digests of its theorems, its claims if all are
// proved, which of them go if one is not, and what is claimed if all are refuted. Whoever changes a builder sees there what it says
// now; a digest that differs is another theorem.
func TestStatements(t *testing.T) {
	names := slices.Sorted(maps.Keys(written))
	var b strings.Builder
	for _, name := range names {
		s, err := kernel.ReadStatement([]byte(`{"builder":`+written[name]+`}`), Builders)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		fmt.Fprintf(&b, "%s: %s\n", name, s.Title)
		for k := range s.Count {
			if theorem, reason := theoremOf(s, k); reason == "" {
				fmt.Fprintf(&b, "  theorem %d, %q: %s\n", k, theorem.Name, theorem.Digest())
			} else {
				fmt.Fprintf(&b, "  theorem %d: %s\n", k, reason)
			}
		}
		claims := func(one kernel.Outcome, at int, others kernel.Outcome) []kernel.Claim {
			outcomes := slices.Repeat([]kernel.Outcome{others}, s.Count)
			if at < s.Count {
				outcomes[at] = one
			}
			return s.Claims(outcomes)
		}
		all := claims(kernel.Proved, 0, kernel.Proved)
		for _, c := range all {
			fmt.Fprintf(&b, "  %s %s: %s\n", c.Tag, c.Status, c.Text)
		}
		for k := range s.Count {
			fmt.Fprintf(&b, "  %d open:", k)
			left := claims(kernel.Open, k, kernel.Proved)
			for _, c := range all {
				if !slices.Contains(left, c) {
					fmt.Fprintf(&b, " no %s", c.Tag)
				}
			}
			for _, c := range claims(kernel.Refuted, k, kernel.Proved) {
				if !slices.Contains(all, c) {
					fmt.Fprintf(&b, "; refuted: %s %s", c.Tag, c.Status)
				}
			}
			b.WriteString("\n")
		}
		for _, c := range claims(kernel.Refuted, 0, kernel.Refuted) {
			fmt.Fprintf(&b, "  all refuted: %s %s: %s\n", c.Tag, c.Status, c.Text)
		}
		if list := claims(kernel.Open, 0, kernel.Open); len(list) > 0 {
			t.Errorf("%s claims %v of nothing", name, list)
		}
	}
	const file = "testdata/statements.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, old := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for k := range max(len(got), len(old)) {
		if k >= len(got) || k >= len(old) || got[k] != old[k] {
			t.Fatalf("line %d of %s differs from\n%s", k+1, file, got[min(k, len(got)-1)])
		}
	}
}

// A name that is none has no symbol.
func TestSymbolsOfForms(t *testing.T) {
	theorem, names := ContentionTheorem(0)
	for k, s := range theorem.Symbols {
		if names.Symbol(s.Name) != k {
			t.Errorf("%s is symbol %d, want %d", s.Name, names.Symbol(s.Name), k)
		}
	}
	if k := names.Symbol("nobody"); k != -1 {
		t.Errorf("nobody is symbol %d", k)
	}
}

// An exponent is a natural number in digits: no fraction is rounded to one.
func TestExponentsOfForms(t *testing.T) {
	_, names := ContentionTheorem(0)
	if got, want := names.Poly("2^3"), names.Poly("8"); !reflect.DeepEqual(got, want) {
		t.Errorf("2^3 is %v", got)
	}
	if got := names.Fact("2 < 3"); got.Relation != kernel.GT || !reflect.DeepEqual(got.Poly, names.Poly("1")) {
		t.Errorf("2 < 3 is %v", got)
	}
	for _, text := range []string{"2^1.5", "2^3/2^", "2^-1", "2^x", "2^", "2^1e2"} {
		notUnderstood(t, text, func() { names.Poly(text) })
	}
}

// notUnderstood demands a panic of this package, and no other.
func notUnderstood(t *testing.T, text string, read func()) {
	t.Helper()
	defer func() {
		if fault := fmt.Sprint(recover()); !strings.HasPrefix(fault, "statement: ") {
			t.Errorf("%s: %s", text, fault)
		}
	}()
	read()
}

// What is no form, no fact and no line of a theorem is not taken for one.
func TestTextsThatAreNotUnderstood(t *testing.T) {
	_, names := ContentionTheorem(0)
	for _, text := range []string{"2 3", "(2", "(2 3", "nobody", "", "2 +", "2 / nobody", "2 )"} {
		notUnderstood(t, text, func() { names.Poly(text) })
	}
	for _, text := range []string{"2", "2 ! 3", "2 >= 3 4", "2 => 3"} {
		notUnderstood(t, text, func() { names.Fact(text) })
	}
	for _, text := range []string{"what 2", "let x 3", "p x x", "p x\neach p x", "p x\neach p y\np z", "state x = 1", "fact 1 >= 0 0", "exp x 1"} {
		notUnderstood(t, text, func() { fromText(text) })
	}
}

// That targets lie outside the region is claimed only if the supplies are not prescribed: with x = 0 no target above 0 is met.
func TestNoTargetIsRefutedByPrescribedSupplies(t *testing.T) {
	for members, want := range map[string]int{``: 1, `"x":[0],"value":1,`: 0} {
		s, err := kernel.ReadStatement([]byte(`{"builder":"contention",`+members+`"agents":[["III",[[1,1]],"1/2"]]}`), Builders)
		if err != nil {
			t.Fatal(err)
		}
		outcomes := make([]kernel.Outcome, s.Count)
		outcomes[s.Count-1] = kernel.Refuted
		if claims := s.Claims(outcomes); len(claims) != want {
			t.Errorf("with the members %q: %v", members, claims)
		}
		outcomes[s.Count-1] = kernel.Proved
		if claims := s.Claims(outcomes); len(claims) != 1 || claims[0].Status != "checked" {
			t.Errorf("with the members %q, proved: %v", members, claims)
		}
	}
}

// Elements without sizes cost what the copy of a law costs: a few elements make 4 096 loads, and 50 000 others copies of them.
func TestEmptyElementsCost(t *testing.T) {
	if testing.Short() {
		t.Skip("spends all the work that the format allows")
	}
	const elements = 50_000
	var means, sizes []string
	for k := range elements {
		mean, size := "0", "[]"
		if k < 12 {
			power := strings.Split("2 4 8 16 32 64 128 256 512 1024 2048 4096", " ")
			double := strings.Split("128 256 512 1024 2048 4096 8192 16384 32768 65536 131072 262144", " ")
			mean, size = `"1/`+double[k]+`"`, `[["1/`+power[k]+`","1/64"]]`
		}
		means, sizes = append(means, mean), append(sizes, size)
	}
	numbers := `[` + strings.Repeat(`"1/2",`, elements-1) + `"1/2"]`
	_, err := kernel.ReadStatement([]byte(`{"builder":"contention","choice":{"means":[`+strings.Join(means, ",")+`],"forward":`+numbers+`,"backward":`+numbers+
		`},"sizes":[`+strings.Join(sizes, ",")+`]}`), Builders)
	if err == nil || !strings.Contains(err.Error(), "more work than") {
		t.Errorf("want a limit, got %v", err)
	}
}

// A theorem that is made while a document is read has no more symbols than a scope may have.
func TestSymbolsOfSheetsAreCounted(t *testing.T) {
	_, err := kernel.ReadStatement([]byte(`{"builder":"long"}`), map[string]kernel.Builder{"long": func(r *kernel.Reader) kernel.Statement {
		s := &sheet{reader: r}
		s.Symbols = make([]kernel.Symbol, kernel.MaxSymbols)
		s.variable("u", "x")
		return kernel.Statement{}
	}})
	if err == nil || !strings.Contains(err.Error(), "more than 1048576 symbols") {
		t.Errorf("want a limit, got %v", err)
	}
}
