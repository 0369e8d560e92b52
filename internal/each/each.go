// Package each has what is asked of every member of a list: its image, whether it is wanted,
// how many are.
//
// The standard library searches and sorts lists and has nothing that maps or picks. What takes
// more than one expression is a loop where it is needed; so is what runs often, as a call
// for each member costs more than an addition.
package each

// Of returns the images of the members of a list, in its order. It is never nil.
func Of[S ~[]E, E, F any](list S, image func(E) F) []F {
	return To(len(list), func(i int) F { return image(list[i]) })
}

// Numbered returns the images of the members with their places. It is never nil.
func Numbered[S ~[]E, E, F any](list S, image func(i int, x E) F) []F {
	return To(len(list), func(i int) F { return image(i, list[i]) })
}

// To returns the images of 0, ..., n−1. It is never nil, and panics for a negative n.
func To[F any](n int, image func(i int) F) []F {
	images := make([]F, n)
	for i := range images {
		images[i] = image(i)
	}
	return images
}

// Where returns the members that are wanted, in their order: nil if none is.
func Where[S ~[]E, E any](list S, wanted func(E) bool) (picked []E) {
	for _, x := range list {
		if wanted(x) {
			picked = append(picked, x)
		}
	}
	return picked
}

// Count returns how many members are wanted.
func Count[S ~[]E, E any](list S, wanted func(E) bool) (n int) {
	for _, x := range list {
		if wanted(x) {
			n++
		}
	}
	return n
}
