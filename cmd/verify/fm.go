package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"pstar/cone"
	"pstar/fm"
)

var fmCommand = command{
	name:    "fm",
	usage:   "-eliminate LIST|-keep LIST FILE.ine",
	summary: "eliminates variables by Fourier and Motzkin, with a certificate",
	long: `Projects a polyhedron, given by its rows in the format of cddlib and lrs, along
some of its variables, and writes the rows of the projection in the same format:
minimal, exact, in the kept variables only and in their order. "-" is standard
input.

A LIST names variables x1, x2, ... or their numbers, with ranges: x1,x4..x6 or
1,4..6; x1 belongs to the second column of the file. Without -eliminate and
-keep, the line "eliminate k i1 ... ik" or "project k i1 ... ik" of lrs in the
file says it.

Equations are used first. Every row that is dropped on the way carries the
multipliers that imply it, and every row of the result those over the rows of the
file; -certificate writes them all down for "verify check", -trace writes them
for people. -method dd projects through vertices and rays instead, by two double
descriptions, which leaves no such proof.

An empty polyhedron gives the one row -1 0 ... 0, which reads -1 >= 0.`,
	run: runFM,
}

// fmRun is one elimination with its flags.
type fmRun struct {
	*call
	talk                        *talk
	eliminate, keep             string
	method, order, level        string
	out, certificate, trace     string
	style                       string
	json, verify                bool
	in                          *cone.File
	variables, kept, eliminated []int
}

func runFM(c *call, args []string) error {
	f := &fmRun{call: c}
	flags := c.flags()
	flags.StringVar(&f.eliminate, "eliminate", "", "variables to eliminate: `LIST`")
	flags.StringVar(&f.keep, "keep", "", "variables to keep, all others are eliminated: `LIST`")
	flags.StringVar(&f.method, "method", "fm", "`method`: fm or dd")
	flags.StringVar(&f.order, "order", "auto", "`order` of elimination: auto (fewest products) or given")
	flags.StringVar(&f.level, "redundancy", "minimal", "what is dropped: `level` minimal, syntactic, history or everything (kept)")
	flags.StringVar(&f.out, "o", "", "write the result to `FILE`, whole or not at all")
	flags.StringVar(&f.certificate, "certificate", "", "write a certificate to `FILE`, compressed if it ends in .gz")
	flags.StringVar(&f.trace, "trace", "", "write each step to `FILE`, or to standard error if it is \"-\"")
	flags.StringVar(&f.style, "trace-style", "", "`style` of the trace: text, markdown or latex (default by the name: .md, .tex, else text)")
	flags.BoolVar(&f.json, "json", false, "write one JSON object in place of the file format")
	flags.BoolVar(&f.verify, "verify", false, "check the whole elimination once more")
	limits := flags.limits()
	f.talk = flags.talk()
	files, err := flags.parse(args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return usageErrorf("expected one file, got %d; \"verify fm -h\" explains", len(files))
	}
	if err := f.validate(); err != nil {
		return err
	}
	ctx, stop := limits.context()
	defer stop()
	if f.in, err = readPolyhedron(c, files[0]); err != nil {
		return err
	}
	if err := f.choose(); err != nil {
		return err
	}
	defer f.talk.clear()
	if f.method == "dd" {
		return f.throughRays(ctx)
	}
	return f.run(ctx)
}

// levels are the values of -redundancy.
var levels = map[string]fm.Level{"minimal": fm.Minimal, "syntactic": fm.Syntactic, "history": fm.History, "everything": fm.Everything}

// validate reports what is wrong with the flags.
func (f *fmRun) validate() error {
	_, known := levels[f.level]
	switch {
	case f.eliminate != "" && f.keep != "":
		return usageErrorf("give -eliminate or -keep, not both")
	case f.method != "fm" && f.method != "dd":
		return usageErrorf("-method %s: expected fm or dd", f.method)
	case f.order != "auto" && f.order != "given":
		return usageErrorf("-order %s: expected auto or given", f.order)
	case !known:
		return usageErrorf("-redundancy %s: expected minimal, syntactic, history or everything", f.level)
	case f.style != "" && !slices.Contains([]string{"text", "markdown", "latex"}, f.style):
		return usageErrorf("-trace-style %s: expected text, markdown or latex", f.style)
	case f.method == "dd" && (f.certificate != "" || f.trace != "" || f.verify):
		return usageErrorf("-method dd leaves no trace: -certificate, -trace and -verify need -method fm")
	}
	for _, path := range []string{f.out, f.certificate, f.trace} {
		if path != "" && path != "-" {
			if err := checkWritable(path); err != nil {
				return err
			}
		}
	}
	return nil
}

// run eliminates and writes all that was asked for.
func (f *fmRun) run(ctx context.Context) error {
	r, err := fm.Eliminate(ctx, f.system(), f.eliminated, fm.Options{
		InOrder: f.order == "given", Level: levels[f.level], Progress: f.progress()})
	if err != nil {
		return err
	}
	f.talk.say("eliminated in %v; at most %d rows between two steps, chosen from at most %d", f.talk.elapsed(), r.Peak, r.Candidates)
	if f.verify {
		if err := r.Verify(); err != nil {
			return err
		}
		f.talk.note("verified: every step, every dropped row, and the multipliers of every row of the result")
	}
	if err := f.writeTrace(r); err != nil {
		return err
	}
	if f.certificate != "" {
		if err := writeFile(f.certificate, fmDocument(r).Write); err != nil {
			return err
		}
	}
	return f.write(f.projection(r), r)
}

// progress shows how far the elimination is.
func (f *fmRun) progress() func(fm.Progress) {
	if !f.talk.showProgress() {
		return nil
	}
	return func(p fm.Progress) {
		f.talk.update("variable %d of %d eliminated, %d rows", p.Step, p.Steps, p.Rows)
	}
}

// write puts the result on standard output, or into the file and a line about it
// on standard output. r is nil if the rows come from double descriptions.
func (f *fmRun) write(out *cone.File, r *fm.Result) error {
	write := out.Write
	if f.json {
		write = func(w io.Writer) error { return json.NewEncoder(w).Encode(f.jsonResult(out, r)) }
	}
	if f.out == "" {
		return buffered(f.stdout, write)
	}
	if err := writeFile(f.out, write); err != nil {
		return err
	}
	equations := 0
	for _, row := range out.Rows {
		if row.Linear {
			equations++
		}
	}
	_, err := fmt.Fprintf(f.stdout, "%s: H-representation with %s and %s\n", f.out,
		count(len(out.Rows)-equations, "inequality", "inequalities"), count(equations, "equation", "equations"))
	return err
}

// fmJSON is the form of the result with -json. Numbers are strings, exact.
type fmJSON struct {
	Verdict     string     `json:"verdict"`
	Variables   []string   `json:"variables"` // those kept, in the order of the columns
	Rows        [][]string `json:"rows"`
	Linearity   []int      `json:"linearity"`             // numbers of rows, from 1
	Multipliers [][]string `json:"multipliers,omitempty"` // of each row, over the rows of the file
	Farkas      []string   `json:"farkas,omitempty"`
	Peak        int        `json:"peak,omitempty"` // most rows between two steps
}

func (f *fmRun) jsonResult(out *cone.File, r *fm.Result) fmJSON {
	j := fmJSON{Verdict: "projected", Variables: []string{}, Rows: [][]string{}, Linearity: []int{}}
	for _, v := range f.kept {
		j.Variables = append(j.Variables, variableName(v))
	}
	for i, row := range out.Rows {
		numbers := make([]string, out.Columns)
		for k := range numbers {
			numbers[k] = row.At(k).String()
		}
		j.Rows = append(j.Rows, numbers)
		if row.Linear {
			j.Linearity = append(j.Linearity, i+1)
		}
	}
	if r == nil {
		return j
	}
	j.Verdict, j.Peak = r.Verdict.String(), r.Peak
	for _, x := range r.Farkas {
		j.Farkas = append(j.Farkas, x.String())
	}
	for _, o := range sortedRows(r) {
		var m []string
		for _, x := range o.Multipliers {
			m = append(m, x.String())
		}
		j.Multipliers = append(j.Multipliers, m)
	}
	return j
}
