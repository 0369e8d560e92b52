// Package exchange writes certificates for other people's checkers: [SMT] the identities of all steps for z3 and cvc5,
// [VIPR] the optimum or the infeasibility of a linear program, [System] and [Projection] the rows of polyhedra for
// cddlib and lrs. For Coq it is package coqfile of formal.
//
// Each takes a document, lets the checker accept it, and reads back what the other format has a place for. The
// error is a *kernel.Invalid if the document proves nothing, and else says why it cannot be written so. What
// the other checker then shows, and what it leaves to be trusted, is in docs/certificates.md, of Coq in docs/formal.md.
package exchange
