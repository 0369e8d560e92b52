// Package interval proves that a function is nonnegative on a whole interval, for sums
// of products P(z)·e^Q(z) of polynomials with rational coefficients.
//
// [ExpPoly.Prove] subdivides the interval into cells, on each of which an enclosure of
// the function by rationals is positive, or, where the function has a double zero at an
// end that is named, one of its second derivative. The proof is the list of the cells,
// which a checker goes through again; their number is not bounded by theory, but the
// depth of the subdivision is, beyond which the function stays undecided. Nothing is
// rounded but outwards.
//
// A [Claim] is a statement about a function on an interval with its cells, or an
// identity; [Report] tells the claims of CRS-P3.2, CRS-P3.6 and CRS-P4.3, with a
// certificate for an independent checker.
package interval
