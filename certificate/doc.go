// Package certificate reads, checks and writes certificates. It is the trusted part of the module: who
// believes this package, its FORMAT.md and the Go standard library need not
// believe any of the engines that find proofs. It imports no sibling. Documents of the
// newer format are checked by its subpackages theorem, kernel and statement, which stand alone; those of contention
// resolution in the older one here. [Check] takes both formats.
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
