// Package equations solves linear equations with a sparse square integer matrix exactly, as the
// bases of linear programs give them: the triangular parts by substitution, the rest by p-adic
// lifting, whose result is checked by multiplication. It has sums and fractions in which common
// factors are taken out only where that is cheap.
//
// Nothing is decided in floating point or modulo a prime: a guess at pivots comes from
// outside and only costs time if it is bad, and a solution is multiplied out before it
// is returned.
package equations
