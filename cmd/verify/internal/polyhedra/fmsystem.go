package polyhedra

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/cone"
	"pstar/format/ine"
	"pstar/projection"
)

// read reads the file and chooses the variables.
func (f *fmRun) read(path string) error {
	in, err := f.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	if f.in, err = ine.ReadStrict(in, in.Name); err != nil {
		return run.UsageErrorf("%v", err)
	}
	if f.in.Representation != cone.HRepresentation {
		return run.UsageErrorf("%s: fm eliminates from rows, expected an H-representation; \"verify dd\" converts", in.Name)
	}
	f.system = projection.System(&f.in.Polyhedron)
	return f.choose(in.Name)
}

// choose finds the variables to eliminate and to keep, from the flags or from
// the file.
func (f *fmRun) choose(name string) error {
	var honoured []string
	list, keeping, what := f.eliminate, false, "-eliminate"
	switch {
	case f.keep != "":
		list, keeping, what = f.keep, true, "-keep"
	case f.eliminate == "":
		o, err := f.chosenInFile(name)
		if err != nil {
			return err
		}
		list, keeping, what = strings.Join(o.Args[1:], ","), o.Word == "project", fmt.Sprintf("%s:%d: %s", name, o.Line, o.Word)
		honoured = append(honoured, o.Word)
	}
	sayIgnored(f.talk, f.in, honoured)
	n := f.in.Columns - 1
	chosen, err := parseVariables(list, n)
	if err != nil {
		return run.UsageErrorf("%s: %v", what, err)
	}
	f.divide(n, chosen, keeping)
	return nil
}

// chosenInFile returns the one line "eliminate k i1 ... ik" or "project k i1 ...
// ik" of the file.
func (f *fmRun) chosenInFile(name string) (found ine.Option, err error) {
	for _, o := range f.in.Options {
		switch {
		case o.Word != "eliminate" && o.Word != "project":
			continue
		case found.Word != "":
			return found, run.UsageErrorf("%s:%d: a second line on what to eliminate, after line %d; expected one, or -eliminate or -keep", name, o.Line, found.Line)
		}
		found = o
	}
	if found.Word == "" {
		return found, run.UsageErrorf("nothing to eliminate: give -eliminate or -keep, or a line \"eliminate\" or \"project\" in the file")
	}
	if len(found.Args) < 2 || found.Args[0] != strconv.Itoa(len(found.Args)-1) {
		return found, run.UsageErrorf("%s:%d: %s: expected the number of variables and as many numbers, such as \"%s 2 1 4\"", name, found.Line, found.Word, found.Word)
	}
	return found, nil
}

// divide sets the variables to eliminate and to keep.
func (f *fmRun) divide(n int, chosen []int, keeping bool) {
	var rest []int
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

// parseVariables reads a list such as x1,x4..x6 or 1,4..6 and counts from zero.
func parseVariables(list string, n int) ([]int, error) {
	var chosen []int
	for _, item := range strings.Split(list, ",") {
		first, last, isRange := strings.Cut(strings.TrimSpace(item), "..")
		if !isRange {
			last = first
		}
		a, errA := parseVariable(first, n)
		b, errB := parseVariable(last, n)
		if errA != nil || errB != nil || a > b {
			return nil, fmt.Errorf("%q: expected variables from x1 to x%d, as in x1,x3..x5", item, n)
		}
		for v := a; v <= b; v++ {
			if slices.Contains(chosen, v) {
				return nil, fmt.Errorf("x%d is named twice", v+1)
			}
			chosen = append(chosen, v)
		}
	}
	return chosen, nil
}

func parseVariable(name string, n int) (int, error) {
	v, err := strconv.Atoi(strings.TrimPrefix(strings.TrimSpace(name), "x"))
	if err != nil || v < 1 || v > n {
		return 0, fmt.Errorf("no variable %q", name)
	}
	return v - 1, nil
}
