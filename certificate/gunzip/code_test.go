package gunzip

import (
	"math/rand/v2"
	"testing"
)

// Codes of random lengths against the words that RFC 1951 has for them: each is told from the bits that it begins, and
// what is no code is refused.
func TestCodesAgainstWords(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	good := 0
	for range 3000 {
		lengths := randomLengths(r)
		sum, used, longest := 0, 0, uint8(0)
		for _, n := range lengths {
			if n > 0 {
				sum, used, longest = sum+1<<(maxLength-n), used+1, max(longest, n)
			}
		}
		want := sum == 1<<maxLength || used == 0 || used == 1 && longest == 1
		c := &code{table: [1 << tableBits]uint16{7, 7, 7}} // of a block before
		if got := c.build(lengths); got != want {
			t.Fatalf("%v: %t", lengths, got)
		}
		if !want {
			continue
		}
		good++
		for symbol, w := range words(lengths) {
			if w.n == 0 {
				continue
			}
			b := &writer{}
			b.code(w)
			b.put(r.IntN(1<<20), 20)
			d := &decoder{stream: stream{view: append(b.out, 0, 0, 0)}}
			if got := d.symbol(c); got != symbol || int(d.n) != 32-w.n {
				t.Fatalf("%v: %v is symbol %d with %d bits left, not %d", lengths, w, got, d.n, symbol)
			}
		}
	}
	if good < 1000 || good > 2500 {
		t.Errorf("%d of 3000 lists are those of a code", good)
	}
}

// randomLengths are those of a code, which is split at random from that of no bits, or a list that is nearly one.
func randomLengths(r *rand.Rand) []uint8 {
	leaves := []uint8{0}
	for range r.IntN(maxSymbols) {
		// One that is split has at most 14 bits. Those behind are likely to be long.
		k := len(leaves) - 1 - r.IntN(1+r.IntN(len(leaves)))
		if leaves[k] < maxLength {
			leaves[k]++
			leaves = append(leaves, leaves[k])
		}
	}
	for range r.IntN(1 + maxSymbols - len(leaves)) {
		leaves = append(leaves, 0)
	}
	r.Shuffle(len(leaves), func(i, j int) { leaves[i], leaves[j] = leaves[j], leaves[i] })
	if r.IntN(3) == 0 {
		leaves[r.IntN(len(leaves))] = uint8(r.IntN(maxLength + 1))
	}
	return leaves
}
