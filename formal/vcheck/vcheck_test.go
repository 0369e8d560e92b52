// Package vcheck tests the checker that Coq proved sound and extracted to OCaml. The tests run
// the program that the environment variable VCHECK names and are skipped without it; "make
// vcheck" builds it and sets the variable.
package vcheck

import (
	"bytes"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func program(t *testing.T) string {
	path := os.Getenv("VCHECK")
	if path == "" {
		t.Skip("VCHECK does not name the extracted checker")
	}
	return path
}

// verdicts runs the checker on the documents and says which it accepted.
func verdicts(t *testing.T, program string, documents [][]byte) []bool {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for i, d := range documents {
		file := filepath.Join(dir, fmt.Sprint(i))
		if err := os.WriteFile(file, d, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	out, err := exec.Command(program, files...).Output()
	if exit, failed := err.(*exec.ExitError); failed && exit.ExitCode() != 1 || err != nil && !failed {
		t.Fatalf("vcheck: %v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != len(files) {
		t.Fatalf("vcheck printed %d lines for %d documents", len(lines), len(files))
	}
	accepted := make([]bool, len(files))
	for i, line := range lines {
		switch rest := strings.TrimPrefix(line, files[i]+": "); {
		case strings.HasPrefix(rest, "valid: "):
			accepted[i] = true
		case rest != "INVALID":
			t.Fatalf("vcheck: %s", line)
		}
	}
	return accepted
}

// The identities of the cells are valid, for the oracle and for the checker. The largest has
// 6 461 supports.
func TestCells(t *testing.T) {
	var documents [][]byte
	for _, c := range [][2]int{{1, 2}, {2, 2}, {2, 3}, {3, 4}, {3, 7}, {4, 12}, {6, 14}} {
		documents = append(documents, []byte(feasible(c[0], c[1])), []byte(optimum(c[0], c[1])))
	}
	for i, d := range documents {
		if !valid(d, int64(i)) {
			t.Errorf("the oracle refuses document %d", i)
		}
	}
	for i, accepted := range verdicts(t, program(t), documents) {
		if !accepted {
			t.Errorf("vcheck refuses document %d", i)
		}
	}
}

// Small documents for what the cells do not use: strict relations, a step that uses a step,
// products of one and of no fact, equations with polynomial multipliers.
var small = []string{
	// x > 0, y - 1 >= 0, so x y - x >= 0, x y > 0 from x > 0 and from what was just shown.
	"2\n1 1 1 1 1\n0 2 1 1 2 -1 0\n2\n1 0 2 1 2 1 2 -1 1 1 1 1 2 1 2 0\n1 1 1 1 2 1 2 2 1 1 3 1 1 1 0",
	// x - y = 0, so x^2 - y^2 = 0 by the multiplier x + y, and 2 (x^2 - y^2) = 0.
	"1\n2 2 1 1 1 -1 1 2\n2\n1 2 2 1 2 1 1 -1 2 2 2 0 1 2 1 1 1 1 1 2 1\n1 2 2 2 2 1 1 -2 2 2 2 0 1 1 2 0 2",
	// 3 > 0 by no fact at all; x >= 0 from 2 x >= 0.
	"1\n0 1 2 1 1\n2\n1 1 1 3 0 1 3 0 0\n2 0 1 1 1 1 1 1 1 1 0",
}

func TestSmall(t *testing.T) {
	var documents [][]byte
	for i, d := range small {
		documents = append(documents, []byte(d))
		if !valid([]byte(d), int64(i)) {
			t.Errorf("the oracle refuses document %d", i)
		}
	}
	for i, accepted := range verdicts(t, program(t), documents) {
		if !accepted {
			t.Errorf("vcheck refuses document %d", i)
		}
	}
}

// mutate changes a document in one or two places, mostly so that it still parses.
func mutate(r *rand.Rand, document []byte) []byte {
	d := append([]byte(nil), document...)
	for n := 1 + r.Intn(2); n > 0; n-- {
		switch words := bytes.Fields(d); r.Intn(8) {
		case 0: // one byte
			d[r.Intn(len(d))] = "0123456789- \n\tx\x00"[r.Intn(16)]
		case 1: // cut off
			d = d[:1+r.Intn(len(d))]
		case 2: // one word less
			i := r.Intn(len(words))
			d = bytes.Join(append(words[:i:i], words[i+1:]...), []byte(" "))
		case 3: // one word twice
			i := r.Intn(len(words))
			d = bytes.Join(append(words[:i+1:i+1], words[i:]...), []byte(" "))
		case 4: // two words exchanged
			i, j := r.Intn(len(words)), r.Intn(len(words))
			words[i], words[j] = words[j], words[i]
			d = bytes.Join(words, []byte(" "))
		default: // another number
			numbers := []string{"0", "1", "2", "3", "-1", "-2", "10", "-", "00", "99999999999999999999"}
			words[r.Intn(len(words))] = []byte(numbers[r.Intn(len(numbers))])
			d = bytes.Join(words, []byte(" "))
		}
	}
	return d
}

// The checker and the oracle agree on mutants. Some mutants are valid: a changed fact that is
// not used, a zero written twice.
func TestMutants(t *testing.T) {
	path, r := program(t), rand.New(rand.NewSource(20))
	sources := append([]string{feasible(2, 2), feasible(2, 3), feasible(3, 4), optimum(2, 2), optimum(3, 3)}, small...)
	valids := 0
	for batch := 0; batch < 25; batch++ {
		documents := make([][]byte, 400)
		for i := range documents {
			documents[i] = mutate(r, []byte(sources[r.Intn(len(sources))]))
		}
		for i, accepted := range verdicts(t, path, documents) {
			want := valid(documents[i], int64(i))
			if accepted != want {
				t.Fatalf("vcheck accepts: %v, the oracle: %v\n%s", accepted, want, documents[i])
			}
			if want {
				valids++
			}
		}
	}
	t.Logf("10000 mutants, %d of them valid", valids)
	if valids == 0 || valids > 5000 {
		t.Errorf("%d of 10000 mutants are valid: the test says little", valids)
	}
}
