package pstar_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The page on Go is true of a module outside the checkout: its go.mod, with the checkout
// in the replace line, and its files of tests, which pass.
func TestOutsiders(t *testing.T) {
	page, err := os.ReadFile("docs/go.md")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	tests := 0
	for i, block := range strings.Split(string(page), "```") {
		language, text, _ := strings.Cut(block, "\n")
		switch {
		case i%2 == 0: // between blocks
		case language == "go":
			write(fmt.Sprintf("mine%d_test.go", i), text)
			tests++
		case strings.HasPrefix(text, "module "):
			write("go.mod", strings.Replace(text, "../pstar", root, 1))
		}
	}
	sums, err := os.ReadFile("go.sum")
	if err != nil || tests != 2 {
		t.Fatalf("%d files of tests, %v", tests, err)
	}
	write("go.sum", string(sums)) // what go mod tidy would look up
	command := exec.Command("go", "test", "-v", ".")
	command.Dir = dir
	command.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOPROXY=off")
	out, err := command.CombinedOutput()
	for _, name := range []string{"TestSelectionRule", "TestPolyhedron"} {
		if err != nil || !strings.Contains(string(out), "--- PASS: "+name) {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
	}
}
