// Package doubledesc converts polyhedral cones between rows and generators by
// the double description method, exactly: [Rays] from rows, [Facets] from
// generators, [RaysOverDomain] over a fundamental domain of a symmetry, and
// [Convert] for files of inhomogeneous polyhedra. Package cone has the notation.
//
// # Method
//
// A first phase inverts a basis: starting from the whole space, each row that is
// independent of those before turns a line into a ray. It works on sparse
// vectors, and cones that it finishes (the simplicial ones) never meet the
// second phase. That one takes in the other rows one at a time (Motzkin et al.
// 1953): rays on the negative side go, and each pair of adjacent rays on
// opposite sides gives a new one. Rays are machine words that widen to big
// integers one ray at a time, when an entry overflows.
//
// All the time goes into finding the adjacent pairs. Rays x and y are adjacent
// if no third ray is tight on all rows tight at both (Fukuda and Prodon 1996).
// This makes it quick:
//
//   - One z disposes of many y: given x, it shows that y is not adjacent unless
//     y is tight on one of the rows D where x is tight and z is not. With the
//     rays of each row as a bit set, the union over D leaves the candidates, 64
//     to a word. Rays that have disposed of candidates lately are tried first.
//     Of the 45 million pairs of the cone F(4,10) some six thousand are then
//     looked at alone and found not adjacent.
//   - A basis of the rows tight at x, kept with x, proves adjacency without
//     looking at other rays: if all but one of its rows are tight at y, the rows
//     tight at both have rank two less than all. Such a basis is inherited by
//     the new ray, or found anew modulo a prime, earliest rows first.
//   - In simple position, where x has no more tight rows than it must, counting
//     misses settles 64 candidates at once.
//   - Where x has few more tight rows than it must, and these are few, they are divided into
//     groups, of which y must be tight on one wholly: one pass leaves next to nothing but
//     neighbours (60 points of {0,1}^10: 0.56 s in place of 0.85 s).
//   - Where most rays are simple, or nearly so, and there are many, no pair is looked at:
//     two rays are matched by the dim-2 rows along an edge, under a hash. Which of the two
//     ways promises to be shorter is reckoned for each row taken in.
//
// # Pivoting
//
// Where rays have one basis or few, as those of simple polyhedra, a walk from basis to basis
// (package pivot) is shorter: it makes no ray that is not in the result. It is begun wherever
// numbers stay below two words and a table is not too large, and given up when it meets more
// than four bases for each ray; then rows are taken in. CPU seconds of the conversion:
//
//	                                     double description   walk   bases per ray
//	24 random halfspaces in dim 10                     0.21   0.06             1.0
//	40 points on a sphere in dim 8                     0.39   0.09             1.0
//	the permutohedron of 8 things                       2.4   0.23             1.0
//	40 points of {0,1}^12                               2.8   0.97
//	30 points of {0,1}^10                             0.036  0.036
//	60 points of {0,1}^10                              0.56   0.81
//	cuts of 6 points                                  0.007   0.52
//
// An edge of a basis is looked at from one end only: beside each basis that is known it is noted
// which of its edges lead back. That halved the ratio tests and look-ups of a walk, which are most of it.
//
// # What was measured
//
// CPU seconds of one run each on a shared machine: read differences below a
// factor 1.5 as ties. F(K,n) is the feasibility cone of package multidraft.
//
//	adjacency search                             F(3,12)  F(4,10)
//	each survivor by intersecting rays of rows      21.3      8.1
//	same, rows sorted once, best z remembered                  5.4
//	bases inherited, not found anew                 10.9      2.7
//	bases found anew                                 2.9     0.69
//	few candidates alone, empty words skipped        1.2     0.33
//
// On another machine, the whole process: 1.28 and 0.36 in that way, and 0.92 and 0.34 since words that are empty are looked at
// once, in a loop that is not inlined, whose variables stay in registers; F(2,13) 0.88 and 0.62.
//
//	order of rows       bell33-22   cut6  F(3,12)  rows and columns shuffled  F(4,10) shuffled
//	size, then lexmin       0.025  0.009     0.87             1.0                 0.38
//	lexmin                  0.025  0.009     0.83             1.0                 0.37
//	lexmax                  0.026  0.011     0.79             2.4                 0.56
//	support, then lexmax     0.17  0.048     0.77             2.4                 0.56
//	given                   0.026  0.009     0.87
//
//	matching by ridges             never    where it pays
//	40 points of {0,1}^12           24.2             11.8
//	60 points of {0,1}^10            3.4              2.8
//
//	row numbers by scarcity        sorted for each row   counted when needed
//	vertices of the 13-cube                       2.00                  0.60
//	rows of the 12-cross-polytope                 0.57                  0.19
//
// Of points the lexicographically least first is best, or as good as any, wherever it was tried but
// where most are redundant: 1 000 rows of which 18 are needed, shuffled, took over 30
// seconds in place of 0.02. Those needed have smaller coefficients there, as they have where
// the others are sums of them; so size comes first. Of rows that order can be ruinous: the 368
// facets of the cut polytope on six points take 0.02 seconds by support, and over 30 by size,
// lexmin, mincutoff and maxcutoff. A cube with corners cut off (lrs's trunc10) takes 0.24 seconds by support, 0.12 by
// the sum of the lengths of coefficients, which is the same order where these are of one size, and 0.02 or less by all others; kkd38_6
// 0.05 by support and 0.01 by length. So rows are taken in by length. Orders that look at the rays (mincutoff,
// maxcutoff) take several times as long. Testing pairs one at a time against a list of recent witnesses, without
// bit sets of rays, was level with PPL on F(4,10), about twenty times slower than this.
//
// Of a walk over few long numbers the checks and the printing were three quarters: products
// of two words in fixed words ([cone.Incidence.Signs]), found once for the check and the proof of
// completeness, ranks modulo 127 with four columns to a word, and greatest common divisors by differences and
// shifts took the 24 halfspaces in dimension 10 from 0.25 s to 0.11 s, the whole process.
//
// # Redundancy
//
// Package redundancy finds needed rows by shots from an interior point, and redundant ones
// by exchanges of a basis of needed rows. CPU seconds, reasons checked:
//
//	rows                                      programs, row by row     now   lrs redund
//	1024 facets of a cross-polytope, dim 10                    16    0.10         1.2
//	1000 points in dim 10, 86 redundant                     over 13  0.78         9.0
//	1000 rows in dim 10, 982 redundant                        0.29   0.03        0.07
//	500 random halfspaces in dim 8, 360 redundant           over 10   4.2         3.5
//	300 random halfspaces in dim 10, 159 redundant             5.2    2.6         1.8
//	F(3,9), 324 rows                                          0.94   0.03         1.6
//
// # Not promised
//
// That no ray is missing rests on the method until [Complete] has shown it, which may
// give up; [CheckComplete] tries harder, and converts back if it must. The cost of a
// conversion depends on the intermediate cones, which can be far larger than the result.
package doubledesc
