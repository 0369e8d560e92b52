package blocks

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/format/jsontext"
	"pstar/internal/crew"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft/blocks"
)

// blocksRule is the JSON object of a rule that was tested; expected is what it accepts, lossless
// or not.
type blocksRule struct {
	verdict theorems.Verdict
	found   *blocks.RuleReport
	stopped error // why it is left undecided, or by whom
	rounded bool  // no rule, but one with -normalize
	// Exactly, whatever the tolerance.
	Lossless bool `json:"lossless"`
	// A row that is violated each, with its name and both sides.
	Faults    []string         `json:"faults,omitempty"`
	Expected  rational.Rat     `json:"expected"`
	Deviation *blocksDeviation `json:"deviation,omitempty"` // nil of a lossless rule, and of what is no rule
}

// blocksDeviation is the JSON object of how far a rule is from lossless. It has the total variation, or if the time was not enough
// for it the two numbers that it is between, and no answer if the tolerance is between them.
type blocksDeviation struct {
	Total  *rational.Rat    `json:"total_variation,omitempty"`
	About  string           `json:"total_variation_about,omitempty"`
	Within *blocksEnclosure `json:"total_variation_within,omitempty"`
	Passes *bool            `json:"within_tolerance,omitempty"`
}

// blocksEnclosure has the shape of other commands' enclosures.
type blocksEnclosure struct {
	Lower   rational.Rat `json:"lower"`
	Upper   rational.Rat `json:"upper"`
	Decimal string       `json:"decimal"`
}

// judge says of what the test of a rule found whether it is lossless, up to a tolerance.
func judge(found *blocks.RuleReport, tolerance rational.Rat) *blocksRule {
	r := &blocksRule{verdict: theorems.Verified, found: found, Lossless: len(found.Faults) == 0, Faults: found.Faults, Expected: found.Expected}
	v := found.Variation
	switch {
	case r.Lossless:
		return r
	// No continuation makes the law of an output of it.
	case v == nil:
		r.verdict = theorems.Falsified
		return r
	case v.Least.Cmp(tolerance) > 0:
		r.verdict = theorems.Falsified
	// The bounds were not sharpened: some continuation may be within it, or none.
	case v.Most.Cmp(tolerance) > 0:
		r.verdict = theorems.Open
	}
	r.Deviation = &blocksDeviation{}
	if v.Exact() {
		r.Deviation.Total, r.Deviation.About = &v.Least, v.Least.Scientific(6)
	} else {
		decimal := show.Certain(enclose.Interval{Lo: v.Least, Hi: v.Most}, show.Decimals)
		r.Deviation.Within = &blocksEnclosure{v.Least, v.Most, decimal}
	}
	if passes := r.verdict == theorems.Verified; r.verdict != theorems.Open {
		r.Deviation.Passes = &passes
	}
	return r
}

// print prints what was found, in the same order whatever it was.
func (r *blocksRule) print(w io.Writer, best, tolerance rational.Rat, length int) {
	// Of a lossy rule too: what it accepts may even be more than a lossless one can.
	fmt.Fprintf(w, "accepted by the rule: %s\n", show.Exact(r.Expected))
	v := r.found.Variation
	gap := best.Sub(r.Expected)
	// What is no rule accepts nothing that could be compared.
	if v != nil {
		fmt.Fprintf(w, "gap to the largest: %s\n", show.Exact(gap))
	}
	r.printLossless(w, tolerance)
	switch {
	case r.Lossless:
		return
	case v == nil && r.rounded:
		fmt.Fprintln(w, "total variation from the target: none, as these are not the probabilities of a rule; -normalize makes them those of one")
		return
	case v == nil:
		fmt.Fprintln(w, "total variation from the target: none, as these are not the probabilities of a rule")
		return
	case v.Exact():
		fmt.Fprintf(w, "total variation from the target: %s\n", show.Small(v.Least))
	default:
		fmt.Fprintf(w, "total variation from the target: at least %s, at most %s\n", show.Exact(v.Least), show.Exact(v.Most))
	}
	// Of one step there is nothing after that token.
	if length > 1 {
		fmt.Fprintln(w, leastOver)
	}
	// Said, as it looks like a contradiction.
	if gap.Sign() < 0 {
		fmt.Fprintln(w, "accepted above the largest: no contradiction, as that is over lossless rules")
	}
}

// leastOver says what a total variation of several steps is the least of.
const leastOver = "this is the least over laws of the one token drawn after those accepted, with the target after it"

// printLossless prints the answer, and if it is NO some of the faults.
func (r *blocksRule) printLossless(w io.Writer, tolerance rational.Rat) {
	switch {
	case r.Lossless:
		fmt.Fprintln(w, "lossless: yes, it can be continued with the law of the target")
		return
	case r.verdict == theorems.Verified:
		fmt.Fprintf(w, "lossless: within %v, not exactly\n", tolerance)
		return
	case r.verdict == theorems.Open:
		fmt.Fprintf(w, "lossless: undecided within %v, not exactly\n", tolerance)
		return
	}
	// By their rows, in the order of the program.
	for j, fault := range r.Faults {
		// One slip in a rule breaks many rows, and the first few tell as much.
		if j == input.ShownTokens {
			fmt.Fprintf(w, "lossless: NO, and %d more faults\n", len(r.Faults)-j)
			break
		}
		fmt.Fprintf(w, "lossless: NO, %s\n", fault)
	}
}

// check reads the rule and tests it against the rows of the program. What was normalised is added to sums. The error is bad input; a
// rule that is not lossless is a result.
func (job *blocksJob) check(ctx context.Context, p *blocks.Program, sums *[]string) (*blocksRule, error) {
	var reach []blocks.Reach
	// Read only now: the sizes of the program, to which the rule has to fit, are known.
	err := input.Read(job.Call, job.rule, func(r *bufio.Reader) error {
		return readReach(jsontext.New(job.rule, 1, r), &reach)
	})
	if err != nil {
		return nil, err
	}
	// Neither this nor the writing of the program below looks at the context.
	found, err := crew.Await(ctx, func() (*comparison, error) { return job.compare(p, reach) })
	if err != nil {
		return nil, err
	}
	if found.normalised != "" {
		*sums = append(*sums, found.normalised)
	}
	// A stop leaves the bounds, which may say enough: what goes on then has a report of its own.
	report, err := crew.Await(ctx, func() (*blocks.RuleReport, error) {
		sharp := *found.report
		return &sharp, p.Sharpen(ctx, &sharp)
	})
	switch {
	case err != nil && ctx.Err() == nil:
		return nil, err
	case err != nil:
		report = found.report
	}
	rule := judge(report, job.tolerance.Value)
	rule.rounded = found.rounded
	// Who interrupts ends the run by that, also where the bounds decide; a limit leaves what they decide.
	interrupted := report.Variation != nil && !report.Variation.Exact() && errors.Is(context.Cause(ctx), run.ErrInterrupted)
	if rule.verdict == theorems.Open || interrupted {
		rule.stopped = context.Cause(ctx)
	}
	return rule, nil
}

// A comparison is what comes of a rule and the rows of the program.
type comparison struct {
	report     *blocks.RuleReport
	normalised string // what was, "" if nothing
	rounded    bool   // no rule, but one with -normalize
}

// compare tests a rule against the rows of the program, normalised if that was asked for. The error is bad input.
func (job *blocksJob) compare(p *blocks.Program, reach []blocks.Reach) (*comparison, error) {
	c := &comparison{}
	// An error is a file that does not fit the tree: paths that are not drafted, prefixes of none.
	scaled, ratios, err := p.Normalized(reach)
	if err != nil {
		return nil, run.UsageErrorf("%s: %v", job.rule, err)
	}
	sum, near := describeRatios(ratios)
	if job.normalize && len(ratios) > 0 {
		if near != nil {
			return nil, run.UsageErrorf("%s: %v", job.rule, near)
		}
		c.normalised, reach = sum, scaled
	}
	if c.report, err = p.Check(reach); err != nil {
		return nil, run.UsageErrorf("%s: %v", job.rule, err)
	}
	// Only where it would help.
	if c.report.Variation == nil && !job.normalize && near == nil {
		again, err := p.Check(scaled)
		c.rounded = err == nil && again.Variation != nil
	}
	return c, nil
}

// readReach reads a rule. The error names line and place.
// That sets of paths come twice, or fit no tree, is found by the check.
func readReach(r *jsontext.Reader, list *[]blocks.Reach) error {
	// Tokens and values are checked for their form here; whether the tree has such a path is
	// known to the program alone.
	element := func(place string) (x blocks.Reach, err error) {
		// A member that is left out would be taken for zero or for the empty prefix.
		err = r.Complete(place,
			jsontext.Keep("paths", &x.Paths, jsontext.ListOf(r, r.Tokens)),
			jsontext.Keep("prefix", &x.Prefix, r.Tokens),
			jsontext.Keep("value", &x.Value, r.Rat))
		return x, err
	}
	// A misspelt member, or none, would leave a rule that accepts nothing.
	given := false
	err := r.Whole(jsontext.By("reach", func(place string) (err error) {
		given = true
		*list, err = jsontext.ListOf(r, element)(place)
		return err
	}))
	if err == nil && !given {
		err = r.Fail("", "expected \"reach\"")
	}
	return err
}
