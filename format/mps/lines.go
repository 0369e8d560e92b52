package mps

import (
	"slices"
	"strings"

	"pstar/format/text"
	"pstar/lp"
)

// sections are the sections that are read. ROWS must come before COLUMNS, and both before
// RHS, RANGES and BOUNDS.
var sections = []string{"NAME", "OBJSENSE", "OBJNAME", "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS", "ENDATA"}

// refused is what is in a section of problems that are not linear, "" in others.
//
// Told by name, since "unknown section" would send people to look for a slip.
func refused(section string) string {
	switch section {
	case "SOSORG", "SOS", "SOS1", "SOS2", "SETS":
		return "special ordered sets"
	case "QUADOBJ", "QMATRIX", "QSECTION":
		return "a quadratic objective"
	case "QCMATRIX":
		return "quadratic constraints"
	case "CSECTION":
		return "conic constraints"
	case "INDICATORS":
		return "indicator constraints"
	case "GENCONS":
		return "general constraints"
	case "PWLOBJ", "PWLNAM":
		return "a piecewise linear objective"
	case "LAZYCONS":
		return "lazy constraints"
	case "USERCUTS":
		return "user cuts"
	case "SCENARIOS":
		return "scenarios"
	case "BRANCH":
		return "branching priorities"
	}
	return ""
}

// header begins a section.
func (m *reader) header(line string) error {
	word, rest := line, ""
	// What follows a section word: a name, a sense, or for the sections of sets a set name.
	if i := strings.IndexAny(line, " \t"); i >= 0 {
		word, rest = line[:i], strings.TrimSpace(line[i:])
	}
	// CPLEX writes OBJNAME, others OBJECT.
	if word == "OBJECT" {
		word = "OBJNAME"
	}
	has := func(name string) bool { return slices.Contains(m.seen, name) }
	switch at := slices.Index(sections, word); {
	// Not among those that are read.
	case at < 0:
		return m.unknown(word)
	// The second could add to the first, or replace it.
	case has(word):
		return m.Errorf("section %s comes twice", word)
	case word == "NAME" && len(m.seen) > 0:
		return m.Errorf("section NAME comes after %s; expected it first", m.section)
	// Sides and bounds refer to rows and columns.
	case at > slices.Index(sections, "COLUMNS") && !has("COLUMNS"):
		return m.Errorf("expected the sections ROWS and COLUMNS before %s", word)
	// Entries name rows, and a name that comes later cannot be told from a slip.
	case word == "COLUMNS" && !has("ROWS"):
		return m.Errorf("expected the section ROWS before COLUMNS")
	}
	m.section, m.seen = word, append(m.seen, word)
	// Each section begins with no set and no column at hand.
	m.column, m.inColumns, m.sets = "", false, map[string]string{}
	// Whatever has been given in a section before may be given anew in this one.
	m.part++
	switch {
	case word == "ENDATA":
		return errEnd
	case word == "NAME" && rest != "":
		name, err := m.Name(rest)
		m.problem.Name = name
		return err
	case word == "OBJSENSE" && rest != "":
		return m.sense(rest)
	case word == "OBJNAME" && rest != "":
		return m.chosenObjective(rest)
	// For sets of sides and bounds some writers put the name of the set there; it says
	// nothing.
	case rest != "" && !(word == "RHS" || word == "RANGES" || word == "BOUNDS"):
		return m.Errorf("expected nothing after %s, found %s", word, text.Quote(rest))
	}
	return nil
}

// unknown refuses a word where a section begins.
func (m *reader) unknown(word string) error {
	if what := refused(word); what != "" {
		return m.Errorf("expected a linear program, found %s (section %s)", what, word)
	}
	hint := ""
	// Lower case is the most common reason, and the error would not show it.
	if upper := strings.ToUpper(word); upper != word && slices.Contains(sections, upper) {
		hint = "; sections are written in capital letters"
	}
	return m.Errorf("expected a section of a linear program (%s), found %s%s", strings.Join(sections, ", "), text.Quote(word), hint)
}

// chosenObjective takes the name of the row of type N that is the objective.
func (m *reader) chosenObjective(name string) error {
	// The rows of type N have been read, and the first taken, by then.
	if m.hasObjective {
		return m.Errorf("expected OBJNAME before ROWS")
	}
	var err error
	m.objective, err = m.Name(name)
	m.chosen = true
	return err
}

// sense takes MIN or MAX, in any spelling that writers use.
//
// The last word counts, if there are several.
func (m *reader) sense(word string) error {
	// In either case, as writers differ.
	switch strings.ToUpper(word) {
	case "MIN", "MINIMIZE", "MINIMISE":
		m.problem.Sense = lp.Minimise
	case "MAX", "MAXIMIZE", "MAXIMISE":
		m.problem.Sense = lp.Maximise
	default:
		return m.Errorf("expected MIN or MAX, found %s", text.Quote(word))
	}
	return nil
}

// fields splits a data line; the next call takes the slice again. In the fixed format the first field is always there,
// perhaps empty, so that the positions of the others are known.
func (m *reader) fields(line string) ([]string, error) {
	// The whole line is one word for these.
	if m.section == "OBJSENSE" || m.section == "OBJNAME" {
		return nil, nil
	}
	if !m.fixed {
		m.words = slices.AppendSeq(m.words[:0], strings.FieldsSeq(line))
		return withoutComment(m.words), nil
	}
	return m.fixedFields(line)
}

// withoutComment leaves off what follows a dollar sign in the third field or later, and a
// line that begins with an asterisk of its own.
//
// It changes nothing but where the slice ends. A line of nothing but a comment gives nil.
func withoutComment(fields []string) []string {
	// Such a line began with blanks: in the first column it is known as a comment before.
	if fields[0] == "*" || strings.HasPrefix(fields[0], "**") {
		return nil
	}
	// The first two fields are names, which may begin with a dollar sign.
	for k := 2; k < len(fields); k++ {
		if fields[k][0] == '$' {
			return fields[:k]
		}
	}
	return fields
}

// fixedColumns are where the fields of the fixed format begin and end, from 0.
//
// Type, name, name, number, name, number. Columns count bytes, as they did on cards.
var fixedColumns = [][2]int{{1, 3}, {4, 12}, {14, 22}, {24, 36}, {39, 47}, {49, 61}}

// fixedFields returns the fields of a line of the fixed format without those that
// are missing, except that a row or bound type is dropped only where none belongs.
func (m *reader) fixedFields(line string) ([]string, error) {
	// Where a tabulator ends depends on who shows it.
	if strings.ContainsRune(line, '\t') {
		return nil, m.Errorf("expected no tabulator in the fixed format")
	}
	// At most six.
	var fields []string
	// The end of the field before.
	last := 0
	// Between the fields there must be blanks: something there means another format, or a shifted
	// line, whose numbers would be cut.
	for k, c := range fixedColumns {
		if gap := min(c[0], len(line)); strings.TrimSpace(line[min(last, gap):gap]) != "" {
			return nil, m.Errorf("expected blanks up to column %d in the fixed format", c[0]+1)
		}
		last = c[1]
		// The line ends before this field.
		if len(line) <= c[0] {
			break
		}
		f := strings.TrimRight(line[c[0]:min(c[1], len(line))], " ")
		// Types and numbers may stand anywhere in their field; blanks at the front of a name belong to it.
		if k == 0 || k == 3 || k == 5 {
			f = strings.TrimSpace(f)
		}
		// Only data lines of ROWS and BOUNDS have a first field; those of other sections
		// begin with a name.
		if k == 0 && f == "" {
			continue
		}
		fields = append(fields, f)
	}
	if len(line) > last && strings.TrimSpace(line[last:]) != "" {
		return nil, m.Errorf("expected nothing after column %d in the fixed format", last)
	}
	// Trailing fields that are empty are missing.
	for len(fields) > 0 && fields[len(fields)-1] == "" {
		fields = fields[:len(fields)-1]
	}
	return fields, nil
}
