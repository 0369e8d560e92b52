package vcheck

import (
	"fmt"
	"sort"
	"strings"
)

// A document is a text of integers: facts, then steps (see checker/document.v). The documents
// here are the identities that prove a cell for n tokens and supports of at most k tokens:
// feasible is MD-T2 in the chamber u_1 ≥ … ≥ u_n, optimum is MD-T3 for 1 ≥ z_1 ≥ … ≥ z_n ≥ 0.

// A polynomial maps monomials, variables joined by spaces in ascending order, to coefficients.
type polynomial map[string]int

type document struct {
	variables map[string]int
	facts     []string
	products  [][2]int
}

func newDocument() *document { return &document{variables: map[string]int{}} }

func (d *document) variable(name string, index ...int) int {
	key := name + fmt.Sprint(index)
	if d.variables[key] == 0 {
		d.variables[key] = len(d.variables) + 1
	}
	return d.variables[key]
}

func (p polynomial) add(coefficient int, variables ...int) {
	sort.Ints(variables)
	p[strings.Trim(fmt.Sprint(variables), "[]")] += coefficient
}

func (p polynomial) String() string {
	var terms []string
	for m, c := range p {
		if c != 0 {
			terms = append(terms, strings.TrimSpace(fmt.Sprintf("%d %d %s", c, len(strings.Fields(m)), m)))
		}
	}
	sort.Strings(terms)
	return strings.TrimSpace(fmt.Sprintf("%d %s", len(terms), strings.Join(terms, " ")))
}

// fact adds p ≥ 0 (relation 0), p > 0 (1) or p = 0 (2) and returns its number.
func (d *document) fact(relation int, p polynomial) int {
	d.facts = append(d.facts, fmt.Sprintf("%d %v", relation, p))
	return len(d.facts)
}

func (d *document) multiply(i, j int) { d.products = append(d.products, [2]int{i, j}) }

// text ends the document with one step: goal ≥ 0 is the sum of the products, plus u times the
// fact equation if there is one.
func (d *document) text(goal polynomial, u, equation int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d\n%s\n1\n1 0 %v %d", len(d.facts), strings.Join(d.facts, "\n"), goal, len(d.products))
	for _, p := range d.products {
		fmt.Fprintf(&b, " 1 2 %d %d", p[0], p[1])
	}
	if equation > 0 {
		fmt.Fprintf(&b, " 1 1 1 1 %d %d\n", u, equation)
	} else {
		b.WriteString(" 0\n")
	}
	return b.String()
}

// supports lists the sets of 2 to k tokens out of 1..n, in ascending order.
func supports(k, n int) (list [][]int) {
	var grow func(set []int, next int)
	grow = func(set []int, next int) {
		if len(set) >= 2 {
			list = append(list, append([]int(nil), set...))
		}
		if len(set) == k {
			return
		}
		for i := next; i <= n; i++ {
			grow(append(set, i), i+1)
		}
	}
	grow(nil, 1)
	return list
}

// feasible is the identity
//
//	Σ u_i (q_i − b_i) + Σ v_T b_T = Σ (u_j − u_{j+1})(q(S_j) − B(S_j)) + Σ (u_{max T} + v_T) b_T + u_n (q(Ω) − B(Ω)).
func feasible(k, n int) string {
	d := newDocument()
	u := func(i int) int { return d.variable("u", i) }
	q := func(i int) int { return d.variable("q", i) }
	b := func(set ...int) int { return d.variable("b", set...) }
	v := func(set []int) int { return d.variable("v", set...) }
	row := func(j int) polynomial { // q(S_j) − B(S_j)
		p := polynomial{}
		for i := 1; i <= j; i++ {
			p.add(1, q(i))
			p.add(-1, b(i))
		}
		for _, t := range supports(k, n) {
			if t[len(t)-1] <= j {
				p.add(-1, b(t...))
			}
		}
		return p
	}
	for j := 1; j < n; j++ {
		step := polynomial{}
		step.add(1, u(j))
		step.add(-1, u(j+1))
		d.multiply(d.fact(0, step), d.fact(0, row(j)))
	}
	equation := d.fact(2, row(n))
	goal := polynomial{}
	for i := 1; i <= n; i++ {
		goal.add(1, u(i), q(i))
		goal.add(-1, u(i), b(i))
	}
	for _, t := range supports(k, n) {
		pair, mass := polynomial{}, polynomial{}
		pair.add(1, u(t[len(t)-1]))
		pair.add(1, v(t))
		mass.add(1, b(t...))
		d.multiply(d.fact(0, pair), d.fact(0, mass))
		goal.add(1, v(t), b(t...))
	}
	return d.text(goal, u(n), equation)
}

// optimum shows Σ q_i (1 − z_i) + Σ b_i z_i + Σ v_T b_T ≥ P for every P below the prefix cuts.
func optimum(k, n int) string {
	d := newDocument()
	z := func(i int) int { return d.variable("z", i) }
	q := func(i int) int { return d.variable("q", i) }
	b := func(set ...int) int { return d.variable("b", set...) }
	v := func(set []int) int { return d.variable("v", set...) }
	value := d.variable("P")
	goal := polynomial{}
	for j := 0; j <= n; j++ {
		weight, cut := polynomial{}, polynomial{} // w_j and its cut minus P
		if j == 0 {
			weight.add(1)
		} else {
			weight.add(1, z(j))
		}
		if j < n {
			weight.add(-1, z(j+1))
		}
		for i := 1; i <= n; i++ {
			if i > j {
				cut.add(1, q(i))
			} else {
				cut.add(1, b(i))
			}
		}
		for _, t := range supports(k, n) {
			if t[0] <= j {
				cut.add(1, b(t...))
			}
		}
		cut.add(-1, value)
		d.multiply(d.fact(0, weight), d.fact(0, cut))
	}
	for i := 1; i <= n; i++ {
		goal.add(1, q(i))
		goal.add(-1, z(i), q(i))
		goal.add(1, z(i), b(i))
	}
	for _, t := range supports(k, n) {
		pair, mass := polynomial{}, polynomial{}
		pair.add(1, v(t))
		pair.add(-1, z(t[0]))
		mass.add(1, b(t...))
		d.multiply(d.fact(0, pair), d.fact(0, mass))
		goal.add(1, v(t), b(t...))
	}
	goal.add(-1, value)
	return d.text(goal, 0, 0)
}
