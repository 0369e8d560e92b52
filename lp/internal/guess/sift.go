package guess

import (
	"math"

	"pstar/lp/internal/lists"
)

// sieve keeps the primal method to a part of the columns between two factorisations, where
// there are many more columns than rows: those that improve the objective fastest, then those
// that are nearest to doing so. Rows of the tableau, which are most of the work
// then, are computed for them and for the logical variables. The reduced costs of all others are
// out of date until the next factorisation, and nothing is called optimal before that.
type sieve struct {
	rows   lists.Of[float64] // of the columns kept
	within []bool
	counts [2 * sieveLevels]int
}

const (
	sieveColumns = 4    // so many columns for a row,
	minimumSieve = 5000 // and so many in all, are worth it
	sievePart    = 8    // one in so many is kept
	sieveLevels  = 64   // of prices, each half of the one before
)

// sift chooses the columns by the reduced costs, which are those of the basis. It must
// be called when reduced costs have just been computed; columns outside of the sieve
// are not priced until then again.
func (g *Guess) sift() {
	// With few columns the rows of the tableau are no great part of the work.
	if g.columns < sieveColumns*g.rows || g.columns < minimumSieve {
		return
	}
	if g.sieve == nil {
		g.sieve = &sieve{within: make([]bool, g.columns)}
	}
	s := g.sieve
	clear(s.counts[:])
	// A sort would cost more than it is worth: prices are counted by powers of two, and
	// levels are taken until enough columns are in.
	for j := range g.columns {
		if level := g.sieveLevel(j); level >= 0 {
			s.counts[level]++
		}
	}
	// Levels are taken from the best on.
	last, room := 0, g.columns/sievePart
	for ; last < len(s.counts) && room > 0; last++ {
		room -= s.counts[last]
	}
	// One level may be more than there is room for, and is taken whole.
	for j := range s.within {
		level := g.sieveLevel(j)
		s.within[j] = level >= 0 && level < last
	}
	// The rows of the matrix, with these columns only.
	s.rows.Reset()
	for i := range g.rows {
		index, value := g.byRow.Part(i)
		for e, j := range index {
			if s.within[j] {
				s.rows.Add(j, value[e])
			}
		}
		s.rows.End()
	}
	// The list of attractive variables loses those outside.
	kept := g.attractive[:0]
	for _, j := range g.attractive {
		// Logical variables are always within.
		if int(j) < g.columns && !s.within[j] {
			g.listed[j] = false
			continue
		}
		kept = append(kept, j)
	}
	g.attractive = kept
	g.rowsInUse = &s.rows
}

// sieveLevel is smaller the better the price of column j, and −1 if it is basic or
// fixed. Levels below sieveLevels are of columns that improve the objective now; those
// above of columns that are nearest to doing so.
func (g *Guess) sieveLevel(j int) int {
	if g.Where[j] == InBasis || g.lower[j] == g.upper[j] {
		return -1
	}
	d := g.d[j]
	// The square root of the price, as a power of two.
	exponent := math.Ilogb(max(d*d/g.reference[j], 1e-300)) / 2
	if g.price(int32(j)) > 0 {
		return min(max(sieveLevels/4-exponent, 0), sieveLevels-1)
	}
	return sieveLevels + min(max(exponent+sieveLevels*3/4, 0), sieveLevels-1)
}
