package elimination

import (
	"maps"
	"slices"

	"pstar/certificate/theorem"
)

// eliminated shows that there are unknowns by the rule project, whose elements a function writes. It returns the rows that there are in the
// end, one for each of some sets: the image of that of the theorem for the same set, or
// for the others of flip. The theorem has one row of each orbit; what the elimination
// ends with are rows for all sets, each of which is an image. For MD-L4 the set of a
// row of the theorem is that of the tokens not in X, hence flip. The proof that the
// unknowns can be eliminated needs each row by its set.
func (c *lemmaProof) eliminated(t *theorem.Theorem, flip uint64, elements func() map[uint64]int) {
	facts := c.imagesOfSets(t)
	var rows map[uint64]int
	c.Step("project", func() {
		c.List("eliminate", func() { rows = elements() })
		c.List("steps", func() {
			// In the order of their numbers, which is that of the goals.
			sets := slices.SortedFunc(maps.Keys(rows), func(a, b uint64) int { return rows[a] - rows[b] })
			for goal, set := range sets {
				c.Combine(goal, func() { c.Product(1, facts[set^flip]) }, nil)
			}
		})
	})
}

// because writes a PROOF that is the sum of rows. All of these proofs are sums with
// factors 1.
func (c *lemmaProof) because(rows ...int) {
	c.Open('[')
	for _, k := range rows {
		c.Term(1, k)
	}
	c.Close(']')
}

// imagesOfSets writes the images of the rows of a theorem as facts, each once, and returns their numbers by the sets of tokens to which the rows, those of S_j, are moved.
func (c *lemmaProof) imagesOfSets(t *theorem.Theorem) map[uint64]int {
	// MD-L4 has a row for j = 0, the other lemmas begin with j = 1: their last row is
	// always j = N.
	first := c.N - len(t.Rows) + 1 // j of the first row
	// Tokens are moved as the first of their symbols are; in MD-L4 that of z comes before these.
	start := 0
	if first == 0 {
		start = 1
	}
	moved := func(set uint64, generator []int32) (image uint64) {
		// Symbols of tokens stand together; only where they begin differs.
		for _, i := range tokens(set) {
			image |= 1 << (int(generator[start+i]) - start)
		}
		return image
	}
	facts, next := map[uint64]int{}, len(t.Facts)
	var found []imageOfRow
	for k := range t.Rows {
		// The rows themselves are facts already, in their order.
		set := firstTokens(first + k)
		// Facts of the theorem come first, then its rows in their order.
		facts[set] = next
		next++
		found = append(found, imageOfRow{k, nil, set})
	}
	// Breadth first: the shortest product of generators for each set. There are 2^n
	// sets, so that n is small where this is called.
	for k := 0; k < len(found); k++ {
		for g, generator := range t.Generators {
			x := found[k]
			set := moved(x.set, generator)
			// It was reached by a shorter product.
			if _, known := facts[set]; known {
				continue
			}
			facts[set] = next
			next++
			// The capacity is cut so that append copies: several images begin with the
			// same product.
			x = imageOfRow{x.row, append(x.by[:len(x.by):len(x.by)], g), set}
			found = append(found, x)
			c.Step("image", func() {
				c.Member("row")
				c.Int(x.row)
				c.Ints("by", x.by...)
			})
		}
	}
	return facts
}

// imageOfRow is a row under a product of generators, and its set.
type imageOfRow struct {
	row int
	by  []int
	set uint64
}
