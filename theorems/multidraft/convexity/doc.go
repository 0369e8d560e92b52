// Package convexity proves MD-W1 and MD-W2 for one number of draws without replacement and one
// size of S, for all p at once: theorems written out, with the steps of the proof that the checker
// of certificates replays.
//
// S has the tokens 1..m, x is the first of them, y the token m+1, and all others have the
// probability rest together. With r_A = 1/(1 - p(A)) as a symbol for each set A of 1 to K-1 of the
// tokens 1..m+1, the probability that the next k draws lie in U once those of A are gone is a
// polynomial,
//
//	W_0(A) = 1,  W_k(A) = r_A · sum over z in U∖A of p_z W_{k-1}(A+z),  r_∅ = 1,
//
// and B(U) = W_K(∅). Claimed are
//
//	p_x (B(S+y) - B(S)) - p_y (B(S) - B(S-x)) >= 0    (MD-W2 times p_x p_y)
//	p(S)^K - B(S) >= 0                                (MD-W1)
//
// By symmetry the first is MD-W2 for all S of m tokens, x in S and y off S. Each step is a
// combination of what was proved before: its difference from a sum of products of nonnegative numbers
// is a multiple of the equations
//
//	e_A = r_A · (sum of p off A) - 1 = 0,
//
// and is written at the function that makes it. The proof is that of the theory: W decreases in k and
// in A, and grows with y in U and A; E_k(A) = r_A · (W_{k-1}(A) + sum over z in S∖A of p_z E_{k-1}(A+z)),
// E_0 = 0, lies between the two sides.
package convexity
