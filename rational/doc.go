// Package rational provides exact scalars and the linear algebra built on them:
// integers with a machine-word fast path, fractions, vectors, dense matrices
// and sparse multivariate polynomials, with strict parsing and exact printing.
//
// # Notation
//
// An [Int] is an element of Z, a [Rat] an element of Q. A [Vector] is a point or
// a direction with integer entries, a [RatVector] one with rational entries; both
// are indexed from zero. A [Matrix] acts on columns: M x = b. A row vector is
// primitive when its entries have greatest common divisor one. A [Poly] is an
// element of Z[x1, ..., xn]; variable i, counted from zero in Go, prints as x(i+1).
//
// # Canonical form
//
// Every value has exactly one representation, and each form has one owner that
// applies it on entry, so that no reader has to ask:
//
//   - An Int that fits into int64 is stored there and nowhere else; the function
//     narrow is the only way from a *big.Int to an Int.
//   - A Rat is in lowest terms with a positive denominator, and the denominator
//     one is stored as zero, which makes the zero value of Rat the number zero;
//     the function reduce brings an arbitrary pair of integers into this form.
//     Arithmetic that is known to preserve lowest terms says why.
//   - The terms of a Poly are nonzero, distinct and in descending graded
//     lexicographic order; the function collect is their owner.
//
// All values are immutable: operations return new values, and may share storage
// with their operands. By convention, slices that are handed to this package or
// received from it ([Vector], [RatVector], rows of a [Matrix]) are not changed
// afterwards.
//
// # Enclosures
//
// A real number is known by an [Interval] with rational ends. [Exp], [Log] and [Sqrt]
// return intervals whose correctness is proved, not estimated; a [Real] is an
// expression in them that is enclosed as narrowly as asked, and [CompareReals] refines
// until an order is decided or says that it is not. An [ExpSum] is a sum of rational
// multiples of e^r, r rational, for which equality is decided as well. One file calls
// a library of floating-point functions, for guesses that nothing rests on.
//
// # Failures
//
// Division by zero, vectors of unequal length and the like are mistakes of the
// caller and panic with a message that starts with "rational:". Text that does
// not parse is an error. That a system has no solution, or a matrix no inverse,
// is a result.
//
// # Floating point
//
// Floats enter exactly ([RatFromFloat64]) and leave as guesses ([Rat.Float64]).
// Nothing in this package compares, branches or rounds by a float, and nothing
// that uses it should decide by one.
package rational
