// Package rejection encloses the acceptance of recursive rejection without replacement (MD-R2) over vocabularies, where the
// tree of residuals of all sequences of drafts is too large: by the sequences of rejected tokens, or by groups of
// tokens with nearly the same probability. Ends of intervals are rounded outwards; how wide they are is for the caller to look at.
package rejection
