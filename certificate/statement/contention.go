package statement

import (
	_ "embed" // contention.txt
	"fmt"
	"strings"
	"sync"

	"pstar/certificate/kernel"
)

//go:embed contention.txt
var contentionText string

// Contention returns the texts of the theorems of the builder "contention" that hold for all
// instances, and the claims. A line is
//
//	theorem NUMBER: NAME                   the first of a theorem, see fromText
//	claim TAG STATUS NUMBER…: WORDS        the theorems that it needs
//	# …                                    for people
//
// The file is read once. A mistake in it is one of this package, and panics.
var Contention = sync.OnceValues(func() (texts []string, claims []Conditional) {
	for line := range strings.Lines(contentionText) {
		head, rest, _ := strings.Cut(line, ": ")
		// A line for people, the first of a theorem, a claim, or one more line of the theorem
		// before.
		switch words := strings.Fields(head); {
		case len(words) == 0 || strings.HasPrefix(line, "#"):
		case len(words) == 2 && words[0] == "theorem":
			// Claims name theorems by number: one that is left out would move all behind it.
			if words[1] != fmt.Sprint(len(texts)) {
				panic("statement: theorems are not numbered in order")
			}
			texts = append(texts, "theorem "+rest)
		case len(words) > 3 && words[0] == "claim":
			c := Conditional{Claim: kernel.Claim{Tag: words[1], Status: words[2], Text: strings.TrimSpace(rest)}}
			for _, word := range words[3:] {
				var k int
				fmt.Sscan(word, &k)
				c.Theorems = append(c.Theorems, k)
			}
			claims = append(claims, c)
		default:
			texts[len(texts)-1] += line
		}
	}
	return texts, claims
})

// ContentionTheorem returns theorem k of the builder "contention", and the names in its text.
func ContentionTheorem(k int) (*kernel.Theorem, *Forms) {
	texts, _ := Contention()
	return fromText(texts[k])
}

// onNumbers is a theorem on numbers of a document, and what it claims.
// A claim on numbers is "checked", however it was proved: it is not for all instances.
type onNumbers struct {
	theorem              func() *kernel.Theorem
	tag, proved, refuted string
}

// readContention reads instances, if there are any, whose theorems stand behind those that hold
// for all instances:
//
//	("x":[NUM,…],"value":NUM)("choice":CHOICE("sizes":SIZES))("agents":AGENTS(,"largest":NUM)(,"served":SERVED))
//
// The theorems for all instances are always there, whether a document proves them or not: so
// their numbers are the same in every document.
func readContention(r *kernel.Reader) kernel.Statement {
	texts, claims := Contention()
	instances := readOnNumbers(r)
	return kernel.Statement{
		Title: "contention resolution",
		Count: len(texts) + len(instances),
		Theorem: func(k int) *kernel.Theorem {
			if k >= len(texts) {
				return instances[k-len(texts)].theorem()
			}
			// Made anew each time: its text is short.
			t, _ := ContentionTheorem(k)
			return t
		},
		Claims: func(outcomes []kernel.Outcome) (list []kernel.Claim) {
			list = conclude(outcomes, claims...)
			for k, i := range instances {
				switch o := outcomes[len(texts)+k]; {
				case o == kernel.Proved:
					list = append(list, kernel.Claim{Tag: i.tag, Status: "checked", Text: i.proved})
				case o == kernel.Refuted && i.refuted != "":
					list = append(list, kernel.Claim{Tag: i.tag, Status: "refuted", Text: i.refuted})
				}
			}
			return list
		},
	}
}

func readOnNumbers(r *kernel.Reader) (list []onNumbers) {
	var x []kernel.Num
	var c *choice
	// Theorems of the instance are numbered behind those for all, in this order.
	if r.Has("x") {
		var value kernel.Num
		x, value = readUnit(r)
		list = append(list, onNumbers{tag: "CRS-LP", proved: fmt.Sprintf("for the %d probabilities of the document LPOPT is %v", len(x), value),
			theorem: func() *kernel.Theorem { return unitTheorem(x, value) }})
	}
	if r.Has("choice") {
		c = readChoice(r)
		list = append(list, onNumbers{tag: "CRS-D5", proved: "the choice of the document is feasible (Definition 5)", theorem: made(c.theorem(r))})
		if r.Has("sizes") {
			list = append(list, onNumbers{tag: "CRS-T4.1", proved: "with the sizes of the document, Algorithm 3 accepts every size of every element with exactly the probability of the choice of the document",
				theorem: made(readSized(r, c))})
		}
	}
	if r.Has("agents") {
		agents := readAgents(r)
		// Probability i is the supply of agent i.
		if x != nil && len(x) != len(agents) {
			r.Fail("there are %d agents and %d probabilities", len(agents), len(x))
		}
		// The one claim that may be refuted.
		targets := onNumbers{tag: "CRS-D4", proved: "the targets of the document lie in the ex-ante region", theorem: region{agents: agents, x: x}.theorem}
		if x == nil { // with x, it would be refuted that the targets are met from just these supplies
			targets.refuted = "the targets of the document lie outside the ex-ante region, so that no algorithm meets them, by CRS-L2.1"
		}
		list = append(list, targets)
		// Without x: the largest target is about the region, whatever the supplies.
		if r.Has("largest") {
			t := r.Number()
			list = append(list, onNumbers{tag: "CRS-D4-largest", proved: fmt.Sprintf("the largest target that all agents of the document can have together is %v", t),
				theorem: region{agents: agents, largest: &t}.theorem})
		}
		if r.Has("served") {
			t, words := readServed(r, agents, c)
			list = append(list, onNumbers{tag: "CRS-T1.1", proved: words, theorem: made(t)})
		}
	}
	return list
}

// made is a theorem that was made, and counted, while its numbers were read.
func made(t *kernel.Theorem) func() *kernel.Theorem { return func() *kernel.Theorem { return t } }
