package statement

import "pstar/theorems/statement/syntax"

// Limits of an expansion.
const (
	MaxSteps     = 1 << 23 // of evaluation
	MaxTerms     = 1 << 21 // of rows, and elements of sets, kept at a time
	MaxInstances = 1000    // of the values of lets
	MaxElements  = 1 << 18 // of a set
	MaxSymbols   = 1 << 16
	MaxRandom    = 10      // random variables
	maxParts     = 1 << 12 // numbers and texts in a tuple, or in an element of a set
	maxBits      = 1 << 13 // of a number
)

// budget counts what an expansion takes.
type budget struct{ steps, terms int }

func (x *expander) spend(at syntax.Position, n int) {
	if x.budget.steps += n; x.budget.steps > MaxSteps {
		x.fail(at, "choose smaller sets", "the expansion takes more than %d steps", MaxSteps)
	}
}

// hold counts what is about to be kept.
func (x *expander) hold(at syntax.Position, n int) {
	if x.budget.terms += n; x.budget.terms > MaxTerms {
		x.fail(at, "choose smaller sets", "the expansion keeps more than %d terms and elements", MaxTerms)
	}
}

// size checks the size of a set that is about to be made.
func (x *expander) size(at syntax.Position, n int) {
	if n > MaxElements {
		x.fail(at, "choose smaller sets", "a set would have %d elements or more, at most %d", n, MaxElements)
	}
	x.spend(at, n)
}

// part checks the size of a value that becomes a component of a tuple or an element of a set.
func (x *expander) part(at syntax.Position, v Value) Value {
	if v.size > maxParts {
		x.fail(at, "choose smaller sets", "a component of a tuple, or an element of a set, holds more than %d numbers and texts", maxParts)
	}
	return v
}
