package input

import (
	"errors"
	"fmt"
	"io"
	"math"
	"sync"

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
	// Probabilities are kept as integers, and the next row can have the room of the floats.
	room, _ := floatRooms.Get().(*[]float64)
	if room == nil {
		room = new([]float64)
	}
	defer floatRooms.Put(room)
	floats, err := n.NextInto(*room)
	if err != nil {
		return Vector{}, err
	}
	*room = floats
	v, err := dyadicVector(floats)
	if err != nil {
		return Vector{}, &RowError{fmt.Errorf("%s: row %d: %w", n.Name, n.Row, err)}
	}
	return v, nil
}

// floatRooms keeps *[]float64 of rows that were read.
var floatRooms sync.Pool

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

// dyadicVector takes the floats for the numbers that they are, which must be probabilities.
func dyadicVector(floats []float64) (Vector, error) {
	for i, f := range floats {
		// Logits that were meant for -logits often are what stands here, or a softmax that overflowed.
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return Vector{}, fmt.Errorf("number %d is %v, want a probability", i+1, f)
		}
		// Not clipped to 0: a negative probability has another cause than rounding.
		if f < 0 {
			return Vector{}, fmt.Errorf("number %d is %v, want no negative probability", i+1, f)
		}
	}
	// The floats are dyadic fractions, which one power of two turns into integers.
	weights, unit := npy.Exact(floats)
	return Vector{weights: weights, unit: unit}, nil
}

// logits are the numbers as floats, rounded if they were no floats.
func (v Vector) logits() []float64 {
	// Of an array they are the very numbers, infinities included.
	if v.floats != nil {
		return v.floats
	}
	list := make([]float64, len(v.weights))
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
		return multidraft.Distribution{Weights: v.weights}.Likeliest(len(v.weights))
	}
	return sampling.ByLogits(v.floats)
}

// numbers are logits as an array has them.
type numbers struct{ floats []float64 }
