package cell

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
	"pstar/witness"
)

// statement returns a claim in words, with p(S)^e in place of p(S)^K. M stands for the
// optimum of the importance-sampling program, which is a transport program: the
// cones settle M, and that P* is M is a claim of its own.
func statement(tag string, e int) string {
	// In the words of the registry, so that no claim has two wordings.
	return strings.ReplaceAll(multidraft.Statement(tag), "^K", fmt.Sprintf("^%d", e))
}

// Claims returns the standing of the claims that the options asked for, in
// order of tag. The cones and the elimination prove MD-T2 and MD-T3 for the importance-sampling program,
// for all q and all draft laws. That its optimum is that of the selection rules
// is MD-T1 and MD-T4, which the identities prove with the two others, and which are checked on instances besides.
func (r *Report) Claims() theorems.Claims {
	var claims theorems.Claims
	// In the order in which papers number them.
	for _, tag := range []string{"MD-T1", "MD-T2", "MD-T3", "MD-T4"} {
		c := theorems.Claim{Tag: tag, Statement: statement(tag, r.Exponent)}
		if r.settle(&c) {
			claims = append(claims, c)
		}
	}
	return append(claims, r.lemmaClaims()...)
}

// lemmaClaims are the claims of the elimination lemmas, each with what was dropped in its own
// stage, and of Remark 4, which is what the plain projection shows. Another exponent than K
// concerns none of them.
func (r *Report) lemmaClaims() (claims theorems.Claims) {
	if !r.Options.Elimination || r.Exponent != r.K {
		return nil
	}
	for _, lemma := range []Lemma{LemmaFeasible, LemmaSelected, LemmaOptimum} {
		c := theorems.Claim{Tag: string(lemma), Statement: multidraft.Statement(string(lemma)), Status: theorems.Undecided}
		// One that was stopped has finished no stage that could be told apart.
		if r.Elimination != nil {
			all, _ := r.Elimination.Dropped(lemma)
			c.Status, c.Methods, c.Scope = theorems.Proved, []string{MethodElimination}, fmt.Sprintf("%d combinations dropped", all)
		}
		claims = append(claims, c)
	}
	// Where the projection would be too large it is not asked for, and MD-T2 says that alone.
	if r.Projection != nil {
		claims = append(claims, theorems.Claim{Tag: "MD-REM4", Statement: multidraft.Statement("MD-REM4"), Status: theorems.Proved,
			Methods: []string{MethodProjection}, Scope: fmt.Sprintf("%d rows", len(r.Projection.Rows))})
	}
	return claims
}

// settle fills in a claim; it reports false if the options do not concern it.
func (r *Report) settle(c *theorems.Claim) bool {
	switch {
	// Before all else: the methods below are about the exponent K.
	case r.Exponent != r.K:
		return r.settleExponent(c)
	case c.Tag == "MD-T1":
		return r.settleEquality(c, func(m string) bool { return m == multidraft.ModelIID })
	case c.Tag == "MD-T4":
		return r.settleEquality(c, func(m string) bool { return m != multidraft.ModelIID })
	// No proof was asked for: what is left for MD-T2 and MD-T3 are the instances.
	case !r.proves() && !r.Options.Plain && !r.Options.Domain && !r.Options.Elimination:
		return r.settleInstances(c, func(m string) bool { return m == multidraft.ModelIID })
	}
	r.settleProof(c)
	return true
}

// settleEquality judges MD-T1 or MD-T4 by the identities and by the instances of some models:
// proved, if both came out that were asked for.
func (r *Report) settleEquality(c *theorems.Claim, concerns func(model string) bool) bool {
	instances := r.settleInstances(c, concerns)
	switch {
	// Cones and elimination are about M alone and say nothing of P* = M.
	case !r.proves():
		return instances
	case instances && c.Status != theorems.Checked: // refuted or undecided
		return true
	// Asked for and not finished: instances alone are less than was asked for.
	case r.Identity == nil:
		c.Status = theorems.Undecided
	default:
		c.Status = theorems.Proved
		c.Methods = append([]string{MethodIdentity}, c.Methods...)
		if !instances { // there are no laws of these models, and so nothing to count
			c.Scope = ""
		}
	}
	return true
}

// settleProof judges MD-T2 or MD-T3 by the identities, the cones and the elimination: all that
// were asked for must have come out.
func (r *Report) settleProof(c *theorems.Claim) {
	// MD-T2 is the feasibility cone and MD-L2; MD-T3 the optimum cone, and MD-L3 with MD-L4.
	proof, lemmas := r.Feasibility, []Lemma{LemmaFeasible}
	if c.Tag == "MD-T3" {
		proof, lemmas = r.Optimum, []Lemma{LemmaSelected, LemmaOptimum}
	}
	cones := r.Options.Plain || r.Options.Domain
	c.Status = theorems.Undecided
	others := cones || r.Options.Elimination
	// Supports stands for the identity B(S) = p(S)^K, without which cones and elimination prove
	// the form with B alone. One method that is missing leaves the claim open, even if another
	// came out.
	if r.proves() && r.Identity == nil || others && r.Supports == nil || cones && proof == nil || r.Options.Elimination && r.Elimination == nil {
		return
	}
	c.Status = theorems.Proved
	var scopes []string
	if r.Identity != nil {
		c.Methods = append(c.Methods, MethodIdentity)
	}
	if cones {
		c.Methods = append(c.Methods, proof.Methods...)
		scopes = append(scopes, fmt.Sprintf("%v + %v = %v rays", proof.Bounds, proof.Trivial, proof.Rays()))
	}
	if r.Elimination != nil {
		all, _ := r.Elimination.Dropped(lemmas...)
		c.Methods = append(c.Methods, MethodElimination)
		scopes = append(scopes, fmt.Sprintf("%d combinations dropped", all))
	}
	// The projection is of the transport polytope, and knows no optimum.
	if r.Projection != nil && c.Tag == "MD-T2" {
		c.Methods = append(c.Methods, MethodProjection)
		scopes = append(scopes, fmt.Sprintf("projection of %d rows", len(r.Projection.Rows)))
	}
	c.Scope = strings.Join(scopes, "; ")
}

// settleExponent judges the claims with another exponent than K: refuted by the counterexample, or
// undecided if the search was stopped. They are never proved.
func (r *Report) settleExponent(c *theorems.Claim) bool {
	// No exponent occurs in the two others.
	if c.Tag != "MD-T2" && c.Tag != "MD-T3" {
		return false
	}
	c.Status = theorems.Undecided
	// The methods are those that found P* at the counterexample.
	if r.Refutation != nil {
		c.Status = theorems.Refuted
		c.Methods = r.Refutation.Truth.Methods
		c.Scope = "counterexample"
	}
	return true
}

// settleInstances judges a claim by the instances of some models.
func (r *Report) settleInstances(c *theorems.Claim, concerns func(model string) bool) bool {
	// None were asked for: the claim is left out, as undecided would ask for more time.
	if r.Options.Instances < 0 || !slices.ContainsFunc(r.Options.Models, concerns) {
		return false
	}
	count := 0
	// How often each method ran: the larger programs are not solved for all instances.
	times := map[string]int{}
	for _, in := range r.Instances {
		// Nil: the task was not reached.
		if in.Instance == nil || !concerns(in.Instance.Drafts().Model()) {
			continue
		}
		count++
		for _, m := range in.Agreement.Methods {
			times[m]++
		}
	}
	// Only what ran at least once.
	c.Methods = methodsOn(times, count)
	c.Scope = fmt.Sprintf("%d instances", count)
	switch {
	// A disagreement about another model leaves this claim as it is.
	case r.Disagreement != nil && concerns(r.Disagreement.Instance.Drafts().Model()):
		c.Status = theorems.Refuted
	case r.finished() && count > 0:
		c.Status = theorems.Checked
	case r.finished():
		return false // no law of these models exists for the cell
	default:
		c.Status = theorems.Undecided
	}
	return true
}

// methodsOn lists the methods that ran, in their fixed order; one that did not
// suit the size of every instance says on how many it ran.
func methodsOn(times map[string]int, count int) []string {
	var list []string
	for _, m := range optimum.MethodOrder {
		switch times[m] {
		case 0:
		case count:
			list = append(list, m)
		default:
			list = append(list, fmt.Sprintf("%s on %d", m, times[m]))
		}
	}
	return list
}

// finished reports whether all instances were cross-checked.
// One that was not reached leaves a claim about instances undecided.
func (r *Report) finished() bool {
	return r.Disagreement == nil && !slices.ContainsFunc(r.Instances, func(in CheckedInstance) bool { return in.Instance == nil })
}

// Certificate returns the report as a document for the independent checker: the proof by identities if anything is
// proved, by whatever method; a counterexample; or the optima of the
// instances. It fails if nothing was settled that a certificate could show, or ctx ends, with [*witness.Unwritable] if the format cannot
// hold it.
func (r *Report) Certificate(ctx context.Context) (witness.Document, error) {
	switch {
	case r.Identity != nil:
		return r.Identity, nil
	case r.Refutation != nil:
		return r.Refutation.certificate(r.K)
	// Proved by another method, whose own record no checker reads: the proof by identities is made
	// for the document.
	case r.Supports != nil && (r.Elimination != nil || r.Feasibility != nil && r.Optimum != nil):
		return proveByIdentities(ctx, r.K, r.N)
	}
	// Nothing was proved: what is left are instances with their optima.
	var list []witness.Instance
	for _, in := range r.Instances {
		if in.Instance != nil {
			list = append(list, optimum.InstanceWitness(in.Instance, in.Agreement))
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("nothing was settled that a certificate could show")
	}
	return witness.Instances(r.K, r.N, list)
}
