package expand

import "pstar/theorems/statement/syntax"

// Limits of an expansion. A short file could ask for any amount of memory or time: by sums over
// products of sets, by powers of sets, by numbers that are squared again and again.
// The page docs/theorem-files.md lists the limits, and a test compares.
const (
	MaxSteps     = 1 << 23 // of evaluation
	MaxTerms     = 1 << 21 // of rows, and elements of sets, kept at a time
	MaxInstances = 1000    // of the values of lets
	MaxElements  = 1 << 18 // of a set
	MaxRandom    = 10      // random variables
	maxParts     = 1 << 12 // numbers and texts in a tuple, or in an element of a set
	maxBits      = 1 << 13 // of a number
)

// budget counts what an expansion takes. It is shared by all instances of a file, since
// all of their systems are kept. Nothing is ever given back.
type budget struct{ steps, terms int }

// spend counts steps before they are taken: one for an expression that is evaluated,
// for a value of an index, for a term that is copied, for an element that is made.
func (x *expander) spend(at syntax.Position, n int) {
	if x.budget.steps += n; x.budget.steps > MaxSteps {
		x.fail(at, "choose smaller sets", "the expansion takes more than %d steps", MaxSteps)
	}
}

// hold counts what is about to be kept. Instances, rows and their terms count; values
// do not, they are bounded by the size of each set.
func (x *expander) hold(at syntax.Position, n int) {
	if x.budget.terms += n; x.budget.terms > MaxTerms {
		x.fail(at, "choose smaller sets", "the expansion keeps more than %d terms and elements", MaxTerms)
	}
}

// size checks the size of a set that is about to be made. It is called before any
// element is, so that a file cannot make the program take the memory first.
func (x *expander) size(at syntax.Position, n int) {
	if n > MaxElements {
		x.fail(at, "choose smaller sets", "a set would have %d elements or more, at most %d", n, MaxElements)
	}
	x.spend(at, n)
}

// part checks the size of a value that becomes a component of a tuple or an element of
// a set. Without it a pair of pairs of pairs would double with each line of the file,
// while the set that holds it has one element.
func (x *expander) part(at syntax.Position, v Value) Value {
	if v.size > maxParts {
		x.fail(at, "choose smaller sets", "a component of a tuple, or an element of a set, holds more than %d numbers and texts", maxParts)
	}
	return v
}
