package gunzip

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

// empty writes a block of the kind without any bytes: 0 stored, 1 fixed, 2 with codes of its own that are short to
// write, 3 with a long list of long codes, of which compress/flate makes 128 tables.
func (w *writer) empty(last, kind int) {
	switch kind {
	case 0:
		w.stored(last, nil)
	case 1:
		w.put(last, 1)
		w.put(1, 2)
		w.code(fixed()[endOfBlock])
	case 2:
		ofLengths := make([]uint8, 19)
		ofLengths[18], ofLengths[0], ofLengths[1] = 1, 2, 2
		w.begin(last, 257, 1, ofLengths)
		c := words(ofLengths)
		w.code(c[18])
		w.put(138-11, 7)
		w.code(c[18])
		w.put(118-11, 7)
		w.code(c[1])
		w.code(c[0])
		w.code(word{0, 1}) // the end of the block
	case 3:
		lengths := append(bytes.Repeat([]byte{10}, 256), 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15)
		symbols, _ := w.codes(last, lengths, []uint8{0})
		w.code(symbols[endOfBlock])
	}
}

// So many blocks of a kind do, and no more, whatever stands between them. The first ones are not there.
func TestBlocksAreBounded(t *testing.T) {
	for kind := range 4 {
		for more, want := range []error{nil, ErrBlocks} {
			d := &decoder{blocks: maxBlocks - 9}
			if kind >= 2 {
				d = &decoder{codes: maxCodes - 5}
			}
			w := &writer{}
			for range 4 {
				w.stored(0, []byte{1})
				w.empty(0, kind)
			}
			if more > 0 {
				w.empty(0, kind)
			}
			w.empty(1, kind)
			data := []byte{1, 1, 1, 1}
			if got, err := d.member(bytes.NewReader(member(w.out, data)), 4); err != want || err == nil && !bytes.Equal(got, data) {
				t.Errorf("kind %d, %d too many: %d bytes, %v; want %v", kind, more, len(got), err, want)
			}
		}
	}
}

// Blocks that hold nothing, for ever, end; those of one kind from the first on.
func TestBlocksWithoutBytesEnd(t *testing.T) {
	for kind := range 4 {
		d, most := &decoder{}, 12*maxCodes
		if kind != 2 {
			d, most = &decoder{blocks: maxBlocks - 1<<12, codes: maxCodes - 1<<12}, 1<<20
		}
		w := &writer{}
		for range 8 { // as many as end with a byte
			w.empty(0, kind)
		}
		in := &counting{r: io.MultiReader(bytes.NewReader(member(nil, nil)[:10]), &endless{again: bytes.Repeat(w.out, 1000)})}
		if data, err := d.member(in, 1<<26); data != nil || err != ErrBlocks || in.n > most {
			t.Errorf("kind %d: %d bytes, %v after %d bytes", kind, len(data), err, in.n)
		}
	}
}

// Each rule for blocks is broken once, and what is wrong is named.
func TestBadBlocks(t *testing.T) {
	ten := make([]uint8, 257)
	ten['a'], ten['b'], ten[endOfBlock] = 2, 2, 1
	copies := append(bytes.Clone(ten), 2) // with symbol 257, a copy of 3 bytes
	copies['b'] = 0
	for name, c := range map[string]struct {
		write func(w *writer)
		want  string
	}{
		"kind": {func(w *writer) { w.put(7, 3) }, "a block of no known kind"},
		"length": {func(w *writer) {
			w.put(1, 3)
			w.align()
			w.put(5, 16)
			w.put(5^0xfffe, 16)
		}, "a length that is not its own complement"},
		"symbols":                {func(w *writer) { w.begin(1, 287, 1, lengthsOfLengths) }, "more symbols than there are"},
		"distances":              {func(w *writer) { w.begin(1, 257, 31, lengthsOfLengths) }, "more symbols than there are"},
		"lengths, too many":      {func(w *writer) { w.begin(1, 257, 1, append(bytes.Repeat([]byte{4}, 17), 0, 0)) }, "lengths of no code"},
		"lengths, too few":       {func(w *writer) { w.begin(1, 257, 1, append(bytes.Repeat([]byte{4}, 15), 0, 0, 0, 0)) }, "lengths of no code"},
		"lengths, one of 2 bits": {func(w *writer) { w.begin(1, 257, 1, append([]byte{2}, make([]byte, 18)...)) }, "lengths of no code"},
		"lengths, no symbol": {func(w *writer) {
			w.begin(1, 257, 1, append([]byte{1}, make([]byte, 18)...))
			w.put(1<<20-1, 20)
		}, "a code of no symbol"},
		"lengths, none at all": {func(w *writer) {
			w.begin(1, 257, 1, make([]byte, 19))
			w.put(0, 20)
		}, "a code of no symbol"},
		"repetition first": {func(w *writer) {
			w.begin(1, 257, 1, lengthsOfLengths)
			w.code(words(lengthsOfLengths)[16])
			w.put(0, 2)
		}, "a repetition of no length"},
		"repetition beyond": {func(w *writer) {
			w.begin(1, 257, 1, lengthsOfLengths)
			for range 2 {
				w.code(words(lengthsOfLengths)[18])
				w.put(127, 7)
			}
		}, "more lengths than symbols"},
		"no end":            {func(w *writer) { w.codes(1, append([]byte{1, 1}, make([]byte, 255)...), []byte{1}) }, "a block without an end"},
		"symbols, too many": {func(w *writer) { w.codes(1, append(bytes.Clone(ten), 2), []byte{0}) }, "lengths of no code"},
		"symbols, too few": {func(w *writer) {
			few := bytes.Clone(ten)
			few['b'] = 3
			w.codes(1, few, []byte{0})
		}, "lengths of no code"},
		"distances, too many": {func(w *writer) { w.codes(1, ten, []byte{1, 1, 15}) }, "lengths of no code"},
		"distances, too few":  {func(w *writer) { w.codes(1, ten, []byte{1, 15}) }, "lengths of no code"},
		"distances, one long": {func(w *writer) { w.codes(1, ten, []byte{15}) }, "lengths of no code"},
		"no distances": {func(w *writer) {
			s, _ := w.codes(1, copies, []byte{0})
			w.code(s['a'])
			w.code(s[257])
			w.put(0, 20)
		}, "a code of no symbol"},
		"one distance, another": {func(w *writer) {
			s, _ := w.codes(1, copies, []byte{1})
			w.code(s['a'])
			w.code(s[257])
			w.put(1<<20-1, 20)
		}, "a code of no symbol"},
		"too far": {func(w *writer) {
			s, d := w.codes(1, copies, []byte{1, 1})
			w.code(s['a'])
			w.code(s[257])
			w.code(d[1]) // 2 back
		}, "a copy from before the beginning"},
		"fixed symbol": {func(w *writer) {
			w.put(3, 3)
			w.code(fixed()['a'])
			w.code(fixed()[286])
		}, "a symbol that there is not"},
		"fixed distance": {func(w *writer) {
			w.put(3, 3)
			w.code(fixed()['a'])
			w.code(fixed()[257])
			w.code(word{30, 5})
		}, "a symbol that there is not"},
	} {
		w := &writer{}
		c.write(w)
		w.put(0, 64) // so that nothing is missing
		w.align()
		file := member(w.out, nil)
		if compare(t, name, file) {
			t.Errorf("%s: no error", name)
		}
		if _, err := Member(bytes.NewReader(file), 100); err == nil || !strings.HasPrefix(err.Error(), c.want+", before byte ") {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// Blocks that are unusual, and right.
func TestGoodBlocks(t *testing.T) {
	ab := make([]uint8, 258)
	ab['a'], ab['b'], ab[endOfBlock], ab[257] = 2, 2, 2, 2
	end := make([]uint8, 257)
	end[endOfBlock] = 1
	for name, c := range map[string]struct {
		write func(w *writer)
		want  string
	}{
		"no bytes, one code": {func(w *writer) {
			s, _ := w.codes(1, end, []byte{0})
			w.code(s[endOfBlock])
		}, ""},
		"one distance": {func(w *writer) {
			s, d := w.codes(1, ab, []byte{0, 1})
			for _, c := range []word{s['a'], s['b'], s[257], d[1], s['a'], s[257], d[1], s[endOfBlock]} {
				w.code(c)
			}
		}, "ababaaaaa"},
		"another block's bytes": {func(w *writer) {
			w.stored(0, []byte("xyz"))
			s, d := w.codes(1, ab, []byte{1, 0, 1})
			for _, c := range []word{s[257], d[2], s[257], d[0], s[endOfBlock]} {
				w.code(c)
			}
		}, "xyzxyzzzz"},
		"repetitions": {func(w *writer) {
			w.begin(1, 258, 2, lengthsOfLengths)
			c := words(lengthsOfLengths)
			for _, n := range []int{138, 118} { // 256 symbols without a code
				w.code(c[18])
				w.put(n-11, 7)
			}
			// Of two symbols and two distances: 1 and three times the same, from one list into the other.
			w.code(c[1])
			w.code(c[16])
			w.put(0, 2)
			w.code(word{0, 1}) // the end
		}, ""},
	} {
		w := &writer{}
		c.write(w)
		file := member(w.out, []byte(c.want))
		if got, err := Member(bytes.NewReader(file), 100); err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, c.want)
		}
		if !compare(t, name, file) {
			t.Errorf("%s: an error", name)
		}
	}
}

// Every length, and every distance that is the first or last of its symbol, with the codes of fixed blocks.
func TestCopies(t *testing.T) {
	for s := range lengthBase {
		for _, length := range []int{lengthBase[s], lengthBase[s] + 1<<lengthBits[s] - 1} {
			for d := range distanceBase {
				for _, distance := range []int{distanceBase[d], distanceBase[d] + 1<<distanceBits[d] - 1} {
					if length > maxCopy { // that of 258 has a symbol of its own, besides
						length = maxCopy
					}
					data := make([]byte, distance)
					for k := range data {
						data[k] = byte(k * k >> 3)
					}
					w := &writer{}
					w.stored(0, data[:min(distance, 65535)])
					w.put(3, 3)
					w.code(fixed()[257+s])
					w.put(length-lengthBase[s], int(lengthBits[s]))
					w.code(word{d, 5})
					w.put(distance-distanceBase[d], int(distanceBits[d]))
					w.code(fixed()[endOfBlock])
					for range length {
						data = append(data, data[len(data)-distance])
					}
					if !compare(t, fmt.Sprintf("%d bytes from %d back", length, distance), member(w.out, data)) {
						t.Errorf("%d bytes from %d back: an error", length, distance)
					}
				}
			}
		}
	}
}
