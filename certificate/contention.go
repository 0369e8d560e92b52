package certificate

import (
	"fmt"
	"math/big"
	"strings"
)

// Families of statements on forward-backward contention resolution.
const (
	ContentionUnit      = "contention-unit"      // one instance of the single-unit problem
	ContentionKnapsack  = "contention-knapsack"  // one instance of the knapsack problem
	ContentionRationing = "contention-rationing" // one instance of rationing
	ContentionPhi       = "contention-phi"       // inequalities on a whole interval
)

// MaxElements is the largest number of elements or agents of a statement of these
// families.
const MaxElements = 512

// MaxSizes is the largest number of values that the size of one element, or the demand
// of one agent, may have.
const MaxSizes = 64

// TwoOrders is a list for each order of arrival, element 1 first in both.
type TwoOrders struct{ Forward, Backward []*big.Rat }

func (t TwoOrders) lists() [2][]*big.Rat { return [2][]*big.Rat{t.Forward, t.Backward} }

var orderNames = [2]string{"forward", "backward"}

// sequence returns the elements 0..n-1 in the order of their arrival.
func sequence(order, n int) []int {
	s := make([]int, n)
	for t := range s {
		s[t] = t
		if order == 1 {
			s[t] = n - 1 - t
		}
	}
	return s
}

// rationals reads a list of exactly n rationals.
func (r *reader) rationals(n int) []*big.Rat {
	v := make([]*big.Rat, n)
	r.tuple(n, func(i int) { v[i] = r.rational() })
	return v
}

// twoOrders reads the members "forward" and "backward", each a list of n
// rationals, with a prefix to their names.
func (r *reader) twoOrders(prefix string, n int) [2][]*big.Rat {
	var v [2][]*big.Rat
	for o, name := range orderNames {
		r.member(prefix+name, func() { v[o] = r.rationals(n) })
	}
	return v
}

func (e *encoder) twoOrders(prefix string, t TwoOrders) {
	for o, list := range t.lists() {
		if o > 0 {
			e.text(",\n")
		}
		e.text("\"" + prefix + orderNames[o] + "\":")
		e.rats(list)
	}
}

// quietly says whether check rejects nothing, for use by a writer.
func quietly(check func(r *reader)) bool { return run(func() { check(new(reader)) }) == nil }

// open writes the beginning of a document, up to the members of the statement.
func (e *encoder) open(family string) {
	e.text("{\n\"format\":")
	e.quoted(Format)
	e.text(",\n\"statement\":{\"family\":")
	e.quoted(family)
}

// unitInterval reads a rational between 0 and 1.
func (r *reader) unitInterval(what string) *big.Rat {
	v := r.rational()
	if v.Sign() < 0 || r.cmp(v, ratOne) > 0 {
		r.rejectLast("%s %s is not between 0 and 1", what, short(v))
	}
	return v
}

var (
	ratZero = new(big.Rat)
	ratHalf = big.NewRat(1, 2)
)

func add(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }
func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func mul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

// A telling is the account of a contention family.
type telling struct {
	name   string // the statement in short
	lines  []string
	detail []string
}

func (t *telling) title() string     { return t.name }
func (t *telling) statement() string { return joinLines(t.lines) }
func (t *telling) figures() string   { return joinLines(t.detail) }

func joinLines(lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l + "\n")
	}
	return b.String()
}

// report makes a report of claims, each with its meaning.
func (t *telling) report(claims []Claim, meaning map[string]string) Report {
	for _, c := range claims {
		t.lines = append(t.lines, fmt.Sprintf("%s %s: %s", c.Tag, c.Status, meaning[c.Tag]))
	}
	return Report{Claims: claims, account: t}
}

var ratOne = big.NewRat(1, 1)

// additionCost is that of adding to a coefficient of an expansion.
const additionCost = 800
