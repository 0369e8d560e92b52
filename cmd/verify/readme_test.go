package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// example is a command that a page shows, with the output it shows.
type example struct {
	line    int
	command string
	output  string
}

// examplesOf reads the console blocks of a page: a line "$ command", then its standard
// output up to the next command or the end of the block.
func examplesOf(t *testing.T, page string) []example {
	t.Helper()
	file, err := os.Open(page)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var list []example
	inside := false
	lines := bufio.NewScanner(file)
	for number := 1; lines.Scan(); number++ {
		line := lines.Text()
		command, isCommand := strings.CutPrefix(line, "$ ")
		switch {
		case strings.HasPrefix(line, "```"):
			inside = line == "```console"
		case !inside:
		case isCommand:
			list = append(list, example{line: number, command: command})
		case len(list) > 0:
			list[len(list)-1].output += line + "\n"
		}
	}
	return list
}

// Every command in the README and in docs/ runs and prints what the page says; a line
// "..." stands for any lines. Those of a page run in order in one fresh folder.
func TestDocumentedCommands(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(pages) < 10 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	certcheck := filepath.Join(t.TempDir(), "certcheck")
	build(t, root, certcheck, "./cmd/certcheck")
	all := 0
	for _, page := range append(pages, filepath.Join(root, "README.md")) {
		examples := examplesOf(t, page)
		all += len(examples)
		t.Run(filepath.Base(page), func(t *testing.T) { runExamples(t, root, certcheck, filepath.Base(page), examples) })
	}
	if all < 25 {
		t.Errorf("only %d commands found", all)
	}
}

func runExamples(t *testing.T, root, certcheck, page string, examples []example) {
	t.Chdir(t.TempDir())
	if err := os.Symlink(filepath.Join(root, "fixtures"), "fixtures"); err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		words := strings.Fields(e.command)
		var out string
		switch {
		case strings.HasPrefix(e.command, "go run ./cmd/verify "):
			_, out, _ = verify(words[3:]...)
		case strings.HasPrefix(e.command, "go run ./cmd/certcheck "):
			data, _ := exec.Command(certcheck, words[3:]...).Output()
			out = string(data)
		case strings.HasPrefix(e.command, "go build -o bin/ "):
			build(t, root, mustGetwd(t)+"/bin/", words[4:]...)
		case strings.HasPrefix(e.command, "bin/verify "), strings.HasPrefix(e.command, "bin/certcheck "), strings.HasPrefix(e.command, "cat fixtures/"), strings.HasPrefix(e.command, "for f in fixtures/"):
			data, _ := exec.Command("sh", "-c", e.command).Output()
			out = string(data)
		case e.command == "go test ./...":
			continue // this very command
		case strings.HasPrefix(e.command, "make "), strings.HasPrefix(e.command, "bench/"):
			checkTarget(t, root, words)
			continue // long; see that what it names exists
		default:
			t.Errorf("%s:%d: this test cannot run %q", page, e.line, e.command)
		}
		out = builtVersion.ReplaceAllString(out, `$1"(devel)"`)
		if !matches(e.output, out) {
			t.Errorf("%s:%d: %s prints\n%s\nbut the page shows\n%s", page, e.line, e.command, out, e.output)
		}
	}
}

// builtVersion is what an object says of the program, which is not the same everywhere.
var builtVersion = regexp.MustCompile(`("version": ?)"[^"]*"`)

func mustGetwd(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// build builds commands of the module.
func build(t *testing.T, root, into string, commands ...string) {
	t.Helper()
	cmd := exec.Command("go", append([]string{"build", "-o", into}, commands...)...)
	cmd.Dir = root
	if data, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
}

func checkTarget(t *testing.T, root string, words []string) {
	t.Helper()
	if words[0] == "make" {
		data, err := os.ReadFile(filepath.Join(root, "Makefile"))
		if err != nil || !strings.Contains(string(data), "\n"+words[1]+":") {
			t.Errorf("no target %s in the Makefile", words[1])
		}
		return
	}
	if info, err := os.Stat(filepath.Join(root, words[0])); err != nil || info.Mode()&0o111 == 0 {
		t.Errorf("%s is not an executable file", words[0])
	}
}

// matches compares output with what is shown, where a line "..." stands for any
// number of lines.
func matches(shown, out string) bool {
	if shown == "" {
		return true
	}
	want, got := strings.Split(shown, "\n"), strings.Split(out, "\n")
	for len(want) > 0 {
		if want[0] == "..." {
			rest := strings.Join(want[1:], "\n")
			for i := range got {
				if matches(rest, strings.Join(got[i:], "\n")) {
					return true
				}
			}
			return false
		}
		if len(got) == 0 || want[0] != got[0] {
			return false
		}
		want, got = want[1:], got[1:]
	}
	return len(got) == 0
}
