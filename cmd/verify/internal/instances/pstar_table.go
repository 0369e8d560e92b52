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

// An optima is P* for several numbers of drafts: rows for the text, objects for JSON and enclosures for the figure come from one pass.
type optima struct {
	rows    [][]string
	objects []jsonPStar
	solved  []*multidraft.Instance
	found   []*vocabulary.Enclosure // parallel to solved
	open    []int                   // numbers of drafts of which there is no interval
}

// add adds an instance; e is nil if there is no interval.
func (o *optima) add(s *multidraft.Instance, e *vocabulary.Enclosure, width rational.Rat) {
	if e == nil {
		o.rows, o.open = append(o.rows, []string{fmt.Sprint(s.K()), "undecided", "no", "not decided"}), append(o.open, s.K())
		return
	}
	o.rows = append(o.rows, tableRow(s.K(), e, width))
	o.solved, o.found = append(o.solved, s), append(o.found, e)
}

// table prints P* for several numbers of drafts from one law.
// The error joins those of single numbers of drafts; what is known of the others is printed, also if the run is stopped.
func (job *pstarJob) table(ctx context.Context, t *input.Task, width func(k int) rational.Rat) error {
	// One file cannot hold several rules, and names for each are not guessed.
	if job.rule != "" || job.output != "" {
		return run.UsageErrorf("-write-rule and -certificate are for one number of drafts, not for -k %v", &job.input.Counts)
	}
	list, err := job.each(t)
	if err != nil {
		return err
	}
	o := &optima{rows: [][]string{{"K", "P*", "exactly", "tokens in the smallest set"}}}
	// Intervals that are wider than asked, or none, leave their P* undecided, and the table whole.
	var wide error
	err = vocabulary.EncloseEach(ctx, list, width, func(s *multidraft.Instance, e *vocabulary.Enclosure, err error) error {
		o.add(s, e, width(s.K()))
		// Each K that stays open is told, in the order of the table.
		wide = errors.Join(wide, err)
		if e != nil {
			// The task with another number of drafts: names and sums are the same.
			one := *t
			one.Instance = s
			wide = errors.Join(wide, job.wideOfLogits(&one, e, width(s.K())))
			if job.json { // names of many tokens take long
				o.objects = append(o.objects, pstarJSON(&one, e, width(s.K())))
			}
		}
		job.talk.Update("K = %d", s.K())
		return nil
	})
	job.talk.Clear()
	// Of a run that is stopped what was solved is told, and what was not: a table that breaks off would look like one that ends.
	if err != nil && ctx.Err() == nil || len(o.found) == 0 {
		return errors.Join(err, wide)
	}
	for _, s := range list[len(o.rows)-1:] {
		o.add(s, nil, width(s.K()))
	}
	wide = job.call.Concluded(errors.Join(err, wide))
	job.printTable(t, o, wide)
	// The table was printed; the drawing may fail on its own.
	switch {
	case job.figure == "":
	case o.open != nil:
		wide = errors.Join(wide, run.UsageErrorf("cannot draw %s: not every P* is known", job.figure))
	default:
		wide = errors.Join(wide, job.call.WriteFile(job.figure, pstarChart(o.solved, o.found).WriteSVG))
	}
	return wide
}

// printTable prints the table of a run that ends by this outcome.
func (job *pstarJob) printTable(t *input.Task, o *optima, outcome error) {
	if job.json {
		job.call.PrintReport(run.Answer(outcome), nil, struct {
			Error      string      `json:"error,omitempty"` // why it is undecided
			Optima     []jsonPStar `json:"optima"`
			NotDecided []int       `json:"not_decided,omitempty"` // numbers of drafts that have no object
		}{run.Describe(outcome), o.objects, o.open})
		return
	}
	w := job.call.Stdout
	// Of one K, with a figure, it is the line of a single value.
	fmt.Fprintf(w, "K = %v %s, n = %s\n", &job.input.Counts, drafts(job.input.Counts.Last, t.Instance.Model()), show.Count(t.Instance.N(), "token", "tokens"))
	for _, sum := range t.Sums {
		fmt.Fprintf(w, "normalised: %s\n", sum)
	}
	show.Table(w, o.rows)
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
