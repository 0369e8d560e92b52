package coqfile

import (
	"bytes"
	"fmt"
	"math"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

const fixtures = "../../fixtures/"

// written is the file for Coq of a certificate.
func written(t *testing.T, certificate string) string {
	t.Helper()
	document, err := os.ReadFile(certificate)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, document); err != nil {
		t.Fatal(certificate, err)
	}
	return b.String()
}

// Every number is written in the characters that formal/checker/integers.v reads.
func TestIntegers(t *testing.T) {
	huge, _ := new(big.Int).SetString("-123456789012345678901234567890", 10)
	var b integers
	numbers := []*big.Int{big.NewInt(0), big.NewInt(41), big.NewInt(-42), big.NewInt(43), big.NewInt(44), big.NewInt(45), huge, big.NewInt(2),
		big.NewInt(1763), big.NewInt(1764), big.NewInt(math.MinInt64), big.NewInt(math.MaxInt64)}
	var want []string
	for _, n := range numbers {
		b.big(n)
		want = append(want, n.String())
	}
	b.term(big.NewRat(-1, 1), 1)
	b.term(big.NewRat(1, 1), 1)
	b.term(big.NewRat(1, 1), 2)
	want = append(want, "-1", "1", "1", "1", "1", "1", "1", "1", "2")
	// Runs and small steps, as they occur in polynomials and permutations; after a number beyond a word, and at the beginning.
	b.big(huge)
	want = append(want, huge.String())
	symbols := []int{3, 60, 61, 62, 70, 200, 201, 3}
	for _, r := range []*big.Rat{big.NewRat(1, 1), big.NewRat(-1, 1), big.NewRat(2, 3)} {
		for k := 0; k < len(symbols); {
			n := b.singles(r, symbols[k:])
			for range n {
				want = append(want, r.Num().String(), r.Denom().String(), "1", fmt.Sprint(symbols[k]+1))
				k++
			}
		}
	}
	permutation := []int32{199, 200, 201, 202, 203, 250, 7, 8, 251, 252, 1000}
	b.permutation(permutation)
	want = append(want, fmt.Sprint(len(permutation)))
	for _, s := range permutation {
		want = append(want, fmt.Sprint(s+1))
	}
	if got := numbersOf(b.String()); !slices.Equal(got, want) {
		t.Errorf("%q: got %q, want %q", b.String(), got, want)
	}
}

// numbersOf reads a text as next_token of formal/checker/integers.v does.
func numbersOf(text string) (list []string) {
	sign, digits, long := "", new(big.Int), new(big.Int)
	for _, c := range []byte(text) {
		switch {
		case c == 'w':
			sign = "-"
		case c == 'x':
			list = append(list, "1", "1", "1")
		case c == 'y':
			list = append(list, "-1", "1", "1")
		case c == 'z':
			long.Add(long, big.NewInt(1))
			list = append(list, long.String())
		case strings.IndexByte("~|!}{ ", c) >= 0:
			// The number before is a difference, or how often.
			d, _ := new(big.Int).SetString(list[len(list)-1], 10)
			list = list[:len(list)-1]
			times := int64(1)
			if strings.IndexByte("}{ ", c) >= 0 {
				times = d.Int64()
				d.SetInt64(1)
			}
			for ; times > 0; times-- {
				list = append(list, map[byte][]string{'|': {"1", "1", "1"}, '{': {"1", "1", "1"}, '!': {"-1", "1", "1"}, ' ': {"-1", "1", "1"}}[c]...)
				list = append(list, long.Add(long, d).String())
			}
		case c >= 'M':
			digits.Add(digits.Mul(digits, big.NewInt(42)), big.NewInt(int64(c-'M')))
		default:
			isLong := digits.Sign() != 0
			digits.Add(digits.Mul(digits, big.NewInt(42)), big.NewInt(int64(c-'#')))
			list = append(list, sign+digits.String())
			if isLong {
				long.Set(digits)
			}
			sign = ""
			digits.SetInt64(0)
		}
	}
	return list
}

// The rule exponential is written for theorems with exponentials, which are about each of them.
func TestExponential(t *testing.T) {
	step, err := parse([]byte(`{"rule":"exponential","as":"bound","of":[3,6]}`))
	if err != nil {
		t.Fatal(err)
	}
	p := &proofWriter{theorem: &kernel.Theorem{Exponentials: []kernel.Assignment{{Symbol: 3}}}}
	if err := p.step(step); err != nil || !slices.Equal(numbersOf(p.String()), []string{"19", "4", "3"}) {
		t.Errorf("%q: %v", p.String(), err)
	}
	p.theorem = &kernel.Theorem{}
	if err := p.step(step); err == nil || !strings.Contains(err.Error(), "has no proof in Coq") {
		t.Errorf("a theorem without exponentials: %v", err)
	}
}

// No string is longer than Coq can read.
func TestPieces(t *testing.T) {
	var b strings.Builder
	text := strings.Repeat("1234567 ", 1000)
	writePieces(&b, "name", text)
	joined := ""
	for _, line := range strings.Split(b.String(), "\n")[1:] {
		piece, _, _ := strings.Cut(strings.TrimPrefix(line, `"`), `"`)
		if len(piece) > 1500 {
			t.Errorf("a piece of %d bytes", len(piece))
		}
		if strings.HasPrefix(line, `"`) {
			joined += piece
		}
	}
	if joined != text {
		t.Error("the pieces together are not the text")
	}
}

// coqc runs Coq, which the environment variable COQC names, on a file with this text, with the compiled checker at hand.
func coqc(t *testing.T, text string) (string, error) {
	path := os.Getenv("COQC")
	if path == "" {
		t.Skip("COQC does not name the compiler of Coq")
	}
	folder, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "file.v")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	arguments := []string{"-q", "-w", "none"}
	for _, group := range []string{"definitions", "model", "checker"} {
		arguments = append(arguments, "-Q", filepath.Join(folder, group), "")
	}
	out, err := exec.Command(path, append(arguments, file)...).CombinedOutput()
	return string(out), err
}

// certificates are of cells, linear programs and theorem files; some of the theorems are refuted.
func certificates(t *testing.T) []string {
	files := []string{"../../cmd/certcheck/testdata/literal.json", fixtures + "certificates/accepted/cell-2-3.json",
		fixtures + "certificates/accepted/program.json", fixtures + "certificates/accepted/vocabulary-2-4.json",
		"testdata/refuted.json",                                 // x >= 1 for all x >= 0, refuted at 0: what refutes it refutes 0 > 0 as well
		"testdata/blocks-2-3.json",                              // MD-L2, MD-L3 and MD-L4 by the rule block
		fixtures + "contention/certificates/accepted/phi.json",  // a theorem of exponentials
		fixtures + "contention/certificates/accepted/unit.json"} // with processes of exponentials
	certified := certifier(t)
	for _, c := range []string{"lp lp/diet.lp", "lp lp/contradiction.lp", "lp lp/escape.mps", "prove theorems/han.thm", "prove theorems/shannon.thm",
		"prove theorems/balke-pearl.thm", "prove theorems/balke-pearl-false.thm", "prove theorems/hk-false.thm", "fm -method fm -keep 1 polyhedra/square.ine"} {
		files = append(files, certified(c))
	}
	return files
}

// certifier builds the program, and gives what runs a command of it, on a file of the fixtures, and returns the certificate.
func certifier(t *testing.T) func(string) string {
	verify := filepath.Join(t.TempDir(), "verify")
	if out, err := exec.Command("go", "build", "-o", verify, "../../cmd/verify").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return func(command string) string {
		words := strings.Fields(command)
		file := filepath.Join(t.TempDir(), "certificate.json")
		last := len(words) - 1
		words[last] = fixtures + words[last]
		out, err := exec.Command(verify, append([]string{words[0], "-certificate", file}, words[1:]...)...).CombinedOutput()
		if _, missing := os.Stat(file); missing != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		return file
	}
}

// The extracted checker, which VCHECK names, accepts the certificates of all theorem files, refutations among them.
func TestExtractedTheoremFiles(t *testing.T) {
	vcheck := os.Getenv("VCHECK")
	if vcheck == "" {
		t.Skip("VCHECK does not name the extracted checker")
	}
	theorems, err := filepath.Glob(fixtures + "theorems/*.thm")
	if err != nil || len(theorems) < 60 {
		t.Fatalf("%d theorem files: %v", len(theorems), err)
	}
	certified := certifier(t)
	for _, name := range theorems {
		document, err := os.ReadFile(certified("prove theorems/" + filepath.Base(name)))
		if err != nil {
			t.Fatal(err)
		}
		text, err := Literal(document)
		if err != nil {
			t.Fatal(name, err)
		}
		file := filepath.Join(t.TempDir(), "literal.json")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(vcheck, file).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// short leaves the checker out of a file, for which it is compiled.
func short(text string) string {
	const begin = "From Coq Require Import ZArith.\nFrom mathcomp Require Import all_ssreflect ssralg ssrnum.\nImport polynomial"
	return strings.Replace(text[strings.Index(text, begin):], "\nImport polynomial", "\nRequire Import polynomial", 1)
}

// Coq accepts the files, without assumptions, and rejects every proof with another number, or without its last one, and every
// statement without its last number: it is then no statement, and neither proved nor refuted.
func TestCoqAccepts(t *testing.T) {
	if os.Getenv("COQC") == "" {
		t.Skip("COQC does not name the compiler of Coq")
	}
	for _, c := range certificates(t) {
		text := short(written(t, c))
		if out, err := coqc(t, text); err != nil || strings.Count(out, "Closed under the global context") != 1 {
			t.Errorf("%s: %v\n%s", c, err, out)
		}
		at := strings.Index(text, "Definition proof_")
		at += strings.Index(text[at:], "(\n\"") + 3
		length := strings.Index(text[at:], "\"")
		last := strings.Index(text, "\"%text :: nil)")
		changes := []string{
			text[:at+length-1] + text[at+length:],
			text[:at+length/2] + another(text[at+length/2]) + text[at+length/2+1:],
		}
		// What does not parse is read as 0 > 0: no proof shows it, but a refutation might.
		if strings.Contains(text, ": ~ meaning") {
			changes = append(changes, text[:last-1]+text[last:])
		}
		for _, changed := range changes {
			if _, err := coqc(t, changed); err == nil {
				t.Errorf("%s: accepted with a change in %s, or in the end of its statement", c, text[at:at+length])
			}
		}
	}
}

// another character of a text.
func another(c byte) string { return string('#' + (c-'#'+5)%80) }

// A file holds all that it needs.
func TestCoqWhole(t *testing.T) {
	text := written(t, "../../cmd/certcheck/testdata/literal.json")
	if out, err := coqc(t, text); err != nil || !strings.Contains(out, "Closed under the global context") {
		t.Errorf("%v\n%s", err, out)
	}
}
