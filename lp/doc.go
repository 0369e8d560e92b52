// Package lp solves linear programs exactly, and returns with every answer a witness that
// [Problem.Verify] checks without trusting the solver. Transport problems have their own
// methods, in the package flow.
//
// # Notation
//
// A [Problem] has variables x_j with bounds l_j ≤ x_j ≤ u_j and rows
//
//	L_i ≤ Σ_j a_ij x_j ≤ U_i,
//
// any of the bounds may be absent, and equal bounds make an equation. It asks
// for the least or the greatest value of k + Σ_j c_j x_j, where k is the
// constant of the problem.
//
// # Duals
//
// One convention holds for every row and every variable. Write y_i for
// [Result.Dual] and d_j for [Result.Reduced]; always
//
//	d_j = c_j − Σ_i y_i a_ij.
//
// When minimising, a positive y_i needs a lower bound L_i and rests on it, a
// negative y_i needs and rests on U_i; likewise a positive d_j rests on l_j, a
// negative d_j on u_j. When maximising, the two sides change places: a positive
// multiplier rests on the upper bound. Hence a free variable has d_j = 0, an
// unbounded row has y_i = 0, and an equation may have y_i of either sign. With
// "rests on b" giving the bound that belongs to the multiplier, weak duality
// reads, for minimising,
//
//	k + Σ_i y_i b_i + Σ_j d_j b_j  ≤  k + Σ_j c_j x_j  for every feasible x,
//
// with ≥ for maximising, and equality at the optimum is the proof. In words, y_i
// is the rate at which the optimum changes with the bound it rests on.
//
// # Infeasibility
//
// The multipliers f_i of [Result.Farkas] refute a problem whatever its sense. Put
// w_j = Σ_i f_i a_ij. A positive f_i needs L_i, a negative one U_i; a positive w_j
// needs u_j, a negative one l_j; and
//
//	Σ_i f_i·(L_i or U_i)  >  Σ_j w_j·(u_j or l_j),
//
// while every feasible x would have Σ_i f_i (Σ_j a_ij x_j) = Σ_j w_j x_j at least
// as large as the left and at most as large as the right side. A single row or
// variable whose lower bound exceeds its upper one has no such multipliers, since
// each takes only one of the two bounds; it is named in [Result.Conflict] instead.
//
// # Unboundedness
//
// A feasible point ([Result.Primal]) and a direction ([Result.Ray]) along which
// no bound is ever reached and the objective improves for ever.
//
// # Methods
//
// [Solve] takes out rows and variables that need no simplex method, if they are a twelfth of all, and puts
// them back into the witness and the basis; see the package internal/presolve. For the rest it guesses an optimal basis with a revised simplex
// method in float64, computes exactly what that basis is worth (by substitution where the
// basis is triangular, by p-adic lifting for the rest), and if it is not optimal shows the
// guess, magnified, what is wrong with it. Where float64 does not see enough, a method in
// numbers of 192 bits takes over. Where that does not help either, it goes on in the tableau of
// the last basis, computed exactly, if there is room for that, and then in exact arithmetic. Very
// small problems go straight to a dense exact dictionary. All in float64 is in the package
// internal/guess, and nothing that it exports is a float.
//
// A basis that is given, see [Options.Start], is confirmed exactly first; if it is that of an
// optimum, or proves that there is none, nothing else is done.
//
// # Analysis
//
// The package lp/analysis asks of a result how far costs and bounds may move before it changes,
// whether there is another optimal point, and which few bounds make a problem infeasible.
//
// # Files
//
// The packages under format read and write problems, and write results so that the tools
// of others can check them.
//
// # Exactness
//
// Whatever is returned has been verified in [rational.Int] and [rational.Rat]. No
// floating-point number takes part in any decision on a result: a wrong guess costs
// time and nothing else.
package lp
