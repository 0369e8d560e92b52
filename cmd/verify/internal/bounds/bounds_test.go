package bounds_test

import (
	"testing"

	"pstar/cmd/verify/internal/run"
)

func TestBounds(t *testing.T) {
	expect(t, run.ExitVerified, words("bounds -k 2 -n 3 -instances 20"), "MD-E12   K = 2, n = 3  checked", "MD-E202", "IS-E11",
		"MD-W1", "no counterexample in", "[IS] eq. 186", "p_I(1) falls from 3/100 to 1/81", "verdict: no violation\n")
	expect(t, run.ExitVerified, words("bounds -k 3 -n 3..4 -instances 4 -json"), `"verdict": "no violation"`, `"MD-W3"`)
	expect(t, run.ExitUndecided, words("bounds -k 2 -n 2..12 -instances 20000 -timeout 200ms"), "verdict: stopped at K = 2, n = ", "2>time limit of 200ms reached")
	expect(t, run.ExitVerified, words("bounds -k 3 -n 2..3 -instances 1"), "MD-W1    K = 3, n = 3", "2>K = 3, n = 2: no statement")
	expect(t, run.ExitUsage, words("bounds -k 5 -n 3"), "2>nothing to compare")
	expect(t, run.ExitUsage, words("bounds -k 2"), "2>both -k and -n")
	expect(t, run.ExitUsage, words("bounds -k 2 -n 40"), "2>want at most 16")
	expect(t, run.ExitUsage, words("bounds -k 2 -n 3 -instances 0"), "2>-instances 0")
}
