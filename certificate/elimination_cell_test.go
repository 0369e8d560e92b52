package certificate

import (
	"bytes"
	"errors"
	"math/big"
	"strings"
	"testing"
)

// smallestCell is the transport polytope of 2 drafts over 2 tokens, projected by
// its equations alone. Columns: b, q_1, q_2, α(1), α(2).
func smallestCell() *LinearDocument {
	equation := func(entries ...RatEntry) LinearRow { return LinearRow{"=", entries} }
	return &LinearDocument{
		Cell:      &TransportCell{2, 2},
		Variables: 5,
		Rows: []LinearRow{
			atLeast(entry(4, 1)), atLeast(entry(5, 1)),
			equation(entry(1, -1), entry(4, 1), entry(5, 1)),
			equation(entry(2, -1), entry(4, 1)), equation(entry(3, -1), entry(5, 1)),
		},
		Eliminate: []int{4, 5},
		Solved: []SolvedEquation{
			{4, []RatEntry{entry(4, 1)}}, {5, []RatEntry{entry(5, 1)}},
			{3, []RatEntry{entry(3, 1), entry(4, -1), entry(5, -1)}},
		},
		Base: []BaseRow{
			{1, []RatEntry{entry(1, 1), entry(4, -1)}},
			{2, []RatEntry{entry(2, 1), entry(3, -1), entry(4, 1)}},
		},
		Result: []LinearRow{
			equation(entry(1, -1), entry(2, 1), entry(3, 1)),
			atLeast(entry(2, 1)), atLeast(entry(1, 1), entry(2, -1)),
		},
	}
}

// Documents that prove a projection, but not that of the cell they name.
func TestMDT2_CellForgeriesAreRejected(t *testing.T) {
	var b bytes.Buffer
	if err := smallestCell().Write(&b); err != nil {
		t.Fatal(err)
	}
	report, err := Check(&b)
	if err != nil {
		t.Fatal(err)
	}
	if s := report.Summary(); !strings.Contains(s, "K=2 N=2") || !strings.HasSuffix(s, "FM-C proved, FM-P proved") {
		t.Error(s)
	}
	for name, c := range map[string]struct {
		forge func(d *LinearDocument)
		want  string
	}{
		"more tokens":           {func(d *LinearDocument) { d.Cell.N = 3 }, "has 12 variables"},
		"too many supports":     {func(d *LinearDocument) { d.Cell = &TransportCell{64, 62} }, "too many supports"},
		"a row of the system":   {func(d *LinearDocument) { d.Rows[2].Entries = []RatEntry{entry(1, -2), entry(4, 1), entry(5, 1)} }, "row 3 is not"},
		"a wide number":         {func(d *LinearDocument) { d.Rows[0].Entries[0].Value = big.NewRat(1<<32, 1) }, "row 1 is not"},
		"an entry left out":     {func(d *LinearDocument) { d.Rows[2].Entries = d.Rows[2].Entries[:2] }, "row 3 is not"},
		"a strict row":          {func(d *LinearDocument) { d.Rows[0].Relation, d.Result[1].Relation = ">", ">" }, "row 1 is not"},
		"an inequality":         {func(d *LinearDocument) { d.Rows[4].Relation = ">=" }, "row 5 is not"},
		"a variable too many":   {func(d *LinearDocument) { d.Variables = 6 }, "has 5 variables"},
		"one α kept":            {func(d *LinearDocument) { d.Eliminate = []int{4} }, "not the α"},
		"b eliminated":          {func(d *LinearDocument) { d.Eliminate = []int{1, 4, 5} }, "not the α"},
		"a row of the result":   {func(d *LinearDocument) { d.Result = d.Result[:2] }, "not one equation"},
		"a row twice":           {func(d *LinearDocument) { d.Result[2] = d.Result[1] }, "row 3 of the result"},
		"another equation":      {func(d *LinearDocument) { d.Result[0].Entries[1] = entry(2, 2) }, "not one equation"},
		"no equation":           {func(d *LinearDocument) { d.Result[0].Relation = ">=" }, "not one equation"},
		"a weaker bound":        {func(d *LinearDocument) { d.Result[2].Entries[0] = entry(1, 2) }, "row 3 of the result"},
		"a constant":            {func(d *LinearDocument) { d.Result[1].Entries = []RatEntry{entry(0, 1), entry(2, 1)} }, "row 2 of the result"},
		"the wrong side":        {func(d *LinearDocument) { d.Result[1].Entries[0] = entry(2, -1) }, "row 2 of the result"},
		"the last q":            {func(d *LinearDocument) { d.Result[2].Entries = []RatEntry{entry(3, 1)} }, "row 3 of the result"},
		"b of two tokens":       {func(d *LinearDocument) { d.Result[1].Entries[0] = entry(1, 1) }, "row 2 of the result"},
		"no solution, and rows": {func(d *LinearDocument) { d.Farkas = []RatEntry{entry(1, 1)} }, "no contradiction"},
	} {
		d := smallestCell()
		c.forge(d)
		err := checkLinear(t, d)
		var invalid *Invalid
		if !errors.As(err, &invalid) || !strings.Contains(invalid.Reason, c.want) {
			t.Errorf("%s: %v, want a rejection with %q", name, err, c.want)
		}
	}
}
