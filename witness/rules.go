package witness

import (
	"pstar/certificate/theorem"
	"pstar/rational"
	"pstar/witness/internal/proof"
)

// The rules that theorems of other kinds need. Symbols and facts that a step adds get the next numbers of
// the scope.
type (
	// DefineTerm adds a symbol for a polynomial.
	DefineTerm struct{ Poly theorem.Poly }
	// DefineMin adds a symbol for the lesser of two polynomials. A join is two facts that differ as these do.
	DefineMin struct {
		A, B  theorem.Poly
		Joins [][2]int
	}
	// DefineQuotient adds a symbol for a polynomial divided by a strict fact.
	DefineQuotient struct {
		Poly theorem.Poly
		By   int
	}
	// DefineRoot adds a symbol for the square root of a fact.
	DefineRoot struct{ Of int }

	// ExponentialSymbol adds a symbol for e to the power of a polynomial.
	ExponentialSymbol struct{ Exponent theorem.Poly }
	// ExponentialBound says of an exponential that it is at least the first terms of its series, which are
	// an even number; positive, if there are none.
	ExponentialBound struct{ Symbol, Terms int }
	// ExponentialProduct says that two products of exponentials are equal, whose exponents have the same sum.
	ExponentialProduct struct{ First, Second []int }

	// Witness gives values to unknowns, in ascending order; others are 0.
	Witness struct {
		Values []theorem.Assignment
		Over   rational.Rat // what they are divided by; 0 is 1
		Steps  []Step
	}
	// Block drops the blocks of unknowns by the theory of polymatroids.
	Block struct {
		Facts []int
		Steps []Step
	}
	// Prefix settles a goal, or adds New as a fact, by the prefixes of an order of symbols. X and Y are a symbol and the
	// number of its fact, Bounds the first and the last fact 1 − s ≥ 0.
	Prefix struct {
		Goal         int
		New          *theorem.Fact
		X, Y, Bounds [2]int
		Order        []int
	}
	// Invariant shows facts by induction over the times of a process.
	Invariant struct {
		Facts       []theorem.Fact
		Start, Step []Step
	}

	// Project eliminates unknowns one after the other, by Fourier and Motzkin.
	Project struct {
		Eliminate []Eliminated
		Steps     []Step
	}
	// Eliminated says how an unknown goes. Pairs is nil if an equation has it.
	Eliminated struct {
		Symbol           int
		Equal, Redundant []RowProof
		Pairs            *Pairs
	}
	// Pairs are the sums of two rows that are kept, and why each of the others follows, in their order.
	Pairs struct {
		Kept    [][2]int
		Dropped [][]Multiple
	}
	// A RowProof says why a row is an equation, or follows.
	RowProof struct {
		Row int
		By  []Multiple
	}
	// A Multiple is a number times a row; −1−r is fact r of the scope.
	Multiple struct {
		Factor rational.Rat
		Row    int
	}
)

// write writes the rule "define" of its kind, as all that begin with Define.
func (d DefineTerm) write(w *proof.Writer) { w.Rule("define", "term", func() { poly(w, d.Poly) }) }

func (d DefineMin) write(w *proof.Writer) {
	w.Min(func() { poly(w, d.A) }, func() { poly(w, d.B) }, func() {
		for _, j := range d.Joins {
			w.Tuple(j[:]...)
		}
	})
}

func (d DefineQuotient) write(w *proof.Writer) {
	w.Rule("define", "quotient", func() {
		poly(w, d.Poly)
		w.Int(d.By)
	})
}

func (d DefineRoot) write(w *proof.Writer) { w.Rule("define", "root", func() { w.Int(d.Of) }) }

// write writes the rule "exponential" of its kind, as all that begin with Exponential.
func (e ExponentialSymbol) write(w *proof.Writer) {
	w.Rule("exponential", "symbol", func() { poly(w, e.Exponent) })
}

func (e ExponentialBound) write(w *proof.Writer) {
	w.Rule("exponential", "bound", func() {
		w.Int(e.Symbol)
		w.Int(e.Terms)
	})
}

func (e ExponentialProduct) write(w *proof.Writer) {
	w.Rule("exponential", "product", func() {
		w.Tuple(e.First...)
		w.Tuple(e.Second...)
	})
}

// write writes the rule "witness".
func (s Witness) write(w *proof.Writer) {
	w.Step("witness", func() {
		w.List("values", func() {
			for _, v := range s.Values {
				w.Open('[')
				w.Int(v.Symbol)
				poly(w, v.Value)
				w.Close(']')
			}
		})
		if !s.Over.IsZero() {
			w.Member("over")
			w.Rat(s.Over.Big())
		}
		w.List("steps", func() { steps(w, s.Steps) })
	})
}

// write writes the rule "block".
func (b Block) write(w *proof.Writer) {
	w.Step("block", func() {
		w.Ints("facts", b.Facts...)
		w.List("steps", func() { steps(w, b.Steps) })
	})
}

// write writes the rule "prefix".
func (p Prefix) write(w *proof.Writer) {
	w.Step("prefix", func() {
		goal(w, p.Goal, p.New)
		w.Ints("x", p.X[:]...)
		w.Ints("y", p.Y[:]...)
		w.Ints("bounds", p.Bounds[:]...)
		w.Ints("order", p.Order...)
	})
}

// write writes the rule "invariant".
func (i Invariant) write(w *proof.Writer) {
	w.Step("invariant", func() {
		w.List("facts", func() {
			for _, f := range i.Facts {
				w.Fact(f)
			}
		})
		w.List("start", func() { steps(w, i.Start) })
		w.List("step", func() { steps(w, i.Step) })
	})
}

// write writes the rule "project".
func (p Project) write(w *proof.Writer) {
	w.Step("project", func() {
		w.List("eliminate", func() {
			for _, e := range p.Eliminate {
				w.Open('{')
				w.Member("symbol")
				w.Int(e.Symbol)
				rowProofs(w, "equal", e.Equal)
				if e.Pairs != nil {
					e.Pairs.write(w)
				}
				rowProofs(w, "redundant", e.Redundant)
				w.Close('}')
			}
		})
		w.List("steps", func() { steps(w, p.Steps) })
	})
}

// write writes the members kept and dropped.
func (p Pairs) write(w *proof.Writer) {
	w.List("kept", func() {
		for _, pair := range p.Kept {
			w.Tuple(pair[:]...)
		}
	})
	w.List("dropped", func() {
		for _, by := range p.Dropped {
			multiples(w, by)
		}
	})
}

// rowProofs writes a list of rows with their proofs, if there are any.
func rowProofs(w *proof.Writer, name string, list []RowProof) {
	if len(list) == 0 {
		return
	}
	w.List(name, func() {
		for _, r := range list {
			w.Open('[')
			w.Int(r.Row)
			multiples(w, r.By)
			w.Close(']')
		}
	})
}

// multiples writes a PROOF of a row.
func multiples(w *proof.Writer, list []Multiple) {
	w.Open('[')
	for _, m := range list {
		w.RatTerm(m.Factor.Big(), m.Row)
	}
	w.Close(']')
}

// poly writes a polynomial as it is.
func poly(w *proof.Writer, p theorem.Poly) { w.Poly(p, rational.NewRat(1, 1)) }

// goal writes the member goal: a fact of its own, for later steps, whose number is the next one, or the number of a goal.
func goal(w *proof.Writer, number int, added *theorem.Fact) {
	w.Member("goal")
	if added != nil {
		w.Fact(*added)
	} else {
		w.Int(number)
	}
}
