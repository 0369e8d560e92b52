package optimum

import (
	"slices"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// proved reports whether a tangent proves that no set with a(S) in the interval has
// a smaller g than the best. If none does and the interval is a single number, a
// better set is found.
//
// The smaller of G(l, from) and G(l, to) is concave in l and made of pieces, so that
// one that rises and one that falls bound it by their value where they cross. There
// either the bound is attained, or another piece takes the place of one of the two.
func (x *pairSearch) proved(from, to rational.Int) bool {
	single := from.Equal(to)
	// At the ends each token decides for itself, and no tangent is needed.
	if single && (from.IsZero() || from.Equal(x.total)) {
		x.offer(x.extreme(from))
		return true
	}
	l := x.guess.tangent(x.part(from), x.part(to))
	// Halving is cheaper than proving that a tangent fails.
	if !single && x.guess.hopeless(l, x.part(from), x.part(to), x.best) {
		return false
	}
	// To begin with, the steepest pieces of all: the empty set's and that of all tokens.
	rising, falling := x.pieceOf(nil, to), x.pieceOf(multidraft.Identity(x.q.Len()), from)
	for crossing := false; ; crossing = true {
		piece := x.lowest(l, from, to)
		if x.attains(piece, l) {
			return true
		}
		// The bound is attained and lies below the best: duality gives a better set.
		if crossing && single && piece.at(l).Equal(rising.at(l)) {
			x.offerBetween(rising.set, falling.set, from)
			return false
		}
		switch piece.slope.Sign() {
		case 1:
			rising = piece
		case -1:
			falling = piece
		default:
			return false
		}
		// Where the rising and the falling piece cross.
		l = rational.RatFromInts(falling.value.Sub(rising.value), rising.slope.Sub(falling.slope))
		// No l can prove it: what rises and what falls meet below the best.
		if !single && !x.attains(rising, l) {
			return false
		}
	}
}

// extreme is the best set of those with a(S) = m, for m = 0 or a(Ω).
func (x *pairSearch) extreme(m rational.Int) []int {
	var set []int
	for i := range x.q.Len() {
		// A token with a_i = 0 is free; one with a_i > 0 is in S for m = a(Ω), and not for 0.
		if x.a.At(i).IsZero() && x.s1(i).Cmp(x.c.Mul(m).Mul(x.b.At(i))) < 0 || !x.a.At(i).IsZero() && !m.IsZero() {
			set = append(set, i)
		}
	}
	return set
}

// offerBetween finds a better set where sets S within T attain the largest G(l, m) <
// g(best) at the same l. So does every vector x between them with a(x) = m, and one
// of those has only one coordinate that is not 0 or 1. It lies between two sets, and
// g is concave along that coordinate.
func (x *pairSearch) offerBetween(s, t []int, m rational.Int) {
	// From S towards T, token by token.
	set, a := slices.Clone(s), x.mass(x.a, s)
	for _, i := range symmetricDifference(s, t) {
		next := union(set, []int{i})
		a = a.Add(x.a.At(i))
		// The vector with a(x) = m has this token in part, and lies between the sets without and
		// with it.
		if a.Cmp(m) > 0 {
			x.offer(set)
			x.offer(next)
			return
		}
		set = next
	}
	x.offer(set)
}

// A pairPiece is the part value + slope l of G(l, m), for one m, on which a set
// attains it.
type pairPiece struct {
	set          []int
	value, slope rational.Int
}

func (x *pairSearch) pieceOf(set []int, m rational.Int) pairPiece {
	// G(l, m) for the set: s(S) − c m b(S), and l times c (m − a(S)).
	cm := x.c.Mul(m)
	return pairPiece{set, x.sOf(set).Sub(cm.Mul(x.mass(x.b, set))), cm.Sub(x.c.Mul(x.mass(x.a, set)))}
}

// at is the value of the piece at l, times the denominator of l.
func (p pairPiece) at(l rational.Rat) rational.Int {
	return p.value.Mul(l.Den()).Add(p.slope.Mul(l.Num()))
}

// attains reports whether a piece is at least g(best) at l.
func (x *pairSearch) attains(p pairPiece, l rational.Rat) bool {
	return p.at(l).Cmp(x.least.Mul(l.Den())) >= 0
}

// lowest is the piece of the smaller of G(l, from) and G(l, to). If that is less than
// g(best), its set may be better.
func (x *pairSearch) lowest(l rational.Rat, from, to rational.Int) pairPiece {
	// At both ends: between them G is at least the smaller, by concavity.
	piece := x.piece(l, from)
	if !from.Equal(to) {
		if other := x.piece(l, to); other.at(l).Cmp(piece.at(l)) < 0 {
			piece = other
		}
	}
	if !x.attains(piece, l) {
		x.offer(piece.set)
	}
	return piece
}

func (x *pairSearch) piece(l rational.Rat, m rational.Int) pairPiece {
	return x.pieceOf(x.negative(l, m), m)
}
