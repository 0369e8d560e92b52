// Command verify settles theorems about linear programs exactly.
//
//	verify -k 3 -n 10
//
// verifies a cell of multi-draft speculative sampling; "verify -h" lists what
// else it does, and "verify NAME -h" explains one of the sub-commands.
//
// Standard output is the result; everything else goes to standard error. The
// exit status is 0 if everything was verified, 1 if a claim was refuted or a
// certificate is invalid, 2 for bad usage or input or an output that cannot be written,
// 3 if something is undecided within the limits given, 4 if the program finds itself at
// fault, and 130 if the command was interrupted.
package main

import (
	"os"
	"sync"

	"pstar/cmd/verify/internal/blocks"
	"pstar/cmd/verify/internal/cells"
	"pstar/cmd/verify/internal/check"
	"pstar/cmd/verify/internal/export"
	"pstar/cmd/verify/internal/family"
	"pstar/cmd/verify/internal/figures"
	"pstar/cmd/verify/internal/instances"
	"pstar/cmd/verify/internal/listing"
	"pstar/cmd/verify/internal/manual"
	"pstar/cmd/verify/internal/polyhedra"
	"pstar/cmd/verify/internal/programs"
	"pstar/cmd/verify/internal/prove"
	"pstar/cmd/verify/internal/report"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/steps"
	"pstar/theorems"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/orders"
	"pstar/theorems/contention/ration"
	"pstar/theorems/contention/single"
	"pstar/theorems/contention/units"
	"pstar/theorems/multidraft/cell"
	"pstar/theorems/multidraft/study"
)

func main() {
	// Before anything is allocated, since it sets when the collector begins.
	run.LetSmallHeapsGrow()
	// The one place where the process ends: deferred calls have run by then.
	os.Exit(run.New(commands(), os.Stdin, os.Stdout, os.Stderr).Main(os.Args[1:]))
}

// shown is, of each command, the group in which help lists it, and an example.
// The examples are executed by tests as they stand here, from the folder of the module.
var shown = map[string]struct{ group, example string }{
	"":           {"theorems", "-k 3 -n 10"},
	"prove":      {"theorems", "prove fixtures/theorems/md-t3.thm"},
	"list":       {"theorems", "list"},
	"explain":    {"theorems", "explain MD-T3"},
	"crs":        {"theorems", "crs -n 9 -rho 1"},
	"knapsack":   {"theorems", "knapsack fixtures/contention/knapsack.json"},
	"ration":     {"theorems", "ration fixtures/contention/pantry.json"},
	"units":      {"theorems", "units -k 2 -x 1/2,1/2,1/2,1/2"},
	"orders":     {"theorems", "orders -every-order -n 3 -rho 1"},
	"bounds":     {"theorems", "bounds -k 2 -n 2..3"},
	"figure":     {"theorems", "figure 2"},
	"pstar":      {"instances", "pstar -k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3"},
	"scheme":     {"instances", "scheme -compare fixtures/instances/three-tokens.json"},
	"steps":      {"instances", "steps -k 2 fixtures/instances/steps.jsonl"},
	"blocks":     {"instances", "blocks -length 2 -p 2/3,1/3 -q 1/3,2/3"},
	"dd":         {"engines", "dd fixtures/polyhedra/square.ine"},
	"redund":     {"engines", "redund fixtures/polyhedra/square.ine"},
	"fm":         {"engines", "fm -eliminate x1 fixtures/polyhedra/square.ine"},
	"lp":         {"engines", "lp fixtures/lp/diet.lp"},
	"check":      {"certificates", "check fixtures/certificates/accepted/cell-3-4.json.gz"},
	"export":     {"certificates", "export fixtures/certificates/accepted/cell-2-3.json -literal -"},
	"report":     {"campaigns", "report fixtures/campaigns/grid"},
	"version":    {"about", "version"},
	"man":        {"about", "man dd"},
	"completion": {"about", "completion bash"},
}

// commands lists all sub-commands in the order in which help shows them, the main job first.
func commands() []run.Command {
	// A command that is not listed does not exist: nothing registers itself.
	list := []run.Command{
		cells.Command(),
		prove.Command(),
		listing.ListCommand(registry),
		listing.ExplainCommand(registry),
	}
	// The first family is the main job, which has no name to be called by.
	for _, f := range families()[1:] {
		list = append(list, family.Command(f))
	}
	list = append(list,
		// A command and no subject: what it looks into are theorems of the first family.
		family.Command(study.Bounds()),
		figures.Command(),
		instances.PStarCommand(),
		instances.SchemeCommand(),
		steps.Command(),
		blocks.Command(),
		polyhedra.DDCommand(),
		polyhedra.RedundCommand(),
		polyhedra.FMCommand(),
		programs.Command(),
		check.Command(),
		export.Command(),
		report.Command(),
		run.VersionCommand(),
	)
	// The function and not the list: the manual shows all commands, its own too.
	list = append(list, manual.Commands(commands)...)
	// Beside the commands and not in them: how help is arranged is decided in one place.
	for i := range list {
		list[i].Group, list[i].Example = shown[list[i].Name].group, shown[list[i].Name].example
	}
	return list
}

// families lists the subjects, that of the main job first.
func families() []theorems.Family {
	// In the order in which help shows their commands.
	return []theorems.Family{
		cell.Family(),
		single.Family(),
		knapsack.Family(),
		ration.Family(),
		units.Family(),
		orders.Family(),
	}
}

// registry is every theorem that the program knows. It is made when it is first asked for: few
// commands need it, and a tag that two families claim would panic here.
var registry = sync.OnceValue(func() *theorems.Registry {
	// By its key a row says in which paper its statement stands.
	return theorems.NewRegistry([]theorems.Paper{
		{Key: "MD", Title: "Multi-Draft Speculative Sampling: Canonical Decomposition and Theoretical Limits"},
		{Key: "IS", Title: "Importance Weighted Multi-Draft Speculative Sampling"},
		{Key: "CRS", Title: "Forward-backward Contention Resolution Schemes for Fair Rationing"},
	}, families()...)
})
