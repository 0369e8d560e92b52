// Package statement is what a theorem file says: a [System], a parametric linear system with all
// indices written out, and what is claimed of it. Package expand makes it of a file; the language is
// described in docs/theorem-files.md.
//
// It decides nothing and imports no engine, so that a checker of certificates can read the
// user's file by itself and compare, see [Against]. A [Problem] is what a claim comes to, and its
// theorem is as the kernel of certificates has it. A [Form] is a polynomial in the symbols.
package statement
