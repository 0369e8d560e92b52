package steps

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/instances"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/theorems/multidraft/study"
)

// stepRecords takes the records of steps: a number, then a text for each column.
type stepRecords interface {
	Write(record []string) error
	Flush()
}

// jsonRecords writes a record as an object on a line, so that a reader of a million steps holds one at a time.
type jsonRecords struct {
	job *stepsJob // its columns are known when the first record comes
	to  *bufio.Writer
	*json.Encoder
}

func newJSONRecords(job *stepsJob) *jsonRecords {
	to := bufio.NewWriter(job.Stdout)
	return &jsonRecords{job, to, json.NewEncoder(to)}
}

// jsonStep is the object of a step. Values are told as in the table, and so rounded unless -exact is given.
type jsonStep struct {
	Step       int               `json:"step"`
	Acceptance map[string]string `json:"acceptance"`
	NoValue    map[string]string `json:"no_value,omitempty"` // "not defined" or "undecided"
}

// Write implements stepRecords.
func (r *jsonRecords) Write(record []string) error {
	number, err := strconv.Atoi(record[0])
	if err != nil {
		panic("verify: a record without the number of its step: " + record[0])
	}
	s := jsonStep{Step: number, Acceptance: map[string]string{}}
	for j, text := range record[1:] {
		name := r.job.names[j]
		// The words stand in the place of a number, which none of them is.
		if text != instances.ReasonUndefined && text != instances.ReasonUndecided {
			s.Acceptance[name] = text
			continue
		}
		if s.NoValue == nil {
			s.NoValue = map[string]string{}
		}
		s.NoValue[name] = text
	}
	return r.Encode(s)
}

// Flush implements stepRecords.
func (r *jsonRecords) Flush() { r.to.Flush() } // standard output remembers its errors

// rewrite writes the records of a block that is kept, whose text is a table whatever was asked for.
func (r *jsonRecords) rewrite(text string) error {
	table := csv.NewReader(strings.NewReader(text))
	for {
		record, err := table.Read()
		if err == io.EOF {
			return nil
		}
		if err == nil && len(record) != 1+len(r.job.names) {
			err = run.FaultErrorf("a step that is kept has %d values, expected %d", len(record)-1, len(r.job.names))
		}
		if err == nil {
			err = r.Write(record)
		}
		if err != nil {
			return err
		}
	}
}

// jsonSteps is what the last object, that of the run, has besides its head.
type jsonSteps struct {
	Error     string            `json:"error,omitempty"` // why it is not whole, as standard error says
	Schemes   []string          `json:"schemes"`         // in the order of the columns of the table
	Steps     int               `json:"steps"`
	Bad       int               `json:"bad_steps"`
	Undecided int               `json:"undecided_values"`
	Lossy     int               `json:"not_lossless_values,omitempty"`
	Mean      map[string]string `json:"mean"`
	Over      map[string]int    `json:"mean_over"` // how many steps each mean is over
	Off       string            `json:"optimal_off_by_at_most,omitempty"`
	Variation string            `json:"user_variation_at_most,omitempty"`
}

// summaryJSON prints the object of the run on one line, the last.
func (job *stepsJob) summaryJSON(outcome error) error {
	out := jsonSteps{
		Error: run.Describe(outcome), Schemes: job.names, Steps: job.steps, Bad: job.bad, Undecided: job.undecided, Lossy: job.lossy,
		Mean: map[string]string{}, Over: map[string]int{},
	}
	for j, mean := range job.means {
		// A column without values has no mean.
		if out.Over[job.names[j]] = mean.Count(); mean.Count() > 0 {
			out.Mean[job.names[j]] = show.Certain(mean.Value(), stepDigits)
		}
	}
	if job.input.Sampling.Logits {
		out.Off = job.offText()
	}
	if !job.tolerance.Value.IsZero() {
		out.Variation = job.variationText()
	}
	job.out.Flush() // the steps stand before it
	// The verdict is as the exit status has it.
	return run.WriteLine(job.Stdout, job.Head(run.Answer(outcome), nil), out)
}

// offText is how far P* of any step may be off with logits.
func (job *stepsJob) offText() string { return input.AtMost(job.off) }

// softmaxLine says of each column how far its values are from those of the logits.
func (job *stepsJob) softmaxLine() []string {
	// In the place of the number of a step.
	line := []string{"softmax"}
	for _, name := range job.names {
		text := "rounded"
		// Of P* alone a bound is known.
		if name == study.CurveOptimal {
			text = "off by at most " + job.offText()
		}
		line = append(line, text)
	}
	return line
}
