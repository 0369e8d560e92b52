// Package orbits converts cones that have symmetries: of the extreme rays it finds one of
// each orbit, and how many there are, by adjacency decomposition. The facets of the
// polytope of the cuts of seven points, 116 764 in eleven orbits, take two and a half
// seconds so, where converting them in one piece takes hours.
//
// # Symmetries
//
// A symmetry is a linear map that permutes the rows of the cone, each divided by a length
// that is given for it, and so its extreme rays. [Rays] chooses the lengths of the rows of
// a polyhedron such that the maps are affine. All of them are found: they are the
// permutations that keep the numbers a_i·Q⁻¹·a_j (see products.go), and are searched for
// point by point of a base (see search.go). What is found is tried on the rows themselves,
// exactly, so that no mistake of the search makes a symmetry of what is none; one that is
// overlooked would make more orbits of one, all of which would be found. The sizes of
// orbits are quotients of the orders of groups, and up to 131 072 also counted one by one.
//
// # Decomposition
//
// The neighbours of an extreme ray r are the extreme rays of its figure, the cone of the
// rows that are zero at r, which has one dimension less. From one ray of each orbit that is
// known its neighbours are found, and so the orbits of these, until there are no others
// (Christof and Reinelt 1996; Bremner, Dutour Sikirić and Schürmann 2009). A figure is
// converted by package doubledesc if that does not take long, and else by the same
// decomposition, with the symmetries of the figure, which may be more than those of the
// cone at r.
//
// Orbits of few rays at which many rows are zero need not be looked at if all others have
// been; see done. So a ray at which few rows are zero is sought to begin with. That nothing
// is missing of figures that were converted is shown by package complete; of one where that
// takes long, symmetries are used again. So a list that [Result.Complete] says is complete
// rests on proofs of small cones and on that argument alone.
//
// Where there are few symmetries for the rays that there are, the whole cone is converted in
// one piece, with its proof, and its rays are sorted into orbits; which of the two is done is
// found out by trying both in turn (see solve).
//
// # Cost
//
// CPU seconds, one worker, with the proof:
//
//	                                   rows  dim  symmetries  orbits     rays    time
//	facets of Bell, 4 and 3 settings    128   20       18432       6    12480     8.0
//	facets of the cuts of 7 points       64   22      322560      11   116764     2.4
//	vertices of the metrics of 7        140   22      322560      13   275840     7.4
//	facets of the orders of 6 things    720   16       10080       2      910     1.0
//	facets of the orders of 7 things   5040   22       80640       6    87472     240
//
// Points are taken in lexicographically, short ones first, as package doubledesc takes them:
// by support the orders of six things took 2.5 seconds. A proof that is given up costs
// more than one that is long: with 300 million steps in place of a billion the first took
// 17 seconds and the third 18, since figures had to be taken apart further.
//
// Of the orders of seven things all facets are known after some seconds; that none is missing
// at those with half of the points takes minutes. Their own facets are converted, of 630 and
// 840 rows, and fifteen with two thirds of their points are too few to part the others.
//
// # Not promised
//
// The search for symmetries has no bound: rows that look alike and are not could take long.
// Nor has the number of figures of figures. Symmetries that permute rows only after they
// are multiplied by other factors, as projective maps do, are not looked for.
package orbits
