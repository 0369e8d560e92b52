package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"text/tabwriter"

	"pstar/theorems/multidraft"
)

// compared is one line of a comparison: a scheme and what it does, or why it has
// no place in the table.
type compared struct {
	scheme multidraft.Scheme
	e      *multidraft.Evaluation
	reason error
}

// compareAll evaluates all schemes that are defined for the instance.
func (job *schemeJob) compareAll(ctx context.Context, t *task) error {
	var rows []compared
	for _, scheme := range multidraft.Schemes() {
		row := compared{scheme: scheme, reason: scheme.Applies(t.setting)}
		if row.reason == nil {
			job.talk.update("evaluating %s", scheme.Name)
			row.e, row.reason = scheme.Evaluate(ctx, t.setting, job.options)
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		rows = append(rows, row)
	}
	job.talk.clear()
	switch {
	case job.json:
		job.compareJSON(t, rows)
	case job.csv:
		return job.compareCSV(rows)
	default:
		job.compareText(t, rows)
	}
	for _, row := range rows {
		if row.e != nil && !row.e.Lossless() {
			return errRefuted
		}
	}
	return nil
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (job *schemeJob) compareText(t *task, rows []compared) {
	printTask(job.stdout, t)
	w := tabwriter.NewWriter(job.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "scheme\tdrafts\tacceptance\tP* of the drafts\tgap\tlossless\texact acceptance")
	for _, row := range rows {
		if row.e == nil {
			continue
		}
		e := row.e
		value := "enclosed"
		if e.Acceptance.Exact() {
			value = e.Acceptance.Lower.String()
			if len(value) > 60 {
				value = fmt.Sprintf("a fraction of %d digits", len(value)-1)
			}
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.Scheme, e.Setting.Model(),
			e.Acceptance.Lower.Decimal(decimals), e.Best.Decimal(decimals), e.Gap.Upper.Decimal(decimals), yesNo(e.Lossless()), value)
	}
	w.Flush()
	for _, row := range rows {
		if row.e == nil {
			fmt.Fprintf(job.stdout, "left out: %v\n", row.reason)
		}
	}
}

func (job *schemeJob) compareCSV(rows []compared) error {
	w := csv.NewWriter(job.stdout)
	lines := [][]string{{"scheme", "drafts", "acceptance_lower", "acceptance_upper", "acceptance_decimal", "best", "gap_lower", "gap_upper", "lossless"}}
	for _, row := range rows {
		if e := row.e; e != nil {
			lines = append(lines, []string{e.Scheme, e.Setting.Model(), e.Acceptance.Lower.String(), e.Acceptance.Upper.String(),
				e.Acceptance.Lower.Decimal(decimals), e.Best.String(), e.Gap.Lower.String(), e.Gap.Upper.String(), yesNo(e.Lossless())})
		}
	}
	return w.WriteAll(lines)
}

// jsonComparison leaves the laws of the output out: they are q.
type jsonComparison struct {
	K          int          `json:"k"`
	N          int          `json:"n"`
	Drafts     string       `json:"drafts"`
	Normalised []string     `json:"normalised,omitempty"`
	Schemes    []jsonScheme `json:"schemes"`
	LeftOut    []string     `json:"left_out,omitempty"`
}

func (job *schemeJob) compareJSON(t *task, rows []compared) {
	j := jsonComparison{K: t.setting.K(), N: t.setting.N(), Drafts: t.setting.Model(), Normalised: t.sums}
	for _, row := range rows {
		if row.e == nil {
			j.LeftOut = append(j.LeftOut, row.reason.Error())
			continue
		}
		j.Schemes = append(j.Schemes, evaluationJSON(t, row.e, nil))
	}
	job.printJSON(j)
}
