package show

import (
	"fmt"
	"io"
	"strings"
)

// Table prints rows in aligned columns.
func Table(w io.Writer, rows [][]string) {
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
