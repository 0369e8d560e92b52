package main

import (
	"errors"

	"pstar/witness"
)

// writeCertificate writes the first of the documents that the checker accepts; see
// [witness.Write]. Commands call it when their verdict has been printed. That there is
// no certificate in the format is an output that cannot be written; that the checker
// refuses one is a fault.
func (c *call) writeCertificate(path string, makers ...witness.Maker) (*witness.Written, error) {
	written, err := witness.Write(c.limited(), witness.Place{Path: path, Replace: c.writeBytes}, makers...)
	var unwritable *witness.Unwritable
	var refused *witness.Refused
	switch {
	case errors.As(err, &unwritable):
		err = usageErrorf("cannot write %s: %v", path, err)
	case errors.As(err, &refused):
		err = faultErrorf("cannot write %s: %v", path, err)
	}
	return written, err
}
