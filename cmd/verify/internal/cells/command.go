// Package cells is the main job: cells of multi-draft sampling, and the programs of them
// that other solvers read.
package cells

import (
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"pstar/cmd/verify/internal/family"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/format"
	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/cell"
	"pstar/theorems/multidraft/optimum"
)

// writeLPText is what help says of the programs, behind what it says of cells.
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

// cellProgram is the program of a cell with a name, nil if there is none: one that can be written.
//
// Both have the optimum P* (MD-T1), which makes them a test of solvers: two programs that
// look nothing alike, of one value.
func cellProgram(name string) optimum.Program {
	switch name {
	case "importance":
		return optimum.ImportanceProgram
	case "selection":
		return optimum.TLSRProgram
	}
	return nil
}

// cellProgramNames names them in help and errors.
//
// Written out, as a message has them.
const cellProgramNames = "importance or selection"

// Command verifies cells; -write-lp writes a program of one.
func Command() run.Command {
	f := cell.Family()
	// Behind the list of statements, which the text before it announces.
	f.More += "\n\n" + writeLPText
	// The flags of the family are shared: only what they mean here is looked at.
	// One job for the command: flags are parsed once in a run.
	job := &programJob{}
	return family.Command(f, family.Extra{Flag: "write-lp", Flags: job.flags, Check: job.check, Run: job.run})
}

// programJob writes a program. Of the cell it looks at the flags of the family.
type programJob struct {
	k, n     theorems.Range
	model    string
	seed     uint64
	path     string
	program  string
	integers bool
}

// flags adds what goes with -write-lp.
func (job *programJob) flags(f *run.FlagSet) {
	f.StringVar(&job.path, "write-lp", "", "write a program of the cell to `file` (.mps or .lp) and do nothing else")
	f.StringVar(&job.program, "program", "importance", "`program` that -write-lp writes: "+cellProgramNames)
	f.BoolVar(&job.integers, "integers", false, "multiply the numbers that -write-lp writes by their common denominator")
}

// check reports what is wrong with the flags of a run that writes a program.
//
// It reads the family's flags for its own use. Errors are bad usage, and nothing has been
// written.
func (job *programJob) check(c *run.Call, f *run.FlagSet) error {
	// The command verifies cells then, and flags of programs would be without effect.
	if !f.Given("write-lp") {
		return f.RefuseUnused("without -write-lp", "program", "integers")
	}
	if err := f.RefuseUnused("with -write-lp, which only writes a program", "exponent", "certificate", "tex", "method", "instances", "j", "json", "progress"); err != nil {
		return err
	}
	// Types are those with which the family registers them; another one is a mistake of the
	// program, and panics.
	value := func(name string) flag.Value { return f.Lookup(name).Value }
	job.k, job.n, job.seed = *value("k").(*theorems.Range), *value("n").(*theorems.Range), value("seed").(flag.Getter).Get().(uint64)
	// Without the flag -drafts names all models, of which a program has one.
	job.model = multidraft.ModelIID
	if f.Given("drafts") {
		job.model = value("drafts").String()
	}
	_, isProgram := format.ProgramOf(job.path)
	switch {
	// A range of cells would be several programs, and there is one file.
	case job.k == theorems.Range{} || job.n == theorems.Range{} || !job.k.Single() || !job.n.Single():
		return run.UsageErrorf("-write-lp: expected one cell: a number -k, and a number -n")
	// The ending says which format, and there is no flag for it here.
	case !isProgram:
		return run.UsageErrorf("-write-lp %s: the ending is neither .mps nor .lp", job.path)
	case cellProgram(job.program) == nil:
		return run.UsageErrorf("-program %s: expected %s", job.program, cellProgramNames)
	case !slices.Contains(multidraft.Models(), job.model):
		return run.UsageErrorf("-drafts %s: expected one draft model for -write-lp: %s", job.model, strings.Join(multidraft.Models(), ", "))
	}
	// Sizes beyond the family's limits would make programs with more columns than memory
	// has.
	if err := cell.Validate(job.k.First, job.n.First); err != nil {
		return run.UsageErrorf("%v", err)
	}
	return c.CheckWritable(job.path)
}

// run writes the program and tells its instance and optimum.
//
// Only the file is whole or not there; what is printed comes after it. The instance
// depends on -seed and the cell alone.
func (job *programJob) run(ctx context.Context, c *run.Call, _ *run.FlagSet, talk *run.Talk) error {
	in, err := multidraft.Generate(job.seed, 0, job.k.First, job.n.First, job.model)
	if err != nil {
		return run.UsageErrorf("%v", err)
	}
	// Not from the program that is written: whoever solves that compares with another way.
	best, err := optimum.Of(ctx, in)
	if err != nil {
		return err
	}
	talk.Say("instance and optimum after %v", talk.Elapsed())
	p, err := job.problem(ctx, in)
	if err != nil {
		return err
	}
	f, _ := format.ProgramOf(job.path)
	if err := c.WriteFile(job.path, func(w io.Writer) error { return f.Write(w, p) }); err != nil {
		return err
	}
	talk.Say("program written after %v", talk.Elapsed())
	out := c.Stdout
	fmt.Fprintf(out, "%s: %d variables, %d rows, %s over supports\n", job.path, len(p.Variables), len(p.Rows), job.program)
	printInstance(out, in)
	fmt.Fprintf(out, "P*(acc) = %s\n", show.Exact(best.Value))
	// Both numbers, as the solver's answer is the second one.
	if job.integers {
		unit := in.Integer().Unit
		fmt.Fprintf(out, "optimum: %v, the common denominator %v times that\n", best.Value.Mul(rational.RatFromInt(unit)), unit)
	}
	return nil
}

// problem returns the program that was asked for.
//
// A column is a support with the mass that the drafts give it, and q the target. With
// -integers both are multiplied by one number, so that the program is the same up to
// scale.
func (job *programJob) problem(ctx context.Context, in *multidraft.Instance) (*lp.Problem, error) {
	columns, q := optimum.SupportColumns(in.Drafts()), in.Target().Rats()
	if job.integers {
		columns, q = columns.InUnits(q, in.Integer().Unit)
	}
	p, err := cellProgram(job.program)(ctx, columns, q)
	if err != nil {
		return nil, err
	}
	// Names are for people; solvers read the file and refuse other letters.
	for j := range p.Variables { // the formats have no Greek letters
		p.Variables[j].Name = strings.ReplaceAll(p.Variables[j].Name, "α", "a")
	}
	return p, nil
}

// printInstance prints p and q in the notation of the flags of "verify pstar"; joint drafts
// word by word.
//
// Numbers are exact fractions. Errors of w are not looked at: it is standard output,
// beside the file.
func printInstance(w io.Writer, in *multidraft.Instance) {
	fmt.Fprintf(w, "K = %d %s drafts, n = %d tokens\n", in.K(), in.Drafts().Model(), in.N())
	switch d := in.Drafts().(type) {
	// Drafts that all have one law: it is printed once.
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

// ratList is a list as the flags -p and -q of pstar read it.
func ratList(values []rational.Rat) string {
	return strings.Join(each.Of(values, rational.Rat.String), ",")
}

// wordFromOne counts tokens from 1, as everything printed does.
func wordFromOne(tokens []int) []int {
	return each.Of(tokens, func(t int) int { return t + 1 })
}
