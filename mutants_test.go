//go:build mutants

package pstar_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/printer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A mutant of a package negates one condition: that of an if, of a case or of a loop, or what is assigned, returned or handed on if it is
// a comparison; or an operand of && or || in one of these. Or it leaves one statement out, or changes one sign.
//
//	go test -tags mutants -run TestMutants -timeout 3h -v .
//	PKG=doubledesc/complete TESTS="doubledesc/complete doubledesc" go test -tags mutants -run TestMutants -timeout 3h -v .
//
// puts all mutants of a package into one program, makes one at a time the one that runs, and lists those that the tests accept. PKG in the
// environment names packages, and without it those of the checker are mutated; FILES names files of them, such as
// "block.go project.go", without it all; WHAT is "statements" to leave these out, "signs" to change these, "operands" to take what || needs for false, what && needs
// for true, and a condition of one part for false, and without it conditions are negated; TESTS the packages whose tests are to tell, in
// turn, without it those of the package itself, and for the reading of certificates the documents of the kernel, too. With -short only the
// short tests are to tell.
// Some conditions can be negated without harm: what they say is only quicker to do, or left to chance. Statements that only count what
// is done, or say where, are not left out.
func TestMutants(t *testing.T) {
	folders := strings.Fields(os.Getenv("PKG"))
	if len(folders) == 0 {
		folders = []string{"certificate/theorem", "certificate/statement", "certificate/reading", "certificate/kernel"}
	}
	for _, folder := range folders {
		t.Run(folder, func(t *testing.T) { testMutants(t, filepath.Clean(folder)) })
	}
}

func testMutants(t *testing.T, folder string) {
	names := strings.Fields(os.Getenv("FILES"))
	if len(names) == 0 {
		names, _ = filepath.Glob(folder + "/*.go")
	}
	dir, overlay := t.TempDir(), map[string]string{}
	m := &mutator{folder: folder, fset: token.NewFileSet()}
	if os.Getenv("WHAT") == "signs" {
		m.check(t)
	}
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
	tests := strings.Fields(os.Getenv("TESTS"))
	if len(tests) == 0 {
		if tests = []string{folder}; folder == "certificate/reading" {
			tests = append(tests, "certificate/kernel")
		}
	}
	m.build(t, dir, overlay, tests)
	for which := range m.limits {
		if which == 1 && testing.Short() {
			break
		}
		begin := time.Now()
		m.limits[which] = time.Hour
		if out, err := m.test(-1, which); err != nil {
			t.Fatalf("without a mutant: %v\n%s", err, out)
		}
		m.limits[which] = max(20*time.Second, 5*time.Since(begin)) // short tests are many, and a loop without end is soon seen
	}
	begin := time.Now()
	m.judge(t)
	t.Logf("in %v", time.Since(begin).Round(time.Second))
}

// judge runs the tests with each mutant, as many at a time as there are processors.
func (m *mutator) judge(t *testing.T) {
	queue, verdicts := make(chan int), make([]string, len(m.places))
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for k := range queue {
				var exit *exec.ExitError
				switch _, err := m.run(k); {
				case err == nil:
					verdicts[k] = "survives"
				case !errors.As(err, &exit) || exit.ExitCode() < 0:
					verdicts[k] = "is not decided, as " + err.Error() // by the limit of time, or for want of memory
				}
				if verdicts[k] != "" { // at once, as all together can take hours
					fmt.Printf("%s: %s\n", m.places[k], verdicts[k])
				}
			}
		})
	}
	for k := range m.places {
		queue <- k
	}
	close(queue)
	workers.Wait()
	caught := 0
	for _, verdict := range verdicts {
		if verdict == "" {
			caught++
		}
	}
	t.Logf("%d mutants, %d caught", len(m.places), caught)
}

// mutator puts calls of flip around conditions, which negates the one whose number the environment says, or makes them the conditions of
// statements. It changes the text and not a tree of it, as what a file embeds stands in a comment.
type mutator struct {
	folder   string
	name     string // of the package
	fset     *token.FileSet
	known    map[string]*ast.File // with the types of their expressions, for signs
	types    types.Info
	places   []string
	calls    map[int]string   // by the offset in the file at which they are to stand
	programs []string         // the tests, built
	folders  []string         // in which these run
	limits   [2]time.Duration // for the tests of one package, short ones and all
}

func (m *mutator) file(t *testing.T, name string) []byte {
	path := filepath.Join(m.folder, name)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file := m.known[name]
	if file == nil {
		if file, err = parser.ParseFile(m.fset, path, text, 0); err != nil {
			t.Fatal(err)
		}
	}
	m.name, m.calls = file.Name.Name, map[int]string{}
	switch os.Getenv("WHAT") {
	case "statements":
		m.statements(file)
	case "signs":
		m.signs(file)
	default:
		m.conditions(file)
	}
	var b bytes.Buffer
	for at := range len(text) + 1 {
		b.WriteString(m.calls[at])
		if at < len(text) {
			b.WriteByte(text[at])
		}
	}
	return b.Bytes()
}

// statements wraps calls and assignments.
func (m *mutator) statements(file *ast.File) {
	counts := []string{"Spend", "Hold", "Look", "Keep", "Kept", "kept", "Count", "Release", "Enter", "Leave", "Rule", "panic"}
	ast.Inspect(file, func(n ast.Node) bool {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		}
		for _, s := range list {
			switch s := s.(type) {
			case *ast.ExprStmt:
				var called string
				if call, is := s.X.(*ast.CallExpr); is {
					switch f := call.Fun.(type) {
					case *ast.SelectorExpr:
						called = f.Sel.Name
					case *ast.Ident:
						called = f.Name
					}
				}
				if !slices.Contains(counts, called) {
					m.surround(s, "if flip(%d, true) { ", " }")
				}
			case *ast.IncDecStmt:
				m.surround(s, "if flip(%d, true) { ", " }")
			case *ast.AssignStmt:
				if s.Tok != token.DEFINE {
					m.surround(s, "if flip(%d, true) { ", " }")
				}
			}
		}
		return true
	})
}

// conditions wraps these.
func (m *mutator) conditions(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			m.wrapAll(n.Rhs)
		case *ast.ReturnStmt:
			m.wrapAll(n.Results)
		case *ast.CallExpr:
			m.wrapAll(n.Args)
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
}

// check finds the types of the package: which Add has a Sub beside it, and which + is of floats.
func (m *mutator) check(t *testing.T) {
	m.known = map[string]*ast.File{}
	var files []*ast.File
	names, _ := filepath.Glob(m.folder + "/*.go")
	for _, path := range names {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(m.fset, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		m.known[filepath.Base(path)], files = file, append(files, file)
	}
	m.types = types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	list, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}", "./"+m.folder).Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(list)) {
		if fields := strings.Fields(line); len(fields) == 2 {
			exports[fields[0]] = fields[1]
		}
	}
	c := types.Config{Importer: importer.ForCompiler(m.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })}
	if _, err := c.Check("pstar/"+m.folder, m.fset, files, &m.types); err != nil {
		t.Fatal(err)
	}
}

// signs has Sub for Add and Add for Sub, - for + and + for - between floats, and a number for its negative.
func (m *mutator) signs(file *ast.File) {
	float := func(e ast.Expr) bool {
		basic, is := m.types.Types[e].Type.Underlying().(*types.Basic)
		return is && basic.Info()&types.IsFloat != 0 && m.types.Types[e].Value == nil
	}
	other := map[string]string{"Add": "Sub", "Sub": "Add", "+": "-", "-": "+"}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			f, is := n.Fun.(*ast.SelectorExpr)
			if !is || m.types.Types[f.X].Type == nil || m.types.Types[f.X].IsType() { // of a package, or no method of a value
				break
			}
			if f.Sel.Name == "Neg" && len(n.Args) == 0 {
				m.surround(n, "pick(%d, "+m.text(f.X)+", ", ")")
			}
			counterpart, _, _ := types.LookupFieldOrMethod(m.types.Types[f.X].Type, true, nil, other[f.Sel.Name])
			if counterpart != nil && types.Identical(counterpart.Type(), m.types.Types[f].Type) {
				m.surround(f, "pick(%d, "+m.text(f.X)+"."+other[f.Sel.Name]+", ", ")")
			}
		case *ast.BinaryExpr:
			if sign := other[n.Op.String()]; sign != "" && float(n) {
				m.surround(n, "pick(%d, ("+m.text(n.X)+") "+sign+" ("+m.text(n.Y)+"), ", ")")
			}
		case *ast.UnaryExpr:
			if n.Op == token.SUB && float(n) {
				m.surround(n, "pick(%d, "+m.text(n.X)+", ", ")")
			}
		case *ast.AssignStmt:
			if (n.Tok == token.ADD_ASSIGN || n.Tok == token.SUB_ASSIGN) && float(n.Rhs[0]) {
				m.surround(n.Rhs[0], "pick(%d, -("+m.text(n.Rhs[0])+"), ", ")")
			}
		}
		return true
	})
}

// text is a part of a file as it stands, with a % doubled.
func (m *mutator) text(n ast.Node) string {
	var b bytes.Buffer
	printer.Fprint(&b, m.fset, n)
	return strings.ReplaceAll(b.String(), "%", "%%")
}

// wrapAll wraps those that are comparisons, or made of conditions.
func (m *mutator) wrapAll(list []ast.Expr) {
	for _, e := range list {
		switch e := e.(type) {
		case *ast.UnaryExpr:
			if e.Op == token.NOT {
				m.wrap(e)
			}
		case *ast.BinaryExpr:
			switch e.Op {
			case token.LAND, token.LOR, token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
				m.wrap(e)
			}
		}
	}
}

func (m *mutator) wrap(e ast.Expr) { m.operand(e, token.LOR) }

// operand wraps a condition that is an operand of this.
func (m *mutator) operand(e ast.Expr, of token.Token) {
	if b, ok := e.(*ast.BinaryExpr); ok && (b.Op == token.LAND || b.Op == token.LOR) {
		m.operand(b.X, b.Op)
		m.operand(b.Y, b.Op)
		return
	}
	if os.Getenv("WHAT") == "operands" {
		m.surround(e, map[token.Token]string{token.LOR: "fails", token.LAND: "holds"}[of]+"(%d, ", ")")
		return
	}
	m.surround(e, "flip(%d, ", ")")
}

// surround puts text around a part of the file, which becomes a mutant.
func (m *mutator) surround(n ast.Node, before, after string) {
	line, _, _ := strings.Cut(m.text(n), "\n")
	m.places = append(m.places, fmt.Sprintf("%s: %s", m.fset.Position(n.Pos()), line))
	from, to := m.fset.Position(n.Pos()).Offset, m.fset.Position(n.End()).Offset
	m.calls[from] += fmt.Sprintf(before, len(m.places)-1)
	m.calls[to] = after + m.calls[to]
}

// build builds the tests of some packages with all mutants in the one of this folder.
func (m *mutator) build(t *testing.T, dir string, overlay map[string]string, tests []string) {
	here, err := filepath.Abs(filepath.Join(m.folder, "flip.go"))
	if err != nil {
		t.Fatal(err)
	}
	overlay[here] = filepath.Join(dir, "flip.go")
	flip := "package " + m.name + "\n\nimport (\"os\"; \"strconv\")\n\n" +
		"var mutant, _ = strconv.Atoi(os.Getenv(\"MUTANT\"))\n\nfunc flip(k int, b bool) bool { return b != (k == mutant) }\n" +
		"func fails(k int, b bool) bool { return b && k != mutant }\nfunc holds(k int, b bool) bool { return b || k == mutant }\n" +
		"func pick[T any](k int, a, b T) T { if k == mutant { return a }; return b }\n"
	if err := os.WriteFile(overlay[here], []byte(flip), 0o644); err != nil {
		t.Fatal(err)
	}
	replace, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, replace, 0o644); err != nil {
		t.Fatal(err)
	}
	for k, folder := range tests {
		program := filepath.Join(dir, fmt.Sprintf("mutants%d.test", k))
		if out, err := exec.Command("go", "test", "-c", "-o", program, "-overlay", list, "./"+folder).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		m.programs, m.folders = append(m.programs, program), append(m.folders, folder)
	}
}

// run runs the tests with a mutant, quick ones first, which most often tell.
func (m *mutator) run(k int) (out []byte, err error) {
	if out, err = m.test(k, 0); err != nil || testing.Short() {
		return out, err
	}
	return m.test(k, 1)
}

// test runs the short tests, or all.
func (m *mutator) test(k, which int) (out []byte, err error) {
	for i, program := range m.programs {
		cmd := exec.Command(program, []string{"-test.short", "-test.short=false"}[which], "-test.failfast")
		cmd.Dir = m.folders[i]
		cmd.Env = append(os.Environ(), "MUTANT="+strconv.Itoa(k))
		stop := time.AfterFunc(m.limits[which], func() { cmd.Process.Kill() })
		out, err = cmd.CombinedOutput()
		stop.Stop()
		if err != nil {
			return out, err
		}
	}
	return nil, nil
}
