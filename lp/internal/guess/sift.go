package guess

import "math"

// sieve keeps the primal method to a part of the columns between two factorisations, where
// there are many more columns than rows: those that improve the objective fastest, then those
// that are nearest to doing so. Rows of the tableau, which are most of the work
// then, are computed for them and for the logical variables. The reduced costs of all others are
// out of date until the next factorisation, and nothing is called optimal before that.
type sieve struct {
	rows   luParts // of the columns kept
	within []bool
	counts [2 * sieveLevels]int
}

const (
	sieveColumns = 4    // so many columns for a row,
	minimumSieve = 5000 // and so many in all, are worth it
	sievePart    = 8    // one in so many is kept
	sieveLevels  = 64   // of prices, each half of the one before
)

// sift chooses the columns by the reduced costs, which are those of the basis.
func (g *Guess) sift() {
	if g.columns < sieveColumns*g.rows || g.columns < minimumSieve {
		return
	}
	if g.sieve == nil {
		g.sieve = &sieve{within: make([]bool, g.columns)}
	}
	s := g.sieve
	clear(s.counts[:])
	for j := range g.columns {
		if level := g.sieveLevel(j); level >= 0 {
			s.counts[level]++
		}
	}
	last, room := 0, g.columns/sievePart
	for ; last < len(s.counts) && room > 0; last++ {
		room -= s.counts[last]
	}
	for j := range s.within {
		level := g.sieveLevel(j)
		s.within[j] = level >= 0 && level < last
	}
	s.rows.reset()
	for i := range g.rows {
		index, value := g.byRow.part(i)
		for e, j := range index {
			if s.within[j] {
				s.rows.add(j, value[e])
			}
		}
		s.rows.end()
	}
	kept := g.attractive[:0]
	for _, j := range g.attractive {
		if int(j) < g.columns && !s.within[j] {
			g.listed[j] = false
			continue
		}
		kept = append(kept, j)
	}
	g.attractive = kept
	g.rowsInUse = &s.rows
}

// sieveLevel is smaller the better the price of column j, and −1 if it is basic or fixed.
func (g *Guess) sieveLevel(j int) int {
	if g.Where[j] == InBasis || g.lower[j] == g.upper[j] {
		return -1
	}
	d := g.d[j]
	exponent := math.Ilogb(max(d*d/g.reference[j], 1e-300)) / 2
	if g.price(int32(j)) > 0 {
		return min(max(sieveLevels/4-exponent, 0), sieveLevels-1)
	}
	return sieveLevels + min(max(exponent+sieveLevels*3/4, 0), sieveLevels-1)
}
