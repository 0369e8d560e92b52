package family_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

func TestKnapsack(t *testing.T) {
	expect(t, run.ExitVerified, []string{"knapsack", contentionFixtures + "knapsack.json"},
		"4 elements", "crate", "CRS-D5    checked", "CRS-L4.4  checked", "CRS-T4.1  checked", "CRS-P4.3  proved", "verdict: verified")
	expect(t, run.ExitVerified, []string{"knapsack", "-json", contentionFixtures + "knapsack.json"}, `"exact": true`, `"guarantee": "46/135"`)
	expect(t, run.ExitVerified, []string{"knapsack", "-hard", "3"}, "7 elements", "CRS-T1.5  checked")
}

// A choice of the user's: one that is feasible, and one that is not.
func TestKnapsackChoice(t *testing.T) {
	file := func(c string) string {
		return write(t, "k.json", `{"elements": [{"sizes": [{"size": 1, "probability": "1/2"}]}, {"sizes": [{"size": 1, "probability": "1/2"}]}],
			"choice": {"forward": `+c+`, "backward": ["1/5", "1/4"]}}`)
	}
	expect(t, run.ExitVerified, []string{"knapsack", file(`["1/3", "1/4"]`)}, "CRS-T4.1  checked")
	expect(t, run.ExitVerified, []string{"knapsack", file(`["2/3", "2/3"]`)}, "CRS-T4.1  checked    attained; not certified by Definition 5 (forward order, element 1: condition 4.1", "verdict: verified")
	stdout := expect(t, run.ExitRefuted, []string{"knapsack", file(`["3/4", "3/4"]`)}, "CRS-D5    refuted", "element 1: condition 4.1", "CRS-T4.1  refuted", "verdict: refuted")
	if strings.Contains(stdout, "CRS-L4.4  checked") {
		t.Error("a choice of the user's is taken for that of CRS-L4.4")
	}
	path := filepath.Join(t.TempDir(), "c.json")
	expect(t, run.ExitRefuted, []string{"knapsack", "-certificate", path, file(`["3/4", "3/4"]`)}, "verdict: refuted", "2>has no certificate")
	if _, err := os.Stat(path); err == nil {
		t.Error("a certificate of a choice that is refuted")
	}
}

func TestKnapsackBadInput(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{}`, "at least one element"},
		{`{"elements": []}`, "at least one element"},
		{`{"elements": [{}]}`, ":1: element 1: expected \"sizes\", a list that may be empty"},
		{"{\"elements\": [\n{\"name\": \"a\"}]}", ":2: element 1 (a): expected \"sizes\""},
		{`{"elements": [{"sizes": [{"size": "inf", "probability": "3/4"}, {"size": 1, "probability": "1/2"}]}]}`, "element 1, sizes: expected probabilities with sum at most 1, found 5/4"},
		{`{"elements": [{"sizes": [{"size": "inf", "probability": "-1/2"}]}]}`, "element 1, size 1, probability: expected a number between 0 and 1, found -1/2"},
		{`{"elements": [{"sizes": [{"size": "infinite", "probability": 1}]}]}`, "element 1, size 1, size: cannot read"},
		{`{"elements": [{"name": "a", "sizes": [{"size": "x", "probability": 1}]}]}`, "element 1 (a), size 1, size: cannot read"},
		{`{"elements": [{"sizes": [{"size": "1/2"}]}]}`, "element 1, size 1: member \"probability\" is missing"},
		{`{"elements": [{"sizes": [{"size": "1/2", "size": 1, "probability": 1}]}]}`, "element 1, size 1: member \"size\" is there twice"},
		{`{"elements": [{"sizes": [{"size": "1/2", "probability": 1, "weight": 1}]}]}`, "element 1, size 1: unknown member \"weight\""},
		{`{"elements": [{"name": "a", "sizes": [{"size": "3/2", "probability": 1}]}]}`, "element 1 (a), size 1, size: expected a number between 0 and 1, found 3/2"},
		{`{"elements": [{"sizes": [{"size": "-1/2", "probability": 1}]}]}`, "element 1, size 1, size: expected a number between 0 and 1, found -1/2"},
		{`{"elements": [{"sizes": [{"size": "1/2", "probability": 2}]}]}`, "element 1, size 1, probability: expected a number between 0 and 1, found 2"},
		{`{"elements": [{"sizes": [{"size": "1/2", "probability": -0.5}]}]}`, "element 1, size 1, probability: expected a number between 0 and 1, found -1/2"},
		{`{"elements": [{"sizes": [{"size": 0, "probability": 0.5}, {"size": 0.1, "probability": 0.75}]}]}`, "element 1, sizes: expected probabilities with sum at most 1, found 5/4"},
		{`{"elements": [{"sizes": [{"size": 1, "probability": 1}]}, {"sizes": [{"size": 1, "probability": 0.5}]}]}`, "sum at most 1, found 3/2"},
		{`{"elements": [{"sizes": [{"size": 1, "probability": 1}]}], "choice": {"forward": [], "backward": []}}`, "choice, forward: expected 1 probability, one for each element, found 0"},
		{`{"elements": [{"sizes": [{"size": 1, "probability": 1}]}], "choice": {"forward": [1], "backward": ["x"]}}`, "choice, backward, element 1: cannot read"},
		{`{"elements": [{"sizes": [{"size": 1, "probability": 1}]}], "choice": {"forward": [1], "backward": ["-1e4000"]}}`, "choice, backward, element 1: expected a probability between 0 and 1, found -1000"},
		{"{\"elements\": [{\"sizes\": [\n{\"size\": 0, \"probability\": 1},\n{\"size\": 2, \"probability\": 0}]}]}", "k.json:3: element 1, size 2, size: expected a number between 0 and 1, found 2"},
		{"{\"elements\": [\n{\"sizes\": [{\"size\": 1, \"probability\": 1}]},\n{\"sizes\": [{\"size\": 1, \"probability\": 1}]}\n]}", "k.json:3: element 2: expected mean sizes with sum at most 1, found 2 up to this element"},
		{"{\"choice\": {\"forward\": [1],\n\"backward\": [\n\"5/4\"]}}", "k.json:3: choice, backward, element 1: expected a probability between 0 and 1, found 5/4"},
		{"{\"choice\": {\"forward\": [1, 1], \"backward\": [1]},\n\"elements\": [{\"sizes\": []}]}", "k.json:2: choice, forward: expected 1 probability, one for each element, found 2"},
		{`{"elements": [{"name": "a\nb"}]}`, "name: expected printable characters"},
		{`{"elements": 3}`, ":1: "},
		{`[]`, ":1: "},
	} {
		expect(t, run.ExitUsage, []string{"knapsack", write(t, "k.json", c.text)}, "2>"+c.want)
	}
	expect(t, run.ExitUsage, []string{"knapsack"}, "2>expected one file")
	expect(t, run.ExitUsage, []string{"knapsack", "-hard", "1"}, "2>-hard 1")
	expect(t, run.ExitUsage, []string{"knapsack", "-hard", "0"}, "2>-hard 0")
	expect(t, run.ExitUsage, []string{"knapsack", "-hard", "3", contentionFixtures + "knapsack.json"}, "2>expected one file, or -hard")
}

// Probabilities 0 and 1, sizes 0 and 1, one element, and choices so small that e^(−2M/c)
// cannot be written out.
func TestKnapsackExtremes(t *testing.T) {
	for _, c := range []struct {
		text, want string
	}{
		{`{"elements": [{"sizes": [{"size": 1, "probability": 1}]}]}`, "guarantee 1/3"},
		{`{"elements": [{"sizes": [{"size": 0, "probability": 1}]}]}`, "guarantee 4/9"},
		{`{"elements": [{"sizes": []}]}`, "guarantee 4/9"},
		{`{"elements": [{"sizes": [{"size": "inf", "probability": "1/2"}, {"size": 1, "probability": "1/2"}]}, {"sizes": []}]}`, "mean sizes 1/2"},
		{`{"elements": [{"sizes": [{"size": 1, "probability": 0}, {"size": 1, "probability": 1}]}, {"sizes": [{"size": 0, "probability": "1/2"}]}]}`, "guarantee 1/3"},
		{`{"elements": [{"sizes": [{"size": 1, "probability": "1/2"}]}, {"sizes": [{"size": 1, "probability": "1/2"}]}],
		   "choice": {"forward": ["1e-4000", "1e-4001"], "backward": ["1e-4096", "1/4"]}}`, "CRS-D5    checked"},
	} {
		expect(t, run.ExitVerified, []string{"knapsack", write(t, "k.json", c.text)}, c.want)
	}
}

// Where the exact law grows too long the claim is concluded and not checked, and the
// certificate holds what proves it.
func TestKnapsackEnclosed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json")
	element := `{"sizes": [{"size": "1/3", "probability": "1e-4000"}]}`
	file := write(t, "k.json", `{"elements": [`+element+", "+element+", "+element+`]}`)
	expect(t, run.ExitVerified, []string{"knapsack", "-certificate", path, file}, "CRS-T4.1  concluded  ", "by Lemma 4.2", "verdict: verified")
	expect(t, run.ExitVerified, []string{"knapsack", "-json", file}, `"exact": false`, `"status": "concluded"`)
	expect(t, run.ExitVerified, []string{"check", path}, "CRS-T4.1")
}
