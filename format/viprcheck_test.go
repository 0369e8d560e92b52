package format_test

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// viprCheck checks a certificate without integer variables by the public
// specification of VIPR 1.1: every solution feasible, every derivation a suitable
// linear combination that dominates what it derives, and the last one what is to be
// proved. It shares nothing with the writer.
func viprCheck(text string) (err error) {
	defer func() {
		if v := recover(); v != nil {
			e, ok := v.(viprFault)
			if !ok {
				panic(v)
			}
			err = e
		}
	}()
	c := &viprChecker{words: strings.Fields(text)}
	c.run()
	return nil
}

type viprFault string

func (f viprFault) Error() string { return string(f) }

type viprRow struct {
	sense string
	value *big.Rat
	coef  map[int]*big.Rat
}

type viprChecker struct {
	words     []string
	variables int
	maximise  bool
	cost      map[int]*big.Rat
	rows      []viprRow
	names     map[string]bool // of constraints and derivations
}

func (c *viprChecker) fail(format string, args ...any) {
	panic(viprFault(fmt.Sprintf(format, args...)))
}

func (c *viprChecker) word() string {
	if len(c.words) == 0 {
		c.fail("end of file")
	}
	w := c.words[0]
	c.words = c.words[1:]
	return w
}

func (c *viprChecker) expect(words ...string) {
	for _, w := range words {
		if got := c.word(); got != w {
			c.fail("expected %s, found %s", w, got)
		}
	}
}

func (c *viprChecker) index(limit int) int {
	w := c.word()
	n, err := strconv.Atoi(w)
	if err != nil || n < 0 || n >= limit {
		c.fail("bad index %s", w)
	}
	return n
}

func (c *viprChecker) number() *big.Rat {
	w := c.word()
	v, ok := new(big.Rat).SetString(w)
	if !ok {
		c.fail("bad number %s", w)
	}
	return v
}

func (c *viprChecker) sparse(limit int) map[int]*big.Rat {
	v := map[int]*big.Rat{}
	for range c.index(1 << 30) {
		i := c.index(limit)
		if v[i] != nil {
			c.fail("index %d twice", i)
		}
		v[i] = c.number()
	}
	return v
}

// name reads a name, which does not look like a comment.
func (c *viprChecker) name() string {
	w := c.word()
	if w[0] == '%' {
		c.fail("the name %s begins a comment", w)
	}
	return w
}

func (c *viprChecker) constraint() viprRow {
	name := c.name()
	if c.names[name] {
		c.fail("a second constraint %s", name)
	}
	c.names[name] = true
	r := viprRow{sense: c.word(), value: c.number()}
	if r.sense != "E" && r.sense != "L" && r.sense != "G" {
		c.fail("bad sense %s", r.sense)
	}
	if c.words[0] == "OBJ" {
		c.word()
		r.coef = c.cost
	} else {
		r.coef = c.sparse(c.variables)
	}
	return r
}

func (c *viprChecker) run() {
	c.expect("VER", "1.1", "VAR")
	c.variables = c.index(1 << 30)
	c.names = map[string]bool{}
	for range c.variables {
		c.name()
	}
	c.expect("INT", "0", "OBJ")
	c.maximise = c.word() == "max"
	c.cost = c.sparse(c.variables)
	c.expect("CON")
	m := c.index(1 << 30)
	bounds := c.index(m + 1)
	for k := range m {
		r := c.constraint()
		if k < bounds && len(r.coef) != 1 {
			c.fail("constraint %d is no bound", k)
		}
		c.rows = append(c.rows, r)
	}
	c.expect("RTP")
	goal := c.goal()
	solutions := c.solutions()
	c.expect("DER")
	for range c.index(1 << 30) {
		c.derive()
	}
	if len(c.words) > 0 {
		c.fail("something follows")
	}
	c.finish(goal, solutions)
}

// goal is the relation to prove: nil for infeasibility, else lower and upper bound.
func (c *viprChecker) goal() []*big.Rat {
	if w := c.word(); w == "infeas" {
		return nil
	} else if w != "range" {
		c.fail("bad goal %s", w)
	}
	return []*big.Rat{c.number(), c.number()}
}

// solutions returns the values of the solutions, which must be feasible.
func (c *viprChecker) solutions() []*big.Rat {
	c.expect("SOL")
	var values []*big.Rat
	for range c.index(1 << 30) {
		c.word()
		x := c.sparse(c.variables)
		for k, r := range c.rows {
			s := dot(r.coef, x).Cmp(r.value)
			if r.sense == "E" && s != 0 || r.sense == "L" && s > 0 || r.sense == "G" && s < 0 {
				c.fail("the solution violates constraint %d", k)
			}
		}
		values = append(values, dot(c.cost, x))
	}
	return values
}

func dot(a, x map[int]*big.Rat) *big.Rat {
	s := new(big.Rat)
	for j, v := range a {
		if x[j] != nil {
			s.Add(s, new(big.Rat).Mul(v, x[j]))
		}
	}
	return s
}

func (c *viprChecker) derive() {
	claimed := c.constraint()
	c.expect("{", "lin")
	got := c.combination(c.sparse(len(c.rows)))
	c.expect("}")
	c.word() // until when it is needed
	if !dominates(got, claimed) {
		c.fail("the combination does not dominate the derived constraint")
	}
	c.rows = append(c.rows, claimed)
}

// combination is the suitable linear combination.
func (c *viprChecker) combination(lambda map[int]*big.Rat) viprRow {
	r := viprRow{"E", new(big.Rat), map[int]*big.Rat{}}
	direction := 0
	for i, l := range lambda {
		s := l.Sign() * map[string]int{"G": 1, "E": 0, "L": -1}[c.rows[i].sense]
		if s*direction < 0 {
			c.fail("the combination is not suitable")
		}
		if s != 0 {
			direction = s
		}
		r.value.Add(r.value, new(big.Rat).Mul(l, c.rows[i].value))
		for j, a := range c.rows[i].coef {
			if r.coef[j] == nil {
				r.coef[j] = new(big.Rat)
			}
			r.coef[j].Add(r.coef[j], new(big.Rat).Mul(l, a))
		}
	}
	r.sense = map[int]string{-1: "L", 0: "E", 1: "G"}[direction]
	return r
}

func absurd(r viprRow) bool {
	for _, a := range r.coef {
		if a.Sign() != 0 {
			return false
		}
	}
	s := r.value.Sign()
	return r.sense == "G" && s > 0 || r.sense == "L" && s < 0 || r.sense == "E" && s != 0
}

func dominates(a, b viprRow) bool {
	if absurd(a) {
		return true
	}
	for _, pair := range [][2]viprRow{{a, b}, {b, a}} {
		for j, v := range pair[0].coef {
			w := pair[1].coef[j]
			if w == nil {
				w = new(big.Rat)
			}
			if v.Cmp(w) != 0 {
				return false
			}
		}
	}
	s := a.value.Cmp(b.value)
	switch b.sense {
	case "G":
		return a.sense != "L" && s >= 0
	case "L":
		return a.sense != "G" && s <= 0
	}
	return a.sense == "E" && s == 0
}

func (c *viprChecker) finish(goal, solutions []*big.Rat) {
	if len(c.rows) == 0 {
		c.fail("nothing is derived")
	}
	last := c.rows[len(c.rows)-1]
	if goal == nil {
		if !absurd(last) {
			c.fail("the last constraint is no absurdity")
		}
		return
	}
	want, sense := goal[0], "G"
	if c.maximise {
		want, sense = goal[1], "L"
	}
	if !dominates(last, viprRow{sense, want, c.cost}) {
		c.fail("the last constraint does not prove the bound")
	}
	for _, v := range solutions {
		if c.maximise && v.Cmp(goal[0]) >= 0 || !c.maximise && v.Cmp(goal[1]) <= 0 {
			return
		}
	}
	c.fail("no solution attains the bound")
}
