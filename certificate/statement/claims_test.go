package statement

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

// A succession is what a claim of the first format of certificates said, and the claims that have taken its place, by the name of
// a statement of [written] and the tag.
type succession struct {
	kind, tag, status, said string
	now                     [][2]string
}

// successions has all claims of the first format, in the order of its page; then those that are new, with no tag.
var successions = []succession{
	{"multidraft", "MD-T1", "checked", "iid instances: selection rules and importance weights have the same optimum", [][2]string{{"a cell", "MD-T1"}, {"instances", "MD-T1"}}},
	{"multidraft", "MD-T2", "proved", "of importance weights alone: the optimum is 1 iff q(S) ≥ B(S) for all S; iid: q(S) ≥ p(S)^K", [][2]string{{"a cell", "MD-T2"}}},
	{"multidraft", "MD-T2", "checked", "iid instances, both programs", [][2]string{{"instances", "MD-T2"}}},
	{"multidraft", "MD-T3", "proved", "of importance weights alone: the optimum is min q(S) + 1 − B(S); iid: min q(S) + 1 − p(S)^K", [][2]string{{"a cell", "MD-T3"}}},
	{"multidraft", "MD-T3", "checked", "iid instances, both programs", [][2]string{{"instances", "MD-T3"}}},
	{"multidraft", "MD-T4", "checked", "other instances: selection rules and importance weights have the same optimum", [][2]string{{"a cell", "MD-T4"}, {"models", "MD-T4"}}},
	{"multidraft", "MD-T2", "refuted", "with another exponent", [][2]string{{"a false exponent", "MD-T2"}}},
	{"multidraft", "MD-T3", "refuted", "with another exponent", [][2]string{{"a false exponent", "MD-T3"}}},
	{"multidraft", "MD-T2", "proved", "by the elimination MD-L2", [][2]string{{"eliminations", "MD-L2"}, {"a cell", "MD-T2"}}},
	{"multidraft", "MD-T3", "proved", "by the eliminations MD-L3 and MD-L4", [][2]string{{"eliminations", "MD-L3"}, {"eliminations", "MD-L4"}, {"a cell", "MD-T3"}}},
	{"iid-optimum", "MD-T3", "checked", "an instance: the value is P* and min q(S) + 1 − p(S)^K, by MD-T2, which was not proved", [][2]string{{"a vocabulary", "MIN"}, {"a vocabulary", "P*"}}},
	{"lp", "LP-OPTIMAL", "proved", "the optimum of the program of the document", [][2]string{{"a program", "LP-OPTIMAL"}}},
	{"lp", "LP-INFEASIBLE", "proved", "it has no point", [][2]string{{"an infeasible one", "LP-INFEASIBLE"}}},
	{"lp", "LP-UNBOUNDED", "proved", "it has points, and no optimum", [][2]string{{"an unbounded one", "LP-UNBOUNDED"}}},
	{"fm", "FM-P", "proved", "the rows are the projection of the system of the document", [][2]string{{"a polyhedron", "FM-P"}}},
	{"fm", "FM-I", "proved", "the system of the document has no solution", [][2]string{{"an empty one", "FM-I"}}},
	{"fm", "FM-C", "proved", "that system is the transport polytope, and its projection the list of MD-T2", [][2]string{{"eliminations", "FM-C"}}},
	{"contention-unit", "CRS-L3.1", "checked", "an instance: the value is that of LP-SI, and Algorithm 2 attains it", [][2]string{{"contention", "CRS-L3.1"}, {"contention", "CRS-LP"}}},
	{"contention-unit", "CRS-T1.2", "checked", "an instance: the value is at least α_0(ρ)", [][2]string{{"contention", "CRS-T1.2"}}},
	{"contention-unit", "CRS-T3.4", "checked", "an instance: the value is at most α_0(ρ) + (ρ+2)/n", [][2]string{{"contention", "CRS-T3.4"}}},
	{"contention-unit", "CRS-U", "checked", "an instance of equal probabilities: the closed form", [][2]string{{"contention", "CRS-U"}}},
	{"contention-unit", "CRS-LB.1", "checked", "an instance: halving an element does not raise the value", [][2]string{{"contention", "CRS-LB.1"}}},
	{"contention-knapsack", "CRS-D5", "checked", "a choice is feasible", [][2]string{{"contention", "CRS-D5"}}},
	{"contention-knapsack", "CRS-L4.4", "checked", "and is that of the means of φ", [][2]string{{"contention", "CRS-L4.4"}}},
	{"contention-knapsack", "CRS-T4.1", "checked", "an instance: Algorithm 3 accepts each size as chosen", [][2]string{{"contention", "CRS-T4.1 checked"}}},
	{"contention-knapsack", "CRS-T4.1", "concluded", "the same, of a law that is too long to be written", [][2]string{{"contention", "CRS-T4.1 concluded"}}},
	{"contention-knapsack", "CRS-T1.5", "checked", "an instance: no scheme guarantees more than a number", [][2]string{{"contention", "CRS-T1.5"}}},
	{"contention-rationing", "CRS-D4", "checked", "targets lie in the ex-ante region", [][2]string{{"a region", "CRS-D4"}}},
	{"contention-rationing", "CRS-D4", "refuted", "targets lie outside", [][2]string{{"a region", "CRS-D4 refuted"}}},
	{"contention-rationing", "CRS-T1.1", "checked", "an instance: a scheme serves each agent with at least α of its target", [][2]string{{"services", "CRS-T1.1 checked"}, {"services by choices", "CRS-T1.1 checked"}, {"contention", "CRS-T1.1 concluded"}}},
	{"contention-rationing", "CRS-T1.1", "concluded", "the same, of a law that is too long to be written", [][2]string{{"contention", "CRS-T1.1 concluded"}}},
	{"contention-rationing", "CRS-D4-largest", "checked", "the largest target of all", [][2]string{{"a region", "CRS-D4-largest"}}},
	{"contention-phi", "CRS-P3.2", "proved", "of φ, for one ρ", [][2]string{{"contention", "CRS-P3.2"}}},
	{"contention-phi", "CRS-P3.6", "proved", "of γ, for one ρ", [][2]string{{"contention", "CRS-P3.6"}}},
	{"contention-phi", "CRS-P4.3", "proved", "of φ of the knapsack problem", [][2]string{{"contention", "CRS-P4.3"}}},
	{"contention-uniform", "CRS-U", "proved", "the closed form, for all N and ρ", [][2]string{{"contention", "CRS-U"}}},
	{"contention-uniform", "CRS-T1.3", "concluded", "by an estimate of the format page", [][2]string{{"contention", "CRS-T1.3"}}},
	{"contention-uniform", "CRS-T3.4", "concluded", "by an estimate of the format page", [][2]string{{"contention", "CRS-T3.4"}}},
	{"contention-uniform", "CRS-T1.5", "concluded", "by an estimate of the format page", [][2]string{{"contention", "CRS-T1.5"}}},
	{"", "", "", "", [][2]string{{"instances", "P*"}, {"a false exponent", "P*"}, {"contention", "CRS-L3.3"}, {"contention", "CRS-L3.5"}, {"contention", "CRS-T1.4"}, {"contention", "CRS-P4.5"},
		{"contention", "CRS-LC.1"}, {"contention", "CRS-LC.2"}, {"contention", "CRS-LC.3"}, {"contention", "CRS-L2.2"}, {"units", "CRS-KLP"}, {"orders", "CRS-OLP"}}},
}

// strength orders statuses: a claim that takes the place of another has one that is no weaker.
var strength = map[string]int{"checked": 1, "concluded": 2, "proved": 3, "refuted": 4}

const claimsHead = `# Claims of certificates

What certificates of the first format claimed, and what takes the place of each claim now: no row says less, and a test compares this page with
what the checker says. In words it is for the statements below, whose theorems have the digests there: another K, or other numbers, make other theorems with
other digests, which prover and checker print. A claim rests on the theorems whose numbers are beside it.

| first format | said | now | in words | theorems |
|---|---|---|---|---|
`

// A sample is a statement, with each claim that it can make and the theorems without which it does not.
type sample struct {
	kernel.Statement
	claims []kernel.Claim
	needs  []string
}

// sampleOf reads a statement, and finds its claims by what is made of all outcomes but one.
func sampleOf(t *testing.T, name string) sample {
	t.Helper()
	s, err := kernel.ReadStatement([]byte(`{"builder":`+written[name]+`}`), Builders)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	p := sample{Statement: s}
	all := slices.Repeat([]kernel.Outcome{kernel.Proved}, s.Count)
	add := func(c kernel.Claim, from []kernel.Outcome) {
		if slices.Contains(p.claims, c) {
			return
		}
		p.claims, p.needs = append(p.claims, c), append(p.needs, needs(s, c, from))
	}
	for _, c := range s.Claims(all) {
		add(c, all)
	}
	for k := range all {
		outcomes := slices.Clone(all)
		outcomes[k] = kernel.Refuted
		for _, c := range s.Claims(outcomes) {
			add(c, outcomes)
		}
	}
	return p
}

// needs are the theorems that a claim follows from, "or" between the ways in which it does, if there are several with at
// most two theorems each.
func needs(s kernel.Statement, c kernel.Claim, from []kernel.Outcome) string {
	follows := func(from []kernel.Outcome) bool { return slices.Contains(s.Claims(from), c) }
	var all []string
	for k := range from {
		without := slices.Clone(from)
		if without[k] = kernel.Open; !follows(without) {
			all = append(all, fmt.Sprint(k))
		}
	}
	if len(all) > 0 {
		return strings.Join(all, ", ")
	}
	// No theorem is in every way: one that is enough alone, then two of the others.
	enough := make([]bool, len(from))
	for _, apart := range []bool{false, true} {
		for k := range from {
			for j := range k + 1 {
				with := make([]kernel.Outcome, len(from))
				with[j], with[k] = from[j], from[k]
				switch {
				case apart == (j == k) || enough[j] || enough[k] || !follows(with):
				case apart:
					all = append(all, fmt.Sprintf("%d, %d", j, k))
				default:
					enough[k] = true
					all = append(all, fmt.Sprint(k))
				}
			}
		}
	}
	return strings.Join(all, " or ")
}

// find is the claim with a tag, and with a status if there are several.
func (s sample) find(tag string) (c kernel.Claim, needs string, found bool) {
	for k, c := range s.claims {
		if tag == c.Tag || tag == c.Tag+" "+c.Status {
			return c, s.needs[k], true
		}
	}
	return c, "", false
}

// docs/claims.md has what became of each claim of the first format, with its words and digests.
func TestClaimsPage(t *testing.T) {
	var b strings.Builder
	b.WriteString(claimsHead)
	samples := map[string]sample{}
	listed := map[string]bool{}
	cell := func(text string) string { return strings.ReplaceAll(strings.ReplaceAll(text, "|", `\|`), "*", `\*`) }
	for _, old := range successions {
		was := "–"
		if old.tag != "" {
			was = old.kind + ": " + old.tag + " " + old.status
		}
		for _, now := range old.now {
			s, read := samples[now[0]]
			if !read {
				s = sampleOf(t, now[0])
				samples[now[0]] = s
			}
			c, needs, found := s.find(now[1])
			if !found || strength[c.Status] < strength[old.status] && !slices.ContainsFunc(old.now, func(n [2]string) bool {
				other, _, _ := samples[n[0]].find(n[1])
				return strength[other.Status] >= strength[old.status]
			}) {
				t.Errorf("%s %s: %v is no claim of %q, or weaker", old.tag, old.status, now[1], now[0])
			}
			listed[now[0]+c.Tag+c.Status] = true
			fmt.Fprintf(&b, "| %s | %s | %s %s | %s | %s: %s |\n", cell(was), cell(old.said), cell(c.Tag), c.Status, cell(c.Text), now[0], needs)
			was, old.said = "", ""
		}
	}
	b.WriteString("\nThe statements, as documents have them, and their theorems:\n")
	for _, name := range slices.Sorted(maps.Keys(samples)) {
		s := samples[name]
		// Of one builder the theorems that do not depend on numbers are listed once.
		first := 0
		if s.Title == samples["contention"].Title && name != "contention" {
			texts, _ := Contention()
			first = len(texts)
		}
		fmt.Fprintf(&b, "\n**%s** `{\"builder\":%s}`\n\n| | theorem | sha256 |\n|---|---|---|\n", name, written[name])
		if first > 0 {
			fmt.Fprintf(&b, "| 0 to %d | those of *contention* | |\n", first-1)
		}
		for k := first; k < s.Count; k++ {
			theorem := s.Theorem(k)
			fmt.Fprintf(&b, "| %d | %s | `%s` |\n", k, theorem.Name, theorem.Digest())
		}
		for k, c := range s.claims {
			if first == 0 && !listed[name+c.Tag+c.Status] && !(name == "models" || name == "instances" || name == "a false exponent") {
				t.Errorf("the page has no row for %s %s of %q, %s", c.Tag, c.Status, name, s.needs[k])
			}
		}
	}
	const page = "../../docs/claims.md"
	if *update {
		if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if content, err := os.ReadFile(page); err != nil || string(content) != b.String() {
		t.Errorf("%s is not what the checker says (%v); after a change of a builder run this test with -update", page, err)
	}
}
