package classes

import (
	"math"
	"slices"
	"sort"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// A guess looks for levels and classes in floating point. The rule that it leads to is
// evaluated exactly.
type guess struct {
	k            int
	ratios       []float64 // t_i/p_i of the tokens in order
	pUp, tUp     []float64 // p and t of the first tokens
	pDown, tDown []float64 // and of those from here on: differences of the others lose what is below 1e-16
	levels       []ratio
	tolerance    float64
}

// A ratio is a level that is a float.
type ratio float64

// mantissa writes the float as an integer times a power of two.
func (x ratio) mantissa() (m rational.Int, exponent int) {
	fraction, e := math.Frexp(float64(x))
	// 53 digits, all that a float64 has: no rounding.
	return rational.NewInt(int64(math.Ldexp(fraction, 53))), e - 53
}

// newGuess works out the optimal law as optimum.SelectedLaw does, and begins with the ends
// of its levels and of the minimising set.
func newGuess(s *multidraft.Instance, t *sums) *guess {
	n := len(t.order)
	sums := func() []float64 { return make([]float64, n+1) }
	g := &guess{k: s.K(), ratios: make([]float64, n), pUp: sums(), tUp: sums(), pDown: sums(), tDown: sums(), tolerance: 1e-15}
	pUnit, qUnit := float(t.p.Unit), float(t.q.Unit)
	for j := range n + 1 {
		g.pUp[j], g.pDown[j] = float(t.pUp[j]).over(pUnit), float(t.pUp[n].Sub(t.pUp[j])).over(pUnit)
		g.tUp[j], g.tDown[j] = float(t.qUp[j]).over(qUnit), float(t.qUp[n].Sub(t.qUp[j])).over(qUnit)
	}
	for j, i := range t.order {
		// By exponents, as p may be too small for a float64 and the quotient is not. K drafts put no more
		// than K·p on a token, so that no level is above K.
		x, y := float(t.q.Weights.At(i)).quo(qUnit), float(t.p.Weights.At(i)).quo(pUnit)
		g.ratios[j] = min(x.over(y), float64(g.k))
	}
	// Inside the minimising set the law is raised to what singletons and sets force, outside lowered.
	cut := len(optimum.MinOverPrefixes(s.K(), t.p, t.q).Tokens)
	k := float64(g.k)
	// 1 − p(S)^K from 1 − p(S), which may be too small to be seen beside 1.
	inside, outside := math.Pow(g.pUp[cut], k), -math.Expm1(k*math.Log1p(-g.pDown[cut]))
	low, high := g.raised(cut, inside), g.lowered(cut, outside)
	for j := range g.ratios {
		// Levels of the optimal law: at least low inside the minimising set, at most high
		// outside.
		if j < cut {
			g.ratios[j] = max(g.ratios[j], low)
		} else {
			g.ratios[j] = min(g.ratios[j], high)
		}
	}
	for j, x := range g.ratios {
		g.tUp[j+1] = g.tUp[j] + x*(g.pUp[j+1]-g.pUp[j])
	}
	ends := []int{0, cut - 1, cut, n - 1}
	for step := range 9 { // some more, which save rounds
		ends = append(ends, step*(n-1)/8)
	}
	for _, j := range ends {
		// The minimising set may be empty or all tokens.
		if j >= 0 && j < n {
			g.levels = append(g.levels, ratio(g.ratios[j]))
		}
	}
	g.sortLevels()
	return g
}

// closest is the least relative distance of levels: ratios that are equal may differ in the
// last digits of floats, and what is between two such levels would be noise.
const closest = 1e-10

func (g *guess) sortLevels() {
	slices.Sort(g.levels)
	g.levels = slices.CompactFunc(g.levels, func(a, b ratio) bool { return max(a-b, b-a) <= closest*max(a, b) })
}

// raised is the ratio to which the first tokens are raised for t of the first cut to be
// the goal.
func (g *guess) raised(cut int, goal float64) float64 {
	missing := goal - g.tUp[cut]
	// The first m tokens are raised to one level, for the least m at which it does not pass the
	// next.
	for m := 1; m <= cut && missing > 0; m++ {
		if level := (missing + g.tUp[m]) / g.pUp[m]; m == cut || level <= g.ratios[m] {
			return level
		}
	}
	return 0
}

// lowered is the ratio to which the last tokens are lowered for t behind the first cut to
// be the goal.
func (g *guess) lowered(cut int, goal float64) float64 {
	// The tokens from m on likewise, from above.
	for m := len(g.ratios) - 1; m >= cut && g.tDown[cut] > goal; m-- {
		// Of nothing there is no level: such tokens go with the next.
		if g.pDown[m] == 0 {
			continue
		}
		// What those between keep of the goal.
		kept := g.tDown[cut] - g.tDown[m]
		if level := (goal - kept) / g.pDown[m]; m == cut || level >= g.ratios[m-1] {
			return level
		}
	}
	return math.Inf(1)
}

// A scaled number is a float times a power of two.
type scaled struct {
	m float64
	e int
}

// float takes the leading digits, with the exponent apart: weights of long fractions overflow a
// float64.
func float(x rational.Int) scaled {
	m, e := x.Leading()
	return scaled{float64(m), e}
}

func (a scaled) quo(b scaled) scaled { return scaled{a.m / b.m, a.e - b.e} }

func (a scaled) over(b scaled) float64 { return math.Ldexp(a.m/b.m, a.e-b.e) }

// places are where the levels lie in the order: the first token at each level or above.
func (g *guess) places() []int {
	// The list of ratios ascends, but for rounding.
	return each.Of(g.levels, func(x ratio) int { return sort.SearchFloat64s(g.ratios, float64(x)) })
}

// masses are the weights of the levels.
func (g *guess) masses() []float64 {
	w := make([]float64, len(g.levels))
	places := append(g.places(), len(g.ratios))
	w[0] = g.pUp[places[0]]
	for b := range g.levels {
		p := g.pUp[places[b+1]] - g.pUp[places[b]]
		// Beyond the last level all tokens count for it.
		if b == len(g.levels)-1 {
			// There is no next level to share with.
			w[b] += p
			break
		}
		low, high := float64(g.levels[b]), float64(g.levels[b+1])
		// The mass of tokens between two levels is divided so that their mean is kept.
		above := 0.0
		for j := places[b]; j < places[b+1]; j++ {
			above += (g.ratios[j] - low) / (high - low) * (g.pUp[j+1] - g.pUp[j])
		}
		// Sums of floats may be a little more than the mass, and what is left would be negative.
		above = min(above, p)
		w[b], w[b+1] = w[b]+p-above, above
	}
	return w
}

// refine adds levels beside those where the spread of the levels is too large, until there is
// none, and reports whether that was reached.
func (g *guess) refine() bool {
	for {
		w := g.masses()
		split := map[int]bool{} // the interval from this level to the next
		x, y := 0.0, 0.0
		for b, level := range g.levels {
			// Masses and values of the levels up to this one: X_b and Y_b of the package's text.
			x, y = x+w[b], y+w[b]*float64(level)
			// A law can be reached if no first part of it is below what K drafts put there at least: x^K.
			if y < math.Pow(x, float64(g.k))-g.tolerance {
				// On both sides of the level: its own spread is what is too large.
				split[b-1], split[b] = true, true
			}
		}
		// Nothing is left to divide: what is still too large is rounding.
		if !g.split(split) {
			return true
		}
		// A limit of time and size; the rule so far is evaluated all the same.
		if len(g.levels) > MaxLevels {
			return false
		}
	}
}

// split adds a level in the middle of the tokens of each interval, and reports whether
// there is one to add.
func (g *guess) split(at map[int]bool) bool {
	places := append(g.places(), len(g.ratios))
	before := len(g.levels)
	for b := range before - 1 {
		if !at[b] {
			continue
		}
		// The interval may be empty of tokens; then there is nothing that a level could tell
		// apart.
		from, to := places[b], places[b+1]
		// Tokens at the level itself do not move it.
		for from < to && ratio(g.ratios[from])-g.levels[b] <= closest*g.levels[b] {
			from++
		}
		if from < to {
			// By tokens and not by ratios: each new level has as many on both sides.
			g.levels = append(g.levels, ratio(g.ratios[(from+to)/2]))
		}
	}
	g.sortLevels()
	return len(g.levels) > before
}

// halve splits all intervals.
func (g *guess) halve() bool {
	all := map[int]bool{}
	for b := range g.levels {
		all[b] = true
	}
	return len(g.levels) <= MaxLevels && g.split(all)
}

// rowUnit is the sum of the weights of a level.
const rowUnit = 1 << 52

// transport spreads each level over the classes, keeping means: from the lowest level on, a
// level takes a window of what is left of the classes, in ascending order of their slopes,
// which has the mass and the mean of the level. Rows are weights that sum to rowUnit.
func (g *guess) transport() [][]int64 {
	w := g.masses()
	left, slope := slices.Clone(w), make([]float64, len(w))
	x, before := 0.0, 0.0
	for c, m := range w {
		x += m
		// The sum of masses may pass 1 by a rounding.
		power := math.Pow(min(x, 1), float64(g.k))
		if m > 0 {
			slope[c] = (power - before) / m
		}
		before = power
	}
	rows := make([][]int64, len(w))
	for b, m := range w {
		row := make([]float64, len(w))
		// An empty level takes nothing: rounded gives it a class all the same, as a rule needs one.
		if m > 0 {
			takeWindow(row, left, slope, m, float64(g.levels[b]))
		}
		// There are as many classes as levels: class b is there for level b if it takes nothing.
		rows[b] = rounded(row, b)
	}
	return rows
}

// takeWindow moves mass from left to row.
func takeWindow(row, left, slope []float64, mass, mean float64) {
	i, j, taken, value := 0, 0, 0.0, 0.0 // the window is from class i to class j
	for ; j < len(left); j++ {
		// As much as fits of each class, from what earlier levels have left.
		part := min(left[j], mass-taken)
		row[j], taken, value = part, taken+part, value+part*slope[j]
		// The last digit of a sum of floats is noise, which would begin another class.
		if taken >= mass*(1-1e-15) {
			break
		}
	}
	// The window takes the lowest slopes first; it is moved up until its mean is that of the level.
	for j < len(left) && value < mass*mean {
		for i < j && row[i] == 0 {
			i++
		}
		room := left[j] - row[j]
		if room <= 0 || i == j { // a window within one class has its slope as the mean
			j++
			continue
		}
		rate := slope[j] - slope[i]
		// From the lowest class of the window to the first beyond it.
		step := min(room, row[i])
		// The last move: a part of it reaches the mean exactly, but for rounding.
		if missing := mass*mean - value; rate*step >= missing {
			// Equal slopes cannot change the mean.
			if rate > 0 {
				row[i], row[j] = row[i]-missing/rate, row[j]+missing/rate
			}
			break
		}
		row[i], row[j], value = row[i]-step, row[j]+step, value+rate*step
	}
	for c := range left {
		// Rounding must not leave less than nothing.
		left[c] = max(0, left[c]-row[c])
	}
}

// rounded turns a row into integers; what is empty has one class.
func rounded(row []float64, class int) []int64 {
	out := make([]int64, len(row))
	total := 0.0
	for _, v := range row {
		total += v
	}
	if total == 0 {
		out[class] = rowUnit
		return out
	}
	// The largest entry takes up what rounding leaves, so that the row sums to rowUnit.
	most, sum := 0, int64(0)
	for c, v := range row {
		// Each is off by half a unit at most.
		out[c] = int64(math.Round(v / total * rowUnit))
		if sum += out[c]; out[c] > out[most] {
			most = c
		}
	}
	out[most] += rowUnit - sum
	return out
}
