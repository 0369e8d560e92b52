package steps

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"pstar/cmd/verify/internal/campaign"
	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/rational"
	"pstar/theorems/multidraft/study"
)

// blockSteps is how many lines or rows are one task of a run with -state.
const blockSteps = 1000

// block is a part of the steps: those numbered from first to last.
type block struct {
	first, last int
	// start and end are those of the lines in their file.
	start, end int64
	final      bool // the end of the file is that of the block
}

// blockFigures are what is kept of a block beside its lines.
type blockFigures struct {
	Steps     int         `json:"steps"`
	Bad       int         `json:"bad"`
	Undecided int         `json:"undecided"`
	Lossy     int         `json:"not_lossless,omitempty"`
	Replaced  int         `json:"replaced,omitempty"`
	Sums      []study.Sum `json:"sums"` // one for each column
	// What the softmax moves P* of any step by at most.
	Off *rational.Rat `json:"off,omitempty"`
	// Of the rule at any step, with -tolerance.
	Variation *rational.Rat `json:"variation,omitempty"`
}

// blocks runs the steps as a campaign, block by block.
// What is printed is what a run without -state prints.
func (job *stepsJob) blocks(ctx context.Context, path string) error {
	// Blocks are done in any order: there is no first bad line to stop at.
	if err := job.flags.RefuseUnused("with -state", "strict"); err != nil {
		return err
	}
	// The blocks depend on the files alone, and not on workers: names of tasks are the same for all.
	list, paths, err := job.divide(path)
	if err != nil {
		return err
	}
	// All blocks have the columns of the first step, whoever does them.
	if err := job.columnsOf(ctx, path); err != nil {
		return err
	}
	// Named by their steps, so that a folder can be read without this program.
	var tasks []campaign.Task
	for _, b := range list {
		tasks = append(tasks, campaign.Task{Name: fmt.Sprintf("steps-%d-%d", b.first, b.last), Label: fmt.Sprintf("steps %d to %d", b.first, b.last),
			Do: func(ctx context.Context) (*campaign.Result, error) { return job.block(ctx, path, b) }})
	}
	// The rule is an input too: another one is another campaign.
	if job.rulePath != "" {
		paths = append(paths, job.rulePath)
	}
	// With the files, as blocks kept of another file are not to be taken over.
	c, err := job.campaign.Open(job.Call, job.talk, tasks, paths...)
	if err != nil {
		return err
	}
	// Once: what is kept of blocks has no header.
	if err := job.head(); err != nil {
		return err
	}
	// Blocks are printed in order as they are done; one that stopped has no rows.
	var worst error
	done := 0
	// Results come in order, so that what is printed is what a run without -state prints.
	ended := c.Each(ctx, func(t *campaign.Task, r *campaign.Result, err error) {
		if worst = errors.Join(worst, err); r != nil && r.Stopped == "" {
			worst = errors.Join(worst, job.append(t, r))
			done++
		}
	})
	stopped := errors.Join(worst, ended)
	switch {
	// Not all is done: means over a part, which say over how many steps.
	case done < c.Tasks():
		job.talk.Note("%d of %d blocks are not done: the means are over %d steps", c.Tasks()-done, c.Tasks(), job.steps)
		stopped = job.end(stopped)
	// No means of nothing.
	case worst == nil && job.steps == 0:
		stopped = errors.Join(stopped, run.UsageErrorf("no step could be read"))
	// As of a run without -state.
	case worst == nil || job.json:
		stopped = job.end(stopped)
	}
	job.out.Flush()
	return stopped
}

// append prints a block that is done, and adds it to the means.
// It is called in the order of the blocks.
func (job *stepsJob) append(t *campaign.Task, r *campaign.Result) error {
	// As the block was kept, perhaps by another process.
	var f blockFigures
	// Figures of another version, or of a file that somebody edited.
	if err := json.Unmarshal(r.Figures, &f); err != nil || len(f.Sums) != len(job.means) {
		return run.FaultErrorf("the figures of %s do not fit its columns: %v", t.Name, err)
	}
	// Bad steps of a block are told when it is printed, in their order.
	for _, note := range r.Notes {
		job.complain(note)
	}
	// Text of blocks goes around the buffer of the head, which has to come before it.
	job.out.Flush()
	if objects, ok := job.out.(*jsonRecords); ok {
		if err := objects.rewrite(r.Text); err != nil {
			return err
		}
	} else {
		io.WriteString(job.Stdout, r.Text)
	}
	job.steps, job.bad, job.replaced = job.steps+f.Steps, job.bad+f.Bad, job.replaced+f.Replaced
	job.undecided, job.lossy = job.undecided+f.Undecided, job.lossy+f.Lossy
	if f.Off != nil {
		job.off = rational.MaxRat(job.off, *f.Off)
	}
	if f.Variation != nil {
		job.variation = rational.MaxRat(job.variation, *f.Variation)
	}
	for j, sum := range f.Sums {
		job.means[j].Append(sum)
	}
	return nil
}

// block does the steps of one.
// It writes nothing of the run, so that several blocks can be done at a time.
func (job *stepsJob) block(ctx context.Context, path string, b block) (*campaign.Result, error) {
	source, err := job.openBlock(path, b)
	if err != nil {
		return nil, err
	}
	defer source.close()
	r := &campaign.Result{Title: fmt.Sprintf("steps %d to %d", b.first, b.last)}
	var text strings.Builder
	// The flags of the run, and means, counts and output of its own.
	part := *job
	part.steps, part.bad, part.undecided, part.lossy, part.replaced = 0, 0, 0, 0, 0
	part.off, part.variation = rational.Rat{}, rational.Rat{}
	part.out, part.complain = csv.NewWriter(&text), func(text string) { r.Notes = append(r.Notes, text) }
	// Fresh means: sums of blocks are added up exactly later.
	part.setColumns(job.names)
	// The columns are known, so that a bad first step of a block is one of its notes.
	if first := source.next(); first != nil {
		if err := part.work(ctx, first, source); err != nil {
			return nil, err
		}
	}
	// The text is whole only then.
	part.out.Flush()
	f := blockFigures{Steps: part.steps, Bad: part.bad, Undecided: part.undecided, Lossy: part.lossy, Replaced: part.replaced}
	// Of a report, which does not look at figures.
	r.Verdict, r.Summary = run.Answer(part.found()), part.blockSummary()
	if job.input.Sampling.Logits {
		f.Off = &part.off
	}
	if !job.tolerance.Value.IsZero() {
		f.Variation = &part.variation
	}
	// Sums and not means: those of all blocks are added up exactly, in any order.
	for _, mean := range part.means {
		f.Sums = append(f.Sums, mean.Sum())
	}
	// Numbers and lists always have a JSON form: else it is a fault of ours.
	if r.Figures, err = json.Marshal(f); err != nil {
		panic("verify: figures without a JSON form: " + err.Error())
	}
	// The lines as they will be printed, so that a later run prints the same bytes.
	r.Text = text.String()
	return r, nil
}

// columnsOf chooses the columns by the first step that can be used. What is bad before it is
// told with its block.
func (job *stepsJob) columnsOf(ctx context.Context, path string) error {
	source, err := job.open(path)
	if err != nil {
		return err
	}
	defer source.close()
	// Only to see the first good step: nothing is printed of the bad ones.
	look := *job
	look.complain = func(string) {}
	first, err := look.firstStep(ctx, source)
	// Without a step there are no columns, and nothing to divide.
	if err == nil && first == nil {
		err = run.UsageErrorf("no step could be read")
	}
	if err == nil {
		job.columns(first.task.Instance)
	}
	return err
}

// divide lists the blocks of a file of lines, or of a pair of arrays, and the files.
// A file of lines is read once, to find where they end.
func (job *stepsJob) divide(path string) (list []block, paths []string, err error) {
	if path == "" {
		return job.divideArrays()
	}
	// A stream cannot be divided, nor read by another process.
	if path == "-" {
		return nil, nil, run.UsageErrorf("-state: standard input cannot be read again")
	}
	in, err := job.Call.OpenFile(path)
	if err != nil {
		return nil, nil, err
	}
	defer in.Close()
	r := bufio.NewReaderSize(in, 1<<20)
	// Offsets are those of line ends, so that any block can be read without the others.
	// Blocks follow each other without a gap: each begins where the one before ends.
	b, at, line := block{first: 1}, int64(0), 1
	full := 0 // the last line in which something stands
	for {
		part, err := r.ReadSlice('\n')
		// All parts of a line count: offsets are those of the file.
		at += int64(len(part))
		if len(bytes.TrimSpace(part)) > 0 {
			full = line
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue // of a long line
		}
		// The file cannot be read: no list of blocks is better than a short one.
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, nil, in.Fail(err)
		}
		// The end of the file, whose last line may lack an end.
		if err != nil {
			return lastBlock(list, b, full, at), []string{path}, nil
		}
		// A full block.
		if line-b.first+1 == blockSteps {
			b.last, b.end = line, at
			list = append(list, b)
			b = block{first: line + 1, start: at}
		}
		line++
	}
}

// lastBlock adds the last block b of a file, which ends at the last line in which something stands: empty lines behind it are no steps. If there is
// none in b the block before is the last.
func lastBlock(list []block, b block, full int, end int64) []block {
	if n := len(list); n > 0 && full < b.first {
		list[n-1].final = true
		return list
	}
	// A file without lines has to be told, and is a block of one.
	b.last, b.end, b.final = max(full, b.first), end, true
	return append(list, b)
}

// divideArrays lists the blocks of a pair of arrays by their shapes, up to where a file is cut off: the rest is
// a bad step of the last block.
func (job *stepsJob) divideArrays() (list []block, paths []string, err error) {
	// Their headers were compared when they were opened.
	source, err := job.open("")
	if err != nil {
		return nil, nil, err
	}
	// Rows have one length: nothing need be read to divide them.
	a := source.(*arraySource)
	defer a.close()
	// As many rows as both files have.
	rows := a.q.Rows
	for _, n := range []*input.Array{a.p, a.q} {
		if n.Source == nil {
			return nil, nil, run.UsageErrorf("-state: %s is in an archive, in which no row can be looked up: save it as .npy", n.Name)
		}
		paths = append(paths, n.Source.Name)
		// The header says how many rows there should be, the size how many there are.
		info, err := os.Stat(n.Source.Name)
		if err != nil {
			return nil, nil, n.Source.Fail(err)
		}
		// Of a file that is cut off the rows that are there count, and the end is a bad step of the last block.
		within := n.Within(info.Size())
		// The rows of p are those of several drafts for each step.
		if n == a.p {
			within /= a.drafts
		}
		rows = min(rows, within)
	}
	for first := 1; first <= rows; first += blockSteps {
		last := min(first+blockSteps-1, rows)
		list = append(list, block{first: first, last: last, final: last == rows})
	}
	return list, paths, nil
}

// openBlock opens the source of the steps of a block.
// Its steps have the numbers that they have in the whole.
func (job *stepsJob) openBlock(path string, b block) (stepSource, error) {
	source, err := job.open(path)
	// The only block is the whole source, which may be a pipe.
	if err != nil || b.first == 1 && b.final {
		return source, err
	}
	if a, isArray := source.(*arraySource); isArray {
		// Steps are numbered by their rows, in whatever block they are.
		a.number = b.first - 1
		// The last block reads to the end of the file, where it sees what is wrong there.
		if !b.final {
			a.last = b.last
		}
		// A step takes one row of q, and of p as many as there are drafts.
		if err = a.p.Seek(a.p.Source, (b.first-1)*a.drafts); err == nil {
			err = a.q.Seek(a.q.Source, b.first-1)
		}
		if err != nil {
			a.close()
			return nil, run.UsageErrorf("%v", err)
		}
		return a, nil
	}
	l := source.(*lineSource)
	if _, err := l.file.(*run.Source).Seek(b.start, io.SeekStart); err != nil {
		l.close()
		return nil, run.UsageErrorf("cannot read %s: %v", path, err)
	}
	// Numbers go on from the blocks before, and the reader ends with the block.
	l.number, l.r = b.first-1, bufio.NewReader(io.LimitReader(l.file, b.end-b.start))
	// A mark at the beginning of a text belongs to its first block.
	if b.start == 0 {
		l.r = input.NewText(l.r)
	}
	return l, nil
}
