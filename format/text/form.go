package text

import "fmt"

// A NoFormError is the error of a writer whose format has no words for what it is to write. It
// says nothing against what is written, nor against the file that it was to go to.
type NoFormError struct {
	What   string // has no form, such as "the empty polyhedron"
	Format string // in this
}

// Error implements error.
func (e *NoFormError) Error() string { return fmt.Sprintf("%s has no form in %s", e.What, e.Format) }
