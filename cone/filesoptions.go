package cone

import (
	"fmt"
	"strconv"
	"strings"
)

func isComment(text string) bool { return text != "" && (text[0] == '*' || text[0] == '#') }

// quote shows a piece of input, shortened.
func quote(text string) string {
	const shown = 40
	if len(text) > shown {
		return fmt.Sprintf("%q... (%d bytes)", text[:shown], len(text))
	}
	return strconv.Quote(text)
}

// knownOptions are the words of cddlib, cdd+ and lrs that leave the meaning of
// the rows alone: they choose an order, ask for more output or less, or are for
// other computations on the same rows.
var knownOptions = wordSet(`
	adjacency input_adjacency incidence input_incidence
	lexmin lexmax minindex maxindex mincutoff maxcutoff mixcutoff random
	dynout_on dynout_off stdout_on stdout_off logfile_on logfile_off log verify_input
	postanalysis preprojection projection row_decomposition debug
	nondegeneracy_assumed initbasis_at_bottom output_reordered find_interior facet_listing tope_listing
	maximize minimize objective lponly feasibility dual_simplex criss-cross zero_tolerance
	redund redund_list eliminate project fel extract testlin
	allbases bound cache countonly digits dualperturb estimates float geometric getvolume volume
	largest_d_coefficient leastentry lexicographic random_edge
	maxcobases maxdepth maxincidence maxoutput mindepth messages nosilent silent
	printcobasis printslack restart seed startingcobasis threads threadlim timelimit triangulation truncate verbose
	linesonly mplrs options obj`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[word] = true
	}
	return set
}

// option reads one line outside the rows. The first unknown line before begin
// is the title of the file.
func (p *fileReader) option(text string, line int, before bool) error {
	if text == "" || isComment(text) {
		return nil
	}
	words := strings.Fields(text)
	switch word := words[0]; {
	case word == "H-representation":
		return p.represent(HRepresentation, line)
	case word == "V-representation", word == "hull":
		return p.represent(VRepresentation, line)
	case word == "linearity", word == "equality", strings.HasPrefix(word, "partial_enum"):
		return p.linearity(words, line)
	case word == "nonnegative":
		p.nonnegative = line
		return nil
	case word == "strict_inequality", word == "voronoi":
		return p.fail(line, "%s would change what the rows mean, and is not supported", word)
	case word == "begin":
		return p.fail(line, "cannot read %s; expected begin alone on the line, and one system in the file", quote(text))
	case word == "end" && before:
		return p.fail(line, "end before begin")
	case knownOptions[word]:
		if len(p.file.Options) == maxNotes {
			return p.fail(line, "more than %d options", maxNotes)
		}
		p.file.Options = append(p.file.Options, FileOption{word, words[1:], line})
		return nil
	}
	if before && p.file.Name == "" {
		p.file.Name = text
		return nil
	}
	return p.note("line %d: %s is not an option known here, and is ignored", line, quote(text))
}

func (p *fileReader) note(format string, args ...any) error {
	if len(p.file.Notes) < maxNotes {
		p.file.Notes = append(p.file.Notes, fmt.Sprintf(format, args...))
	}
	return nil
}

func (p *fileReader) represent(r Representation, line int) error {
	if p.representAt > 0 && p.file.Representation != r {
		return p.fail(line, "the file says %v here and %v on line %d", r, p.file.Representation, p.representAt)
	}
	p.file.Representation, p.representAt = r, line
	return nil
}

// linearity reads "linearity t i1 ... it", rows counted from 1.
func (p *fileReader) linearity(words []string, line int) error {
	if len(words) < 2 {
		return p.fail(line, "%s without a count; expected, for two rows, such as: %s 2 1 4", words[0], words[0])
	}
	n, err := p.count(line, words[1], "rows of the "+words[0], 0, MaxRows)
	if err != nil {
		return err
	}
	if n != len(words)-2 {
		return p.fail(line, "%s announces %d rows and lists %d", words[0], n, len(words)-2)
	}
	for _, word := range words[2:] {
		i, err := strconv.Atoi(word)
		if err != nil || i < 1 || i > MaxRows {
			return p.fail(line, "cannot read %s; expected the number of a row, counted from 1", quote(word))
		}
		p.linear[i] = line
	}
	return nil
}
