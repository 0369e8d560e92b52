package steps_test

import (
	"pstar/cmd/verify/internal/instances"
	"pstar/cmd/verify/internal/runtest"
	"pstar/cmd/verify/internal/steps"
)

var commands = runtest.Commands(steps.Command(), instances.SchemeCommand(), instances.PStarCommand())

const instanceFixtures = runtest.Fixtures + "instances/"

var (
	words, write, contents      = runtest.Words, runtest.File, runtest.Contents
	npyBytes, npyFile           = runtest.NPY, runtest.NPYFile
	expect, verify, verifyStdin = commands.Expect, commands.Run, commands.Verify
)
