package instances

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft/scheme"
)

// compared is one line of a comparison: a scheme and what it does, or why that is
// not known.
type compared struct {
	scheme scheme.Scheme
	e      *scheme.Evaluation
	why    string // there is no evaluation: one of the two below, and the reason
}

// Why there is no value of a scheme.
const (
	ReasonUndefined = "not defined" // for the instance
	ReasonUndecided = "undecided"   // the instance is too large
)

// WhyNot sorts the errors of an evaluation. It returns "" for those that are no reason:
// wrong options, the end of a context, and faults of the program.
func WhyNot(err error) string {
	// Two kinds that a table can have; all others end the command.
	var undefined *scheme.UndefinedError
	var open *theorems.Unsettled
	switch {
	// It never has a value here; an instance that is too large has one that is not known.
	case errors.As(err, &undefined):
		return ReasonUndefined
	case errors.As(err, &open):
		return ReasonUndecided
	}
	return ""
}

// compareAll evaluates all schemes.
func (job *schemeJob) compareAll(ctx context.Context, t *input.Task) error {
	// In the order of the list: rows of several runs can be laid side by side.
	var rows []compared
	var stopped error
	// One after another, in the order of the table, whatever some of them find.
	for _, scheme := range scheme.All() {
		job.talk.Update("evaluating %s", scheme.Name)
		row, err := job.row(ctx, t, scheme)
		switch {
		// What was found before the end of the time is told.
		case ctx.Err() != nil:
			row, stopped = compared{scheme: scheme, why: ReasonUndecided + ": not evaluated before the run was stopped"}, context.Cause(ctx)
		// Wrong options concern all rows, not this one.
		case err != nil:
			return err
		}
		rows = append(rows, row)
		job.talk.Say("%s after %v", scheme.Name, job.talk.Elapsed())
	}
	job.talk.Clear()
	outcome := errors.Join(job.comparison(rows), job.wide(rows...))
	// Which says more than that rows are undecided.
	if stopped != nil && !errors.Is(outcome, run.ErrRefuted) {
		outcome = nil
	}
	outcome = job.Concluded(errors.Join(outcome, stopped))
	switch {
	// Only one form goes to standard output; the status is the same for all.
	case job.json:
		job.compareJSON(t, rows, run.Answer(outcome))
	case job.csv:
		if err := job.compareCSV(rows); err != nil {
			return err
		}
	default:
		job.compareText(t, rows)
	}
	return outcome
}

// row evaluates one scheme, or says why there is no value.
func (job *schemeJob) row(ctx context.Context, t *input.Task, chosen scheme.Scheme) (compared, error) {
	// The scheme is named even where it has no value.
	row := compared{scheme: chosen}
	var err error
	// The whole evaluation, with the law: a comparison that took the acceptance for granted would not
	// see a scheme that is lossy.
	if row.e, err = job.evaluate(ctx, t, chosen); err == nil {
		return row, nil
	}
	// What a scheme cannot do here is a row of the table; a wrong option ends the command.
	why := WhyNot(err)
	if why == "" {
		return row, SchemeError(err)
	}
	row.why = fmt.Sprintf("%s: %s", why, strings.TrimPrefix(err.Error(), "scheme "+chosen.Name+" is not defined: "))
	return row, nil
}

// comparison gives the status: a scheme that is not lossless counts more than one
// that is undecided, and one that is not defined does not count.
func (job *schemeJob) comparison(rows []compared) error {
	// Nil, that all are as they should be, until a row says otherwise.
	var err error
	for _, row := range rows {
		switch {
		// Nothing that later rows say changes this.
		case row.e != nil && !job.lossless(row.e.Law, row.e.Wrong, row.e.Instance.Target()):
			return run.ErrRefuted
		// Kept, not returned: a later row may refute.
		case strings.HasPrefix(row.why, ReasonUndecided):
			err = run.ErrUndecided
		}
	}
	return err
}

// yesNo is a truth value as tables have it.
func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// compareText prints a table of the schemes with a value, and below it why others have none.
func (job *schemeJob) compareText(t *input.Task, rows []compared) {
	printTask(job.Stdout, t)
	// Columns as wide as their longest entry, in letters.
	w := tabwriter.NewWriter(job.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "scheme\tdrafts\tacceptance\tP* of the drafts\tgap\tlossless\texact acceptance")
	for _, row := range rows {
		// Told below the table.
		if row.e == nil {
			continue
		}
		e := row.e
		// Exact values of long inputs fill screens: the table has decimals beside them.
		value := "enclosed"
		// What is enclosed has no fraction.
		if e.Acceptance.Exact() {
			value = e.Acceptance.Lo.String()
			if len(value) > 60 {
				value = fmt.Sprintf("a fraction of %d digits", len(value)-1)
			}
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.Scheme, e.Instance.Model(),
			// All in one number of digits, so that the eye can compare them.
			show.Certain(e.Acceptance, show.Decimals), show.Certain(e.Best, show.Decimals), gapColumn(e.Gap), yesNo(e.Lossless()), value)
	}
	w.Flush()
	// Below the table, since reasons are sentences and would widen its columns.
	for _, row := range rows {
		if row.e == nil {
			fmt.Fprintf(job.Stdout, "%s: %s\n", row.scheme.Name, row.why)
		}
	}
}

// gapColumn is a gap in the digits of the other columns, but for one that is 0, which is told from one that is small.
func gapColumn(gap enclose.Interval) string {
	if gap.Exact() && gap.Lo.Cmp(rational.NewRat(1, 1_000_000)) < 0 {
		return show.Small(gap.Lo)
	}
	return show.Certain(gap, show.Decimals)
}

// compareCSV prints a row for every scheme. The error is that of standard output.
// Numbers are exact, with decimals beside the acceptance.
func (job *schemeJob) compareCSV(rows []compared) error {
	w := csv.NewWriter(job.Stdout)
	lines := [][]string{{"scheme", "drafts", "acceptance_lower", "acceptance_upper", "acceptance_decimal", "best", "gap_lower", "gap_upper", "lossless", "no_value"}}
	for _, row := range rows {
		// A scheme without a value keeps its row, so that files of several instances line up.
		line := make([]string, len(lines[0]))
		line[0], line[len(line)-1] = row.scheme.Name, row.why
		if e := row.e; e != nil {
			line = []string{e.Scheme, e.Instance.Model(), e.Acceptance.Lo.String(), e.Acceptance.Hi.String(),
				show.Certain(e.Acceptance, show.Decimals), bestText(e.Best), e.Gap.Lo.String(), e.Gap.Hi.String(), yesNo(e.Lossless()), ""}
		}
		lines = append(lines, line)
	}
	return w.WriteAll(lines)
}

// bestText is a number, or an interval.
// It has one column, unlike the acceptance: it is exact but for drafts without replacement over
// very many tokens.
func bestText(e enclose.Interval) string {
	if e.Exact() {
		return e.Lo.String()
	}
	return e.String()
}

// jsonComparison has the evaluations, and the other schemes with the reason why
// there is none.
type jsonComparison struct {
	K          int          `json:"k"`
	N          int          `json:"n"`
	Drafts     string       `json:"drafts"`
	Normalised []string     `json:"normalised,omitempty"`
	Schemes    []jsonScheme `json:"schemes"`
	NoValue    [][2]string  `json:"no_value,omitempty"`
}

// compareJSON prints one object.
func (job *schemeJob) compareJSON(t *input.Task, rows []compared, verdict string) {
	// The drafts as they were given; a scheme that fixes their law says so in its own object.
	// A list also where a run was stopped before the first scheme.
	j := jsonComparison{Schemes: []jsonScheme{}, K: t.Instance.K(), N: t.Instance.N(), Drafts: t.Instance.Model(), Normalised: t.Sums}
	for _, row := range rows {
		if row.e == nil {
			j.NoValue = append(j.NoValue, [2]string{row.scheme.Name, row.why})
			continue
		}
		j.Schemes = append(j.Schemes, evaluationJSON(t, row.e, nil, job.tolerance.Value))
	}
	// Each object says whether its scheme is lossless; the verdict sums up, as the exit status does.
	job.PrintReport(verdict, nil, j)
}
