// Package cell proves MD-T2 and MD-T3 for a cell: a number of drafts K and an
// alphabet of n tokens, whatever p, q and the law of the drafts are.
//
// [Verify] is the whole of it; [Report.Claims] says how each claim stands and what
// that rests on, and [Report.Certificate] writes what an independent checker accepts.
// [Validate] names the cells that can be verified: 2 <= K <= 64 with at most
// 100 000 supports, n <= 14 for K = 9, n <= 20 for K = 6.
//
// The same projections are found by three routes that share no code beyond vectors:
//
//   - A [Cone] is a cone of valid inequalities, [FeasibilityCone] for MD-T2 and
//     [OptimumCone] for MD-T3, with a coordinate for each support. [ProveCone] finds its extreme rays by double description, plainly or
//     in the fundamental domain of the permutations of the tokens ([MethodPlain],
//     [MethodDomain]), and compares them with the rays that the theorem names. The
//     domain is simplicial: its cost is that of sorting, the plain cone's about
//     (rows) x (rays).
//   - [ProveByElimination] goes through the elimination lemmas MD-L2 to MD-L4: it
//     pairs the rows of every step of a Fourier-Motzkin elimination of the
//     α_T(i), up to symmetry, and shows each combination to be redundant. Up to n = 13
//     for K = 2 and n = 7 for K >= 5.
//   - [TransportSystem] is the polytope itself, projected row by row by package fm on
//     the smallest cells.
//
// [CheckIdentity] expands p(S)^K, which brings the law of iid drafts in, and
// [RefuteExponent] finds a counterexample where K is replaced by another exponent.
// That P* is the optimum of the importance-sampling program (MD-T1, MD-T4) is proved by the
// identities ([MethodIdentity]), which prove MD-T2 and MD-T3 as well, and is checked on generated
// instances besides; cones and elimination say nothing of it.
//
// Source: the conjecture for K > 2 of the paper that introduced canonical
// decomposition, and the elimination lemmas of the later proof.
package cell
