package program

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/rational"
)

// What is read as a short decimal is what rational.ParseRat reads, but for leading zeros; and
// what it refuses is refused.
func TestNumbersAreThoseOfRational(t *testing.T) {
	r := rand.New(rand.NewPCG(71, 1))
	const letters = "0123456789..-+e/"
	s := NewSource(strings.NewReader(""), "numbers")
	read := 0
	for range 20000 {
		word := make([]byte, 1+r.IntN(22))
		for k := range word {
			if word[k] = letters[r.IntN(11)]; r.IntN(8) == 0 {
				word[k] = letters[r.IntN(len(letters))]
			}
		}
		given := string(word)
		want, wantErr := rational.ParseRat(decimal(given))
		got, err := s.Number(given)
		if exponentBeyond(given) {
			continue
		}
		if (err == nil) != (wantErr == nil) || !got.Equal(want) {
			t.Fatalf("%s is read as %v (%v), want %v (%v)", given, got, err, want, wantErr)
		}
		if err == nil {
			read++
		}
	}
	if read < 5000 {
		t.Errorf("only %d numbers were read", read)
	}
}
