package polyhedra

import (
	"fmt"
	"strings"

	"pstar/doubledesc"
	"pstar/internal/each"
)

// methodNames lists the names of the methods, the default first.
func methodNames() string {
	return strings.Join(each.Of(doubledesc.Methods(), doubledesc.Method.String), ", ")
}

// methodFlag is a method chosen by the flag -method.
//
// The zero value is the default, to choose by the input.
type methodFlag struct{ method doubledesc.Method }

// String implements flag.Value.
func (f *methodFlag) String() string { return f.method.String() }

// Set implements flag.Value.
func (f *methodFlag) Set(name string) error {
	// A method is named as the engine prints it, so that help and messages agree.
	for _, m := range doubledesc.Methods() { // names are those of the engine
		if m.String() == name {
			f.method = m
			return nil
		}
	}
	return fmt.Errorf("expected one of %s", methodNames())
}

// methodText says how a conversion was done.
// Automatic as the method used means that neither engine ran: n independent rows in
// dimension n have the columns of the inverse as rays.
func methodText(used doubledesc.Method) string {
	switch used {
	case doubledesc.Pivoting:
		return "pivoting"
	case doubledesc.DoubleDescription:
		return "double description"
	}
	return "inverting a basis" // the cone is simplicial
}
