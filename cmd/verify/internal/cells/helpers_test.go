package cells_test

import (
	"pstar/cmd/verify/internal/cells"
	"pstar/cmd/verify/internal/check"
	"pstar/cmd/verify/internal/programs"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/runtest"
)

var commands = runtest.Commands(cells.Command(), check.Command(), programs.Command(), run.VersionCommand())

var (
	words, write, contents      = runtest.Words, runtest.File, runtest.Contents
	expect, verify, verifyStdin = commands.Expect, commands.Run, commands.Verify
)
