package show

import (
	"fmt"
	"io"
	"strings"
)

// Table prints rows in aligned columns.
//
// Rows may have different numbers of cells. Two blanks stand before each column, and
// errors of w are not looked at, as its callers print to a buffer or look at the end.
func Table(w io.Writer, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for k, cell := range row {
			// The first row that is so long.
			if k == len(widths) {
				widths = append(widths, 0)
			}
			// Letters and not bytes: names and formulas have letters of several bytes.
			widths[k] = max(widths[k], len([]rune(cell)))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for k, cell := range row {
			b.WriteString("  " + cell + strings.Repeat(" ", widths[k]-len([]rune(cell))))
		}
		// No blanks at the end of a line, which would show in comparisons.
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}
