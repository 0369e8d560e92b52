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
// In the single-unit problem one element may be accepted. The linear program LP-SI, the row
// CRS-LP, has the largest α over all c that the unit allows: i is accepted only while the unit
// is left, which it is with probability 1 − Σ_{j <_σ i} x_j c_σ(j). Its value is LPOPT(n, x). In
// the knapsack problem element i has a random
// size S_i, ∞ if it is inactive, the accepted sizes must not exceed 1 in sum, and
// μ_i = E[S_i; S_i < ∞].
//
// # Statements
//
// They are rows, and are written nowhere else: [SingleRows], [KnapsackRows] and [RationRows]
// have each with its place in the paper, what the engine and Coq reach, and what is misprinted.
// "verify list -paper CRS" prints them. What the symbols of the theorems that are proved stand
// for is in certificate/statement/contention.txt.
//
// Three words tell the standings apart here. Proved is what a certificate shows for all
// instances ([Prove]). Concluded is what follows from that by a step that no certificate has,
// such as a threshold that the intermediate value theorem gives. Checked is what the exact
// computation of one instance shows; it shares nothing with the proofs. Where an exact law has
// too many digits or values, an enclosed one decides the premise of a lemma ([knapsack.Law]),
// and the claim is concluded.
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
// The statements verified here are the corrected ones. A row has its misprint, and the tests
// TestMisprint_… of packages single, knapsack and ration show on instances that what is printed
// is false, where it differs in more than a letter.
package contention
