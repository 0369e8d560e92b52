package figures_test

import (
	"pstar/cmd/verify/internal/figures"
	"pstar/cmd/verify/internal/runtest"
)

var commands = runtest.Commands(figures.Command())

var (
	words, write, contents      = runtest.Words, runtest.File, runtest.Contents
	expect, verify, verifyStdin = commands.Expect, commands.Run, commands.Verify
)
