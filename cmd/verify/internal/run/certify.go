package run

import (
	"errors"

	"pstar/witness"
)

// WriteCertificate writes the first of the documents that the checker accepts; see
// [witness.Write]. Commands call it when their verdict has been printed. That there is
// no certificate in the format is an output that cannot be written; that the checker
// refuses one is a fault.
func (c *Call) WriteCertificate(path string, makers ...witness.Maker) (*witness.Written, error) {
	written, err := witness.Write(c.Limited(), witness.Place{Path: path, Replace: c.writeBytes}, makers...)
	var unwritable *witness.Unwritable
	var refused *witness.Refused
	switch {
	case errors.As(err, &unwritable):
		err = UsageErrorf("cannot write %s: %v", path, err)
	case errors.As(err, &refused):
		err = FaultErrorf("cannot write %s: %v", path, err)
	}
	return written, err
}
