package certificate

import (
	"bytes"
	"context"
	"flag"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden certificates anew")

const goldenFolder = "../fixtures/certificates"

// golden has the bytes of each golden certificate, before compression.
func golden() map[string][]byte {
	q := over(10, 1, 2, 3, 4)
	uniform := Drafts{Model: IID, P: over(3, 1, 1, 1)}
	good := string(written(smallComplete()))
	change := func(f func(d *Document)) []byte {
		d := smallComplete()
		f(d)
		return written(d)
	}
	replace := func(old, new string) []byte {
		if strings.Count(good, old) == 0 {
			panic("no " + old)
		}
		return seal(strings.Replace(body([]byte(good)), old, new, 1))
	}
	return map[string][]byte{
		"accepted/complete-2-3.json": []byte(good),
		"accepted/complete-3-4.json.gz": written(prove(cell{k: 3, n: 4, exponent: 3, cones: true, identity: true, instances: []asked{
			{Drafts{Model: IID, P: over(10, 4, 3, 2, 1)}, q},
			{Drafts{Model: Independent, Ps: [][]*big.Rat{over(4, 1, 1, 1, 1), over(2, 1, 1, 0, 0), over(5, 2, 1, 1, 1)}}, q},
			{Drafts{Model: WithoutReplacement, P: over(10, 4, 3, 2, 1)}, q},
			{Drafts{Model: Joint, Law: []Word{{[]int{1, 1, 2}, big.NewRat(2, 3)}, {[]int{4, 3, 2}, big.NewRat(1, 3)}}}, q},
		}})),
		"accepted/more-drafts-than-tokens-4-2.json": written(prove(cell{k: 4, n: 2, exponent: 4, cones: true, identity: true, instances: []asked{
			{Drafts{Model: IID, P: over(2, 1, 1)}, over(32, 1, 31)}}})),
		"accepted/instances-only-3-3.json": written(prove(cell{k: 3, n: 3, exponent: 3, instances: []asked{
			{uniform, over(2, 1, 1, 0)}, {uniform, over(27, 1, 13, 13)}}})),
		"accepted/exponent-too-small-3-3.json": written(prove(cell{k: 3, n: 3, exponent: 2, counterexample: &asked{uniform, over(27, 2, 12, 13)}})),
		"accepted/exponent-too-large-2-3.json": written(prove(cell{k: 2, n: 3, exponent: 3, counterexample: &asked{uniform, over(27, 1, 13, 13)}})),

		"rejected/mass-changed.json":       []byte(strings.Replace(good, `[[1],3,"27"]`, `[[1],3,"28"]`, 1)),
		"rejected/mass-moved.json":         change(func(d *Document) { moveMass(&d.Instances[0], sameToken) }),
		"rejected/cut-not-minimal.json":    change(func(d *Document) { d.Instances[0].Cut = []int{1} }),
		"rejected/row-replaced.json":       change(func(d *Document) { d.Feasibility.Rows[0] = 0 }),
		"rejected/ray-dropped.json":        change(func(d *Document) { d.Feasibility.Rays = d.Feasibility.Rays[:4] }),
		"rejected/ray-sum-of-two.json":     change(func(d *Document) { d.Feasibility.Rays[2] = []Entry{{3, 1}, {4, 1}} }),
		"rejected/coefficient.json":        change(func(d *Document) { d.Identity.Supports[1][0].Coefficient = big.NewInt(3) }),
		"rejected/claim-unproved.json":     change(func(d *Document) { d.Feasibility = nil }),
		"rejected/claim-missing.json":      change(func(d *Document) { d.Claims = d.Claims[:3] }),
		"rejected/other-statement.json":    change(func(d *Document) { d.Statement.K, d.Statement.Exponent = 3, 3 }),
		"rejected/false-statement.json":    change(func(d *Document) { d.Statement.Exponent = 3 }),
		"rejected/member-twice.json":       replace(`"n":3,`, `"n":3,"n":3,`),
		"rejected/leading-zero.json":       replace(`"n":3,`, `"n":03,`),
		"rejected/not-lowest-terms.json":   replace(`"1/10"`, `"2/20"`),
		"rejected/space-after-digest.json": []byte(good + " "),
		"rejected/digest.json":             []byte(strings.Replace(good, `"format":`, `"format": `, 1)),
		"rejected/truncated.json":          []byte(good[:len(good)/2]),
		"rejected/empty.json":              {},
	}
}

func sameToken(a, b Mass) bool { return a.Token == b.Token }

// The README beside the certificates has one table row for each, with what the
// checker says. Every row is tried, and every file has a row.
func TestGoldenCertificates(t *testing.T) {
	if *update {
		writeGolden(t)
	}
	readme, err := os.ReadFile(filepath.Join(goldenFolder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := make(map[string]string)
	for line := range strings.Lines(string(readme)) {
		if cells := strings.Split(line, "|"); len(cells) == 5 && strings.Contains(cells[1], "`") {
			rows[strings.Trim(cells[1], " `")] = strings.TrimSpace(cells[3])
		}
	}
	for name := range golden() {
		report, err := CheckFile(filepath.Join(goldenFolder, name))
		verdict := ""
		switch {
		case err == nil:
			verdict = report.Summary()
		default:
			verdict = err.Error()
		}
		if accepted := strings.HasPrefix(name, "accepted/"); accepted != (err == nil) {
			t.Errorf("%s: %s", name, verdict)
		}
		if rows[name] != verdict {
			t.Errorf("README.md says of %s\n%s\nbut the checker\n%s", name, rows[name], verdict)
		}
		delete(rows, name)
	}
	for name := range rows {
		t.Errorf("README.md has a row for %s, which is not tested", name)
	}
	for _, folder := range []string{"accepted", "rejected"} {
		files, _ := os.ReadDir(filepath.Join(goldenFolder, folder))
		for _, file := range files {
			if _, ok := golden()[folder+"/"+file.Name()]; !ok {
				t.Errorf("%s/%s is not tested", folder, file.Name())
			}
		}
	}
}

// The format is stable: the writer still writes the accepted certificates.
func TestGoldenBytes(t *testing.T) {
	for name, want := range golden() {
		file, err := os.Open(filepath.Join(goldenFolder, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := readDocument(context.Background(), file, MaxDocument)
		file.Close()
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs from what is written now (error %v); after a change of the format run this test with -update", name, err)
		}
	}
}

func writeGolden(t *testing.T) {
	for name, data := range golden() {
		if strings.HasSuffix(name, ".gz") {
			data = zipped(data)
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
