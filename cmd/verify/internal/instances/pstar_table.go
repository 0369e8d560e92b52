package instances

import (
	"context"
	"errors"
	"fmt"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/vocabulary"
)

// maxTable bounds the rows of a table: each is an instance, and K laws are listed for K drafts.
const maxTable = 1000

// table prints P* for several numbers of drafts from one law.
// The error joins those of single numbers of drafts; what is known of the others is printed.
func (job *pstarJob) table(ctx context.Context, t *input.Task, width func(k int) rational.Rat) error {
	// One file cannot hold several rules, and names for each are not guessed.
	if job.rule != "" || job.output != "" {
		return run.UsageErrorf("-write-rule and -certificate are for one number of drafts, not for -k %v", &job.input.Counts)
	}
	list, err := job.each(t)
	if err != nil {
		return err
	}
	// Rows for the text, objects for JSON and enclosures for the figure come from one pass.
	rows := [][]string{{"K", "P*", "exactly", "tokens in the smallest set"}}
	var objects []jsonPStar
	var found []*vocabulary.Enclosure
	// Intervals that are wider than asked leave their P* undecided, and the table whole.
	var wide error
	err = vocabulary.EncloseEach(ctx, list, width, func(s *multidraft.Instance, e *vocabulary.Enclosure, err error) error {
		// The task with another number of drafts: names and sums are the same.
		one := *t
		one.Instance = s
		rows = append(rows, tableRow(s.K(), e, width(s.K())))
		if found = append(found, e); job.json { // names of many tokens take long
			objects = append(objects, pstarJSON(&one, e, width(s.K())))
		}
		// Each K that stays open is told, in the order of the table.
		wide = errors.Join(wide, err, job.wideOfLogits(&one, e, width(s.K())))
		job.talk.Update("K = %d", s.K())
		return nil
	})
	// What was solved before an error is lost: a table that breaks off looks like one that ends.
	job.talk.Clear()
	if err != nil {
		return err
	}
	if job.json {
		wide = job.call.Concluded(wide)
		job.call.PrintReport(run.Answer(wide), nil, struct {
			Error  string      `json:"error,omitempty"`
			Optima []jsonPStar `json:"optima"`
		}{run.Describe(wide), objects})
	} else {
		w := job.call.Stdout
		// Of one K, with a figure, it is the line of a single value.
		fmt.Fprintf(w, "K = %v %s, n = %s\n", &job.input.Counts, drafts(list[len(list)-1]), show.Count(t.Instance.N(), "token", "tokens"))
		for _, sum := range t.Sums {
			fmt.Fprintf(w, "normalised: %s\n", sum)
		}
		show.Table(w, rows)
	}
	// The table was printed; the drawing may fail on its own.
	if job.figure != "" {
		wide = errors.Join(wide, job.call.WriteFile(job.figure, pstarChart(list, found).WriteSVG))
	}
	return wide
}

// each is the instance with each number of drafts.
// All of them first: a K that does not fit, as more draws than tokens, ends the call before any is solved.
func (job *pstarJob) each(t *input.Task) (list []*multidraft.Instance, err error) {
	counts := &job.input.Counts
	if rows := counts.Last - counts.First + 1; rows > maxTable {
		return nil, run.UsageErrorf("-k %v: %d numbers of drafts, want at most %d", counts, rows, maxTable)
	}
	// Each number must be one that the law allows, as for draws without replacement no more than there are tokens.
	for k := counts.First; k <= counts.Last; k++ {
		s, err := t.Instance.WithCount(k)
		if err != nil {
			return nil, run.UsageErrorf("-k %v: %v", counts, err)
		}
		list = append(list, s)
	}
	return list, nil
}

// tableRow has the value cut to what fits a line.
func tableRow(k int, e *vocabulary.Enclosure, width rational.Rat) []string {
	// A long fraction is told by its length; -k with one number prints it.
	exactly := "no"
	if e.Value.Exact() {
		// A table of fractions of thousands of digits is none.
		if exactly = e.Value.Lo.String(); len(exactly) > 40 {
			exactly = fmt.Sprintf("a fraction of %d digits", len(exactly)-1)
		}
	}
	size := "not decided"
	// Else the set found is one of several, whose size says nothing about the smallest.
	if e.Known {
		size = fmt.Sprint(e.Smallest.Len())
	}
	// Where it is exact, that it is not 1 can be seen.
	text := show.Certain(e.Value, show.Decimals)
	// Two ends, rounded outwards, in place of the value.
	if !e.Value.Exact() {
		low, high := decimals(e.Value, width)
		text = low + ".." + high
	}
	return []string{fmt.Sprint(k), text, exactly, size}
}
