package bounds

import (
	"context"
	"fmt"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/study"
)

func Command() run.Command {
	return run.Command{
		Name:    "bounds",
		Usage:   "-k K -n N",
		Summary: "searches for violations of bounds",
		Long: `Compares both sides of the bounds MD-E12, MD-E202 (K = 2) and IS-E11 (K = 2) exactly, on
random and adversarial instances: vertices of {P* = 1}, ties, near-binding targets, zeros,
and neighbours of each with less slack, and so for

  MD-W1  sampling without replacement never lowers P*
  MD-R2  recursive rejection without replacement never accepts less than with
  MD-W3  without replacement a prefix by q/p attains the minimum over S

It can only say that they were checked and no counterexample was found; Coq proves them
in general ("verify explain MD-W1").

It also recomputes the counterexample to a step in the printed proof of IS-E11 ([IS] eq. 186)
and the one that shows which hypothesis IS-E11 needs. -n may be a range such as 3..5.`,
		Run: runBounds,
	}
}

func runBounds(c *run.Call, args []string) error {
	var k, n theorems.Range
	var count int
	var seed uint64
	var asJSON bool
	f := c.Flags()
	f.Var(&k, "k", "number of drafts `K`, or a range")
	f.Var(&n, "n", "number of tokens `n`, or a range")
	f.IntVar(&count, "instances", 100, "`number` of instances for each statement; each is followed by four neighbours")
	f.Uint64Var(&seed, "seed", 1, "`seed` of the random instances")
	f.BoolVar(&asJSON, "json", false, "print one JSON object")
	limits := f.Limits()
	talk := f.Talk()
	if err := f.NoArguments(args); err != nil {
		return err
	}
	switch {
	case k == theorems.Range{} || n == theorems.Range{}:
		return run.UsageErrorf("both -k and -n are needed, such as -k 2 -n 3..5")
	case count < 1:
		return run.UsageErrorf("-instances %d: expected at least 1", count)
	}
	ctx := limits.Context()
	err := searchBounds(c, ctx, k, n, count, seed, asJSON, talk)
	talk.Clear()
	return err
}

// jsonBounds is the JSON object of the command.
type (
	jsonBounds struct {
		Verdict string      `json:"-"`
		Bounds  []jsonBound `json:"bounds"`
		False   []string    `json:"false_as_printed,omitempty"`
	}
	jsonBound struct {
		Tag         string          `json:"tag"`
		Statement   string          `json:"statement"`
		K           int             `json:"k"`
		N           int             `json:"n"`
		Status      theorems.Status `json:"status"`
		Instances   int             `json:"instances"`
		Comparisons int             `json:"comparisons"`
		Slack       rational.Rat    `json:"least_slack"`
		Witness     string          `json:"counterexample,omitempty"`
	}
)

func searchBounds(c *run.Call, ctx context.Context, k, n theorems.Range, count int, seed uint64, asJSON bool, talk *run.Talk) error {
	out := jsonBounds{Verdict: "no violation"}
	for drafts := k.First; drafts <= k.Last; drafts++ {
		for tokens := n.First; tokens <= n.Last; tokens++ {
			talk.Update("K = %d, n = %d", drafts, tokens)
			if err := study.ValidateBounds(drafts, tokens); err != nil {
				return run.UsageErrorf("K = %d, n = %d: %v", drafts, tokens, err)
			}
			reports, err := study.SearchBounds(ctx, drafts, tokens, count, seed)
			if err != nil { // what is finished is told
				out.Verdict = fmt.Sprintf("stopped at K = %d, n = %d", drafts, tokens)
				tellBounds(c, out, asJSON, talk)
				return err
			}
			if len(reports) == 0 {
				talk.Note("K = %d, n = %d: no statement is about %d drafts over %d tokens", drafts, tokens, drafts, tokens)
			}
			talk.Say("K = %d, n = %d after %v", drafts, tokens, talk.Elapsed())
			for _, r := range reports {
				out.Bounds = append(out.Bounds, boundJSON(drafts, tokens, r))
				if r.Status == theorems.Refuted {
					out.Verdict = "refuted"
				}
			}
		}
	}
	if len(out.Bounds) == 0 {
		return run.UsageErrorf("nothing to compare: the bounds of the papers are for K = 2, those of draws without replacement for K <= n")
	}
	step, err := study.RefuteFalseStep(ctx)
	if err != nil {
		return err
	}
	out.False = falseAsPrinted(step)
	tellBounds(c, out, asJSON, talk)
	if out.Verdict == "refuted" {
		return run.ErrRefuted
	}
	return nil
}

func boundJSON(k, n int, r *study.BoundReport) jsonBound {
	b := jsonBound{Tag: r.Tag, Statement: r.Statement, K: k, N: n, Status: r.Status,
		Instances: r.Instances, Comparisons: r.Comparisons, Slack: r.Tightest.Slack()}
	if r.Status == theorems.Refuted {
		b.Witness = fmt.Sprintf("p = %s, q = %s %s: %v < %v", draftsText(r.At), rational.Tuple(r.At.Target().Rats()),
			r.Tightest.Detail, r.Tightest.Left, r.Tightest.Right)
	}
	return b
}

// claims are the bounds as claims.
func (out jsonBounds) claims() (list theorems.Claims) {
	for _, b := range out.Bounds {
		list = append(list, theorems.Claim{Tag: b.Tag, Status: b.Status, Statement: b.Statement, Scope: fmt.Sprintf("K = %d, n = %d: %d comparisons", b.K, b.N, b.Comparisons)})
	}
	return list
}

func draftsText(s *multidraft.Instance) string {
	if s.Model() != multidraft.ModelIndependent {
		return rational.Tuple(s.Rows()[0].Rats())
	}
	var rows []string
	for k := range s.K() {
		rows = append(rows, rational.Tuple(s.Rows()[k].Rats()))
	}
	return strings.Join(rows, ", ")
}

func falseAsPrinted(f *study.FalseStep) []string {
	return []string{
		fmt.Sprintf("[IS] eq. 186, that truncation never lowers p_I on Ω_0: with p = %s, q = %s, Ω_0 = {1,2} the optimal weights are unique (w_12 = %v, w_13 = %v, w_23 = %v), and p_I(1) falls from %v to %v",
			rational.Tuple(f.P), rational.Tuple(f.Q), f.W12, f.W13, f.W23, f.Full, f.Truncated),
		"IS-E11 for any Ω_0 whatever: with p = (1/4, 3/4, 0), q = (0, 0, 1), Ω_0 = {1} both factors are negative, and the acceptance 0 is below their product 1/2; it needs ε_p <= 1/2 or ε_q <= P*",
	}
}

func tellBounds(c *run.Call, out jsonBounds, asJSON bool, talk *run.Talk) {
	talk.Clear()
	if asJSON {
		c.PrintReport(out.Verdict, out.claims(), out)
	} else {
		printBounds(c, out)
	}
}

func printBounds(c *run.Call, out jsonBounds) {
	for _, b := range out.Bounds {
		outcome := fmt.Sprintf("no counterexample in %d instances (%d comparisons, least slack %s)", b.Instances, b.Comparisons, b.Slack.Decimal(show.Decimals))
		if b.Witness != "" {
			outcome = b.Witness
		}
		fmt.Fprintf(c.Stdout, "%-7s  K = %d, n = %d  %-7v  %s\n         %s\n", b.Tag, b.K, b.N, b.Status, outcome, b.Statement)
	}
	for _, text := range out.False {
		fmt.Fprintf(c.Stdout, "false as printed: %s\n", text)
	}
	fmt.Fprintf(c.Stdout, "verdict: %s\n", out.Verdict)
}
