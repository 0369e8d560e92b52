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

	"pstar/cmd/verify/internal/cells"
	"pstar/cmd/verify/internal/check"
	"pstar/cmd/verify/internal/export"
	"pstar/cmd/verify/internal/family"
	"pstar/cmd/verify/internal/figures"
	"pstar/cmd/verify/internal/instances"
	"pstar/cmd/verify/internal/polyhedra"
	"pstar/cmd/verify/internal/programs"
	"pstar/cmd/verify/internal/prove"
	"pstar/cmd/verify/internal/report"
	"pstar/cmd/verify/internal/rows"
	"pstar/cmd/verify/internal/run"
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
	run.LetSmallHeapsGrow()
	os.Exit(run.New(commands(), os.Stdin, os.Stdout, os.Stderr).Main(os.Args[1:]))
}

// commands lists all sub-commands in the order in which help shows them. The
// main job comes first; those of the other families stand near the end.
func commands() []run.Command {
	list := []run.Command{
		cells.Command(),
		prove.Command(),
		rows.ListCommand(registry),
		rows.ExplainCommand(registry),
		check.Command(),
		export.Command(),
		report.Command(),
		polyhedra.DDCommand(),
		polyhedra.RedundCommand(),
		polyhedra.FMCommand(),
		programs.Command(),
		instances.PStarCommand(),
		instances.SchemeCommand(),
		instances.StepsCommand(),
		instances.BlocksCommand(),
		figures.Command(),
		family.Command(study.Bounds()),
	}
	for _, f := range families()[1:] {
		list = append(list, family.Command(f))
	}
	return append(list, run.VersionCommand())
}

// families lists the subjects, that of the main job first.
func families() []theorems.Family {
	return []theorems.Family{
		cell.Family(),
		single.Family(),
		knapsack.Family(),
		ration.Family(),
		units.Family(),
		orders.Family(),
	}
}

// registry is every theorem that the program knows.
var registry = sync.OnceValue(func() *theorems.Registry {
	return theorems.NewRegistry([]theorems.Paper{
		{Key: "MD", Title: "Multi-Draft Speculative Sampling: Canonical Decomposition and Theoretical Limits"},
		{Key: "IS", Title: "Importance Weighted Multi-Draft Speculative Sampling"},
		{Key: "CRS", Title: "Forward-backward Contention Resolution Schemes for Fair Rationing"},
	}, families()...)
})
