package convexity

import "pstar/certificate/theorem"

// Polynomials in the symbols of a theorem.

func number(n int64) theorem.Poly { return theorem.Poly{{C: theorem.Int(n)}} }

func symbol(s int) theorem.Poly {
	return theorem.Poly{{C: theorem.Int(1), M: theorem.Product(s)}}
}

func sum(f, g theorem.Poly) theorem.Poly   { return f.Plus(theorem.Int(1), g) }
func minus(f, g theorem.Poly) theorem.Poly { return f.Plus(theorem.Int(-1), g) }
func negative(f theorem.Poly) theorem.Poly { return minus(nil, f) }

func power(f theorem.Poly, k int) theorem.Poly {
	result := number(1)
	for range k {
		result = result.Times(f)
	}
	return result
}
