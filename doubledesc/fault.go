package doubledesc

// Fault is the error of a conversion whose result failed [Check] or [Complete]: the program is wrong,
// not the input. Another [Order] may give the right result.
type Fault struct{ Err error }

func (f *Fault) Error() string { return f.Err.Error() }

// Unwrap returns what was found.
func (f *Fault) Unwrap() error { return f.Err }
