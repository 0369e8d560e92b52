package fm

// Fault is the error of an elimination whose result failed [Result.Verify]: the program is
// wrong, not the input.
type Fault struct{ Err error }

func (f *Fault) Error() string { return f.Err.Error() }

// Unwrap returns what Verify found.
func (f *Fault) Unwrap() error { return f.Err }
