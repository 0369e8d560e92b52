//go:build mutants

package certificate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A mutant of the checker negates one condition: that of an if, of a case or of a loop, or an operand of && or || in one of these.
//
//	go test -tags mutants -run TestMutantsOfTheChecker/kernel -timeout 3h -v ./certificate
//
// puts all of them into one program, negates one at a time, and lists those that the tests of the same package accept; likewise of
// statement, theorem, and reading, which the documents of kernel test too. FILES in the environment names files, such as "block.go project.go"; without it these are all.
func TestMutantsOfTheChecker(t *testing.T) {
	for _, folder := range []string{"theorem", "statement", "reading", "kernel"} {
		t.Run(folder, func(t *testing.T) { testMutants(t, folder) })
	}
}

func testMutants(t *testing.T, folder string) {
	names := strings.Fields(os.Getenv("FILES"))
	if len(names) == 0 {
		names, _ = filepath.Glob(folder + "/*.go")
	}
	dir, overlay := t.TempDir(), map[string]string{}
	m := &mutator{folder: folder, fset: token.NewFileSet()}
	for _, name := range names {
		if name = filepath.Base(name); strings.HasSuffix(name, "_test.go") {
			continue
		}
		here, err := filepath.Abs(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		overlay[here] = filepath.Join(dir, name)
		if err := os.WriteFile(overlay[here], m.file(t, name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	programs := []*testProgram{m.build(t, dir, overlay, folder)}
	if folder == "reading" {
		programs = append(programs, m.build(t, dir, overlay, "kernel"))
	}
	for _, p := range programs {
		if out, err := p.run(-1); err != nil {
			t.Fatalf("without a mutant: %v\n%s", err, out)
		}
	}
	queue, verdicts := make(chan int), make([]string, len(m.places))
	var workers sync.WaitGroup
	for range 2 {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for k := range queue {
				verdicts[k] = "survives"
				for _, p := range programs {
					if _, err := p.run(k); err != nil {
						verdicts[k] = fate(err)
						break
					}
				}
			}
		}()
	}
	for k := range m.places {
		queue <- k
	}
	close(queue)
	workers.Wait()
	caught := 0
	for k, verdict := range verdicts {
		if verdict == "" {
			caught++
		} else {
			t.Logf("%s: %s", m.places[k], verdict)
		}
	}
	t.Logf("%d mutants, %d caught", len(m.places), caught)
}

// fate says what became of a mutant that the tests did not accept; nothing if they failed.
func fate(err error) string {
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() < 0 {
		return "is not decided, as " + err.Error() // by the limit of time, or for want of memory
	}
	return ""
}

// mutator puts calls of flip around conditions, which negates the one whose number the environment says. It changes the text and not a
// tree of it, as what a file embeds stands in a comment.
type mutator struct {
	folder string
	fset   *token.FileSet
	places []string
	calls  map[int]string // by the offset in the file at which they are to stand
}

func (m *mutator) file(t *testing.T, name string) []byte {
	path := filepath.Join(m.folder, name)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(m.fset, path, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	m.calls = map[int]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			m.wrap(n.Cond)
		case *ast.ForStmt:
			if n.Cond != nil {
				m.wrap(n.Cond)
			}
		case *ast.SwitchStmt:
			if n.Tag == nil {
				for _, clause := range n.Body.List {
					for _, e := range clause.(*ast.CaseClause).List {
						m.wrap(e)
					}
				}
			}
		}
		return true
	})
	var b bytes.Buffer
	for at := range len(text) + 1 {
		b.WriteString(m.calls[at])
		if at < len(text) {
			b.WriteByte(text[at])
		}
	}
	return b.Bytes()
}

func (m *mutator) wrap(e ast.Expr) {
	if b, ok := e.(*ast.BinaryExpr); ok && (b.Op == token.LAND || b.Op == token.LOR) {
		m.wrap(b.X)
		m.wrap(b.Y)
		return
	}
	var text bytes.Buffer
	printer.Fprint(&text, m.fset, e)
	m.places = append(m.places, fmt.Sprintf("%s: %s", m.fset.Position(e.Pos()), text.String()))
	from, to := m.fset.Position(e.Pos()).Offset, m.fset.Position(e.End()).Offset
	m.calls[from] += fmt.Sprintf("flip(%d, ", len(m.places)-1)
	m.calls[to] = ")" + m.calls[to]
}

// testProgram has the tests of a folder, and the mutants.
type testProgram struct{ path, folder string }

// build makes the program with the tests of a folder.
func (m *mutator) build(t *testing.T, dir string, overlay map[string]string, tests string) *testProgram {
	here, err := filepath.Abs(filepath.Join(m.folder, "flip.go"))
	if err != nil {
		t.Fatal(err)
	}
	overlay[here] = filepath.Join(dir, "flip.go")
	flip := "package " + m.folder + "\n\nimport (\"os\"; \"strconv\")\n\n" +
		"var mutant, _ = strconv.Atoi(os.Getenv(\"MUTANT\"))\n\nfunc flip(k int, b bool) bool { return b != (k == mutant) }\n"
	if err := os.WriteFile(overlay[here], []byte(flip), 0o644); err != nil {
		t.Fatal(err)
	}
	replace, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		t.Fatal(err)
	}
	list, program := filepath.Join(dir, "overlay.json"), filepath.Join(dir, tests+".test")
	if err := os.WriteFile(list, replace, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "test", "-c", "-o", program, "-overlay", list, "./"+tests).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return &testProgram{program, tests}
}

// run runs the tests with a mutant, quick ones first.
func (p *testProgram) run(k int) (out []byte, err error) {
	for which := range 2 { // the short tests most often tell
		cmd := exec.Command(p.path, []string{"-test.short", "-test.short=false"}[which], "-test.failfast")
		cmd.Dir = p.folder
		cmd.Env = append(os.Environ(), "MUTANT="+strconv.Itoa(k))
		stop := time.AfterFunc([]time.Duration{time.Minute, 10 * time.Minute}[which], func() { cmd.Process.Kill() })
		out, err = cmd.CombinedOutput()
		stop.Stop()
		if err != nil {
			return out, err
		}
	}
	return nil, nil
}
