package family_test

import (
	"pstar/cmd/verify/internal/cells"
	"pstar/cmd/verify/internal/check"
	"pstar/cmd/verify/internal/family"
	"pstar/cmd/verify/internal/figures"
	"pstar/cmd/verify/internal/runtest"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/ration"
	"pstar/theorems/contention/single"
	"pstar/theorems/multidraft/study"
)

var commands = runtest.Commands(cells.Command(), check.Command(), figures.Command(), family.Command(single.Family()), family.Command(knapsack.Family()), family.Command(ration.Family()), family.Command(study.Bounds()))

const contentionFixtures = runtest.Fixtures + "contention/"

var (
	words, write, contents      = runtest.Words, runtest.File, runtest.Contents
	expect, verify, verifyStdin = commands.Expect, commands.Run, commands.Verify
)
