package guess

import (
	"math"

	"pstar/internal/each"
	"pstar/lp/internal/lists"
	"pstar/rational"
)

// shadow is the problem in float64, scaled by powers of two so that the coefficients come
// near to 1. It serves to guess a basis.
//
// Its values are rounded, so that it is another problem than the one to be solved, only
// near to it.
type shadow struct {
	rows, columns int
	byColumn      lists.Of[float64] // of the columns of the problem
	byRow         lists.Of[float64] // the same by rows
	scale         []int             // of every variable: its value is 2^scale times that in the shadow
	lower, upper  []float64
	cost          []float64
	identity      []int32 // 0, 1, 2, ...
	spread        float64 // the logarithm of the largest coefficient or its inverse
}

// The coefficients are gone through twice: to count them, and to take them.
func newShadow(rows, columns int, entries func(row int, yield func(column int, v rational.Int))) *shadow {
	s := &shadow{rows: rows, columns: columns}
	s.byRow.Reset()
	size := 0
	for i := range rows {
		entries(i, func(int, rational.Int) { size++ })
	}
	// Values are kept with their exponents until they are scaled.
	values := make([]long, 0, size)
	s.byRow.Index, s.byRow.Value = make([]int32, 0, size), make([]float64, 0, size)
	for i := range rows {
		entries(i, func(column int, v rational.Int) {
			// Values stay empty until they can be scaled.
			values = append(values, longInt(v))
			s.byRow.Add(int32(column), 0)
		})
		s.byRow.End()
	}
	s.rescale(values)
	s.transpose()
	// The column of each logical variable is a part of this list.
	for i := range s.rows {
		s.identity = append(s.identity, int32(i))
	}
	n := s.columns + s.rows
	s.lower, s.upper, s.cost = make([]float64, n), make([]float64, n), make([]float64, n)
	return s
}

// transpose makes the columns from the rows.
func (s *shadow) transpose() {
	counts := make([]int32, s.columns)
	for _, j := range s.byRow.Index {
		// Counts become places.
		counts[j]++
	}
	s.byColumn.Prepare(counts)
	for i := range s.rows {
		index, value := s.byRow.Part(i)
		for e, j := range index {
			s.byColumn.Place(counts, j, int32(i), value[e])
		}
	}
}

// scalingPasses is how often rows and columns are scaled in turn. The first pass does
// most; later ones hardly change anything.
const scalingPasses = 4

// rescale sets the values of the rows, divided by rows and columns by about the geometric
// mean of their smallest and largest entries. Powers of two change no digit. The
// logical variable of a row is scaled against it, so that its column stays −1.
func (s *shadow) rescale(values []long) {
	// Scaling is done on logarithms.
	logs := each.Of(values, long.log)
	row, col := make([]float64, s.rows), make([]float64, s.columns)
	for range scalingPasses {
		s.balance(logs, row, col)
	}
	s.scale = make([]int, s.columns+s.rows)
	for j := range col {
		s.scale[j] = int(math.Round(col[j]))
	}
	for i := range row {
		by := int(math.Round(row[i]))
		s.scale[s.columns+i] = -by
		for e := s.byRow.Start[i]; e < s.byRow.Start[i+1]; e++ {
			// Half the range that is left when scaling has done what it can. What is
			// left shows how well scaling has done.
			s.spread = max(s.spread, math.Abs(logs[e]+row[i]+col[s.byRow.Index[e]]))
			s.byRow.Value[e] = values[e].shifted(by + s.scale[s.byRow.Index[e]]).float()
		}
	}
}

// balance does one pass over the rows and one over the columns. A row without entries
// keeps its scale.
func (s *shadow) balance(logs, row, col []float64) {
	low, high := make([]float64, s.columns), make([]float64, s.columns)
	for j := range low {
		low[j], high[j] = math.Inf(1), math.Inf(-1)
	}
	for i := range row {
		// The smallest and the largest entry of the row, as the columns are scaled so
		// far.
		a, b := math.Inf(1), math.Inf(-1)
		for e := s.byRow.Start[i]; e < s.byRow.Start[i+1]; e++ {
			x := logs[e] + col[s.byRow.Index[e]]
			a, b = min(a, x), max(b, x)
		}
		if a <= b {
			row[i] = -(a + b) / 2
		}
		// And of each column, as the row is scaled now.
		for e := s.byRow.Start[i]; e < s.byRow.Start[i+1]; e++ {
			j := s.byRow.Index[e]
			x := logs[e] + row[i]
			low[j], high[j] = min(low[j], x), max(high[j], x)
		}
	}
	for j := range col {
		if low[j] <= high[j] {
			col[j] = -(low[j] + high[j]) / 2
		}
	}
}

// column returns the rows and values of a variable in the equations A x − r = 0,
// where r are the logical variables. The column of a logical variable has one entry.
func (s *shadow) column(j int32) ([]int32, []float64) {
	if int(j) < s.columns {
		return s.byColumn.Part(int(j))
	}
	i := int(j) - s.columns
	return s.identity[i : i+1], minusOne[:]
}

var minusOne = [1]float64{-1}
