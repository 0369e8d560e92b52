package main

import (
	"strings"
	"testing"
)

func TestKnapsack(t *testing.T) {
	expect(t, exitVerified, []string{"knapsack", contentionFixtures + "knapsack.json"},
		"4 elements", "crate", "CRS-D5    checked", "CRS-L4.4  checked", "CRS-T4.1  checked", "CRS-P4.3  proved", "verdict: verified")
	expect(t, exitVerified, []string{"knapsack", "-json", contentionFixtures + "knapsack.json"}, `"exact": true`, `"guarantee": "46/135"`)
	expect(t, exitVerified, []string{"knapsack", "-hard", "3"}, "7 elements", "CRS-T1.5  checked")
}

// A choice of the user's: one that is feasible, and one that is not.
func TestKnapsackChoice(t *testing.T) {
	file := func(c string) string {
		return temporary(t, "k.json", `{"elements": [{"sizes": [{"size": 1, "probability": "1/2"}]}, {"sizes": [{"size": 1, "probability": "1/2"}]}],
			"choice": {"forward": `+c+`, "backward": ["1/5", "1/4"]}}`)
	}
	expect(t, exitVerified, []string{"knapsack", file(`["1/3", "1/4"]`)}, "CRS-T4.1  checked")
	stdout := expect(t, exitRefuted, []string{"knapsack", file(`["3/4", "3/4"]`)}, "CRS-D5    refuted", "element 1: condition 4.1", "CRS-T4.1  refuted", "verdict: refuted")
	if strings.Contains(stdout, "CRS-L4.4") {
		t.Error("a choice of the user's is taken for that of CRS-L4.4")
	}
}

func TestKnapsackBadInput(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{"elements": []}`, "at least one element"},
		{`{"elements": [{"name": "a", "sizes": [{"size": "x", "probability": 1}]}]}`, "element 1 (a), size 1"},
		{`{"elements": [{"sizes": [{"size": "1/2"}]}]}`, "element 1, probability 1: expected a number, found nothing"},
		{`{"elements": [{"sizes": [{"size": "3/2", "probability": 1}]}]}`, "element 1, size 1: expected a size between 0 and 1, found 3/2"},
		{`{"elements": [{"sizes": [{"size": "1/2", "probability": 2}]}]}`, "element 1, probability 1"},
		{`{"elements": [{"sizes": [{"size": 1, "probability": 1}]}, {"sizes": [{"size": 1, "probability": 0.5}]}]}`, "sum at most 1, found 3/2"},
		{`{"elements": [{"sizes": [{"size": 1, "probability": 1}]}], "choice": {"forward": [], "backward": []}}`, "choice, forward: expected 1 numbers"},
		{`{"elements": 3}`, ":1: "},
		{`[]`, ":1: "},
	} {
		expect(t, exitUsage, []string{"knapsack", temporary(t, "k.json", c.text)}, "2>"+c.want)
	}
	expect(t, exitUsage, []string{"knapsack"}, "2>expected one file")
	expect(t, exitUsage, []string{"knapsack", "-hard", "1"}, "2>-hard 1")
}
