package optimum

import (
	"fmt"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// MaxEnumeratedTokens is the largest alphabet whose 2^n subsets
// MinByEnumeration goes through.
const MaxEnumeratedTokens = 22

// A Minimum is the value min over S of q(S) + 1 - B(S) (MD-T3) with its
// witness.
type Minimum struct {
	Value rational.Rat
	// Tokens is the smallest minimising set, ascending: the fewest tokens and,
	// among those, the first lexicographically. As q - B is submodular the
	// minimisers form a lattice, and this is its least element.
	Tokens []int
}

// Set returns the minimising set as a Set. It panics if a token does not fit
// one.
func (m Minimum) Set() multidraft.Set { return multidraft.SetOf(m.Tokens...) }

// MinByEnumeration computes min over S of q(S) + 1 - B(S) by going through all
// 2^n subsets. For independent drafts B is the product of the p_k(S); for the
// others it is the sum of b_T over T within S, for all S at once (a zeta
// transform). Time O(n 2^n) operations on integers. It panics for more than
// MaxEnumeratedTokens tokens.
func MinByEnumeration(in *multidraft.Instance) Minimum {
	n := in.N()
	if n > MaxEnumeratedTokens {
		panic(fmt.Sprintf("optimum: enumeration of the subsets of %d tokens, want at most %d", n, MaxEnumeratedTokens))
	}
	switch d := in.Drafts().(type) {
	case *multidraft.IID:
		return minOverSubsets(in.Target(), productMasses(d.Rows()))
	case *multidraft.Independent:
		return minOverSubsets(in.Target(), productMasses(d.Rows()))
	}
	// Other laws have no formula for B of a set.
	return minOverSubsets(in.Target(), zetaMasses(in.Integer(), n))
}

// A setFunction gives B(S) as B(S) = value(S)/unit for all subsets S.
type setFunction struct {
	value func(s multidraft.Set) rational.Int
	unit  rational.Int
}

// productMasses is the set function S -> product of the p_k(S). Equal rows are
// multiplied by repeated squaring.
func productMasses(rows []multidraft.Distribution) setFunction {
	unit := rational.NewInt(1)
	for _, row := range rows {
		// The unit of a product is the product of the units, however often a law occurs.
		unit = unit.Mul(row.Unit)
	}
	var tables []subsetSums
	var exponents []uint
	for k, row := range rows {
		// Drafts of one law share their weights: one table, raised to a power.
		if k > 0 && row.Weights.Shares(rows[k-1].Weights) {
			exponents[len(exponents)-1]++
			continue
		}
		tables = append(tables, newSubsetSums(row.Weights.Ints()))
		exponents = append(exponents, 1)
	}
	return setFunction{unit: unit, value: func(s multidraft.Set) rational.Int {
		// Powers by squaring: K may be large, and tables of sums are one for each law.
		product := tables[0].of(s).Pow(exponents[0])
		for k := 1; k < len(tables); k++ {
			product = product.Mul(tables[k].of(s).Pow(exponents[k]))
		}
		return product
	}}
}

// zetaMasses is the set function S -> sum of the weights of the supports
// within S.
func zetaMasses(g *multidraft.Integer, n int) setFunction {
	sums := make([]rational.Int, 1<<n)
	for j, t := range g.Supports {
		// At first each support by itself; sets that are no supports have 0.
		sums[t] = g.Supply[j]
	}
	for i := range n {
		for s := range sums {
			// After round i each sum has the subsets that differ from s in the first i+1 tokens
			// only.
			if s>>i&1 == 1 {
				sums[s] = sums[s].Add(sums[s^1<<i])
			}
		}
	}
	return setFunction{unit: g.Unit, value: func(s multidraft.Set) rational.Int { return sums[s] }}
}

// minOverSubsets minimises q(S) + 1 - B(S) over all subsets of the tokens of q.
// The smallest minimiser is contained in all others, so that it comes before
// them in numerical order and the first one found is kept.
func minOverSubsets(q multidraft.Distribution, b setFunction) Minimum {
	targets := newSubsetSums(q.Weights.Ints())
	least, at := rational.Int{}, multidraft.Set(0) // the gap of the empty set is 0
	for s := multidraft.Set(1); s < 1<<q.Weights.Len(); s++ {
		// q(S) - B(S), in units of 1/(q.unit * b.unit).
		gap := targets.of(s).Mul(b.unit).Sub(b.value(s).Mul(q.Unit))
		// Strictly: see above for why the first is the smallest.
		if gap.Cmp(least) < 0 {
			least, at = gap, s
		}
	}
	return newMinimum(least, q.Unit.Mul(b.unit), at.Tokens())
}

// newMinimum turns the gap q(S) - B(S), in parts of the unit, into the value.
func newMinimum(gap, unit rational.Int, tokens []int) Minimum {
	return Minimum{Value: rational.RatFromInts(gap.Add(unit), unit), Tokens: tokens}
}

// subsetSums gives the weight of every subset as the sum of two table entries,
// one for each half of the tokens: 2^(n/2) memory.
type subsetSums struct {
	low, high []rational.Int
	split     int
}

func newSubsetSums(weights []rational.Int) subsetSums {
	// Two halves: a table of 2^(n/2) entries each in place of one of 2^n.
	split := len(weights) / 2
	return subsetSums{low: allSums(weights[:split]), high: allSums(weights[split:]), split: split}
}

// allSums tabulates the weights of all subsets, each from the subset without its lowest token.
func allSums(weights []rational.Int) []rational.Int {
	sums := make([]rational.Int, 1<<len(weights))
	for s := 1; s < len(sums); s++ {
		// Without its lowest token the set stands before it in the table.
		i := multidraft.Set(s).Lowest()
		sums[s] = sums[s&(s-1)].Add(weights[i])
	}
	return sums
}

// of adds the two halves up.
func (t subsetSums) of(s multidraft.Set) rational.Int {
	return t.low[s&(1<<t.split-1)].Add(t.high[s>>t.split])
}
