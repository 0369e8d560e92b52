package crs

import (
	"fmt"
	"io"
	"strings"

	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
)

// standings is the end of the help texts of crs, knapsack and ration.
const standings = `A statement that is proved holds for all values of what it does not name; one that is
checked holds for this instance, by exact computation; one that is concluded holds by a
lemma or an estimate that is named, whose premise was decided or proved.`

// printFindings writes one line for each finding and the verdict.
func printFindings(w io.Writer, found theorems.Claims) {
	for _, x := range found {
		fmt.Fprintf(w, "%-8s  %-9s  %s\n", x.Tag, x.Status, x.Statement)
	}
	fmt.Fprintf(w, "verdict: %s\n", found.Verdict())
}

// landmarks prints known guarantees, ascending.
func landmarks(w io.Writer, list []single.Landmark) {
	fmt.Fprintln(w, "landmarks:")
	for _, l := range list {
		fmt.Fprintf(w, "  %-50s %s\n", l.Name, strings.TrimPrefix(contention.Enclosed(l.Value), "in "))
	}
}
