package cell

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pstar/fm"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// paperRow is an inequality of fixtures/md-d1.txt.
type paperRow struct {
	number string
	set    multidraft.Set
	terms  []string // sorted
}

func readD1(t *testing.T) (rows []paperRow) {
	t.Helper()
	data, err := os.ReadFile("../../../fixtures/md-d1.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		if len(parts) != 3 || line[0] == '#' {
			continue
		}
		row := paperRow{number: strings.TrimSpace(parts[0]), terms: strings.Fields(parts[2])}
		for _, token := range strings.Fields(parts[1]) {
			row.set |= 1 << (token[0] - '1')
		}
		slices.Sort(row.terms)
		rows = append(rows, row)
	}
	return rows
}

// augmentedD1 is what q(S) >= p(S)^3 + terms has to read: the sum over the tokens
// of S of their rows, and for each multiset within S its equation in place of its
// terms.
func augmentedD1(set multidraft.Set) (terms []string) {
	for _, multiset := range d1Multisets {
		var support multidraft.Set
		name := ""
		for i, e := range multiset.power {
			if e > 0 {
				support |= 1 << i
				name += strings.Repeat(fmt.Sprint(i+1), e)
			}
		}
		if support.SubsetOf(set) {
			continue
		}
		for _, i := range (support & set).Tokens() {
			terms = append(terms, fmt.Sprintf("%s(%d)", name, i+1))
		}
	}
	slices.Sort(terms)
	return terms
}

// TestMDD1_PaperRows compares the system that is eliminated with the paper's, and
// the paper's sums with what they have to be. Leaving out or changing any term of
// the paper is noticed; so is (116) as it is printed.
func TestMDD1_PaperRows(t *testing.T) {
	rows := readD1(t)
	if len(rows) != 6 {
		t.Fatalf("%d inequalities, want 6", len(rows))
	}
	agree := func(row paperRow) bool { return slices.Equal(row.terms, augmentedD1(row.set)) }
	for _, row := range rows {
		if !agree(row) {
			t.Errorf("(%s): %v, want %v", row.number, row.terms, augmentedD1(row.set))
		}
		for i := range row.terms {
			changed := row
			changed.terms = slices.Delete(slices.Clone(row.terms), i, i+1)
			if agree(changed) {
				t.Errorf("(%s) without %s passes", row.number, row.terms[i])
			}
		}
	}
	printed := paperRow{"116", 0b101, []string{"113(1)", "123(1)", "123(3)", "133(1)", "223(3)", "233(3)"}}
	if agree(printed) {
		t.Error("(116) passes as printed")
	}

	d := newD1()
	var found []paperRow
	for _, r := range d.System.Rows {
		if r.Relation != fm.AtMost {
			continue
		}
		row := paperRow{}
		for v, c := range r.Coefficients {
			if !c.IsZero() {
				row.terms = append(row.terms, paperName(d.System.Variables[v]))
			}
		}
		for i := range 3 { // q_i on the right
			if !r.Symbols[len(r.Symbols)-3+i].IsZero() {
				row.set |= 1 << i
			}
		}
		slices.Sort(row.terms)
		found = append(found, row)
	}
	for i, row := range found {
		if row.set != rows[i].set || !slices.Equal(row.terms, rows[i].terms) {
			t.Errorf("eliminated: %v, want (%s): %v", row.terms, rows[i].number, rows[i].terms)
		}
	}
	if len(found) != 3 {
		t.Errorf("%d inequalities are eliminated, want (112) to (114)", len(found))
	}
}

// paperName turns a1(2), the first multiset and token 2, into 112(2).
func paperName(variable string) string {
	name := ""
	for i, e := range d1Multisets[variable[1]-'1'].power {
		name += strings.Repeat(fmt.Sprint(i+1), e)
	}
	return name + variable[2:]
}

// TestMDD1_ChangedRows changes one coefficient of the system at a time; then the
// projection must be another, and be reported as such.
func TestMDD1_ChangedRows(t *testing.T) {
	original := newD1()
	for i, r := range original.System.Rows {
		if r.Relation != fm.AtMost {
			continue
		}
		for v, c := range r.Coefficients {
			if c.IsZero() {
				continue
			}
			d := newD1()
			d.System.Rows[i].Coefficients[v] = rational.NewRat(2, 1)
			var err error
			if d.Result, err = fm.Eliminate(context.Background(), d.System, d.Eliminate, fm.Options{}); err != nil {
				t.Fatal(err)
			}
			if d.compare() == nil {
				t.Errorf("row %d with another coefficient of %s passes", i, d.System.Variables[v])
			}
		}
	}
}
