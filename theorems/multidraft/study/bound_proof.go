package study

import (
	"context"
	"fmt"

	"pstar/theorems"
	"pstar/theorems/multidraft/convexity"
	"pstar/witness"
)

// methodSteps is the proof of package convexity, replayed by the checker.
const methodSteps = "steps of a certificate"

// proveDraws raises the claims on draws without replacement for which there is more than
// instances: MD-W2 is proved for the cell, MD-W1 concluded from what is proved with it, and
// MD-W3 from MD-W2. It does nothing for a cell that is too large. The error is
// [*witness.Refused], a fault of the program, if the checker does not accept the proof, or that of ctx.
func proveDraws(ctx context.Context, k, n int, r *theorems.Report) error {
	// A cell beyond the limit of words keeps its comparisons on instances.
	proofs, fits := convexity.Cell(k, n)
	if !fits {
		return nil
	}
	// The claims are raised only for what the checker took, so that no status rests on the code
	// that found the proof.
	accepted, err := witness.Accept(ctx, witness.Literal(proofs))
	if err != nil {
		// What is asked of these is more than instances.
		for j := range r.Claims {
			if c := &r.Claims[j]; c.Status == theorems.Checked && (c.Tag == TagConvex || c.Tag == TagDistinctBest || c.Tag == TagDistinctPrefix) {
				c.Status, c.Scope = theorems.Undecided, "stopped before it was proved for the cell; checked on "+c.Scope
			}
		}
		return err
	}
	for j := range r.Claims {
		c := &r.Claims[j]
		if c.Status != theorems.Checked { // a counterexample is told as it is
			continue
		}
		switch c.Tag {
		case TagConvex:
			c.Status, c.Methods = theorems.Proved, []string{methodSteps}
			tokens := "tokens"
			if n == 2 {
				tokens = "token"
			}
			c.Scope = fmt.Sprintf("all p, S of up to %d %s; checked besides on %s", n-1, tokens, c.Scope)
		case TagDistinctBest:
			c.Status, c.Methods = theorems.Concluded, []string{"B(S) ≤ p(S)^K by " + methodSteps, "MD-T3"}
			c.Scope = "all p and q; checked besides on " + c.Scope
		case TagDistinctPrefix: // a set that is no prefix has an x and a y that may be exchanged
			c.Status, c.Methods = theorems.Concluded, []string{"MD-W2 by " + methodSteps, "an exchange of two tokens"}
			c.Scope = "all p and q; checked besides on " + c.Scope
		}
	}
	// The very document that was accepted, so that who checks it again has the same bytes.
	r.Documents = append(r.Documents, func() (theorems.Document, error) { return accepted, nil })
	return nil
}
