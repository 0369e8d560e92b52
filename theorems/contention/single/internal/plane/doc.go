// Package plane solves LP-SI as a program in two variables.
//
// With c_b(i) = 2β − c_f(i), as may be demanded, and A_i = Σ_{j<i} x_j c_f(j), A = A_{n+1}, the
// rows of element i are
//
//	max(0, (κ_i + A_i)/(1 − x_i)) ≤ c_f(i) ≤ min(2β, 1 − A_i),   κ_i = 2β(1 + Σ_{j>i} x_j) − 1 − A,
//
// the lower one κ_i + A_i ≤ 0 where x_i = 1. For given β and A only the sums A_i are left, one
// number for each element, and what they can be is an interval: its lower end is a maximum
// of functions that are affine in β and A, its upper end a minimum of such functions, both along the elements. So each
// demand that is violated at (β, A) gives a cut p + qβ + rA ≥ 0, a combination of rows
// of LP-SI, and the two cuts that are tight at the optimum are a dual point.
//
// [Solve] finds those two with numbers of a fixed number of bits, after the point and the
// cuts, in turn (Kelley's method in the plane), and then computes the optimum, a path A_i and the
// dual point from the two cuts exactly. Nothing rests on the rounded numbers: the caller
// verifies what is returned. The time is O(n) operations for each cut, on numbers that grow with the length of the
// answer, however small e^(−Σx/2) is.
package plane
