package format_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/format"
	"pstar/format/program"
	"pstar/format/vipr"
	"pstar/lp"
)

var corpus = flag.String("corpus", "../fixtures/lp", "`folder` of the programs that TestCorpus solves")

// Every program of a folder has a verdict, and the VIPR certificate of one that is not unbounded
// is accepted by the checker written from the specification.
func TestCorpus(t *testing.T) {
	entries, err := os.ReadDir(*corpus)
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[lp.Verdict]int{}
	for _, e := range entries {
		path := filepath.Join(*corpus, e.Name())
		f, ok := format.ProgramOf(path)
		if !ok || e.IsDir() || e.Name() == "spaces.mps" { // in fixed format
			continue
		}
		p := readProgram(t, f, path)
		r := solve(t, p)
		verdicts[r.Verdict]++
		if r.Verdict == lp.Unbounded {
			continue
		}
		var text bytes.Buffer
		if err := vipr.Write(&text, p, r); err != nil {
			t.Errorf("%s: %v", path, err)
		} else if err := viprCheck(text.String()); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	t.Logf("%s: %v", *corpus, verdicts)
	if verdicts[lp.Optimal] == 0 {
		t.Errorf("no program of %s has an optimum", *corpus)
	}
}

func readProgram(t *testing.T, f format.Program, path string) *lp.Problem {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var text io.Reader = in
	if strings.HasSuffix(path, ".gz") {
		if text, err = gzip.NewReader(in); err != nil {
			t.Fatal(err)
		}
	}
	p, err := f.Read(text, path, program.Options{Relax: true})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
