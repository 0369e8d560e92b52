package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/fm"
	"pstar/rational"
)

func variableName(v int) string { return fmt.Sprintf("x%d", v+1) }

// choose finds the variables to eliminate and to keep, from the flags or from
// the file.
func (f *fmRun) choose() error {
	if f.in.Representation != cone.HRepresentation {
		return usageErrorf("fm eliminates from rows: expected an H-representation; \"verify dd\" converts")
	}
	n := f.in.Columns - 1
	list, keeping, what := f.eliminate, false, "-eliminate"
	switch {
	case f.keep != "":
		list, keeping, what = f.keep, true, "-keep"
	case f.eliminate == "":
		for _, word := range []string{"eliminate", "project"} {
			if o, ok := f.in.Option(word); ok && len(o.Args) > 0 {
				list, keeping = strings.Join(o.Args[1:], ","), word == "project"
				what = fmt.Sprintf("line %d: %s", o.Line, word)
			}
		}
		if list == "" {
			return usageErrorf("nothing to eliminate: give -eliminate or -keep, or a line \"eliminate\" or \"project\" in the file")
		}
	}
	chosen, err := parseVariables(list, n)
	if err != nil {
		return usageErrorf("%s: %v", what, err)
	}
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
	return nil
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

// system is the file as a system of rows.
func (f *fmRun) system() *fm.System {
	s := &fm.System{}
	for v := range f.in.Columns - 1 {
		s.Variables = append(s.Variables, variableName(v))
	}
	for _, row := range f.in.Rows {
		r := fm.Row{Relation: fm.AtLeast, Constant: row.At(0).Neg()}
		if row.Linear {
			r.Relation = fm.Equal
		}
		for v := range s.Variables {
			r.Coefficients = append(r.Coefficients, row.At(1+v))
		}
		s.Rows = append(s.Rows, r)
	}
	return s
}

// sortedRows are the rows of a projection in the order of the file: inequalities
// before equations, each in the canonical order of their vectors.
func sortedRows(r *fm.Result) []fm.Output {
	rows := slices.Clone(r.Rows)
	slices.SortStableFunc(rows, func(a, b fm.Output) int {
		if (a.Relation == fm.Equal) != (b.Relation == fm.Equal) {
			if a.Relation == fm.Equal {
				return 1
			}
			return -1
		}
		return vectorOf(a.Row, nil).Cmp(vectorOf(b.Row, nil))
	})
	return rows
}

// vectorOf is the homogeneous vector of a row over the kept variables, all if
// nil.
func vectorOf(row fm.Row, kept []int) cone.Vector {
	dense := rational.RatVector{row.Constant.Neg()}
	if kept == nil {
		dense = append(dense, row.Coefficients...)
	}
	for _, v := range kept {
		dense = append(dense, row.Coefficients[v])
	}
	return cone.Sparse(dense.Primitive())
}

// projection is the result as a file.
func (f *fmRun) projection(r *fm.Result) *cone.File {
	h := &cone.H{Dim: 1 + len(f.kept)}
	if r.Verdict == fm.Infeasible {
		h.Inequalities = []cone.Vector{cone.Unit(0, -1)}
	}
	for _, row := range sortedRows(r) {
		if v := vectorOf(row.Row, f.kept); row.Relation == fm.Equal {
			h.Equations = append(h.Equations, v)
		} else {
			h.Inequalities = append(h.Inequalities, v)
		}
	}
	return cone.NewHFile(h)
}

// throughRays projects the generators of the polyhedron and converts them back.
func (f *fmRun) throughRays(ctx context.Context) error {
	v, err := doubledesc.Rays(ctx, f.in.H(), doubledesc.Options{})
	if err != nil {
		return err
	}
	image := &cone.V{Dim: 1 + len(f.kept), Rays: f.projectVectors(v.Rays), Lines: f.projectVectors(v.Lines)}
	h, err := doubledesc.Facets(ctx, image, doubledesc.Options{})
	if err != nil {
		return err
	}
	f.talk.say("projected %d rays in %v", len(v.Rays), f.talk.elapsed())
	if !slices.ContainsFunc(image.Rays, func(r cone.Vector) bool { return r.At(0).Sign() > 0 }) {
		h = &cone.H{Dim: h.Dim, Inequalities: []cone.Vector{cone.Unit(0, -1)}}
	}
	trivial := cone.Unit(0, 1)
	h.Inequalities = slices.DeleteFunc(h.Inequalities, trivial.Equal)
	return f.write(cone.NewHFile(h), nil)
}

// projectVectors keeps the constant and the kept variables.
func (f *fmRun) projectVectors(vectors []cone.Vector) []cone.Vector {
	var images []cone.Vector
	for _, v := range vectors {
		entries := []cone.Entry{{Index: 0, Value: v.At(0)}}
		for i, k := range f.kept {
			entries = append(entries, cone.Entry{Index: 1 + i, Value: v.At(1 + k)})
		}
		if image := cone.MakeVector(entries...); !image.IsZero() {
			images = append(images, image)
		}
	}
	return images
}

// writeTrace writes the trace where the flag says.
func (f *fmRun) writeTrace(r *fm.Result) error {
	if f.trace == "" {
		return nil
	}
	style := fm.Plain
	switch {
	case f.style == "markdown", f.style == "" && strings.HasSuffix(f.trace, ".md"):
		style = fm.Markdown
	case f.style == "latex", f.style == "" && strings.HasSuffix(f.trace, ".tex"):
		style = fm.LaTeX
	}
	write := func(w io.Writer) error { return r.WriteTrace(w, style) }
	if f.trace == "-" {
		f.talk.clear()
		return write(f.stderr)
	}
	return writeFile(f.trace, write)
}
