package programs

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/format"
	"pstar/format/cplex"
	"pstar/format/mps"
	"pstar/format/program"
	"pstar/format/smt2"
	"pstar/format/sol"
	"pstar/format/text"
	"pstar/format/vipr"
	"pstar/lp"
	"pstar/witness"
)

// Command returns the command lp.
func Command() run.Command {
	return run.Command{
		Name:    "lp",
		Usage:   "FILE.mps|FILE.lp ...",
		Summary: "solves a linear program exactly",
		Long: `Solves a linear program exactly and prints the verdict, optimal, infeasible or
unbounded, and the optimum as a fraction and a decimal. The solver guesses with
floating-point numbers, but the verdict rests on a witness in exact fractions
that has been checked: a point with multipliers, multipliers that refute the
program, or a point with a ray.

Files are MPS (free, or with -from fixed in fixed columns) or in the CPLEX LP
format, as the ending says, possibly compressed with gzip; "-" is standard input
and needs -from. Several files are solved one after the other, also after one that
cannot be read. Numbers are read exactly, fractions such as 3/7 included. Where
dialects differ, the program reads what most solvers read, and says so on
standard error: an upper bound of 1e20 or more is none, "<" is "<=", an integer column
between markers without bounds lies between 0 and 1, and PuLP's comment
*SENSE:Maximize does not count; docs/lp-dialects.md lists what is read. In MPS files a right side of the objective is the
negative of the constant, and a negative upper bound without a lower bound makes
the lower bound minus infinity; in LP files the latter is an error. Integer
variables are an error unless -relax is given.

-solution prints the point and the multipliers (or the ray, or the refutation), and
how far the rows are from their bounds. -write-basis writes the last basis in the
MPS basis format, -basis starts from one, which saves the way to it.
-write-sol writes the point for other solvers, in decimals of 17 digits where it
has no shorter ones. -alternative decides exactly whether
another point is as good, and prints one. -ranging prints for each cost the values
with which the point stays optimal, and for each bound of a row those with which
the multipliers do, so that the optimum moves in proportion: sets that belong to
the point and the multipliers, not to one of the bases that they may have; it
solves a few programs for each. -iis prints bounds of rows and variables that
have no common point, while any of them can be left out and the others have one.
-certificate writes the witness for "verify check"; -vipr and -smt2 write proofs
that other people's tools check. -write-lp and -write-mps write the program
itself, exactly.`,
		Run: runLP,
	}
}

// lpJob is one run of the command with its flags.
//
// Empty names of files stand for flags that were not given.
type lpJob struct {
	call                  *run.Call
	format                string
	relax, solution, json bool
	certificate           string
	vipr, smt2            string
	writeLP, writeMPS     string
	basis, writeBasis     string
	ranging, alternative  bool
	iis                   bool
	writeSOL              string
	limits                *run.Limits
	talk                  *run.Talk
}

// runLP reads the flags, looks at all that can be wrong with them, and solves one file after the
// other.
//
// Files are independent: one that cannot be read does not keep the others from being solved. The
// end of a limit does.
func runLP(c *run.Call, args []string) error {
	job := &lpJob{call: c}
	f := c.Flags()
	f.StringVar(&job.format, "from", "", "`format` of the file: mps, fixed or lp (default: by the ending of its name)")
	f.BoolVar(&job.relax, "relax", false, "ignore that variables should be integers")
	f.BoolVar(&job.solution, "solution", false, "print the witness: point, multipliers, ray")
	f.BoolVar(&job.alternative, "alternative", false, "say whether another point is optimal too, and print one")
	f.BoolVar(&job.ranging, "ranging", false, "print how far each cost and each bound of a row may move alone")
	f.BoolVar(&job.iis, "iis", false, "print an irreducible infeasible subsystem")
	f.JSON(&job.json)
	f.CertificateFile(&job.certificate)
	f.StringVar(&job.vipr, "vipr", "", "write a VIPR 1.1 certificate to `file`; there is none for an unbounded program")
	f.StringVar(&job.smt2, "smt2", "", "write an SMT-LIB query with the answer unsat to `file`")
	f.StringVar(&job.writeSOL, "write-sol", "", "write the point to `file`, a line \"name value\" for each variable")
	f.StringVar(&job.writeLP, "write-lp", "", "write the program in the CPLEX LP format to `file`")
	f.StringVar(&job.writeMPS, "write-mps", "", "write the program in the free MPS format to `file`")
	f.StringVar(&job.basis, "basis", "", "start from the basis in `file`, in the MPS basis format")
	f.StringVar(&job.writeBasis, "write-basis", "", "write the last basis to `file`, in the MPS basis format")
	job.limits = f.Limits()
	job.talk = f.Talk()
	files, err := f.Parse(args)
	if err != nil {
		return err
	}
	// Standard input is only read where "-" asks for it: a command that waits looks like
	// one that hangs.
	if len(files) == 0 {
		return run.UsageErrorf("expected a file; \"verify lp -h\" explains")
	}
	// It can be read once: the second reader would find it empty, and blame the text.
	if i := slices.Index(files, "-"); i >= 0 && (job.basis == "-" || slices.Contains(files[i+1:], "-")) {
		return run.UsageErrorf("expected - once, as standard input can be read once only")
	}
	// Before any work: who waits an hour should not hear then that a file cannot be written.
	if err := job.checkOutputs(files); err != nil {
		return err
	}
	// One limit for all files together.
	ctx := job.limits.Context()
	defer job.talk.Clear()
	var failed error
	for _, file := range files {
		err := job.run(ctx, file)
		failed = errors.Join(failed, err)
		if err != nil && ctx.Err() != nil {
			break
		}
	}
	return failed
}

// checkOutputs reports files that cannot be written, or that would overwrite each other. What is
// written belongs to one program.
//
// An error names the flags or the file.
func (job *lpJob) checkOutputs(inputs []string) error {
	// Names are compared, not files: that two names are links to one file is not seen.
	used := map[string]string{} // by what flag
	for _, out := range []struct{ flag, path string }{{"-certificate", job.certificate}, {"-vipr", job.vipr}, {"-smt2", job.smt2},
		{"-write-lp", job.writeLP}, {"-write-mps", job.writeMPS}, {"-write-basis", job.writeBasis}, {"-write-sol", job.writeSOL}} {
		if out.path == "" {
			continue
		}
		// One name for the results of several programs would keep the last of them only.
		if len(inputs) > 1 {
			return run.UsageErrorf("%s: expected one program if something is to be written, got %d", out.path, len(inputs))
		}
		// Two spellings of one path are one file.
		name := filepath.Clean(out.path)
		// The null device may be named as often as one likes; nothing is kept there.
		switch flag, twice := used[name]; {
		case !twice || name == os.DevNull:
		case name == "-":
			return run.UsageErrorf("expected one of %s and %s on standard output, got both", flag, out.flag)
		default:
			return run.UsageErrorf("%s: expected different files for %s and %s", out.path, flag, out.flag)
		}
		used[name] = out.flag
		// Files are written beside their place and renamed, so that the folder must be
		// writable.
		if err := job.call.CheckBeside(out.path); err != nil {
			return err
		}
	}
	return nil
}

// run solves one file, prints the result and writes what was asked for. What is written of the
// result comes after the verdict, so that a full disk does not cost that.
//
// The verdict is exact, and its witness was checked by the solver's package. An error is
// bad input, a limit, or what could not be written.
func (job *lpJob) run(ctx context.Context, path string) error {
	p, err := job.read(path)
	if err != nil {
		return err
	}
	job.talk.Say("read %d variables and %d rows in %v", len(p.Variables), len(p.Rows), job.talk.Elapsed())
	// The program itself is known, whatever becomes of it.
	if err := job.writeProgram(p); err != nil {
		return err
	}
	// A basis names rows and variables of this program, and so comes after it.
	start, err := job.start(p)
	if err != nil {
		return err
	}
	r, err := lp.Solve(ctx, p, lp.Options{Start: start, Progress: job.progress()})
	if err != nil {
		return err
	}
	job.talk.Say("solved and verified after %v, %d pivots", job.talk.Elapsed(), r.Pivots)
	// A limit that is reached here costs the verdict too: what was asked for is one answer.
	about, err := job.analyse(ctx, p, r)
	if err != nil {
		return err
	}
	for _, flag := range job.idle(r.Verdict) {
		job.talk.Note("%s: %s says nothing, as the program is %v", certificate.FileName(path), flag, r.Verdict)
	}
	out := &lpOutput{job.call.Head(r.Verdict.String(), nil), p, r, path, job.solution, about}
	// Text and object say the same.
	print := out.writeText
	if job.json {
		print = out.writeJSON
	}
	if err := job.call.Print(print); err != nil {
		return err
	}
	return errors.Join(job.writeCertificate(p, r), job.writeProofs(p, r))
}

// start reads the basis to start from, if there is one.
//
// nil means to begin without one. A basis that does not fit the program in its names is
// an error; one that is singular or not feasible is a worse start, and no error.
func (job *lpJob) start(p *lp.Problem) (*lp.Basis, error) {
	if job.basis == "" {
		return nil, nil
	}
	// May be compressed, as the program may.
	name, in, err := job.open(job.basis)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	// Of a basis only the way to the optimum depends; what it claims is not believed.
	b, err := mps.ReadBasis(in, name, p)
	if err == nil {
		// Reading stops at the end of the data. What gzip has to say of the check sum comes
		// behind it.
		err = text.Rest(in)
	}
	if err != nil {
		return nil, run.UsageErrorf("%v", err)
	}
	return b, nil
}

// progress shows the stage, and how many pivots there were; how many there will be nobody
// knows.
func (job *lpJob) progress() func(lp.Progress) {
	// Nil spares the solver the calls.
	if !job.talk.ShowProgress() {
		return nil
	}
	return func(p lp.Progress) { job.talk.Update("%s, %d pivots so far", p.Stage, p.Pivots) }
}

// Read reads a program in the format that the ending of its name says.
//
// It is for commands that take rows of programs. Notes on conventions go to talk; with
// relax demands for integers are dropped, otherwise they are an error.
func Read(c *run.Call, talk *run.Talk, path string, relax bool) (*lp.Problem, error) {
	return (&lpJob{call: c, talk: talk, relax: relax}).read(path)
}

// read reads the program in its format.
func (job *lpJob) read(path string) (*lp.Problem, error) {
	// By the ending below one of compression, if there is one.
	f, known := format.ProgramOf(path)
	// What is said counts more than the ending, which standard input does not have.
	if job.format != "" {
		if f, known = format.ProgramNamed(job.format); !known {
			return nil, run.UsageErrorf("-from %s: expected mps, fixed or lp", job.format)
		}
	}
	if !known {
		return nil, run.UsageErrorf("%s: the ending is neither .mps nor .lp; say which format it is with -from", path)
	}
	name, in, err := job.open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	p, err := f.Read(in, name, program.Options{Relax: job.relax, Note: func(s string) { job.talk.Note("%s", s) }})
	if err == nil {
		err = text.Rest(in)
	}
	var syntax *text.SyntaxError
	// Not the text is at fault, but the file or its compression.
	if err != nil && !errors.As(err, &syntax) {
		return nil, run.UsageErrorf("cannot read %s: %v", name, run.Reason(err))
	}
	if err != nil {
		return nil, run.UsageErrorf("%v", err)
	}
	return p, nil
}

// open opens a file, and decompresses it if it begins as gzip does.
//
// Only gzip is known. The caller closes the file, also if it has read no more than a
// part.
func (job *lpJob) open(path string) (name string, in io.ReadCloser, err error) {
	// "-" is standard input.
	file, err := job.call.Open(path)
	if err != nil {
		return path, nil, err
	}
	// Closing is of the file, reading through what lies over it.
	type both struct {
		io.Reader
		io.Closer
	}
	plain, err := text.Plain(file, path)
	if err != nil {
		file.Close()
		return path, nil, run.UsageErrorf("cannot read %s: %v", path, err)
	}
	return file.Name, both{plain, file}, nil
}

// writeProgram writes the program itself.
//
// Both forms are exact; numbers that are no decimals become fractions, which few solvers
// read.
func (job *lpJob) writeProgram(p *lp.Problem) error {
	for _, out := range []struct {
		path    string
		write   func(io.Writer, *lp.Problem) error
		renamed func(*lp.Problem) []string
	}{{job.writeLP, cplex.Write, cplex.Renamed}, {job.writeMPS, mps.Write, mps.Renamed}} {
		if out.path == "" {
			continue
		}
		if err := job.call.WriteFile(out.path, func(w io.Writer) error { return out.write(w, p) }); err != nil {
			return err
		}
		job.remark(out.path, out.renamed(p))
	}
	return nil
}

// remark says which names are others in a file: who looks for a row of the problem there should know.
func (job *lpJob) remark(path string, remarks []string) {
	for _, remark := range remarks {
		job.talk.Note("%s: %s", certificate.FileName(path), remark)
	}
}

// writeProofs writes the result for the checkers: each proof that was asked for, even
// if another one cannot be written. Where the verdict has no such file, that is said, and no
// failure: who asks for the point of a program cannot know before that there is one.
func (job *lpJob) writeProofs(p *lp.Problem, r *lp.Result) error {
	// Several may fail; each is told.
	var failed error
	for _, out := range []struct {
		path, absent string // why there is no such file, or empty
		write        func(w io.Writer) error
		renamed      func(p *lp.Problem) []string
	}{
		{job.vipr, when(r.Verdict == lp.Unbounded, "the program is unbounded, which the format of -vipr cannot state"), func(w io.Writer) error { return vipr.Write(w, p, r) }, vipr.Remarks},
		{job.smt2, "", func(w io.Writer) error { return smt2.Write(w, p, r) }, smt2.Renamed},
		// Also of a program that is infeasible or unbounded: another run may begin there after a change.
		{job.writeBasis, when(r.Basis == nil, "the bounds of a row or variable are crossed, which is seen without a basis"), func(w io.Writer) error { return mps.WriteBasis(w, p, r.Basis) }, nil},
		// The optimal point, or the one at which the ray of an unbounded program begins.
		{job.writeSOL, when(r.Verdict == lp.Infeasible, "the program is infeasible and has no point"), func(w io.Writer) error { return sol.Write(w, p, r) }, nil},
	} {
		switch {
		case out.path == "":
			continue
		case out.absent != "":
			job.talk.Note("%s is not written: %s", certificate.FileName(out.path), out.absent)
			continue
		}
		if err := job.call.WriteFile(out.path, out.write); err != nil {
			// One format may have no form for this result where the next one has.
			failed = errors.Join(failed, err)
			continue
		}
		job.talk.Say("wrote %s", certificate.FileName(out.path))
		if out.renamed != nil {
			job.remark(out.path, out.renamed(p))
		}
	}
	return failed
}

// when returns the text if it is true, and else nothing.
func when(is bool, text string) string {
	if is {
		return text
	}
	return ""
}

// writeCertificate writes the witness, once the checker has accepted it.
func (job *lpJob) writeCertificate(p *lp.Problem, r *lp.Result) error {
	if job.certificate == "" {
		return nil
	}
	_, err := job.call.WriteCertificate(job.talk, job.certificate, func() (witness.Document, error) { return witness.LinearProgram(p, r) })
	if err == nil {
		job.talk.Say("wrote %s", certificate.FileName(job.certificate))
	}
	return err
}
