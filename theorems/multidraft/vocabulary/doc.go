// Package vocabulary computes P* of drafts over vocabularies where package optimum would take too long: as an
// interval around the value of drafts without replacement, by one sort of the tokens.
//
// Two drafts are harmonic sums in numbers of fixed point; more of them are clocks that ring at exponential
// times, an integral whose errors of rounding and truncation are bounded. No float decides anything.
package vocabulary
