// Package cplex reads and writes linear programs in the CPLEX LP format, with every number
// exact: sections objective, constraints, bounds, and integers only to be relaxed.
package cplex

import (
	"io"
	"strings"

	"pstar/format/program"
	"pstar/format/text"
	"pstar/lp"
)

// Read reads a problem in the CPLEX LP format from r; file names it in errors, which
// are of type *[text.SyntaxError] unless r itself fails.
//
// The sections are the objective (minimize or maximize), the constraints (subject to),
// and optionally bounds, general, binary and end; a section begins on a new line, or within
// one if more of that line follows its name. A name begins with a letter or one of
// !"#$%&(),;?@_`'{}~| and ends at white space or an operator, so that x[1,2] is one;
// the label of a constraint may be a number. Numbers are read exactly, as by [rational.ParseRat],
// and may be fractions such as 3/7. Variables are in the order in which they appear first,
// also those of the bounds alone (*), and nonnegative by default. An objective may have constant
// terms, the left side of a constraint too, which count on the other side; the right side
// is one number; a range is written 1 <= x + y <= 2. Inf and Infinity are infinities in
// bounds and ranges, and so is a number of 1e20 or more as an upper bound of a variable, or of
// 1e30 or more as a right side after <= (*), and their negatives as a lower bound and after
// >=; for GLPK and QSopt_ex all of these are numbers. Elsewhere, as in x = 1e30, it is a number (*). Of several bounds the last
// counts; x free takes both away. A relation < is the same as <= (*), and > as >=. Where
// (*) stands most tools agree, but a writer may have meant something else; o.Note hears
// of it.
//
// A negative upper bound of a variable without a stated lower bound is an error, since
// dialects disagree on what it means. So are products of variables, integer and
// binary variables (unless o.Relax is set), and every section of another kind of
// problem. It takes time and memory in proportion to the file.
func Read(r io.Reader, file string, o program.Options) (*lp.Problem, error) {
	p := &parser{options: o, problem: &lp.Problem{}, variables: map[string]int{}, names: map[string]bool{}}
	// The parser is one token ahead from here on.
	p.Source = program.NewSource(r, file)
	if err := p.advance(); err != nil {
		return nil, err
	}
	if err := p.file(); err != nil {
		return nil, err
	}
	p.Report(o.Note)
	return p.problem, nil
}

// parser reads the sections.
//
// It reads from left to right, one token ahead of the present one at most, and keeps none
// that it has passed.
type parser struct {
	scanner
	options   program.Options
	problem   *lp.Problem
	variables map[string]int
	names     map[string]bool  // of rows
	bounded   []program.Stated // for every variable
}

// fail returns an error of the line of the present token.
func (p *parser) fail(format string, args ...any) error {
	return p.Fail(p.token.line, format, args...)
}

// file reads the sections in their order: the objective, the constraints, then the others.
func (p *parser) file() error {
	// Nothing else can come first, and so the word is no name.
	section, err := p.sectionWord()
	if err != nil {
		return err
	}
	switch section {
	case "minimise":
	case "maximise":
		p.problem.Sense = lp.Maximise
	default:
		return p.fail("expected minimize or maximize, found %v", p.token)
	}
	if err := p.pass(); err != nil {
		return err
	}
	// lp_solve's format begins "max: 3x+2y;" and shares the ending .lp.
	if p.token.text == ":" {
		return p.fail("expected the CPLEX LP format, found the LP format of lp_solve, in which a colon follows the sense")
	}
	// It ends where no term can follow.
	if err := p.objective(); err != nil {
		return err
	}
	// What ended the objective must be the heading of the constraints.
	if section, err = p.sectionWord(); err != nil {
		return err
	}
	// A program without constraints still has the heading; without it, it is cut off or of another format.
	if section != "subject to" {
		return p.noConstraints(section)
	}
	for section != "end" && section != "end of file" {
		// What a section holds decides itself: each line ends where the next keyword begins.
		if err := p.pass(); err != nil {
			return err
		}
		if err := p.section(section); err != nil {
			return err
		}
		// Not empty: a section is read until a keyword, or the end of the file, comes.
		if section, err = p.keyword(); err != nil {
			return err
		}
	}
	return p.finish(section)
}

// noConstraints says what stands in the place of the constraints.
func (p *parser) noConstraints(section string) error {
	if v := p.problem.Variables; len(v) == 2 && strings.EqualFold(v[0].Name+"-"+v[1].Name, "multi-objectives") && p.labelAhead() {
		// Gurobi writes this where others have the objective; each has a label of its own.
		return p.fail("expected a linear program, found several objectives (multi-objectives)")
	}
	// Two terms without a sign between them: x y, or 2 x 3 y.
	if section == "" && (p.token.kind == number || p.token.kind == name) {
		return p.fail("expected a sign or subject to, found %v", p.token)
	}
	return p.fail("expected subject to, found %v", p.token)
}

// finish looks at what follows the last section.
func (p *parser) finish(section string) error {
	// A second program behind the first would be passed over otherwise.
	if section == "end" {
		if err := p.advance(); err != nil {
			return err
		}
		if p.token.kind != endOfFile {
			return p.fail("expected nothing after end, found %v", p.token)
		}
	}
	// Only now all bounds of a variable are known: they may come in any order and several sections.
	for j, b := range p.bounded {
		v := &p.problem.Variables[j]
		if !b.Lower && v.Upper.Finite && v.Upper.Value.Sign() < 0 {
			// The error is of the line that stated the bound.
			p.token.line = b.Line
			return p.fail("expected a lower bound of %s beside its negative upper bound", text.Quote(v.Name))
		}
		p.Unbounded(b.Line, &v.Lower, &v.Upper)
	}
	return nil
}

// section reads the lines of one section.
//
// It ends where a keyword begins. Sections of other kinds of problems are errors, if
// anything is in them.
func (p *parser) section(name string) error {
	for {
		// Also before the first line: a section may be empty.
		next, err := p.keyword()
		if err != nil || next != "" {
			return err
		}
		switch name {
		case "subject to":
			// Whether a constraint has ended, only what follows can tell.
			if err = p.constraint(); err == nil {
				err = p.endConstraint()
			}
		case "bounds":
			err = p.boundLine()
		case "general", "binary":
			err = p.integerVariable(name)
		default:
			err = p.fail("expected a linear program, found %s", name)
		}
		if err != nil {
			return err
		}
	}
}
