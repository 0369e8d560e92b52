package contention

import "fmt"

// InstanceError is what is wrong with one element or agent of an instance. A caller
// that knows it by a name can say so.
type InstanceError struct {
	Kind  string // "element" or "agent"
	Index int    // 0-based
	Text  string // the field, what was expected and what was found
}

// Error implements error.
func (e *InstanceError) Error() string { return fmt.Sprintf("%s %d, %s", e.Kind, e.Index+1, e.Text) }
