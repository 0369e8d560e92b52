package cells

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/cell"
	"pstar/witness"
)

func Command() run.Command {
	return run.Command{
		Usage:   "-k K -n N",
		Summary: "verifies a cell of multi-draft speculative sampling",
		Long: `Verifies the theorems MD-T1, MD-T2, MD-T3 and MD-T4 of multi-draft speculative
sampling for K drafts over n tokens, and prints one line for each claim:

  proved     for all p and q and all laws of the drafts, by a complete argument
  checked    on instances, by linear programs, flows and closed forms that agree
  refuted    by the instance printed
  undecided  within the limits given

K and n may be ranges such as 2..6; then all cells are verified one after
another. -certificate writes a certificate for "verify check" (for ranges, one for each
cell into a directory): of what dd, plain, domain and fm prove it is that of the
method identity, which is added then. -exponent E puts p(S)^E in place of p(S)^K: for E other
than K the claims are false, and a counterexample is printed.

` + writeLPText,
		Run:    runCells,
		Advice: "another -method may do",
	}
}

// cellJob is the main job as the command line gives it.
type cellJob struct {
	call      *run.Call
	k, n      input.Range
	exponent  int
	output    string
	methods   string
	drafts    string
	instances int
	seed      uint64
	workers   int
	json      bool
	writeLP   string
	program   string
	integers  bool
	limits    *run.Limits
	talk      *run.Talk
	given     map[string]bool // the flags on the command line
	options   cell.Options
}

func runCells(c *run.Call, args []string) error {
	job, err := parseCells(c, args)
	if err != nil {
		return err
	}
	ctx := job.limits.Context()
	if job.given["write-lp"] {
		return job.writeCellProgram(ctx)
	}
	if job.k.Single() && job.n.Single() {
		return job.one(ctx)
	}
	return job.grid(ctx)
}

func parseCells(c *run.Call, args []string) (*cellJob, error) {
	job := &cellJob{call: c, given: map[string]bool{}}
	f := c.Flags()
	f.Var(&job.k, "k", "number of drafts `K`, or a range such as 2..6")
	f.Var(&job.n, "n", "number of tokens `n`, or a range such as 2..14")
	f.IntVar(&job.exponent, "exponent", 0, "claim p(S)^`E` in place of p(S)^K (0: K)")
	f.StringVar(&job.output, "certificate", "", "write the certificate to `file`, compressed if it ends in .gz; for ranges, a directory")
	f.StringVar(&job.methods, "method", "identity,dd,lp", "`methods`, separated by commas: "+methodHelp)
	f.StringVar(&job.drafts, "drafts", strings.Join(multidraft.Models(), ","), "draft `models` of the instances, separated by commas")
	f.IntVar(&job.instances, "instances", -1, "`number` of instances of each draft model (-1: what suits the size, 0: none)")
	f.Uint64Var(&job.seed, "seed", 1, "`seed` of the random instances")
	f.IntVar(&job.workers, "j", 0, "`number` of tasks at a time (0: one for each processor); the result does not depend on it")
	f.BoolVar(&job.json, "json", false, "print one JSON object")
	f.StringVar(&job.writeLP, "write-lp", "", "write a program of the cell to `file` (.mps or .lp) and do nothing else")
	f.StringVar(&job.program, "program", "importance", "`program` that -write-lp writes: "+cellProgramNames)
	f.BoolVar(&job.integers, "integers", false, "multiply the numbers that -write-lp writes by their common denominator")
	job.limits = f.Limits()
	job.talk = f.Talk()
	if err := f.NoArguments(args); err != nil {
		return nil, err
	}
	f.Visit(func(f *flag.Flag) { job.given[f.Name] = true })
	return job, job.validate()
}

const methodHelp = `identity (all claims at once, by identities of polynomials that the checker of certificates accepts; cells of up to about 65 000 supports), dd (both of: plain, double description of the whole cone, where the cell is small enough; domain, over a fundamental domain of the token permutations), plain, domain, fm (Fourier-Motzkin elimination: up to 13 tokens for K = 2, 9 for 3, 8 for 4, 7 beyond), lp (instances)`

// maxInstances bounds what can be asked for: an instance takes a few kilobytes before any
// limit is looked at.
const maxInstances = 100_000

// validate turns the flags into options and reports what is wrong with them
// before any work is done.
func (job *cellJob) validate() error {
	if job.k == (input.Range{}) || job.n == (input.Range{}) {
		return run.UsageErrorf("both -k and -n are needed, such as -k 3 -n 10")
	}
	for _, bad := range []struct {
		wrong bool
		text  string
	}{
		{job.exponent < 0, fmt.Sprintf("-exponent %d: expected a positive number", job.exponent)},
		{job.exponent > cell.MaxDrafts, fmt.Sprintf("-exponent %d: expected at most %d", job.exponent, cell.MaxDrafts)},
		{job.instances < -1 || job.instances > maxInstances, fmt.Sprintf("-instances %d: expected a number of instances up to %d, or -1", job.instances, maxInstances)},
		{job.workers < 0 || job.workers > run.MaxWorkers, fmt.Sprintf("-j %d: expected a number of workers up to %d, or 0", job.workers, run.MaxWorkers)},
	} {
		if bad.wrong {
			return run.UsageErrorf("%s", bad.text)
		}
	}
	for _, c := range job.cells() {
		if err := cell.Validate(c[0], c[1]); err != nil {
			return run.UsageErrorf("%v", err)
		}
	}
	return firstOf(job.checkProgram, job.setMethods, job.checkElimination, job.setModels, job.checkOutput)
}

func firstOf(checks ...func() error) error {
	for _, check := range checks {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (job *cellJob) setMethods() error {
	o := &job.options
	o.Seed, o.Workers, o.Exponent = job.seed, job.workers, job.exponent
	o.Instances = -1
	for _, m := range strings.Split(job.methods, ",") {
		switch m {
		case "identity":
			o.Identity = true
		case "dd":
			o.PlainIfSmall, o.Domain = true, true
		case "plain":
			o.Plain = true
		case "domain":
			o.Domain = true
		case "fm":
			o.Elimination = true
		case "lp":
			o.Instances = max(job.instances, 0)
			if job.instances == 0 {
				o.Instances = -1
			}
		default:
			return run.UsageErrorf("-method: unknown method %q, expected %s", m, methodHelp)
		}
	}
	if (o.Plain || o.Domain || o.Elimination) && job.output != "" {
		o.Identity = true // what is certified of a proof, and said then
	}
	if o.Instances < 0 && job.instances > 0 {
		return run.UsageErrorf("-instances %d: the method lp, which checks them, is not among the methods", job.instances)
	}
	if !o.Identity && !o.Plain && !o.Domain && !o.Elimination && o.Instances < 0 {
		return run.UsageErrorf("-instances 0 leaves the method lp nothing to do")
	}
	return nil
}

// checkElimination reports a cell that is too large for the method fm.
func (job *cellJob) checkElimination() error {
	if !job.options.Elimination {
		return nil
	}
	for _, c := range job.cells() {
		if err := cell.ValidateElimination(c[0], c[1]); err != nil {
			return run.UsageErrorf("-method fm: %v", err)
		}
	}
	return nil
}

func (job *cellJob) setModels() error {
	known := multidraft.Models()
	asked := map[string]bool{}
	for _, m := range strings.Split(job.drafts, ",") {
		asked[m] = true
	}
	for _, m := range known {
		if asked[m] {
			job.options.Models = append(job.options.Models, m)
			delete(asked, m)
		}
	}
	for _, m := range strings.Split(job.drafts, ",") {
		if asked[m] {
			return run.UsageErrorf("-drafts: unknown model %q, expected some of %s", m, strings.Join(known, ","))
		}
	}
	return nil
}

// checkOutput reports an output that cannot be written before the work begins.
func (job *cellJob) checkOutput() error {
	switch {
	case job.output == "":
		return nil
	case job.k.Single() && job.n.Single():
		return job.call.CheckWritable(job.output)
	case job.output == "-":
		return run.UsageErrorf("-certificate -: the certificates of several cells need a directory, and standard output is none")
	}
	if err := os.MkdirAll(job.output, 0o755); err != nil {
		return run.UsageErrorf("cannot make the directory %s: %v", job.output, run.Reason(err))
	}
	run.ClearLitter(job.output + string(filepath.Separator))
	return job.call.CheckWritable(filepath.Join(job.output, cellFile(2, 2)))
}

// cells lists the cells (k, n) in the order in which they are verified.
func (job *cellJob) cells() [][2]int {
	var cells [][2]int
	for k := job.k.First; k <= job.k.Last; k++ {
		for n := job.n.First; n <= job.n.Last; n++ {
			cells = append(cells, [2]int{k, n})
		}
	}
	return cells
}

// one verifies a single cell.
func (job *cellJob) one(ctx context.Context) error {
	report, err := job.verify(ctx, job.k.First, job.n.First)
	if job.json {
		job.call.PrintReport(report.Verdict().String(), report.Claims(), cellJSON(report))
	} else {
		printCell(job.call, report)
	}
	return errors.Join(outcome(report, err), job.certify(report, job.output))
}

// grid verifies all cells of a range, and goes on after a refuted or undecided
// one until a limit is reached.
func (job *cellJob) grid(ctx context.Context) error {
	var reports []*cell.Report
	var worst error
	var missing []string // certificates
	for _, cell := range job.cells() {
		report, err := job.verify(ctx, cell[0], cell[1])
		reports = append(reports, report)
		if !job.json {
			printCellLine(job.call, report)
		}
		worst = errors.Join(worst, outcome(report, err))
		if job.output != "" {
			name := cellFile(cell[0], cell[1])
			if err := job.certify(report, filepath.Join(job.output, name)); err != nil {
				worst = errors.Join(worst, err)
				missing = append(missing, name)
			}
		}
		if ctx.Err() != nil {
			break
		}
	}
	if job.json {
		job.call.PrintReport(gridVerdict(reports, len(job.cells())).String(), nil, gridJSON(reports, len(job.cells()), missing))
	} else {
		printGridVerdict(job.call, reports, len(job.cells()), missing)
	}
	return worst
}

// cellFile names the certificate of a cell in a directory.
func cellFile(k, n int) string { return fmt.Sprintf("k%d-n%d.json.gz", k, n) }

// verify verifies one cell.
func (job *cellJob) verify(ctx context.Context, k, n int) (*cell.Report, error) {
	options := job.options
	options.Progress = func(done, total int, task string) {
		job.talk.Update("K = %d, n = %d: %d of %d tasks done, now %s", k, n, done, total, task)
	}
	report, err := cell.Verify(ctx, k, n, options)
	job.talk.Clear()
	job.talk.Say("K = %d, n = %d: %s after %v, %s in use", k, n, report.Verdict(), job.talk.Elapsed(), megabytes(run.InUse()))
	return report, err
}

// certify writes the certificate of a cell that is decided, if path is not
// empty.
func (job *cellJob) certify(report *cell.Report, path string) error {
	if path == "" || report.Verdict() == theorems.Open || report.Disagreement != nil {
		return nil
	}
	_, err := job.call.WriteCertificate(path, func() (witness.Document, error) {
		d, err := report.Certificate(job.call.Limited())
		var unwritable *witness.Unwritable
		var refused *witness.Refused
		// What the format cannot hold is no fault, and what our checker refuses is told as such.
		if err != nil && job.call.Limited().Err() == nil && !errors.As(err, &unwritable) && !errors.As(err, &refused) {
			err = run.FaultErrorf("cannot write %s: %v", path, err)
		}
		return d, err
	})
	if err != nil {
		return err
	}
	job.talk.Say("K = %d, n = %d: certificate written after %v", report.K, report.N, job.talk.Elapsed())
	return nil
}

func megabytes(bytes uint64) string { return fmt.Sprintf("%d MiB", bytes>>20) }

// outcome is the error that a report stands for.
func outcome(report *cell.Report, err error) error {
	if err != nil {
		return err
	}
	return run.Outcome(report.Verdict())
}
