package statement

import (
	"fmt"
	"slices"
	"strings"

	"pstar/certificate/kernel"
)

// An instance is a law of k drafts of n tokens and a target q, with what the optimum is said to
// be:
//
//	"drafts":DRAFTS,"target":LAW,"value":NUM,"cut":[TOKEN,…]
//
// For the tokens of the cut, S, q(S) + 1 − B(S) is the value, where B(S) is the probability
// that all drafts are in S.
//
// Its theorem, kind feasible: a_T(i) ≥ 0, for the sets T of drafted tokens that have a positive
// probability b_T and i in T, with Σ_i a_T(i) ≤ b_T, Σ_T a_T(i) ≤ q_i and Σ a_T(i) ≥ P exist if
// and only if P ≤ value.
//
// Why this is the optimum. A selection rule that puts out i with the drafts T with probability
// g_T(i) gives a_T(i) = g_T(i), i in T, and is accepted with probability Σ a_T(i). From a_T(i)
// comes a rule: draw i with the drafts T with probability a_T(i), and else from what is left of
// q, which has the same total as what is left of b. Importance weights that choose i with the
// drafts T with at least a_T(i) reach Σ min(q_i, Σ_T a_T(i)) = Σ a_T(i), and are a selection
// rule with what follows them. A rule is accepted only if its output is in S or a draft is not
// in S, for any set S, so that no q(S) + 1 − B(S) is less.
type instance struct {
	k, n   int
	drafts *family
	law    law // of a draft, if the drafts are iid
	iid    bool
	target law
	each   []kernel.Num // q_i
	value  kernel.Num
	cut    []int
}

// readInstance reads the members of an instance.
// The cut is checked here, with numbers, before any proof is read: it says that the optimum is
// at most the value, and the theorem, that it is at least that.
func readInstance(r *kernel.Reader, k, n int) *instance {
	x := &instance{k: k, n: n}
	// The law of one draft is kept for the builder "exponent".
	x.drafts, x.law = readDrafts(r.Member("drafts"), k, n)
	x.iid = x.law.weights != nil
	x.target = readLaw(r.Member("target"), n)
	for _, w := range x.target.weights {
		x.each = append(x.each, r.Over(w, x.target.total))
	}
	kept(r, x.each...)
	x.value = r.Member("value").Number()
	inside := map[int]bool{}
	x.cut = readTokens(r.Member("cut"), n)
	// q(S) + 1 − B(S), term by term.
	bound := one
	for _, i := range x.cut {
		inside[i] = true
		bound = r.Plus(bound, x.each[i])
	}
	for t, set := range x.drafts.sets {
		r.Count(len(set)+len(set)*len(set), len(set)*len(set)/4) // it stands in a name for each of its tokens
		if !slices.ContainsFunc(set, func(i int) bool { return !inside[i] }) {
			bound = r.Plus(bound, x.drafts.probs[t].Neg())
		}
	}
	if !bound.Equal(x.value) {
		r.Fail("q(S) + 1 - B(S) of the cut is %v", bound)
	}
	return x
}

// readTokens reads a list of ascending tokens.
// They are counted from 1 in a document, and from 0 here.
func readTokens(r *kernel.Reader, n int) (list []int) {
	least := 1
	for range r.List() {
		i := r.Below(least, n+1)
		list, least = append(list, i-1), i+1
		r.Count(0, 1)
	}
	return list
}

// theorem makes the theorem of the optimum.
// A fact for each set and each token, as in a transport; tokens that are in no set have none,
// since nothing is asked of them.
func (x *instance) theorem(name string) *kernel.Theorem {
	t := write(name, kernel.Feasible)
	// P ≤ value is all that is said of P.
	bound := t.symbol("p", "P")
	t.row(kernel.GE, term(x.value), less(bound))
	all, byToken := less(bound), make([]kernel.Poly, x.n) // Σ a_T(i) − P, and −Σ_T a_T(i)
	var bySet []kernel.Poly
	for k, set := range x.drafts.sets {
		// b_T, less what the drafts T give.
		left, name := term(x.drafts.probs[k]), setName(set)
		for _, i := range set {
			a := t.symbol("u+", "a[%s,%d]", name, i+1)
			left, byToken[i], all = append(left, less(a)...), append(byToken[i], less(a)...), append(all, a...)
		}
		bySet = append(bySet, left)
	}
	// The order of the facts is fixed: the total, the sets, the tokens. Proofs name them by
	// number.
	t.fact(kernel.GE, all)
	for _, left := range bySet {
		t.fact(kernel.GE, left)
	}
	for i, given := range byToken {
		// A token of no set has no fact: there would be none to hold.
		if len(given) > 0 {
			t.fact(kernel.GE, term(x.each[i]), given)
		}
	}
	return &t.Theorem
}

// MaxDrafts is the largest number of drafts.
// Products of probabilities have degree K, and terms at most 64 symbols.
const MaxDrafts = 64

// readShape reads the numbers of drafts and tokens.
// One token is allowed, and one draft.
func readShape(r *kernel.Reader) (k, n int) {
	k = r.Member("k").Below(1, MaxDrafts+1)
	return k, r.Member("n").Below(1, kernel.MaxSymbols)
}

// readInstances reads "k":K,"n":N,"instances":[{…},…].
// The list may be empty, and then nothing is claimed.
func readInstances(r *kernel.Reader) kernel.Statement {
	k, n := readShape(r)
	var list []*instance
	for range r.Member("instances").List() {
		r.Open('{')
		list = append(list, readInstance(r, k, n))
		r.Close('}')
		r.Count(0, 16)
	}
	return kernel.Statement{
		Title:   fmt.Sprintf("K = %s, N = %s, %s", Many(k, "draft"), Many(n, "token"), Many(len(list), "instance")),
		Count:   len(list),
		Theorem: func(k int) *kernel.Theorem { return list[k].theorem(fmt.Sprintf("optimum %d", k)) },
		Claims:  func(o []kernel.Outcome) []kernel.Claim { return instanceClaims(list, o) },
	}
}

const optimumWords = "the largest probability of acceptance over all selection rules, which importance weights followed by single-draft speculative sampling attain, and the least q(S) + 1 - B(S) over all S, is "

// instanceClaims are what the optima say if all are proved.
// All or nothing: values are listed in order, and one that is open would leave a gap.
func instanceClaims(list []*instance, o []kernel.Outcome) []kernel.Claim {
	var values []string
	var iid, other int
	for k, x := range list {
		if !proved(o, k) {
			return nil
		}
		values = append(values, x.value.String())
		if x.iid {
			iid++
		} else {
			other++
		}
	}
	// A document without instances would otherwise claim a list of no values.
	if len(list) == 0 {
		return nil
	}
	claims := []kernel.Claim{{Tag: "P*", Status: "proved", Text: optimumWords + strings.Join(values, ", ") + " for the instances of the document, in order"}}
	checked := func(count int, tag, text string) {
		if count > 0 {
			claims = append(claims, kernel.Claim{Tag: tag, Status: "checked", Text: "on " + Many(count, "instance") + " of the document, " + text})
		}
	}
	// A theorem for all p and q is not proved by instances, and the word says so.
	checked(iid, "MD-T1", "with iid drafts, P* = M: the optima over all selection rules and of importance weights are the same")
	checked(iid, "MD-T2", "with iid drafts, M = 1 iff q(S) >= p(S)^K for all S")
	checked(iid, "MD-T3", "with iid drafts, M = min over S of q(S) + 1 - p(S)^K")
	checked(other, "MD-T4", "with other drafts, P* = M: the optima over all selection rules and of importance weights are the same")
	return claims
}
