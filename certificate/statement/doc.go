// Package statement builds the theorems that certificates are about. It is trusted: that the
// facts of a proof are those of the theorem of a paper is what a builder says, and each builder
// can be read alone. It imports only the kernel, which checks the proofs.
package statement

import "pstar/certificate/kernel"

// Builders are the builders by name, without the literal statement, which the kernel reads itself.
var Builders = map[string]kernel.Builder{
	"cell":        readCell,
	"contention":  readContention,
	"elimination": readElimination,
	"exponent":    readExponent,
	"instances":   readInstances,
	"orders":      readOrders,
	"polyhedron":  readPolyhedron,
	"program":     readProgram,
	"units":       readUnits,
	"vocabulary":  readVocabulary,
}
