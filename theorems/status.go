package theorems

import "fmt"

// A Status says how a statement stands. The zero value is no status.
type Status int

const (
	NoStatus  Status = iota
	Undecided        // the work ended before it was settled
	Checked          // holds on the stated instances
	Concluded        // by a named lemma or estimate whose premise was decided or proved
	Proved           // holds for all values of what it does not name, by a complete argument
	Refuted          // fails at the stated instance
	Found            // asked for, and proved to be all
	Vacuous          // speaks of nothing, which is proved: neither proved nor refuted
	// OutOfReach is the standing of a row that no command settles; a result never has it.
	OutOfReach
)

// statusWords are the words of the statuses, in their order.
var statusWords = [...]string{"no status", "undecided", "checked", "concluded", "proved", "refuted", "found", "vacuous", "out of reach"}

// String returns the word that the status is printed as.
func (s Status) String() string { return statusWords[s] }

// MarshalText returns the word.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ParseStatus reads the word.
func ParseStatus(word string) (Status, error) {
	for s, w := range statusWords {
		if w == word && s != int(NoStatus) {
			return Status(s), nil
		}
	}
	return NoStatus, fmt.Errorf("%q is no status, expected one of %q", word, statusWords[1:])
}

// Standings are the statuses that a row of a registry may have: what it asks of no command, such
// as vacuous, is a standing of results alone.
var Standings = []Status{Proved, Concluded, Checked, Refuted, OutOfReach}

// UnmarshalText reads the word.
func (s *Status) UnmarshalText(word []byte) (err error) {
	*s, err = ParseStatus(string(word))
	return err
}
