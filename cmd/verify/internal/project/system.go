// Package project is what the command "verify fm" reads and tells: names of variables, lists of them, and whether there
// is a point where none is kept.
package project

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pstar/format/ine"
)

// CheckNames says what is wrong with names for n variables.
func CheckNames(names []string, n int) error {
	// Names for some of the variables would leave open which.
	if len(names) != n {
		return fmt.Errorf("expected %d names, one for each variable, found %d", n, len(names))
	}
	for i, name := range names {
		// Two variables of one name could not be told apart in what is printed.
		if slices.Contains(names[:i], name) {
			return fmt.Errorf("%q stands twice", name)
		}
		// Such a variable could never be named by -eliminate or -keep.
		if strings.Contains(name, ",") || strings.Contains(name, "..") {
			return fmt.Errorf("%q cannot be a name, as lists have commas and ranges", name)
		}
	}
	return nil
}

// Variables reads a list such as x1,x4..x6 or 1,4..6, or of names if there are any, and counts from zero.
//
// The order is that of the list. Errors say what was expected, with an example from the
// file.
func Variables(list string, names []string, named bool) ([]int, error) {
	// In the order of the list.
	var chosen []int
	n := len(names)
	for _, item := range strings.Split(list, ",") {
		// A range is in the order of the variables, also where they have names.
		first, last, isRange := strings.Cut(strings.TrimSpace(item), "..")
		if !isRange {
			last = first
		}
		// A single variable is the range from itself to itself.
		a, errA := parseVariable(first, names, named)
		b, errB := parseVariable(last, names, named)
		if errA != nil || errB != nil || a > b {
			if named {
				return nil, fmt.Errorf("%q: expected names of variables, such as %s, or ranges of them with ..", item, names[0])
			}
			return nil, fmt.Errorf("%q: expected variables from x1 to x%d, as in x1,x3..x5", item, n)
		}
		for v := a; v <= b; v++ {
			// Once too often is more likely a slip than meant.
			if slices.Contains(chosen, v) {
				return nil, fmt.Errorf("%s is named twice", names[v])
			}
			chosen = append(chosen, v)
		}
	}
	return chosen, nil
}

// errNone is replaced by a text with the names that there are.
var errNone = errors.New("no such variable")

// parseVariable is the index of a variable, by its name or, without names, its number from 1.
func parseVariable(name string, names []string, named bool) (int, error) {
	name = strings.TrimSpace(name)
	// A name counts before a number: a variable may be called 3.
	if v := slices.Index(names, name); v >= 0 {
		return v, nil
	}
	// With names of the file's own, x3 that is none of them is more likely a slip than the
	// third variable.
	if !named {
		name = strings.TrimPrefix(name, "x")
	}
	v, err := strconv.Atoi(name)
	if err != nil || v < 1 || v > len(names) {
		return 0, errNone
	}
	return v - 1, nil
}

// Chosen returns the one line "eliminate k i1 ... ik" or "project k i1 ...
// ik" of the file.
//
// The numbers themselves are read by Variables. An error has file and line, unless there
// is no such line.
func Chosen(name string, options []ine.Option) (found ine.Option, err error) {
	for _, o := range options {
		switch {
		case o.Word != "eliminate" && o.Word != "project":
			continue
		// The second could be meant to go on with the first, or to replace it.
		case found.Word != "":
			return found, fmt.Errorf("%s:%d: a second line on what to eliminate, after line %d; expected one, or -eliminate or -keep", name, o.Line, found.Line)
		}
		found = o
	}
	// To eliminate nothing is no default: the result would be the input.
	if found.Word == "" {
		return found, errors.New("nothing to eliminate: give -eliminate or -keep, or a line \"eliminate\" or \"project\" in the file")
	}
	// cddlib's form has the number of variables in front.
	if len(found.Args) < 2 || found.Args[0] != strconv.Itoa(len(found.Args)-1) {
		return found, fmt.Errorf("%s:%d: %s: expected the number of variables and as many numbers, such as \"%s 2 1 4\"", name, found.Line, found.Word, found.Word)
	}
	return found, nil
}
