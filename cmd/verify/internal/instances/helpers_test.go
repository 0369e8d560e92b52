package instances_test

import (
	"pstar/cmd/verify/internal/check"
	"pstar/cmd/verify/internal/instances"
	"pstar/cmd/verify/internal/runtest"
)

var commands = runtest.Commands{instances.PStarCommand(), instances.SchemeCommand(), instances.StepsCommand(), check.Command()}

const instanceFixtures = runtest.Fixtures + "instances/"

var (
	words, write, contents      = runtest.Words, runtest.File, runtest.Contents
	expect, verify, verifyStdin = commands.Expect, commands.Run, commands.Verify
)
