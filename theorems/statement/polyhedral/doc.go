// Package polyhedral states what polyhedra have to do with each other as theorems of package statement:
// that rows and generators are of one polyhedron, and what a projection is.
//
// It says what is claimed, and settles nothing; package decide of statement does. A point of the theorem has
// the coordinates as parameters, in their order, and whatever else shows that it is one as unknowns.
package polyhedral
