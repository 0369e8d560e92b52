package project

import (
	"fmt"
	"io"
	"strings"

	"pstar/cmd/verify/internal/show"
	"pstar/internal/each"
	"pstar/theorems/statement/decide"
)

// A Verdict is what is left of a system when all variables have been eliminated: feasible, with a point, or infeasible,
// with multipliers of a sum of rows that is a contradiction.
type Verdict struct {
	Verdict     string        `json:"-"`
	Point       []show.Number `json:"point,omitzero"` // what is not 0; not nil if there is a point
	Multipliers []show.Number `json:"multipliers,omitempty"`
}

// NewVerdict is that of the claim that a system has no point, the projection of which nothing is kept.
func NewVerdict(r *decide.Result) Verdict {
	v := Verdict{Verdict: "infeasible"}
	x := r.Counterexample // of the claim that there is no point
	// The claim that there is no point is proved, by one sum of rows.
	if x == nil {
		// The claim is a single implication, of -1 >= 0, and so there is one sum.
		for _, share := range r.Settled[0].Follow[0].Shares {
			v.Multipliers = append(v.Multipliers, show.Number{Name: r.System.Facts[share.Number].Label, Value: share.Factor.String()})
		}
		return v
	}
	// Not nil, even if all is 0: there is a point.
	v.Verdict, v.Point = "feasible", []show.Number{}
	// Zeros are left out; the order is that of the symbols.
	for k, value := range x.Point {
		if !value.IsZero() {
			v.Point = append(v.Point, show.Number{Name: r.System.Name(k), Value: value.String()})
		}
	}
	return v
}

// Write prints the verdict.
// Two lines: the verdict, then what shows it.
func (v Verdict) Write(w io.Writer) error {
	// One of the two lists is there.
	what, numbers := "point", v.Point
	if v.Point == nil {
		what, numbers = "multipliers of a sum of rows that is a contradiction", v.Multipliers
	}
	list := each.Of(numbers, func(n show.Number) string { return n.Name + " = " + n.Value })
	if len(list) == 0 {
		list = []string{"all 0"}
	}
	_, err := fmt.Fprintf(w, "%s\n%s: %s\n", v.Verdict, what, strings.Join(list, ", "))
	return err
}
