package certificate

// Format is the value of the first member of every document.
const Format = "pstar-certificate/1"

// Statuses of a claim.
const (
	Proved    = "proved"    // for all inputs of the statement
	Checked   = "checked"   // on the instances of the document
	Concluded = "concluded" // by an argument that the claim names, from a premise that is decided
	Refuted   = "refuted"   // by the counterexample of the document
)

// Claim gives one tag of the theory its status: Proved, Checked, Concluded or Refuted.
type Claim struct {
	Tag    string
	Status string
}
