package bounds_test

import (
	"pstar/cmd/verify/internal/bounds"
	"pstar/cmd/verify/internal/runtest"
)

var commands = runtest.Commands{bounds.Command()}

var (
	words, write, contents      = runtest.Words, runtest.File, runtest.Contents
	expect, verify, verifyStdin = commands.Expect, commands.Run, commands.Verify
)
