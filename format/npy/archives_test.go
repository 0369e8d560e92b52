package npy

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
)

func archive(t *testing.T, members map[string]string) *bytes.Reader {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range members {
		f, err := w.Create(name + ".npy")
		if err == nil {
			_, err = io.WriteString(f, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

// Rows of an archive are found by reading those before, since no offset means anything in it.
func TestSeekNPZ(t *testing.T) {
	both := archive(t, map[string]string{"q": file(3, 1, 3, 4, 5)})
	n, closer, err := OpenNPZ("a.npz", both, both.Size(), "q")
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	if within := n.Within(both.Size() / 2); within != 3 {
		t.Errorf("half of the archive has %d rows, want what the header says", within)
	}
	if err := n.Seek(both, 1); err != nil {
		t.Fatal(err)
	}
	if row, err := n.Next(); err != nil || row[0] != 4 {
		t.Errorf("%v, %v, want 4", row, err)
	}
}

func TestOpenNPZ(t *testing.T) {
	both := archive(t, map[string]string{"p": file(1, 2, 0.5, 0.25), "q": file(2, 1, 3, 4)})
	n, closer, err := OpenNPZ("a.npz", both, both.Size(), "q")
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	for _, want := range []float64{3, 4} {
		if row, err := n.Next(); err != nil || len(row) != 1 || row[0] != want {
			t.Errorf("%v, %v, want %v", row, err, want)
		}
	}
	if _, err := n.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}
	for array, want := range map[string]string{"": "there are 2 arrays in it, p, q: name one", "r": `no array "r" in it, but p, q`} {
		if _, _, err := OpenNPZ("a.npz", both, both.Size(), array); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", array, err, want)
		}
	}
	if _, _, err := OpenNPZ("a.npz", strings.NewReader("no"), 2, ""); err == nil || !strings.Contains(err.Error(), "not an .npz file") {
		t.Error(err)
	}
}

// An archive has a sum of each array, and a damaged one is told from the end of the rows.
func TestDamagedNPZ(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateHeader(&zip.FileHeader{Name: "p.npy", Method: zip.Store})
	if err == nil {
		_, err = io.WriteString(f, file(2, 1, 0.5, 0.25))
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	data := bytes.Replace(b.Bytes(), binary.LittleEndian.AppendUint64(nil, math.Float64bits(0.25)), binary.LittleEndian.AppendUint64(nil, math.Float64bits(0.75)), 1)
	n, closer, err := OpenNPZ("a.npz", bytes.NewReader(data), int64(len(data)), "")
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	for err == nil {
		_, err = n.Next()
	}
	if !errors.Is(err, zip.ErrChecksum) {
		t.Errorf("%v, want the sum to be wrong", err)
	}
}

// Members a and a.npy would be one array.
func TestTwiceNPZ(t *testing.T) {
	twice := archive(t, map[string]string{"a": file(1, 1, 1), "a.npy": file(1, 1, 2), "b": file(1, 1, 3)})
	if _, _, err := OpenNPZ("a.npz", twice, twice.Size(), "a.npy"); err != nil {
		t.Errorf("a.npy.npy is an array of its own: %v", err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"a", "a.npy"} {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, file(1, 1, 1))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := OpenNPZ("a.npz", bytes.NewReader(b.Bytes()), int64(b.Len()), "a"); err == nil || !strings.Contains(err.Error(), `array "a" is there twice`) {
		t.Error(err)
	}
}

// tensors is a file of safetensors.
func tensors(t *testing.T, header any, data []byte) string {
	t.Helper()
	text, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	return string(binary.LittleEndian.AppendUint64(nil, uint64(len(text)))) + string(text) + string(data)
}

func TestOpenSafetensors(t *testing.T) {
	var data []byte
	data = binary.LittleEndian.AppendUint16(data, 0x3c00) // 1 as float16
	data = binary.LittleEndian.AppendUint16(data, 0xb800) // -0.5
	data = binary.LittleEndian.AppendUint16(data, 0x3f80) // 1 as bfloat16
	data = binary.LittleEndian.AppendUint16(data, 0x4049) // about pi
	data = binary.LittleEndian.AppendUint32(data, math.Float32bits(0.1))
	good := map[string]any{
		"h":            tensor{"F16", []int{1, 2}, [2]int64{0, 4}},
		"b":            tensor{"BF16", []int{2}, [2]int64{4, 8}},
		"f":            tensor{"F32", []int{1}, [2]int64{8, 12}},
		"__metadata__": map[string]string{"format": "pt"},
	}
	for name, want := range map[string][]float64{"h": {1, -0.5}, "b": {1, 3.140625}, "f": {float64(float32(0.1))}} {
		n, err := OpenSafetensors("a.safetensors", strings.NewReader(tensors(t, good, data)), -1, name)
		if err != nil {
			t.Fatal(err)
		}
		row, err := n.Next()
		if err != nil || len(row) != len(want) || row[0] != want[0] || row[len(row)-1] != want[len(want)-1] {
			t.Errorf("%s: %v, %v, want %v", name, row, err, want)
		}
		if _, err := n.Next(); !errors.Is(err, io.EOF) {
			t.Errorf("%s at the end: %v", name, err)
		}
	}
	one := func(x tensor) string { return tensors(t, map[string]any{"x": x}, data) }
	for text, want := range map[string]string{
		"":                                   "has no header",
		"\xff\xff\xff\xff\xff\xff\xff\xff":   "a header of",
		"\x08\x00\x00\x00\x00\x00\x00\x00{":  "the header is cut off",
		"\x02\x00\x00\x00\x00\x00\x00\x00[]": "no JSON object",
		one(tensor{"I64", []int{1}, [2]int64{0, 8}}):                                      `numbers of type "I64"`,
		one(tensor{"F16", []int{3}, [2]int64{0, 4}}):                                      "want 6 bytes",
		one(tensor{"F16", []int{1}, [2]int64{-2, 0}}):                                     "bytes -2 to 0",
		one(tensor{"F16", nil, [2]int64{0, 2}}):                                           "0 dimensions",
		one(tensor{"F16", []int{1, 1, 1, 1}, [2]int64{0, 2}}):                             "4 dimensions",
		one(tensor{"F16", []int{1}, [2]int64{100, 102}}):                                  "cut off",
		strings.Replace(tensors(t, map[string]any{"x": 5, "y": 5}, nil), `"y"`, `"x"`, 1): `in the header member "x" is there twice`,
		tensors(t, map[string]any{}, nil):                                                 "there is no array in it",
		tensors(t, map[string]any{"x": 5}, nil):                                           `tensor "x"`,
	} {
		n, err := OpenSafetensors("a", strings.NewReader(text), -1, "")
		if err == nil {
			_, err = n.Next()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %s", text, err, want)
		}
	}
}

// A file that was cut off is refused, also where the tensor that is asked for is whole: at once if its length is known, else before its rows are at
// an end.
func TestSafetensorsCutOff(t *testing.T) {
	header := map[string]any{"a": tensor{"F32", []int{2, 1}, [2]int64{4, 12}}, "b": tensor{"F32", []int{3}, [2]int64{12, 24}}, "c": tensor{"F32", []int{1}, [2]int64{0, 4}}}
	whole := tensors(t, header, make([]byte, 24))
	for cut := range 26 {
		text := whole[:max(0, len(whole)-cut)]
		for _, known := range []bool{true, false} {
			size := int64(-1)
			if known {
				size = int64(len(text))
			}
			n, err := OpenSafetensors("x", strings.NewReader(text), size, "a")
			if known && (err != nil) != (cut > 0) {
				t.Errorf("%d bytes are cut off: %v", cut, err)
			}
			rows := 0
			for ; err == nil; rows++ {
				_, err = n.Next()
			}
			if errors.Is(err, io.EOF) != (cut == 0) || cut > 0 && !strings.Contains(err.Error(), "cut off") {
				t.Errorf("%d bytes are cut off, known %v: %v", cut, known, err)
			}
			if !known && cut <= 12 && rows != 3 {
				t.Errorf("%d bytes are cut off: the error is %v behind %d rows", cut, err, rows)
			}
		}
	}
}

// Every number of 16 bits, against the definition.
func TestHalf(t *testing.T) {
	for word := range uint64(1 << 16) {
		exponent, fraction := int(word>>10&31), float64(word&1023)
		want := (1 + fraction/1024) * math.Pow(2, float64(exponent-15))
		switch {
		case exponent == 0:
			want = fraction / 1024 * math.Pow(2, -14)
		case exponent == 31 && fraction > 0:
			want = math.NaN()
		case exponent == 31:
			want = math.Inf(1)
		}
		if word >= 1<<15 {
			want = -want
		}
		if got := half(word); got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
			t.Fatalf("%#x is %v, want %v", word, got, want)
		}
	}
}

func TestThreeDimensions(t *testing.T) {
	header := "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3, 1), }"
	header += strings.Repeat(" ", 63-(10+len(header))%64) + "\n"
	data := append(binary.LittleEndian.AppendUint16([]byte(magic+"\x01\x00"), uint16(len(header))), header...)
	for v := range 6 {
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(float64(v)))
	}
	n, err := NewReader("a", bytes.NewReader(data))
	if err != nil || n.Rows != 6 || n.Columns != 1 || len(n.Shape) != 3 {
		t.Fatalf("%+v, %v", n, err)
	}
	for v := range 6 {
		if row, err := n.Next(); err != nil || row[0] != float64(v) {
			t.Errorf("%v, %v", row, err)
		}
	}
}

func FuzzSafetensors(f *testing.F) {
	f.Add([]byte("\x02\x00\x00\x00\x00\x00\x00\x00{}"))
	f.Add([]byte("\x36\x00\x00\x00\x00\x00\x00\x00{\"x\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}}\x00\x3c"))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := OpenSafetensors("x", bytes.NewReader(data), -1, "")
		if err != nil || n.Columns > 1<<12 || n.Rows > 1<<12 {
			return
		}
		for range n.Rows + 1 {
			if _, err := n.Next(); err != nil {
				return
			}
		}
		t.Error("no end after the last row")
	})
}
