// Package classes has selection rules for iid drafts that a server can run: a rule is
// some hundred numbers for a vocabulary of any size, it answers a tuple of drafts in
// microseconds, and its acceptance probability is computed exactly.
//
// # Notation
//
// A [Rule] draws for each draft, on its own, one of M classes with probabilities that
// depend on the ratio q_i/p_i of its token i alone: they are given at a few ratios, the
// levels, and are linear in the ratio between two of them, and constant beyond the first and
// the last. The draft of the highest class is chosen, among equals the first. It is
// accepted with probability min(1, q_i/t_i), where t is the law of the token chosen, and
// otherwise replaced by a token from (q - t)^+, normalised: single-draft speculative
// sampling, so that the output has law q whatever the classes are.
//
// # What it accepts
//
// With w_b the part of p that counts for level b, π_bc the probability of class c there, and
// u_c the probability that a draft has a class up to c,
//
//	t_i = p_i · (sum over b of λ_ib τ_b),   τ_b = sum over c of π_bc (u_c^K - u_{c-1}^K)/(u_c - u_{c-1}),
//
// with λ_ib the weights of the interpolation: the highest class is c with probability
// u_c^K - u_{c-1}^K, and then the first draft of that class has the law of any draft of that
// class. Between two levels t_i is linear in p_i and q_i, so that sums over the tokens there
// need p and q of few sets only. The acceptance is the sum of min(q_i, t_i), at most P*.
//
// # Why P* is attained
//
// The optimal law t of optimum.SelectedLaw is q but for the tokens of lowest and highest ratio, which
// share one ratio each. Let the levels be ratios t_i/p_i, and X_b and Y_b the sums of w and
// of w_b times the level up to b. If Y_b >= X_b^K for all b, the chords of x^K over the
// intervals [X_{b-1}, X_b] have slopes that, with weights w, spread at least as far as
// the levels do: some transport of the one distribution to the other keeps means
// (Hardy, Littlewood and Pólya), and its rows are π, for as many classes as levels and
// τ_b the level b itself. [Optimal] adds levels until that holds. It works in floating
// point, and what it finds is then evaluated exactly: rounding costs a gap to P* of about
// 1e-15, which is told.
package classes
