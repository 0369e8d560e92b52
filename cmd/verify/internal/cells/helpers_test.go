package cells_test

import (
	"testing"

	"pstar/cmd/verify/internal/cells"
	"pstar/cmd/verify/internal/check"
	"pstar/cmd/verify/internal/programs"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/runtest"
)

var commands = runtest.Commands{cells.Command(), check.Command(), programs.Command(), run.VersionCommand()}

var words, write, contents = runtest.Words, runtest.File, runtest.Contents

func expect(t *testing.T, status int, args []string, texts ...string) string {
	t.Helper()
	return commands.Expect(t, status, args, texts...)
}

func verify(args ...string) (status int, stdout, stderr string) { return commands.Verify("", args...) }

func verifyStdin(stdin string, args ...string) (status int, stdout, stderr string) {
	return commands.Verify(stdin, args...)
}
