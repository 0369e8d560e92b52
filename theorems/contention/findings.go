package contention

import (
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
)

// A Finding is a statement about an instance, or about all of them, with its standing.
type Finding struct {
	Tag       string `json:"tag"`
	Status    string `json:"status"`
	Statement string `json:"statement"`
}

// Standings of a finding.
const (
	Proved    = "proved"    // for all values of what the statement does not name
	Checked   = "checked"   // for this instance, by computing it exactly
	Concluded = "concluded" // from a lemma or an estimate whose premise was computed or proved
	Refuted   = "refuted"
	Undecided = "undecided"
)

// Verified is the verdict of findings none of which is refuted or undecided.
const Verified = "verified"

// Findings collects the findings of one run.
type Findings []Finding

// Add records a statement: with the status if err is nil, refuted if not.
func (f *Findings) Add(err error, tag, status, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if err != nil {
		status, text = Refuted, text+": "+err.Error()
	}
	*f = append(*f, Finding{tag, status, text})
}

// Verdict is refuted if a finding is, else undecided if one is, else verified.
func (f Findings) Verdict() string {
	verdict := Verified
	for _, x := range f {
		switch x.Status {
		case Refuted:
			return Refuted
		case Undecided:
			verdict = Undecided
		}
	}
	return verdict
}

// decimals is the number of digits after the point in statements.
const decimals = 10

// Enclosed writes a real number as the decimals between which it lies.
func Enclosed(x enclose.Real) string {
	e, _ := x.Enclose(rational.NewRat(1, 1<<50))
	return "in " + e.Decimal(decimals)
}

// Decimal writes a number as a decimal that it is near.
func Decimal(x rational.Rat) string { return x.Decimal(decimals) }

// Exact writes a fraction with its decimal.
func Exact(x rational.Rat) string { return x.WithDecimal(decimals) }
