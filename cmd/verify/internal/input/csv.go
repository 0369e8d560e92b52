package input

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"pstar/rational"
)

// parseCSV reads an instance from a table with the columns token, p, q, or token,
// p1, p2, ..., q for independent drafts. The tokens are those of the rows; they
// may have any names, each only once.
func parseCSV(name string, from io.Reader) (*Raw, error) {
	r := csv.NewReader(from)
	// Spreadsheets and people write comments and blanks; neither can be part of a number.
	r.Comment = '#'
	r.TrimLeadingSpace = true
	// A vocabulary has 128 000 rows: one record for all of them saves most of the allocations.
	r.ReuseRecord = true
	header, err := r.Read()
	// An empty file is no table without rows: more likely the wrong file.
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s:1: expected the header token,p,q, found an empty file", name)
	}
	if err != nil {
		return nil, csvError(name, err)
	}
	// Without the header nobody could tell p from q, and a wrong guess would be a wrong instance.
	if err := checkHeader(header); err != nil {
		line, _ := r.FieldPos(0)
		return nil, fmt.Errorf("%s:%d: %w", name, line, err)
	}
	t := &csvTable{name: name, columns: make([][]rational.Rat, len(header)-1), seen: map[string]int{}}
	for {
		record, err := r.Read()
		// No rows at all are refused with the instance, which needs a token.
		if errors.Is(err, io.EOF) {
			return t.input(), nil
		}
		if err != nil {
			return nil, csvError(name, err)
		}
		line, _ := r.FieldPos(0)
		if err := t.add(line, record); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
}

// csvError turns the error of the csv package into one with file and line.
func csvError(name string, err error) error {
	var parse *csv.ParseError
	// The text of the package names a record, not a line of the file; a row with too few fields is
	// by far the most frequent of its errors, and is worth a sentence.
	if errors.As(err, &parse) {
		if errors.Is(parse.Err, csv.ErrFieldCount) {
			return fmt.Errorf("%s:%d: the row does not have as many fields as the header", name, parse.Line)
		}
		return fmt.Errorf("%s:%d: %w", name, parse.Line, parse.Err)
	}
	// Not the text is wrong, but reading it failed.
	return fmt.Errorf("%s: %w", name, err)
}

// checkHeader accepts token,p,q and token,p1,...,pK,q.
func checkHeader(header []string) error {
	last := len(header) - 1
	// There is at least one column of a draft between the token and q.
	ok := last >= 2 && header[0] == "token" && header[last] == "q"
	for j := 1; ok && j < last; j++ {
		// The numbers say which draft a column is of; in another order it would be taken for another.
		ok = header[j] == "p"+strconv.Itoa(j) || last == 2 && header[j] == "p"
	}
	if !ok {
		return fmt.Errorf("expected the header token,p,q or token,p1,p2,...,q, found %.80q", strings.Join(header, ","))
	}
	return nil
}

// A csvTable is what has been read of a table, column by column.
type csvTable struct {
	name    string
	names   []string
	columns [][]rational.Rat
	seen    map[string]int // line of each token
}

// add takes a row. An error has no place yet: the caller knows the line.
func (t *csvTable) add(line int, record []string) error {
	// This copy outlives the record.
	token := string([]byte(record[0])) // the record is reused
	// The second row of a token could be meant to replace the first, or to be added to it.
	if before, known := t.seen[token]; known {
		return fmt.Errorf("token %q is on line %d already", token, before)
	}
	t.seen[token] = line
	t.names = append(t.names, token)
	for j, text := range record[1:] {
		// Spreadsheets leave zeros empty, but also what nobody has filled in: a zero is to be written.
		if text == "" {
			return fmt.Errorf("token %q: a probability is missing", token)
		}
		x, err := rational.ParseRat(text)
		if err != nil {
			return fmt.Errorf("token %q: %w", token, err)
		}
		t.columns[j] = append(t.columns[j], x)
	}
	return nil
}

// input leaves names that are just the numbers of the rows away.
func (t *csvTable) input() *Raw {
	raw := &Raw{}
	// The header was checked: the last column is the target's.
	last := len(t.columns) - 1
	// One column of a draft stands for all of them, if they are equal; how many there are says -k.
	for _, column := range t.columns[:last] {
		raw.P = append(raw.P, exactVector(column))
	}
	q := exactVector(t.columns[last])
	raw.Q = &q
	// What is printed then has the numbers in any case.
	for i, name := range t.names {
		if name != strconv.Itoa(i+1) {
			raw.names = t.names
			break
		}
	}
	return raw
}
