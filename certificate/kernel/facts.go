package kernel

import "pstar/certificate/theorem"

// fact reads [REL,POLY] in the symbols 0..n-1.
func (r *Reader) fact(n int) Fact {
	r.Open('[')
	r.Next()
	relation, known := theorem.Relations[r.Text()]
	if !known {
		r.Fail(`expected ">=", ">" or "="`)
	}
	r.Next()
	f := Fact{Relation: relation, Poly: r.poly(n)}
	r.hold(1)
	r.Close(']')
	return f
}

// poly reads a polynomial in the symbols 0..n-1.
func (r *Reader) poly(n int) Poly {
	var p Poly
	var b []byte
	for r.Open('['); r.More(); {
		r.Open('[')
		r.Next()
		c := r.Number()
		if c.Sign() == 0 {
			r.Fail("a term is 0")
		}
		b = b[:0]
		for least := 0; r.More(); {
			least = r.Below(least, n) // symbols do not descend
			b = theorem.AppendSymbol(b, least)
		}
		m := Mono(b)
		if m.Degree() > maxDegree {
			r.Fail("a term has more than %d symbols", maxDegree)
		}
		if len(p) > 0 && !p[len(p)-1].M.Before(m) {
			r.Fail("terms do not ascend")
		}
		t := Term{C: c, M: m}
		r.hold(t.Weight())
		r.spend(work(m))
		p = append(p, t)
	}
	return p
}

// Linear reads a polynomial of degree at most 1 in the symbols 0..n-1, for a builder.
func (r *Reader) Linear(n int) Poly { return r.linear(r.poly(n)) }

func (r *Reader) linear(p Poly) Poly {
	if k := len(p); k > 0 && p[k-1].M.Degree() > 1 {
		r.Fail("expected a linear polynomial")
	}
	return p
}

// LinearFact reads a fact of degree at most 1 in the symbols 0..n-1, for a builder that keeps it.
func (r *Reader) LinearFact(n int) Fact {
	f := r.fact(n)
	r.linear(f.Poly)
	return f
}

// facts reads a list of facts.
func (r *Reader) facts(n int) []Fact {
	var list []Fact
	for r.Open('['); r.More(); {
		if len(list) == MaxFacts {
			r.over("more than %d facts", MaxFacts)
		}
		list = append(list, r.fact(n))
	}
	return list
}
