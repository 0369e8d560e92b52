package ine

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"pstar/cone"
	"pstar/format/text"
)

// meaningful are the option words that say what the rows are.
//
// An unknown one of these may not be passed over: the rows would be of another
// polyhedron.
const meaningful = " hull linearity equality partial_enum partial_enumeration nonnegative strict_inequality voronoi "

// knownOptions are the words of cddlib, cdd+ and lrs that leave the meaning of
// the rows alone: they choose an order, ask for more output or less, or are for
// other computations on the same rows; and names, of the variables, which both ignore after the rows.
const knownOptions = " " +
	"adjacency input_adjacency incidence input_incidence " +
	"lexmin lexmax minindex maxindex mincutoff maxcutoff mixcutoff random " +
	"dynout_on dynout_off stdout_on stdout_off logfile_on logfile_off log verify_input " +
	"postanalysis preprojection projection row_decomposition debug " +
	"nondegeneracy_assumed initbasis_at_bottom output_reordered find_interior facet_listing tope_listing " +
	"maximize minimize objective lponly feasibility dual_simplex criss-cross zero_tolerance " +
	"redund redund_list eliminate project fel extract testlin " +
	"allbases bound cache countonly digits dualperturb estimates float geometric getvolume volume " +
	"largest_d_coefficient leastentry lexicographic random_edge " +
	"maxcobases maxdepth maxincidence maxoutput mindepth messages nosilent silent " +
	"printcobasis printslack restart seed startingcobasis threads threadlim timelimit triangulation truncate verbose " +
	"linesonly mplrs options obj " +
	"names "

// among reports whether a word is one of a list, in which each stands between blanks.
func among(list, word string) bool { return strings.Contains(list, " "+word+" ") }

// optionLine reads one line outside the rows, which is not empty and no comment.
//
// Where both peers agree it does what they do, and where they differ what one of them
// does, with a note. Errors are of options that cannot be honoured.
func (p *reader) optionLine(before bool) error {
	text, line, err := p.ReadLine()
	if err != nil {
		return err
	}
	// By blanks of any kind.
	words := strings.Fields(text)
	if len(words) == 0 {
		return nil // space that is not ASCII
	}
	switch word := words[0]; {
	// Before the rows a word may also begin a title; after them nothing else can be meant.
	case !among(meaningful, word) && !among(knownOptions, word), before && !p.wellFormed(words):
		return p.otherLine(words, strings.TrimSpace(text), line, before)
	case among(knownOptions, word):
		// A file of nothing but options would otherwise be kept whole.
		if len(p.file.Options) == maxOptions {
			return p.Fail(line, "more than %d options", maxOptions)
		}
		p.file.Options = append(p.file.Options, Option{word, words[1:], line})
	case word == "hull":
		p.note(line, "hull makes the rows generators: read as V-representation")
		return p.represent(cone.VRepresentation, line)
	case word == "nonnegative" && before:
		p.note(line, "nonnegative adds the rows x_i >= 0, as in lrs (cddlib ignores it)")
		p.nonnegative = line
	case word == "nonnegative":
		p.note(line, "nonnegative has no effect after the rows, as in lrs, and is ignored")
	case word == "linearity":
		return p.rowNumbers(words, line, p.linear)
	// Without somebody who looks at Strict it falls to the error below.
	case word == "strict_inequality" && p.strict != nil:
		return p.rowNumbers(words, line, p.strict)
	case word == "equality", word == "partial_enum", word == "partial_enumeration":
		p.note(line, "%s makes rows equations, as in cddlib (lrs ignores it)", word)
		return p.rowNumbers(words, line, p.linear)
	// To ignore it would give an answer about other rows.
	default:
		return p.Fail(line, "%s would change what the rows mean, and is not supported", word)
	}
	return nil
}

// wellFormed reports whether a line that begins with an option word can be meant
// as that option: hull and nonnegative stand alone, and what follows the others
// begins with a number; names are meant behind the line H-representation. Else it is a title, such as "random polytope".
func (p *reader) wellFormed(words []string) bool {
	// Names are of variables; a title such as "names of cities" comes earlier.
	if words[0] == "names" {
		return p.representAt > 0
	}
	if words[0] == "hull" || words[0] == "nonnegative" || len(words) == 1 {
		return len(words) == 1
	}
	return strings.Trim(words[1][:1], "+-.0123456789") == ""
}

// otherLine reads a line that is no option. The first one before the rows is the
// title.
func (p *reader) otherLine(words []string, whole string, line int, before bool) error {
	switch {
	// Rows of a second system would be lost.
	case words[0] == "begin":
		return p.Fail(line, "a second begin; expected one system in the file")
	case whole == "end" && before:
		return p.Fail(line, "end before begin")
	// Otherwise it would be the title, and the error would be that there are no rows.
	case before && strings.EqualFold(whole, "begin"):
		return p.Fail(line, "cannot read %s; expected begin, in this spelling", text.Quote(whole))
	// Only remembered: with a proper line besides, nothing is wrong.
	case p.mentioned == 0 && mentionsGenerators(words):
		p.mentioned = line
	}
	switch {
	case !before || p.file.Name != "":
		p.note(line, "%s is not an option known here, and is ignored", text.Quote(whole))
		return nil
	case among(meaningful, words[0]):
		p.note(line, "%s is taken as the title", text.Quote(whole))
	}
	p.file.Name = whole
	return nil
}

// mentionsGenerators reports whether a word could be meant as V-representation.
func mentionsGenerators(words []string) bool {
	for _, word := range words {
		const want = "V-representation"
		if len(word) >= len(want) && strings.EqualFold(word[:len(want)], want) {
			return true
		}
	}
	return false
}

// note keeps a remark with its place, up to a number of them, and says once that there
// were more.
func (p *reader) note(line int, format string, args ...any) {
	switch notes := &p.file.Notes; {
	case len(*notes) < maxNotes:
		*notes = append(*notes, fmt.Sprintf("%s:%d: ", p.File, line)+fmt.Sprintf(format, args...))
	case len(*notes) == maxNotes:
		*notes = append(*notes, fmt.Sprintf("%s:%d: there is more to say from here on, which is left out", p.File, line))
	}
}

// represent takes what the file says that its rows are; saying it twice is no error,
// saying two things is.
func (p *reader) represent(r cone.Representation, line int) error {
	// Two statements that agree are no contradiction.
	if p.representAt > 0 && p.file.Representation != r {
		return p.Fail(line, "the file says %v here and %v on line %d; expected one of them", r, p.file.Representation, p.representAt)
	}
	p.file.Representation, p.representAt = r, line
	return nil
}

// rowNumbers reads "linearity t i1 ... it", rows counted from 1, into a set. The
// numbers may go on on the next lines, as in lrs.
func (p *reader) rowNumbers(words []string, line int, into map[int]int) error {
	// The first word is the option's name.
	word, numbers := words[0], words[1:]
	n := -1
	for {
		// The count may itself stand on the next line.
		if n < 0 && len(numbers) > 0 {
			var err error
			if n, err = p.count(line, numbers[0], "rows of the "+word, 0, MaxRows); err != nil {
				return err
			}
			numbers = numbers[1:]
		}
		// Enough: a line that follows is something else, also if it begins with a digit.
		if n >= 0 && len(numbers) >= n {
			break
		}
		more, err := p.numbersOfLine()
		switch {
		case err != nil:
			return err
		case len(more) == 0 && n < 0:
			return p.Fail(line, "%s without a count; expected, for two rows, such as: %s 2 1 4", word, word)
		// The next line begins no number, or there is none.
		case len(more) == 0:
			return p.Fail(line, "%s announces %d rows and lists %d", word, n, len(numbers))
		}
		numbers = append(numbers, more...)
	}
	// A word too many is not passed over: it may be the number of a row.
	if len(numbers) > n {
		return p.Fail(line, "%s announces %d rows and lists %d", word, n, len(numbers))
	}
	for _, number := range numbers {
		i, err := strconv.Atoi(number)
		if err != nil || i < 1 || i > MaxRows {
			return p.Fail(line, "cannot read %s; expected the number of a row, counted from 1", text.Quote(number))
		}
		// The line is kept for the error that there is no such row, which is known later.
		into[i] = line
	}
	return nil
}

// numbersOfLine returns the words of the next line, if that begins with a digit.
func (p *reader) numbersOfLine() ([]string, error) {
	if err := p.Skip(); err == io.EOF {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if ahead := p.Peek(1); len(ahead) == 0 || ahead[0] < '0' || ahead[0] > '9' {
		return nil, nil
	}
	text, _, err := p.ReadLine()
	return strings.Fields(text), err
}
