package certificate

import (
	"bytes"
	"fmt"
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

// newInvalid is a rejection at a byte of data.
func newInvalid(data []byte, place string, offset int, format string, args ...any) *Invalid {
	return &Invalid{
		Place:  place,
		Offset: int64(offset),
		Line:   1 + bytes.Count(data[:offset], []byte("\n")),
		Reason: fmt.Sprintf(format, args...),
	}
}

// reject ends the check of a document. It unwinds the stack, so that no caller
// can forget to look at a result: whatever returns has been accepted so far. The
// panic is caught in one place, by run.
func reject(data []byte, place string, offset int, format string, args ...any) {
	panic(newInvalid(data, place, offset, format, args...))
}

// run calls check and returns what it rejects, or nil.
func run(check func()) (invalid *Invalid) {
	defer func() {
		switch v := recover().(type) {
		case nil:
		case *Invalid:
			invalid = v
		default:
			panic(v)
		}
	}()
	check()
	return nil
}
