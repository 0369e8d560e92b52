// Package fm eliminates variables from linear systems by the method of Fourier
// and Motzkin, exactly, and certifies each step.
//
// # Notation
//
// A System has variables x and symbols s. A Row relates them by
//
//	Σ a_j x_j  REL  c + Σ b_k s_k
//
// with REL one of >=, <=, =, > and <. Symbols stand for quantities that are
// known but not as numbers, such as the target law of a theorem; they are never
// eliminated, and "implied" and "infeasible" mean for all their values.
// Polynomials on the right are rows whose symbols are monomials.
//
// Inside, a row is a vector a >= 0 or a > 0 over the columns: the constant, the
// symbols, the variables. The constant is treated as one more symbol t with the
// trivial row t > 0, so that everything is a cone. Rows that are eliminated
// against each other are the base rows: what is left of the inequalities when
// the equations have been used (Gauss). The history of a row is the set of base
// rows that it combines, with multipliers y >= 0:
//
//	row = Σ y_i base_i.
//
// # Redundancy
//
// A row that is combined is dropped only for a reason, and with every drop goes
// the proof: multipliers of rows kept that give the row dropped.
//
//   - Count: more base rows than one plus the number of eliminated variables that
//     they hold (S. N. Chernikov 1960; D. A. Kohler 1967; J.-L. Imbert 1993).
//     Then the history is not minimal.
//   - Subset: the history contains that of another row (Chernikov).
//   - Duplicate and Weaker: a multiple of another row, or that plus a
//     nonnegative constant.
//   - Linear: a linear program finds the multipliers. Rows are tested against the
//     facets found so far, and facets are found by leaving the polyhedron along
//     a line (K. L. Clarkson 1994), so that the programs stay as small as the result.
//     They are solved in floating point first; multipliers and points count once
//     they are confirmed exactly, and an exact program is solved where they are not.
//
// If the base rows are linearly independent, y is determined by the row; then a
// row is needed if and only if its history is minimal, histories alone find the
// minimal system, and no linear program is solved. The systems of
// multi-draft sampling are of this kind. In general histories only propose what
// to drop, and a row whose proof they do not give is left to the linear program:
// dropping by history what a linear program has removed is the classical mistake.
//
// A combination is strict if one of its rows is, with a positive multiplier; a
// strict row is dropped only for a proof with a strict row in it. So the rows kept
// describe the projection, which need not be closed.
//
// # Form of the result
//
// Equations come first, each solved for its last column, which then occurs in no
// other row; so with Level Minimal, and without strict rows, the result depends
// only on the set projected, up to order and positive factors. With other levels it may be redundant, and
// equations that no row states remain pairs of inequalities.
//
// # Cost
//
// The rows between two steps can grow doubly exponentially with the variables
// eliminated, even if all are needed; nothing here prevents that. The certificate
// (trace) is as long as the pairs of rows that were combined, most of them dropped.
//
// # Failures
//
// A malformed system is an error; asking for a variable that does not exist
// panics. That a system is infeasible is a result, with Farkas multipliers.
package fm
