package certificate

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// Every seventh byte of the document, if it is a digit, changed to every other digit: the document is rejected.
func TestRejectsEveryChangedDigit(t *testing.T) {
	document := written(smallComplete())
	semantic, byDigest := 0, 0
	for at, old := range document {
		if old < '0' || old > '9' || at%7 > 0 {
			continue
		}
		for digit := byte('0'); digit <= '9'; digit++ {
			if digit == old {
				continue
			}
			changed := bytes.Clone(document)
			changed[at] = digit
			name := fmt.Sprintf("byte %d from %c to %c", at, old, digit)
			if rejected(t, name, changed).Place == "sha256" {
				byDigest++
			} else {
				semantic++
			}
		}
	}
	t.Logf("%d changes rejected by a rule, %d by the digest", semantic, byDigest)
	if semantic < byDigest/2 {
		t.Errorf("%d changes outside of the digest are left to it", byDigest)
	}
}

// Every byte changed in one way, inserted or deleted, without a new digest.
func TestRejectsEveryChangedByte(t *testing.T) {
	document := written(smallComplete())
	for at := range document {
		changed := bytes.Clone(document)
		changed[at] ^= 1
		rejected(t, fmt.Sprintf("byte %d flipped", at), changed)
		rejected(t, fmt.Sprintf("byte %d deleted", at), append(bytes.Clone(document[:at]), document[at+1:]...))
		for _, c := range " 0" {
			longer := append(append(bytes.Clone(document[:at]), byte(c)), document[at:]...)
			rejected(t, fmt.Sprintf("%q inserted at %d", c, at), longer)
		}
	}
}

func TestRejectsTruncation(t *testing.T) {
	document := written(smallComplete())
	for n := range document {
		rejected(t, fmt.Sprintf("first %d bytes", n), document[:n])
	}
}

func TestRejectsTrailingData(t *testing.T) {
	document := written(smallComplete())
	for _, more := range []string{"\n", " ", "{}", "\x00", string(document)} {
		expectReject(t, fmt.Sprintf("%q", more), append(bytes.Clone(document), more...), "document", "the end of the document is not")
	}
	expectReject(t, "without the last line feed", document[:len(document)-1], "document", "the end of the document is not")
}

// White space between values is no error where the digest covers it.
func TestSpaceBetweenValues(t *testing.T) {
	loose := strings.NewReplacer(",", " ,\n ", ":", " : ", "[", "[ ", "]", " ]", "{", "{\n", "}", " }").Replace(body(written(smallComplete())))
	if _, err := Check(bytes.NewReader(seal(loose))); err != nil {
		t.Error(err)
	}
	for _, c := range "\t\r\v\ufeff" {
		rejected(t, fmt.Sprintf("%q", c), seal(strings.Replace(loose, " :", string(c)+":", 1)))
		rejected(t, fmt.Sprintf("%q first", c), seal(string(c)+loose))
	}
	for _, c := range " \n" {
		expectReject(t, fmt.Sprintf("%q first", c), seal(string(c)+loose), "document", "expected \"{\"")
	}
}

func zipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

func TestRejectsBadGzip(t *testing.T) {
	good := zipped(written(smallComplete()))
	for n := 2; n < len(good); n++ {
		expectReject(t, fmt.Sprintf("first %d bytes", n), good[:n], "document", "not a gzip file")
	}
	expectReject(t, "trailing byte", append(bytes.Clone(good), 0), "document", "goes on after its first member")
	expectReject(t, "gzip twice", zipped(good), "document", `expected "{"`)
	changed := bytes.Clone(good)
	changed[len(changed)-6] ^= 1 // in the checksum
	expectReject(t, "checksum", changed, "document", "not a gzip file")
	expectReject(t, "two documents", append(bytes.Clone(good), good...), "document", "goes on after its first member")
	expectReject(t, "an empty member more", append(bytes.Clone(good), zipped(nil)...), "document", "goes on after its first member")
}

// Compressed bytes that go on for ever, and unpack to nothing, end at the limit.
func TestRejectsEndlessInput(t *testing.T) {
	empty := zipped(nil)
	header, block := empty[:10], []byte{0, 0, 0, 0xff, 0xff} // a stored block of no bytes
	for name, c := range map[string]struct {
		first, again []byte
		reason       string
	}{
		"empty members": {nil, empty, "goes on after its first member"},
		"empty blocks":  {header, block, "more than 1048576 bytes"},
		"spaces":        {[]byte("{"), []byte(" "), "more than 1048576 bytes"},
		"zeros":         {nil, []byte{0}, "more than 1048576 bytes"},
	} {
		r := &repeating{first: c.first, again: c.again}
		_, err := checkLimited(context.Background(), r, 1<<20)
		var invalid *Invalid
		if !errors.As(err, &invalid) || !strings.Contains(invalid.Reason, c.reason) {
			t.Errorf("%s: %v", name, err)
		}
		if r.read > 1<<21 {
			t.Errorf("%s: %d bytes read", name, r.read)
		}
	}
}

// Blocks that bring Huffman codes and nothing else, eight in 92 bytes, are refused as too many, not as wrong.
func TestRejectsManyBlocks(t *testing.T) {
	const eight = "04c0810800000000207feb43001c880000000000f2b73e04c0810800000000" +
		"207feb43001c880000000000f2b73e04c0810800000000207feb43001c8800" +
		"00000000f2b73e04c0810800000000207feb43001c880000000000f2b73e"
	blocks, err := hex.DecodeString(eight)
	if err != nil {
		t.Fatal(err)
	}
	header, small := zipped(nil)[:10], zipped(written(smallComplete()))[10:]
	for n, reason := range map[int]string{1: "", 1 << 15: "more than 2^24 blocks, or 2^18 with codes of their own"} {
		_, err := Check(io.MultiReader(bytes.NewReader(header), bytes.NewReader(bytes.Repeat(blocks, n)), bytes.NewReader(small)))
		var invalid *Invalid
		switch {
		case reason == "" && err == nil:
		case !errors.As(err, &invalid) || !invalid.Limit || invalid.Place != "document" || !strings.Contains(invalid.Reason, reason):
			t.Errorf("%d blocks: %v", 8*n, err)
		}
	}
}

// repeating has first, and then the same bytes again and again.
type repeating struct {
	first, again []byte
	rest         []byte
	read         int
}

func (r *repeating) Read(p []byte) (int, error) {
	n := copy(p, r.first)
	r.first = r.first[n:]
	for n < len(p) {
		if len(r.rest) == 0 {
			r.rest = r.again
		}
		k := copy(p[n:], r.rest)
		r.rest = r.rest[k:]
		n += k
	}
	r.read += n
	return n, nil
}

// A few bytes that unpack to more than the limit.
func TestRejectsBombs(t *testing.T) {
	bomb := zipped(make([]byte, 1<<22))
	_, err := checkLimited(context.Background(), bytes.NewReader(bomb), 1<<20)
	var invalid *Invalid
	if !errors.As(err, &invalid) || !strings.Contains(invalid.Reason, "more than 1048576 bytes") {
		t.Errorf("bomb: %v", err)
	}
	document := written(smallComplete())
	if _, err := checkLimited(context.Background(), bytes.NewReader(document), int64(len(document))); err != nil {
		t.Errorf("document of exactly the limit: %v", err)
	}
	if _, err := checkLimited(context.Background(), bytes.NewReader(document), int64(len(document))-1); !errors.As(err, &invalid) {
		t.Errorf("document over the limit: %v", err)
	}
}

// An error of the disk is not a verdict on the document.
func TestReadErrorsAreNotVerdicts(t *testing.T) {
	var invalid *Invalid
	broken := errors.New("broken disk")
	for name, data := range map[string][]byte{"plain": written(smallComplete()), "gzip": zipped(written(smallComplete()))} {
		for _, n := range []int{0, 1, 2, 5, 20, len(data) / 2, len(data)} {
			r := io.MultiReader(bytes.NewReader(data[:n]), iotest.ErrReader(broken))
			if report, err := Check(r); report != nil || !errors.Is(err, broken) || errors.As(err, &invalid) {
				t.Errorf("%s, %d bytes: report %v, error %v", name, n, report, err)
			}
		}
	}
	if _, err := CheckFile(filepath.Join(t.TempDir(), "absent")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("absent file: %v", err)
	}
	if _, err := CheckFile(t.TempDir()); err == nil || errors.As(err, &invalid) {
		t.Errorf("folder: %v", err)
	}
}
