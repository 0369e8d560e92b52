package main

import (
	"fmt"
	"io"
	"strings"

	"pstar/rational"
	"pstar/theorems/contention/single"
)

// A finding is one line of the result of crs, knapsack and ration: a statement and
// its standing.
type finding struct {
	Tag       string `json:"tag"`
	Status    string `json:"status"`
	Statement string `json:"statement"`
}

// Standings of a finding.
const (
	proved    = "proved"    // for all values
	checked   = "checked"   // for this instance, by computing it exactly
	concluded = "concluded" // from a lemma or an estimate whose premise was computed or proved
	refuted   = "refuted"
	undecided = "undecided"
)

// standings is the end of the help texts of crs, knapsack and ration.
const standings = `A statement that is proved holds for all values of what it does not name; one that is
checked holds for this instance, by exact computation; one that is concluded holds by a
lemma or an estimate that is named, whose premise was decided or proved.`

// findings collects the findings of one run.
type findings []finding

// add records a statement: with the status if err is nil, refuted if not.
func (f *findings) add(err error, tag, status, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if err != nil {
		status, text = refuted, text+": "+err.Error()
	}
	*f = append(*f, finding{tag, status, text})
}

// print writes one line for each finding and the verdict.
func (f findings) print(w io.Writer) {
	for _, x := range f {
		fmt.Fprintf(w, "%-8s  %-9s  %s\n", x.Tag, x.Status, x.Statement)
	}
	fmt.Fprintf(w, "verdict: %s\n", f.verdict())
}

// verdict is refuted if a finding is, else undecided if one is, else verified.
func (f findings) verdict() string {
	verdict := "verified"
	for _, x := range f {
		switch {
		case x.Status == refuted:
			return refuted
		case x.Status == undecided:
			verdict = undecided
		}
	}
	return verdict
}

// outcome is the error that the command ends with.
func (f findings) outcome() error {
	switch f.verdict() {
	case refuted:
		return errRefuted
	case undecided:
		return errUndecided
	}
	return nil
}

// enclosed prints a real number as an interval of ten digits around it.
func enclosed(x rational.Real) string {
	e, _ := x.Enclose(rational.NewRat(1, 1<<50))
	return "in " + e.Decimal(decimals)
}

// landmarks prints known guarantees, ascending.
func landmarks(w io.Writer, list []single.Landmark) {
	fmt.Fprintln(w, "landmarks:")
	for _, l := range list {
		fmt.Fprintf(w, "  %-50s %s\n", l.Name, strings.TrimPrefix(enclosed(l.Value), "in "))
	}
}

// table prints rows in aligned columns.
func table(w io.Writer, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for k, cell := range row {
			if k == len(widths) {
				widths = append(widths, 0)
			}
			widths[k] = max(widths[k], len([]rune(cell)))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for k, cell := range row {
			b.WriteString("  " + cell + strings.Repeat(" ", widths[k]-len([]rune(cell))))
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}

// abridged prints a fraction whose digits would fill the screen as a decimal.
func abridged(x rational.Rat) string {
	if s := x.String(); len(s) <= 24 {
		return s
	}
	return "≈" + x.Decimal(decimals)
}
