package run

import (
	"errors"

	"pstar/witness"
)

// WriteCertificate writes the first of the documents that the checker accepts; see
// [witness.Write]. Commands call it when their verdict has been printed. That there is
// no certificate in the format is an output that cannot be written; that the checker
// refuses one is a fault, even if it accepts the next one, which is written then; and so is
// one that cannot be made for another reason.
//
// The talk is told which theorems the file shows, by their digests, as the checker will print
// them; it is nil where the file is one of many.
func (c *Call) WriteCertificate(talk *Talk, path string, makers ...witness.Maker) (*witness.Written, error) {
	written, err := witness.Write(c.Limited(), witness.Place{Path: path, Replace: c.WriteBytes}, makers...)
	var unwritable *witness.Unwritable
	var refused *witness.Refused
	switch {
	case err == nil:
		// A document was written: the one before it, which says more, was not.
		if errors.As(written.Passed, &refused) {
			err = FaultErrorf("cannot write all of %s: %v", path, refused)
		}
	// Such as a number longer than the format allows: a limit that is known, and no fault.
	case errors.As(err, &unwritable):
		err = UsageErrorf("cannot write %s: %v", path, err)
	// A fault, but for what the end of the context brought about.
	case ExitStatus(err) == ExitFault && c.Limited().Err() == nil:
		err = FaultErrorf("cannot write %s: %v", path, err)
	}
	if talk != nil && err == nil {
		talk.digests(written.Report.Digests())
	}
	return written, err
}

// mostDigests bounds the lines about one certificate: those of instances may have a theorem for each.
const mostDigests = 20

func (t *Talk) digests(list []string) {
	for _, line := range list[:min(len(list), mostDigests)] {
		t.Note("%s", line)
	}
	if more := len(list) - mostDigests; more > 0 {
		t.Note("and %d more theorems, which the checker prints", more)
	}
}
