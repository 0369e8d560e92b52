// Package elimination makes documents of eliminations of unknowns: of results of package fm, and of the lemmas of multi-draft sampling that
// eliminate the unknowns of a cell.
//
// Nothing here is trusted: a document that is wrong is refused by the checker, to which
// all of them go. What the steps mean is said at the rules of package kernel, and what
// the theorems are in package statement of certificates; here is only how a proof is
// found.
//
// The rule project has rows with numbers that it gives itself, in the order in which
// its elements make them. So everything here counts along: a row that is kept,
// substituted or taken out in another order than the checker's makes all later
// references wrong.
package elimination
