// Package rational provides exact scalars and the linear algebra built on them:
// integers with a machine-word fast path, fractions, vectors and dense matrices,
// with strict parsing and exact printing. Sparse polynomials are in the package
// polynomial beside it, intervals around real numbers in enclose.
//
// # Notation
//
// An [Int] is an element of Z, a [Rat] an element of Q. A [Vector] is a point or
// a direction with integer entries, a [RatVector] one with rational entries; both
// are indexed from zero. A [Packed] is a long list of integers in half the memory.
// A [Matrix] acts on columns: M x = b. A row vector is
// primitive when its entries have greatest common divisor one.
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
//
// All values are immutable: operations return new values, and may share storage
// with their operands. By convention, slices that are handed to this package or
// received from it ([Vector], [RatVector], rows of a [Matrix]) are not changed
// afterwards; nor is a [Packed] once it has been built.
//
// # Failures
//
// Division by zero, vectors of unequal length and the like are mistakes of the
// caller and panic with a message that starts with "rational:". Text that does
// not parse is an error. That a system has no solution is a result.
//
// # Floating point
//
// Floats enter exactly ([RatFromFloat64]) and leave as guesses ([Rat.Float64]).
// Nothing in this package compares, branches or rounds by a float, and nothing
// that uses it should decide by one.
package rational
