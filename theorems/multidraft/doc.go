// Package multidraft states and verifies the theorems of multi-draft
// speculative sampling.
//
// # Notation
//
// Tokens are the numbers 1..n in everything printed and 0..n-1 in Go; Ω is the
// set of all of them. The drafts X_1, ..., X_K are random tokens with some
// joint law ([Drafts]); the draft distribution is p, the target distribution q,
// and for a set S of tokens p(S) and q(S) are sums. A support is a set T that
// the drafts may form, 1 <= |T| <= min(K, n); supports are listed in canonical
// order, by size and then lexicographically ([Supports]). The law of the
// drafts enters only by
//
//	b_T = Pr({X_1, ..., X_K} = T)   and   B(S) = sum of b_T over T within S.
//
// A token-level selection rule is a law P(z|x) of the selected token Z, any
// token of Ω, given the drafts x, under which Z has law q. P*, the best
// acceptance probability, is the largest Pr(Z is one of the drafts).
//
// # Statements
//
//	MD-T1  P* is the largest sum of min(q_i, p_I(i)) over the laws p_I of a token chosen among iid drafts.
//	MD-T2  P* = 1 if and only if q(S) >= B(S) for all S.
//	MD-T3  P* is the least q(S) + 1 - B(S) over all S.
//	MD-T4  MD-T1 for any joint law of the drafts.
//
// For iid drafts B(S) = p(S)^K. MD-T2 and MD-T3 for K = 2 are theorems of the
// paper that introduced the canonical decomposition; for K > 2 it conjectured
// them, and later work proved them.
//
// # Instances
//
// An [Instance] is a law of the drafts with a target. [CrossCheck] finds its P*
// by linear programs, flows and closed forms, demands that they agree, and
// returns a selection rule that attains P* and a set that proves it optimal.
// [Generate] makes random and adversarial instances.
//
// # Settings and schemes
//
// A [Setting] is the same for alphabets of any size, such as the vocabulary of a
// language model. [Setting.Optimum] gives P* with the sets that bind, by one sort
// for iid drafts and by a largest flow otherwise, and [Setting.OptimalRule] a rule
// that attains it.
//
// A [Scheme] is one of the ways to select a token that the papers describe;
// [Schemes] lists them. [Scheme.Evaluate] computes its acceptance probability and
// the law of its output exactly, [Evaluation.Decide] what it does with given drafts,
// and [Evaluation.Simulate] draws from it. Where a scheme rests on an algebraic
// number the acceptance is an [Enclosure] between two rationals.
//
// A rule of one's own is a [Table]: [Setting.CheckRule] says whether it is a
// selection rule, whether it is lossless, that is, its output has law q exactly, and
// whether it attains P*. See the example of the package for a test of it.
//
// [SearchBounds] compares both sides of the papers' bounds, and of questions that
// are open, on many instances; that no counterexample was found proves nothing.
package multidraft
