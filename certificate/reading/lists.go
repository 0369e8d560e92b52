package reading

import "iter"

// Loops over lists have no end before that of the list: they cannot be left, as what is behind would not be read.

// List is for a loop over a list, each turn of which reads an element. It numbers these.
func (r *Reader) List() iter.Seq[int] {
	return func(element func(k int) bool) {
		r.Open('[')
		for k := 0; r.More(); k++ {
			element(k)
		}
	}
}

// Lists is for a loop over a list of lists, each turn of which reads the elements of one.
func (r *Reader) Lists() iter.Seq[int] {
	return func(elements func(k int) bool) {
		for k := range r.List() {
			r.Open('[')
			elements(k)
			r.Close(']')
		}
	}
}

// Ascending is for a loop over a list of lists, each of which begins with a number below n, which ascend. It gives
// these, and each turn reads the rest.
func (r *Reader) Ascending(n int) iter.Seq[int] {
	return func(rest func(k int) bool) {
		least := 0
		for range r.Lists() {
			k := r.Below(least, n)
			least = k + 1
			rest(k)
		}
	}
}
