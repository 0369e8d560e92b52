// Package elimination makes documents of eliminations of unknowns: of results of package fm, and of the lemmas of multi-draft sampling that
// eliminate the unknowns of a cell.
package elimination
