package theorem

// A Relation is what a polynomial is said to be.
// Each fact compares a polynomial with 0: L ≥ R is L − R ≥ 0.
type Relation byte

// The relations.
const (
	GE Relation = iota // at least 0
	GT                 // greater than 0
	EQ                 // 0
)

// Relations are the relations by the way they are written.
var Relations = map[string]Relation{">=": GE, ">": GT, "=": EQ}

// It panics for a number that is no relation: a reader has refused these.
func (r Relation) String() string { return [...]string{GE: ">=", GT: ">", EQ: "="}[r] }

// A Fact says of a polynomial that it is ≥ 0, > 0 or = 0.
// Facts are what is assumed, rows what is claimed; both are these.
type Fact struct {
	Relation Relation
	Poly     Poly
}

// A Kind is what a theorem says of its rows.
// There are two, as there are two kinds of question: what follows, and when there is a
// solution.
type Kind string

// The kinds. θ are the parameters, x the unknowns.
const (
	// Implied: all (θ,x) with the signs and facts have the rows.
	// Nothing is said of the existence of anything.
	Implied Kind = "implied"
	// Feasible: for all θ with the signs and the facts without unknowns, there are x with the
	// other facts if and only if θ has the rows.
	// An unknown exists only for the θ at hand, so the facts that hold none are assumptions
	// on θ.
	Feasible Kind = "feasible"
)

// A Symbol is a real variable.
// That it is nonnegative is an assumption like a fact, without a number of its own.
type Symbol struct {
	Name                 string
	Unknown, Nonnegative bool
}

// A Theorem is a statement on real numbers. If there are Generators, it says of all images
// of a row under them what it says of the row.
type Theorem struct {
	Name        string
	Kind        Kind
	Symbols     []Symbol
	Facts, Rows []Fact
	// Exponentials are symbols, parameters that are not declared nonnegative, which stand for e
	// to the power of a polynomial in parameters that are no exponentials. There are then no
	// generators.
	Exponentials []Assignment
	// Generators are permutations of the symbols that keep signs and kinds of symbols and map
	// the facts onto themselves: entry s is the symbol to which symbol s goes.
	Generators [][]int32
	// Process, if not nil, is what may happen any number of times; see [Process].
	Process *Process
}

// Sorts are the symbols without names by their sorts.
// It has a word for each of the four, and for nothing else.
var Sorts = map[string]Symbol{
	"p": {}, "p+": {Nonnegative: true}, "u": {Unknown: true}, "u+": {Unknown: true, Nonnegative: true}}

// Sort is how a literal statement writes what the symbol is.
func (s Symbol) Sort() string {
	text := "p+"
	if s.Unknown {
		text = "u+"
	}
	if !s.Nonnegative {
		return text[:1]
	}
	return text
}

// Unknowns says which symbols are unknowns.
// They are by number of symbol; those of a process, which are none, have no entry.
func (t *Theorem) Unknowns() []bool {
	which := make([]bool, len(t.Symbols))
	for k, s := range t.Symbols {
		which[k] = s.Unknown
	}
	return which
}

// Holds says whether a polynomial holds a symbol for which which is true; it is for no symbol
// behind its end. A process has symbols behind those of its theorem, which are no unknowns.
func (p Poly) Holds(which []bool) bool {
	for _, t := range p {
		for k := t.M.Degree() - 1; k >= 0; k-- {
			if s := t.M.Symbol(k); s < len(which) && which[s] {
				return true
			}
		}
	}
	return false
}

// A Process changes some parameters, its state, any number of times, perhaps never. A theorem
// with a process speaks of the state at the end.
// A theorem about any number of elements, drafts or steps is one about the state at the end of
// a process: so no theorem speaks of a number n, and induction is one rule.
// The state may depend on the symbols of each time, whose values at different times are
// independent of each other, and on everything of the theorem that does not change.
type Process struct {
	// Symbols are values that each time may be any with the Facts. They are numbered after the
	// symbols of the theorem, and none is an unknown.
	Symbols []Symbol
	Facts   []Fact
	// Exponentials are those among the Symbols.
	Exponentials []Assignment
	// Start and Update give the same symbols, in ascending order, which are not declared
	// nonnegative: what they are at the start, in other symbols of the theorem, and what each
	// time replaces all of them at once.
	Start, Update []Assignment
}

// An Assignment is what a symbol of the state becomes, or the exponent of an exponential.
type Assignment struct {
	Symbol int
	Value  Poly
}

// State says which symbols are of the state, or an exponential that depends on it.
// An exponential of something that changes changes, too.
// They are by number of symbol of the theorem.
func (p *Process) State(t *Theorem) []bool {
	// Start and Update have the same symbols, so one of the two is enough.
	which := make([]bool, len(t.Symbols))
	for _, a := range p.Start {
		which[a.Symbol] = true
	}
	for _, a := range t.Exponentials { // exponents hold no exponentials
		which[a.Symbol] = which[a.Symbol] || a.Value.Holds(which)
	}
	return which
}
