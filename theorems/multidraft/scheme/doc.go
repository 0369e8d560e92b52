// Package scheme computes what ways to select a token accept.
//
// A [Scheme] is one of those that the papers describe, and [All] lists them.
// [Scheme.Evaluate] computes its acceptance probability and the law of its output,
// n fractions, exactly, with the gap to P*; [Evaluation.Decide] says what it does with
// given drafts, and [Evaluation.Simulate] draws from it. Where a scheme rests on an
// algebraic number (K-SEQ) the acceptance is an interval between two fractions.
// Most schemes take O(n log n) or O(K n) operations on integers; recursive rejection
// without replacement takes O(n^K), and importance sampling of drafts that are not iid
// a largest flow. What a scheme cannot be defined for is an [UndefinedError], a
// parameter out of range an [OptionError].
//
// [OptimalRule] returns a rule that attains P* in the form of MD-T1: importance weights
// β from a largest flow, then speculative sampling of the token that they choose.
//
// A rule of one's own is a [Table]: [CheckRule] says whether it is a selection rule,
// whether it is lossless, that is, its output has law q exactly, and whether it attains
// P*. See the example of the package for a test of it.
package scheme
