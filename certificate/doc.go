// Package certificate reads, checks and writes certificates of statements on
// multi-draft speculative sampling. It is the trusted part of the module: who
// believes this package, its FORMAT.md and the Go standard library need not
// believe any of the engines that find proofs. It imports no sibling. Documents of the
// newer format, on cells and linear programs and theorems that are written out, are checked
// by its subpackages kernel and statement, which stand alone; [Check] takes both formats.
//
// # Notation
//
// K drafts X_1..X_K are words over the alphabet Ω = {1..N}; tokens are numbered
// from 1 here as in the documents. q is the target law. A support is a nonempty
// set T of at most min(K,N) tokens; b_T is the probability that the drafted
// tokens are exactly the set T, and B(S) = Σ_{T⊆S} b_T the probability that all
// drafts lie in S. For drafts drawn independently from one law p,
// B(S) = p(S)^K. q(S) is Σ_{i∈S} q_i.
//
// The canonical order of supports is by size, then lexicographically by the
// ascending list of tokens: {1}, {2}, {3}, {1,2}, {1,3}, {2,3}, {1,2,3}.
//
// # Use
//
// A prover fills a [Document] and calls its Write method. Anybody calls [Check]
// or [CheckFile], which give a [Report] of what is established, or an [*Invalid]
// that names the place and the reason. The checker rebuilds every system from
// the statement, takes no number from the prover that it does not check, rejects
// by default and accepts in one place. FORMAT.md has each rule with the argument
// why it is sound.
package certificate
