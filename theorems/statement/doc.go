// Package statement says what a theorem file means: it expands the tree of package syntax into a
// [System], a parametric linear system with all indices written out, and what is claimed of it.
// The language is described in docs/theorem-files.md.
//
// It decides nothing and imports no engine, so that a checker of certificates can expand the
// user's file by itself and compare. A [Problem] is what a claim comes to, and its theorem is as the
// kernel of certificates has it.
//
// # Order
//
// Sets, parameters and unknowns may be used before the line that declares them; symbols are
// numbered in the order of the file, parameters first. Sets are sorted, so that it does not
// matter how they are written.
//
// # Limits
//
// An expansion takes at most [MaxSteps] steps of evaluation, keeps at most [MaxTerms] terms and elements of sets,
// and makes at most [MaxInstances] systems; each is an error at the place that goes beyond it, before
// the memory is taken.
package statement
