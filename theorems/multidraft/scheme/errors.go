package scheme

import "fmt"

// An OptionError says that a scheme does not take the value of an option in the
// instance.
type OptionError struct {
	Option string // the field of Options, in lower case
	Reason string
}

func (e *OptionError) Error() string { return e.Option + ": " + e.Reason }

func optionErrorf(option, format string, args ...any) error {
	return &OptionError{option, fmt.Sprintf(format, args...)}
}

// An UndefinedError says that a scheme is not defined for an instance, with the
// options given or with any.
type UndefinedError struct{ Scheme, Reason string }

func (e *UndefinedError) Error() string {
	return fmt.Sprintf("scheme %s is not defined: %s", e.Scheme, e.Reason)
}

func undefinedf(scheme, format string, args ...any) error {
	return &UndefinedError{scheme, fmt.Sprintf(format, args...)}
}
