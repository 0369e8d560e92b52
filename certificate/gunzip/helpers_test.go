package gunzip

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
)

// A writer makes blocks bit by bit.
type writer struct {
	out []byte
	n   int // bits
}

// put writes the n lowest bits of v, the lowest first.
func (w *writer) put(v, n int) {
	for k := range n {
		if w.n%8 == 0 {
			w.out = append(w.out, 0)
		}
		w.out[w.n/8] |= byte(v>>k&1) << (w.n % 8)
		w.n++
	}
}

// A word is n bits, the highest first.
type word struct{ v, n int }

// code writes a word.
func (w *writer) code(c word) {
	for k := c.n - 1; k >= 0; k-- {
		w.put(c.v>>k, 1)
	}
}

// align goes on to the next byte.
func (w *writer) align() { w.n = 8 * len(w.out) }

// stored writes a block that is not compressed.
func (w *writer) stored(last int, data []byte) {
	w.put(last, 1)
	w.put(0, 2)
	w.align()
	w.put(len(data), 16)
	w.put(len(data)^0xffff, 16)
	w.out = append(w.out, data...)
	w.align()
}

// words has the codes of symbols with these lengths: those of a length are numbers in order, from twice the number behind
// those one bit shorter. Found by going through all words, as they are few.
func words(lengths []uint8) []word {
	all := make([]word, len(lengths))
	v := 0
	for n := 1; n <= 15; n++ {
		v *= 2
		for s := range lengths {
			if int(lengths[s]) == n {
				all[s] = word{v, n}
				v++
			}
		}
	}
	return all
}

// lengthsOfLengths are those of a code in which every length can be written.
var lengthsOfLengths = []uint8{4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5}

// begin writes the beginning of a block with codes of its own, up to their lengths.
func (w *writer) begin(last, symbols, distances int, ofLengths []uint8) {
	w.put(last, 1)
	w.put(2, 2)
	w.put(symbols-257, 5)
	w.put(distances-1, 5)
	w.put(19-4, 4)
	for _, k := range []int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15} {
		w.put(int(ofLengths[k]), 3)
	}
}

// codes writes a block up to its symbols, of which it returns the codes.
func (w *writer) codes(last int, symbols, distances []uint8) (s, d []word) {
	w.begin(last, len(symbols), len(distances), lengthsOfLengths)
	ofLengths := words(lengthsOfLengths)
	for _, n := range append(bytes.Clone(symbols), distances...) {
		w.code(ofLengths[n])
	}
	return words(symbols), words(distances)
}

// fixed has the codes of blocks without their own.
var fixed = sync.OnceValue(func() []word {
	return words([]byte(strings.Repeat("\x08", 144) + strings.Repeat("\x09", 112) + strings.Repeat("\x07", 24) + strings.Repeat("\x08", 8)))
})

// member puts blocks that expand to data into a member.
func member(blocks, data []byte) []byte {
	m := append([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"), blocks...)
	m = binary.LittleEndian.AppendUint32(m, crc32.ChecksumIEEE(data))
	return binary.LittleEndian.AppendUint32(m, uint32(len(data)))
}

// zipped compresses data at a level of compress/gzip, and flushes what is compressed after each so many bytes, if that is not 0.
func zipped(data []byte, level, flush int) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, level)
	if err != nil {
		panic(err)
	}
	for flush > 0 && len(data) > flush {
		w.Write(data[:flush])
		w.Flush()
		data = data[flush:]
	}
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// reference expands a member with compress/gzip.
func reference(data []byte, limit int64) ([]byte, error) {
	in := bytes.NewReader(data)
	r, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	r.Multistream(false)
	plain, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(plain)) > limit:
		return nil, ErrTooLong
	case in.Len() > 0:
		return nil, ErrTrailing
	}
	return plain, nil
}

// compare asks for the answer of compress/gzip, and returns whether there is one. Where RFC 1952 wants an error that
// package leaves out it is an error here.
func compare(t *testing.T, name string, data []byte) bool {
	t.Helper()
	const limit = 1 << 22
	want, failed := reference(data, limit)
	got, err := Member(bytes.NewReader(data), limit)
	switch {
	case err == nil && failed != nil:
		t.Fatalf("%s: compress/gzip says %v", name, failed)
	case err == nil && !bytes.Equal(got, want):
		t.Fatalf("%s: %d bytes, which differ from %d of compress/gzip", name, len(got), len(want))
	case err != nil && got != nil:
		t.Fatalf("%s: %d bytes and the error %v", name, len(got), err)
	case err != nil && failed == nil && data[3]&flagsUnused == 0:
		t.Fatalf("%s: %v, and compress/gzip has %d bytes", name, err, len(want))
	case errors.Is(failed, ErrTrailing) && !errors.Is(err, ErrTrailing) && data[3]&flagsUnused == 0:
		t.Fatalf("%s: %v, and compress/gzip finds that the file goes on", name, err)
	}
	return err == nil
}

// compareBlocks gives what compress/flate makes of the bytes the trailer that it needs, and says whether it made anything.
func compareBlocks(t *testing.T, name string, blocks []byte) bool {
	t.Helper()
	in := bytes.NewReader(blocks)
	data, err := io.ReadAll(io.LimitReader(flate.NewReader(in), 1<<22))
	return compare(t, name, member(blocks[:len(blocks)-in.Len()], data)) && err == nil
}

// text is so many bytes like those of a document.
func text(r *rand.Rand, n int) []byte {
	var b bytes.Buffer
	for b.Len() < n {
		switch r.IntN(4) {
		case 0:
			b.WriteString(`{"rule":"combine","equations":[[`)
		case 1:
			b.WriteString(`"1/700","1/700","1/700","1/700"`)
		default:
			for range r.IntN(20) {
				b.WriteByte("0123456789,[]-"[r.IntN(14)])
			}
		}
	}
	return b.Bytes()[:n]
}

// noise is random bytes, of a number of kinds.
func noise(r *rand.Rand, n, kinds int) []byte {
	b := make([]byte, n)
	for k := range b {
		b[k] = byte(r.IntN(kinds))
	}
	return b
}
