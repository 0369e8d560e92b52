package npy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/rational"
)

// file is an array of float64 as NumPy writes it.
func file(rows, columns int, values ...float64) string {
	header := fmt.Sprintf("{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }", rows, columns)
	header += strings.Repeat(" ", 63-(10+len(header))%64) + "\n"
	data := binary.LittleEndian.AppendUint16([]byte(magic+"\x01\x00"), uint16(len(header)))
	data = append(data, header...)
	for _, v := range values {
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
	}
	return string(data)
}

func TestReaderReadsRows(t *testing.T) {
	n, err := NewReader("a.npy", strings.NewReader(file(2, 2, 0.5, -1, math.Inf(1), 3)))
	if err != nil || n.Rows != 2 || n.Columns != 2 {
		t.Fatalf("%+v, %v", n, err)
	}
	for _, want := range [][2]float64{{0.5, -1}, {math.Inf(1), 3}} {
		if got, err := n.Next(); err != nil || [2]float64(got) != want {
			t.Errorf("row %v, %v, want %v", got, err, want)
		}
	}
	if _, err := n.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("after the last row: %v", err)
	}
}

func TestReaderNamesWhatIsWrong(t *testing.T) {
	good := file(1, 2, 1, 2)
	for text, want := range map[string]string{
		"":                                       "a.npy: not an .npy file",
		good[:9]:                                 "a.npy: the header is cut off",
		good[:len(good)-1]:                       "a.npy: cut off in row 1 of 1 after 1 numbers of 2",
		good + "x":                               "a.npy: bytes after the 1 x 2 numbers",
		strings.Replace(good, "f8", "i8", 1):     `a.npy: numbers of type "<i8"`,
		strings.Replace(good, "1, 2", "1, 0", 1): "a.npy: 0 numbers in a row",
		"\x93NUMPY\x09\x00":                      "a.npy: .npy version 9",
	} {
		n, err := NewReader("a.npy", strings.NewReader(text))
		for err == nil {
			_, err = n.Next()
		}
		if !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %v, want %s...", err, want)
		}
	}
}

// Numbers over one unit have exactly the values of the floats.
func TestExactIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	floats := []float64{0, 1, 0.5, math.SmallestNonzeroFloat64, math.MaxFloat64, math.Pi, math.Copysign(0, -1), -math.MaxFloat64, -math.SmallestNonzeroFloat64}
	for range 200 {
		floats = append(floats, math.Ldexp(rng.Float64()-0.5, rng.IntN(2000)-1000))
	}
	numerators, unit := Exact(floats)
	for i, f := range floats {
		want, err := rational.RatFromFloat64(f)
		if err != nil {
			t.Fatal(err)
		}
		if got := rational.RatFromInts(numerators[i], unit); !got.Equal(want) {
			t.Errorf("%v is read as %v", f, got)
		}
	}
	defer func() {
		if got := recover(); got != "npy: NaN has no exact value" {
			t.Errorf("panic %v", got)
		}
	}()
	Exact([]float64{1, math.NaN()})
}

func FuzzReader(f *testing.F) {
	good := file(1, 2, 0.5, 0.5)
	f.Add([]byte(good))
	f.Add([]byte(file(2, 1, 1, 1)))
	f.Add([]byte(good[:30]))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := NewReader("x", strings.NewReader(string(data)))
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
