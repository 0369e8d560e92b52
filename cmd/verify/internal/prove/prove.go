// Package prove is the command "verify prove", which settles the theorems of a file.
package prove

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"sync/atomic"

	"pstar/certificate"
	"pstar/cmd/verify/internal/campaign"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/format/text"
	"pstar/internal/crew"
	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
	"pstar/theorems/statement/expand"
	"pstar/theorems/statement/export"
	"pstar/witness"
)

// Command is the entry of the table of commands.
func Command() run.Command {
	return run.Command{
		Name:    "prove",
		Usage:   "[flags] FILE.thm...",
		Summary: "settles a theorem on linear systems that you state",
		Screen:  true,
		Long: `Settles the claims of a theorem file exactly, for all values of its parameters:
proved, or refuted with numbers; what "find" asks for is found. "-" is standard
input. In short (docs/theorem-files.md has the grammar and examples):
  theorem "NAME"        let n = 2..5     set A = 1..n     # a comment
  param q[i in A]       assume q[i] >= 0 for i in A       symmetric A
  var x[i in A] >= 0    s.t. LABEL: sum(x[i] for i in A if i > 1) <= q[1]
  entropy A B C         maximize P: x[1] + x[2]           minimize P: EXPR
  claim P = min(TERM for i in A)   claim feasible iff { ROWS }   claim P <= EXPR
  claim EXPR <= EXPR for i in A    claim infeasible   find P     find feasible
  given LABEL: ROW      have LABEL: ROW by combine SUM    (proofs by hand)
Flags:
  -expand, -json     print the system written out, no more; one JSON object
  -all, -regions     print whole lists and minimal forms; where each term counts
  -certificate FILE  write a certificate, compressed if .gz (of many, a folder)
  -state DIR, -shard I/M, -lease, -task-timeout  of many: docs/campaigns.md
  -tex, -smt2 FILE   write a proof in LaTeX; the negations for z3 and cvc5
  -timeout 30s, -max-mem 4G    stop in order then, with exit status 3
  -q, -v, -progress off|on     say less, or more, on standard error
Exit status: 0 proved or found; 1 a claim refuted; 2 bad usage, input or output;
3 undecided or vacuous, or a limit reached; 4 a fault; 130 interrupted.`,
		Run: runProve,
	}
}

// job is one run with its flags.
type job struct {
	*run.Call
	// The flags as they are given; which of them go together is said by check.
	expand, json, all      bool
	regions                bool
	certificate, tex, smt2 string
	limits                 *run.Limits
	talk                   *run.Talk
	campaign               *campaign.Flags
	path                   string // of the only file
}

// runProve reads the flags, and settles one file, or several as tasks.
//
// The error tells the exit status: none if all is proved or found.
func runProve(c *run.Call, args []string) error {
	j := &job{Call: c}
	f := c.Flags()
	f.BoolVar(&j.expand, "expand", false, "print the expanded system, and decide nothing")
	f.JSON(&j.json)
	f.BoolVar(&j.all, "all", false, "print the minimal form of claims too, and whole lists")
	f.BoolVar(&j.regions, "regions", false, "print of each term of an optimum where it is the one that counts")
	f.CertificateFile(&j.certificate)
	f.StringVar(&j.tex, "tex", "", "write statement and proof in LaTeX to `file`")
	f.StringVar(&j.smt2, "smt2", "", "write the negations in SMT-LIB 2 to `file`: unsat where a claim is proved")
	j.campaign = campaign.Add(f)
	j.limits = f.Limits()
	j.talk = f.Talk()
	files, err := f.Parse(args)
	if err != nil {
		return err
	}
	if err := j.check(f, files); err != nil {
		return err
	}
	// A folder for certificates makes a campaign of a single file too: its settings have one each.
	if len(files) > 1 || j.campaign.Kept() || isFolder(j.certificate) {
		defer j.talk.Clear()
		return j.several(j.limits.Context(), files)
	}
	j.path = files[0]
	// Before the work: a proof can take an hour.
	if err := c.CheckBeside(j.outputs()...); err != nil {
		return err
	}
	ctx := j.limits.Context()
	defer j.talk.Clear()
	return j.run(ctx)
}

// isFolder reports whether a path names a folder: it is one, or ends like one.
func isFolder(path string) bool {
	// An ending in / is believed of a folder that is not there yet.
	info, err := os.Stat(path)
	return strings.HasSuffix(path, "/") || err == nil && info.IsDir()
}

// check reports flags that do not go together.
func (j *job) check(f *run.FlagSet, files []string) error {
	switch {
	case len(files) == 0:
		return run.UsageErrorf("expected a file; \"verify prove -h\" explains")
	// A kept task holds text, claims and certificate; other files could not be written again when the
	// run goes on.
	case j.campaign.Kept():
		if err := f.RefuseUnused("with -state", "expand", "tex", "smt2"); err != nil {
			return err
		}
	// One file for the text of many theorems would hold several documents one behind the
	// other.
	case len(files) > 1 || isFolder(j.certificate):
		if err := f.RefuseUnused("with several files, or certificates in a folder", "expand", "tex", "smt2"); err != nil {
			return err
		}
	}
	// One file is one run, and has -timeout.
	// Otherwise there would be two limits on one thing.
	if len(files) == 1 && !j.campaign.Kept() {
		if err := f.RefuseUnused("for one file without -state", "task-timeout"); err != nil {
			return err
		}
	}
	// Nothing is decided then, so that nothing can be written of it.
	if j.expand {
		if err := f.RefuseUnused("with -expand", "json", "all", "regions", "certificate", "tex", "smt2"); err != nil {
			return err
		}
	}
	return j.campaign.Check()
}

// run settles the only file, and prints and writes what comes of it.
//
// The verdict is printed before anything is written, so that a full disk does not cost
// it.
func (j *job) run(ctx context.Context) error {
	systems, err := j.read(ctx, j.path)
	if err != nil {
		return err
	}
	// The text is itself a theorem file, which says the same without quantifiers.
	if j.expand {
		return j.Print(func(w io.Writer) error {
			for _, s := range systems {
				if err := s.WriteText(w); err != nil {
					return err
				}
			}
			return nil
		})
	}
	// Of all settings, in their order.
	results, limit := j.decide(ctx, systems)
	// A fault or bad input, not a limit: there is nothing to show.
	if results == nil {
		return limit
	}
	claims := claimsOf(results)
	print := j.Print
	if limit != nil { // what is decided is said in any case
		print = func(write func(io.Writer) error) error { return write(j.Stdout) }
	}
	if j.json {
		j.PrintReport(claims.Verdict().String(), claims, figures{objects(results)})
	} else if err := print(func(w io.Writer) error { return j.writeText(w, results, claims) }); err != nil {
		return err
	}
	// A text or certificate of half of the claims would look like one of all.
	if limit != nil {
		for _, path := range j.outputs() {
			name := certificate.FileName(path)
			if path == "-" {
				name = "what was to go to standard output"
			}
			j.talk.Note("%s is not written", name)
		}
		return errors.Join(limit, run.Outcome(claims.Verdict()))
	}
	// Each output is tried, whether or not the one before it could be written.
	return errors.Join(j.certify(results), j.write(j.tex, export.LaTeX, results), j.write(j.smt2, export.SMT2, results), run.Outcome(claims.Verdict()))
}

// outputs are the files to be written.
// In the order of the flags; those that were not given have no name.
func (j *job) outputs() []string {
	// In this order they are told if they cannot be written.
	return slices.DeleteFunc([]string{j.certificate, j.tex, j.smt2}, func(path string) bool { return path == "" })
}

// write writes results for others, if they are asked for.
// An empty name means that it is not asked for.
func (j *job) write(path string, write func(io.Writer, []*decide.Result) error, results []*decide.Result) error {
	if path == "" {
		return nil
	}
	return j.WriteFile(path, func(w io.Writer) error { return write(w, results) })
}

// read reads and expands the file, which can take a second; when the context ends it is not waited for.
//
// The list has a system for each setting of each theorem, in the order of the file.
// Errors in the text are bad input, with file, line and column.
func (j *job) read(ctx context.Context, path string) ([]*statement.System, error) {
	in, err := j.Open(path)
	if err != nil {
		return nil, err
	}
	// Expansion looks at no context, and is bounded by the limits of the grammar.
	systems, err := crew.Await(ctx, func() ([]*statement.System, error) {
		// Closed by whoever reads: the run may be over before.
		defer in.Close()
		return expand.Read(in, in.Name)
	})
	var wrong *text.SyntaxError
	// The text of the error has file, line and column.
	if errors.As(err, &wrong) {
		return nil, run.UsageErrorf("%v", err)
	}
	if err != nil {
		// Of the reader, or the end of the context, which is no mistake in the text.
		return nil, in.Explain(err)
	}
	return systems, nil
}

// decide settles the claims. When the context ends, those that are left are undecided, and the error is its cause; with any other
// error there are no results.
func (j *job) decide(ctx context.Context, systems []*statement.System) (results []*decide.Result, limit error) {
	// Said of each claim behind the one at which the run ended.
	notBegun := "the run ended before it was begun"
	// A claim may run on goroutines of its own, which tell where they are.
	var stage atomic.Pointer[string]
	for _, s := range systems {
		// Steps by hand come before the claims, which may use them.
		if limit == nil {
			steps, err := decide.Steps(j.watched(ctx, &stage, s, "the steps by hand"), s)
			// An error without a limit is of the file: nothing is decided by a proof that does not hold.
			if err != nil && ctx.Err() == nil {
				return nil, explain(err)
			}
			if results, limit = append(results, steps...), err; err != nil {
				notBegun += ", and was at the steps by hand: " + *stage.Load()
			}
		}
		for i := range s.Claims {
			// What a limit leaves open is told claim by claim, so that no line is missing.
			r := &decide.Result{System: s, Claim: i, Status: theorems.Undecided, Note: notBegun}
			if limit == nil {
				done, err := j.settle(j.watched(ctx, &stage, s, s.ClaimText(s.Claims[i])), s, i)
				if err != nil && ctx.Err() == nil {
					return nil, explain(err)
				}
				// What was decided before the limit counts, though its regions may be missing.
				if limit = err; done != nil {
					r = done
				} else {
					r.Note = "the run ended before it was settled, and was at " + *stage.Load()
				}
			}
			results = append(results, r)
		}
	}
	// The line of progress is gone before anything is printed.
	j.talk.Clear()
	if limit == nil {
		j.talk.Say("decided after %v", j.talk.Elapsed())
	}
	return results, limit
}

// watched remembers, and shows, at what stage a claim is.
// The last stage is kept even if nothing is shown: it is what a run that was ended says
// of itself.
func (j *job) watched(ctx context.Context, last *atomic.Pointer[string], s *statement.System, what string) context.Context {
	tell := func(stage string) {
		last.Store(&stage)
		j.talk.Update("%s: %s: %s", show.Printable(title(s)), what, stage)
	}
	// So that there is a stage before the first is told.
	tell("its beginning")
	return decide.Watched(ctx, tell)
}

// settle decides a claim. Beside an error there is a result if only its regions are not known.
func (j *job) settle(ctx context.Context, s *statement.System, claim int) (*decide.Result, error) {
	r, err := decide.Claim(ctx, s, claim)
	// Regions take a projection for each term, and are only made if somebody wants them.
	if err == nil && j.regions {
		err = decide.Regions(ctx, r)
	}
	return r, err
}

// explain takes a step that its sum does not prove for bad input.
func explain(err error) error {
	var step *decide.StepError
	// The proof in the file is wrong: that says nothing about its claims.
	if errors.As(err, &step) {
		return run.UsageErrorf("%v", err)
	}
	return err
}

// certify writes the certificate of what is proved or refuted.
//
// The checker has accepted it before the file is there. What is found or undecided has no
// part in it.
func (j *job) certify(results []*decide.Result) error {
	if j.certificate == "" {
		return nil
	}
	// Nil if no claim has a proof or a counterexample.
	d := decide.Document(results)
	// The verdict has been printed: only the file is missing, and the status says so.
	if d == nil {
		return run.UsageErrorf("cannot write %s: no claim is proved or refuted", certificate.FileName(j.certificate))
	}
	_, err := j.WriteCertificate(j.talk, j.certificate, witness.Ready(d))
	if err == nil {
		j.talk.Say("certificate checked and written after %v", j.talk.Elapsed())
	}
	return err
}
