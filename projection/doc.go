// Package projection projects a polyhedron, given by its rows, along some of its variables,
// by two routes that share no code: elimination (package fm), and through rays: the
// generators by a double description, their images, and back (package doubledesc). Each is
// the oracle of the other, and neither knows of the other; they meet here.
//
// # The projection
//
// A system over x_1, ..., x_n and a list of the variables to keep, by index from zero and in
// increasing order, stand for the set of all (x_k, k kept) for which values of the others
// exist. It comes as a [cone.Polyhedron] in H-representation with a column for the constant
// and one for each variable kept. The form is that of fm: each equation is solved for its
// last variable, which occurs in no other row; no row reads 1 >= 0; inequalities come before
// equations, in the order of [cone.Vector.Cmp]. So for a polyhedron without strict rows both
// routes give the same bytes, whatever its rows were. The empty set has the one row -1 >= 0.
//
// # Which route
//
// Elimination ([fm.Eliminate], then [Eliminated]) gives with every row the multipliers that
// imply it, and knows strict rows; it is as expensive as the most rows between two steps.
// [ThroughRays] proves nothing by itself, see [Image.Complete], and is as expensive as the
// generators of the polyhedron are many.
package projection
