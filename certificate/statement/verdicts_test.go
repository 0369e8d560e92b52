package statement

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

// conjunctions are the claims that are proved by several theorems, and what each of these says of them. They are parts that are
// put side by side: an inference from one to another would be a step that no document has.
var conjunctions = map[string]string{
	"P*":       "each is the optimum of one instance",
	"MD-T2":    "any law, iid drafts",
	"MD-T1":    "importance weights, selection rules: the same rows",
	"MD-T3":    "importance weights, selection rules: the same rows",
	"MD-T4":    "importance weights, selection rules: the same rows",
	"MD-L4":    "what is left by the first stage, what is left by both",
	"CRS-L3.1": "what a scheme does is a point, a point is what an algorithm does",
	"CRS-LB.1": "the point is feasible, and worth as much",
	"CRS-L3.3": "the integral of phi, its differences",
	"CRS-U":    "not more, and attained, for N odd and N even",
	"CRS-L3.5": "behind the middle, from there on",
	"CRS-L4.4": "the integral of phi, its differences",
	"CRS-LC.1": "(4.6), (4.7)",
}

// What is proved is proved by steps: by one theorem, or by several that are parts of it. A claim that needs more than that is concluded, and
// names the lemma.
func TestWhatIsConcludedSaysByWhat(t *testing.T) {
	unused := maps.Clone(conjunctions)
	for name, text := range written {
		s, err := kernel.ReadStatement([]byte(`{"builder":`+text+`}`), Builders)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		outcomes := slices.Repeat([]kernel.Outcome{kernel.Proved}, s.Count)
		if name == "of a large cell" { // which has no proof of this theorem, and another one of the claim
			outcomes[LemmaOptimum] = kernel.Open
		}
		needed := map[kernel.Claim][]int{}
		for k := range s.Count {
			outcome := outcomes[k]
			outcomes[k] = kernel.Open
			left := s.Claims(outcomes)
			outcomes[k] = outcome
			for _, c := range s.Claims(outcomes) {
				if !slices.Contains(left, c) {
					needed[c] = append(needed[c], k)
				}
			}
		}
		for _, c := range s.Claims(outcomes) {
			by := strings.Contains(c.Text, "; by ") || strings.HasPrefix(c.Text, "by ")
			if by != (c.Status == "concluded") {
				t.Errorf("%s: %s is %s: %s", name, c.Tag, c.Status, c.Text)
			}
			if c.Status != "proved" {
				continue
			}
			if len(needed[c]) > 1 && conjunctions[c.Tag] == "" {
				t.Errorf("%s: %s is proved by the theorems %v: are these parts of it?", name, c.Tag, needed[c])
			}
			if len(needed[c]) > 1 {
				delete(unused, c.Tag)
			}
		}
	}
	for tag := range unused {
		t.Errorf("no claim %s is proved by several theorems", tag)
	}
}
