// Package theorem holds what certificates speak of: numbers, polynomials, facts and theorems,
// how a theorem is written as a literal statement has it, with its digest, and how people read
// it. It is trusted and judges nothing: what a [Theorem] means is said here, and package kernel
// decides whether a proof of it is one.
package theorem
