package gunzip

import (
	"bytes"
	"testing"
)

// FuzzMember compares with compress/gzip, also where only the blocks are given.
func FuzzMember(f *testing.F) {
	for _, file := range small() {
		f.Add(file)
		f.Add(file[10:])
	}
	f.Add(append(zipped(nil, 6, 0), 0))
	for kind := range 4 {
		w := &writer{}
		for k := range 8 {
			w.empty(k/7, kind)
		}
		f.Add(w.out)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		// compress/gzip takes no names of 512 bytes.
		if len(data) < 500 || !bytes.HasPrefix(data, []byte("\x1f\x8b")) || data[3]&(hasName|hasComment) == 0 {
			compare(t, "file", data)
		}
		compareBlocks(t, "blocks", data)
	})
}

// FuzzData expands what compress/gzip makes of data.
func FuzzData(f *testing.F) {
	f.Add([]byte("some data"), byte(6), uint16(0))
	f.Add([]byte("aaaaaaaaaaaaaaaaa"), byte(1), uint16(8))
	f.Fuzz(func(t *testing.T, data []byte, level byte, flush uint16) {
		step := int(flush)
		data = bytes.Repeat(data, 1+int(flush)%5)
		got, err := Member(bytes.NewReader(zipped(data, int(level%12)-2, step)), int64(len(data)))
		if err != nil || !bytes.Equal(got, data) {
			t.Fatalf("level %d, flushed every %d bytes: %d bytes of %d, %v", level, step, len(got), len(data), err)
		}
	})
}
