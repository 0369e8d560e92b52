package blocks_test

import (
	"path/filepath"
	"testing"

	"pstar/cmd/verify/internal/blocks"
	"pstar/cmd/verify/internal/check"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/runtest"
)

var (
	commands = runtest.Commands(blocks.Command(), check.Command())

	expect, write = commands.Expect, runtest.File
)

// Laws of float32 are divided by their sums if that is asked for, each by its own, and it is said.
func TestBlocksNormalize(t *testing.T) {
	const p, q = `"0x1.555556p-1", "0x1.555556p-2"`, `"0x1.555556p-2", "0x1.555556p-1"` // 2/3 and 1/3, rounded
	flags := []string{"-length", "2", "-p", "0x1.555556p-1,0x1.555556p-2", "-q", "0x1.555556p-2,0x1.555556p-1"}
	expect(t, run.ExitUsage, append([]string{"blocks"}, flags...), "2>p sums to 33554433/33554432, want exactly 1; -normalize divides by the sum")
	expect(t, run.ExitVerified, append([]string{"blocks", "-normalize"}, flags...), "normalised: q summed to 33554433/33554432\nnormalised: p summed to 33554433/33554432\n",
		"token by token: 10/9 ", "the largest: 11/9 ")
	expect(t, run.ExitVerified, append([]string{"blocks", "-normalize", "-json"}, flags...), `"p summed to 33554433/33554432"`, `"best": "11/9"`)
	expect(t, run.ExitVerified, []string{"blocks", "-normalize", "-length", "2", "-p", "2/3,1/3", "-q", "1/3,2/3"}, "n = 2\naccepted token by token: 10/9 ") // nothing to say

	tree := write(t, "tree.json", `{"length": 2, "p": ["2/3", "1/3"], "q": ["1/3", "2/3"], "after": [{"prefix": [1], "p": [`+p+`], "q": [`+q+`]}, {"prefix": [2], "p": [`+p+`], "q": [0.3333, 0.6666]}]}`)
	expect(t, run.ExitUsage, []string{"blocks", tree}, "2>after the prefix (1): p sums to 33554433/33554432, want exactly 1; -normalize")
	// After the second token the target is 1/3 and 2/3 again.
	expect(t, run.ExitVerified, []string{"blocks", "-normalize", tree}, "normalised: 4 laws after prefixes, the farthest from 1 summed to 9999/10000\n", "token by token: 10/9 ", "the largest: 11/9 ")
	for law, want := range map[string]string{
		`[0.6, 0.3989]`: "after the prefix (1): p sums to 9989/10000, which is off by more than 1/1000",
		`[2, 1]`:        "after the prefix (1): p sums to 3, which is off by more than 1/1000",
		`[0, 0]`:        "after the prefix (1): p sums to 0, want exactly 1\n",
		`[-1, 2]`:       "after the prefix (1): p_1 = -1 is negative",
		`[-1, 2.5]`:     "after the prefix (1): p_1 = -1 is negative",
		`[]`:            "after the prefix (1): p: empty distribution",
		`[1, 0, 0]`:     "after the prefix (1): p has 3 entries, want 2",
	} {
		file := write(t, "tree.json", `{"length": 2, "p": ["2/3", "1/3"], "q": ["1/3", "2/3"], "after": [{"prefix": [1], "p": `+law+`, "q": [0, 1]}]}`)
		expect(t, run.ExitUsage, []string{"blocks", "-normalize", file}, "2>"+want)
	}
}

func TestBlocks(t *testing.T) {
	laws := []string{"-p", "2/3,1/3", "-q", "1/3,2/3"}
	call := func(args ...string) []string { return append(append([]string{"blocks"}, args...), laws...) }
	expect(t, run.ExitVerified, call("-length", "2"), "1 path of 2 tokens, n = 2\n", "accepted token by token: 10/9 ", "the largest: 11/9 ")
	expect(t, run.ExitVerified, call("-length", "2", "-k", "3"), "accepted at most: 1351/729 ")
	expect(t, run.ExitVerified, call("-length", "1", "-k", "2"), "2 paths of 1 token, n = 2\naccepted at most: 8/9 ")
	expect(t, run.ExitVerified, call("-length", "2", "-k", "2", "-json"), `"best": "131/81"`)

	proof := filepath.Join(t.TempDir(), "proof.json")
	expect(t, run.ExitVerified, call("-length", "2", "-certificate", proof), "the largest: 11/9 ")
	expect(t, run.ExitVerified, []string{"check", proof}, "it is 11/9")

	// Laws of their own after one prefix.
	tree := write(t, "tree.json", `{"length": 2, "p": ["2/3", "1/3"], "q": ["1/3", "2/3"], "after": [{"prefix": [1], "p": [1, 0], "q": [1, 0]}]}`)
	// 2/3 in the first step; 1/3 goes on after the first token, and 1/3·2/3 after the second.
	expect(t, run.ExitVerified, []string{"blocks", tree}, "accepted token by token: 11/9 ")

	rule := write(t, "rule.json", `{"reach": [{"paths": [[1]], "prefix": [1], "value": "1/3"}, {"paths": [[2]], "prefix": [2], "value": "1/3"}]}`)
	expect(t, run.ExitVerified, call("-length", "1", "-rule", rule), "accepted by the rule: 2/3 ", "lossless: yes", "gap to the largest: 0\n")
	lossy := write(t, "rule.json", `{"reach": [{"paths": [[1]], "prefix": [1], "value": "2/3"}]}`)
	expect(t, run.ExitRefuted, call("-length", "1", "-rule", lossy), "lossless: NO, lossless_1: 2/3 is more than 1/3\n")
	expect(t, run.ExitRefuted, call("-length", "1", "-rule", lossy, "-json"), `"verdict": "refuted"`, `"lossless": false`)

	for _, c := range []struct {
		args []string
		want string
	}{
		{call(), "give -length"},
		{[]string{"blocks", "-length", "2"}, "give -p and -q"},
		{call("-length", "40"), "too many prefixes"},
		{call("-length", "1", "-k", "-1"), "K = -1 paths, want 1..65536"},
		{call("-length", "1", "-k", "0"), "K = 0 paths, want 1..65536"},
		{call("-length", "1", "-k", "65537"), "K = 65537 paths, want 1..65536"},
		{[]string{"blocks", write(t, "t.json", `{"k": 65537, "length": 1, "p": [1], "q": [1]}`)}, "K = 65537 paths, want 1..65536"},
		{call("-length", "0"), "at least 1 token"},
		{[]string{"blocks", write(t, "t.json", `{"k": 0, "length": 1, "p": [1], "q": [1]}`)}, "t.json:1: k: 0 paths, want at least 1"},
		{[]string{"blocks", write(t, "t.json", `{"length": 0, "p": [1], "q": [1]}`)}, "t.json:1: length: 0 tokens, want at least 1"},
		{[]string{"blocks", "-length", "100000000", "-p", "1", "-q", "1"}, "100000000 steps, at most 1024"},
		{[]string{"blocks", "-length", "1", "-p", "1/2,1/3", "-q", "1/2,1/2"}, "after the prefix (): p sums to 5/6"},
		{call("-length", "1", "-rule", write(t, "r.json", `{"reach": [{"paths": [[1, 2]], "prefix": [1], "value": 0}]}`)), "not drafted together"},
		{call("-length", "1", "-rule", write(t, "r.json", `{"reach": [{"prefix": [1], "value": 0}]}`)), `reach[0]: member "paths" is missing`},
		{[]string{"blocks", write(t, "t.json", `{"length": 1, "p": [1], "q": [1], "after": [{"prefix": [1], "p": [1], "q": [1]}]}`)}, "after (1), which begins no path of 1 token of 1..1"},
		{[]string{"blocks", write(t, "t.json", `{"length": 2, "p": [1], "q": [1], "after": [{"prefix": [1], "p": [1]}]}`)}, `after[0]: member "q" is missing`},
		{[]string{"blocks", write(t, "t.json", `{"length": 2, "p": [1], "q": [1], "after": [{"p": [1], "q": [1]}]}`)}, `after[0]: member "prefix" is missing`},
		{[]string{"blocks", tree, tree}, "unexpected argument"},
	} {
		expect(t, run.ExitUsage, c.args, "2>"+c.want)
	}
	expect(t, run.ExitUndecided, call("-length", "7", "-k", "2"), "2>too many ways")
}

// What the file says gives way to flags, and that is told.
func TestBlocksFlagsInPlaceOfTheFile(t *testing.T) {
	tree := write(t, "tree.json", `{"k": 2, "length": 3, "p": ["2/3", "1/3"], "q": ["1/3", "2/3"]}`)
	call := []string{"blocks", tree, "-k", "1", "-length", "2", "-q", "1/3,2/3"}
	expect(t, run.ExitVerified, call, "the largest: 11/9 ", "2>tree.json: -k 1 counts in place of its \"k\": 2\n", "2>tree.json: -length 2 counts in place of its \"length\": 3\n", "2>tree.json: -q counts in place of its q\n")
	for _, quiet := range [][]string{append(call, "-quiet"), {"blocks", tree, "-k", "2", "-length", "3"}, {"blocks", "-k", "1", "-length", "2", "-p", "1,0", "-q", "1,0"}} {
		if _, _, stderr := commands.Run(quiet...); stderr != "" {
			t.Errorf("%v says\n%s", quiet, stderr)
		}
	}
}
