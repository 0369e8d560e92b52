package gunzip

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// headed is a member whose header has these flags, and the fields that they call for.
func headed(flags byte, extra, name, comment string) []byte {
	head := []byte{0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 2, 3}
	if flags&hasExtra != 0 {
		head = append(binary.LittleEndian.AppendUint16(head, uint16(len(extra))), extra...)
	}
	if flags&hasName != 0 {
		head = append(append(head, name...), 0)
	}
	if flags&hasComment != 0 {
		head = append(append(head, comment...), 0)
	}
	if flags&hasSum != 0 {
		head = binary.LittleEndian.AppendUint16(head, uint16(crc32.ChecksumIEEE(head)))
	}
	return append(head, zipped([]byte("data"), 6, 0)[10:]...)
}

// All flags with a meaning, and fields of all lengths; each is read to its end and no further.
func TestHeaders(t *testing.T) {
	for flags := range byte(32) {
		for _, extra := range []int{0, 1, 9, 10, 11, 5000, 65535} {
			for _, name := range []string{"", "a", strings.Repeat("n", 500)} {
				file := headed(flags, strings.Repeat("\x00", extra), name, "comment \xe9")
				if !compare(t, fmt.Sprintf("flags %d, %d extra bytes, name %q", flags, extra, name), file) {
					t.Errorf("flags %d, %d extra bytes, name %q: an error", flags, extra, name)
				}
			}
		}
		// compress/gzip takes no name that is so long.
		for _, long := range []int{4095, 4096, 100000} {
			text := strings.Repeat("n", long)
			if got, err := Member(bytes.NewReader(headed(flags, "", text, text)), 100); err != nil || string(got) != "data" {
				t.Errorf("flags %d, %d bytes in a name: %q, %v", flags, long, got, err)
			}
		}
	}
}

// What is wrong with a header is said.
func TestBadHeaders(t *testing.T) {
	good := headed(31, "extra", "name", "comment")
	changed := func(at int, v byte) []byte {
		b := bytes.Clone(good)
		b[at] = v
		return b
	}
	sum := bytes.Index(good, []byte("comment")) + 8
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"first byte":     {changed(0, 0x1e), "it does not begin as gzip does"},
		"second byte":    {changed(1, 0x8a), "it does not begin as gzip does"},
		"method":         {changed(2, 7), "the method of compression is not known"},
		"flag 5":         {headed(1<<5, "", "", ""), "flags without a meaning are set"},
		"flag 6":         {headed(1<<6, "", "", ""), "flags without a meaning are set"},
		"flag 7":         {headed(1<<7, "", "", ""), "flags without a meaning are set"},
		"checksum, low":  {changed(sum, good[sum]^1), "the checksum of the header is not its own"},
		"checksum, high": {changed(sum+1, good[sum+1]^0x80), "the checksum of the header is not its own"},
		"time":           {changed(4, 9), "the checksum of the header is not its own"},
		"extra":          {changed(13, 'E'), "the checksum of the header is not its own"},
		"name":           {changed(18, 'N'), "the checksum of the header is not its own"},
		"comment":        {changed(sum-2, 'N'), "the checksum of the header is not its own"},
	} {
		if got, err := Member(bytes.NewReader(c.file), 100); got != nil || err == nil || err.Error() != c.want {
			t.Errorf("%s: %q, %v; want %s", name, got, err, c.want)
		}
	}
	for n := range good {
		if got, err := Member(bytes.NewReader(good[:n]), 100); got != nil || err != io.ErrUnexpectedEOF {
			t.Errorf("first %d bytes: %q, %v", n, got, err)
		}
	}
}

// compress/gzip writes the fields, too.
func TestHeadersOfTheLibrary(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Name, w.Comment, w.Extra = "f.json", "a comment", []byte("more")
	io.WriteString(w, "data")
	w.Close()
	if got, err := Member(&b, 4); err != nil || string(got) != "data" {
		t.Errorf("%q, %v", got, err)
	}
}
