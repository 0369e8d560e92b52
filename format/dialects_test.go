package format_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"pstar/format"
	"pstar/format/program"
	"pstar/lp"
)

// dialect is a small program with what is read of it, here and elsewhere.
type dialect struct{ file, construct, read, glpk, qsopt, text string }

func dialects(t *testing.T) []dialect {
	t.Helper()
	data, err := os.ReadFile("../fixtures/lp/dialects/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []dialect
	for _, part := range strings.Split(string(data), "\n\n")[1:] {
		var d dialect
		for _, line := range strings.Split(strings.TrimSuffix(part, "\n"), "\n") {
			key, value, _ := strings.Cut(line, ": ")
			switch {
			case strings.HasPrefix(line, "| "):
				d.text += line[2:] + "\n"
			case key == "file":
				d.file = value
			case key == "construct":
				d.construct = value
			case key == "read":
				d.read = value
			case key == "GLPK":
				d.glpk = value
			case key == "QSopt_ex":
				d.qsopt = value
			default:
				t.Fatalf("cannot read the line %q", line)
			}
		}
		d.text = strings.NewReplacer(`\\`, `\`, `\r`, "\r", `\t`, "\t", `\ufeff`, "\ufeff", "\\c\n", "").Replace(d.text)
		list = append(list, d)
	}
	return list
}

// outcome reads and solves a program.
func (d dialect) outcome(t *testing.T) string {
	t.Helper()
	f, ok := format.ProgramOf(d.file)
	if !ok {
		t.Fatalf("%s has no format", d.file)
	}
	remarks := 0
	p, err := f.Read(strings.NewReader(d.text), d.file, program.Options{Relax: true, Note: func(string) { remarks++ }})
	if err != nil {
		return "refused: " + strings.TrimPrefix(err.Error(), d.file+":")
	}
	r, err := lp.Solve(context.Background(), p, lp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := r.Verdict.String()
	if r.Verdict == lp.Optimal {
		out = r.Value.String()
	}
	if remarks > 0 {
		out += " with a remark"
	}
	return out
}

// Every dialect is read as its file says, and the table in the documentation is that of
// the file.
func TestDialectsOfOthers(t *testing.T) {
	docs, err := os.ReadFile("../docs/lp-dialects.md")
	if err != nil {
		t.Fatal(err)
	}
	list, seen := dialects(t), map[string]bool{}
	if len(list) < 100 {
		t.Fatalf("only %d dialects", len(list))
	}
	for _, d := range list {
		if seen[d.file] {
			t.Errorf("%s is there twice", d.file)
		}
		seen[d.file] = true
		if got := d.outcome(t); got != d.read {
			t.Errorf("%s: %s\ngot  %s\nwant %s", d.file, d.construct, got, d.read)
		}
		if d.text == "" && d.file != "empty.mps" {
			t.Errorf("%s is empty", d.file)
		}
		cell := func(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
		row := fmt.Sprintf("| `%s` | %s | %s | %s | %s |\n", d.file, cell(d.construct), cell(d.read), d.glpk, d.qsopt)
		if !strings.Contains(string(docs), row) {
			t.Errorf("docs/lp-dialects.md has no row\n%s", row)
		}
	}
	if n := strings.Count(string(docs), "\n| `"); n != len(list) {
		t.Errorf("docs/lp-dialects.md has %d rows for %d dialects", n, len(list))
	}
}
