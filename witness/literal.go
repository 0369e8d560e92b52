package witness

import (
	"bytes"

	"pstar/certificate/theorem"
	"pstar/rational"
	"pstar/witness/internal/proof"
)

// A LiteralProof is a theorem that is written out, with its proof or its refutation: then
// Refuted is not nil.
type LiteralProof struct {
	Theorem      *theorem.Theorem
	Rows, Exists []Step // Exists is for theorems of kind feasible
	Refuted      *Refutation
}

// A Refutation is a point, with a value for each symbol. Row is the row that fails there; or −1
// if all rows hold but there are no unknowns, by the steps: then those of unknowns do not
// matter.
type Refutation struct {
	Point []rational.Rat
	Row   int
	Steps []Step
}

// A Step applies a rule of FORMAT.md, section 5, by a type of its own; a define and an exponential have a type for each kind. References are
// numbered as there.
type Step interface{ write(w *proof.Writer) }

// The rules by which theorem files are proved; rules.go has the others.
type (
	// Combine settles a goal, or adds New as a fact.
	Combine struct {
		Goal      int
		New       *theorem.Fact
		Times     rational.Rat // 0 is 1
		By        []int
		Products  []Product
		Equations []Equation
		// Converse shows of an equation that is New, by products and equations, that the
		// negative of its left side is not negative either.
		Converse          []Product
		ConverseEquations []Equation
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
	// Sort assumes that symbols descend, which the symmetry permutes in every way.
	Sort struct {
		Symbols []int
		Steps   []Step
	}
	// Image adds the image of a row under generators, the first one first.
	Image struct {
		Row int
		By  []int
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
		// The checker derives the same from the proofs.
		status := "proved"
		if p.Refuted != nil {
			status = "refuted"
		}
		claims = append(claims, [2]string{p.Theorem.Name, status})
	}
	return proof.Document(func(w *proof.Writer) {
		w.Member("builder")
		w.Text("literal")
		w.List("theorems", func() {
			for _, p := range proofs {
				w.Raw(func(b *bytes.Buffer) { p.Theorem.WriteLiteral(b) })
			}
		})
	}, claims, func(w *proof.Writer) {
		for k, p := range proofs {
			p.write(w, k)
		}
	})
}

// write writes the proof or the refutation of theorem number.
func (p LiteralProof) write(w *proof.Writer, number int) {
	if r := p.Refuted; r != nil {
		w.Refuted(number, p.Theorem, func() { p.point(w) }, r.Row, func() { steps(w, r.Steps) })
		return
	}
	var exists func()
	// "If and only if" has two halves: rows follow, and rows are enough.
	if p.Theorem.Kind == theorem.Feasible {
		exists = func() { steps(w, p.Exists) }
	}
	w.Proof(number, p.Theorem, func() { steps(w, p.Rows) }, exists)
}

// point writes the coordinates that are not 0, those of unknowns only if they matter.
func (p LiteralProof) point(w *proof.Writer) {
	for s, x := range p.Refuted.Point {
		// If no unknowns fit, their values are not part of the refutation.
		if p.Refuted.Row >= 0 || !p.Theorem.Symbols[s].Unknown {
			w.Coordinate(s, x.Big())
		}
	}
}

// steps writes steps one after another.
func steps(w *proof.Writer, list []Step) {
	for _, s := range list {
		s.write(w)
	}
}

// write writes the rule "combine".
func (c Combine) write(w *proof.Writer) {
	w.Step("combine", func() {
		goal(w, c.Goal, c.New)
		times, scale := c.integers()
		// 1 is the default of the format.
		if !times.Equal(rational.NewRat(1, 1)) {
			w.Member("times")
			w.Rat(times.Big())
		}
		if len(c.By) > 0 {
			w.Ints("by", c.By...)
		}
		lists(w, c.Products, c.Equations, scale)
		if len(c.Converse)+len(c.ConverseEquations) > 0 {
			w.Member("converse")
			w.Open('{')
			lists(w, c.Converse, c.ConverseEquations, rational.NewRat(1, 1)) // times is not of this
			w.Close('}')
		}
	})
}

// lists are the members products and equations, times a number.
//
// Products are of facts that are not negative; equations may have any polynomial.
func lists(w *proof.Writer, products []Product, equations []Equation, scale rational.Rat) {
	w.Lists(func() {
		for _, p := range products {
			w.RatTerm(p.Factor.Mul(scale).Big(), p.Facts...)
		}
	}, func() {
		for _, e := range equations {
			w.Open('[')
			w.Poly(e.Poly, scale)
			w.Int(e.Fact)
			w.Close(']')
		}
	})
}

// integers are the factor of the goal, and a number by which all others are multiplied to
// become integers, which are added up much faster than fractions.
func (c Combine) integers() (times, scale rational.Rat) {
	times = c.Times
	if times.IsZero() {
		times = rational.NewRat(1, 1)
	}
	// The least common denominator of all that is added.
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

// write writes the rule "split".
func (s Split) write(w *proof.Writer) {
	w.Step("split", func() {
		w.Member("on")
		poly(w, s.On)
		w.List("nonnegative", func() { steps(w, s.Nonnegative) })
		w.List("negative", func() { steps(w, s.Negative) })
	})
}

// write writes the rule "dualise".
func (d Dualise) write(w *proof.Writer) {
	w.Step("dualise", func() {
		w.List("steps", func() { steps(w, d.Steps) })
		// Facts with unknowns that are strict make a second case.
		if d.IsStrict {
			w.List("strict", func() { steps(w, d.Strict) })
		}
	})
}

// write writes the rule "sort".
func (s Sort) write(w *proof.Writer) {
	w.Step("sort", func() {
		w.Ints("symbols", s.Symbols...)
		w.List("steps", func() { steps(w, s.Steps) })
	})
}

// write writes the rule "image".
func (i Image) write(w *proof.Writer) {
	w.Step("image", func() {
		w.Member("row")
		w.Int(i.Row)
		w.Ints("by", i.By...)
	})
}

// write writes the rule "generate".
func (g Generate) write(w *proof.Writer) {
	w.Step("generate", func() {
		w.Ints("symbols", g.Symbols...)
		w.Ints("facts", g.Facts...)
	})
}
