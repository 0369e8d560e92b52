package polyhedra

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"pstar/cmd/verify/internal/programs"
	"pstar/cmd/verify/internal/project"
	"pstar/cmd/verify/internal/run"
	"pstar/cone"
	"pstar/format"
	"pstar/format/ine"
	"pstar/projection"
)

// read reads the file and chooses the variables.
//
// Errors are bad input, with the place where there is one.
func (f *fmRun) read(path string) error {
	// -from says that the file is a polyhedron, whatever its name promises.
	if _, known := format.ProgramOf(path); known && f.format.from == "" {
		return f.readProgram(path)
	}
	if f.relax {
		return run.UsageErrorf("-relax has no effect without a linear program (.mps, .lp)")
	}
	var err error
	if f.in, err = readPolyhedron(f.Call, path, f.format); err != nil {
		return err
	}
	// To project generators is to leave out columns: no elimination, and so not done here.
	if f.in.Representation != cone.HRepresentation {
		return run.UsageErrorf("%s: fm eliminates from rows, expected an H-representation; \"verify dd\" converts", f.in.Source)
	}
	// The variables are called x1, x2, ... until a line of the file says otherwise.
	f.system = projection.System(&f.in.Polyhedron)
	if err := f.takeNames(f.in.Source); err != nil {
		return err
	}
	return f.choose(f.in.Source)
}

// takeNames takes the names of the variables from the line "names a b ...", if there is one.
//
// Without such a line names stay x1, x2 and so on, and named stays false.
func (f *fmRun) takeNames(file string) error {
	for _, o := range f.in.Options {
		if o.Word != "names" {
			continue
		}
		err := project.CheckNames(o.Args, len(f.system.Variables))
		// Two lists could differ, and multipliers would be read with the wrong names.
		if f.named {
			err = errors.New("a second line of names")
		}
		if err != nil {
			return run.UsageErrorf("%s:%d: names: %v", file, o.Line, err)
		}
		f.system.Variables, f.named = o.Args, true
	}
	return nil
}

// readProgram takes the rows and bounds of a linear program, which has names.
func (f *fmRun) readProgram(path string) error {
	p, err := programs.Read(f.Call, f.talk, path, f.relax)
	if err != nil {
		return err
	}
	// Its rows and bounds, without the objective.
	f.system, f.named = projection.OfProgram(p), true
	// An empty file with the right number of columns, for the code that looks at the
	// options of files: a program has none.
	f.in = &ine.File{Source: path, Polyhedron: cone.Polyhedron{Columns: 1 + len(p.Variables)}}
	// There is no line in a program that could say it.
	if f.eliminate == "" && f.keep == "" {
		return run.UsageErrorf("nothing to eliminate: give -eliminate or -keep")
	}
	return f.choose(path)
}

// choose finds the variables to eliminate and to keep, from the flags or from
// the file.
//
// Flags count more than the file. It also tells which options of the file have no effect.
func (f *fmRun) choose(name string) error {
	honoured := []string{"names"}
	// what names the place for errors: a flag, or a line of the file.
	list, keeping, what := f.eliminate, false, "-eliminate"
	switch {
	// The other list is what remains: exactly one of them is named.
	case f.keep != "":
		list, keeping, what = f.keep, true, "-keep"
	case f.eliminate == "":
		o, err := project.Chosen(name, f.in.Options)
		if err != nil {
			return run.UsageErrorf("%v", err)
		}
		// The first word of the line is the count, which has been compared with what follows.
		list, keeping, what = strings.Join(o.Args[1:], ","), o.Word == "project", fmt.Sprintf("%s:%d: %s", name, o.Line, o.Word)
		honoured = append(honoured, o.Word)
	}
	// What the file says besides, told once it is known what counts.
	sayIgnored(f.talk, f.in, honoured)
	// Without the column of the constant.
	n := f.in.Columns - 1
	chosen, err := project.Variables(list, f.system.Variables, f.named)
	if err != nil {
		return run.UsageErrorf("%s: %v", what, err)
	}
	f.divide(n, chosen, keeping)
	return nil
}

// divide sets the variables to eliminate and to keep.
//
// Variables are eliminated in the order in which they were named, which -order given
// follows; kept ones are always in the order of the file, as columns of the result are.
func (f *fmRun) divide(n int, chosen []int, keeping bool) {
	var rest []int
	// In their order: columns of the result are in the order of the file.
	for v := range n {
		if !slices.Contains(chosen, v) {
			rest = append(rest, v)
		}
	}
	f.eliminated, f.kept = chosen, rest
	if keeping {
		slices.Sort(chosen)
		f.eliminated, f.kept = rest, chosen
	}
}

// chooseCell takes the system of the cell.
func (f *fmRun) chooseCell() {
	f.system = f.cell.System
	f.divide(len(f.system.Variables), f.cell.Eliminate, false)
}
