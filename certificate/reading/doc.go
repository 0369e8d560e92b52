// Package reading reads certificates: the one spelling of FORMAT.md, and of it numbers,
// polynomials, facts and theorems. It counts the work that they take and what is kept of them,
// by limits that depend on the document alone, and adds polynomials up under these limits.
// It knows no rule, and says of nothing that it is true.
package reading
