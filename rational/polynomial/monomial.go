package polynomial

import (
	"encoding/binary"
	"fmt"
	"math"
)

// monomial encodes an exponent vector as a string of big-endian 32-bit words: the
// total degree, then the exponents. Comparing two such strings compares the
// monomials in graded lexicographic order with x1 > x2 > ..., and strings serve
// as map keys. The encoding is linear: that of a product is the wordwise sum.
type monomial string

const wordBytes = 4

// maxDegree bounds the total degree, so that it is an int on every platform.
const maxDegree = math.MaxInt32

// newMonomial panics if an exponent is negative or the total degree exceeds maxDegree.
// The result has a word for the degree and one for each exponent.
func newMonomial(exps []int) monomial {
	buf := make([]byte, wordBytes*(len(exps)+1))
	degree := uint64(0)
	for i, e := range exps {
		if e < 0 {
			panic(fmt.Sprintf("polynomial: negative exponent %d", e))
		}
		// The sum is checked at each step: that of all could overflow before it is looked
		// at.
		if degree += uint64(e); degree > maxDegree {
			panic("polynomial: degree of a monomial out of range")
		}
		binary.BigEndian.PutUint32(buf[wordBytes*(i+1):], uint32(e))
	}
	binary.BigEndian.PutUint32(buf, uint32(degree))
	return monomial(buf)
}

// word returns the degree for i = 0, otherwise the exponent of variable i-1.
func (m monomial) word(i int) uint32 {
	s := m[wordBytes*i:]
	return uint32(s[0])<<24 | uint32(s[1])<<16 | uint32(s[2])<<8 | uint32(s[3])
}

// i counts the variables from 0.
func (m monomial) exponent(i int) uint { return uint(m.word(i + 1)) }

// appendProduct appends the encoding of m · n to buf. The degree bounds every
// exponent, so that it is the only sum to watch.
// Both must be in the same variables.
func appendProduct(buf []byte, m, n monomial) []byte {
	if uint64(m.word(0))+uint64(n.word(0)) > maxDegree {
		panic("polynomial: degree of a monomial out of range")
	}
	for i := range len(m) / wordBytes {
		buf = binary.BigEndian.AppendUint32(buf, m.word(i)+n.word(i))
	}
	return buf
}

// exponents decodes m.
// The degree is left out: it is their sum.
func (m monomial) exponents() []int {
	exps := make([]int, len(m)/wordBytes-1)
	for i := range exps {
		exps[i] = int(m.exponent(i))
	}
	return exps
}
