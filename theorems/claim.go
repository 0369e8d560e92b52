package theorems

import (
	"fmt"
	"strings"
)

// A Claim is a statement with its standing in one run.
type Claim struct {
	Tag       string   `json:"tag"`
	Status    Status   `json:"status"`
	Statement string   `json:"statement"`
	Methods   []string `json:"methods,omitempty"` // what the status rests on
	Scope     string   `json:"scope,omitempty"`   // how much was done: rays, instances
}

// Claims are those of one run, in the order in which they are told.
type Claims []Claim

// Add records a statement: with the status if err is nil, refuted by err if not.
func (c *Claims) Add(err error, tag string, status Status, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if err != nil {
		status, text = Refuted, text+": "+err.Error()
	}
	*c = append(*c, Claim{Tag: tag, Status: status, Statement: text})
}

// A Verdict is what claims come to. The zero value is none.
type Verdict int

const (
	NoVerdict Verdict = iota
	Verified          // each claim is proved, found, concluded or checked
	Falsified         // a claim is refuted
	Open              // no claim is refuted, but one is undecided or vacuous
)

// String returns the word that a verdict is printed as: verified, refuted or undecided.
func (v Verdict) String() string {
	return [...]string{"no verdict", "verified", "refuted", "undecided"}[v]
}

// MarshalText returns the word.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Verdict is refuted if a claim is, else undecided if one is, or is vacuous or has no status, else
// verified. No claims are nothing verified: that is undecided.
func (c Claims) Verdict() Verdict {
	verdict := Verified
	if len(c) == 0 {
		verdict = Open
	}
	for _, x := range c {
		switch x.Status {
		// One is enough, whatever else is proved or open.
		case Refuted:
			return Falsified
		case Proved, Found, Concluded, Checked:
		// A status that is none counts as open: nothing is verified by being forgotten.
		default:
			verdict = Open
		}
	}
	return verdict
}

// Total is the verdict on several runs, of which so many more are missing: refuted if one is, verified if
// all are and none is missing, and else undecided. No run at all has verified nothing.
func Total(verdicts []Verdict, missing int) Verdict {
	total := Verified
	// A task that is missing was not verified, even if all others are.
	if missing > 0 || len(verdicts) == 0 {
		total = Open
	}
	for _, v := range verdicts {
		switch v {
		// One refutation decides, whatever else is open.
		case Falsified:
			return Falsified
		case Verified:
		default:
			total = Open
		}
	}
	return total
}

// ByStatus lists the tags under their statuses: "MD-T2, MD-T3 proved; MD-T1 checked",
// refuted ones first.
func (c Claims) ByStatus() string {
	tags := map[Status][]string{}
	for _, x := range c {
		tags[x.Status] = append(tags[x.Status], x.Tag)
	}
	var parts []string
	for _, s := range []Status{Refuted, Proved, Found, Concluded, Checked, Vacuous, Undecided} {
		if len(tags[s]) > 0 {
			parts = append(parts, strings.Join(tags[s], ", ")+" "+s.String())
		}
	}
	return strings.Join(parts, "; ")
}
