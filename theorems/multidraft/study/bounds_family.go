package study

import (
	"context"
	"fmt"
	"strings"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
)

// Bounds is the command that looks for violations of inequalities. What it is about is
// known to the family of multi-draft sampling.
func Bounds() theorems.Family {
	return theorems.Family{
		Name: "bounds of multi-draft sampling", Command: "bounds", Usage: "-k K -n N",
		Summary: "searches for violations of bounds",
		Help: `Compares both sides of what is known of multi-draft sampling exactly, on random
and adversarial instances: vertices of {P* = 1}, ties, near-binding targets, zeros,
and neighbours of each with less slack. The bounds of the papers are MD-E12, MD-E202 and
IS-E11, for K = 2, and MD-R3; of draws without replacement MD-W1, MD-W2, MD-W3, MD-R2 and, for
K = 2, MD-W4; and MD-more, MD-R1, MD-GLS and MD-greedy: "verify explain MD-W1" says what each
of them is, and that Coq proves it in general. MD-W2 is proved for the cell, all p at once, with a
certificate, where K >= 2 and at most 8192 words of drafts lie in the alphabet, and MD-W1 and MD-W3
are concluded from it; the others are checked here, and for K = 1 these are, too. Nothing is open.
Which of them are not about a cell, as those for K = 2 or K <= n are not, is listed below the others;
of ranges their number is told, and -json lists them.

It also recomputes the counterexample to a step in the printed proof of IS-E11 ([IS] eq. 186)
and the one that shows which hypothesis IS-E11 needs. K and n may be ranges such as 3..5.`,
		Parameters: func(f *theorems.Flags) theorems.Verify {
			p := &boundParameters{}
			f.Var(&p.k, "k", "number of drafts `K`, or a range")
			f.Var(&p.n, "n", "number of tokens `n`, or a range")
			f.IntVar(&p.count, "instances", 100, "`number` of instances for each statement; each is followed by four neighbours")
			f.Uint64Var(&p.seed, "seed", 1, "`seed` of the random instances")
			return p.tasks
		},
	}
}

type boundParameters struct {
	k, n  theorems.Range
	count int
	seed  uint64
}

func (p *boundParameters) tasks(run *theorems.Run) ([]theorems.Task, error) {
	switch {
	// All instances are made from the seed: a file would be passed over.
	case len(run.Files) > 0:
		return nil, theorems.BadInput("unexpected argument %q", run.Files[0])
	case p.k == theorems.Range{} || p.n == theorems.Range{}:
		return nil, theorems.BadInput("both -k and -n are needed, such as -k 2 -n 3..5")
	case p.count < 1:
		return nil, theorems.BadInput("-instances %d: expected at least 1", p.count)
	}
	// A long range with a bad end says so before it is gone through.
	if err := ValidateBounds(p.k.Last, p.n.First); err != nil {
		return nil, theorems.BadInput("K = %d, n = %d: %v", p.k.Last, p.n.First, err)
	}
	// Every cell before the first is begun.
	for k := p.k.First; k <= p.k.Last; k++ {
		for n := p.n.First; n <= p.n.Last; n++ {
			if err := ValidateBounds(k, n); err != nil {
				return nil, theorems.BadInput("K = %d, n = %d: %v", k, n, err)
			}
		}
	}
	return theorems.Grid(p.k, p.n, func(k, n int) theorems.Task {
		title := fmt.Sprintf("K = %d, n = %d", k, n)
		return theorems.Task{Name: fmt.Sprintf("k%d-n%d", k, n), Title: title, Do: func(ctx context.Context) (*theorems.Report, error) {
			// Of every cell, although it does not depend on it: each report stands for itself.
			step, err := RefuteFalseStep(ctx)
			if err != nil {
				return nil, err
			}
			// What was found before the end of the time is told.
			reports, err := SearchBounds(ctx, k, n, p.count, p.seed)
			r := boundReport(title, NotSearched(k, n), reports)
			tellFalse(r, falseAsPrinted(step))
			if err == nil {
				err = proveDraws(ctx, k, n, r)
			}
			return r, err
		}}
	}), nil
}

// jsonBound is what the JSON object has of a statement beside the claim.
type jsonBound struct {
	Tag         string        `json:"tag"`
	Instances   int           `json:"instances"`
	Comparisons int           `json:"comparisons"`
	Slack       *rational.Rat `json:"least_slack,omitempty"` // of at least one comparison
	Open        int           `json:"undecided,omitempty"`
	Why         string        `json:"reason,omitempty"`
	LeftOut     int           `json:"left_out,omitempty"` // instances with targets of numbers too long
	Stopped     bool          `json:"stopped,omitempty"`  // before all instances
	Part        string        `json:"part,omitempty"`     // what of the statement is about the cell, if that is not all
}

// boundFigures are the figures of a cell.
type boundFigures struct {
	Bounds []jsonBound    `json:"bounds"`
	Not    []Unsearched   `json:"not_compared,omitempty"`
	False  []printedFalse `json:"refuted_as_printed"`
}

// boundReport makes claims of what a search found, beside what is not about the cell. Checked means on these instances and no more.
func boundReport(title string, not []Unsearched, reports []*BoundReport) *theorems.Report {
	r := &theorems.Report{Title: title}
	figures := boundFigures{Bounds: []jsonBound{}, Not: not}
	r.After = notForCell(title, not)
	var idle []string
	for _, b := range reports {
		// No instance of this cell is one of the statement: nothing of it was checked.
		if b.Comparisons == 0 && b.Open == 0 && !b.Stopped {
			idle = append(idle, b.Tag)
			figures.Not = append(figures.Not, Unsearched{b.Tag, "nothing to compare in this cell"})
			continue
		}
		c := theorems.Claim{Tag: b.Tag, Status: b.Status, Statement: b.Statement,
			Scope: b.scope()}
		// The instance itself, so that the violation can be recomputed by hand.
		if b.Status == theorems.Refuted {
			c.Statement += fmt.Sprintf(": p = %s, q = %s %s: %v < %v", draftsText(b.At), rational.Tuple(b.At.Target().Rats()),
				b.Tightest.Detail, b.Tightest.Left, b.Tightest.Right)
		}
		r.Claims = append(r.Claims, c)
		figure := jsonBound{Tag: b.Tag, Instances: b.Instances, Comparisons: b.Comparisons, Open: b.Open, Why: b.Why, LeftOut: b.LeftOut, Stopped: b.Stopped, Part: b.Part}
		if b.Comparisons > 0 {
			slack := b.Tightest.Slack()
			figure.Slack = &slack
		}
		figures.Bounds = append(figures.Bounds, figure)
	}
	r.Figures = figures
	// Cells of a grid have a line each.
	switch len(figures.Not) {
	case 0:
	case 1:
		r.Summary = "1 statement not compared"
	default:
		r.Summary = fmt.Sprintf("%d statements not compared", len(figures.Not))
	}
	if len(idle) > 0 {
		r.After = append(r.After, theorems.Block{Line: "nothing to compare in this cell: " + strings.Join(idle, ", ")})
	}
	return r
}

// notForCell lists the statements that are not about a cell, those of one reason on a line.
func notForCell(cell string, list []Unsearched) (lines []theorems.Block) {
	var reasons []string
	tags := map[string][]string{}
	for _, x := range list {
		if tags[x.Reason] == nil {
			reasons = append(reasons, x.Reason)
		}
		tags[x.Reason] = append(tags[x.Reason], x.Tag)
	}
	for _, why := range reasons {
		lines = append(lines, theorems.Block{Line: fmt.Sprintf("not for %s: %s (%s)", cell, strings.Join(tags[why], ", "), why)})
	}
	return lines
}

// scope says what was compared, and what was not.
func (r *BoundReport) scope() string {
	text := fmt.Sprintf("%d instances, %d comparisons", r.Instances, r.Comparisons)
	if r.Part != "" {
		text = r.Part + "; " + text
	}
	if r.Comparisons > 0 {
		text += ", least slack " + slackText(r.Tightest.Slack())
	}
	if r.Open > 0 {
		text += fmt.Sprintf("; left open on %d of them, as the first: %s", r.Open, r.Why)
	}
	if r.GivenUp {
		text += "; others were not tried"
	}
	if r.Stopped {
		text += "; stopped, others were not tried"
	}
	if r.LeftOut > 0 {
		text += fmt.Sprintf("; %d instances left out, whose targets would be of numbers p(S)^K, too long to be written out", r.LeftOut)
	}
	return text
}

// slackText tells a slack that is 0, where a bound is attained, from a small one.
func slackText(slack rational.Rat) string {
	if slack.IsZero() {
		return "0"
	}
	return "about " + slack.Scientific(3)
}

// draftsText writes the laws of the drafts: one law where all have it, else one for each draft.
func draftsText(s *multidraft.Instance) string {
	// One law for all of them, drawn from with or without replacement.
	if s.Model() != multidraft.ModelIndependent {
		return rational.Tuple(s.Rows()[0].Rats())
	}
	return strings.Join(each.To(s.K(), func(k int) string { return rational.Tuple(s.Rows()[k].Rats()) }), ", ")
}

// A printedFalse is a statement that a paper prints and that does not hold, with its
// counterexample.
type printedFalse struct {
	Tag            string `json:"tag"`
	Statement      string `json:"statement"`
	Counterexample string `json:"counterexample"`
}

// tellFalse adds what is refuted as printed to a report. It is no claim and changes no verdict: the
// theorems that rest on it hold by other proofs, or under a hypothesis that is said.
func tellFalse(r *theorems.Report, list []printedFalse) {
	figures := r.Figures.(boundFigures)
	figures.False = list
	r.Figures = figures
	for _, f := range list {
		r.After = append(r.After, theorems.Block{Line: fmt.Sprintf("%s  refuted as printed: %s: with %s", f.Tag, f.Statement, f.Counterexample)})
	}
}

// falseAsPrinted is a step in the printed proof of IS-E11, and IS-E11 without its hypothesis.
func falseAsPrinted(f *FalseStep) []printedFalse {
	return []printedFalse{
		{"IS-eq.186", multidraft.Statement("IS-eq.186"), fmt.Sprintf("p = %s, q = %s, Ω_0 = {1,2} the optimal weights are unique (w_12 = %v, w_13 = %v, w_23 = %v), and p_I(1) falls from %v to %v",
			rational.Tuple(f.P), rational.Tuple(f.Q), f.W12, f.W13, f.W23, f.Full, f.Truncated)},
		{"IS-E11", "for any Ω_0 whatever", "p = (1/4, 3/4, 0), q = (0, 0, 1), Ω_0 = {1} both factors are negative, and the acceptance 0 is below their product 1/2; it needs ε_p <= 1/2 or ε_q <= P*"},
	}
}
