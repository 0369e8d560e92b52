package contention

import (
	"errors"
	"fmt"
)

// InstanceError is what is wrong with one element or agent of an instance. A caller
// that knows it by a name can say so: see [Named].
// Kind and Index find it in the input, Text says the rest.
type InstanceError struct {
	Kind  string // "element" or "agent"
	Index int    // 0-based
	Text  string // the field, what was expected and what was found
}

// Error implements error.
func (e *InstanceError) Error() string { return Label(e.Kind, e.Index, "") + ", " + e.Text }

// Label is what an element or agent is called, with its name if it has one.
// The number counts from 1, as everything printed does.
func Label(kind string, index int, name string) string {
	// A name is put beside the number and never in its place: two may have the same.
	if name == "" {
		return fmt.Sprintf("%s %d", kind, index+1)
	}
	return fmt.Sprintf("%s %d (%s)", kind, index+1, name)
}

// Named puts the name of an item into what is wrong with it. Without names, or for
// another error, it returns err.
// Names has an entry for each item, "" for one without a name.
func Named(err error, names []string) error {
	var wrong *InstanceError
	// Names come from a file; the library knows numbers only.
	if names != nil && errors.As(err, &wrong) {
		return fmt.Errorf("%s, %s", Label(wrong.Kind, wrong.Index, names[wrong.Index]), wrong.Text)
	}
	return err
}
