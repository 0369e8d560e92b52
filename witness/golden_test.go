package witness

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/certificate/theorem"
	"pstar/lp"
	"pstar/rational"
)

const goldenFolder = "../fixtures/certificates"

var update = flag.Bool("update", false, "write the golden certificates anew")

// fourModels are instances of two drafts of three tokens, one of each model, all with optimum 1.
func fourModels() []Instance {
	third := rational.NewRat(1, 3)
	sixth := rational.NewRat(1, 6)
	uniform := integerList(1, 1, 1)
	flow := func(single, pair rational.Rat) []Mass {
		var list []Mass
		for i := range 3 {
			if !single.IsZero() {
				list = append(list, Mass{[]int{i}, i, single})
			}
		}
		for _, m := range []Mass{{[]int{0, 1}, 0, pair}, {[]int{1, 2}, 1, pair}, {[]int{0, 2}, 2, pair}} {
			list = append(list, m)
		}
		return list
	}
	ninth := rational.NewRat(1, 9)
	one := rational.NewRat(1, 1)
	return []Instance{
		{Drafts{Model: "iid", Laws: [][]rational.Int{uniform}}, uniform, one, nil, flow(ninth, ninth.Add(ninth))},
		{Drafts{Model: "independent", Laws: [][]rational.Int{uniform, integerList(2, 2, 2)}}, uniform, one, nil, flow(ninth, ninth.Add(ninth))},
		{Drafts{Model: "without-replacement", Laws: [][]rational.Int{uniform}}, uniform, one, nil, flow(rational.Rat{}, third)},
		{Drafts{Model: "joint", Words: []Word{{[]int{0, 0}, rational.NewInt(1)}, {[]int{0, 1}, rational.NewInt(1)}, {[]int{1, 1}, rational.NewInt(1)},
			{[]int{1, 2}, rational.NewInt(1)}, {[]int{2, 0}, rational.NewInt(1)}, {[]int{2, 2}, rational.NewInt(1)}}}, uniform, one, nil, flow(sixth, sixth)},
	}
}

// golden has the bytes of each file.
func golden(t *testing.T) map[string][]byte {
	t.Helper()
	must := func(d Proof, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	sure := sure()
	vocabulary := quarters()
	program := &lp.Problem{Variables: []lp.Variable{{Name: "x", Cost: rational.NewRat(1, 1), Lower: lp.At(rational.Rat{})}},
		Rows: []lp.Row{{Name: "r", Terms: []lp.Term{{Variable: 0, Coefficient: rational.NewRat(2, 1)}}, Lower: lp.At(rational.NewRat(3, 1))}}}
	result, err := lp.Solve(t.Context(), program, lp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cell := must(Cell(t.Context(), 2, 3))
	instances := must(Instances(2, 3, fourModels()))
	// change puts the digest right.
	change := func(document []byte, old, replacement string) []byte {
		text, _, _ := strings.Cut(string(document), ",\n\"sha256\"")
		if strings.Count(text, old) == 0 {
			t.Fatalf("no %s in the document", old)
		}
		text = strings.Replace(text, old, replacement, 1)
		sum := sha256.Sum256([]byte(text))
		return []byte(text + ",\n\"sha256\":\"" + hex.EncodeToString(sum[:]) + "\"}\n")
	}
	return map[string][]byte{
		"accepted/cell-2-3.json":           cell,
		"accepted/cell-3-4.json.gz":        must(Cell(t.Context(), 3, 4)),
		"accepted/instances-2-3.json":      instances,
		"accepted/exponent-2-2.json":       must(Exponent(2, 1, &sure, nil, []int{0})),
		"accepted/vocabulary-2-4.json":     must(vocabulary.Optimum(2)),
		"accepted/program.json":            must(LinearProgram(program, result)),
		"accepted/square.json":             must(square(), nil),
		"rejected/step-dropped.json":       change(cell, `{"rule":"define","as":"term","of":[[[1,`, `{"rule":"define","as":"term","of":[[[2,`),
		"rejected/other-statement.json":    change(cell, `"n":3`, `"n":4`),
		"rejected/claim-missing.json":      change(cell, `["MD-T1","proved"],`, ``),
		"rejected/claim-unproved.json":     change(instances, `["MD-T1","checked"]`, `["MD-T1","proved"]`),
		"rejected/sign.json":               change(cell, `"products":[[1,`, `"products":[[-1,`),
		"rejected/cut-not-minimal.json":    change(instances, `"cut":[]`, `"cut":[1]`),
		"rejected/flow-changed.json":       change(instances, `"values":[[1,[[1]]]`, `"values":[[1,[[2]]]`),
		"rejected/law-changed.json":        change(instances, `"p":[1,1,1]`, `"p":[1,1,2]`),
		"rejected/order-changed.json":      change(must(vocabulary.Optimum(2)), `"order":[1,2,`, `"order":[2,1,`),
		"rejected/value-changed.json":      change(must(LinearProgram(program, result)), `["optimal","3/2"]`, `["optimal","5/2"]`),
		"rejected/member-twice.json":       change(cell, `"n":3`, `"n":3,"n":3`),
		"rejected/leading-zero.json":       change(cell, `"n":3`, `"n":03`),
		"rejected/not-lowest-terms.json":   change(must(LinearProgram(program, result)), `"3/2"`, `"6/4"`),
		"rejected/space-after-digest.json": append(append([]byte(nil), cell...), ' '),
		"rejected/digest.json":             bytes.Replace(cell, []byte(`"format":`), []byte(`"format": `), 1),
		"rejected/truncated.json":          cell[:len(cell)/2],
		"rejected/empty.json":              {},
	}
}

// square says of all x and y that x² + y² is at least 2xy, by the sign of x − y: a theorem that no builder knows.
func square() Proof {
	symbol := func(n int64, symbols ...int) theorem.Term {
		return theorem.Term{C: theorem.Int(n), M: theorem.Product(symbols...)}
	}
	// The fact of a case is number 0, and its square is what is to be shown.
	by := []Step{Combine{Products: []Product{{rational.NewRat(1, 1), []int{0, 0}}}}}
	return Literal([]LiteralProof{{
		Theorem: &theorem.Theorem{Name: "twice the product", Kind: theorem.Implied, Symbols: []theorem.Symbol{{Name: "x"}, {Name: "y"}},
			Rows: []theorem.Fact{{Relation: theorem.GE, Poly: theorem.Poly{symbol(1, 0, 0), symbol(-2, 0, 1), symbol(1, 1, 1)}}}},
		Rows: []Step{Split{theorem.Poly{symbol(1, 0), symbol(-1, 1)}, by, by}},
	}})
}

// The files hold what is written now, and the README beside them has a row for each, with what the checker says.
func TestGoldenCertificates(t *testing.T) {
	files := golden(t)
	if *update {
		writeGolden(t, files)
	}
	readme, err := os.ReadFile(filepath.Join(goldenFolder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(readme)) {
		if cells := strings.Split(line, "|"); len(cells) == 5 && strings.Contains(cells[1], "`") {
			rows[strings.Trim(cells[1], " `")] = strings.TrimSpace(cells[3])
		}
	}
	for name, want := range files {
		path := filepath.Join(goldenFolder, name)
		report, err := certificate.CheckFile(path)
		verdict := ""
		if err == nil {
			verdict = report.Summary()
		} else {
			verdict = err.Error()
		}
		if accepted := strings.HasPrefix(name, "accepted/"); accepted != (err == nil) || rows[name] != verdict {
			t.Errorf("README.md says of %s\n%s\nbut the checker\n| `%s` | | %s |", name, rows[name], name, verdict)
		}
		delete(rows, name)
		if found, err := os.ReadFile(path); err != nil || !strings.HasSuffix(name, ".gz") && !bytes.Equal(found, want) {
			t.Errorf("%s differs from what is written now (%v); after a change of the format run this test with -update", name, err)
		}
	}
	for name := range rows {
		t.Errorf("README.md has a row for %s, which is not tested", name)
	}
}

func writeGolden(t *testing.T, files map[string][]byte) {
	for name, data := range files {
		if strings.HasSuffix(name, ".gz") {
			var packed bytes.Buffer
			w := gzip.NewWriter(&packed)
			w.Write(data)
			w.Close()
			data = packed.Bytes()
		}
		path := filepath.Join(goldenFolder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
