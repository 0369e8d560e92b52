package certificate

import (
	"strconv"
	"strings"
)

// FileName spells the name of a file for a line about it: as it is, or quoted as in Go if
// it could be taken for something else, such as a line of its own or a verdict.
func FileName(path string) string {
	quoted := strconv.Quote(path)
	// A colon with a space behind it ends the place in a line of a verdict.
	if quoted != `"`+path+`"` || path == "" || strings.Contains(path, ": ") || strings.TrimSpace(path) != path {
		return quoted
	}
	return path
}
