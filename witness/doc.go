// Package witness turns results of the engines into certificates, and writes them. It
// is the one writer: every command that leaves a certificate calls [Write], which lets
// the checker of package certificate accept the very bytes of the file before it
// replaces anything. Nothing here needs to be trusted.
//
// What a document is made of is left to the document: [LinearProgram] and
// [Elimination] make those of packages lp and fm, [Cell] that of a cell, the packages under theorems make
// their own, and [Write] knows only that a document can write itself.
package witness
