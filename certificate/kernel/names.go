package kernel

import (
	"pstar/certificate/reading"
	"pstar/certificate/theorem"
)

// What theorems are made of, under the names that builders know.
// Builders import this package alone; that what theorems are made of, and their reading, have packages of their
// own, without judgement, concerns those who write documents.
type (
	Num        = theorem.Num
	Mono       = theorem.Mono
	Term       = theorem.Term
	Poly       = theorem.Poly
	Singles    = theorem.Singles
	Relation   = theorem.Relation
	Fact       = theorem.Fact
	Kind       = theorem.Kind
	Symbol     = theorem.Symbol
	Theorem    = theorem.Theorem
	Process    = theorem.Process
	Assignment = theorem.Assignment
	Reader     = reading.Reader
	Invalid    = reading.Invalid
	Summand    = reading.Summand
	limits     = reading.Limits
)

// The relations and kinds.
const (
	GE, GT, EQ        = theorem.GE, theorem.GT, theorem.EQ
	Implied, Feasible = theorem.Implied, theorem.Feasible
	symbolBytes       = theorem.SymbolBytes
	dearWork          = reading.DearWork
	maxDegree         = reading.MaxDegree
)

// The limits that builders and provers meet; see [reading.Limits].
const (
	MaxDocument, MaxSymbols, MaxFacts, MaxName = reading.MaxDocument, reading.MaxSymbols, reading.MaxFacts, reading.MaxName
	MaxTerms, MaxSum, MaxWork, MaxDigits       = reading.MaxTerms, reading.MaxSum, reading.MaxWork, reading.MaxDigits
)

// Int is [theorem.Int].
func Int(n int64) Num { return theorem.Int(n) }

// NewSingles is [theorem.NewSingles].
func NewSingles(n int) Singles { return theorem.NewSingles(n) }

// Product is [theorem.Product].
func Product(symbols ...int) Mono { return theorem.Product(symbols...) }
