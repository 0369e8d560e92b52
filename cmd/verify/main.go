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
	// The one place where the process ends: deferred calls have run by then.
	os.Exit(start(commands))
}

// start runs one of the commands, as the command line says, and returns the exit status.
func start(commands func() run.Table) int {
	// First of all: a signal before that ends the process without the object that was asked for.
	signals := run.Signals()
	// Before anything is allocated, since it sets when the collector begins.
	run.LetSmallHeapsGrow()
	return run.New(commands(), os.Stdin, os.Stdout, os.Stderr).Heeding(signals).Main(os.Args[1:])
}

// commands is the table of all sub-commands in the order in which help shows them, the main job
// first. The examples are executed by tests as they stand here, from the folder of the module.
func commands() run.Table {
	// A command that is not listed does not exist: nothing registers itself.
	return run.Table{
		{Group: "theorems", Example: "-k 3 -n 10", Make: cells.Command},
		{Name: "prove", Group: "theorems", Example: "prove fixtures/theorems/md-t3.thm", Make: prove.Command},
		{Name: "list", Group: "theorems", Example: "list", Make: func() run.Command { return listing.ListCommand(registry) }},
		{Name: "explain", Group: "theorems", Example: "explain MD-T3", Make: func() run.Command { return listing.ExplainCommand(registry) }},
		{Name: "crs", Group: "theorems", Example: "crs -n 9 -rho 1", Make: of(single.Family)},
		{Name: "knapsack", Group: "theorems", Example: "knapsack fixtures/contention/knapsack.json", Make: of(knapsack.Family)},
		{Name: "ration", Group: "theorems", Example: "ration fixtures/contention/pantry.json", Make: of(ration.Family)},
		{Name: "units", Group: "theorems", Example: "units -k 2 -x 1/2,1/2,1/2,1/2", Make: of(units.Family)},
		{Name: "orders", Group: "theorems", Example: "orders -every-order -n 3 -rho 1", Make: of(orders.Family)},
		// A command and no subject: what it looks into are theorems of the first family.
		{Name: "bounds", Group: "theorems", Example: "bounds -k 2 -n 2..3", Make: of(study.Bounds)},
		{Name: "figure", Group: "theorems", Example: "figure 2", Make: figures.Command},
		{Name: "pstar", Group: "instances", Example: "pstar -k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3", Make: instances.PStarCommand},
		{Name: "scheme", Group: "instances", Example: "scheme -compare fixtures/instances/three-tokens.json", Make: instances.SchemeCommand},
		{Name: "steps", Group: "instances", Example: "steps -k 2 fixtures/instances/steps.jsonl", Make: steps.Command},
		{Name: "blocks", Group: "instances", Example: "blocks -length 2 -p 2/3,1/3 -q 1/3,2/3", Make: blocks.Command},
		{Name: "dd", Group: "engines", Example: "dd fixtures/polyhedra/square.ine", Make: polyhedra.DDCommand},
		{Name: "redund", Group: "engines", Example: "redund fixtures/polyhedra/square.ine", Make: polyhedra.RedundCommand},
		{Name: "fm", Group: "engines", Example: "fm -eliminate x1 fixtures/polyhedra/square.ine", Make: polyhedra.FMCommand},
		{Name: "lp", Group: "engines", Example: "lp fixtures/lp/diet.lp", Make: programs.Command},
		{Name: "check", Group: "certificates", Example: "check fixtures/certificates/accepted/cell-3-4.json.gz", Make: check.Command},
		{Name: "export", Group: "certificates", Example: "export fixtures/certificates/accepted/cell-2-3.json -literal -", Make: export.Command},
		{Name: "report", Group: "campaigns", Example: "report fixtures/campaigns/grid", Make: report.Command},
		{Name: "version", Group: "about", Example: "version", Make: run.VersionCommand},
		// The function and not the table: the manual shows all commands, its own too.
		{Name: "man", Group: "about", Example: "man dd", Make: func() run.Command { return manual.ManCommand(commands) }},
		{Name: "completion", Group: "about", Example: "completion bash", Make: func() run.Command { return manual.CompletionCommand(commands) }},
	}
}

// of makes the command of a subject.
func of(subject func() theorems.Family) func() run.Command {
	return func() run.Command { return family.Command(subject()) }
}

// families lists the subjects, that of the main job first, in the order in which help shows their
// commands.
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
