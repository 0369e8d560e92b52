package certificate

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden certificates anew")

// goldenContention has the bytes of the golden certificates of contention resolution.
func goldenContention(t *testing.T) map[string][]byte {
	t.Helper()
	write := func(d writable) []byte { return documentOf(t, d) }
	refuted := rationDocument()
	refuted.Agents[0].Target, refuted.Agents[1].Target = rat(3, 5), rat(3, 5)
	refuted.Refutation = &RationPrices{rat(1, 1), over(1, 1, 1)}
	refuted.Claims = refuted.Derive()
	// What the prover writes, which has more than can be worked out by hand.
	proved := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(goldenContentionFolder, "accepted", name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	change := func(document []byte, old, new string) []byte {
		text := body(document)
		if strings.Count(text, old) == 0 {
			t.Fatal("no " + old)
		}
		return seal(strings.Replace(text, old, new, 1))
	}
	return map[string][]byte{
		"accepted/unit.json":        write(unitDocument()),
		"accepted/knapsack.json":    write(knapsackDocument()),
		"accepted/rationing.json":   write(rationDocument()),
		"accepted/refuted.json":     write(refuted),
		"accepted/phi.json":         write(phiDocument()),
		"accepted/uniform.json":     proved("uniform.json"),
		"accepted/split.json":       proved("split.json"),
		"accepted/hard.json":        proved("hard.json"),
		"accepted/typeone.json":     proved("typeone.json"),
		"rejected/value.json":       change(proved("split.json"), `"halved":[{"value":"22/39"`, `"halved":[{"value":"23/39"`),
		"rejected/above.json":       change(proved("hard.json"), `"above":"262845800705`, `"above":"262845800703`),
		"rejected/largest.json":     change(proved("typeone.json"), `"largest":{"target":"3/4"`, `"largest":{"target":"1/2"`),
		"rejected/induction.json":   change(proved("uniform.json"), `"slack-before":[[],[[2,`, `"slack-before":[[],[[3,`),
		"rejected/mirror.json":      change(proved("uniform.json"), `"after":[[1,[0,0,1,`, `"after":[[1,[0,0,2,`),
		"rejected/forall.json":      change(write(unitDocument()), `CRS-U","status":"checked"`, `CRS-U","status":"proved"`),
		"rejected/choice.json":      change(write(unitDocument()), `"forward":["1","1/2"]`, `"forward":["1","2/3"]`),
		"rejected/alpha.json":       change(write(unitDocument()), `"31/50"`, `"32/51"`),
		"rejected/law.json":         change(write(knapsackDocument()), `"17/24"`, `"17/25"`),
		"rejected/threshold.json":   change(write(rationDocument()), `"tau-forward":["1"`, `"tau-forward":["1/2"`),
		"rejected/prices.json":      change(write(refuted), `"supply":"1"`, `"supply":"2"`),
		"rejected/not-covered.json": change(write(phiDocument()), `"31/32","1"]`, `"31/32"]`),
		"rejected/claim.json":       change(write(knapsackDocument()), `CRS-T4.1`, `CRS-T1.4`),
	}
}

const goldenContentionFolder = "../fixtures/contention/certificates"

// The golden files hold what the documents say, are checked as their folder says, and
// there are no others.
func TestGoldenContention(t *testing.T) {
	files := goldenContention(t)
	for name, want := range files {
		path := filepath.Join(goldenContentionFolder, name)
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		found, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(found, want) {
			t.Errorf("%s is not what the writer writes; go test -update writes it anew", name)
		}
		_, err = Check(bytes.NewReader(found))
		var invalid *Invalid
		if accepted := strings.HasPrefix(name, "accepted/"); accepted && err != nil || !accepted && !errors.As(err, &invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, folder := range []string{"accepted", "rejected"} {
		entries, err := os.ReadDir(filepath.Join(goldenContentionFolder, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if _, ok := files[folder+"/"+e.Name()]; !ok {
				t.Errorf("%s/%s belongs to no document", folder, e.Name())
			}
		}
	}
}
