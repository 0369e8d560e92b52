// Package cone holds polyhedral cones in both descriptions and the exact
// questions that every engine asks about them.
//
// # Notation
//
// A row a is an integer vector. As an inequality it is the closed halfspace
// {x : a·x >= 0}; as an equation it is the hyperplane {x : a·x = 0}. The side
// is always >= 0; there is no right-hand side. A polyhedron
// {x : b + A x >= 0} is the cone {(x_0, x) : b x_0 + A x >= 0, x_0 >= 0} cut
// at x_0 = 1.
//
// An [H] is a cone by its rows: the intersection of halfspaces and
// hyperplanes. A [V] is a cone by its generators: all sums of nonnegative
// multiples of rays and arbitrary multiples of lines.
//
// The lineality space of a cone C is C ∩ -C. A ray is extreme if it is not a
// sum of two members of C that are not multiples of it modulo lineality. The
// minimal generators of C are one ray for each extreme ray modulo lineality,
// and a basis of the lineality space; [V.Canonical] writes them in the one way
// in which two equal cones agree entry by entry.
//
// All vectors are sparse ([Vector]), since the rows of the cones in this field
// have two or three nonzero entries among thousands.
//
// A [Polyhedron] is one as files have it and engines return it, by rows or generators
// with a constant column and fractions.
//
// # Symmetry
//
// A [Symmetry] is a product of symmetric groups, each permuting blocks of
// coordinates. [Symmetry.DomainRows] cuts out a fundamental domain, and
// [Symmetry.Orbit] lists what belongs to one vector of it.
package cone
