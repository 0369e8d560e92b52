// Package pstar_test holds the rules that concern the whole module.
package pstar_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the layering: each package of the module with what it may import
// besides the standard library. "name" stands for pstar/name. Tests may import
// more: what lies in the folder of the package, and testsMayImport.
//
// certificate is trusted and stands alone. doubledesc and fm never see each
// other: each is the other's oracle. An engine knows no theorem and no file format.
var mayImport = map[string][]string{
	"rational": {},
	"rational/enclose": {
		"rational",
		"github.com/ALTree/bigfloat",
	},
	"rational/polynomial": {"rational"},
	"internal/bitset":     {},
	"internal/exponential": {
		"rational",
		"rational/enclose",
	},
	"internal/crew":  {}, // functions side by side
	"internal/build": {}, // what a program was built from
	"internal/word":  {"rational"},
	everyones:        {},
	"certificate": {
		"certificate/gunzip",
		"certificate/kernel",
		"certificate/statement",
	},
	"certificate/gunzip":  {}, // not trusted: what it unpacks is judged as any document
	"certificate/theorem": {},
	"certificate/reading": {"certificate/theorem"},
	"certificate/kernel": {
		"certificate/reading",
		"certificate/theorem",
	},
	"certificate/statement": {
		"certificate/kernel",
		"certificate/theorem",
	},
	"cone": {"internal/word", "rational"},
	"lp": {
		"lp/internal/dense",
		"lp/internal/equations",
		"lp/internal/guess",
		"lp/internal/lists",
		"lp/internal/presolve",
		"rational",
	},
	"lp/analysis": {
		"lp",
		"lp/internal/equations",
		"rational",
	},
	"lp/internal/dense":     {"rational"},
	"lp/internal/equations": {"lp/internal/lists", "rational"},
	"lp/internal/guess": {
		"lp/internal/guess/internal/extended",
		"lp/internal/guess/internal/lu",
		"lp/internal/lists",
		"rational",
	},
	"lp/internal/guess/internal/extended": {"lp/internal/lists", "rational"},
	"lp/internal/guess/internal/lu":       {"lp/internal/lists"},
	"lp/internal/lists":                   {},
	"lp/internal/presolve": {
		"lp/internal/equations",
		"lp/internal/guess",
		"lp/internal/lists",
		"rational",
	},
	"lp/flow": {"rational"},
	"doubledesc": {
		"internal/bitset",
		"internal/crew",
		"internal/word",
		"doubledesc/complete",
		"doubledesc/internal/pivot",
		"doubledesc/internal/program",
		"doubledesc/internal/ray",
		"doubledesc/internal/simplicial",
		"lp",
		"cone",
		"rational",
	},
	// conversions up to symmetry, each of which doubledesc does
	"doubledesc/orbits": {
		"internal/bitset",
		"internal/crew",
		"doubledesc",
		"doubledesc/complete",
		"doubledesc/internal/program",
		"lp",
		"cone",
		"rational",
	},
	"doubledesc/internal/pivot": {
		"cone",
		"internal/word",
		"rational",
	},
	"doubledesc/internal/program": {
		"lp",
		"cone",
		"rational",
	},
	"doubledesc/internal/ray": {
		"cone",
		"internal/word",
		"rational",
	},
	"doubledesc/internal/simplicial": {
		"cone",
		"rational",
	},
	"doubledesc/redundancy": {
		"doubledesc/internal/program",
		"doubledesc/internal/ray",
		"doubledesc/internal/simplicial",
		"lp",
		"cone",
		"rational",
	},
	// not the conversion that it checks
	"doubledesc/complete": {
		"internal/bitset",
		"internal/crew",
		"lp",
		"cone",
		"rational",
	},
	"fm": {
		"fm/internal/sparse",
		"fm/internal/vector",
		"internal/bitset",
		"internal/word",
		"lp",
		"cone",
		"rational",
	},
	"fm/internal/sparse": {"rational"},
	"fm/internal/vector": {"internal/word", "rational"},
	// where the two meet
	"projection": {
		"fm",
		"doubledesc",
		"doubledesc/redundancy",
		"lp",
		"cone",
		"rational",
	},

	"format": {
		"format/cplex",
		"format/ine",
		"format/matrix",
		"format/mps",
		"format/normaliz",
		"format/porta",
		"format/program",
		"format/text",
		"lp",
		"cone",
	},
	"format/cplex": {
		"format/program",
		"format/text",
		"lp",
		"rational",
	},
	"format/ine": {
		"format/jsontext",
		"format/text",
		"cone",
		"rational",
	},
	"format/matrix": {
		"format/rows",
		"format/text",
		"cone",
		"rational",
	},
	"format/mps": {
		"format/program",
		"format/text",
		"lp",
		"rational",
	},
	"format/jsontext": {"rational"},
	"format/normaliz": {
		"format/rows",
		"cone",
		"rational",
	},
	"format/npy": {"format/jsontext", "rational"},
	"format/porta": {
		"format/rows",
		"cone",
		"rational",
	},
	"format/rows": {
		"format/text",
		"cone",
		"rational",
	},
	"format/program": {
		"format/text",
		"lp",
		"rational",
	},
	"format/smt2": {
		"format/program",
		"lp",
		"rational",
	},
	"format/sol": {
		"format/program",
		"lp",
		"rational",
	},
	"format/text": {},
	"format/vipr": {
		"format/program",
		"lp",
		"rational",
	},

	// what a theorem file says; a checker of certificates expands the user's file with it
	"theorems/statement": {
		"theorems/statement/syntax",
		"certificate/theorem",
		"rational",
	},
	"theorems/statement/expand": {
		"theorems/statement",
		"theorems/statement/syntax",
		"format/text",
		"rational",
	},
	"theorems/statement/decide": {
		"theorems",
		"theorems/statement",
		"theorems/statement/expand",
		"theorems/statement/farkas",
		"projection",
		"witness",
		"certificate/theorem",
		"doubledesc",
		"lp",
		"cone",
		"rational",
	},
	// theorems about polyhedra
	"theorems/statement/polyhedral": {
		"theorems/statement",
		"fm",
		"cone",
		"rational",
	},
	// whether a row follows from rows
	"theorems/statement/farkas": {
		"theorems/statement",
		"lp",
		"rational",
	},
	"theorems/statement/syntax": {
		"format/text",
		"rational",
	},

	"theorems": {}, // the registry knows no engine and no family
	"theorems/multidraft": {
		"theorems",
		"lp/flow",
		"rational",
	},
	"theorems/multidraft/optimum": {
		"theorems",
		"theorems/multidraft",
		"lp/flow",
		"lp",
		"rational",
		"witness",
	},
	"theorems/multidraft/vocabulary": {
		"theorems",
		"theorems/multidraft",
		"theorems/multidraft/optimum",
		"internal/exponential",
		"rational",
		"rational/enclose",
	},
	"theorems/multidraft/blocks": {
		"theorems",
		"theorems/multidraft",
		"lp",
		"rational",
	},
	"theorems/multidraft/classes": {
		"theorems",
		"theorems/multidraft",
		"theorems/multidraft/optimum",
		"rational",
	},
	"theorems/multidraft/sampling": { // laws from logits
		"theorems/multidraft",
		"internal/exponential",
		"rational",
		"rational/enclose",
	},
	"theorems/multidraft/scheme/internal/rejection": {
		"theorems",
		"theorems/multidraft/optimum",
		"theorems/multidraft",
		"rational/enclose",
		"rational",
	},
	"theorems/multidraft/scheme": {
		"theorems/multidraft/scheme/internal/rejection",
		"theorems/multidraft/vocabulary",
		"theorems",
		"theorems/multidraft/optimum",
		"theorems/multidraft",
		"lp/flow",
		"rational/enclose",
		"rational",
	},
	"theorems/multidraft/cell": {
		"internal/crew",
		"theorems",
		"witness",
		"theorems/multidraft/optimum",
		"theorems/multidraft",
		"fm",
		"doubledesc",
		"lp",
		"cone",
		"rational/polynomial",
		"rational",
		"certificate",
	},
	"theorems/multidraft/convexity": {
		"theorems/multidraft",
		"certificate/theorem",
		"rational",
		"witness",
	},
	"theorems/multidraft/study": {
		"theorems/multidraft/classes",
		"theorems",
		"theorems/multidraft/convexity",
		"witness",
		"theorems/multidraft/scheme",
		"theorems/multidraft/optimum",
		"theorems/multidraft",
		"lp",
		"rational/enclose",
		"rational",
	},
	"theorems/multidraft/internal/oracle": {
		"theorems/multidraft",
		"lp",
		"rational",
	},

	"theorems/contention": {
		"witness",
		"theorems",
		"rational/enclose",
		"rational",
		"certificate",
	},
	"theorems/contention/interval": {
		"witness",
		"theorems",
		"theorems/contention",
		"rational/enclose",
		"rational",
	},
	"theorems/contention/single/internal/plane": {"rational"},
	"theorems/contention/single": {
		"theorems/contention/single/internal/plane",
		"format/jsontext",
		"theorems",
		"witness",
		"theorems/contention/interval",
		"theorems/contention",
		"lp",
		"rational/enclose",
		"rational/polynomial",
		"rational",
	},
	"theorems/contention/knapsack": {
		"format/jsontext",
		"theorems",
		"witness",
		"theorems/contention/single",
		"theorems/contention/interval",
		"theorems/contention",
		"rational/enclose",
		"rational",
	},
	"theorems/contention/ration": {
		"format/jsontext",
		"theorems",
		"witness",
		"theorems/contention/knapsack",
		"theorems/contention/orders",
		"theorems/contention/single",
		"theorems/contention",
		"lp",
		"cone",
		"projection",
		"rational/enclose",
		"rational",
	},
	"theorems/contention/curves": { // of figures
		"theorems/contention/knapsack",
		"theorems/contention/ration",
		"theorems/contention/single",
		"theorems/contention",
		"rational/enclose",
		"rational",
	},
	"theorems/contention/orders": {"lp", "rational", "theorems", "theorems/contention", "theorems/contention/single", "witness"},
	"theorems/contention/units":  {"lp", "rational", "theorems", "theorems/contention", "theorems/contention/single", "witness"},
	"theorems/contention/internal/oracle": {
		"witness",
		"rational",
		"certificate",
	},
	"cmd/verify/internal/listing": {
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"cmd/verify/internal/suggest",
		"theorems",
	},
	"cmd/verify/internal/suggest": {},
	"cmd/verify/internal/chart":   {},
	"cmd/verify/internal/show": {
		"rational",
		"rational/enclose",
	},
	// the frame of every command: flags, limits, streams, files, exit statuses
	"cmd/verify/internal/run": {
		"certificate",
		"certificate/kernel",
		"internal/build",
		"cmd/verify/internal/show",
		"cmd/verify/internal/suggest",
		"internal/crew",
		"rational",
		"theorems",
		"witness",
	},
	"witness": {
		"witness/internal/elimination",
		"witness/internal/proof",
		"witness/internal/script",
		"theorems",
		"fm",
		"lp",
		"rational",
		"certificate",
		"certificate/theorem",
		"certificate/statement",
		"certificate/kernel",
	},
	"witness/internal/proof": { // how a document is written
		"rational",
		"certificate/theorem",
		"certificate/statement",
		"certificate/kernel",
	},
	"witness/internal/elimination": {
		"witness/internal/proof",
		"fm",
		"rational",
		"certificate/theorem",
		"certificate/statement",
	},
	"witness/internal/script": {
		"witness/internal/proof",
		"lp",
		"rational",
		"certificate/statement",
		"certificate/theorem",
		"certificate/kernel",
	},
	"witness/exchange": { // for the checkers of others
		"certificate/kernel",
		"certificate/statement",
		"cone",
		"format/ine",
		"format/vipr",
		"lp",
		"rational",
	},
	"theorems/statement/export": {
		"theorems",
		"theorems/statement",
		"theorems/statement/decide",
		"theorems/statement/farkas",
		"rational",
	},
	"cmd/verify/internal/export": {
		"certificate",
		"cmd/verify/internal/run",
		"formal/coqfile",
		"certificate/kernel",
		"theorems",
		"witness",
		"witness/exchange",
	},
	"cmd/verify/internal/prove": {
		"theorems/statement/export",
		"certificate",
		"cmd/verify/internal/campaign",
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"format/text",
		"internal/crew",
		"rational",
		"theorems",
		"theorems/statement",
		"theorems/statement/decide",
		"theorems/statement/expand",
		"witness",
	},
	"cmd/verify/internal/cells": {
		"cmd/verify/internal/family",
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"format",
		"lp",
		"rational",
		"theorems",
		"theorems/multidraft",
		"theorems/multidraft/cell",
		"theorems/multidraft/optimum",
	},
	"cmd/verify/internal/runtest": {"cmd/verify/internal/run"}, // for tests
	// tasks that are done one after another or, with a folder, by many runs
	"cmd/verify/internal/campaign": {
		"certificate",
		"format/jsontext",
		"internal/build",
		"cmd/verify/internal/run",
		"theorems",
	},
	"cmd/verify/internal/manual": {
		"certificate",
		"internal/build",
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"cmd/verify/internal/suggest",
	},
	"cmd/verify/internal/report": {
		"certificate",
		"format/jsontext",
		"cmd/verify/internal/campaign",
		"cmd/verify/internal/chart",
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"theorems",
	},
	// the command of any family
	"cmd/verify/internal/family": {
		"certificate",
		"cmd/verify/internal/campaign",
		"cmd/verify/internal/input",
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"theorems",
		"witness",
	},
	"cmd/verify/internal/figures": {
		"format/jsontext",
		"theorems",
		"theorems/contention/curves",
		"theorems/contention/ration",
		"cmd/verify/internal/chart",
		"cmd/verify/internal/input",
		"cmd/verify/internal/instances",
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"rational",
		"rational/enclose",
		"theorems/multidraft/scheme",
		"theorems/multidraft/study",
	},
	"cmd/verify/internal/input": {
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"format/jsontext",
		"format/npy",
		"internal/crew",
		"rational",
		"theorems",
		"theorems/multidraft",
		"theorems/multidraft/sampling",
	},
	"cmd/verify/internal/instances": {
		"format/jsontext",
		"cmd/verify/internal/campaign",
		"cmd/verify/internal/chart",
		"cmd/verify/internal/input",
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"format/npy",
		"internal/crew",
		"rational",
		"rational/enclose",
		"theorems",
		"theorems/multidraft",
		"theorems/multidraft/classes",
		"theorems/multidraft/optimum",
		"theorems/multidraft/scheme",
		"theorems/multidraft/study",
		"theorems/multidraft/vocabulary",
		"witness",
	}, "cmd/verify/internal/steps": {
		"format/jsontext",
		"cmd/verify/internal/campaign",
		"cmd/verify/internal/input",
		"cmd/verify/internal/instances",
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"internal/crew",
		"rational",
		"rational/enclose",
		"theorems",
		"theorems/multidraft",
		"theorems/multidraft/scheme",
		"theorems/multidraft/study",
	},

	"cmd/verify/internal/blocks": {
		"cmd/verify/internal/input",
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"format/jsontext",
		"internal/crew",
		"rational",
		"rational/enclose",
		"theorems",
		"theorems/multidraft",
		"theorems/multidraft/blocks",
		"witness",
	},
	"cmd/verify/internal/project": {
		"cmd/verify/internal/show",
		"theorems/statement/decide",
		"format/ine",
	},
	"cmd/verify/internal/polyhedra": {
		"certificate",
		"cmd/verify/internal/campaign",
		"cmd/verify/internal/programs",
		"cmd/verify/internal/project",
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"cone",
		"doubledesc",
		"doubledesc/orbits",
		"doubledesc/redundancy",
		"fm",
		"format",
		"format/ine",
		"format/matrix",
		"format/text",
		"projection",
		"rational",
		"theorems",
		"theorems/multidraft/cell",
		"theorems/statement",
		"theorems/statement/decide",
		"theorems/statement/polyhedral",
		"witness",
	},
	"cmd/verify/internal/programs": {
		"certificate",
		"cmd/verify/internal/run",
		"cmd/verify/internal/show",
		"format",
		"format/cplex",
		"format/mps",
		"format/program",
		"format/smt2",
		"format/sol",
		"format/text",
		"format/vipr",
		"lp",
		"lp/analysis",
		"rational",
		"theorems",
		"witness",
	},
	"cmd/verify/internal/check": {
		"certificate",
		"cmd/verify/internal/run",
		"theorems",
		"witness",
	},
	"cmd/verify": {
		"cmd/verify/internal/cells",
		"cmd/verify/internal/check",
		"cmd/verify/internal/export",
		"cmd/verify/internal/family",
		"cmd/verify/internal/figures",
		"cmd/verify/internal/instances",
		"cmd/verify/internal/manual",
		"cmd/verify/internal/blocks",
		"cmd/verify/internal/polyhedra",
		"cmd/verify/internal/programs",
		"cmd/verify/internal/prove",
		"cmd/verify/internal/report",
		"cmd/verify/internal/listing",
		"cmd/verify/internal/run",
		"cmd/verify/internal/steps",
		"theorems",
		"theorems/contention/knapsack",
		"theorems/contention/ration",
		"theorems/contention/single",
		"theorems/contention/units",
		"theorems/contention/orders",
		"theorems/multidraft/cell",
		"theorems/multidraft/study",
	},
	// theorems/statement for --against only
	// what compares with the reader's own file is no part of the checker
	"cmd/certcheck": {
		"certificate",
		"certificate/kernel",
		"internal/build",
		"theorems/statement",
		"theorems/statement/expand",
		"cone",
		"format",
		"format/ine",
		"format/matrix",
		"format/program",
		"format/text",
		"lp",
		"rational",
	},
	"bench/families": {
		"format/ine",
		"cone",
		"rational",
	},
	"bench/transport": {
		"format/ine",
		"theorems/multidraft/cell",
		"fm",
		"cone",
	},
	"bench/programs": {
		"format/cplex",
		"theorems/multidraft/cell",
		"theorems/multidraft/optimum",
		"theorems/multidraft",
		"lp/flow",
		"lp",
		"rational",
	},
	// certificates for Coq, and for the checker that Coq proved sound
	"formal": {},
	"formal/coqfile": {
		"formal",
		"certificate/theorem",
		"certificate/statement",
		"certificate/kernel",
	},
	"deploy/dist": {}, // builds archives of the programs
	"deploy/site": {}, // builds pages around the programs
	".":           {},
}

// everyones has loops over lists, and may be imported by all but what is trusted, which shares
// nothing with others.
const everyones = "internal/each"

// testsMayImport is what test files may import in addition: all, and those of one package.
var testsMayImport = map[string][]string{
	"cmd/verify/internal/export": {"certificate/statement"},
	"cmd/verify/internal/cells":  {"cmd/verify/internal/check", "cmd/verify/internal/programs", "cmd/verify/internal/runtest"},
	"cmd/verify/internal/check":  {"cmd/verify/internal/cells", "cmd/verify/internal/runtest"},
	"cmd/verify/internal/family": {
		"cmd/verify/internal/cells",
		"cmd/verify/internal/check",
		"cmd/verify/internal/figures",
		"cmd/verify/internal/runtest",
		"theorems/contention/knapsack",
		"theorems/contention/ration",
		"theorems/contention/single",
		"theorems/multidraft/study",
		"witness",
	},
	"cmd/verify/internal/figures":   {"cmd/verify/internal/runtest"},
	"cmd/verify/internal/instances": {"cmd/verify/internal/check", "cmd/verify/internal/runtest", "cmd/verify/internal/steps"},
	"cmd/verify/internal/steps":     {"cmd/verify/internal/runtest"},
	"cmd/verify/internal/blocks":    {"cmd/verify/internal/check", "cmd/verify/internal/runtest"},
	"cmd/verify/internal/programs":  {"cmd/verify/internal/runtest"},
	"cmd/verify/internal/listing":   {"cmd/verify/internal/runtest"},
	"":                              {"github.com/google/go-cmp/cmp", "theorems/multidraft/internal/oracle", "theorems/contention/internal/oracle"},
	"theorems/multidraft/blocks":    {"theorems/multidraft/optimum"}, // one step is P*
	"theorems/multidraft/optimum":   {"certificate/kernel", "certificate/statement"},
	"theorems/multidraft/sampling":  {"theorems/multidraft/optimum"},         // of laws that are not rounded
	"doubledesc":                    {"doubledesc/redundancy", "format/ine"}, // reads fixtures; the engine itself knows no file
	"doubledesc/orbits":             {"format/ine"},
	"doubledesc/redundancy":         {"doubledesc", "format/ine"}, // conversion is an oracle
	"format":                        {"format/smt2", "format/text", "format/vipr", "rational"},
	"theorems/contention/knapsack":  {"certificate"},
	"theorems/contention/ration":    {"certificate"},
	"theorems/statement/decide":     {"certificate", "fm"}, // elimination is an oracle
	"theorems/statement/polyhedral": {"doubledesc", "theorems", "theorems/statement/decide"},
	"cmd/certcheck":                 {"certificate/theorem", "theorems/statement/decide", "witness", "fm"},
	"cmd/verify/internal/prove":     {"certificate/kernel"}, // looks at what a certificate proves
	"lp/flow":                       {"lp"},                 // the general method is an oracle
	"witness":                       {"formal/coqfile"},
	"witness/exchange":              {"witness", "fm"}, // certificates to read back
	"witness/internal/elimination": { // asks the checker
		"certificate/kernel",
	},
	"cmd/verify": { // compares what is printed with the engines
		"cmd/verify/internal/runtest",
		"certificate",
		"cone",
		"doubledesc",
		"fm",
		"format/ine",
		"projection",
		"rational",
		"theorems/multidraft/cell",
		"theorems/multidraft/scheme",
		"witness",
		"format",
	},
}

// floatsAllowed are patterns of the files outside tests that may name a
// floating-point type; each says in its comments why no float decides anything.
var floatsAllowed = []string{
	"rational/rat.go",                                          // exact conversion from float64, and the guess Float64
	"lp/internal/guess/*.go",                                   // the guess of a basis, none of it exported
	"lp/internal/guess/internal/*/*.go",                        // its numbers and factorisations, which nobody else can import
	"rational/enclose/guess.go",                                // the guess of a logarithm, confirmed exactly
	"fm/guess.go",                                              // the guess of multipliers, confirmed exactly
	"theorems/multidraft/optimum/tangents_guess.go",            // where to draw tangents, each of which is then checked
	"theorems/multidraft/classes/guess.go",                     // where levels and classes are, which is then evaluated
	"internal/exponential/exponential.go",                      // exponentials whose errors are bounded
	"theorems/multidraft/optimum/boxes*.go",                    // bounds, whose errors of rounding are bounded
	"theorems/multidraft/vocabulary/clocks*.go",                // enclosures, whose errors of rounding are bounded
	"theorems/multidraft/scheme/internal/rejection/grouped.go", // intervals, all of whose ends are rounded outwards
	"theorems/multidraft/scheme/internal/rejection/groups.go",  // likewise
	"theorems/multidraft/scheme/internal/rejection/bend.go",    // likewise
	"theorems/multidraft/scheme/internal/rejection/spans.go",   // these intervals
	"theorems/multidraft/scheme/internal/rejection/finder.go",  // a guess of a place among these, which its neighbours confirm
	"cmd/verify/internal/runtest/npy.go",                       // arrays for tests
	"cmd/verify/internal/chart/*.go",                           // coordinates on paper
	"cmd/verify/internal/instances/pstar_chart.go",             // hands exact values to the chart
	"cmd/verify/internal/figures/figure_chart.go",              // hands exact curves to the chart
	"cmd/verify/internal/figures/contention*.go",               // likewise
	"cmd/verify/internal/figures/pdf.go",                       // the width of paper
	"theorems/multidraft/sampling/softmax.go",                  // a softmax whose errors are bounded
	"cmd/verify/internal/report/chart.go",                      // hands numbers of milliseconds and bytes to the chart
	"format/npy/*.go", "cmd/verify/internal/input/npy.go",      // reads arrays of floating-point numbers exactly
	"cmd/verify/internal/polyhedra/pace.go", // an estimate of the time left
}

func TestImportsFollowTheTable(t *testing.T) {
	seen := map[string]bool{}
	eachFile(t, func(path string, file *ast.File, fset *token.FileSet) {
		pkg := filepath.ToSlash(filepath.Dir(path))
		allowed, known := mayImport[pkg]
		if !known {
			t.Errorf("%s: package %s is not in the table", path, pkg)
			return
		}
		seen[pkg] = true
		isTest := strings.HasSuffix(path, "_test.go")
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			name, sibling := strings.CutPrefix(name, "pstar/")
			switch {
			case !sibling && !strings.Contains(strings.Split(name, "/")[0], "."):
			case slices.Contains(allowed, name), isTest && (name == pkg || strings.HasPrefix(name, pkg+"/")):
			case name == everyones && !strings.HasPrefix(pkg, "certificate"):
			case isTest && (slices.Contains(testsMayImport[""], name) || slices.Contains(testsMayImport[pkg], name)):
			default:
				t.Errorf("%s: %s may not import %s", fset.Position(spec.Pos()), pkg, name)
			}
		}
	})
	for pkg := range mayImport {
		if !seen[pkg] {
			t.Errorf("package %s is in the table but not in the module", pkg)
		}
	}
}

func TestNoFloatDecides(t *testing.T) {
	eachFile(t, func(path string, file *ast.File, fset *token.FileSet) {
		if strings.HasSuffix(path, "_test.go") || matchesAny(floatsAllowed, filepath.ToSlash(path)) {
			return
		}
		var first *ast.Ident
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if first == nil && (n.Name == "float64" || n.Name == "float32") {
					first = n
				}
			case *ast.SelectorExpr: // those of math/big, and what computes with them
				if x, ok := n.X.(*ast.Ident); ok && first == nil && (x.Name == "bigfloat" || x.Name == "big" && strings.Contains(n.Sel.Name, "Float")) {
					first = n.Sel
				}
			}
			return first == nil
		})
		if first != nil {
			t.Errorf("%s: %s in a file that is not listed in floatsAllowed", fset.Position(first.Pos()), first.Name)
		}
	})
}

// What the exact solver sees of the guess has no float in it: no exported function, field
// or constant of that package names one.
func TestTheGuessExportsNoFloat(t *testing.T) {
	const pkg = "lp/internal/guess"
	exported := 0
	eachFile(t, func(path string, file *ast.File, fset *token.FileSet) {
		if filepath.ToSlash(filepath.Dir(path)) != pkg || strings.HasSuffix(path, "_test.go") || !ast.FileExports(file) {
			return
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				f.Body = nil
			}
			exported++
			ast.Inspect(d, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && (id.Name == "float64" || id.Name == "float32") {
					t.Errorf("%s: %s is exported", fset.Position(id.Pos()), id.Name)
				}
				return true
			})
		}
	})
	if exported < 10 {
		t.Errorf("%d exported declarations in %s", exported, pkg)
	}
}

func matchesAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		ok, err := filepath.Match(p, path)
		return ok && err == nil
	})
}

// Limits of size: a package that one can read in a day, a function that one can see.
// Tests are not counted; comments and blank lines are.
const (
	maxLines         = 3500 // of a package
	maxFiles         = 25   // of a package
	maxFunctionLines = 60
)

func TestPackagesAndFunctionsAreSmall(t *testing.T) {
	lines, files := map[string]int{}, map[string]int{}
	eachFile(t, func(path string, file *ast.File, fset *token.FileSet) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		pkg := filepath.ToSlash(filepath.Dir(path))
		files[pkg]++
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines[pkg] += strings.Count(string(content), "\n")
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := fset.Position(f.End()).Line - fset.Position(f.Pos()).Line + 1; n > maxFunctionLines {
				t.Errorf("%s: %s has %d lines, at most %d", fset.Position(f.Pos()), f.Name.Name, n, maxFunctionLines)
			}
		}
	})
	for pkg := range lines {
		if lines[pkg] > maxLines || files[pkg] > maxFiles {
			t.Errorf("package %s has %d lines in %d files, at most %d in %d", pkg, lines[pkg], files[pkg], maxLines, maxFiles)
		}
	}
}

// trusted are the packages that a referee reads, with the most lines of code that they may have, without
// comments and blank lines, and that one file of them may have. Files of heavyRules are not counted in
// the whole: who reads what a claim rests on reads those that its proof applies.
var trusted = map[string]struct{ lines, file int }{
	"certificate/theorem":   {601, 200},
	"certificate/reading":   {741, 225},
	"certificate/kernel":    {1052, 200},
	"certificate/statement": {2008, 220}, // docs/certificates.md says of what
}

// heavyRules are the files of rules that few proofs apply, each of which can be read alone.
var heavyRules = []string{
	"certificate/kernel/block.go",
	"certificate/kernel/explain.go", // no rule, and no part of a check
	"certificate/kernel/exponential.go",
	"certificate/kernel/generate.go",
	"certificate/kernel/invariant.go",
	"certificate/kernel/prefix.go",
	"certificate/kernel/project.go",
	"certificate/reading/exponentials.go", // of theorems that hold some, or have a process
	"certificate/reading/process.go",
}

func TestTrustedCodeIsSmall(t *testing.T) {
	lines := map[string]int{}
	eachFile(t, func(path string, _ *ast.File, _ *token.FileSet) {
		pkg := filepath.ToSlash(filepath.Dir(path))
		limit, known := trusted[pkg]
		if !known || strings.HasSuffix(path, "_test.go") {
			return
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		n := codeLines(string(content))
		if n > limit.file {
			t.Errorf("%s has %d lines of code, at most %d", path, n, limit.file)
		}
		if slices.Contains(heavyRules, filepath.ToSlash(path)) {
			t.Logf("%s: %d lines of code", path, n)
		} else {
			lines[pkg] += n
		}
	})
	for _, path := range heavyRules {
		// A name without a file would excuse the next one that takes it.
		if _, err := os.Stat(path); err != nil {
			t.Errorf("list of rules that are not counted: %v", err)
		}
	}
	for pkg, limit := range trusted {
		t.Logf("%s: %d lines of code", pkg, lines[pkg])
		if lines[pkg] == 0 || lines[pkg] > limit.lines {
			t.Errorf("package %s has %d lines of code, at most %d", pkg, lines[pkg], limit.lines)
		}
	}
}

// codeLines counts the lines that are neither blank nor a comment; there are none between /* and */.
func codeLines(text string) (n int) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			n++
		}
	}
	return n
}

// eachFile parses every Go file of the module.
func eachFile(t *testing.T, visit func(path string, file *ast.File, fset *token.FileSet)) {
	t.Helper()
	fset := token.NewFileSet()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		visit(path, file, fset)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
