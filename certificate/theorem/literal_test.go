package theorem

import "testing"

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
