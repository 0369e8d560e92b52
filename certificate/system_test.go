package certificate

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// The facts on the two systems that FORMAT.md proves and the checker relies on.

func bothSystems(k, n int) map[string]*system {
	s := newSupports(k, n)
	return map[string]*system{"feasibility": feasibilitySystem(s), "optimum": optimumSystem(s)}
}

func smallCells(visit func(k, n int)) {
	for k := 2; k <= 4; k++ {
		for n := 2; n <= 5; n++ {
			visit(k, n)
		}
	}
}

func (w row) dense(dimension int) []*big.Rat {
	v := make([]*big.Rat, dimension)
	for i := range v {
		v[i] = new(big.Rat)
	}
	for _, e := range w.facet() {
		v[e.Coordinate].SetInt64(e.Value)
	}
	return v
}

// naiveRank eliminates.
func naiveRank(rows [][]*big.Rat, dimension int) int {
	rank := 0
	for column := range dimension {
		pivot := -1
		for i := rank; i < len(rows); i++ {
			if rows[i][column].Sign() != 0 {
				pivot = i
				break
			}
		}
		if pivot < 0 {
			continue
		}
		rows[rank], rows[pivot] = rows[pivot], rows[rank]
		for i := rank + 1; i < len(rows); i++ {
			factor := new(big.Rat).Quo(rows[i][column], rows[rank][column])
			for j := column; j < dimension; j++ {
				rows[i][j].Sub(rows[i][j], new(big.Rat).Mul(factor, rows[rank][j]))
			}
		}
		rank++
	}
	return rank
}

func TestSupportsAreCanonical(t *testing.T) {
	smallCells(func(k, n int) {
		s := newSupports(k, n)
		want := naiveSupports(k, n, 1)
		if len(s.sets) != len(want) || countSupports(k, n).Cmp(big.NewInt(int64(len(want)))) != 0 {
			t.Fatalf("(%d,%d): %d supports, counted %s, want %d", k, n, len(s.sets), countSupports(k, n), len(want))
		}
		for j, set := range want {
			if s.sets[j] != set || s.index(set) != j || !s.has(set) {
				t.Errorf("(%d,%d): support %d is %v, want %v", k, n, j, tokensOf(s.sets[j]), naiveTokens(set))
			}
			for i, other := range want {
				if before(other, set) != (i < j) {
					t.Errorf("before(%v, %v) is %v", naiveTokens(other), naiveTokens(set), i >= j)
				}
			}
		}
	})
}

// The lineality is what the systems say: rank = dimension - lineality, and the
// line of the feasibility cone vanishes on each row.
func TestLineality(t *testing.T) {
	smallCells(func(k, n int) {
		for name, c := range bothSystems(k, n) {
			var dense [][]*big.Rat
			for i, w := range c.rows {
				dense = append(dense, w.dense(c.dimension))
				if c.lineality == 1 && (w.sign != 1 || w.outside < int32(n)) {
					t.Errorf("%s (%d,%d): row %d does not vanish on (1;-1)", name, k, n, i)
				}
			}
			if rank := naiveRank(dense, c.dimension); rank != c.dimension-c.lineality {
				t.Errorf("%s (%d,%d): rank %d of %d, lineality %d", name, k, n, rank, c.dimension, c.lineality)
			}
		}
	})
}

// The transposition (1 2) and the cycle (1 2 .. N), which generate the symmetric
// group, map the set of rows onto itself.
func TestRowsAreSymmetric(t *testing.T) {
	smallCells(func(k, n int) {
		for name, c := range bothSystems(k, n) {
			rows := make(map[row]bool)
			for _, w := range c.rows {
				rows[w] = true
			}
			for _, shift := range []func(i int) int{
				func(i int) int { return []int{1, 0, i}[min(i, 2)] },
				func(i int) int { return (i + 1) % n },
			} {
				for _, w := range c.rows {
					image := w
					image.block = int32(shift(int(w.block)))
					if w.outside >= int32(c.firstV) {
						var set uint64
						for _, token := range naiveTokens(c.supports.pairsUp()[int(w.outside)-c.firstV]) {
							set |= 1 << shift(token-1)
						}
						image.outside = int32(c.firstV+c.supports.index(set)) - int32(n)
					}
					if !rows[image] {
						t.Errorf("%s (%d,%d): the image %v of %v is no row", name, k, n, image, w)
					}
				}
			}
		}
	})
}

// The spanning forest has the rank that elimination finds, at generators and at
// sums of them, which are not extreme.
func TestExtremeAgreesWithRank(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 1))
	smallCells(func(k, n int) {
		if n == 5 {
			return // elimination takes long
		}
		for name, part := range map[string]*ConePart{"feasibility": naiveFeasibility(k, n), "optimum": naiveOptimum(k, n)} {
			c := bothSystems(k, n)[name]
			seen := map[bool]int{}
			for trial := range 8 {
				sum := make([]int64, c.dimension)
				for range 1 + trial%2 {
					for _, e := range part.Rays[rng.IntN(len(part.Rays))] {
						sum[e.Coordinate] += e.Value
					}
				}
				var point []Entry
				for i, v := range sum {
					if v != 0 {
						point = append(point, Entry{i, v})
					}
				}
				var tight [][]*big.Rat
				for _, w := range c.rows {
					value := int64(0)
					for _, e := range w.facet() {
						value += e.Value * sum[e.Coordinate]
					}
					if value < 0 {
						t.Fatalf("%s (%d,%d): %v is not in the cone", name, k, n, point)
					}
					if value == 0 {
						tight = append(tight, w.dense(c.dimension))
					}
				}
				want := naiveRank(tight, c.dimension) == c.dimension-c.lineality-1
				if got := c.extreme(point); got != want {
					t.Errorf("%s (%d,%d): extreme(%v) = %v", name, k, n, point, got)
				}
				seen[want]++
			}
			if n > 2 && (seen[true] == 0 || seen[false] == 0) {
				t.Errorf("%s (%d,%d): only one kind of point was tried", name, k, n)
			}
		}
	})
}

// Rows imply others within the domain exactly if their difference has total 0 and
// prefix sums >= 0.
func TestImplies(t *testing.T) {
	const n = 4
	for i := range int32(n) {
		for j := range int32(n) {
			for signs := range 4 {
				k := row{block: i, sign: int8(1 - signs&2)}
				w := row{block: j, sign: int8(1 - signs<<1&2)}
				difference := make([]int, n)
				difference[j] += int(w.sign)
				difference[i] -= int(k.sign)
				want, sum := true, 0
				for _, v := range difference {
					sum += v
					want = want && sum >= 0
				}
				want = want && sum == 0
				if implies(k, w) != want {
					t.Errorf("implies(%v, %v) = %v", k, w, !want)
				}
			}
		}
	}
}

func TestPairing(t *testing.T) {
	p := newPairing(3, []facet{{{0, 1}, {1, -1}}, {{1, 1}}, {{2, 1}, {0, -1}}})
	for _, c := range []struct {
		ray   []Entry
		facet int
		want  bool
	}{
		{[]Entry{{0, 1}, {1, 1}, {2, 1}}, 1, true},    // facet values 0, 1, 0
		{[]Entry{{0, 1}, {1, 1}, {2, 1}}, 0, false},   // zero on the facet
		{[]Entry{{0, 1}, {2, 1}}, 0, true},            // 1, 0, 0
		{[]Entry{{0, -1}, {2, -1}}, 0, false},         // negative
		{[]Entry{{0, 1}}, 0, false},                   // 1, 0, -1
		{[]Entry{{0, 1}, {1, 1}}, 1, false},           // 0, 1, -1
		{[]Entry{{2, 1}}, 2, true},                    // 0, 0, 1
		{[]Entry{{1, 1}}, 1, false},                   // -1, 1, 0
		{[]Entry{{0, -1}, {1, -1}}, 2, false},         // 0, -1, 1
		{[]Entry{{0, -1}, {1, -1}, {2, 1}}, 2, false}, // 0, -1, 2
	} {
		if got := p.onlyPositiveOn(c.ray, c.facet); got != c.want {
			t.Errorf("onlyPositiveOn(%v, %d) = %v", c.ray, c.facet, got)
		}
	}
}
