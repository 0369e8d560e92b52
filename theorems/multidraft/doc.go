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
// They are the rows of [Family], and are written nowhere else; "verify list -paper MD" prints
// them. MD-T1 is about P* and the laws p_I of a token chosen among iid drafts, MD-T4 about any
// joint law; MD-T2 and MD-T3 say when P* is 1, and what it is, by the sums q(S) and B(S). For iid
// drafts B(S) = p(S)^K. For K = 2 they are theorems of the paper that introduced the canonical
// decomposition; for K > 2 it conjectured them, and later work proved them.
//
// # Instances
//
// An [Instance] is a law of the drafts ([Drafts]) with a target, over any number of
// tokens, such as the vocabulary of a language model; what works with the 2^n sets, or
// with supports, is for at most [MaxTokens]. Everything is exact: a [Distribution] is a
// list of integer weights over one unit. [Generate] makes random and adversarial
// instances, and [Instance.Merge] makes one token of those that are never drafted.
//
// # Packages
//
// This package has laws, sets and instances, and decides nothing. The others are
//
//	cell      MD-T2 and MD-T3 for all p, q and laws of the drafts of a cell (K, n)
//	optimum   P* of one instance, by several methods, and its certificates
//	classes   selection rules that a server can run, with their acceptance exactly
//	blocks    how many tokens several steps accept together
//	scheme    what a scheme or a rule of one's own accepts, exactly and by simulation
//	study     families and their curves, bounds of the papers on many instances
//
// in which optimum knows none of the others, scheme, classes and cell know optimum, and study
// knows optimum and scheme.
package multidraft
