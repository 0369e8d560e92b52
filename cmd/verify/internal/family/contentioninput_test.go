package family_test

import (
	"os"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// Whatever a file holds, the commands end with one of their statuses.
func FuzzContentionInput(f *testing.F) {
	for _, name := range []string{"knapsack.json", "pantry.json", "typeone.json", "refused.json"} {
		data, err := os.ReadFile(contentionFixtures + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add(`{"x": ["1/3", 0, 1, "1e-400"]}`)
	f.Add("1/2, 0x1p-3 # two\n1")
	f.Fuzz(func(t *testing.T, text string) {
		for _, args := range [][]string{
			{"crs", "-split", "-"}, {"knapsack", "-"}, {"ration", "-simulate", "3", "-"}, {"ration", "-uniform", "-json", "-"},
		} {
			if status, stdout, stderr := verifyStdin(text, append(args, "-timeout", "1s")...); status > run.ExitUndecided {
				t.Fatalf("%v: status %d\n%s%s", args, status, stdout, stderr)
			}
		}
	})
}
