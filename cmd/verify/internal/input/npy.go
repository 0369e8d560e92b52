package input

import (
	"errors"
	"fmt"
	"io"
	"math"

	"pstar/cmd/verify/internal/run"
	"pstar/format/npy"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/sampling"
)

// NextVector reads a row of an array; io.EOF after the last. Logits are kept as they are;
// another value that is no probability gives a [*RowError], and the rows after it can still be read.
func NextVector(n *npy.Reader, logits bool) (Vector, error) {
	if logits {
		floats, err := n.Next()
		if err != nil {
			return Vector{}, err
		}
		// Any number may be a logit, minus infinity included, which is a token that cannot be drawn.
		return Vector{numbers: numbers{floats}}, nil
	}
	weights, unit, err := n.NextWeights()
	if bad := (*npy.WeightError)(nil); errors.As(err, &bad) {
		return Vector{}, &RowError{fmt.Errorf("%s: row %d: number %d is %v, %s", n.Name, n.Row, bad.Number, bad.Value, wanted(bad.Value))}
	}
	if err != nil {
		return Vector{}, err
	}
	return Vector{weights: weights, unit: unit}, nil
}

// wanted says what is wanted in place of a number that is no probability.
func wanted(f float64) string {
	// Logits that were meant for -logits often are what stands here, or a softmax that overflowed.
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "want a probability"
	}
	// Not clipped to 0: a negative probability has another cause than rounding.
	return "want no negative probability"
}

// RowError is a bad row in a file whose other rows can be read.
type RowError struct{ error }

// Unwrap implements the interface of package errors.
func (e *RowError) Unwrap() error { return e.error }

// readArray reads all rows of an array of at most two dimensions.
func readArray(c *run.Call, text string, logits bool) ([]Vector, error) {
	a, err := OpenArray(c, text)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	// A batch of steps has more dimensions: that is what steps reads, row by row.
	if len(a.Shape) > 2 {
		return nil, fmt.Errorf("%s: %d dimensions, want one or two", a.Name, len(a.Shape))
	}
	var rows []Vector
	// All rows are held: each is the law of a draft, of which there are few.
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

// logits are the numbers as floats, rounded if they were no floats.
func (v Vector) logits() []float64 {
	// Of an array they are the very numbers, infinities included.
	if v.floats != nil {
		return v.floats
	}
	list := make([]float64, v.weights.Len())
	// Of numbers in a text each is rounded to the nearest float: the bound of softmax has room for it.
	for i, x := range v.Rats() {
		list[i] = x.Float64()
	}
	return list
}

// byLogits orders tokens by what was read: numbers are compared as the fractions that they are, not as the
// floats that they round to.
func (v Vector) byLogits() []int {
	if v.floats == nil {
		return multidraft.Distribution{Weights: v.weights}.Likeliest(v.weights.Len())
	}
	return sampling.ByLogits(v.floats)
}

// numbers are logits as an array has them.
type numbers struct{ floats []float64 }
