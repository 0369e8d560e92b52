package main

import (
	"pstar/cmd/verify/internal/bounds"
	"pstar/cmd/verify/internal/cells"
	"pstar/cmd/verify/internal/crs"
	"pstar/cmd/verify/internal/figures"
	"pstar/cmd/verify/internal/instances"
	"pstar/cmd/verify/internal/polyhedra"
	"pstar/cmd/verify/internal/programs"
	"pstar/cmd/verify/internal/prove"
	"pstar/cmd/verify/internal/run"
)

// commands lists all sub-commands in the order in which help shows them. The
// main job comes first.
func commands() []run.Command {
	return []run.Command{
		cells.Command(),
		prove.Command(),
		listCommand(),
		explainCommand(),
		checkCommand(),
		polyhedra.DDCommand(),
		polyhedra.RedundCommand(),
		polyhedra.FMCommand(),
		programs.Command(),
		instances.PStarCommand(),
		instances.SchemeCommand(),
		instances.StepsCommand(),
		figures.Command(),
		bounds.Command(),
		crs.Command(),
		crs.KnapsackCommand(),
		crs.RationCommand(),
		versionCommand(),
	}
}
