package expand

import "strings"

// similar reports whether two names differ in the case of letters only, or by one character.
//
// It is for a hint in a message: it need not find everything, but should not suggest
// what nobody meant. So names of one or two letters are similar only to themselves.
func similar(a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || len(b) < 3 {
		return false
	}
	// The common beginning; what comes after the character that differs must be the
	// same.
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}
