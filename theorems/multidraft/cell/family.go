package cell

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pstar/theorems"
	"pstar/theorems/multidraft"
)

// Family is multi-draft sampling, with the command that verifies its cells.
func Family() theorems.Family {
	f := multidraft.Family()
	f.Usage = "-k K -n N"
	f.Summary = "verifies a cell of multi-draft speculative sampling"
	f.Help = `Verifies the theorems of multi-draft speculative sampling for K drafts over n tokens:`
	f.Verifies = []string{"MD-T1", "MD-T2", "MD-T3", "MD-T4"}
	f.More = `It prints one line for each claim:

  proved     for all p and q and all laws of the drafts, by a complete argument
  checked    on instances, by linear programs, flows and closed forms that agree
  refuted    by the instance printed
  undecided  within the limits given

K and n may be ranges such as 2..6; then all cells are verified one after
another. -certificate writes a certificate for "verify check" (for ranges, one for each
cell into a directory): of what dd, plain, domain and fm prove it is that of the
method identity, which is added then. -exponent E puts p(S)^E in place of p(S)^K: for E other
than K the claims are false, and a counterexample is printed.`
	f.Advice = "another -method may do"
	f.Parallel = true
	f.Parameters = func(f *theorems.Flags) theorems.Verify {
		p := &parameters{}
		f.Var(&p.k, "k", "number of drafts `K`, or a range such as 2..6")
		f.Var(&p.n, "n", "number of tokens `n`, or a range such as 2..14")
		f.IntVar(&p.exponent, "exponent", 0, "claim p(S)^`E` in place of p(S)^K (0: K)")
		f.StringVar(&p.methods, "method", "identity,dd,lp", "`methods`, separated by commas: "+methodHelp)
		f.StringVar(&p.drafts, "drafts", strings.Join(multidraft.Models(), ","), "draft `models` of the instances, separated by commas")
		f.IntVar(&p.instances, "instances", -1, "`number` of instances of each draft model (-1: what suits the size, 0: none)")
		f.Uint64Var(&p.seed, "seed", 1, "`seed` of the random instances")
		return p.tasks
	}
	return f
}

const methodHelp = `identity (all claims at once, by identities of polynomials that the checker of certificates accepts; cells of up to about 65 000 supports), dd (both of: plain, double description of the whole cone, where the cell is small enough; domain, over a fundamental domain of the token permutations), plain, domain, fm (Fourier-Motzkin elimination: up to 13 tokens for K = 2, 9 for 3, 8 for 4, 7 beyond), lp (instances)`

// maxInstances bounds what can be asked for: an instance takes a few kilobytes before any
// limit is looked at.
const maxInstances = 100_000

// parameters are those of the command.
type parameters struct {
	k, n            theorems.Range
	exponent        int
	methods, drafts string
	instances       int
	seed            uint64
}

// tasks are the cells in the order in which they are verified.
func (p *parameters) tasks(run *theorems.Run) ([]theorems.Task, error) {
	if len(run.Files) > 0 {
		return nil, theorems.BadInput("unexpected argument %q", run.Files[0])
	}
	o, err := p.options(run.Certificate)
	if err != nil {
		return nil, err
	}
	o.Workers = run.Workers
	// Row by row of the grid; the names are those of files of certificates.
	return theorems.Grid(p.k, p.n, func(k, n int) theorems.Task {
		title := fmt.Sprintf("K = %d, n = %d", k, n)
		return theorems.Task{Name: fmt.Sprintf("k%d-n%d", k, n), Title: title, Cell: &theorems.Cell{Row: k, Column: n, Work: work(k, n)}, Do: func(ctx context.Context) (*theorems.Report, error) {
			// Each cell has options of its own: the copy is what Progress is set in.
			o := o
			o.Progress = func(done, total int, task string) {
				run.Progress("%d of %d tasks done, now %s", done, total, task)
			}
			r, err := Verify(ctx, k, n, o)
			return r.report(ctx), err
		}}
	}), nil
}

// work is about how many milliseconds a cell took where it was measured, with the methods
// of the command: for estimates of the time that a grid takes.
func work(k, n int) int64 {
	// A fixed part and a part for each support, as measured.
	total := 30 + int64(multidraft.CountSupports(k, n))/10
	// Plain double description takes most of the time where it is run.
	if plainFits(k, n) {
		total += int64(k) << n / 10
	}
	return total
}

// options are what the parameters ask for, or what is wrong with them.
func (p *parameters) options(certified bool) (o Options, err error) {
	if err := p.validate(); err != nil {
		return o, err
	}
	o = Options{Seed: p.seed, Exponent: p.exponent, Instances: -1}
	if err := p.setMethods(&o); err != nil {
		return o, err
	}
	// Only proofs by identities have a document.
	if certified && (o.Plain || o.Domain || o.Elimination) {
		o.Identity = true // what is certified of a proof, and said then
	}
	// The largest n of each K is enough, since the limit is an upper one.
	for k := p.k.First; o.Elimination && k <= p.k.Last; k++ {
		if err := ValidateElimination(k, p.n.Last); err != nil {
			return o, theorems.BadInput("-method fm: %v", err)
		}
	}
	// Names that are no models are refused, not passed over.
	asked := strings.Split(p.drafts, ",")
	for _, m := range asked {
		if !slices.Contains(multidraft.Models(), m) {
			return o, theorems.BadInput("-drafts: unknown model %q, expected some of %s", m, strings.Join(multidraft.Models(), ","))
		}
	}
	for _, m := range multidraft.Models() { // in their order, each once
		if slices.Contains(asked, m) {
			o.Models = append(o.Models, m)
		}
	}
	return o, nil
}

// validate reports a number that is out of its range, or a cell that is.
func (p *parameters) validate() error {
	switch {
	case p.k == theorems.Range{} || p.n == theorems.Range{}:
		return theorems.BadInput("both -k and -n are needed, such as -k 3 -n 10")
	case p.exponent < 0:
		return theorems.BadInput("-exponent %d: expected a positive number", p.exponent)
	case p.exponent > MaxDrafts:
		return theorems.BadInput("-exponent %d: expected at most %d", p.exponent, MaxDrafts)
	case p.instances < -1 || p.instances > maxInstances:
		return theorems.BadInput("-instances %d: expected a number of instances up to %d, or -1", p.instances, maxInstances)
	}
	// All cells before the first is begun: a grid does not fail in the middle.
	for k := p.k.First; k <= p.k.Last; k++ {
		for n := p.n.First; n <= p.n.Last; n++ {
			if err := Validate(k, n); err != nil {
				return theorems.BadInput("%v", err)
			}
		}
	}
	return nil
}

// setMethods reads the list of -method. The error is bad input: an unknown name, or numbers of
// instances that contradict it.
func (p *parameters) setMethods(o *Options) error {
	// In any order, and what is named twice is done once.
	for _, m := range strings.Split(p.methods, ",") {
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
			o.Instances = max(p.instances, 0)
			// On the command line 0 means none, and -1 the default; in [Options] it is the other
			// way round.
			if p.instances == 0 {
				o.Instances = -1
			}
		default:
			return theorems.BadInput("-method: unknown method %q, expected %s", m, methodHelp)
		}
	}
	// A number of instances that nothing looks at.
	if o.Instances < 0 && p.instances > 0 {
		return theorems.BadInput("-instances %d: the method lp, which checks them, is not among the methods", p.instances)
	}
	if !o.Identity && !o.Plain && !o.Domain && !o.Elimination && o.Instances < 0 {
		return theorems.BadInput("-instances 0 leaves the method lp nothing to do")
	}
	return nil
}
