package statement

import "pstar/theorems/statement/syntax"

// A Relation is what a form is said to be. The zero value is the one that nearly all
// rows have.
type Relation int

// The relations.
const (
	AtLeast Relation = iota // at least 0
	Above                   // greater than 0
	Equal                   // 0
)

// String returns the sign.
func (r Relation) String() string { return [...]string{">=", ">", "="}[r] }

// A Symbol is a parameter or an unknown. Nonnegative unknowns have no fact that says so.
//
// Number i of System.Symbols is symbol i of all forms.
type Symbol struct {
	Name                 string
	Unknown, Nonnegative bool
	At                   syntax.Position
}

// A Row says of a form that it is at least, greater than, or equal to 0. Written as it
// came, right side and all, a row would have many forms; all are moved to the left of 0
// on expansion.
type Row struct {
	Label    string // with its indices, as in split[{1,2}]; of a row without a label what it says, as it was written
	Relation Relation
	Form     Form
	At       syntax.Position
}

// A Fact is an assumption on parameters, or a row of the system.
//
// The kernel's theorems know the difference: what is assumed restricts the parameters
// of which a claim speaks; of an s.t. row it is asked whether unknowns can have it.
type Fact struct {
	Row
	Assumed bool // stands after assume: holds no unknown

	// One of those that hold for all entropies, not one that the file assumes.
	Elemental bool
}

// An Objective is what is to be made as large, or as small, as the rows permit. Its
// form may have a constant, and parameters.
type Objective struct {
	Name     string
	Maximize bool
	Form     Form
	At       syntax.Position
}

// A ClaimKind says what a claim is about. The zero value is none.
type ClaimKind int

// The kinds of claims.
const (
	Implied    ClaimKind = iota + 1 // the rows follow from the facts
	Infeasible                      // no point has all facts
	Feasible                        // unknowns exist if and only if the parameters have the rows
	Optimum                         // the optimum is the least, or greatest, of the terms
	AtMost                          // the optimum is at most each, or some, of the terms
	AtLeastAll                      // the optimum is at least each, or some, of the terms
	FindValue                       // asks for the terms
	FindRows                        // asks for the rows
)

// A Claim is what the file says of its system.
//
// Which of its parts are set depends on the kind.
type Claim struct {
	Kind ClaimKind
	At   syntax.Position
	// Rows of Implied and Feasible; without unknowns for the latter.
	Rows []Row
	// Terms of a claim on the optimum. Least says that the least of them is meant, else it is the greatest; of
	// one term it is both.
	Terms []Row
	Least bool
}

// Exists reports whether a claim is on whether there is a point with the facts, and so
// speaks of something even if there is none. All others speak of points or of an
// optimum, and so of nothing where there is no point.
func (c Claim) Exists() bool { return c.Kind == Infeasible || c.Kind == Feasible || c.Kind == FindRows }

// A Symmetry is a set of which all permutations fix the system.
type Symmetry struct {
	// By its name in the file.
	Set string
	// Generators are permutations of the symbols: a transposition, and a cycle if there are
	// more than two elements.
	Generators [][]int
}

// A Step is have NAME: ROW by combine SUM: a row that follows by a sum of products.
type Step struct {
	Row
	// Sum is a polynomial in the symbols and in facts: product k of the latter, FactSymbol(k), stands for fact k, the steps before numbered
	// after the facts. Search is set if there is none: then it is to be found. A sum
	// may use products of facts with each other and with symbols.
	Sum    Form
	SumAt  syntax.Position
	Search bool
}

// StepText is the step as the file has it.
func (s *System) StepText(step Step) string { return "have " + step.Label + ": " + s.Text(step.Row) }

// MaxSymbols bounds the symbols of a system: with more, an expansion is an error.
const MaxSymbols = 1 << 16

// FactSymbol is the symbol that stands for a fact in the sum of a step. Symbols proper
// are below MaxSymbols, so that one polynomial can hold both.
func FactSymbol(k int) int { return MaxSymbols + k }

// Untitled is the title of a theorem that the file does not name. What is called so does not depend on where the file stands.
const Untitled = "theorem"

// A System is an instance of a theorem file with all indices written out.
//
// Unknowns are quantified by the claims, parameters universally. Package decide settles
// the claims; certificates hold them as the problems of this package.
type System struct {
	File, Title string
	Setting     string // such as "n = 3" if the file has several instances, else empty
	Instance    int    // its number among these, from 1
	// Parameters first, then unknowns, each in the order of the file.
	Symbols []Symbol
	// In the order of the file; elemental inequalities before those of the file.
	Facts      []Fact
	Objective  *Objective
	Claims     []Claim
	Symmetries []Symmetry
	// Steps are those of a proof by hand, in order; with them, or with rows that are given, products of symbols are permitted.
	Steps  []Step
	ByHand bool
	// Trivial counts the rows that read 0 >= 0 or the like and were left out.
	Trivial int
}

// Name is the name of a symbol.
func (s *System) Name(symbol int) string { return s.Symbols[symbol].Name }

// Text writes a row.
func (s *System) Text(r Row) string { return s.Sides(r.Form, r.Relation) }

// Sides writes FORM REL 0 with positive terms on both sides. It is how people write a
// row: no sign at the beginning, nothing on the right but what is subtracted.
func (s *System) Sides(f Form, r Relation) string {
	var left, right []Term
	for _, t := range f {
		if t.C.Sign() > 0 {
			left = append(left, t)
		} else {
			right = append(right, Term{t.C.Neg(), t.M})
		}
	}
	return Form(left).Text(s.Name) + " " + r.String() + " " + Form(right).Text(s.Name)
}

// HoldsUnknown reports whether an unknown stands in the form.
func (s *System) HoldsUnknown(f Form) bool { return holdsUnknown(s.Symbols, f) }

func holdsUnknown(symbols []Symbol, f Form) bool {
	for _, t := range f {
		for _, k := range t.M.Symbols() {
			if symbols[k].Unknown {
				return true
			}
		}
	}
	return false
}
