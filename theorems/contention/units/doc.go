// Package units is contention resolution with k units: of the active elements, which
// arrive in a fixed order, or forward or backward with probability 1/2 each, at most k are
// accepted.
//
// An [Instance] has the probabilities x of being active, k, and whether there is one order
// or both. The state is the number s of units that are gone, 0..k. For a scheme write
// p_σ(i, s) for the probability of state s when i arrives in order σ, and a_σ(i, s) for that
// of state s and of accepting i, given that it is active. Then a ≤ p, and
//
//	p_σ(i', s) = p_σ(i, s) − x_i a_σ(i, s) + x_i a_σ(i, s−1)     for the next element i',
//
// whatever the scheme looks at besides, as i is active independently of what came before;
// and every point with this is attained by accepting i in state s with probability a/p. So
// the best guarantee of any scheme, min over i of the mean of c_σ(i) = Σ_s a_σ(i, s) over the
// orders, is the value of this linear program. For k = 1 it is LP-SI of package single.
//
// [Solve] returns it with a point, and weights ξ of sum 1 of the elements that allow no
// more: no scheme makes Σ_i ξ_i c_σ(i) larger than the dynamic program
//
//	V(i, s) = V(i', s) + max(0, ξ_i − x_i (V(i', s) − V(i', s+1))),   V(i, k) = 0,
//
// whose mean V(first, 0) over the orders is the guarantee. [Optimum.Verify] checks both and
// uses nothing of the solver. [Optimum.Attain] follows the scheme from its coins alone.
//
// The program has about 2nk variables for each order; see [Validate] for its limits.
package units
