package witness

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/formal/coqfile"
	"pstar/witness/internal/elimination"
)

// extracted is the checker that Coq proved sound; "make vcheck" builds it and names it in the environment.
func extracted(t *testing.T) string {
	path := os.Getenv("VCHECK")
	if path == "" {
		t.Skip("VCHECK does not name the extracted checker")
	}
	return path
}

// verdicts runs the extracted checker: valid, INVALID or undecided.
func verdicts(t *testing.T, documents [][]byte) []string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for k, d := range documents {
		file := filepath.Join(dir, strconv.Itoa(k))
		if err := os.WriteFile(file, d, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	var list []string
	for len(files) > 0 {
		n := min(500, len(files))
		out, err := exec.Command(extracted(t), files[:n]...).Output()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if len(lines) != n {
			t.Fatalf("vcheck printed %d lines for %d documents:\n%s", len(lines), n, out)
		}
		for k, line := range lines {
			word := strings.TrimPrefix(line, files[k]+": ")
			list = append(list, word[:strings.IndexAny(word+",", ", :(")])
		}
		files = files[n:]
	}
	return list
}

// agree compares a verdict of the extracted checker with that of the kernel.
func agree(t *testing.T, verdict string, document []byte) (valid bool) {
	t.Helper()
	_, err := kernel.Check(document, statement.Builders)
	if valid = err == nil; verdict != "undecided" && valid != (verdict == "valid") {
		t.Errorf("vcheck: %s; the kernel: %v\n%.2000s", verdict, err, document)
	}
	return valid
}

// expanded writes the statement of a document out, and completes it.
func expanded(t *testing.T, d *tree) []byte {
	t.Helper()
	document, err := coqfile.Literal(reseal(d.clone()))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// blocksOf is the certificate of MD-L2, MD-L3 and MD-L4 for k drafts and n tokens in which blocks are dropped at once, with its
// theorems written out.
func blocksOf(t *testing.T, k, n int) []byte {
	t.Helper()
	document, err := elimination.Blocks(t.Context(), k, n)
	if err != nil {
		t.Fatal(err)
	}
	written, err := coqfile.Literal(document)
	if err != nil {
		t.Fatal(err)
	}
	return written
}

// A certificate is written out without the theorems that it shows nothing of: MD-L4 of this cell has too many facts to be stated,
// and is proved by way of MD-L3.
func TestWrittenOut(t *testing.T) {
	report, err := kernel.Check(blocksOf(t, 3, 12), statement.Builders)
	if err != nil || len(report.Theorems) != 3 || report.Theorems[2].Name != "MD-L3 and MD-L4" {
		t.Errorf("%+v: %v", report, err)
	}
}

// The extracted checker accepts the eliminations of MD-L2, MD-L3 and MD-L4 by blocks, and none of them
// where the first fact of a block's list is left out.
func TestExtractedBlocks(t *testing.T) {
	extracted(t)
	var documents [][]byte
	var want []string
	for _, c := range [][2]int{{2, 3}, {2, 10}, {3, 12}, {4, 7}, {6, 8}} {
		document := blocksOf(t, c[0], c[1])
		documents, want = append(documents, document), append(want, "valid")
		at := bytes.Index(document, []byte(`{"rule":"block","facts":[`))
		if at < 0 {
			t.Fatal("no block in the document")
		}
		begin := at + len(`{"rule":"block","facts":[`)
		comma := begin + bytes.IndexByte(document[begin:], ',')
		short := slices.Concat(document[:begin], document[comma+1:])
		text, _, _ := strings.Cut(string(short), ",\n\"sha256\"")
		d, _ := parseTree(text + "}")
		documents, want = append(documents, reseal(d)), append(want, "INVALID")
	}
	for k, verdict := range verdicts(t, documents) {
		if verdict != want[k] {
			t.Errorf("document %d: %s, want %s", k, verdict, want[k])
		}
		agree(t, verdict, documents[k])
	}
}

// acceptedFixtures are the certificates that are to be accepted, of cells, instances, programs and contention. Rejected ones of a builder
// cannot be written out; mutants of literal documents stand for them.
func acceptedFixtures(t *testing.T) (list [][]byte) {
	var files []string
	for _, folder := range []string{"certificates", "contention/certificates"} {
		some, err := filepath.Glob("../fixtures/" + folder + "/accepted/*")
		if err != nil || len(some) < 5 {
			t.Fatalf("%d certificates: %v", len(some), err)
		}
		files = append(files, some...)
	}
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		document, err := certificate.ReadDocument(t.Context(), file) // some are compressed
		file.Close()
		if err != nil {
			t.Fatal(name, err)
		}
		list = append(list, document)
	}
	return list
}

// The extracted checker and the kernel agree on the documents of the kernel's tests, of small statements, and of the fixtures, all of
// which it decides, and on documents with one to three changes. SOAK in the environment is the number of these.
func TestExtractedChecker(t *testing.T) {
	count := 10000
	if s := os.Getenv("SOAK"); s != "" {
		count, _ = strconv.Atoi(s)
	}
	extracted(t)
	var documents [][]byte
	var parsed []*tree
	for _, d := range append(kernelDocuments(t), contentionDocuments(t)...) {
		documents = append(documents, expanded(t, d))
	}
	// The rule exponential serves theorems without exponentials, too.
	lone, _ := parseTree(`{"format":"pstar-certificate/2","statement":{"builder":"literal","theorems":[` +
		`{"name":"t","kind":"implied","symbols":[["x","p"]],"facts":[[">=",[[-1],[1,0]]]],"rows":[[">=",[[1,0]]]]}]},"claims":[["t","proved"]],` +
		`"proofs":[{"theorem":0,"sha256":"SHA","rows":[{"rule":"exponential","as":"symbol","of":[[[-1],[1,0]]]},` +
		`{"rule":"exponential","as":"bound","of":[1,2]},{"rule":"combine","goal":[">=",[[-1],[1,1]]],"products":[[1,0],[1,1]],"equations":[]},` +
		`{"rule":"combine","goal":0,"products":[[1,0]],"equations":[]}]}]}`)
	documents = append(documents, expanded(t, lone))
	for _, document := range acceptedFixtures(t) {
		written, err := coqfile.Literal(document)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, written)
	}
	for _, c := range [][2]int{{2, 3}, {3, 4}} {
		documents = append(documents, blocksOf(t, c[0], c[1]))
	}
	for k, verdict := range verdicts(t, documents) {
		if !agree(t, verdict, documents[k]) || verdict != "valid" {
			t.Errorf("document %d: %s", k, verdict)
		}
		text, _, _ := strings.Cut(string(documents[k]), ",\n\"sha256\"")
		d, _ := parseTree(text + "}")
		parsed = append(parsed, d)
	}
	rng := rand.New(rand.NewPCG(3, 1))
	var mutants [][]byte
	for range count {
		d := parsed[rng.IntN(len(parsed))].clone()
		for range 1 + rng.IntN(3) {
			mutate(rng, d, parsed[rng.IntN(len(parsed))])
		}
		sealed := reseal(d)
		if rng.IntN(8) == 0 && len(sealed) > 0 { // a byte
			sealed[rng.IntN(len(sealed))] = "0123456789-,[]{}\" \n\x00"[rng.IntN(20)]
		}
		mutants = append(mutants, sealed)
	}
	tally := map[string]int{}
	for k, verdict := range verdicts(t, mutants) {
		agree(t, verdict, mutants[k])
		tally[verdict]++
	}
	t.Log(fmt.Sprint(len(documents), " documents; mutants: ", tally))
	if count >= 1000 && (tally["valid"] == 0 || tally["undecided"] > count/20) {
		t.Error("the test does not try what it should")
	}
}
