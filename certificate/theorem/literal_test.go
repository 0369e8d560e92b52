package theorem

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

// writes are the lengths of what is written at once.
type writes []int

func (w *writes) Write(b []byte) (int, error) { *w = append(*w, len(b)); return len(b), nil }

// What is written is neither held until the end nor handed on one element at a time, but in pieces of 4 096 bytes and what an element has
// beyond these.
func TestLiteralIsWrittenInPieces(t *testing.T) {
	theorem := &Theorem{Kind: Implied, Symbols: []Symbol{{Name: "x"}}}
	for k := range 5000 {
		theorem.Facts = append(theorem.Facts, Fact{Poly: Poly{{C: Int(int64(k + 1)), M: Product(0)}}})
	}
	var w writes
	theorem.WriteLiteral(&w)
	for k, n := range w {
		if n <= 4096 && k < len(w)-1 || n > 4096+20 {
			t.Fatalf("piece %d of %d has %d bytes", k, len(w), n)
		}
	}
}

// The digest is that of all that is written, to the last byte.
func TestDigestIsOfTheWholeLiteral(t *testing.T) {
	theorem := &Theorem{Name: "t", Kind: Implied, Symbols: []Symbol{{Name: "x", Nonnegative: true}}, Rows: []Fact{{Poly: Poly{{C: Int(1), M: Product(0)}}}}}
	var b bytes.Buffer
	theorem.WriteLiteral(&b)
	if want := `{"name":"t","kind":"implied","symbols":[["x","p+"]],"facts":[],"rows":[[">=",[[1,0]]]]}`; b.String() != want {
		t.Errorf("written %s, want %s", b.String(), want)
	}
	if sum := sha256.Sum256(b.Bytes()); theorem.Digest() != hex.EncodeToString(sum[:]) {
		t.Errorf("the digest is %s", theorem.Digest())
	}
}
