package gunzip

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
)

// small are members with blocks of all kinds, and fields in the header.
func small() map[string][]byte {
	r := rand.New(rand.NewPCG(9, 10))
	mixed := &writer{}
	mixed.stored(0, []byte("stored "))
	mixed.empty(0, 1)
	mixed.empty(0, 2)
	mixed.put(3, 3) // last, fixed
	for _, c := range "and fixed" {
		mixed.code(fixed()[c])
	}
	mixed.code(fixed()[endOfBlock])
	return map[string][]byte{
		"codes":  zipped(text(r, 800), 9, 0),
		"fixed":  zipped([]byte("aaaaaaaaaaaaaaaaabc"), 9, 0),
		"flush":  zipped(text(r, 300), 6, 100),
		"stored": zipped(text(r, 50), 0, 0),
		"fields": headed(31, "extra", "name", "comment"),
		"mixed":  member(mixed.out, []byte("stored and fixed")),
	}
}

// What is cut off anywhere is said to be, and nothing else.
func TestTruncations(t *testing.T) {
	for name, file := range small() {
		if !compare(t, name, file) {
			t.Errorf("%s: an error", name)
		}
		for n := range file {
			if got, err := Member(bytes.NewReader(file[:n]), 1<<20); got != nil || err != io.ErrUnexpectedEOF {
				t.Errorf("%s, first %d bytes: %d bytes, %v", name, n, len(got), err)
			}
		}
	}
}

// A file that ends where the bits that are missing, taken for 0, are no code, is cut off and not wrong.
func TestTruncationBeforeACode(t *testing.T) {
	lengths := make([]uint8, 258)
	lengths['a'], lengths[endOfBlock], lengths[257] = 1, 2, 2
	w := &writer{}
	s, _ := w.codes(1, lengths, []uint8{0}) // no distances
	w.code(s['a'])
	for w.n%8 != 6 {
		w.code(s['a'])
	}
	w.code(s[257])
	file := member(w.out, nil)
	in := &once{r: bytes.NewReader(file[:len(file)-8])}
	if got, err := Member(in, 100); got != nil || err != io.ErrUnexpectedEOF || in.after > 0 {
		t.Errorf("%q, %v, %d reads after the end", got, err, in.after)
	}
}

// once counts reads after its end: at a terminal they would wait for more.
type once struct {
	r     io.Reader
	ended bool
	after int
}

func (o *once) Read(p []byte) (int, error) {
	if o.ended {
		o.after++
	}
	n, err := o.r.Read(p)
	o.ended = err == io.EOF
	return n, err
}

// Every bit that is flipped, every byte that is left out or there twice, and every two bits that lie close: the answer is
// that of compress/gzip, nearly always an error.
func TestChanges(t *testing.T) {
	for name, file := range small() {
		for at := range file {
			for bit := range 8 {
				changed := bytes.Clone(file)
				changed[at] ^= 1 << bit
				compare(t, fmt.Sprintf("%s, bit %d of byte %d", name, bit, at), changed)
				if at+1 < len(file) {
					changed[at+1] ^= 1 << (bit * 3 % 8)
					compare(t, fmt.Sprintf("%s, bit %d of byte %d and one of the next", name, bit, at), changed)
				}
			}
			compare(t, fmt.Sprintf("%s without byte %d", name, at), append(bytes.Clone(file[:at]), file[at+1:]...))
			compare(t, fmt.Sprintf("%s with byte %d twice", name, at), append(bytes.Clone(file[:at+1]), file[at:]...))
		}
	}
}

// Every bit of the blocks that is flipped, with the trailer for what compress/flate then makes of them: what is right
// expands to the same.
func TestChangedBlocks(t *testing.T) {
	right := 0
	for name, file := range small() {
		if name == "fields" {
			continue
		}
		blocks := file[10 : len(file)-8]
		for at := range blocks {
			for bit := range 8 {
				changed := bytes.Clone(blocks)
				changed[at] ^= 1 << bit
				if compareBlocks(t, fmt.Sprintf("%s, bit %d of byte %d", name, bit, at), changed) {
					right++
				}
			}
		}
	}
	if right < 500 {
		t.Errorf("only %d changes leave blocks that are right", right)
	}
}

// Random bytes in the place of blocks.
func TestRandomBlocks(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	right := 0
	for k := range 20000 {
		blocks := noise(r, 1+r.IntN(200), 256)
		blocks[0] = blocks[0]&^6 | byte(1+r.IntN(2))<<1 // compressed
		if compareBlocks(t, fmt.Sprint(k), blocks) {
			right++
		}
	}
	t.Logf("%d are right", right)
}
