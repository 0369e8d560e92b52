package main

import (
	"pstar/cmd/verify/internal/prove"
	"pstar/cmd/verify/internal/run"
)

// commands lists all sub-commands in the order in which help shows them. The
// main job comes first.
func commands() []run.Command {
	return []run.Command{
		cellCommand(),
		prove.Command(),
		listCommand(),
		explainCommand(),
		checkCommand(),
		ddCommand(),
		redundCommand(),
		fmCommand(),
		lpCommand(),
		pstarCommand(),
		schemeCommand(),
		stepsCommand(),
		figureCommand(),
		boundsCommand(),
		crsCommand(),
		knapsackCommand(),
		rationCommand(),
		versionCommand(),
	}
}
