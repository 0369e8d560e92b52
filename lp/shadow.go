package lp

import (
	"math"
	"math/big"

	"pstar/rational"
)

// shadow is a form in float64, scaled by powers of two so that the coefficients come
// near to 1. It serves to guess a basis.
type shadow struct {
	rows, columns int
	byColumn      luParts   // of the columns of the problem
	byRow         luParts   // the same by rows
	scale         []float64 // of every variable: its value is scale times that in the shadow
	lower, upper  []float64
	cost          []float64
	identity      []int32 // 0, 1, 2, ...
}

func newShadow(f *form) *shadow {
	s := &shadow{rows: len(f.equations), columns: f.columns}
	s.byRow.reset()
	for _, entries := range f.equations {
		for _, e := range entries {
			s.byRow.add(int32(e.column), floatOf(e.value))
		}
		s.byRow.end()
	}
	s.rescale()
	s.transpose()
	for i := range s.rows {
		s.identity = append(s.identity, int32(i))
	}
	n := s.columns + s.rows
	s.lower, s.upper, s.cost = make([]float64, n), make([]float64, n), make([]float64, n)
	return s
}

// floatOf returns a float64 near x.
func floatOf(x rational.Int) float64 {
	if v, ok := x.Int64(); ok {
		return float64(v)
	}
	v, _ := new(big.Float).SetInt(x.Big()).Float64()
	return v
}

func (s *shadow) transpose() {
	counts := make([]int32, s.columns)
	for _, j := range s.byRow.index {
		counts[j]++
	}
	s.byColumn.prepare(counts)
	for i := range s.rows {
		index, value := s.byRow.part(i)
		for e, j := range index {
			s.byColumn.place(counts, j, int32(i), value[e])
		}
	}
}

// scalingPasses is how often rows and columns are scaled in turn.
const scalingPasses = 4

// rescale divides rows and columns by about the geometric mean of their smallest and
// largest entries. The factors are kept as exponents of two, beyond the range of
// float64 if need be.
func (s *shadow) rescale() {
	exponents := make([]float64, len(s.byRow.value))
	for e, v := range s.byRow.value {
		exponents[e] = math.Log2(math.Abs(v))
		if math.IsInf(exponents[e], 1) {
			exponents[e] = math.MaxFloat64
		}
	}
	row, col := make([]float64, s.rows), make([]float64, s.columns)
	for range scalingPasses {
		s.balance(exponents, row, col)
	}
	s.scale = make([]float64, s.columns+s.rows)
	for j := range col {
		s.scale[j] = math.Exp2(math.Round(col[j]))
	}
	for i := range row {
		s.scale[s.columns+i] = math.Exp2(-math.Round(row[i]))
		index, value := s.byRow.part(i)
		for e, j := range index {
			value[e] *= math.Exp2(math.Round(row[i]) + math.Round(col[j]))
		}
	}
}

// balance does one pass over the rows and one over the columns.
func (s *shadow) balance(exponents, row, col []float64) {
	low, high := make([]float64, s.columns), make([]float64, s.columns)
	for j := range low {
		low[j], high[j] = math.Inf(1), math.Inf(-1)
	}
	for i := range row {
		a, b := math.Inf(1), math.Inf(-1)
		for e := s.byRow.start[i]; e < s.byRow.start[i+1]; e++ {
			x := exponents[e] + col[s.byRow.index[e]]
			a, b = min(a, x), max(b, x)
		}
		if a <= b {
			row[i] = -(a + b) / 2
		}
		for e := s.byRow.start[i]; e < s.byRow.start[i+1]; e++ {
			j := s.byRow.index[e]
			x := exponents[e] + row[i]
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
// where r are the logical variables.
func (s *shadow) column(j int32) ([]int32, []float64) {
	if int(j) < s.columns {
		return s.byColumn.part(int(j))
	}
	i := int(j) - s.columns
	return s.identity[i : i+1], minusOne[:]
}

var minusOne = [1]float64{-1}
