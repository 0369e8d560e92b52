package polyhedra

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/cone"
	"pstar/doubledesc/redundancy"
	"pstar/format/ine"
	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems"
)

// RedundCommand is "verify redund".
func RedundCommand() run.Command {
	return run.Command{
		Name:    "redund",
		Usage:   "FILE",
		Summary: "removes redundant rows and says why each goes or stays",
		Long: `Removes the redundant rows of a polyhedron, in the format of cddlib and lrs or
another one that dd reads, by exact linear programming, and gives for each row the reason: the multiples of
rows that are kept which add up to it, or what shows that it is needed. That is,
for an inequality or equation, a point that satisfies all other rows kept and
not this one; for a vertex, ray or line, an inequality b + a·x >= 0 that all
others kept satisfy and this one does not. Every reason has been checked once
more when it is printed. An inequality that holds with equality throughout becomes an
equation, and a ray of which the negative is generated too a line, with the multiples that
add up to its negative. Of what is empty the multiples that add up to -1 are given.

The rows kept are written as they were, or with -canonical in the one form that all
descriptions of the polyhedron lead to, that of dd, and in the format of -to; the reasons follow as comments, or on
standard output with -o. Formats other than ine have no place for them. Of rows that imply each other the first is kept, and
equations and lines before others. Rows are numbered as in the file; those of
the option nonnegative are called x_1 >= 0, x_2 >= 0 and so on, and are written
out where they are kept. "-" is standard input.`,
		Run: runRedund,
	}
}

// redundRun is one reduction with its flags.
type redundRun struct {
	*run.Call
	talk            *run.Talk
	out             string // empty for standard output
	json, canonical bool
	in              inputFormat
	to              outputFormat
}

// runRedund reads the flags, finds what is redundant, and writes the rows kept and the
// reasons.
func runRedund(c *run.Call, args []string) error {
	flags := c.Flags()
	d := &redundRun{Call: c}
	flags.StringVar(&d.out, "o", "", "write the rows kept to `file`, and the reasons to standard output")
	flags.JSON(&d.json)
	flags.BoolVar(&d.canonical, "canonical", false, "write the unique form: in lowest terms, reduced by the equations, sorted")
	d.in.register(flags)
	d.to.register(flags)
	limits := flags.Limits()
	d.talk = flags.Talk()
	files, err := flags.Parse(args)
	if err == nil {
		err = d.check(files)
	}
	if err != nil {
		return err
	}
	ctx := limits.Context()
	defer d.talk.Clear()
	// All reasons are there, and checked, before the first row is written.
	r, err := findRedundant(ctx, c, d.talk, files[0], d.in)
	if err != nil {
		return err
	}
	return d.write(r)
}

// check looks for all that can be wrong before a file is read.
func (d *redundRun) check(files []string) error {
	if err := errors.Join(d.in.check(), d.to.check()); err != nil {
		return err
	}
	if d.json && d.to.other() {
		return run.UsageErrorf("-to %s has no place for -json", d.to.to)
	}
	if len(files) != 1 {
		return run.UsageErrorf("expected one file, got %d; \"verify redund -h\" explains", len(files))
	}
	if run.ToStandardOutput(d.out) {
		return nil
	}
	return d.CheckWritable(d.out)
}

// write puts the rows kept where the result goes, and the reasons behind them or on standard output.
func (d *redundRun) write(r *redundant) error {
	kept := r.rows(d.talk, d.canonical)
	rows := kept.Write
	if d.to.other() {
		rows = d.to.writeOther(&kept.Polyhedron)
		d.to.noteNames(d.talk, kept)
	}
	if run.ToStandardOutput(d.out) {
		return d.print(r, kept, rows)
	}
	// The file first: reasons on standard output are about rows that are there.
	if err := d.WriteFile(d.out, rows); err != nil {
		return err
	}
	noteName(d.talk, d.out, d.to.name())
	return d.Print(func(w io.Writer) error {
		if d.json {
			return writeRedundJSON(w, d.Head(run.Solved, nil), r, &kept.Polyhedron)
		}
		return writeReasons(w, r)
	})
}

// print writes rows and reasons to standard output, in one object or one file.
func (d *redundRun) print(r *redundant, kept *ine.File, rows func(io.Writer) error) error {
	switch {
	case d.json:
		return d.Print(func(w io.Writer) error { return writeRedundJSON(w, d.Head(run.Solved, nil), r, &kept.Polyhedron) })
	case d.to.other(): // for a program that knows no comments
		d.talk.Note("-to %s has no place for the reasons; -o FILE writes them to standard output", d.to.to)
		return d.Print(rows)
	}
	// Reasons are comments behind the rows, so that all of it is one file for other
	// programs.
	return d.Print(func(w io.Writer) error {
		if err := rows(w); err != nil {
			return err
		}
		return writeReasons(w, r)
	})
}

// findRedundant reads a file and decides each of its rows. Hidden equations are found
// first, so that the other rows are decided with them as equations. Every reason is
// checked against the rows, in exact numbers, before anything is written.
func findRedundant(ctx context.Context, c *run.Call, talk *run.Talk, path string, in inputFormat) (*redundant, error) {
	file, err := readPolyhedron(c, path, in)
	if err != nil {
		return nil, err
	}
	sayIgnored(talk, file, []string{"names"}) // of columns, which are those of the rows kept
	// Inequalities that hold with equality, which the others are decided by.
	equations, err := redundancy.Equations(ctx, &file.Polyhedron)
	if err != nil {
		return nil, err
	}
	f := redundancy.WithEquations(&file.Polyhedron, equations)
	// One row after the other, each against those that are kept.
	r, err := redundancy.Find(ctx, f, func(p redundancy.Progress) {
		talk.Update("row %d of %d, %d redundant so far", p.Decided, p.Rows, p.Redundant)
	})
	if err != nil {
		return nil, err
	}
	// Both checks are apart from the search, and multiply out what it claims.
	for _, wrong := range []error{r.Check(), redundancy.CheckEquations(&file.Polyhedron, equations)} {
		if wrong != nil {
			return nil, run.FaultErrorf("a reason is wrong, and the rows are not written: %v", wrong)
		}
	}
	// Of what has become an equation the derivation of the negative is shown; that of the
	// row is the row.
	found := &redundant{r, file, map[int]redundancy.Derivation{}}
	for _, e := range equations {
		found.equations[e.Row] = e.Negative
	}
	return found, nil
}

// redundant is what was found of a file.
type redundant struct {
	*redundancy.Result
	file      *ine.File
	equations map[int]redundancy.Derivation // by row that was none: of its negative
}

// rows are those that are kept, as they were or in the unique form, with the names of the columns.
//
// Other options of the file are left out: they may name rows, and these have new numbers.
func (r *redundant) rows(t *run.Talk, canonical bool) *ine.File {
	kept := &ine.File{Name: r.file.Name, Polyhedron: *r.Kept()}
	// Reasons still speak of the rows as they were.
	if canonical {
		kept.Polyhedron = *r.Canonical()
	}
	kept.Options = namesLine(t, columnNames(r.file), kept.Columns)
	return kept
}

// writeReasons writes one comment line for each row.
//
// Equations that were inequalities have a line more. The last line counts.
func writeReasons(w io.Writer, r *redundant) error {
	// In the order of the file, so that reasons can be found by the row.
	for i, reason := range r.Rows {
		// A line of its own, before the reason: the row is an equation whether it is kept or
		// not.
		if d, ok := r.equations[i]; ok {
			kind := "an equation"
			if r.In.Representation == cone.VRepresentation {
				kind = "a line"
			}
			if _, err := fmt.Fprintf(w, "* %s: %s: its negative = %s\n", rowOf(r.file, i), kind, sumText(r, d)); err != nil {
				return err
			}
		}
		for _, line := range reasonLines(r, reason) {
			if _, err := fmt.Fprintf(w, "* %s: %s\n", rowOf(r.file, i), line); err != nil {
				return err
			}
		}
	}
	// Of an H-representation the sum -1 shows it; a list without generators is empty by
	// definition.
	if r.IsEmpty() {
		because := ""
		if r.Empty != nil {
			because = ": -1 = " + sumText(r, *r.Empty)
		}
		if _, err := fmt.Fprintf(w, "* the polyhedron is empty%s\n", because); err != nil {
			return err
		}
	}
	// Counted at the end, as the reader sees first which they are.
	// Needed rows are those with a witness; all others have multiples of rows that are
	// kept.
	redundant := each.Count(r.Rows, func(reason redundancy.RowReason) bool { return reason.Witness == nil })
	_, err := fmt.Fprintf(w, "* %d of %d rows are redundant\n", redundant, len(r.Rows))
	return err
}

// rowID says which row of the file is meant: that of a number, from 1, or that
// which the option nonnegative adds for a coordinate, from 1.
type rowID struct {
	Row         int `json:"row,omitempty"`
	Nonnegative int `json:"nonnegative,omitempty"`
}

// rowOf is the name of row i, from 0, as the file counts: rows behind those that are
// written come from the option nonnegative, one for each coordinate.
func rowOf(f *ine.File, i int) rowID {
	if i >= f.Written {
		return rowID{Nonnegative: i - f.Written + 1}
	}
	return rowID{Row: i + 1}
}

// String returns the name of the row.
func (r rowID) String() string {
	if r.Nonnegative > 0 {
		return fmt.Sprintf("x_%d >= 0", r.Nonnegative)
	}
	return fmt.Sprintf("row %d", r.Row)
}

// reasonLines says why a row stays, in one line, or why it goes: in one line for an
// inequality, in two for an equation, which is redundant if both of its sides are.
func reasonLines(r *redundant, reason redundancy.RowReason) []string {
	if reason.Witness != nil {
		// The first coordinate of the point is 1 and is left out; that of a separating row is
		// its constant, and is part of it.
		if r.In.Representation == cone.HRepresentation {
			return []string{fmt.Sprintf("needed: the point %v satisfies all other rows kept", coordinates(reason.Witness[1:]))}
		}
		return []string{fmt.Sprintf("needed: the row %v >= 0 separates it from all others kept", coordinates(reason.Witness))}
	}
	// One line for each side that has to follow.
	var lines []string
	// Side 0 is the row, side 1 its negative, which only equations and lines have.
	for side, d := range reason.Implied {
		switch sum := sumText(r, d); {
		case d.Absurd:
			lines = append(lines, "redundant: the rows kept have no solution, -1 = "+sum)
		case side == 1:
			lines = append(lines, "redundant: and its negative = "+sum)
		default:
			lines = append(lines, "redundant: = "+sum)
		}
	}
	return lines
}

// coordinates prints a vector as people write points.
func coordinates(v rational.RatVector) string {
	return "(" + strings.Join(each.Of(v, rational.Rat.String), ", ") + ")"
}

// sumText writes a derivation as a sum, such as "1/2·row 1 + 3".
//
// Rows have the numbers or names of the file; the constant comes last. What it reads as
// is exact.
func sumText(r *redundant, d redundancy.Derivation) string {
	var b strings.Builder
	add := func(x rational.Rat, unit string) {
		switch {
		// The first term keeps its sign; later ones have it as the operator.
		case b.Len() > 0 && x.Sign() < 0:
			b.WriteString(" - ")
			x = x.Neg()
		case b.Len() > 0:
			b.WriteString(" + ")
		}
		b.WriteString(x.String() + unit)
	}
	// Rows by the names that the reader of the file knows.
	for _, t := range d.Terms {
		name := rowOf(r.file, t.Row)
		if name.Nonnegative > 0 {
			add(t.Factor, fmt.Sprintf("·(%v)", name))
		} else {
			add(t.Factor, fmt.Sprintf("·%v", name))
		}
	}
	// A positive number that is always there: the row 1 >= 0, or among generators the
	// origin.
	if !d.Constant.IsZero() {
		unit := ""
		if r.In.Representation == cone.VRepresentation {
			unit = "·the origin"
		}
		add(d.Constant, unit)
	}
	// The sum of no rows, as for the row 0 >= 0.
	if b.Len() == 0 {
		return "0"
	}
	return b.String()
}

// redundJSON is the form of the result with -json; rows count from 1, numbers are
// strings, exact.
//
// Rows and linearity are those that are written, in the members that dd has, too, so that
// the object is read back as the polyhedron that it is. Reasons has an entry for each row
// of the file, in its order, and for those of the option nonnegative behind them.
type redundJSON struct {
	Representation  string      `json:"representation"`
	Columns         int         `json:"columns"`
	Kept            []int       `json:"kept"`
	KeptNonnegative []int       `json:"kept_nonnegative,omitempty"` // coordinates
	Empty           *derivation `json:"empty,omitempty"`            // of -1 >= 0, if there is no point
	Rows            [][]string  `json:"rows"`
	Linearity       []int       `json:"linearity"`
	Reasons         []rowReason `json:"reasons"`
}

// rowReason is why a row stays or goes: a witness if it is needed, else derivations.
type rowReason struct {
	rowID
	Needed  bool         `json:"needed"`
	Linear  *derivation  `json:"linear,omitempty"` // of the negative, of a row that was not linear and is
	Witness []string     `json:"witness,omitempty"`
	Implied []derivation `json:"implied,omitempty"`
}

// derivation is a sum of multiples of kept rows with a constant. Absurd says that it is
// -1, so that there is no point, and every row follows.
type derivation struct {
	Absurd   bool       `json:"absurd"`
	Rows     []multiple `json:"rows"`
	Constant string     `json:"constant"`
}

// multiple is one term of a derivation.
type multiple struct {
	rowID
	Factor string `json:"factor"`
}

// writeRedundJSON writes one object on one line: the rows that are written, and the reasons.
func writeRedundJSON(w io.Writer, head theorems.Head, r *redundant, written *cone.Polyhedron) error {
	j := redundJSON{Representation: r.In.Representation.String(), Columns: r.In.Columns, Kept: []int{}, Rows: [][]string{}, Linearity: []int{}, Reasons: []rowReason{}}
	for i, row := range written.Rows {
		j.Rows = append(j.Rows, each.To(written.Columns, func(k int) string { return row.At(k).String() }))
		if row.Linear {
			j.Linearity = append(j.Linearity, i+1)
		}
	}
	// Every row of the input is in the object, kept or not.
	for i, reason := range r.Rows {
		row := rowReason{rowID: rowOf(r.file, i), Needed: reason.Witness != nil}
		switch {
		// Rows of the option have numbers of coordinates, and lists of their own: number 2 of
		// both would be two rows.
		case row.Needed && row.Nonnegative > 0:
			j.KeptNonnegative = append(j.KeptNonnegative, row.Nonnegative)
		case row.Needed:
			j.Kept = append(j.Kept, row.Row)
		}
		// Empty for a row that is redundant.
		for _, x := range reason.Witness {
			row.Witness = append(row.Witness, x.String())
		}
		for _, d := range reason.Implied {
			row.Implied = append(row.Implied, *derivationOf(r, d))
		}
		if d, ok := r.equations[i]; ok {
			row.Linear = derivationOf(r, d)
		}
		j.Reasons = append(j.Reasons, row)
	}
	if r.Empty != nil {
		j.Empty = derivationOf(r, *r.Empty)
	}
	return run.WriteLine(w, head, j)
}

// derivationOf is a derivation with the row names of the file.
func derivationOf(r *redundant, d redundancy.Derivation) *derivation {
	// Lists are never null, for readers that expect one.
	part := &derivation{Absurd: d.Absurd, Rows: []multiple{}, Constant: d.Constant.String()}
	for _, t := range d.Terms {
		part.Rows = append(part.Rows, multiple{rowOf(r.file, t.Row), t.Factor.String()})
	}
	return part
}
