package witness

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/fm"
	"pstar/lp"
	"pstar/rational"
	"pstar/witness/internal/elimination"
)

// A tree is a value of a document: a list, an object (with names), or text as it stands.
type tree struct {
	kind     byte // '[', '{' or 0
	text     string
	names    []string
	children []*tree
}

// parseTree reads a value and returns what stands behind it.
func parseTree(s string) (*tree, string) {
	s = strings.TrimLeft(s, " \n")
	switch s[0] {
	case '[', '{':
		t := &tree{kind: s[0]}
		for s = strings.TrimLeft(s[1:], " \n"); s[0] != ']' && s[0] != '}'; {
			s = strings.TrimLeft(strings.TrimPrefix(s, ","), " \n")
			if t.kind == '{' {
				end := 1 + strings.IndexByte(s[1:], '"')
				t.names = append(t.names, s[1:end])
				s = s[end+2:]
			}
			var child *tree
			child, s = parseTree(s)
			t.children = append(t.children, child)
			s = strings.TrimLeft(s, " \n")
		}
		return t, s[1:]
	case '"':
		end := 2 + strings.IndexByte(s[1:], '"')
		return &tree{text: s[:end]}, s[end:]
	}
	end := strings.IndexAny(s, ",]} \n")
	return &tree{text: s[:end]}, s[end:]
}

func (t *tree) write(b *strings.Builder) {
	if t.kind == 0 {
		b.WriteString(t.text)
		return
	}
	b.WriteByte(t.kind)
	for k, c := range t.children {
		if k > 0 {
			b.WriteByte(',')
		}
		if t.kind == '{' {
			b.WriteString(`"` + t.names[k] + `":`)
		}
		c.write(b)
	}
	b.WriteByte(t.kind + 2)
}

func (t *tree) String() string {
	var b strings.Builder
	t.write(&b)
	return b.String()
}

func (t *tree) clone() *tree {
	c := *t
	c.names = append([]string(nil), t.names...)
	c.children = nil
	for _, child := range t.children {
		c.children = append(c.children, child.clone())
	}
	return &c
}

func (t *tree) member(name string) *tree {
	for k, n := range t.names {
		if n == name {
			return t.children[k]
		}
	}
	return nil
}

// all lists the trees within, itself first.
func (t *tree) all(list []*tree) []*tree {
	list = append(list, t)
	for _, c := range t.children {
		list = c.all(list)
	}
	return list
}

// mutate changes one thing somewhere within. donor is where grafts come from.
func mutate(rng *rand.Rand, t, donor *tree) {
	for {
		nodes := t.all(nil)
		n := nodes[rng.IntN(len(nodes))]
		if n.kind == 0 {
			mutateText(rng, n, nodes)
			return
		}
		if len(n.children) == 0 {
			continue
		}
		i, j := rng.IntN(len(n.children)), rng.IntN(len(n.children))
		switch rng.IntN(6) {
		case 5: // all numbers of a list, times a number
			factor := 2 + rng.IntN(2)
			for _, c := range n.children {
				if v, err := strconv.Atoi(c.text); err == nil && n.kind == '[' {
					c.text = strconv.Itoa(factor * v)
				}
			}
		case 0:
			n.children[i], n.children[j] = n.children[j], n.children[i]
		case 1:
			if n.kind == '{' {
				n.names = append(n.names[:i], n.names[i+1:]...)
			}
			n.children = append(n.children[:i], n.children[i+1:]...)
		case 2:
			if n.kind == '{' {
				continue
			}
			n.children = append(n.children[:i], append([]*tree{n.children[i].clone()}, n.children[i:]...)...)
		case 3: // a part of one kind for another
			others := donor.all(nil)
			o := others[rng.IntN(len(others))]
			if o.kind != n.children[i].kind {
				continue
			}
			n.children[i] = o.clone()
		case 4:
			if n.kind == '{' {
				continue
			}
			others := donor.all(nil)
			o := others[rng.IntN(len(others))]
			if o.kind != n.children[i].kind || o.kind == 0 {
				continue
			}
			n.children = append(n.children, o.clone())
		}
		return
	}
}

func mutateText(rng *rand.Rand, n *tree, nodes []*tree) {
	switch v, err := strconv.Atoi(n.text); {
	case err == nil && rng.IntN(3) > 0:
		n.text = strconv.Itoa([]int{-v, v + 1, v - 1, 2 * v, 0, -1 - v}[rng.IntN(6)])
	case strings.Contains(`">=" ">" "="`, n.text) && rng.IntN(2) == 0:
		n.text = []string{`">="`, `">"`, `"="`}[rng.IntN(3)]
	case strings.Contains(`"p" "p+" "u" "u+"`, n.text):
		n.text = []string{`"p"`, `"p+"`, `"u"`, `"u+"`}[rng.IntN(4)]
	default:
		o := nodes[rng.IntN(len(nodes))]
		if o.kind == 0 {
			n.text, o.text = o.text, n.text
		}
	}
}

// reseal puts digests of theorems, the claims of literal theorems and the digest of the document right.
func reseal(t *tree) []byte {
	defer func() { recover() }() // what has no such parts is for Check to reject
	s, err := kernel.ReadStatement([]byte(t.member("statement").String()), statement.Builders)
	if err == nil && t.member("proofs") != nil {
		var claims []*tree
		for _, proof := range t.member("proofs").children {
			k, err := strconv.Atoi(proof.member("theorem").String())
			if err != nil || k < 0 || k >= s.Count || proof.member("sha256") == nil {
				continue
			}
			theorem := s.Theorem(k)
			proof.member("sha256").text = `"` + theorem.Digest() + `"`
			status := "proved"
			if proof.member("refuted") != nil {
				status = "refuted"
			}
			claims = append(claims, &tree{kind: '[', children: []*tree{{text: `"` + theorem.Name + `"`}, {text: `"` + status + `"`}}})
		}
		if s.Whole && t.member("claims") != nil {
			t.member("claims").children = claims
		}
	}
	text := strings.TrimSuffix(t.String(), "}")
	sum := sha256.Sum256([]byte(text))
	return []byte(text + ",\n\"sha256\":\"" + hex.EncodeToString(sum[:]) + "\"}\n")
}

// kernelDocuments are the documents of the tests of the kernel, and small cells, without the last digest.
func kernelDocuments(t testing.TB) (list []*tree) {
	files, err := filepath.Glob("../certificate/kernel/testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no documents", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		document, _, _ := strings.Cut(string(content), "\n\n")
		parsed, _ := parseTree(document)
		list = append(list, parsed)
	}
	made := append(builtDocuments(t), projectionDocuments(t)...)
	for _, d := range made {
		document, _, _ := bytes.Cut(d, []byte(",\n\"sha256\""))
		parsed, _ := parseTree(string(document) + "}")
		list = append(list, parsed)
	}
	return list
}

// builtDocuments are small documents of the builders.
func builtDocuments(t testing.TB) (list []Proof) {
	must := func(d Proof, err error) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, d)
	}
	must(Cell(t.Context(), 2, 2))
	must(Cell(t.Context(), 2, 3))
	x := halves()
	joint := halves()
	joint.Drafts = Drafts{Model: "joint", Words: []Word{{[]int{0, 0}, rational.NewInt(1)}, {[]int{0, 1}, rational.NewInt(2)}, {[]int{1, 1}, rational.NewInt(1)}}}
	must(Instances(2, 2, []Instance{x, joint}))
	must(Eliminations(t.Context(), 2, 2, true))
	must(Eliminations(t.Context(), 3, 3, true))
	must(elimination.Blocks(t.Context(), 2, 3))
	must(Instances(2, 3, fourModels()))
	v := quarters()
	must(v.Optimum(2))
	x = sure()
	must(Exponent(2, 1, &x, nil, []int{0}))
	x = sure()
	x.Target, x.Value, x.Cut = integerList(1, 7), rational.NewRat(7, 8), []int{0}
	x.Flow = []Mass{{[]int{0}, 0, rational.NewRat(1, 8)}, {[]int{1}, 1, rational.NewRat(1, 4)}, {[]int{0, 1}, 1, rational.NewRat(1, 2)}}
	must(Exponent(2, 3, &x, []int{0, 1}, nil))
	rng := rand.New(rand.NewPCG(11, 9))
	for kinds := map[lp.Verdict]int{}; kinds[lp.Optimal] < 4 || kinds[lp.Infeasible] < 3 || kinds[lp.Unbounded] < 3; {
		p := randomProgram(rng)
		for k := range p.Variables {
			p.Variables[k].Name = fmt.Sprint("x", k) // as literal theorems want
		}
		r, err := lp.Solve(t.Context(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		// Most random programs have no optimum, and of its proof there is more to change.
		if kinds[r.Verdict]++; kinds[r.Verdict] <= 4 {
			must(LinearProgram(p, r))
		}
	}
	for _, s := range []Built{
		{"units", []Parameter{{"orders", 1}, {"units", 1}, {"x", halfTwice}, {"value", twoThirds}}, [2]string{"CRS-KLP", "checked"}},
		{"orders", []Parameter{{"x", halfTwice}, {"value", twoThirds}, {"weights", []rational.Rat{rational.NewRat(1, 1)}}, {"arrivals", []int{1, 2}}}, [2]string{"CRS-OLP", "checked"}},
	} {
		p := oneOrder()
		r, err := lp.Solve(t.Context(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		must(BuiltProgram(s, p, r))
	}
	return list
}

var halfTwice, twoThirds = []rational.Rat{rational.NewRat(1, 2), rational.NewRat(1, 2)}, rational.NewRat(2, 3)

// oneOrder is the program of one unit and one order, for two elements that are active with probability 1/2.
func oneOrder() *lp.Problem {
	zero, one, half := lp.At(rational.Rat{}), rational.NewRat(1, 1), halfTwice[0]
	p := &lp.Problem{Sense: lp.Maximise}
	for k := range 6 { // beta; p, a; p, p, a
		p.Variables = append(p.Variables, lp.Variable{Name: fmt.Sprint(k), Lower: zero})
	}
	p.Variables[0].Cost = one
	row := func(least, most lp.Bound, plus, minus int, more ...lp.Term) {
		terms := append(more, lp.Term{Variable: plus, Coefficient: one}, lp.Term{Variable: minus, Coefficient: one.Neg()})
		p.Rows = append(p.Rows, lp.Row{Lower: least, Upper: most, Terms: terms})
	}
	row(zero, lp.Bound{}, 2, 0)
	row(zero, lp.Bound{}, 5, 0)
	p.Rows = append(p.Rows, lp.Row{Lower: lp.At(one), Upper: lp.At(one), Terms: []lp.Term{{Variable: 1, Coefficient: one}}})
	row(zero, lp.Bound{}, 1, 2)
	row(zero, zero, 3, 1, lp.Term{Variable: 2, Coefficient: half})
	p.Rows = append(p.Rows, lp.Row{Lower: zero, Upper: zero, Terms: []lp.Term{{Variable: 4, Coefficient: one}, {Variable: 2, Coefficient: half.Neg()}}})
	row(zero, lp.Bound{}, 3, 5)
	return p
}

// projectionDocuments are those of random systems.
func projectionDocuments(t testing.TB) (list []Proof) {
	rng := rand.New(rand.NewPCG(4, 4))
	for range 8 {
		s := randomSystem(rng)
		r, err := fm.Eliminate(t.Context(), s, rng.Perm(len(s.Variables))[:(1+len(s.Variables))/2], fm.Options{Level: fm.Level(rng.IntN(4))})
		if err != nil {
			t.Fatal(err)
		}
		document, err := Projection(r)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, document)
	}
	return list
}

// stepsBy lists the steps within d that apply a rule.
func stepsBy(d *tree, rule string) (list []*tree) {
	for _, n := range d.all(nil) {
		if name := n.member("rule"); name != nil && strings.Trim(name.text, `"`) == rule {
			list = append(list, n)
		}
	}
	return list
}

// Documents with one to three changes are rejected, or what they say is true as far as points and programs can tell. SOAK in
// the environment is the number of mutants.
func TestMutantsOfKernelDocuments(t *testing.T) {
	count := 4000
	if s := os.Getenv("SOAK"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			t.Fatalf("SOAK is %q, want a number of mutants", s)
		}
		count = n
	}
	documents, contention := kernelDocuments(t), contentionDocuments(t)
	all := append(documents[:len(documents):len(documents)], contention...)
	itself, having := map[*tree]string{}, map[string][]*tree{}
	for _, d := range all {
		sealed := reseal(d.clone())
		if _, err := kernel.Check(sealed, statement.Builders); err != nil {
			t.Fatal(err)
		}
		itself[d] = string(sealed)
		_, names := namedBy(d)
		for name := range names {
			having[name] = append(having[name], d)
		}
	}
	rules := slices.Sorted(maps.Keys(having))
	rng := rand.New(rand.NewPCG(5, 30))
	accepted, changed, built, tried, linear, unseen := 0, 0, 0, 0, 0, 0
	for k := 0; k < count; {
		original := documents[rng.IntN(len(documents))]
		if k%4 == 0 {
			original = contention[rng.IntN(len(contention))]
		}
		// In turn within one step of each rule: most documents have few steps of most rules.
		rule := ""
		if k%4 == 1 {
			rule = rules[k/4%len(rules)]
			original = having[rule][rng.IntN(len(having[rule]))]
		}
		d := original.clone()
		within := d
		if rule != "" {
			steps := stepsBy(d, rule)
			within = steps[rng.IntN(len(steps))]
		}
		for range 1 + rng.IntN(3) {
			mutate(rng, within, all[rng.IntN(len(all))])
		}
		sealed := reseal(d)
		// Many a change changes nothing: 0 for 0, an element for itself, a digest that is put right.
		if string(sealed) == itself[original] {
			continue
		}
		k++
		report, err := kernel.Check(sealed, statement.Builders)
		var invalid *kernel.Invalid
		if err != nil && !errors.As(err, &invalid) {
			t.Fatal(err)
		}
		if err != nil {
			continue
		}
		accepted++
		if fmt.Sprint(d.member("statement")) == fmt.Sprint(original.member("statement")) {
			continue
		}
		changed++
		statement, err := kernel.ReadStatement([]byte(fmt.Sprint(d.member("statement"))), statement.Builders)
		if err != nil {
			t.Fatal(err)
		}
		served := func(s *tree) (bool, string) { return decideServed(s, report.Claims) }
		for _, decided := range []func(*tree) (bool, string){decideBuilt, decideContention, served, decideProgram} {
			if known, wrong := decided(d.member("statement")); wrong != "" {
				t.Fatalf("accepted although %s:\n%s", wrong, sealed)
			} else if known {
				built++
			}
		}
		for _, shown := range report.Theorems {
			shown.Theorem = statement.Theorem(shown.Number)
			known, wrong := decideLinear(shown)
			if wrong != "" {
				t.Fatalf("accepted although %s:\n%s", wrong, sealed)
			}
			before := tried
			for _, decided := range []func(*rand.Rand, kernel.Shown) (int, string){decide, decideRun} {
				n, wrong := decided(rng, shown)
				if tried += n; wrong != "" {
					t.Fatalf("accepted although %s:\n%s", wrong, sealed)
				}
			}
			if known {
				linear++
			} else if tried == before {
				unseen++
			}
		}
	}
	t.Logf("%d mutants, %d accepted, of these %d with another statement, %d of instances or programs; of their theorems %d decided, the others tried at %d points, but %d",
		count, accepted, changed, built, linear, tried, unseen)
	// One in some thousand mutants is another instance, so that few runs may have none.
	if count >= 1000 && (accepted == 0 || changed == 0 || tried == 0) || count >= 40_000 && built == 0 {
		t.Error("the test does not try what it should")
	}
}

// Nothing makes the kernel panic, whatever the bytes.
func FuzzCheckKernel(f *testing.F) {
	for _, d := range kernelDocuments(f) {
		f.Add(d.String())
	}
	f.Fuzz(func(t *testing.T, text string) {
		kernel.Check([]byte(text), statement.Builders)
		for _, sealed := range [][]byte{nil, resealText(text)} {
			if sealed != nil {
				kernel.Check(sealed, statement.Builders)
			}
		}
	})
}

// resealText is reseal of a text that may be no document: nil.
func resealText(text string) (sealed []byte) {
	defer func() { recover() }()
	parsed, _ := parseTree(text)
	return reseal(parsed)
}
