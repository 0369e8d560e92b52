package witness

import (
	"bytes"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/certificate/kernel"
	"pstar/certificate/theorem"
	"pstar/rational"
)

// A decoder makes the steps of a document again, of the types that users have. It panics for what it does not know.
type decoder struct{ seen map[string]bool }

type object = map[string]any

func (d decoder) steps(list any) (steps []Step) {
	for _, x := range elements(list) {
		steps = append(steps, d.step(x.(object)))
	}
	return steps
}

func (d decoder) step(o object) Step {
	rule, _ := o["rule"].(string)
	as, _ := o["as"].(string)
	d.seen[strings.TrimSpace(rule+" "+as)] = true
	of := elements(o["of"])
	switch rule + as {
	case "combine":
		return d.combine(o)
	case "split":
		return Split{decodePoly(o["on"]), d.steps(o["nonnegative"]), d.steps(o["negative"])}
	case "dualise":
		_, strict := o["strict"]
		return Dualise{d.steps(o["steps"]), d.steps(o["strict"]), strict}
	case "sort":
		return Sort{ints(o["symbols"]), d.steps(o["steps"])}
	case "image":
		return Image{whole(o["row"]), ints(o["by"])}
	case "generate":
		return Generate{ints(o["symbols"]), ints(o["facts"])}
	case "defineterm":
		return DefineTerm{decodePoly(of[0])}
	case "definemin":
		return DefineMin{decodePoly(of[0]), decodePoly(of[1]), couples(o["joins"])}
	case "definequotient":
		return DefineQuotient{decodePoly(of[0]), whole(of[1])}
	case "defineroot":
		return DefineRoot{whole(of[0])}
	case "exponentialsymbol":
		return ExponentialSymbol{decodePoly(of[0])}
	case "exponentialbound":
		return ExponentialBound{whole(of[0]), whole(of[1])}
	case "exponentialproduct":
		return ExponentialProduct{ints(of[0]), ints(of[1])}
	case "witness":
		w := Witness{Over: fraction(o["over"]), Steps: d.steps(o["steps"])}
		for _, v := range elements(o["values"]) {
			w.Values = append(w.Values, theorem.Assignment{Symbol: whole(elements(v)[0]), Value: decodePoly(elements(v)[1])})
		}
		return w
	case "block":
		return Block{ints(o["facts"]), d.steps(o["steps"])}
	case "prefix":
		p := Prefix{X: couple(o["x"]), Y: couple(o["y"]), Bounds: couple(o["bounds"]), Order: ints(o["order"])}
		p.Goal, p.New = decodeGoal(o["goal"])
		return p
	case "invariant":
		i := Invariant{Start: d.steps(o["start"]), Step: d.steps(o["step"])}
		for _, f := range elements(o["facts"]) {
			i.Facts = append(i.Facts, *decodeFact(f))
		}
		return i
	case "project":
		p := Project{Steps: d.steps(o["steps"])}
		for _, e := range elements(o["eliminate"]) {
			p.Eliminate = append(p.Eliminate, decodeEliminated(e.(object)))
		}
		return p
	}
	panic("witness: no type for " + rule + " " + as)
}

func (d decoder) combine(o object) Step {
	c := Combine{Times: fraction(o["times"]), By: ints(o["by"])}
	c.Goal, c.New = decodeGoal(o["goal"])
	c.Products, c.Equations = sums(o)
	if converse, there := o["converse"].(object); there {
		c.Converse, c.ConverseEquations = sums(converse)
	}
	return c
}

func sums(o object) (products []Product, equations []Equation) {
	for _, p := range elements(o["products"]) {
		products = append(products, Product{fraction(elements(p)[0]), ints(elements(p)[1:])})
	}
	for _, e := range elements(o["equations"]) {
		parts := elements(e)
		// A run of facts is as many equations.
		for k := whole(parts[1]); k <= whole(parts[len(parts)-1]); k++ {
			equations = append(equations, Equation{decodePoly(parts[0]), k})
		}
	}
	return products, equations
}

func decodeEliminated(o object) Eliminated {
	e := Eliminated{Symbol: whole(o["symbol"]), Equal: rowProofsOf(o["equal"]), Redundant: rowProofsOf(o["redundant"])}
	if _, there := o["kept"]; there {
		e.Pairs = &Pairs{Kept: couples(o["kept"])}
		for _, by := range elements(o["dropped"]) {
			e.Pairs.Dropped = append(e.Pairs.Dropped, multiplesOf(by))
		}
	}
	return e
}

func rowProofsOf(x any) (list []RowProof) {
	for _, r := range elements(x) {
		list = append(list, RowProof{whole(elements(r)[0]), multiplesOf(elements(r)[1])})
	}
	return list
}

func multiplesOf(x any) (list []Multiple) {
	for _, m := range elements(x) {
		list = append(list, Multiple{fraction(elements(m)[0]), whole(elements(m)[1])})
	}
	return list
}

func decodeGoal(x any) (int, *theorem.Fact) {
	if _, number := x.(json.Number); number {
		return whole(x), nil
	}
	return 0, decodeFact(x)
}

func decodeFact(x any) *theorem.Fact {
	return &theorem.Fact{Relation: theorem.Relations[elements(x)[0].(string)], Poly: decodePoly(elements(x)[1])}
}

func decodePoly(x any) (p theorem.Poly) {
	for _, t := range elements(x) {
		p = append(p, theorem.Term{C: theorem.Number(fraction(elements(t)[0]).Big()), M: theorem.Product(ints(elements(t)[1:])...)})
	}
	return p
}

func elements(x any) []any {
	list, _ := x.([]any)
	return list
}

func ints(x any) (list []int) {
	for _, n := range elements(x) {
		list = append(list, whole(n))
	}
	return list
}

func couple(x any) [2]int { return [2]int(ints(x)) }

func couples(x any) (list [][2]int) {
	for _, p := range elements(x) {
		list = append(list, couple(p))
	}
	return list
}

func whole(x any) int {
	n, err := x.(json.Number).Int64()
	if err != nil {
		panic(err)
	}
	return int(n)
}

// fraction is a number, 0 if it is missing.
func fraction(x any) rational.Rat {
	text, _ := x.(string)
	if n, ok := x.(json.Number); ok {
		text = n.String()
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		r = new(big.Rat)
	}
	return rational.RatFromBig(r)
}

// Each document by which the kernel is tested, with all of its rules, can be written with the types of this package: read apart and
// written again it is accepted, and proves the same.
func TestEveryRuleCanBeWritten(t *testing.T) {
	files, err := filepath.Glob("../certificate/kernel/testdata/*.txt")
	if err != nil || len(files) < 20 {
		t.Fatal(files, err)
	}
	d := decoder{map[string]bool{}}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, _, _ := bytes.Cut(content, []byte("\n\n"))
		var o object
		decode := json.NewDecoder(bytes.NewReader(text))
		decode.UseNumber()
		if err := decode.Decode(&o); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		document := Literal(d.proofs(t, file, text, o))
		report, err := kernel.Check(document, nil)
		if err != nil {
			t.Errorf("%s: %v\n%s", file, err, document)
			continue
		}
		if want := strings.Count(string(text), `"rule":`); report.Steps != want {
			t.Errorf("%s: %d steps, want %d", file, report.Steps, want)
		}
	}
	for _, rule := range []string{"combine", "split", "dualise", "sort", "image", "generate", "define term", "define min", "define quotient", "define root",
		"exponential symbol", "exponential bound", "exponential product", "witness", "block", "prefix", "invariant", "project"} {
		if !d.seen[rule] {
			t.Errorf("no document has %s", rule)
		}
	}
}

// proofs are those of a document, each with its theorem.
func (d decoder) proofs(t *testing.T, file string, text []byte, o object) (list []LiteralProof) {
	t.Helper()
	_, rest, _ := bytes.Cut(text, []byte(`"statement":`))
	statement, _, _ := bytes.Cut(rest, []byte(`"claims":`))
	s, err := kernel.ReadStatement(bytes.TrimRight(statement, ", \n"), nil)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for _, x := range elements(o["proofs"]) {
		p := x.(object)
		l := LiteralProof{Theorem: s.Theorem(whole(p["theorem"])), Rows: d.steps(p["rows"]), Exists: d.steps(p["exists"])}
		if r, there := p["refuted"].(object); there {
			l.Refuted = &Refutation{Point: make([]rational.Rat, len(l.Theorem.Symbols)), Row: whole(r["row"]), Steps: d.steps(r["steps"])}
			for _, v := range elements(r["point"]) {
				l.Refuted.Point[whole(elements(v)[0])] = fraction(elements(v)[1])
			}
		}
		list = append(list, l)
	}
	return list
}
