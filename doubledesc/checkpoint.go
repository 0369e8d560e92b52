package doubledesc

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"pstar/cone"
	"pstar/doubledesc/internal/pivot"
	"pstar/doubledesc/internal/ray"
	"pstar/doubledesc/internal/simplicial"
	"pstar/internal/bitset"
	"pstar/rational"
)

// A Checkpoint is all that a conversion needs to go on from where it was: see
// [Options.Keep]. It is of one list of rows and one [Order].
type Checkpoint struct {
	of    string // the digest of the rows and equations, see digestOf
	taken []int  // the rows that were taken in, by their place in the order
	// rays are the extreme rays of the cone of those rows, in all coordinates; of a walk
	// those that it has found, all of which are rays of the cone asked for.
	rays   []cone.Vector
	walk   *pivot.Walk // nil if rows were taken in
	whole  bool        // all rays of the cone are there
	effort int64       // until then, of which the limits of proofs are made
}

// Rays returns how many rays there are, and whether they are rays of the result.
func (c *Checkpoint) Rays() (count int, final bool) {
	return len(c.rays), c.walk != nil || c.whole
}

// checkpointHead is the first line of a checkpoint in writing.
type checkpointHead struct {
	Of     string      `json:"of"`
	Taken  []int       `json:"taken"`
	Rays   int         `json:"found"`
	Whole  bool        `json:"whole,omitempty"`
	Effort int64       `json:"effort"`
	Walk   *pivot.Walk `json:"walk,omitempty"`
}

// Write writes the checkpoint: a line of JSON, and a line for each ray, with the places of
// its entries, from 0, and their values.
// Rays are in no order that means anything. The error is that of the writer.
func (c *Checkpoint) Write(w io.Writer) error {
	head, err := json.Marshal(checkpointHead{c.of, c.taken, len(c.rays), c.whole, c.effort, c.walk})
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, 1<<16)
	b.Write(append(head, '\n'))
	var line []byte
	for _, r := range c.rays {
		line = line[:0]
		for k, e := range r {
			if k > 0 {
				line = append(line, ' ')
			}
			line = strconv.AppendInt(line, int64(e.Index), 10)
			line = append(line, ' ')
			line = e.Value.Append(line)
		}
		if _, err := b.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return b.Flush()
}

// ReadCheckpoint reads what [Checkpoint.Write] wrote. Whether it belongs to a cone shows
// when a conversion goes on from it.
func ReadCheckpoint(text []byte) (*Checkpoint, error) {
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	var head checkpointHead
	if err := json.Unmarshal(line, &head); err != nil {
		return nil, fmt.Errorf("doubledesc: a checkpoint: %w", err)
	}
	c := &Checkpoint{of: head.Of, taken: head.Taken, whole: head.Whole, walk: head.Walk, effort: head.Effort}
	for len(rest) > 0 {
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		r, err := readRay(line)
		if err != nil {
			return nil, fmt.Errorf("doubledesc: ray %d of a checkpoint: %w", len(c.rays)+1, err)
		}
		c.rays = append(c.rays, r)
	}
	// A file that was cut off at the end of a line shows here.
	if len(c.rays) != head.Rays {
		return nil, fmt.Errorf("doubledesc: a checkpoint has %d rays, and says %d", len(c.rays), head.Rays)
	}
	return c, nil
}

// readRay reads places and values, in ascending order of places.
// The length of the vector is not asked for: fits knows the dimension.
func readRay(line []byte) (r cone.Vector, err error) {
	fields := bytes.Fields(line)
	if len(fields)%2 != 0 {
		return nil, errors.New("a place without a value")
	}
	for ; len(fields) > 0; fields = fields[2:] {
		place, err := strconv.Atoi(string(fields[0]))
		if err != nil {
			return nil, err
		}
		value, err := rational.ParseInt(string(fields[1]))
		if err != nil {
			return nil, err
		}
		if place < 0 || value.IsZero() || len(r) > 0 && place <= r[len(r)-1].Index {
			return nil, errors.New("places that do not ascend, or a value of 0")
		}
		r = append(r, cone.Entry{Index: place, Value: value})
	}
	return r, nil
}

// ErrCheckpoint is the error of a conversion that is to go on from a checkpoint of another
// cone, or of another order of its rows.
var ErrCheckpoint = errors.New("doubledesc: the checkpoint is of other rows, or of another order")

// digestOf tells lists of rows from others, in another order too.
// Each list begins with its length, so that rows and equations cannot change places.
func digestOf(rows, equations []cone.Vector) string {
	h := sha256.New()
	for _, list := range [][]cone.Vector{rows, equations} {
		fmt.Fprintln(h, len(list))
		for _, a := range list {
			fmt.Fprintln(h, len(a), a.Key())
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// fits reports whether a checkpoint is one of these rows, in dimension dim: the rays
// satisfy the rows and equations that were taken in. That none is missing is not seen here,
// but by [Complete].
func (c *Checkpoint) fits(of string, rows, equations []cone.Vector, dim int) bool {
	if c.of != of {
		return false
	}
	taken := make([]cone.Vector, 0, len(rows))
	for _, i := range c.taken {
		if i < 0 || i >= len(rows) {
			return false
		}
		taken = append(taken, rows[i])
	}
	// Of a walk, or at the end, the rays are of all rows.
	if _, final := c.Rays(); final {
		taken = rows
	}
	h := &cone.H{Dim: dim, Inequalities: taken, Equations: equations}
	for _, r := range c.rays {
		if len(r) == 0 || r[len(r)-1].Index >= dim || !h.Contains(r) {
			return false
		}
	}
	return true
}

// restore makes the engine, which has just begun, one that has taken in the rows of a
// checkpoint, and returns the rows that are left. Bases of rays are not kept, and are found
// anew where they are needed; rows that cut nothing have a number now, which changes
// nothing but the sizes of sets.
func (e *engine) restore(from *Checkpoint, rows []cone.Vector, first *simplicial.Cone, c *coordinates) (left []pending) {
	e.effort = from.effort
	for _, s := range e.alive.Members(nil) {
		e.release(s)
	}
	taken := make([]bool, len(rows))
	number := make([]int, 0, len(rows)) // of the rows taken in, in the engine
	var halfspaces []*ray.Halfspace
	for k, i := range first.Basis {
		taken[i] = true
		number, halfspaces = append(number, k), append(halfspaces, c.halfspace(rows[i]))
	}
	for _, i := range from.taken {
		if !taken[i] {
			taken[i] = true
			number, halfspaces = append(number, e.addRow(rows[i])), append(halfspaces, c.halfspace(rows[i]))
		}
	}
	// Incidences are computed anew, and not believed.
	for _, r := range from.rays {
		s := e.allocate()
		e.rays[s] = ray.New(c.shrink(r))
		e.tight[s] = bitset.Set(make([]uint64, e.words))
		for k, h := range halfspaces {
			if v := h.Dot(&e.rays[s]); v.IsZero() {
				e.mark(s, number[k])
			}
		}
	}
	for i, a := range rows {
		if !taken[i] {
			left = append(left, pending{a, i})
		}
	}
	return left
}

// checkpoint is the state between two rows.
// The rays are copies; taken is shared, and must not change before it is written.
func (e *engine) checkpoint(of string, taken []int, c *coordinates) *Checkpoint {
	return &Checkpoint{of: of, taken: taken, effort: e.effort, rays: e.vectors(c, false)}
}

// finished hands out the last checkpoint, from which nothing is left to be done.
func (o *Options) finished(rays []cone.Vector) error {
	if o.Keep == nil {
		return nil
	}
	return o.Keep(true, func() *Checkpoint {
		return &Checkpoint{of: o.digest, rays: rays, whole: true, effort: *o.Effort}
	})
}
