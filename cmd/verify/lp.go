package main

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"pstar/format"
	"pstar/format/cplex"
	"pstar/format/mps"
	"pstar/format/program"
	"pstar/format/smt2"
	"pstar/format/text"
	"pstar/format/vipr"
	"pstar/lp"
	"pstar/witness"
)

func lpCommand() command {
	return command{
		name:    "lp",
		usage:   "FILE.mps|FILE.lp",
		summary: "solves a linear program exactly",
		long: `Solves a linear program exactly and prints the verdict, optimal, infeasible or
unbounded, and the optimum as a fraction and a decimal. The solver guesses with
floating-point numbers, but the verdict rests on a witness in exact fractions
that has been checked: a point with multipliers, multipliers that refute the
program, or a point with a ray.

Files are MPS (free, or with -format fixed in fixed columns) or in the CPLEX LP
format, as the ending says, possibly compressed (.gz); "-" is standard input and
needs -format. Numbers are read exactly, fractions such as 3/7 included. Where
dialects differ, the program reads what most solvers read, and says so on
standard error: a bound of 1e30 or more is none, "<" is "<=", an integer column
between markers without bounds lies between 0 and 1, and PuLP's comment
*SENSE:Maximize does not count. In MPS files a right side of the objective is the
negative of the constant, and a negative upper bound without a lower bound makes
the lower bound minus infinity; in LP files the latter is an error. Integer
variables are an error unless -relax is given.

-solution prints the point and the multipliers (or the ray, or the refutation).
-certificate writes the witness for "verify check"; -vipr and -smt2 write proofs
that other people's tools check. -write-lp and -write-mps write the program
itself, exactly.`,
		run: runLP,
	}
}

// lpJob is one run of the command with its flags.
type lpJob struct {
	call                  *call
	format                string
	relax, solution, json bool
	certificate           string
	vipr, smt2            string
	writeLP, writeMPS     string
	limits                *limits
	talk                  *talk
}

func runLP(c *call, args []string) error {
	job := &lpJob{call: c}
	f := c.flags()
	f.StringVar(&job.format, "format", "", "`format` of the file: mps, fixed or lp (default: by the ending of its name)")
	f.BoolVar(&job.relax, "relax", false, "ignore that variables should be integers")
	f.BoolVar(&job.solution, "solution", false, "print the witness: point, multipliers, ray")
	f.BoolVar(&job.json, "json", false, "print one JSON object")
	f.StringVar(&job.certificate, "certificate", "", "write a certificate to `file`, compressed if it ends in .gz")
	f.StringVar(&job.vipr, "vipr", "", "write a VIPR 1.1 certificate to `file`; there is none for an unbounded program")
	f.StringVar(&job.smt2, "smt2", "", "write an SMT-LIB query with the answer unsat to `file`")
	f.StringVar(&job.writeLP, "write-lp", "", "write the program in the CPLEX LP format to `file`")
	f.StringVar(&job.writeMPS, "write-mps", "", "write the program in the free MPS format to `file`")
	job.limits = f.limits()
	job.talk = f.talk()
	files, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return usageErrorf("expected one file, got %d; \"verify lp -h\" explains", len(files))
	}
	if err := job.checkOutputs(files[0]); err != nil {
		return err
	}
	ctx, stop := job.limits.context()
	defer stop()
	defer job.talk.clear()
	return ended(ctx, job.run(ctx, files[0]))
}

// checkOutputs reports files that cannot be written, or that would overwrite each other
// or the input.
func (job *lpJob) checkOutputs(input string) error {
	used := map[string]bool{}
	if input != "-" {
		used[filepath.Clean(input)] = true
	}
	for _, path := range []string{job.certificate, job.vipr, job.smt2, job.writeLP, job.writeMPS} {
		if path == "" {
			continue
		}
		name := filepath.Clean(path)
		if used[name] && name != os.DevNull {
			return usageErrorf("%s: expected different files to read and to write", path)
		}
		used[name] = true
		if err := job.call.checkWritable(path); err != nil {
			return err
		}
	}
	return nil
}

func (job *lpJob) run(ctx context.Context, path string) error {
	p, err := job.read(path)
	if err != nil {
		return err
	}
	job.talk.say("read %d variables and %d rows in %v", len(p.Variables), len(p.Rows), job.talk.elapsed())
	if err := job.writeProgram(p); err != nil {
		return err
	}
	r, err := lp.Solve(ctx, p, lp.Options{Progress: job.progress()})
	if err != nil {
		return err
	}
	job.talk.say("solved and verified after %v, %d pivots", job.talk.elapsed(), r.Pivots)
	out := &lpOutput{p, r, path, job.solution}
	print := out.writeText
	if job.json {
		print = out.writeJSON
	}
	if err := job.call.print(print); err != nil {
		return err
	}
	return job.writeProofs(p, r)
}

func (job *lpJob) progress() func(lp.Progress) {
	if !job.talk.showProgress() {
		return nil
	}
	return func(p lp.Progress) { job.talk.update("%s, %d pivots so far", p.Stage, p.Pivots) }
}

// read reads the program in its format.
func (job *lpJob) read(path string) (*lp.Problem, error) {
	f, known := format.ProgramOf(path)
	if job.format != "" {
		if f, known = format.ProgramNamed(job.format); !known {
			return nil, usageErrorf("-format %s: expected mps, fixed or lp", job.format)
		}
	}
	if !known {
		return nil, usageErrorf("%s: the ending is neither .mps nor .lp; say which format it is with -format", path)
	}
	name, in, err := job.open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	p, err := f.Read(in, name, program.Options{Relax: job.relax, Note: func(s string) { job.talk.note("%s", s) }})
	var syntax *text.SyntaxError
	if err != nil && !errors.As(err, &syntax) {
		return nil, usageErrorf("cannot read %s: %v", name, reason(err))
	}
	if err != nil {
		return nil, usageErrorf("%v", err)
	}
	return p, nil
}

// open opens a file, and decompresses it if its name ends in .gz.
func (job *lpJob) open(path string) (name string, in io.ReadCloser, err error) {
	file, err := job.call.open(path)
	if err != nil {
		return path, nil, err
	}
	if !strings.HasSuffix(path, ".gz") {
		return file.name, file, nil
	}
	plain, err := gzip.NewReader(file)
	if err != nil {
		file.Close()
		return path, nil, usageErrorf("cannot read %s: %v", path, err)
	}
	return path, struct {
		io.Reader
		io.Closer
	}{plain, file}, nil
}

// writeProgram writes the program itself.
func (job *lpJob) writeProgram(p *lp.Problem) error {
	for _, out := range []struct {
		path  string
		write func(io.Writer, *lp.Problem) error
	}{{job.writeLP, cplex.Write}, {job.writeMPS, mps.Write}} {
		if out.path == "" {
			continue
		}
		if err := job.call.writeFile(out.path, func(w io.Writer) error { return out.write(w, p) }); err != nil {
			return err
		}
	}
	return nil
}

// writeProofs writes the result for the checkers: each proof that was asked for, even
// if another one cannot be written.
func (job *lpJob) writeProofs(p *lp.Problem, r *lp.Result) error {
	var failed error
	for _, out := range []struct {
		path  string
		write func(path string, p *lp.Problem, r *lp.Result) error
	}{{job.certificate, job.writeCertificate}, {job.vipr, job.writeVIPR}, {job.smt2, job.writeSMT2}} {
		if out.path == "" {
			continue
		}
		if err := out.write(out.path, p, r); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		job.talk.say("wrote %s", out.path)
	}
	return failed
}

func (job *lpJob) writeCertificate(path string, p *lp.Problem, r *lp.Result) error {
	_, err := job.call.writeCertificate(path, func() (witness.Document, error) { return witness.LinearProgram(p, r) })
	return err
}

func (job *lpJob) writeVIPR(path string, p *lp.Problem, r *lp.Result) error {
	if r.Verdict == lp.Unbounded {
		return usageErrorf("cannot write %s: the program is unbounded, which the format of -vipr cannot state", path)
	}
	return job.call.writeFile(path, func(w io.Writer) error { return vipr.Write(w, p, r) })
}

func (job *lpJob) writeSMT2(path string, p *lp.Problem, r *lp.Result) error {
	return job.call.writeFile(path, func(w io.Writer) error { return smt2.Write(w, p, r) })
}
