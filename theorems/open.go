package theorems

// Unsettled is the error of a question that a method leaves open: the instance is too large
// for it, or it has not found what would settle it. It says nothing about the answer.
type Unsettled struct{ Reason string }

// Error implements error.
func (e *Unsettled) Error() string { return e.Reason }
