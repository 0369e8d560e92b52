package statement

import (
	"fmt"

	"pstar/certificate/kernel"
)

// readVocabulary reads an instance of k drafts, iid from p, of any number of tokens, without
// its sets of drafted tokens:
//
//	"k":K,"n":N,"drafts":LAW,"target":LAW,"value":NUM,"cut":[TOKEN,…]
//
// For the tokens of the cut, S, q(S) + 1 − p(S)^K is the value. The theorem is that it is at
// least the value for all S, see [power]. A vocabulary has too many drafted sets to be listed:
// that the least q(S) + 1 − p(S)^K is the optimum is then a lemma, which the claim names, and
// only the minimum is proved.
func readVocabulary(r *kernel.Reader) kernel.Statement {
	k, n := readShape(r)
	var p power
	p.drafts = readLaw(r.Member("drafts"), n)
	p.target = readLaw(r.Member("target"), n)
	value := r.Member("value").Number()
	p.read(r, k)
	// Of the cut: that the value is attained by a set.
	var drafted, targeted kernel.Num
	for _, i := range readTokens(r.Member("cut"), n) {
		drafted, targeted = r.Plus(drafted, p.drafts.weights[i]), r.Plus(targeted, p.target.weights[i])
	}
	all := one
	for range k {
		all = r.Times(all, r.Over(drafted, p.drafts.total))
	}
	bound := r.Plus(r.Plus(r.Over(targeted, p.target.total), one), all.Neg())
	if !bound.Equal(value) {
		r.Fail("q(S) + 1 - p(S)^K of the cut is %v", bound)
	}
	p.atLeast(r, value)
	return single(fmt.Sprintf("K = %s, iid, N = %s", Many(k, "draft"), Many(n, "token")), p.theorem("minimum"),
		kernel.Claim{Tag: "MIN", Status: "proved", Text: "for the laws of the document, the least q(S) + 1 - p(S)^K over all sets S of tokens is " + value.String()},
		kernel.Claim{Tag: "P*", Status: "concluded", Text: "by MD-T3 for any number of tokens, that a largest flow is a smallest cut, " + value.String() + " is the largest probability of acceptance over all selection rules"})
}
