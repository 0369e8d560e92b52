// Package pivot lists the extreme rays of a pointed cone by walking from basis to basis.
//
// The cone is cut at a level, a functional that is positive on it; what is left is a bounded
// polyhedron, whose vertices are sought. At a vertex as many independent rows as the dimension
// less one are 0. A table writes all other rows in terms of these and of the level; each edge
// relaxes one of them until another row is met, and one pivot leads there. A vertex with more
// rows has several bases. So that each basis has one neighbour along each edge, rows are moved
// by amounts of which each is far smaller than the one before (Charnes 1952): the vertices of
// the moved polyhedron are simple, their graph is connected, and each vertex sought is the
// limit of at least one of them. The walk goes depth first, and remembers the bases met.
//
// Reverse search (Avis and Fukuda 1992) remembers nothing, and streams, but makes two pivots
// for each basis and looks for its parent besides. Here a basis takes one pivot, and a few
// words; the way back is a copy of a table, for the last few tables.
//
// Entries are minors of the matrix of rows, with a common denominator (Edmonds 1967). By
// Hadamard's inequality they fit one word, or two, or the cone is not walked over at all. So
// products need be known modulo 2^64, or 2^128, only, and are divided by multiplying with an
// inverse: nothing is checked for overflow, and nothing rounded.
//
// The walk costs a pivot and a ratio test for each edge at each basis. It is quick where rays
// have one basis or few. Whether they have is not known before, so the caller may give it up.
package pivot
