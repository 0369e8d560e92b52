package theorem

// Plus is p + c·q, and p itself if c is 0. It has no term 0: a theorem is written, and has its digest,
// in one way only.
// Both are in order, so one pass merges them, in time of their lengths. Neither is changed;
// where p is returned as it is, the result shares its terms.
func (p Poly) Plus(c Num, q Poly) Poly {
	if c.Sign() == 0 {
		return p
	}
	sum := make(Poly, 0, len(p)+len(q))
	for len(p) > 0 || len(q) > 0 {
		switch {
		// The product of p stands before all that is left of q.
		case len(q) == 0 || len(p) > 0 && p[0].M.Before(q[0].M):
			sum, p = append(sum, p[0]), p[1:]
		case len(p) == 0 || q[0].M.Before(p[0].M):
			sum, q = append(sum, Term{c.Times(q[0].C), q[0].M}), q[1:]
		// The same product in both: this is the only place where a term may vanish.
		default:
			if n := p[0].C.Plus(c.Times(q[0].C)); n.Sign() != 0 {
				sum = append(sum, Term{n, p[0].M})
			}
			p, q = p[1:], q[1:]
		}
	}
	return sum
}

// Times is p·q.
// It is for statements, which are small; proofs are added up in tables.
// Time is quadratic in the length of the result, as each term of p is merged into the sum
// so far.
func (p Poly) Times(q Poly) Poly {
	var product Poly
	for _, t := range p {
		shifted := make(Poly, len(q)) // in order: what comes before another does so times a third
		for k, u := range q {
			shifted[k] = Term{u.C, Mono(Merge(nil, t.M, u.M))}
		}
		product = product.Plus(t.C, shifted)
	}
	return product
}
