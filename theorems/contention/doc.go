// Package contention states and verifies the theorems of forward-backward
// contention resolution and of fair rationing.
//
// # Notation
//
// There are n elements, numbered 1..n in everything printed and 0..n-1 in Go.
// Element i is active independently with probability x_i, and ρ is the sum of
// the x_i. They arrive in the forward order f = 1, …, n or in the backward order
// b = n, …, 1, each with probability 1/2, and an [Order] is one of the two. j <_σ i
// says that j arrives before i in order σ, and x_σ(i) is the sum of the x_j with
// j <_σ i. c_σ(i) is the probability that i is accepted, given that it is active
// and the order is σ; [Choice] holds both lists. A scheme is α-selectable if
// (c_f(i) + c_b(i))/2 ≥ α for every i.
//
// In the single-unit problem one element may be accepted. Then
//
//	LP-SI: max β,  (c_f(i) + c_b(i))/2 ≥ β,  c_σ(i) + Σ_{j <_σ i} x_j c_σ(j) ≤ 1,  c ≥ 0,
//
// and its value is LPOPT(n, x). In the knapsack problem element i has a random
// size S_i, ∞ if it is inactive, the accepted sizes must not exceed 1 in sum, and
// μ_i = E[S_i; S_i < ∞].
//
// # Statements
//
//	CRS-L3.1  LPOPT is the best guarantee, and Algorithm 2 attains it.
//	CRS-T1.2  LPOPT ≥ α_0(ρ) = e^(ρ/2)/(1 + ρ e^(ρ/2)); CRS-L3.3, CRS-P3.2 are its steps.
//	CRS-T1.3  α_0(ρ) is best possible; CRS-T3.4, CRS-L3.5, CRS-P3.6 are its steps.
//	CRS-U     The value of LPOPT for x_i = ρ/N, in closed form.
//	CRS-LB.1  Splitting an element never raises LPOPT.
//	CRS-T1.4  Knapsack: 1/3 is attained; CRS-P4.3, CRS-L4.4, CRS-T4.1 are its steps.
//	CRS-T1.5  Knapsack: no scheme beats 1/(2 + e^-1).
//	CRS-T1.1  Rationing: targets β in the ex-ante region are met up to the factor α.
//
// # What is proved and what is checked
//
// Proved is a statement about all of its instances, by a certificate that the checker accepts ([Prove]): CRS-L3.1, CRS-LB.1,
// CRS-P3.2, CRS-L3.3, CRS-T1.2, CRS-U, CRS-T1.3, CRS-T3.4, CRS-L3.5 and CRS-P3.6 for a single unit, for all n, x and
// ρ; CRS-P4.3, CRS-L4.4, CRS-P4.5, CRS-T1.5 and Lemmas C.1 and C.2 for the knapsack problem, for all discrete sizes. The
// theorems, and what their symbols stand for, are in certificate/statement/contention.txt.
//
// Concluded are CRS-L2.2 and CRS-T1.1, for all agents with discrete demands: all but the existence of thresholds, which the intermediate
// value theorem gives, is proved. Concluded, for all discrete sizes, are also Lemma C.3, by E[T] as an integral; CRS-T4.1, by
// induction along the order from Lemmas C.2 and C.3; and CRS-T1.4, by CRS-T4.1 for the choice of CRS-L4.4. For an instance, CRS-T4.1 and CRS-T1.1 are where its exact law has too many digits or
// values: they follow from what holds for all instances, or from Lemma 4.2, whose premise an enclosed law decides
// ([knapsack.Law]).
//
// Checked is what holds on the instance at hand, exactly: CRS-L3.1 and CRS-T1.2 with
// CRS-L3.3 ([single.Solve], [single.Attain], [single.PhiPoint]), the prophet consequence ([single.SolveProphet]), CRS-L3.5 ([single.DualPoint]), CRS-LB.1 ([single.Merge]), CRS-L4.4
// and CRS-T4.1 ([knapsack.Definition5], [knapsack.Run]), with Lemmas 4.2 and C.1 to C.3 line by line on the exact law of the load, CRS-T1.1
// ([ration.CheckTargets], [ration.Allocate]), with Lemma 2.2 line by line on that of the supply, CRS-L2.1 and Remark 1 ([ration.Region]), and CRS-U,
// CRS-T3.4, CRS-T1.3 and CRS-T1.5 for one N. These computations share nothing with the proofs. [single.ProvePhi], [single.ProveGamma] and
// [knapsack.ProvePhi] decide CRS-P3.2, CRS-P3.6 and CRS-P4.3 for one ρ by enclosures on a subdivision.
//
// # Exactness
//
// Everything that an instance determines is a fraction, and is computed as one.
// Numbers with e are sums of exponentials ([enclose.ExpSum]), whose order is
// always decided, equality included; no float decides anything.
//
// # Packages
//
// This package has the orders of arrival and choices. Package single is the problem with
// one unit, units that with several, orders that with other orders of arrival, knapsack that with sizes, ration fair rationing, which rests on both, and
// interval proves inequalities of functions on whole intervals.
//
// # Misprints of the paper
//
// The statements verified here are the corrected ones; the tests TestMisprint_… show
// on instances that the printed ones are false, where they differ in more than a letter.
//
//   - Proof of Lemma 2.2: "1 − Σ_{j <_σ i} x_j c_σ(j) ≤ c_σ(i) is necessary" must have ≥,
//     which is constraint (3.1); [single.CheckChoice] demands it in this direction.
//   - Proofs of Lemmas C.3 and 4.4: Σ_{j<i} c(j) lacks the factor μ_j, which
//     [knapsack.Definition5] has.
//   - (3.12) sums to n for N, and (3.18) lacks the factor ρ on its left; [single.DualPoint]
//     sums over all N elements and weighs them with ρ/N.
//   - (B.7): the two sums must be c̃_f(k) + c̃_b(k) and c̃_f(k+1) + c̃_b(k+1); [single.Merge]
//     checks the bound that follows.
//   - Proof of Proposition 4.3: the bracket 22/9 + 2z/9 − z²/9 must be 4/9 + 2z/3 −
//     2z²/9, which is φ(z) + 2·∫φ; [knapsack.ProvePhi] proves the inequality with it.
//   - Appendix A.1: "increasing q_i beyond F_i(1) does increase the LHS" must have "does not".
//   - (3.22): the upper limit s of the integral must be ρ.
//   - Proof of Lemma 4.2: "Pr[0 ≤ T > 1−s]" must be Pr[0 < T ≤ 1−s].
//   - Remark 6: (1−α_0)N/2 must be (1−ρα_0)N/2, and ξ(i) = ρα_0/2 must be ξ(i)/2 = ρα_0/2, which is the value of γ(z) + ∫γ over
//     [z, ρ]; [single.DualPoint] uses ξ(i) = ρα_0. The proof of Proposition 3.6 has p for ρ once,
//     and that of Lemma 3.5 i < n for i < n+1.
package contention
