package reading

import "pstar/certificate/theorem"

// Fact reads [REL,POLY] in the symbols 0..n-1.
// A relation is one of three words. There is no "≤": a fact is about one polynomial and 0, so
// that each rule has three cases and not five. It counts 1 of what is kept besides its terms,
// since a document can hold millions of facts without any term.
func (r *Reader) Fact(n int) theorem.Fact {
	r.Open('[')
	relation := theorem.Relations[r.Word(">=", ">", "=")]
	f := theorem.Fact{Relation: relation, Poly: r.Poly(n)}
	r.Hold(1)
	r.Close(']')
	return f
}

// Poly reads a polynomial in the symbols 0..n-1.
// Terms ascend strictly, so that a polynomial has one spelling, equal ones are equal term by
// term, and a term can be looked up by halves. What it keeps is counted term by term while it
// is read: a list of millions of terms is refused before it is held.
func (r *Reader) Poly(n int) theorem.Poly {
	p, b := make(theorem.Poly, 0, r.lists()), []byte(nil)
	for range r.Lists() {
		c := r.Number()
		if c.Sign() == 0 {
			r.Fail("a term is 0")
		}
		b = b[:0]
		// x y and y x would be two spellings of a product.
		for least := 0; r.Peek() != ']'; {
			least = r.Below(least, n) // symbols do not descend
			b = theorem.AppendSymbol(b, least)
		}
		m := theorem.Mono(b)
		// A limit of each term, since the work of a product is that of its symbols.
		if m.Degree() > MaxDegree {
			r.Exceed("a term has more than %d symbols", MaxDegree)
		}
		if len(p) > 0 && !p[len(p)-1].M.Before(m) {
			r.Fail("terms do not ascend")
		}
		t := theorem.Term{C: c, M: m}
		r.Hold(t.Weight())
		r.Spend(Work(m))
		p = append(p, t)
	}
	return p
}

// lists is how many lists are in the list that comes next, if that is one of lists: so many terms need room. What grows is there
// twice meanwhile, and has more room in the end, which is not counted as kept.
func (r *Reader) lists() (n int) {
	depth := 0
	for _, c := range r.data[r.at:] {
		switch c {
		case '[':
			n++
			depth++
		case ']':
			depth--
		}
		if depth == 0 && n > 0 || n > MaxTerms {
			break
		}
	}
	return max(n-1, 0)
}

// Linear reads a polynomial of degree at most 1 in the symbols 0..n-1, for a builder.
func (r *Reader) Linear(n int) theorem.Poly { return r.linear(r.Poly(n)) }

func (r *Reader) linear(p theorem.Poly) theorem.Poly {
	if k := len(p); k > 0 && p[k-1].M.Degree() > 1 {
		r.Fail("expected a linear polynomial")
	}
	return p
}

// LinearFact reads a fact of degree at most 1 in the symbols 0..n-1, for a builder that keeps
// it. Builders of programs and polyhedra use it: a product of two variables there would make a
// true theorem of something that nobody calls a program.
func (r *Reader) LinearFact(n int) theorem.Fact {
	f := r.Fact(n)
	r.linear(f.Poly)
	return f
}

// Facts reads a list of facts.
func (r *Reader) Facts(n int) []theorem.Fact {
	var list []theorem.Fact
	for k := range r.List() {
		// Numbers of facts fit in 32 bits with room to spare, and so do those of images of
		// them.
		if k == MaxFacts {
			r.Exceed("more than %d facts", MaxFacts)
		}
		list = append(list, r.Fact(n))
	}
	return list
}
