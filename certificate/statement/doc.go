// Package statement builds the theorems that certificates are about. It is trusted: that the
// facts of a proof are those of the theorem of a paper is what a builder says, and each builder
// can be read alone. It imports only the kernel, which checks the proofs.
package statement

import (
	"slices"
	"strconv"

	"pstar/certificate/kernel"
)

// Builders are the builders by name, without the literal statement, which the kernel reads
// itself. The name stands in the document, and says in which language the rest of the statement
// is.
var Builders = map[string]kernel.Builder{
	"cell":        readCell,
	"contention":  readContention,
	"elimination": readElimination,
	"exponent":    readExponent,
	"instances":   readInstances,
	"orders":      readOrders,
	"polyhedron":  readPolyhedron,
	"program":     readProgram,
	"units":       readUnits,
	"vocabulary":  readVocabulary,
}

// The numbers of nearly all terms.
var one, minus = kernel.Int(1), kernel.Int(-1)

// proved says whether all of these theorems are.
func proved(outcomes []kernel.Outcome, theorems ...int) bool {
	for _, k := range theorems {
		if outcomes[k] != kernel.Proved {
			return false
		}
	}
	return true
}

// A Conditional is a claim that follows if these theorems are proved.
type Conditional struct {
	kernel.Claim
	Theorems []int
}

// follows is a claim that is proved if these theorems are.
func follows(tag, text string, theorems ...int) Conditional {
	return Conditional{kernel.Claim{Tag: tag, Status: "proved", Text: text}, theorems}
}

// conclude are the claims that follow. One that has two proofs is made once.
func conclude(o []kernel.Outcome, list ...Conditional) (claims []kernel.Claim) {
	for _, c := range list {
		if proved(o, c.Theorems...) && !slices.Contains(claims, c.Claim) {
			claims = append(claims, c.Claim)
		}
	}
	return claims
}

// single is the statement of one theorem, from which the claims follow, all of them, if it is
// proved. None follows from a point at which it fails.
func single(title string, t *kernel.Theorem, claims ...kernel.Claim) kernel.Statement {
	return kernel.Statement{
		Title:   title,
		Count:   1,
		Theorem: func(int) *kernel.Theorem { return t },
		Claims: func(outcomes []kernel.Outcome) []kernel.Claim {
			if proved(outcomes, 0) {
				return claims
			}
			return nil
		},
	}
}

// Many is a number with what is counted.
// It is for titles and claims.
func Many(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}
