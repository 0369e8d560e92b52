package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/fm"
	"pstar/rational"
	"pstar/theorems/multidraft/cell"
	"pstar/witness"
)

// A projection that is proved, but of another system than that of the cell named,
// or to another list of rows, is no certificate of the cell.
func TestMDT2_CellOfAnotherProjection(t *testing.T) {
	for _, c := range []struct {
		name   string
		k, n   int // of the document
		change func(s *cell.TransportSystem)
		level  fm.Level
		valid  bool
	}{
		{"the cell", 3, 4, nil, fm.Minimal, true},
		{"the cell, in another order", 3, 4, func(s *cell.TransportSystem) {
			e := s.Eliminate
			e[0], e[5] = e[5], e[0]
		}, fm.Minimal, true},
		{"fewer drafts", 2, 4, nil, fm.Minimal, false},
		{"more drafts", 4, 4, nil, fm.Minimal, false},
		{"more tokens", 3, 5, nil, fm.Minimal, false},
		{"by histories alone", 3, 4, nil, fm.History, true}, // histories are enough
		{"all rows", 3, 4, nil, fm.Everything, false},
		{"a factor", 3, 4, func(s *cell.TransportSystem) {
			r := &s.System.Rows[len(s.System.Rows)-1]
			r.Coefficients = r.Coefficients.Scale(rational.NewRat(2, 1))
		}, fm.Minimal, false},
		{"rows exchanged", 3, 4, func(s *cell.TransportSystem) {
			r := s.System.Rows
			r[0], r[1] = r[1], r[0]
		}, fm.Minimal, false},
		{"a strict row", 3, 4, func(s *cell.TransportSystem) { s.System.Rows[0].Relation = fm.Above }, fm.Minimal, false},
		{"a row α >= 0 left out", 3, 4, func(s *cell.TransportSystem) { s.System.Rows = s.System.Rows[1:] }, fm.Minimal, false},
		{"a row more", 3, 4, func(s *cell.TransportSystem) { s.System.Rows = append(s.System.Rows, s.System.Rows[0]) }, fm.Minimal, false},
		{"one α kept", 3, 4, func(s *cell.TransportSystem) { s.Eliminate = s.Eliminate[1:] }, fm.Minimal, false},
		{"q eliminated", 3, 4, func(s *cell.TransportSystem) { s.Eliminate = append(s.Eliminate, s.Eliminate[0]-1) }, fm.Minimal, false},
	} {
		s := cell.NewTransportSystem(3, 4)
		if c.change != nil {
			c.change(s)
		}
		r, err := fm.Eliminate(context.Background(), s.System, s.Eliminate, fm.Options{Level: c.level})
		if err != nil {
			t.Fatal(err)
		}
		d := witness.Elimination(r)
		if _, err := checkLinear(d); err != nil {
			t.Errorf("%s, not named: %v", c.name, err)
		}
		d.Cell = &certificate.TransportCell{K: c.k, N: c.n}
		var b bytes.Buffer
		if err := d.Write(&b); err != nil {
			t.Fatal(err)
		}
		if _, err := certificate.Check(&b); (err == nil) != c.valid {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// A certificate that is too large for the checker is not written; the result is.
func TestFMCertificateTooLarge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json")
	zeros := strings.Repeat("0", 6000)
	file := "H-representation\nbegin\n2 3 integer\n0 1" + zeros + " 1\n0 -1 1" + zeros + "\nend\n"
	status, stdout, stderr := runText(t, file, "fm", "-method", "fm", "-eliminate", "x1", "-certificate", path, "-")
	if status != run.ExitUsage || !strings.Contains(stderr, "digits that the format allows") || !strings.Contains(stdout, "begin") {
		t.Errorf("status %d\n%.200s\n%s", status, stdout, stderr)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the certificate was written")
	}
}
