// Package expand says what a theorem file means: it writes the tree of package syntax out as systems of
// package statement, with every index, set and definition replaced by its values.
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
package expand
