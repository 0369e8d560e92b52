// Package witness turns results of the engines into certificates, and writes them. It
// is the one writer: every command that leaves a certificate calls [Write], which lets
// the checker of package certificate accept the very bytes of the file before it
// replaces anything. Nothing here needs to be trusted.
//
// [LinearProgram] and [Projection] make the documents of results of packages lp and fm, [Cell]
// and [Eliminations] those of a cell, [Instances] and [Vocabulary] those of optima,
// [Contention] those of contention resolution, and [Literal] those of theorems that are written
// out, with a type for each rule of the kernel. [Write] knows only that a document can write itself.
package witness
