package fm

// A Level says which redundant rows are dropped. Whatever the level, a row is
// dropped only with a proof.
type Level int

const (
	// Minimal drops every redundant row, by linear programs where histories do
	// not decide. The default.
	Minimal Level = iota
	// Syntactic drops by history, and multiples of rows with a weaker constant.
	Syntactic
	// History drops by history alone (Chernikov, Kohler, Imbert).
	History
	// Everything keeps all rows but those that read 0 >= 0 or 0 >= -1.
	Everything
)

// Options steer an elimination. The zero value is a good choice.
type Options struct {
	// InOrder eliminates the variables in the order given; otherwise the next
	// one is always that which adds the fewest rows.
	InOrder bool
	Level   Level
	// Witnesses asks for a point with each inequality of the result that shows
	// that it is needed.
	Witnesses bool
	// Progress, if set, is called after each step.
	Progress func(Progress)

	ignore map[Reason]bool // reasons that histories may not give; for tests
	solve  bool            // linear programs even if the base rows are independent; for tests
}

// Progress says how far an elimination is.
type Progress struct {
	Step, Steps int // variables eliminated by Fourier and Motzkin, in all
	Rows        int // rows now
}
