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

// weightsOf reads a file of rows of float64.
func weightsOf(t *testing.T, columns int, floats ...float64) (rational.Packed, rational.Int, error) {
	n, err := NewReader("a.npy", strings.NewReader(file(len(floats)/columns, columns, floats...)))
	if err != nil {
		t.Fatal(err)
	}
	return n.NextWeights()
}

// Numbers over one unit have exactly the values of the floats, and the unit is the least power of two that
// all of them have.
func TestWeightsAreExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	random := func(n, exponents int) []float64 {
		list := make([]float64, n)
		for i := range list {
			list[i] = math.Ldexp(rng.Float64(), rng.IntN(exponents)-exponents/2)
		}
		return list
	}
	for _, floats := range [][]float64{
		{0, 1, 0.5, math.SmallestNonzeroFloat64, math.MaxFloat64, math.Pi, math.Copysign(0, -1)},
		{0, math.Copysign(0, -1)},
		{6, 4, 1 << 60, 1 << 61, 1 << 62, 1 << 63, 1 << 64}, // no unit but 1
		{0x1p-62, 1 - 0x1p-53, 1, 2},                        // words, and the first that are none
		random(300, 2000), random(300, 20), random(5000, 60),
		random(piece-1, 60), random(piece, 60), random(piece+1, 60), random(128256, 40), random(firstRoom+9, 12),
	} {
		numerators, unit, err := weightsOf(t, len(floats), floats...)
		if err != nil || numerators.Len() != len(floats) {
			t.Fatalf("%d numbers are %d, %v", len(floats), numerators.Len(), err)
		}
		least := rational.NewInt(1)
		for i, f := range floats {
			want, err := rational.RatFromFloat64(f)
			if err != nil {
				t.Fatal(err)
			}
			// Denominators are powers of two, of which the largest is a multiple of all.
			if want.Den().Cmp(least) > 0 {
				least = want.Den()
			}
			// Not by the fraction of the two: for many numbers that would take long.
			if got := numerators.At(i); !got.Mul(want.Den()).Equal(want.Num().Mul(unit)) {
				t.Fatalf("%v is read as %v/%v", f, got, unit)
			}
		}
		if !unit.Equal(least) {
			t.Errorf("%d numbers have the unit %v, want %v", len(floats), unit, least)
		}
	}
}

// The first number that is no weight is told, and the next row is read all the same.
func TestNextWeightsTellsWhatIsNone(t *testing.T) {
	long := make([]float64, piece+3)
	long[piece+1] = math.Inf(1)
	for _, c := range []struct {
		row  []float64
		want string
	}{
		{[]float64{1, math.NaN(), -1}, "number 2 is NaN, want one that is finite and not negative"},
		{[]float64{1, 0, -1, math.NaN()}, "number 3 is -1, want one"},
		{[]float64{math.Inf(-1)}, "number 1 is -Inf, want one"},
		{[]float64{-math.SmallestNonzeroFloat64, math.Inf(1)}, "number 1 is -5e-324, want one"},
		{long, fmt.Sprintf("number %d is +Inf, want one", piece+2)},
	} {
		next := make([]float64, len(c.row))
		next[0] = 0.25
		n, err := NewReader("a.npy", strings.NewReader(file(2, len(c.row), append(c.row, next...)...)))
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = n.NextWeights()
		if bad := (*WeightError)(nil); !errors.As(err, &bad) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
		if w, unit, err := n.NextWeights(); err != nil || w.Len() != len(next) || !w.At(0).IsOne() || !unit.Equal(rational.NewInt(4)) {
			t.Errorf("the next row is %v over %v, %v", w, unit, err)
		}
		if _, _, err = n.NextWeights(); err != io.EOF {
			t.Errorf("after the last row: %v", err)
		}
	}
	good := file(1, 2, 1, 2)
	n, err := NewReader("a.npy", strings.NewReader(good[:len(good)-1]))
	if err == nil {
		_, _, err = n.NextWeights()
	}
	if err == nil || err.Error() != "a.npy: cut off in row 1 of 1 after 1 numbers of 2" {
		t.Errorf("cut off: %v", err)
	}
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
