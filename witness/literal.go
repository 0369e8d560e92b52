package witness

import (
	"math/big"

	"pstar/certificate/theorem"
	"pstar/rational"
)

// A LiteralProof is a theorem that is written out, with its proof or its refutation: then Refuted is not
// nil.
type LiteralProof struct {
	Theorem      *theorem.Theorem
	Rows, Exists []Step // Exists is for theorems of kind feasible
	Refuted      *Refutation
}

// A Refutation is a point, with a value for each symbol. Row is the row that fails there; or −1 if all rows hold but there are
// no unknowns, by the steps: then those of unknowns do not matter.
type Refutation struct {
	Point []rational.Rat
	Row   int
	Steps []Step
}

// A Step applies a rule of FORMAT.md, section 5. References are numbered as there.
type Step interface{ write(w *proofWriter) }

// The rules by which theorems of users are proved.
type (
	// Combine settles a goal, or adds New as a fact.
	Combine struct {
		Goal      int
		New       *theorem.Fact
		Times     rational.Rat // 0 is 1
		By        []int
		Products  []Product
		Equations []Equation
	}
	// Split proves the goals twice, with On ≥ 0 and with −On > 0.
	Split struct {
		On                    theorem.Poly
		Nonnegative, Negative []Step
	}
	// Dualise is Farkas' lemma, with Strict where facts with unknowns are.
	Dualise struct {
		Steps, Strict []Step
		IsStrict      bool
	}
	// Generate writes symbols with homogeneous facts as sums of generators.
	Generate struct{ Symbols, Facts []int }
)

// A Product is a number times facts.
type Product struct {
	Factor rational.Rat
	Facts  []int
}

// An Equation is a polynomial times an equation.
type Equation struct {
	Poly theorem.Poly
	Fact int
}

// Literal returns the document of theorems that are written out; their names are all different.
func Literal(proofs []LiteralProof) Proof {
	var claims [][2]string
	for _, p := range proofs {
		status := "proved"
		if p.Refuted != nil {
			status = "refuted"
		}
		claims = append(claims, [2]string{p.Theorem.Name, status})
	}
	return document(func(w *proofWriter) {
		w.member("builder")
		w.text("literal")
		w.list("theorems", func() {
			for _, p := range proofs {
				w.comma()
				_ = p.Theorem.WriteLiteral(&w.Buffer) // a buffer does not fail
			}
		})
	}, claims, func(w *proofWriter) {
		for k, p := range proofs {
			p.write(w, k)
		}
	})
}

func (p LiteralProof) write(w *proofWriter, number int) {
	if p.Refuted == nil {
		var exists func()
		if p.Theorem.Kind == theorem.Feasible {
			exists = func() { w.steps(p.Exists) }
		}
		w.proof(number, p.Theorem, func() { w.steps(p.Rows) }, exists)
		return
	}
	w.open('{')
	w.member("theorem")
	w.int(number)
	w.member("sha256")
	w.text(p.Theorem.Digest())
	w.member("refuted")
	w.open('{')
	w.list("point", func() {
		for s, x := range p.Refuted.Point {
			if x.IsZero() || p.Refuted.Row < 0 && p.Theorem.Symbols[s].Unknown {
				continue
			}
			w.open('[')
			w.int(s)
			w.rat(x.Big())
			w.close(']')
		}
	})
	w.member("row")
	w.int(p.Refuted.Row)
	if p.Refuted.Row < 0 {
		w.list("steps", func() { w.steps(p.Refuted.Steps) })
	}
	w.close('}')
	w.close('}')
}

func (w *proofWriter) steps(list []Step) {
	for _, s := range list {
		s.write(w)
	}
}

func (c Combine) write(w *proofWriter) {
	w.step("combine", func() {
		w.member("goal")
		if c.New != nil {
			w.fact(*c.New)
		} else {
			w.int(c.Goal)
		}
		times, scale := c.integers()
		if !times.Equal(rational.NewRat(1, 1)) {
			w.member("times")
			w.rat(times.Big())
		}
		if len(c.By) > 0 {
			w.list("by", func() {
				for _, r := range c.By {
					w.int(r)
				}
			})
		}
		w.lists(func() {
			for _, p := range c.Products {
				w.ratTerm(p.Factor.Mul(scale).Big(), p.Facts...)
			}
		}, func() {
			for _, e := range c.Equations {
				w.open('[')
				w.poly(e.Poly, scale)
				w.int(e.Fact)
				w.close(']')
			}
		})
	})
}

// integers are the factor of the goal, and a number by which all others are multiplied to become integers, which are
// added up much faster than fractions.
func (c Combine) integers() (times, scale rational.Rat) {
	times = c.Times
	if times.IsZero() {
		times = rational.NewRat(1, 1)
	}
	d := times.Den()
	for _, p := range c.Products {
		d = rational.LCM(d, p.Factor.Den())
	}
	for _, e := range c.Equations {
		for _, t := range e.Poly {
			d = rational.LCM(d, rational.IntFromBig(t.C.Rat().Denom()))
		}
	}
	scale = rational.RatFromInt(d)
	return times.Mul(scale), scale
}

func (s Split) write(w *proofWriter) {
	w.step("split", func() {
		w.member("on")
		w.poly(s.On, rational.NewRat(1, 1))
		w.list("nonnegative", func() { w.steps(s.Nonnegative) })
		w.list("negative", func() { w.steps(s.Negative) })
	})
}

func (d Dualise) write(w *proofWriter) {
	w.step("dualise", func() {
		w.list("steps", func() { w.steps(d.Steps) })
		if d.IsStrict {
			w.list("strict", func() { w.steps(d.Strict) })
		}
	})
}

func (g Generate) write(w *proofWriter) {
	w.step("generate", func() {
		for _, m := range []struct {
			name string
			list []int
		}{{"symbols", g.Symbols}, {"facts", g.Facts}} {
			w.list(m.name, func() {
				for _, n := range m.list {
					w.int(n)
				}
			})
		}
	})
}

// fact is an element [REL,POLY].
func (w *proofWriter) fact(f theorem.Fact) {
	w.open('[')
	w.text(f.Relation.String())
	w.poly(f.Poly, rational.NewRat(1, 1))
	w.close(']')
}

// poly is a polynomial times a number.
func (w *proofWriter) poly(p theorem.Poly, scale rational.Rat) {
	w.open('[')
	for _, t := range p {
		w.open('[')
		w.rat(new(big.Rat).Mul(t.C.Rat(), scale.Big()))
		for k := range t.M.Degree() {
			w.int(t.M.Symbol(k))
		}
		w.close(']')
	}
	w.close(']')
}
