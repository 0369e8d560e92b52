package polyhedra

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/cone"
	"pstar/doubledesc"
	"pstar/format"
	"pstar/format/ine"
	"pstar/format/matrix"
	"pstar/format/text"
	"pstar/internal/each"
)

// inputFormat says in which format a polyhedron is read.
type inputFormat struct {
	from, convention string
	strict           bool // strict_inequality is honoured
}

// register adds the flags.
//
// They are shared by all commands that read a polyhedron, so that help and meaning are
// the same.
func (f *inputFormat) register(flags *run.FlagSet) {
	flags.StringVar(&f.from, "from", "", "`format` of the file: "+strings.Join(format.Polyhedra(), ", ")+" (default: by its name, then by how it begins)")
	flags.StringVar(&f.convention, "convention", "", "what the rows of a plain matrix are: `convention` "+conventionNames())
}

// check looks for formats and conventions that there are none of.
func (f *inputFormat) check() error {
	if err := checkFormat("-from", f.from); err != nil {
		return err
	}
	// A typing error here would otherwise be read as the default, and give the cone of
	// other rows.
	if f.convention != "" && !slices.Contains(matrix.Conventions(), matrix.Convention(f.convention)) {
		return run.UsageErrorf("-convention %s: expected one of %s", f.convention, conventionNames())
	}
	return nil
}

// checkFormat looks at the value of a flag; none is the default.
func checkFormat(flag, value string) error {
	// An empty value is no format by name, and is the default.
	if _, ok := format.PolyhedronNamed(value); value != "" && !ok {
		return run.UsageErrorf("%s %s: expected one of %s", flag, value, strings.Join(format.Polyhedra(), ", "))
	}
	return nil
}

// ddFormats says in which format a polyhedron is read, and in which it is written.
type ddFormats struct {
	inputFormat
	outputFormat
	reversible, eliminate string // the flags, as they were given
	columns               []int  // that -reversible names
}

// register adds the flags.
func (f *ddFormats) register(flags *run.FlagSet) {
	f.inputFormat.register(flags)
	f.outputFormat.register(flags)
	flags.StringVar(&f.reversible, "reversible", "", "with -convention flux: the `reactions` that run both ways, by number or name, with commas between them")
	flags.StringVar(&f.eliminate, "eliminate-reversible", "", "`how` reversible reactions are treated: split or lines (default split)")
}

// conventionNames lists the conventions of plain matrices.
func conventionNames() string {
	return strings.Join(each.Of(matrix.Conventions(), func(c matrix.Convention) string { return string(c) }), ", ")
}

// check looks for values that there are none of, and flags that have no effect beside others.
//
// Values are compared with the tables of packages format and matrix. The error names the
// flag and all values that there are.
func (f *ddFormats) check() error {
	if err := f.inputFormat.check(); err != nil {
		return err
	}
	if err := f.outputFormat.check(); err != nil {
		return err
	}
	// Only a stoichiometric matrix has columns that are reactions with a direction.
	if f.reversible != "" && f.convention != string(matrix.Flux) {
		return run.UsageErrorf("-reversible goes with -convention flux only")
	}
	// The default, split, is also what is meant by the empty string.
	if f.eliminate != "" && (f.reversible == "" || f.eliminate != "split" && f.eliminate != "lines") {
		return run.UsageErrorf("-eliminate-reversible %s: expected split or lines, beside -reversible", f.eliminate)
	}
	return nil
}

// split reports whether reversible reactions are to be split into two.
// The modes of the split network, folded back, are the elementary modes; with lines there
// are fewer rays, and lines beside them.
func (f *ddFormats) split() bool { return f.reversible != "" && f.eliminate != "lines" }

// prepare treats the reversible reactions.
//
// It changes the polyhedron of the file. An error is a reaction in the flag that the file
// does not have.
func (f *ddFormats) prepare(in *ine.File) error {
	// Without the flag there is nothing to treat.
	if f.reversible == "" { // all run forward, as their bounds say
		return nil
	}
	// Reactions have the names of a line "names", or those of the head of a table.
	names := columnNames(in)
	var err error
	if f.columns, err = matrix.Columns(strings.Split(f.reversible, ","), names, in.Columns-1); err != nil {
		return run.UsageErrorf("-reversible: %v", err)
	}
	if f.split() { // into one that runs forward and one that runs back
		in.Polyhedron = *matrix.Split(&in.Polyhedron, f.columns)
	} else {
		in.Polyhedron = *matrix.Reversed(&in.Polyhedron, f.columns)
	}
	// Messages and lists number rows as the file does. Split rows are in no file, and all
	// count as written.
	in.Written = len(in.Rows) // rows have new numbers
	return nil
}

// finish takes the result of a split network back to its columns.
//
// Modes are those of the network: each is in the columns of the file, and has no reaction
// together with its reverse.
func (f *ddFormats) finish(t *run.Talk, c *doubledesc.Conversion) *cone.Polyhedron {
	if !f.split() { // nothing was folded out
		return c.Out
	}
	// A reaction and its reverse together make a ray of the split cone that is 0 in the
	// network.
	modes, cycles := matrix.Fold(c.Out, f.columns)
	// How many were left out, as their number tells whether the flag meant what it should.
	t.Note("%s split into two, and the modes folded back; %s of a reaction and its reverse left out",
		show.Count(len(f.columns), "reversible reaction is", "reversible reactions are"), show.Count(cycles, "cycle", "cycles"))
	return modes
}

// readPolyhedron reads a file in the format asked for, or that its name or its first bytes
// promise, also if gzip has compressed it; "-" is standard input.
//
// Errors in the text have file and line, and a hint if it looks like another format; all
// are bad input. The whole file is read, and closed.
func readPolyhedron(c *run.Call, path string, f inputFormat) (*ine.File, error) {
	in, err := c.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	// The start of the file is looked at without being taken, so that standard input works
	// as well.
	plain, err := text.Plain(in, in.Name)
	if err != nil {
		return nil, run.UsageErrorf("cannot read %s: %v", certificate.FileName(in.Name), err)
	}
	b := bufio.NewReaderSize(plain, 1<<16)
	start, err := b.Peek(1 << 12) // an error shows when it is read
	if err == io.EOF && len(bytes.TrimSpace(start)) == 0 {
		return nil, run.UsageErrorf("%s: the file is empty", certificate.FileName(in.Name))
	}
	// Named by the flag, or recognised.
	from, ok := format.PolyhedronNamed(f.from)
	if !ok { // the name of the file says which, or how it begins
		from = format.PolyhedronOf(strings.TrimSuffix(in.Name, ".gz"), start)
	}
	if f.convention != "" && from.Name != "matrix" && from.Name != "csv" {
		return nil, run.UsageErrorf("-convention is of plain matrices, and %s is read as %s; -from matrix or -from csv says that it is one", certificate.FileName(in.Name), from.Name)
	}
	// The reader writes over its buffer; the hint after an error still needs these bytes.
	start = slices.Clone(start)
	// fm honours strict rows, which every other command refuses rather than closes.
	read := func() (*ine.File, error) { return from.Read(b, in.Name, matrix.Convention(f.convention)) }
	if f.strict && from.Name == "ine" {
		read = func() (*ine.File, error) { return ine.ReadStrict(b, in.Name) }
	}
	file, err := read()
	if err == nil { // a reader may stop at the last line of its format, and damage stand behind it
		if err = text.Rest(b); err != nil {
			err = fmt.Errorf("cannot read %s: %w", certificate.FileName(in.Name), err)
		}
	}
	var syntax *text.SyntaxError
	// A file in another format fails in its first line with an error that helps nobody: the
	// hint says what it looks like. A hint of the reader itself knows more.
	if errors.As(err, &syntax) && syntax.Hint == "" {
		syntax.Hint = format.Recognise(start)
		if strings.HasSuffix(syntax.Hint, "-from "+from.Name) {
			syntax.Hint = "" // it is read as that already
		}
	}
	if err != nil {
		return nil, run.UsageErrorf("%v", err)
	}
	// Readers of other formats do not set it, and errors behind them need a place.
	if file.Source == "" {
		file.Source = in.Name
	}
	return file, nil
}
