package pstar_test

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// atStart are the calls that a variable of a package may be made with, as the compiler makes it then or
// next to nothing is done: what every command pays for at its start, few of them use.
var atStart = []string{
	"errors.New", "sync.OnceValue", "sync.OnceValues",
	"rational.NewInt", "rational.Whole", "rational.Half",
	"md", "is", "crs", // places in papers, one expression each
}

// madeAtStart are the variables that are made by other calls, or hold a map: small ones of code that is
// held to be short, and numbers that inner loops read.
var madeAtStart = map[string][]string{
	"certificate":                {"Relations", "Sorts", "signs", "binding", "Builders", "plain", "one", "minus"},
	"cone":                       {"smallInverses"},
	"format/porta":               {"sections"},
	"lp/internal/guess":          {"extendedTolerance", "minusOneExtended"},
	"theorems/multidraft/scheme": {"DefaultWidth", "fixedUnit"},
}

// A map, a pattern or a table that is made while the program starts is made in every run of every command. It is a function
// with a switch, a list, or made when it is first used.
func TestLittleIsMadeAtTheStart(t *testing.T) {
	unused := map[string]bool{}
	for in, names := range madeAtStart {
		for _, name := range names {
			unused[in+"."+name] = true
		}
	}
	eachFile(t, func(path string, file *ast.File, fset *token.FileSet) {
		pkg := filepath.ToSlash(filepath.Dir(path))
		// Programs that are not installed, and what tests share.
		if strings.HasSuffix(path, "_test.go") || strings.HasPrefix(pkg, "bench") || strings.HasPrefix(pkg, "deploy") || strings.HasSuffix(pkg, "oracle") {
			return
		}
		for _, d := range file.Decls {
			if f, isFunc := d.(*ast.FuncDecl); isFunc && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: init runs at every start", fset.Position(d.Pos()))
			}
			g, isVars := d.(*ast.GenDecl)
			if !isVars || g.Tok != token.VAR {
				continue
			}
			for _, spec := range g.Specs {
				v := spec.(*ast.ValueSpec)
				for _, value := range v.Values {
					if what := costly(value); what != "" && !allowed(pkg, v, unused) {
						t.Errorf("%s: %s is made at every start, of %s", fset.Position(v.Pos()), v.Names[0].Name, what)
					}
				}
			}
		}
	})
	for name := range unused {
		t.Errorf("%s may be made at the start and is not", name)
	}
}

// costly names what makes a value costly at the start, "" if nothing does.
func costly(value ast.Expr) (what string) {
	ast.Inspect(value, func(n ast.Node) bool {
		switch n := n.(type) {
		// What is in a function is done when it is called.
		case *ast.FuncLit:
			return false
		case *ast.MapType:
			what = "a map"
		case *ast.CallExpr:
			if name := calleeOf(n); !slices.Contains(atStart, name) {
				what = "a call of " + name
			}
		}
		return what == ""
	})
	return what
}

// calleeOf is the name of a function that is called, with that of its package.
func calleeOf(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if x, isName := f.X.(*ast.Ident); isName {
			return x.Name + "." + f.Sel.Name
		}
	}
	return "a function"
}

// allowed reports whether the variable is in the list, and that the entry is used.
func allowed(pkg string, v *ast.ValueSpec, unused map[string]bool) bool {
	for in, names := range madeAtStart {
		if pkg == in || strings.HasPrefix(pkg, in+"/") {
			for _, name := range v.Names {
				if !slices.Contains(names, name.Name) {
					return false
				}
				delete(unused, in+"."+name.Name)
			}
			return true
		}
	}
	return false
}
