package ine

import (
	"path/filepath"
	"slices"

	"pstar/cone"
	"pstar/rational"
)

// settle applies what may be said on either side of the rows.
func (p *reader) settle() error {
	f := p.file
	// Without a statement of what the rows are.
	if p.representAt == 0 {
		if err := p.guess(); err != nil {
			return err
		}
	}
	if err := p.mark(p.linear, "the linearity", func(r *cone.Row) { r.Linear = true }); err != nil {
		return err
	}
	if err := p.mark(p.strict, "strict_inequality", func(r *cone.Row) { r.Strict = true }); err != nil {
		return err
	}
	if err := p.checkStrict(); err != nil {
		return err
	}
	// Rows behind these come from an option, and messages call them otherwise.
	f.Written = len(f.Rows)
	if f.Representation == cone.VRepresentation {
		return p.checkGenerators()
	}
	if p.nonnegative > 0 {
		// The constant, column 0, has no sign.
		for i := 1; i < f.Columns; i++ {
			f.Rows = append(f.Rows, cone.Row{Vector: cone.Unit(i, 1), Scale: rational.NewInt(1)})
			f.Lines = append(f.Lines, p.nonnegative)
		}
	}
	return nil
}

// guess takes the rows as inequalities, as cddlib and lrs do, unless something
// speaks against it.
//
// It says so in a note, as a file of generators taken for rows gives an answer too.
func (p *reader) guess() error {
	p.file.Representation = cone.HRepresentation
	switch {
	case p.mentioned > 0:
		return p.Fail(p.mentioned, "no line begins with H-representation or V-representation, though this one mentions the latter; expected it in that spelling, at the start of a line before begin")
	case filepath.Ext(p.File) == ".ext":
		return p.Fail(1, "the file is named .ext but does not say V-representation; expected a line that says H-representation or V-representation")
	}
	p.file.Notes = append(p.file.Notes, p.File+": no line says H-representation or V-representation; read as H-representation")
	return nil
}

// mark marks the rows of a list.
func (p *reader) mark(list map[int]int, name string, set func(*cone.Row)) error {
	// In any order, as a map has them.
	rows := make([]int, 0, len(list))
	for i := range list {
		rows = append(rows, i)
	}
	// So that of several errors it is always the same that is told.
	slices.Sort(rows)
	for _, i := range rows {
		if i > len(p.file.Rows) {
			return p.Fail(list[i], "row %d is in %s, but there are %d rows", i, name, len(p.file.Rows))
		}
		set(&p.file.Rows[i-1])
	}
	return nil
}

// checkStrict reports strict rows that are no inequalities.
func (p *reader) checkStrict() error {
	// Strict rows are few, but may be any.
	for i, r := range p.file.Rows {
		switch {
		case r.Strict && p.file.Representation == cone.VRepresentation:
			return p.Fail(p.strict[i+1], "strict_inequality speaks of inequalities, but this is a V-representation")
		// A strict equation holds nowhere, and is not what was meant.
		case r.Strict && r.Linear:
			return p.Fail(p.strict[i+1], "row %d is in strict_inequality and in the linearity", i+1)
		}
	}
	return nil
}

// checkGenerators reports rows that are neither vertices nor rays nor lines.
func (p *reader) checkGenerators() error {
	if p.nonnegative > 0 {
		return p.Fail(p.nonnegative, "nonnegative speaks of inequalities, but this is a V-representation")
	}
	// One note for all: the first row tells as much.
	noted := false
	for i, r := range p.file.Rows {
		// The first column tells what a generator is.
		lead := r.Vector.At(0)
		switch {
		case r.Linear && !lead.IsZero():
			return p.Fail(p.file.Lines[i], "row %d is in the linearity and begins with a number other than 0; expected 0, for a line", i+1)
		// Peers differ on what it means, see the package comment.
		case lead.Sign() < 0:
			return p.Fail(p.file.Lines[i], "row %d begins with %v; expected 1 for a vertex or 0 for a ray", i+1, rational.RatFromInts(lead, r.Scale))
		case !noted && !lead.IsZero() && !lead.Equal(r.Scale):
			noted = true
			p.note(p.file.Lines[i], "row %d begins with %v: the vertex is the rest divided by it, as in cddlib and lrs", i+1, rational.RatFromInts(lead, r.Scale))
		}
	}
	return nil
}
