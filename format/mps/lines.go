package mps

import (
	"slices"
	"strings"

	"pstar/format/text"
	"pstar/lp"
)

// sections are the sections in the order in which they may come.
var sections = []string{"NAME", "OBJSENSE", "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS", "ENDATA"}

// header begins a section.
func (m *reader) header(line string) error {
	word, rest := line, ""
	if i := strings.IndexAny(line, " \t"); i >= 0 {
		word, rest = line[:i], strings.TrimSpace(line[i:])
	}
	order := func(name string) int { return slices.Index(sections, name) }
	switch at := order(word); {
	case at < 0:
		return m.Errorf("expected a section of a linear program (%s), found %s", strings.Join(sections, ", "), text.Quote(word))
	case at <= order(m.section):
		return m.Errorf("section %s comes after %s; expected the order %s", word, m.section, strings.Join(sections, ", "))
	case at > order("COLUMNS") && order(m.section) < order("COLUMNS"):
		return m.Errorf("expected the sections ROWS and COLUMNS before %s", word)
	case word == "COLUMNS" && m.section != "ROWS":
		return m.Errorf("expected the section ROWS before COLUMNS")
	}
	m.section = word
	m.column, m.inColumn, m.sets = "", nil, map[string]string{}
	switch {
	case word == "ENDATA":
		return errEnd
	case word == "NAME" && rest != "":
		name, err := m.Name(rest)
		m.problem.Name = name
		return err
	case word == "OBJSENSE" && rest != "":
		return m.sense(rest)
	case rest != "" && !(word == "RHS" || word == "RANGES" || word == "BOUNDS"):
		return m.Errorf("expected nothing after %s, found %s", word, text.Quote(rest))
	}
	return nil
}

func (m *reader) sense(word string) error {
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

// fields splits a data line. In the fixed format the first field is always there,
// perhaps empty, so that the positions of the others are known.
func (m *reader) fields(line string) ([]string, error) {
	if m.section == "OBJSENSE" {
		return nil, nil
	}
	if !m.fixed {
		return strings.Fields(line), nil
	}
	return m.fixedFields(line)
}

// fixedColumns are where the fields of the fixed format begin and end, from 0.
var fixedColumns = [][2]int{{1, 3}, {4, 12}, {14, 22}, {24, 36}, {39, 47}, {49, 61}}

// fixedFields returns the fields of a line of the fixed format without those that
// are missing, except that a row or bound type is dropped only where none belongs.
func (m *reader) fixedFields(line string) ([]string, error) {
	if strings.ContainsRune(line, '\t') {
		return nil, m.Errorf("expected no tabulator in the fixed format")
	}
	var fields []string
	last := 0
	for k, c := range fixedColumns {
		if gap := min(c[0], len(line)); strings.TrimSpace(line[min(last, gap):gap]) != "" {
			return nil, m.Errorf("expected blanks up to column %d in the fixed format", c[0]+1)
		}
		last = c[1]
		if len(line) <= c[0] {
			break
		}
		f := strings.TrimRight(line[c[0]:min(c[1], len(line))], " ")
		if k == 0 || k == 3 || k == 5 {
			f = strings.TrimSpace(f)
		}
		if k == 0 && f == "" {
			continue
		}
		fields = append(fields, f)
	}
	if len(line) > last && strings.TrimSpace(line[last:]) != "" {
		return nil, m.Errorf("expected nothing after column %d in the fixed format", last)
	}
	for len(fields) > 0 && fields[len(fields)-1] == "" {
		fields = fields[:len(fields)-1]
	}
	return fields, nil
}
