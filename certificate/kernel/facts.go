package kernel

// A Relation is what a polynomial is said to be.
type Relation byte

// The relations.
const (
	GE Relation = iota // at least 0
	GT                 // greater than 0
	EQ                 // 0
)

var relationNames = [...]string{GE: ">=", GT: ">", EQ: "="}

func (r Relation) String() string { return relationNames[r] }

// A Fact says of a polynomial that it is ≥ 0, > 0 or = 0.
type Fact struct {
	Relation Relation
	Poly     Poly
}

// relation reads a relation.
func (r *Reader) relation() Relation {
	text := r.Text()
	for k, name := range relationNames {
		if text == name {
			return Relation(k)
		}
	}
	r.Fail(`expected ">=", ">" or "="`)
	return 0
}

// fact reads [REL,POLY] in the symbols 0..n-1.
func (r *Reader) fact(n int) Fact {
	r.Open('[')
	r.Next()
	relation := r.relation()
	r.Next()
	f := Fact{relation, r.poly(n)}
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
		if c.sign() == 0 {
			r.Fail("a term is 0")
		}
		b = b[:0]
		for least := 0; r.More(); {
			least = r.Below(least, n) // symbols do not descend
			b = appendSymbol(b, least)
		}
		m := Mono(b)
		if m.degree() > maxDegree {
			r.Fail("a term has more than %d symbols", maxDegree)
		}
		if len(p) > 0 && !p[len(p)-1].M.before(m) {
			r.Fail("terms do not ascend")
		}
		t := Term{c, m}
		r.hold(t.weight())
		r.spend(m.work())
		p = append(p, t)
	}
	return p
}

// Linear reads a polynomial of degree at most 1 in the symbols 0..n-1, for a builder.
func (r *Reader) Linear(n int) Poly {
	p := r.poly(n)
	if len(p) > 0 && len(p[len(p)-1].M) > symbolBytes {
		r.Fail("expected a linear polynomial")
	}
	return p
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
