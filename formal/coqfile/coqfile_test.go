package coqfile

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const certificate = "../../cmd/certcheck/testdata/literal.json"

func written(t *testing.T) string {
	t.Helper()
	document, err := os.ReadFile(certificate)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, document); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// No string is longer than Coq can read, and pieces are cut between numbers.
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
	checker, err := filepath.Abs("../checker")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "file.v")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(path, "-q", "-w", "none", "-Q", checker, "", file).CombinedOutput()
	return string(out), err
}

// Coq accepts the file, without assumptions.
func TestCoqAccepts(t *testing.T) {
	out, err := coqc(t, written(t))
	if err != nil || strings.Count(out, "Closed under the global context") != 2 {
		t.Errorf("%v\n%s", err, out)
	}
}

// Coq rejects proofs in which a number is changed, and theorems that the proof does not prove.
func TestCoqRejects(t *testing.T) {
	text := written(t)
	begin := strings.Index(text, "From Coq Require Import ZArith.\nFrom mathcomp Require Import all_ssreflect ssralg ssrnum.\nImport ")
	short := strings.Replace(text[begin:], "\nImport polynomial", "\nRequire Import polynomial", 1)
	if out, err := coqc(t, short); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"Definition proof_0", "Definition statement_1"} {
		at := strings.Index(short, name)
		at += strings.Index(short[at:], " 1 ")
		if _, err := coqc(t, short[:at]+" 7 "+short[at+3:]); err == nil {
			t.Errorf("accepted with another number in %s", name)
		}
	}
}
