package cell

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"pstar/doubledesc"
	"pstar/fm"
	"pstar/internal/crew"
	"pstar/rational/polynomial"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
	"pstar/witness"
)

// Limits of a cell. The cones of a cell have one coordinate for each support;
// their fundamental domains are simplicial, so the work grows about as the
// number of supports times n, and the certificate with it.
const (
	MinDrafts   = 2
	MaxDrafts   = 64
	MinTokens   = 2
	MaxSupports = 100_000
	plainLimit  = 2_000_000 // rows times expected rays, up to which plain double description is run
)

// Options steer the verification of a cell.
type Options struct {
	// Exponent is the e of the claims with p(S)^e for iid drafts; 0 means K,
	// which is the theorem.
	Exponent int
	// Plain and Domain choose the conversions of the cones. PlainIfSmall runs
	// plain double description where the cell is small enough for it to be
	// quick.
	Plain, PlainIfSmall, Domain bool
	// Identity proves all four claims by Farkas' lemma, sorted tokens and one identity for
	// each program, as a document that the checker of package certificate accepts.
	Identity bool
	// Elimination goes through the elimination lemmas, and on small cells
	// eliminates from the transport polytope without them too.
	Elimination bool
	// Instances is the number of instances of each draft model that are
	// cross-checked; negative means none, 0 a number that suits the size.
	Instances int
	// Models are the draft models of the instances, of Models().
	Models []string
	Seed   uint64
	// Workers is the number of tasks at a time; 0 means the number of
	// processors. The result does not depend on it.
	Workers int
	// Progress, if set, is told when a task begins or ends, one call at a time.
	Progress func(done, total int, task string)
}

// A CheckedInstance is an instance with the optimum that all methods gave.
type CheckedInstance struct {
	Instance  *multidraft.Instance
	Agreement *optimum.Agreement
}

// A Report is what the verification of a cell found. Parts that were not
// asked for, or not finished, are nil.
type Report struct {
	K, N, Exponent int
	Options        Options
	Feasibility    *ConeProof
	Optimum        *ConeProof
	Elimination    *Elimination
	// Projection is the plain projection, if it was asked for and fits.
	Projection *fm.Result
	// Supports are the polynomials for which the identity was expanded and
	// holds.
	Supports []polynomial.Poly
	// Identity is the document with the proof of all claims by identities, which the checker has accepted.
	Identity  *witness.Accepted
	Instances []CheckedInstance
	// Refutation is a counterexample to a wrong exponent.
	Refutation *Refutation
	// Disagreement is an instance at which two methods differ: it refutes
	// MD-T1, T3 or T4, or shows a fault in a method.
	Disagreement *optimum.Disagreement
}

// Validate reports why a cell cannot be verified, saying what can.
func Validate(k, n int) error {
	switch {
	case k < MinDrafts:
		return fmt.Errorf("K = %d drafts, want at least %d: with one draft P* is the sum of min(p_i, q_i)", k, MinDrafts)
	case k > MaxDrafts:
		return fmt.Errorf("K = %d drafts, want at most %d", k, MaxDrafts)
	case n < MinTokens:
		return fmt.Errorf("n = %d tokens, want at least %d: with one token P* = 1", n, MinTokens)
	case n > multidraft.MaxTokens:
		return fmt.Errorf("n = %d tokens, want at most %d: sets of tokens are kept in machine words", n, multidraft.MaxTokens)
	}
	// Counted, not listed: the number is known before anything of its size is made.
	if count := multidraft.CountSupports(k, n); count > MaxSupports {
		return fmt.Errorf("K = %d, n = %d has %d possible sets of drafted tokens, want at most %d: each is a coordinate of the cell's cones (n = 14 is possible up to K = 9, n = 20 up to K = 6)",
			k, n, count, MaxSupports)
	}
	if CountMonomials(k, n) > MaxMonomials {
		return fmt.Errorf("K = %d, n = %d has more than %d monomials in p(S)^K, which are expanded term by term (n = 14 is possible up to K = 9, n = 20 up to K = 6)", k, n, MaxMonomials)
	}
	return nil
}

// Verify verifies the claims of a cell by the methods chosen. It returns a
// report also with an error; claims that were not settled are undecided in it.
// Errors: an impossible cell or option, the end of ctx, or a ray or method that
// does not fit, which would mean that a theorem or a method is wrong.
func Verify(ctx context.Context, k, n int, o Options) (*Report, error) {
	// Which is the theorem; any other exponent is a claim to be refuted.
	if o.Exponent == 0 {
		o.Exponent = k
	}
	r := &Report{K: k, N: n, Exponent: o.Exponent, Options: o}
	// After the report is made: it has the numbers of the cell even if that cannot be verified.
	if err := Validate(k, n); err != nil {
		return r, err
	}
	// The claim is false then: nothing is proved of it, and one counterexample is the whole
	// report.
	if o.Exponent != k {
		var err error
		r.Refutation, err = RefuteExponent(ctx, k, n, o.Exponent, optimum.Options{})
		return r, r.note(err)
	}
	tasks := r.coneTasks()
	more, err := r.instanceTasks()
	if err != nil {
		return r, err
	}
	return r, r.note(runTasks(ctx, append(tasks, more...), o))
}

// crossCheckOptions are the limits of the linear programs in a cell. On large
// cells they would take most of the time, so the larger programs are solved for
// the first instance of each model, and the largest for the first iid one.
func crossCheckOptions(model string, index int) optimum.Options {
	switch {
	// The instances behind the first have flows and closed forms only.
	case index > 0:
		return optimum.Options{}
	case model == multidraft.ModelIID:
		return optimum.Options{MaxVariables: 4000, MaxImportance: 13_000}
	default:
		return optimum.Options{MaxVariables: 4000}
	}
}

// note files a disagreement under its name and passes other errors on.
func (r *Report) note(err error) error {
	var d *optimum.Disagreement
	// It is a result, and the worst there is: the report tells it, and the verdict is not that of
	// a failed run.
	if errors.As(err, &d) {
		r.Disagreement = d
		return nil
	}
	return err
}

// task is a piece of work that writes its own part of the report.
type task struct {
	name string
	run  func(ctx context.Context) error
}

// coneTasks are the conversions of the two cones, the elimination and the
// identity.
func (r *Report) coneTasks() []task {
	var methods []string
	if r.Options.Domain { // first, as it is quick: a limit may not leave time for the other
		methods = append(methods, MethodDomain)
	}
	if r.Options.Plain || r.Options.PlainIfSmall && plainFits(r.K, r.N) {
		methods = append(methods, MethodPlain)
	}
	prove := func(c func(k, n int) *Cone, proof **ConeProof) func(context.Context) error {
		return func(ctx context.Context) (err error) {
			*proof, err = crew.Await(ctx, func() (*ConeProof, error) { return ProveCone(ctx, c(r.K, r.N), methods, doubledesc.Options{}) })
			return err
		}
	}
	var tasks []task
	if r.proves() {
		tasks = append(tasks, task{"proof by identities", func(ctx context.Context) (err error) {
			r.Identity, err = crew.Await(ctx, func() (*witness.Accepted, error) { return proveByIdentities(ctx, r.K, r.N) })
			return err
		}})
	}
	if len(methods) > 0 {
		tasks = append(tasks,
			task{"feasibility cone", prove(FeasibilityCone, &r.Feasibility)},
			task{"optimum cone", prove(OptimumCone, &r.Optimum)})
	}
	if r.Options.Elimination {
		tasks = append(tasks, task{"elimination", func(ctx context.Context) (err error) {
			r.Elimination, err = ProveByElimination(ctx, r.K, r.N, EliminationOptions{})
			return err
		}})
	}
	if r.Options.Elimination && ProjectionFits(r.K, r.N) {
		tasks = append(tasks, task{"plain projection", func(ctx context.Context) error {
			projection, err := NewTransportSystem(r.K, r.N).Project(ctx, fm.Options{})
			if err != nil {
				return err
			}
			if err := projection.Verify(ctx); err != nil { // no row is missing
				if ctx.Err() != nil {
					return err
				}
				return &fm.Fault{Err: err}
			}
			r.Projection = projection
			return nil
		}})
	}
	if len(methods) == 0 && !r.Options.Elimination {
		return tasks
	}
	return append(tasks, task{"identity of polynomials", func(ctx context.Context) error {
		supports := SupportPolynomials(r.K, r.N)
		if err := CheckIdentity(ctx, r.K, r.N, r.Exponent, supports); err != nil {
			return err
		}
		r.Supports = supports
		return nil
	}})
}

// plainFits reports whether plain double description of the cell's cones is
// quick.
func plainFits(k, n int) bool {
	// Sets beyond this many rays are too many whatever the rows are.
	if int64(1)<<n > plainLimit {
		return false // also keeps the product from overflowing
	}
	// What double description costs grows with the pairs of a row and a ray; the rays are known
	// beforehand from the theorem, one for each S and each T.
	rows, rays := int64(0), int64(1)<<n
	// Each support gives a row for each of its tokens.
	for _, t := range multidraft.Supports(k, n)[n:] {
		rows += int64(t.Len())
		rays++
	}
	return rows*rays <= plainLimit
}

// instanceTasks are the cross-checks, one task each, in the order of the report.
func (r *Report) instanceTasks() ([]task, error) {
	// The default suits the size; a negative number is none, see below.
	count := r.Options.Instances
	if count == 0 {
		count = suitableInstances(r.K, r.N)
	}
	var tasks []task
	for _, model := range r.Options.Models {
		if !slices.Contains(multidraft.Models(), model) {
			return nil, fmt.Errorf("draft model %q, want one of %v", model, multidraft.Models())
		}
		// K distinct tokens do not exist, and the claims say nothing of it.
		if model == multidraft.ModelWithoutReplacement && r.K > r.N {
			continue // there is no such law
		}
		// The index is that of the generated sequence: more instances begin with the same ones.
		for index := range max(count, 0) {
			tasks = append(tasks, r.instanceTask(model, index, len(tasks)))
		}
	}
	// Each task has its place before any runs.
	r.Instances = make([]CheckedInstance, len(tasks))
	return tasks, nil
}

// suitableInstances is the default number of instances of each model: one of
// each kind on small cells.
func suitableInstances(k, n int) int {
	switch count := multidraft.CountSupports(k, n); {
	case count <= 300:
		return len(multidraft.Kinds())
	case count <= 2000:
		return 6
	default:
		return 2
	}
}

// instanceTask generates one instance and solves it by all methods that fit. It writes the given
// place of the list, which belongs to it alone: tasks need no lock.
func (r *Report) instanceTask(model string, index, place int) task {
	return task{fmt.Sprintf("%s instance %d", model, index), func(ctx context.Context) (err error) {
		r.Instances[place], err = crew.Await(ctx, func() (c CheckedInstance, err error) {
			// Made here and not before, so that memory is taken by what runs.
			if c.Instance, err = multidraft.Generate(r.Options.Seed, index, r.K, r.N, model); err != nil {
				return CheckedInstance{}, err
			}
			if c.Agreement, err = optimum.CrossCheck(ctx, c.Instance, crossCheckOptions(model, index)); err != nil {
				return CheckedInstance{}, err
			}
			return c, nil
		})
		return err
	}}
}

// runTasks runs the tasks, several at a time, until one fails. What takes long in a task
// without looking at the context is left when that ends. The error is that
// of the first task in the list that failed other than by being stopped.
func runTasks(ctx context.Context, tasks []task, o Options) error {
	ctx, stop := crew.WithStop(ctx)
	defer stop(nil)
	// No more than there are tasks, each of which would have its own worker.
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.NumCPU()
	}
	workers = min(workers, len(tasks))
	// A place for each task, so that the one reported does not depend on who came first.
	errs := make([]error, len(tasks))
	next := make(chan int)
	var done int
	var lock sync.Mutex
	report := func(name string, finished int) {
		lock.Lock()
		// Progress is called by one worker at a time, which its callers rely on.
		defer lock.Unlock()
		done += finished
		if o.Progress != nil {
			o.Progress(done, len(tasks), name)
		}
	}
	var group crew.Group
	for range workers {
		group.Go(func() {
			for i := range next {
				report(tasks[i].name, 0)
				// After a failure the rest is drained, not run, so that the sender never waits for
				// a worker.
				if errs[i] = ctx.Err(); errs[i] == nil {
					// A panic in a task must not end the process before the other tasks have
					// stopped.
					if fault := crew.Try(func() { errs[i] = tasks[i].run(ctx) }); fault != nil {
						errs[i] = fault
					}
				}
				if errs[i] != nil {
					stop(errs[i])
				}
				report(tasks[i].name, 1)
			}
		})
	}
	for i := range tasks {
		next <- i
	}
	close(next)
	group.Wait()
	return firstFailure(ctx, errs)
}

// firstFailure prefers an error of a task to the end of the context, so that
// the answer does not depend on which worker saw it first.
func firstFailure(ctx context.Context, errs []error) error {
	// In the order of the list, and none that only says that the run was stopped.
	for _, err := range errs {
		if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
	}
	// All that is left was stopped: the cause says by what.
	for _, err := range errs {
		if err != nil {
			return context.Cause(ctx)
		}
	}
	return nil
}
