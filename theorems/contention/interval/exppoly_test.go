package interval

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
)

func randomPolynomial(r *rand.Rand) Polynomial {
	p := make(Polynomial, r.IntN(5))
	for k := range p {
		p[k] = rational.NewRat(r.Int64N(9)-4, 1+r.Int64N(3))
	}
	return p
}

// value is Σ p_k z^k, power by power.
func value(p Polynomial, z rational.Rat) rational.Rat {
	sum := rational.Rat{}
	for k, c := range p {
		sum = sum.Add(c.Mul(z.Pow(k)))
	}
	return sum
}

// Sums, products, derivatives and values are those of the functions, and an enclosure over an interval has the value at each of its points.
func TestPolynomials(t *testing.T) {
	r := rand.New(rand.NewPCG(81, 1))
	for range 300 {
		p, q, z := randomPolynomial(r), randomPolynomial(r), rational.NewRat(r.Int64N(13)-6, 4)
		if got, want := p.at(z), value(p, z); !got.Equal(want) {
			t.Fatalf("%v at %s is %s, not %s", p, z, got, want)
		}
		if got, want := p.Add(q).at(z), value(p, z).Add(value(q, z)); !got.Equal(want) {
			t.Fatalf("(%v) + (%v) at %s is %s, not %s", p, q, z, got, want)
		}
		if got, want := p.Mul(q).at(z), value(p, z).Mul(value(q, z)); !got.Equal(want) {
			t.Fatalf("(%v)·(%v) at %s is %s, not %s", p, q, z, got, want)
		}
		// The derivative is the coefficient of h in p(z + h): of p(z+h) − p(z−h) over 2h the limit, which for degree 4 the mean
		// of two steps gives exactly.
		slope := func(h rational.Rat) rational.Rat {
			return value(p, z.Add(h)).Sub(value(p, z.Sub(h))).Quo(h.Add(h))
		}
		two, third := rational.NewRat(2, 1), rational.NewRat(1, 3)
		want := slope(one).Mul(rational.NewRat(4, 1)).Sub(slope(two)).Mul(third)
		if got := p.Derivative().at(z); !got.Equal(want) {
			t.Fatalf("the slope of %v at %s is %s, not %s", p, z, got, want)
		}
		from := z.Sub(rational.NewRat(r.Int64N(5), 8))
		if e := p.over(enclose.NewInterval(from, z)); !e.Contains(value(p, z)) || !e.Contains(value(p, from)) {
			t.Fatalf("%v on [%s, %s] is enclosed by %s", p, from, z, e)
		}
		if point := p.over(enclose.Point(z)); !point.Width().IsZero() || !point.Lo.Equal(value(p, z)) {
			t.Fatalf("%v at the point %s is enclosed by %s", p, z, point)
		}
	}
}

// The derivative of P·e^Q is (P' + PQ')e^Q, and the values of a sum are those of its terms.
func TestExpPolynomials(t *testing.T) {
	// (z² + 1)e^(3z) has the slope (3z² + 2z + 3)e^(3z).
	f := ExpPoly{{Polynomial{one, zero, one}, Polynomial{zero, rational.NewRat(3, 1)}}}
	d := f.derivative()
	for k := range int64(5) {
		z := rational.NewRat(k-2, 3)
		want := enclose.ExpOf(z.Mul(rational.NewRat(3, 1))).Scale(z.Mul(z).Mul(rational.NewRat(3, 1)).Add(z.Add(z)).Add(rational.NewRat(3, 1)))
		if d.at(z).Cmp(want) != 0 {
			t.Errorf("the slope at %s is another one", z)
		}
		exact := f.at(z).Real()
		e, _ := exact.Enclose(rational.NewRat(1, 1<<40))
		over := f.over(enclose.NewInterval(z, z.Add(one)), cellBits)
		if over.Lo.Cmp(e.Hi) > 0 || over.Hi.Cmp(e.Lo) < 0 {
			t.Errorf("at %s the value %s is outside of %s", z, e, over)
		}
	}
}

// The cells follow one another from one end to the other, and their bounds are positive and true in the middle. A function that
// never is far enough from 0 stays undecided, after as many halvings as are allowed and no more.
func TestCells(t *testing.T) {
	// e^z − 1 − z + 1/100 on [−1, 1], which is 1/100 at 0
	f := ExpPoly{{Polynomial{one}, Polynomial{zero, one}}, {Polynomial{rational.NewRat(-99, 100), one.Neg()}, Polynomial{zero}}}
	cells, err := f.Prove(one.Neg(), one, nil)
	if err != nil || len(cells) < 3 {
		t.Fatalf("%d cells, %v", len(cells), err)
	}
	at := one.Neg()
	for _, c := range cells {
		middle, _ := f.at(c.From.Add(c.To).Mul(rational.NewRat(1, 2))).Real().Enclose(rational.NewRat(1, 1<<40))
		if !c.From.Equal(at) || c.From.Cmp(c.To) >= 0 || c.Bound.Sign() <= 0 || c.Bound.Cmp(middle.Hi) > 0 || c.Rule != ByEnclosure {
			t.Errorf("cell %+v behind %s, where the function is %s in the middle", c, at, middle)
		}
		at = c.To
	}
	if !at.Equal(one) {
		t.Errorf("the cells end at %s", at)
	}
	line := ExpPoly{{Polynomial{zero, one}, Polynomial{zero}}} // z, which is 0 at 0
	if _, err := line.Prove(zero, one, nil); err == nil || !strings.Contains(err.Error(), "undecided on [0, 1/1073741824]") {
		t.Errorf("z on [0, 1]: %v", err)
	}
	if _, err := line.Prove(zero, one, &zero); err == nil {
		t.Error("a simple zero is taken for a double one")
	}
}

// What is told of claims: how many cells prove one, that another is an identity, each cell to who wants to know; and of an error that it
// is refuted, without a certificate.
func TestReport(t *testing.T) {
	var said []string
	say := func(format string, v ...any) { said = append(said, fmt.Sprintf(format, v...)) }
	claims := []Claim{{Name: "a", Statement: "f > 0", Cells: []Cell{{zero, one, ByEnclosure, one}}}, {Name: "b", Statement: "g = h"}}
	r := Report("CRS-P3.2", claims, nil, say)
	if len(r.Claims) != 2 || r.Claims[0].Statement != "f > 0 [1 cell]" || r.Claims[1].Statement != "g = h [identity]" || r.Claims[0].Status != theorems.Proved || len(r.Documents) != 1 {
		t.Errorf("%+v", r)
	}
	if len(said) != 1 || !strings.Contains(said[0], "[0, 1]: at least 1") {
		t.Errorf("said %q", said)
	}
	if r := Report("CRS-P3.2", claims, errors.New("no"), say); len(r.Claims) != 1 || r.Claims[0].Status != theorems.Refuted || r.Documents != nil {
		t.Errorf("%+v", r)
	}
}
