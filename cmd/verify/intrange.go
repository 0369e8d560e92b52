package main

import (
	"fmt"
	"strconv"
	"strings"
)

// intRange is a range of positive integers, written 3 or 2..6.
type intRange struct{ first, last int }

func (r intRange) single() bool { return r.first == r.last }

// String implements flag.Value.
func (r *intRange) String() string {
	switch {
	case *r == intRange{}:
		return ""
	case r.single():
		return strconv.Itoa(r.first)
	}
	return fmt.Sprintf("%d..%d", r.first, r.last)
}

// maxRange bounds the ends of a range, so that a mistyped one is an error and
// not a very long list. What a cell allows is smaller.
const maxRange = 1_000_000

// Set reads a range; it implements flag.Value.
func (r *intRange) Set(s string) error {
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
	if first > last {
		return fmt.Errorf("the range ends before it begins; did you mean %d..%d?", last, first)
	}
	*r = intRange{first, last}
	return nil
}

func parsePositive(s string) (int, error) {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		return 0, fmt.Errorf("expected a positive whole number such as 3, or a range such as 2..6")
	case n < 1 || n > maxRange:
		return 0, fmt.Errorf("expected a number from 1 to %d", maxRange)
	}
	return n, nil
}
