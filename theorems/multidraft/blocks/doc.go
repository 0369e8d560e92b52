// Package blocks computes how many drafted tokens several steps accept together.
//
// # Notation
//
// A [Tree] has, for each prefix z of fewer than L tokens, a draft law Q(·|z) and a target law
// M(·|z). K paths of L tokens are drafted, each from Q on its own, independently. A rule outputs a prefix of
// one of the paths, the tokens accepted, and then a token from the target or from what is left of it; it is
// lossless if the output and what the target continues with has the law of the target.
// R_D(z) is the probability that D are the paths drafted and at least z is accepted.
//
// # What is known
//
// For one path, block verification (Sun et al., arXiv 2403.10444) accepts the largest expected
// number of tokens,
//
//	sum over z of min over j <= |z| of Q(z_1..z_j) M(z_{j+1}..z_|z| | z_1..z_j)     (MD-B1)
//
// and verification token by token the sum of the products of min(Q, M). For K paths the
// largest is a linear program (MD-paths): maximise the sum of all R_D(z), z not empty, where
//
//	R_D(∅) = Pr(D),   sum over y of R_D(zy) <= R_D(z),
//	sum over D of R_D(zy) <= M(y|z) · sum over D of R_D(z),
//
// and R_D(z) = 0 unless z begins a path of D. The last rows are losslessness. Both are proved
// in Coq, see formal/multidraft/block.v.
package blocks
