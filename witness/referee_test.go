package witness

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pstar/certificate/statement"
)

// mostToRead is how many lines of code anybody has to read, at most, who wants to know that what a document claims
// is true: reader, numbers and limits, the rules that its proof applies, and the builder of its statement. What is
// beside them in the trusted folder has no say in that document.
const mostToRead = 3000

// Not among them is certificate/gunzip: whatever bytes it unpacks are judged as any document, and a digest that is
// printed is theirs.

// trustedPackages are in the order of their imports.
var trustedPackages = []string{"certificate/theorem", "certificate/reading", "certificate/kernel", "certificate/statement", "certificate"}

// A declaration is a function, type, variable or constant of the trusted packages.
type declaration struct {
	pkg   string
	lines int
	uses  map[string]bool            // keys of declarations, or a name alone: of all that have it
	table map[string]map[string]bool // of a table of rules or builders: by the name there
}

// reading is the trusted code, by package and name; a method has that of its type in between.
type reading struct {
	declarations map[string]*declaration
	named        map[string][]string // keys by name, without package and type
}

// key names what is declared at the level of a package.
func key(o types.Object) string {
	f, ok := o.(*types.Func)
	if !ok || f.Signature().Recv() == nil {
		return o.Pkg().Path() + "." + o.Name()
	}
	receiver := f.Origin().Signature().Recv().Type()
	if p, ok := receiver.(*types.Pointer); ok {
		receiver = p.Elem()
	}
	if named, ok := receiver.(*types.Named); ok {
		return o.Pkg().Path() + "." + named.Obj().Name() + "." + o.Name()
	}
	return o.Pkg().Path() + ".?." + o.Name()
}

// trustedImporter has the packages that were read, and takes others from the standard library.
type trustedImporter struct {
	types.Importer
	known map[string]*types.Package
}

func (i trustedImporter) Import(path string) (*types.Package, error) {
	if pkg := i.known[path]; pkg != nil {
		return pkg, nil
	}
	return i.Importer.Import(path)
}

// readTrusted reads the trusted folder.
func readTrusted(t *testing.T) *reading {
	t.Helper()
	r := &reading{declarations: map[string]*declaration{}, named: map[string][]string{}}
	// Tests do not know where the standard library is if paths are trimmed.
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	build.Default.GOROOT = strings.TrimSpace(string(goroot))
	fset, known := token.NewFileSet(), map[string]*types.Package{}
	checker := types.Config{Importer: trustedImporter{importer.ForCompiler(fset, "source", nil), known}}
	for _, pkg := range trustedPackages {
		paths, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(pkg), "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		var files []*ast.File
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(fset, path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
		if known["pstar/"+pkg], err = checker.Check("pstar/"+pkg, fset, files, info); err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			for _, d := range file.Decls {
				r.declare(t, fset, info, pkg, d)
			}
		}
	}
	return r
}

// declare adds what d declares. A group counts as its parts.
func (r *reading) declare(t *testing.T, fset *token.FileSet, info *types.Info, pkg string, d ast.Decl) {
	add := func(name *ast.Ident, n ast.Node) {
		from, to := fset.Position(n.Pos()), fset.Position(n.End())
		content, err := os.ReadFile(from.Filename)
		if err != nil {
			t.Fatal(err)
		}
		added := &declaration{pkg: pkg, uses: map[string]bool{}, table: map[string]map[string]bool{}}
		for _, line := range strings.Split(string(content), "\n")[from.Line-1 : to.Line] {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
				added.lines++
			}
		}
		isTable := name.Name == "ruleTable" || name.Name == "Builders"
		added.collect(info, n, added.uses, isTable)
		k := key(info.Defs[name])
		r.declarations[k] = added
		r.named[name.Name] = append(r.named[name.Name], k)
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		add(d.Name, d)
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				add(s.Name, s)
			case *ast.ValueSpec:
				for _, name := range s.Names {
					add(name, s)
				}
			}
		}
	}
}

// collect adds to uses what n names. An entry of a table is used by the documents that name it.
func (d *declaration) collect(info *types.Info, n ast.Node, uses map[string]bool, isTable bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			name, ok := n.Key.(*ast.BasicLit)
			if !isTable || !ok {
				return true
			}
			entry, err := strconv.Unquote(name.Value)
			if err != nil {
				panic(err)
			}
			d.table[entry] = map[string]bool{}
			d.collect(info, n.Value, d.table[entry], false)
			return false
		case *ast.Ident:
			switch o := info.Uses[n]; {
			case o == nil:
			case o.Pkg() != nil && strings.HasPrefix(o.Pkg().Path(), "pstar/"):
				uses[key(o)] = true
				// A method of an interface is that of any type.
				if f, ok := o.(*types.Func); ok && f.Signature().Recv() != nil && types.IsInterface(f.Signature().Recv().Type()) {
					uses[n.Name] = true
				}
			}
		}
		return true
	})
}

// handsOn says whether a declaration is of those that hand what was checked on to other checkers. A check does not call
// them, and they decide nothing.
func handsOn(key string) bool {
	return strings.HasPrefix(key[strings.LastIndex(key, ".")+1:], "tell")
}

// lines counts what has to be read of the packages for a document with these names of a builder and rules.
func (r *reading) lines(names map[string]bool) map[string]int {
	seen, total := map[string]bool{}, map[string]int{}
	var visit func(uses map[string]bool)
	read := func(k string) {
		d := r.declarations[k]
		if d == nil || seen[k] || handsOn(k) {
			return
		}
		seen[k] = true
		total[d.pkg] += d.lines
		visit(d.uses)
		for name, uses := range d.table {
			if names[name] {
				visit(uses)
			}
		}
	}
	visit = func(uses map[string]bool) {
		for use := range uses {
			read(use)
			if !strings.Contains(use, ".") {
				for _, k := range r.named[use] {
					read(k)
				}
			}
		}
	}
	// What the standard library calls by itself is named nowhere.
	visit(map[string]bool{"pstar/certificate.Check": true, "Error": true, "String": true, "Read": true})
	return total
}

// namedBy has the names of the builder of d and of the rules of all its steps.
func namedBy(d *tree) (builder string, names map[string]bool) {
	builder = strings.Trim(d.member("statement").member("builder").text, `"`)
	names = map[string]bool{}
	for _, n := range d.all(nil) {
		if rule := n.member("rule"); rule != nil {
			names[strings.Trim(rule.text, `"`)] = true
		}
	}
	return builder, names
}

const (
	refereePage  = "../docs/certificates.md"
	refereeBegin = "<!-- what is read for one document -->\n"
	refereeEnd   = "<!-- end -->\n"
)

// Whoever wants to believe one document reads no more than the mark; the page has, of each builder, the document that needs
// most.
func TestWhatARefereeReads(t *testing.T) {
	r := readTrusted(t)
	most, rows := map[string]int{}, map[string]string{}
	for _, d := range slices.Concat(kernelDocuments(t), contentionDocuments(t)) {
		builder, rules := namedBy(d)
		text := strings.Join(slices.Sorted(maps.Keys(rules)), ", ")
		rules[builder] = true
		lines := r.lines(rules)
		sum := 0
		for _, n := range lines {
			sum += n
		}
		if sum > mostToRead {
			t.Errorf("%s by %s: %d lines are to be read, at most %d", builder, text, sum, mostToRead)
		}
		if sum > most[builder] {
			most[builder] = sum
			rows[builder] = fmt.Sprintf("| %s | %s | %d | %d | %d | %d | %d |\n", builder, text, up(lines["certificate/kernel"]),
				up(lines["certificate/reading"]+lines["certificate/theorem"]), up(lines["certificate/statement"]), up(lines["certificate"]), up(sum))
		}
	}
	for builder := range statement.Builders {
		if most[builder] == 0 {
			t.Errorf("there is no document of the builder %s", builder)
		}
	}
	table := "| builder | rules | kernel | reader, numbers, limits | builder | file, report | in all |\n|---|---|---|---|---|---|---|\n"
	for _, builder := range slices.Sorted(maps.Keys(rows)) {
		table += rows[builder]
	}
	holdsTable(t, refereePage, refereeBegin, refereeEnd, table)
}

// up is the next multiple of 50, so that not every line that is written changes the table.
func up(n int) int { return (n + 49) / 50 * 50 }

// holdsTable compares what a page has between two lines; with -update it writes it.
func holdsTable(t *testing.T, path, begin, end, want string) {
	t.Helper()
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, found := strings.Cut(string(page), begin)
	got, tail, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no lines %q and %q", path, begin, end)
	}
	if got == want {
		return
	}
	if !*update {
		t.Errorf("%s has\n%s, not\n%s(-update writes it)", path, got, want)
		return
	}
	if err := os.WriteFile(path, []byte(head+begin+want+end+tail), 0o666); err != nil {
		t.Fatal(err)
	}
}
