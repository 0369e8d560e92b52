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
	r.Comment = '#'
	r.TrimLeadingSpace = true
	r.ReuseRecord = true
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s:1: expected the header token,p,q, found an empty file", name)
	}
	if err != nil {
		return nil, csvError(name, err)
	}
	if err := checkHeader(header); err != nil {
		line, _ := r.FieldPos(0)
		return nil, fmt.Errorf("%s:%d: %w", name, line, err)
	}
	t := &csvTable{name: name, columns: make([][]rational.Rat, len(header)-1), seen: map[string]int{}}
	for {
		record, err := r.Read()
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

func csvError(name string, err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		if errors.Is(parse.Err, csv.ErrFieldCount) {
			return fmt.Errorf("%s:%d: the row does not have as many fields as the header", name, parse.Line)
		}
		return fmt.Errorf("%s:%d: %w", name, parse.Line, parse.Err)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// checkHeader accepts token,p,q and token,p1,...,pK,q.
func checkHeader(header []string) error {
	last := len(header) - 1
	ok := last >= 2 && header[0] == "token" && header[last] == "q"
	for j := 1; ok && j < last; j++ {
		ok = header[j] == "p"+strconv.Itoa(j) || last == 2 && header[j] == "p"
	}
	if !ok {
		return fmt.Errorf("expected the header token,p,q or token,p1,p2,...,q, found %.80q", strings.Join(header, ","))
	}
	return nil
}

type csvTable struct {
	name    string
	names   []string
	columns [][]rational.Rat
	seen    map[string]int // line of each token
}

func (t *csvTable) add(line int, record []string) error {
	token := string([]byte(record[0])) // the record is reused
	if before, known := t.seen[token]; known {
		return fmt.Errorf("token %q is on line %d already", token, before)
	}
	t.seen[token] = line
	t.names = append(t.names, token)
	for j, text := range record[1:] {
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
	last := len(t.columns) - 1
	for _, column := range t.columns[:last] {
		raw.P = append(raw.P, exactVector(column))
	}
	q := exactVector(t.columns[last])
	raw.Q = &q
	for i, name := range t.names {
		if name != strconv.Itoa(i+1) {
			raw.names = t.names
			break
		}
	}
	return raw
}
