package input

import (
	"errors"
	"fmt"
	"io"
	"math"

	"pstar/cmd/verify/internal/run"
	"pstar/format/npy"
)

// NextVector reads a row of an array; io.EOF after the last. Logits are kept as they are;
// another value that is no probability gives a *rowError, and the rows after it can still be read.
func NextVector(n *npy.Reader, logits bool) (Vector, error) {
	floats, err := n.Next()
	if err != nil {
		return Vector{}, err
	}
	if logits {
		return Vector{numbers: numbers{floats}}, nil
	}
	v, err := dyadicVector(floats)
	if err != nil {
		return Vector{}, &RowError{fmt.Errorf("%s: row %d: %w", n.Name, n.Row, err)}
	}
	return v, nil
}

// RowError is a bad row in a file whose other rows can be read.
type RowError struct{ error }

func (e *RowError) Unwrap() error { return e.error }

// readArray reads all rows of an array of at most two dimensions.
func readArray(c *run.Call, text string, logits bool) ([]Vector, error) {
	a, err := OpenArray(c, text)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	if len(a.Shape) > 2 {
		return nil, fmt.Errorf("%s: %d dimensions, want one or two", a.Name, len(a.Shape))
	}
	var rows []Vector
	for {
		v, err := NextVector(a.Reader, logits)
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, a.Explain(err)
		}
		rows = append(rows, v)
	}
}

// dyadicVector takes the floats for the numbers that they are, which must be probabilities.
func dyadicVector(floats []float64) (Vector, error) {
	for i, f := range floats {
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return Vector{}, fmt.Errorf("number %d is %v, want a probability", i+1, f)
		}
		if f < 0 {
			return Vector{}, fmt.Errorf("number %d is %v, want no negative probability", i+1, f)
		}
	}
	weights, unit := npy.Exact(floats)
	return Vector{weights: weights, unit: unit}, nil
}

// logits are the numbers as floats, rounded if they were no floats.
func (v Vector) logits() []float64 {
	if v.floats != nil {
		return v.floats
	}
	list := make([]float64, len(v.weights))
	for i, x := range v.Rats() {
		list[i] = x.Float64()
	}
	return list
}

// numbers are logits as an array has them.
type numbers struct{ floats []float64 }
