package gunzip

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// inputs are data of all kinds: what is short, long, even, or has copies from as far as they go.
func inputs() map[string][]byte {
	r := rand.New(rand.NewPCG(1, 2))
	all := map[string][]byte{"nothing": nil, "a byte": []byte("a"), "zeros": make([]byte, 3<<20)}
	for _, n := range []int{2, 100, 5000, firstPart, firstPart + part} {
		all[fmt.Sprintf("text %d", n)] = text(r, n)
		all[fmt.Sprintf("noise %d", n)] = noise(r, n, 256)
		all[fmt.Sprintf("digits %d", n)] = noise(r, n, 10)
	}
	// A copy from 2^15 bytes back begins at every place of a window in turn.
	all["far"] = bytes.Repeat(noise(r, maxDistance, 256), 50)
	all["farther"] = bytes.Repeat(noise(r, maxDistance+1, 256), 5)
	for _, period := range []int{1, 2, 3, 7, 257, 258, 259, maxDistance - 1} {
		all[fmt.Sprintf("period %d", period)] = bytes.Repeat(noise(r, period, 256), 1+(1<<17)/period)
	}
	for n := firstPart - maxCopy - 2; n <= firstPart+2; n += 52 {
		all[fmt.Sprintf("first part %d", n)] = noise(r, n, 2)
	}
	return all
}

// What compress/gzip writes, at all levels what is not long.
func TestExpandsWhatWasCompressed(t *testing.T) {
	for name, data := range inputs() {
		levels := []int{gzip.HuffmanOnly, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
		if len(data) > 1<<14 {
			levels = []int{gzip.HuffmanOnly, 0, 1, 6}
		}
		for _, level := range levels {
			got, err := Member(bytes.NewReader(zipped(data, level, 0)), int64(len(data)))
			if err != nil || !bytes.Equal(got, data) {
				t.Errorf("%s, level %d: %d bytes, %v; want %d", name, level, len(got), err, len(data))
			}
		}
	}
}

// A caller that wants all bytes so far gets a block for them, and an empty one.
func TestExpandsWhatWasFlushed(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, flush := range []int{1, 31, 128, 1000, 70000} {
		for kind, data := range map[string][]byte{"text": text(r, 100000), "noise": noise(r, 100000, 256)} {
			for _, level := range []int{0, 1, 6} {
				got, err := Member(bytes.NewReader(zipped(data, level, flush)), 1<<20)
				if err != nil || !bytes.Equal(got, data) {
					t.Errorf("%s, every %d bytes, level %d: %d bytes, %v", kind, flush, level, len(got), err)
				}
			}
		}
	}
}

// Files of other compressors; the names say which.
func TestExpandsFilesOfOthers(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.gz")
	if err != nil || len(paths) < 8 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	want, err := os.ReadFile("../../fixtures/certificates/accepted/cell-2-3.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if got, err := Member(file, 1<<20); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, %v", path, len(got), err)
		}
	}
}

// The limit is that of the bytes, and stops what would be long at once.
func TestLimit(t *testing.T) {
	for _, n := range []int{1, 100, firstPart - 1, firstPart, firstPart + 1, 1 << 21} {
		data := make([]byte, n)
		for limit, want := range map[int]error{n - 1: ErrTooLong, n: nil, n + 1: nil, 0: ErrTooLong} {
			if got, err := Member(bytes.NewReader(zipped(data, 9, 0)), int64(limit)); err != want || err == nil && !bytes.Equal(got, data) {
				t.Errorf("%d bytes, limit %d: %d, %v", n, limit, len(got), err)
			}
		}
	}
	if data, err := Member(bytes.NewReader(zipped(nil, 9, 0)), 0); err != nil || len(data) > 0 {
		t.Errorf("no bytes, limit 0: %v, %v", data, err)
	}
	// A file that expands for ever is not read to its end.
	w := &writer{}
	symbols, _ := w.codes(0, append(make([]byte, 254), 2, 2, 1), []uint8{0})
	again := bytes.Repeat([]byte{0xff}, 1<<15) // of symbol 255, whose code is 11
	for w.n%8 > 0 {
		w.code(symbols[255])
	}
	in := &counting{r: io.MultiReader(bytes.NewReader(member(w.out, nil)[:10+len(w.out)]), &endless{again: again})}
	if _, err := Member(in, 1<<20); !errors.Is(err, ErrTooLong) || in.n > 1<<20 {
		t.Errorf("endless: %v after %d bytes", err, in.n)
	}
}

// endless has the bytes again and again.
type endless struct {
	again []byte
	at    int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.again[e.at:])
	e.at = (e.at + n) % len(e.again)
	return n, nil
}

// counting counts what is read.
type counting struct {
	r io.Reader
	n int
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

// However the bytes come, and whatever else ends them.
func TestReaders(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	data := text(r, 20000)
	for _, level := range []int{0, 6} {
		file := zipped(data, level, 3000)
		for name, in := range map[string]io.Reader{
			"one byte at a time": iotest.OneByteReader(bytes.NewReader(file)),
			"halves":             iotest.HalfReader(bytes.NewReader(file)),
			"the end with bytes": iotest.DataErrReader(bytes.NewReader(file)),
		} {
			if got, err := Member(in, 1<<20); err != nil || !bytes.Equal(got, data) {
				t.Errorf("%s: %d bytes, %v", name, len(got), err)
			}
		}
		broken := errors.New("broken disk")
		for n := 0; n <= len(file); n += 1 + r.IntN(50) {
			in := io.MultiReader(bytes.NewReader(file[:n]), iotest.ErrReader(broken))
			if got, err := Member(in, 1<<20); got != nil || err != broken {
				t.Errorf("level %d, broken after %d bytes: %d bytes, %v", level, n, len(got), err)
			}
		}
		in := io.MultiReader(bytes.NewReader(file), iotest.ErrReader(broken))
		if got, err := Member(in, 1<<20); got != nil || err != broken {
			t.Errorf("level %d, broken at the end: %d bytes, %v", level, len(got), err)
		}
	}
}

// Nothing may stand behind the member, and the trailer is compared.
func TestTrailer(t *testing.T) {
	good := zipped([]byte("some data"), 6, 0)
	for _, more := range []string{"\x00", "\x1f", "12345678", string(good), strings.Repeat("\x00", 10000)} {
		if _, err := Member(strings.NewReader(string(good)+more), 100); err != ErrTrailing {
			t.Errorf("%d bytes behind: %v", len(more), err)
		}
	}
	for at, what := range map[int]string{8: "checksum", 7: "checksum", 6: "checksum", 5: "checksum", 4: "length", 3: "length", 2: "length", 1: "length"} {
		for bit := range 8 {
			changed := bytes.Clone(good)
			changed[len(good)-at] ^= 1 << bit
			want := fmt.Sprintf("the %s is not that of the data, before byte %d", what, len(good)-map[string]int{"checksum": 4, "length": 0}[what])
			if _, err := Member(bytes.NewReader(changed), 100); err == nil || err.Error() != want {
				t.Errorf("bit %d of the last byte but %d: %v, want %s", bit, at-1, err, want)
			}
		}
	}
}
