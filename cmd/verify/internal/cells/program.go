package cells

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/format"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

const writeLPText = `-write-lp writes a linear program of the cell for other solvers, and does nothing else:
in the free MPS format if the name ends in .mps, in the CPLEX LP format if it ends in
.lp, compressed if .gz follows. -program says which: importance, the program of
importance-weighted sampling, or selection, that of all token-level selection rules
(MD-T1: both have the optimum P*). Its p and q are the first random instance of -seed,
with the draft model of -drafts (default iid). What is printed is p, q and the optimum, by
the closed form or a flow, so that it can be compared. Numbers are written exactly, as
fractions a/b where a decimal would not do, which "verify lp" and QSopt_ex read. Most
other solvers read no fractions: for them -integers multiplies all probabilities, and so
the optimum, by their common denominator; solvers that calculate in double precision
read integers beyond 2^53 rounded. glpsol reads the maximum from .lp files only.`

// cellPrograms are the programs of a cell that can be written.
var cellPrograms = map[string]optimum.Program{
	"importance": optimum.ImportanceProgram,
	"selection":  optimum.TLSRProgram,
}

const cellProgramNames = "importance or selection"

// checkProgram reports what is wrong with the flags of a run that writes a program.
func (job *cellJob) checkProgram() error {
	if !job.given["write-lp"] {
		for _, name := range []string{"program", "integers"} {
			if job.given[name] {
				return run.UsageErrorf("-%s: it is for -write-lp, which is not there", name)
			}
		}
		return nil
	}
	for _, name := range []string{"exponent", "certificate", "method", "instances", "j", "json", "progress"} {
		if job.given[name] {
			return run.UsageErrorf("-%s has no effect with -write-lp, which only writes a program", name)
		}
	}
	_, isProgram := format.ProgramOf(job.writeLP)
	switch {
	case !isProgram:
		return run.UsageErrorf("-write-lp %s: the ending is neither .mps nor .lp", job.writeLP)
	case !job.k.Single() || !job.n.Single():
		return run.UsageErrorf("-write-lp: expected one cell, not a range")
	case cellPrograms[job.program] == nil:
		return run.UsageErrorf("-program %s: expected %s", job.program, cellProgramNames)
	case job.given["drafts"] && !slices.Contains(multidraft.Models(), job.drafts):
		return run.UsageErrorf("-drafts %s: expected one draft model for -write-lp: %s", job.drafts, strings.Join(multidraft.Models(), ", "))
	}
	return job.call.CheckWritable(job.writeLP)
}

// writeCellProgram writes the program and tells its instance and optimum.
func (job *cellJob) writeCellProgram(ctx context.Context) error {
	model := multidraft.ModelIID
	if job.given["drafts"] {
		model = job.drafts
	}
	in, err := multidraft.Generate(job.seed, 0, job.k.First, job.n.First, model)
	if err != nil {
		return run.UsageErrorf("%v", err)
	}
	best, err := optimum.Of(ctx, in)
	if err != nil {
		return err
	}
	job.talk.Say("instance and optimum after %v", job.talk.Elapsed())
	p, err := job.cellProgram(ctx, in)
	if err != nil {
		return err
	}
	f, _ := format.ProgramOf(job.writeLP)
	err = job.call.WriteFile(job.writeLP, func(w io.Writer) error { return f.Write(w, p) })
	if err != nil {
		return err
	}
	job.talk.Say("program written after %v", job.talk.Elapsed())
	out := job.call.Stdout
	if run.ToStandardOutput(job.writeLP) {
		out = job.call.Stderr // the program is the result
	}
	fmt.Fprintf(out, "%s: %d variables, %d rows, %s over supports\n", job.writeLP, len(p.Variables), len(p.Rows), job.program)
	printInstance(out, in)
	fmt.Fprintf(out, "P*(acc) = %s\n", show.Exact(best.Value))
	if job.integers {
		unit := in.Integer().Unit
		fmt.Fprintf(out, "optimum: %v, the common denominator %v times that\n", best.Value.Mul(rational.RatFromInt(unit)), unit)
	}
	return nil
}

// cellProgram returns the program that was asked for.
func (job *cellJob) cellProgram(ctx context.Context, in *multidraft.Instance) (*lp.Problem, error) {
	columns, q := optimum.SupportColumns(in.Drafts()), in.Target().Rats()
	if job.integers {
		columns, q = columns.InUnits(q, in.Integer().Unit)
	}
	p, err := cellPrograms[job.program](ctx, columns, q)
	if err != nil {
		return nil, err
	}
	for j := range p.Variables { // the formats have no Greek letters
		p.Variables[j].Name = strings.ReplaceAll(p.Variables[j].Name, "α", "a")
	}
	return p, nil
}

// printInstance prints p and q in the notation of the flags of "verify pstar"; joint drafts
// word by word.
func printInstance(w io.Writer, in *multidraft.Instance) {
	fmt.Fprintf(w, "K = %d %s drafts, n = %d tokens\n", in.K(), in.Drafts().Model(), in.N())
	switch d := in.Drafts().(type) {
	case interface{ P() []rational.Rat }:
		fmt.Fprintf(w, "p: %s\n", ratList(d.P()))
	case *multidraft.Independent:
		for k := range in.K() {
			fmt.Fprintf(w, "p of draft %d: %s\n", k+1, ratList(d.P(k)))
		}
	case *multidraft.Joint:
		for _, word := range d.Words() {
			fmt.Fprintf(w, "drafts %v: %v\n", wordFromOne(word.Tokens), word.Probability)
		}
	}
	fmt.Fprintf(w, "q: %s\n", ratList(in.Target().Rats()))
}

func ratList(values []rational.Rat) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.String()
	}
	return strings.Join(texts, ",")
}

func wordFromOne(tokens []int) []int {
	list := make([]int, len(tokens))
	for i, t := range tokens {
		list[i] = t + 1
	}
	return list
}
