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
	built := t.TempDir()
	build(t, root, built+string(filepath.Separator), "./cmd/verify", "./cmd/certcheck")
	all := 0
	for _, page := range append(pages, filepath.Join(root, "README.md")) {
		examples := examplesOf(t, page)
		all += len(examples)
		t.Run(filepath.Base(page), func(t *testing.T) { runExamples(t, root, built, filepath.Base(page), examples) })
	}
	if all < 25 {
		t.Errorf("only %d commands found", all)
	}
}

// built are the commands, compiled once: most pages begin with that.
func runExamples(t *testing.T, root, built, page string, examples []example) {
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
			data, _ := exec.Command(filepath.Join(built, "certcheck"), words[3:]...).Output()
			out = string(data)
		case strings.HasPrefix(e.command, "go build -o bin/ "):
			for _, command := range words[4:] {
				link(t, filepath.Join(built, filepath.Base(command)), filepath.Join("bin", filepath.Base(command)))
			}
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
	drawings(t, root, page)
}

// picture is a picture of a page.
var picture = regexp.MustCompile(`!\[[^\]]+\]\(images/([^)]+)\)`)

// drawings checks that the drawings that a page shows are those that its commands have made,
// to the byte. Pictures of pages in a browser only have to be there: no two browsers draw the
// same; see TestReportPicture.
func drawings(t *testing.T, root, page string) {
	if page == "README.md" {
		return // it is not beside the folder of pictures
	}
	for _, m := range picture.FindAllStringSubmatch(contents(t, filepath.Join(root, "docs", page)), -1) {
		shown := contents(t, filepath.Join(root, "docs", "images", m[1]))
		if filepath.Ext(m[1]) != ".svg" {
			continue
		}
		if made, err := os.ReadFile(m[1]); err != nil || string(made) != shown {
			t.Errorf("%s shows images/%s, which is not what its commands make (%v)", page, m[1], err)
		}
	}
}

// link gives a file another name, or copies it where there are no links.
func link(t *testing.T, from, to string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(to), 0o777)
	if err == nil && os.Link(from, to) != nil {
		var content []byte
		if content, err = os.ReadFile(from); err == nil {
			err = os.WriteFile(to, content, 0o777)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// builtVersion is what an object says of the program, which is not the same everywhere.
var builtVersion = regexp.MustCompile(`("version": ?)"[^"]*"`)

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
