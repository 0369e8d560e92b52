package theorems

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Range is a range of positive integers, written 3 or 2..6.
type Range struct{ First, Last int }

// Single reports whether the range is one number.
func (r Range) Single() bool { return r.First == r.Last }

// String implements flag.Value.
func (r *Range) String() string {
	switch {
	case *r == Range{}:
		return ""
	case r.Single():
		return strconv.Itoa(r.First)
	}
	return fmt.Sprintf("%d..%d", r.First, r.Last)
}

// maxRange bounds how many numbers a range has, so that a mistyped one is an error and
// not a very long list. How large they may be is known to what they are given to, and said there.
const maxRange = 1_000_000

// Set reads a range; it implements flag.Value.
func (r *Range) Set(s string) error {
	low, high, isRange := strings.Cut(s, "..")
	if !isRange {
		high = low
	}
	first, err := parsePositive(low)
	if err != nil {
		return err
	}
	last, err := parsePositive(high)
	if err != nil {
		return err
	}
	// Not turned round silently: it may be a slip in one of the numbers.
	if first > last {
		return fmt.Errorf("the range ends before it begins; did you mean %d..%d?", last, first)
	}
	if last-first >= maxRange {
		return fmt.Errorf("expected a range of at most %d numbers, found %d", maxRange, last-first+1)
	}
	*r = Range{first, last}
	return nil
}

// parsePositive reads one end of a range. Its error promises no largest number, as that would be
// another one than is then allowed.
func parsePositive(s string) (int, error) {
	n, err := strconv.Atoi(s)
	switch {
	case errors.Is(err, strconv.ErrRange) && n > 0:
		return 0, fmt.Errorf("expected a smaller number, found %s", s)
	case err != nil || n < 1:
		return 0, fmt.Errorf("expected a positive whole number such as 3, or a range such as 2..6")
	}
	return n, nil
}

// Grid lists a task for each pair of two ranges, those of a number in the first one together.
func Grid(rows, columns Range, task func(row, column int) Task) (tasks []Task) {
	for i := rows.First; i <= rows.Last; i++ {
		for j := columns.First; j <= columns.Last; j++ {
			t := task(i, j)
			// A task may have said where it stands, with how much work it is.
			if t.Cell == nil {
				t.Cell = &Cell{Row: i, Column: j}
			}
			tasks = append(tasks, t)
		}
	}
	return tasks
}
