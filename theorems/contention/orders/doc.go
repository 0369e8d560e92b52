// Package orders is contention resolution for one unit where the elements arrive in one of
// finitely many orders, each with its weight: a probability.
//
// An [Instance] has the probabilities x of being active, the orders, and their weights. For a
// scheme write r_o(i) for the probability that the unit is left when i arrives in order o, and
// c_o(i) for that of accepting i, given that it is active. Then
//
//	c_o(i) ≤ r_o(i),   r_o(i') = r_o(i) − x_i c_o(i)     for the next element i',
//
// and every point with this is attained by accepting i, while the unit is left, with probability c/r. So
// the best guarantee of any scheme, min over i of Σ_o w_o c_o(i), is the value of a linear program; for the forward and the backward
// order with weights 1/2 it is LP-SI of package single.
//
// [Solve] returns it with a point, and weights ξ of sum 1 of the elements that allow no
// more: no scheme makes Σ_i ξ_i c_o(i) in order o larger than
//
//	V(i) = V(i') + max(0, ξ_i − x_i V(i')),
//
// whose mean over the orders is the guarantee. [Optimum.Verify] checks both and
// uses nothing of the solver.
//
// [Best] tries all pairs of orders with weights 1/2, of which there are n!(n!+1)/2.
package orders
