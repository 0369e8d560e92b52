package input

import (
	"errors"
	"fmt"
	"io"
	"math"

	"pstar/cmd/verify/internal/run"
	"pstar/format/npy"
)

// NextVector reads a row of an array; io.EOF after the last. A value that is no
// probability gives a *rowError, and the rows after it can still be read.
func NextVector(n *npy.Reader) (Vector, error) {
	floats, err := n.Next()
	if err != nil {
		return Vector{}, err
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

// readNPY reads all rows of a file.
func readNPY(c *run.Call, path string) ([]Vector, error) {
	file, err := c.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	n, err := npy.NewReader(path, file)
	if err != nil {
		return nil, file.Explain(err)
	}
	if len(n.Shape) > 2 {
		return nil, fmt.Errorf("%s: %d dimensions, want one or two", path, len(n.Shape))
	}
	var rows []Vector
	for {
		v, err := NextVector(n)
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, file.Explain(err)
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
	return Vector{weights, unit}, nil
}
