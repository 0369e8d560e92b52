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

// A ContentionClaim is what theorems of the builder "contention" say when all of them are proved.
type ContentionClaim struct {
	kernel.Claim
	Theorems []int
}

// Contention returns the texts of the theorems of the builder "contention" that hold for all instances, and the claims. A line is
//
//	theorem NUMBER: NAME                   the first of a theorem, see fromText
//	claim TAG STATUS NUMBER…: WORDS        the theorems that it needs
//	# …                                    for people
var Contention = sync.OnceValues(func() (texts []string, claims []ContentionClaim) {
	for line := range strings.Lines(contentionText) {
		head, rest, _ := strings.Cut(line, ": ")
		switch words := strings.Fields(head); {
		case len(words) == 0 || strings.HasPrefix(line, "#"):
		case len(words) == 2 && words[0] == "theorem":
			if words[1] != fmt.Sprint(len(texts)) {
				panic("statement: theorems are not numbered in order")
			}
			texts = append(texts, "theorem "+rest)
		case len(words) > 3 && words[0] == "claim":
			c := ContentionClaim{Claim: kernel.Claim{Tag: words[1], Status: words[2], Text: strings.TrimSpace(rest)}}
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

// readContention reads an instance of a single unit, if there is one:
//
//	("x":[NUM,…],"value":NUM)
//
// Its theorem stands behind those of all instances.
func readContention(r *kernel.Reader) kernel.Statement {
	texts, claims := Contention()
	s := kernel.Statement{Title: "contention resolution", Count: len(texts)}
	var instance *unit
	if r.Has("x") {
		instance = readUnit(r)
		s.Title, s.Count = fmt.Sprintf("%s, %d elements", s.Title, len(instance.x)), s.Count+1
	}
	s.Theorem = func(k int) *kernel.Theorem {
		if k == len(texts) {
			return UnitTheorem(instance.x, instance.value)
		}
		t, _ := ContentionTheorem(k)
		return t
	}
	s.Claims = func(outcomes []kernel.Outcome) (list []kernel.Claim) {
		for _, c := range claims {
			if c.holds(outcomes) {
				list = append(list, c.Claim)
			}
		}
		if instance != nil && outcomes[len(texts)] == kernel.Proved {
			list = append(list, kernel.Claim{Tag: "CRS-LP", Status: "checked", Text: fmt.Sprintf("for the x of the document LPOPT is %v", instance.value)})
		}
		return list
	}
	return s
}

func (c ContentionClaim) holds(outcomes []kernel.Outcome) bool {
	for _, k := range c.Theorems {
		if outcomes[k] != kernel.Proved {
			return false
		}
	}
	return true
}
