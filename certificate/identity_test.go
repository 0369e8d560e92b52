package certificate

import (
	"math/big"
	"testing"
)

// Two polynomials are equal only if they have the same monomials with the same
// coefficients, and the first difference is named.
func TestComparePolynomials(t *testing.T) {
	p := polynomial{"\x01\x02": big.NewInt(3), "\x02\x01": big.NewInt(3)}
	for _, c := range []struct {
		name       string
		q          polynomial
		difference string
	}{
		{"equal", polynomial{"\x02\x01": big.NewInt(3), "\x01\x02": big.NewInt(3)}, ""},
		{"coefficient", polynomial{"\x02\x01": big.NewInt(2), "\x01\x02": big.NewInt(3)}, "\x02\x01"},
		{"monomial missing", polynomial{"\x01\x02": big.NewInt(3)}, "\x02\x01"},
		{"monomial more", polynomial{"\x02\x01": big.NewInt(3), "\x01\x02": big.NewInt(3), "\x00\x03": big.NewInt(1)}, "\x00\x03"},
		{"two differences", polynomial{}, "\x01\x02"},
	} {
		difference, equal := p.compare(c.q)
		if string(difference) != c.difference || equal != (c.difference == "") {
			t.Errorf("%s: difference %v, equal %v", c.name, difference, equal)
		}
	}
}

// Both sides of the identity, expanded, agree in every small cell; and the
// coefficients are those of the multinomial theorem.
func TestPowersAreMultinomial(t *testing.T) {
	smallCells(func(k, n int) {
		for i, terms := range naiveIdentity(k, n).Supports {
			full := fullSupport(powerOfSum(i+1, k), i+1)
			if len(full) != len(terms) {
				t.Fatalf("(%d,%d): %d terms, want %d", k, i+1, len(full), len(terms))
			}
			for j, term := range terms {
				same := full[j].coefficient.Cmp(term.Coefficient) == 0
				for v, e := range term.Exponents {
					same = same && int(full[j].exponents[v]) == e
				}
				if !same {
					t.Errorf("(%d,%d): term %d is %v, want %v", k, i+1, j, full[j], term)
				}
			}
		}
	})
}
