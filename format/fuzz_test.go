package format_test

import (
	"bytes"
	"strings"
	"testing"

	"pstar/format/cplex"
	"pstar/format/mps"
	"pstar/format/program"
	"pstar/lp"
)

// checkRead solves nothing, but writes what was read and reads it back.
func checkRead(t *testing.T, p *lp.Problem) {
	t.Helper()
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := cplex.Write(&text, p); err != nil {
		t.Fatal(err)
	}
	q, err := cplex.Read(strings.NewReader(text.String()), "again.lp", program.Options{})
	if err != nil || !same(p, q) {
		t.Fatalf("%v\n%s", err, text.String())
	}
	text.Reset()
	if err := mps.Write(&text, p); err != nil {
		return // crossed bounds of a row
	}
	q, err = mps.Read(strings.NewReader(text.String()), "again.mps", program.Options{})
	if err != nil || !same(p, q) {
		t.Fatalf("%v\n%s", err, text.String())
	}
}

// FuzzMPS checks that no text is more than refused, and that what is read can be
// written and read again.
func FuzzMPS(f *testing.F) {
	for _, text := range mpsSeeds {
		f.Add(text, true, false)
		f.Add(text, true, true)
	}
	f.Fuzz(func(t *testing.T, text string, relax, fixed bool) {
		read := mps.Read
		if fixed {
			read = mps.ReadFixed
		}
		p, err := read(strings.NewReader(text), "f.mps", program.Options{Relax: relax})
		if err == nil {
			checkRead(t, p)
		} else if !strings.HasPrefix(err.Error(), "f.mps:") {
			t.Fatalf("error without a place: %v", err)
		}
	})
}

// FuzzLPFile is the same for the CPLEX LP format.
func FuzzLPFile(f *testing.F) {
	for _, text := range lpSeeds {
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, relax bool) {
		p, err := cplex.Read(strings.NewReader(text), "f.lp", program.Options{Relax: relax})
		if err == nil {
			checkRead(t, p)
		} else if !strings.HasPrefix(err.Error(), "f.lp:") {
			t.Fatalf("error without a place: %v", err)
		}
	})
}
