// Package kernel checks proofs of theorems about polynomials. It is the trusted part of the
// module: a referee who believes a certificate believes this package, the builder that
// states the theorem, and the Go standard library, and none of the engines that find
// proofs. It imports packages theorem, what theorems are made of, and reading, which reads and
// counts, and knows none of them.
//
// A [Theorem] speaks of real numbers: symbols, some of them nonnegative, facts (a
// polynomial is ≥ 0, > 0 or = 0), and rows that are said to follow from the facts, or to
// say exactly when unknowns with the facts exist. A proof is a list of steps, each of which
// names one of a few rules. [Check] reads a document, rejects by default, and accepts in one
// place. FORMAT.md defines the format; the file of a rule bears its name, and argues why what it
// concludes is true.
//
// Everything is read once, from the first byte to the last, and checked as it is read. A
// rule that is broken panics with an [*Invalid], which Check returns.
package kernel
