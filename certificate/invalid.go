package certificate

import (
	"bytes"
	"fmt"

	"pstar/certificate/kernel"
)

// Invalid is the verdict on a document that is rejected: the first thing found
// wrong, and where.
type Invalid struct {
	// Place is the path of the value concerned, such as
	// "feasibility.rays[17][2]", with list positions counted from 0. It is
	// "document" for the document as a whole.
	Place string
	// Offset is the position in the decompressed document, in bytes from 0;
	// Line counts from 1.
	Offset int64
	Line   int
	Reason string
	// Limit is set if what was found is too long, too many or too much for the format or
	// for the work and memory of a checker, and so far not wrong.
	Limit bool
}

// Error gives place, position and reason on one line.
func (e *Invalid) Error() string {
	return fmt.Sprintf("at %s (line %d, byte %d): %s", e.Place, e.Line, e.Offset, e.Reason)
}

// InvalidOf is the verdict of the kernel on a document, with the line.
func InvalidOf(document []byte, invalid *kernel.Invalid) *Invalid {
	return &Invalid{Place: invalid.Place, Offset: int64(invalid.Offset),
		Line: 1 + bytes.Count(document[:invalid.Offset], []byte("\n")), Reason: invalid.Reason, Limit: invalid.Limit}
}
