package decide

import (
	"context"
	"io"
	"strings"

	"pstar/theorems/statement/expand"
)

// File settles all claims of a theorem file, of all its instances, in order; before those of an instance stand the steps of its proof by hand. Errors are those of [expand.Read], with file, line and column, a
// [StepError] of a proof by hand, or the cause with which ctx has ended. Results stand
// in the order of the file; nothing is written. It settles one claim after the other,
// without a limit of time but ctx.
func File(ctx context.Context, content io.Reader, name string) (list []*Result, err error) {
	systems, err := expand.Read(content, name)
	if err != nil {
		return nil, err
	}
	for _, s := range systems {
		// Steps first: a file whose sums prove nothing is an error before its claims
		// are looked at.
		steps, err := Steps(ctx, s)
		if err != nil {
			return nil, err
		}
		list = append(list, steps...)
		for i := range s.Claims {
			r, err := Claim(ctx, s, i)
			if err != nil {
				return nil, err
			}
			list = append(list, r)
		}
	}
	return list, nil
}

// String is the claim with its status, and where it fails: "P = a: refuted: here P is larger than claimed: b = 1, x = 1".
func (r *Result) String() string {
	s := r.System
	text := r.Text() + ": " + r.Status.String()
	if s.Setting != "" {
		text = s.Setting + ": " + text
	}
	if x := r.Counterexample; x != nil {
		// Only what is not 0: others are 0 in every counterexample that is shown.
		var point []string
		for k, v := range x.Point {
			if !v.IsZero() && (r.HasUnknowns() || !s.Symbols[k].Unknown) {
				point = append(point, s.Name(k)+" = "+v.String())
			}
		}
		text += ": " + x.Direction + ": " + strings.Join(point, ", ")
	}
	return text
}
