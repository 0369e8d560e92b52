package multidraft

// A Status says how a claim stands. The zero value is no status.
type Status int

const (
	NoStatus  Status = iota
	Undecided        // the work ended before it was settled
	Checked          // holds on the stated instances
	Proved           // holds for all p, q and draft laws of the cell, by a complete argument
	Refuted          // fails at the stated instance
)

// String returns the word that the status is printed as.
func (s Status) String() string {
	return [...]string{"no status", "undecided", "checked", "proved", "refuted"}[s]
}
