package kernel

import (
	"math/bits"
	"slices"
)

// generate: symbols that satisfy homogeneous linear facts are Σ λ_k g_k + Σ μ_l h_l, λ ≥ 0,
// with the extreme rays g_k of the cone of these facts, modulo its largest subspace, and a
// basis h_l of that.
//
// Sound: Minkowski and Weyl. The generators are computed, by the double description method,
// fact after fact. Before a fact the rays are the extreme ones modulo the lines, each once. If
// a line is not tight there, multiples of it make all other generators tight, and these are
// those of the new cone, with that line as a ray if the fact is no equation. If all lines are
// tight, the new rays are those on the right side, and one between any two on opposite sides
// that make a face of dimension 2; see adjacent.
//
// The document does not list the generators, as a list of rays that is complete cannot be seen
// to be so: they are computed again. So this is the plain method, with bit sets and nothing
// clever: no order of facts is chosen, no rank computed, and each step can be compared with the
// textbook. The document may order the facts well; a bad order costs work, which is counted,
// and is refused.
func (c *checker) generate() {
	d := &description{limits: &c.Limits, of: map[Mono]int{}}
	symbols, least := []int(nil), 0
	for k := range c.Member("symbols").List() {
		s := c.Below(least, len(c.nonnegative))
		// Symbols ascend, so that none is there twice.
		d.of[c.single(s)], least = k, s+1
		symbols = append(symbols, s)
		c.Hold(1)
	}
	var facts []Fact
	for range c.Member("facts").List() {
		f := c.reference()
		for _, t := range f.Poly {
			// A constant, a product, or another symbol: the facts would be no cone in the
			// symbols.
			if _, listed := d.of[t.M]; !listed {
				c.Fail("a fact of generate must be linear in symbols that are listed, without a constant")
			}
		}
		c.Look(f.Poly)
		c.Hold(1)
		facts = append(facts, f)
	}
	d.compute(facts)
	first := len(c.nonnegative)
	// Coefficients of rays are ≥ 0, those of lines have either sign.
	for _, g := range d.list {
		c.addSymbol(!g.line)
	}
	for k, s := range symbols {
		c.sum.AddTerm(Int(1), c.single(s))
		for i, g := range d.list {
			if g.v[k].Sign() != 0 {
				c.sum.AddTerm(g.v[k].Neg(), Product(first+i))
			}
		}
		// There are such coefficients at each point with the facts; the symbols stand for a
		// choice of them.
		c.derived(Fact{Relation: EQ, Poly: c.kept(c.sum.Poly())})
	}
}

// description is a cone by its generators.
type description struct {
	*limits
	of    map[Mono]int // the column of a symbol
	words int
	// What is kept by others: generators of the step before are forgotten with each fact.
	kept int64 // what is kept besides
	list []generator
}

// generator is a ray or a line: integers without a common divisor, and the facts so far at
// which it is 0.
type generator struct {
	v      []Num
	tight  []uint64
	line   bool
	weight int // that of long numbers
}

// compute finds the generators of the cone of the facts.
// It begins with the whole space: a line for each symbol.
func (d *description) compute(facts []Fact) {
	d.words, d.kept = (len(facts)+63)/64, d.Held()
	for k := range len(d.of) {
		g := d.generator(len(d.of), true)
		g.v[k] = Int(1)
		d.list = append(d.list, g)
	}
	for k, f := range facts {
		d.insert(k, f)
	}
	d.sorted()
}

// generator is 0.
func (d *description) generator(n int, line bool) generator {
	d.Hold(1 + n + d.words)
	d.Spend(1 + n + d.words)
	return generator{v: make([]Num, n), tight: make([]uint64, d.words), line: line}
}

// at is the value of a fact at a generator.
// A strict fact counts as ≥: the cone is closed, and contains what is described.
func (d *description) at(f Fact, g generator) (value Num) {
	d.Spend(8 + len(f.Poly))
	for _, t := range f.Poly {
		if x := g.v[d.of[t.M]]; x.Sign() != 0 {
			value = d.Plus(value, d.Times(t.C, x))
		}
	}
	return value
}

// combined is a·g + b·h, made primitive, tight where both are.
// a and b are positive, or the result is a line, so that a ray stays in the cone.
func (d *description) combined(a Num, g generator, b Num, h generator) generator {
	sum := d.generator(len(g.v), g.line)
	for k := range sum.v {
		sum.v[k] = d.Plus(d.Times(a, g.v[k]), d.Times(b, h.v[k]))
	}
	// Else numbers would double their length with each fact.
	d.Primitive(sum.v)
	for _, x := range sum.v {
		sum.weight += Term{C: x}.Weight() - 1
	}
	d.Hold(sum.weight)
	for w := range sum.tight {
		// Where one is > 0 and the other ≥ 0 the sum is > 0.
		sum.tight[w] = g.tight[w] & h.tight[w]
	}
	return sum
}

// insert intersects the cone with fact k.
// The invariant before and after: list has the lines, a basis of the largest subspace in the
// cone of the facts so far, and the extreme rays modulo these, each once, all tight sets being
// right.
func (d *description) insert(k int, f Fact) {
	values, pivot, lines := make([]Num, len(d.list)), -1, 0
	for i, g := range d.list {
		if values[i] = d.at(f, g); g.line {
			// Any line that is not tight would do; with the last one lines stay an echelon form, see sorted.
			if lines++; values[i].Sign() != 0 {
				pivot = i
			}
		}
	}
	if pivot >= 0 {
		d.straighten(pivot, values)
		// It points to the right side, and its opposite no longer belongs to the cone.
		d.list[pivot].line = false
	}
	var list, between []generator
	var above, below []int
	for i, g := range d.list {
		switch values[i].Sign() {
		// It stays, and is tight here too.
		case 0:
			g.tight[k/64] |= 1 << (k % 64)
			list = append(list, g)
		// On the right side: it stays, unless the fact is an equation.
		case 1:
			if above = append(above, i); f.Relation != EQ {
				list = append(list, g)
			}
		// Out.
		case -1:
			below = append(below, i)
		}
	}
	for _, i := range above {
		for _, j := range below {
			// The sum on the hyperplane is extreme only if no third ray is in the same face.
			if d.adjacent(i, j, lines) {
				g := d.combined(values[i], d.list[j], values[j].Neg(), d.list[i])
				g.tight[k/64] |= 1 << (k % 64)
				between = append(between, g)
			}
		}
	}
	d.list = append(list, between...)
	d.Release(d.kept)
	for _, g := range d.list {
		d.Hold(1 + len(g.v) + d.words + g.weight)
	}
}

// straighten makes the value of the line at pivot positive, and those of all others 0 by
// multiples of it. Adding a multiple of a line to a ray changes nothing modulo lines, and keeps
// all earlier tight facts.
func (d *description) straighten(pivot int, values []Num) {
	line := d.list[pivot]
	// −1 times the line: with 0 times itself, so that there is one function for sums.
	if values[pivot].Sign() < 0 {
		line, values[pivot] = d.combined(Int(-1), line, Num{}, line), values[pivot].Neg()
	}
	for i, g := range d.list {
		if i != pivot && values[i].Sign() != 0 {
			d.list[i], values[i] = d.combined(values[pivot], g, values[i].Neg(), line), Num{}
		}
	}
	d.list[pivot] = line
}

// adjacent says whether two rays make a face of dimension 2 modulo the lines: so many facts at
// which both are tight that this can be, and no third ray that is tight at all of these. The
// first test is quick, and necessary: a face of dimension 2 of a pointed cone of dimension n −
// lines has n − lines − 2 independent facts that are tight. The second one decides.
func (d *description) adjacent(i, j, lines int) bool {
	d.Spend(1 + d.words)
	g, h, count := d.list[i], d.list[j], 0
	for w := range g.tight {
		count += bits.OnesCount64(g.tight[w] & h.tight[w])
	}
	if count < len(g.v)-lines-2 {
		return false
	}
	d.Spend(1 + len(d.list)*d.words/4)
	for k, o := range d.list {
		// Lines are tight everywhere, and are not what is looked for.
		misses := o.line || k == i || k == j
		for w := 0; w < d.words && !misses; w++ {
			misses = g.tight[w]&h.tight[w]&^o.tight[w] != 0
		}
		if !misses {
			return false
		}
	}
	return true
}

// sorted puts rays before lines, both in ascending order. Then the symbols that the rule adds are those that the format
// page says, whatever the order of facts was, and a second checker adds the same: lines are a reduced echelon form all the
// time. Each began as a unit vector, whose entry stays positive, and has others only behind that, where lines that have gone
// began: the last line that is not tight goes, and what is added to lines and rays is made of what has gone.
func (d *description) sorted() {
	d.Spend(len(d.list) * bits.Len(uint(len(d.list))) * len(d.of))
	// No two are equal: rays are primitive and extreme, each once, and lines are a basis.
	slices.SortFunc(d.list, func(g, h generator) int {
		if g.line == h.line {
			return slices.CompareFunc(g.v, h.v, Num.Compare)
		} else if g.line {
			return 1
		}
		return -1
	})
}
