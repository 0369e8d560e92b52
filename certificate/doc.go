// Package certificate reads and checks certificates. With its subpackages it is the trusted
// part of the module: who believes them and the Go standard library need
// not believe any of the engines that find proofs. It imports nothing else. Of package gunzip nothing
// has to be believed: whatever it unpacks is judged as any document, and the digest of a report is that of these bytes.
//
// [Check] and [CheckFile] read a document, compressed or not, and give a [Report] of what it
// establishes, or an [*Invalid] that names the place and the reason. Package theorem has
// what theorems are made of, package reading their reading, package kernel the rules, and package statement the builders
// that say what the theorems of the papers are. They rebuild every theorem from the
// statement, take no number from the prover that is not checked, reject by default and
// accept in one place.
package certificate
