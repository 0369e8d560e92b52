// Package projection projects a polyhedron, given by its rows, along some of its variables,
// by three routes: elimination (package fm); through rays: the generators by a double description, their images, and back
// (package doubledesc); and through the projection cone: the generators of all multipliers by which rows
// add up to one without the variables. Elimination shares no code with the others: it is their oracle, and they are its.
//
// # The projection
//
// A system over x_1, ..., x_n and a list of the variables to keep, by index from zero and in
// increasing order, stand for the set of all (x_k, k kept) for which values of the others
// exist. It comes as a [cone.Polyhedron] in H-representation with a column for the constant
// and one for each variable kept. The form is that of fm: each equation is solved for its
// last variable, which occurs in no other row; no row reads 1 >= 0; inequalities come before
// equations, in the order of [cone.Vector.Cmp]. So for a polyhedron without strict rows all
// routes give the same bytes, whatever its rows were. The empty set has the one row -1 >= 0.
// Strict rows go through all routes; which of several rows stays that cut off parts of the boundary only may differ.
//
// # Which route
//
// Elimination ([fm.Eliminate], then [Eliminated]) gives with every row the multipliers that
// imply it; it is as expensive as the most rows between two steps. [ThroughRays] proves nothing by itself, see
// [Image.Complete], and is as expensive as the generators of the polyhedron are many, [ThroughCone] as those of the
// projection cone. [Fastest] tries the latter two, at once if need be, and took at most 1.3 times the CPU of the best on these. CPU ms, without the start of a program:
//
//	                                          elimination   rays   cone
//	Bell inequalities, 3 settings a side     over 150 000     50    100
//	instrumental variable with 4 values            42 000      8     60
//	Border, 2 bidders with 4 types                    640  30 000     22
//	8 variables, 20 random rows, 6 kept               120  3 300    150
//	8 variables, 20 random rows, 4 kept            20 000    220    200
//	10 variables, 30 random rows, 3 kept             over    200    850
package projection
