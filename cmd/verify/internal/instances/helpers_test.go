package instances_test

import (
	"pstar/cmd/verify/internal/check"
	"pstar/cmd/verify/internal/instances"
	"pstar/cmd/verify/internal/runtest"
	"pstar/cmd/verify/internal/steps"
)

var commands = runtest.Commands(instances.PStarCommand(), instances.SchemeCommand(), steps.Command(), check.Command())

const (
	instanceFixtures = runtest.Fixtures + "instances/"
	stepsFile        = instanceFixtures + "steps.jsonl"
)

var (
	words, write, contents      = runtest.Words, runtest.File, runtest.Contents
	npyBytes, npyFile           = runtest.NPY, runtest.NPYFile
	expect, verify, verifyStdin = commands.Expect, commands.Run, commands.Verify
)
