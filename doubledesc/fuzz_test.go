package doubledesc

import (
	"context"
	"testing"

	"pstar/cone"
	"pstar/rational"
)

// FuzzDoubleDescription compares the conversion with the naive oracle. The bytes
// are read as: dimension, number of equations, then rows of entries. One byte
// value in eight stands for a number beyond the machine word.
func FuzzDoubleDescription(f *testing.F) {
	f.Add([]byte{3, 0, 1, 1, 0, 1, 255, 0, 1, 0, 1, 1, 0, 255})
	f.Add([]byte{2, 1, 3, 254, 1, 0})
	f.Add([]byte{4, 0, 64, 1, 2, 3, 192, 1, 0, 0, 1, 1, 1, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		h := coneFromBytes(data)
		o := Options{}
		if len(data) > 0 {
			o.Order = allOrders[int(data[0])/8%len(allOrders)]
			o.Workers = 1 + int(data[0])/64
		}
		got, err := Rays(context.Background(), h, o)
		if err != nil {
			t.Fatalf("%+v: %v", h, err)
		}
		want := enumerate(h)
		if !cone.Equal(want, got) || len(want.Rays) != len(got.Rays) {
			t.Fatalf("%+v: got %+v, want %+v", h, got, want)
		}
		if err := CheckComplete(context.Background(), h, got, o); err != nil {
			t.Fatalf("%+v: %v", h, err)
		}
	})
}

// coneFromBytes makes a cone of at most 5 dimensions and 9 rows.
func coneFromBytes(data []byte) *cone.H {
	if len(data) < 2 {
		return &cone.H{}
	}
	h := &cone.H{Dim: int(data[0]) % 6}
	equations := int(data[1]) % 3
	data = data[2:]
	for n := 0; h.Dim > 0 && len(data) >= h.Dim && n < 9; n++ {
		row := make(rational.Vector, h.Dim)
		for i := range row {
			row[i] = numberFromByte(data[i])
		}
		data = data[h.Dim:]
		if n < equations {
			h.Equations = append(h.Equations, cone.Sparse(row))
		} else {
			h.Inequalities = append(h.Inequalities, cone.Sparse(row))
		}
	}
	return h
}

func numberFromByte(b byte) rational.Int {
	x := rational.NewInt(int64(int8(b)))
	if b%8 == 7 && b != 255 {
		return x.Pow(3).Mul(rational.NewInt(1<<62 - 57))
	}
	return x
}

// FuzzEquations compares cones of dimension 8 to 12 that have equations, too large for
// the naive oracle, with the same cones without: equations as pairs of rows, and
// substituted away, with one and two workers. The bytes are read as: dimension and, from
// the high bits, up to three lines, which are coordinates that no row mentions, added to
// others so that they do not show; number of equations; then for each row two to five
// places and signs.
func FuzzEquations(f *testing.F) {
	f.Add([]byte{0, 3, 1, 2, 131, 4, 7, 9, 12, 130, 5, 3, 200, 17, 1, 0, 90, 3, 44})
	f.Add([]byte{98, 3, 1, 2, 131, 4, 7, 9, 12, 130, 5, 3, 200, 17, 1, 0, 90, 3, 44})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 2 {
			return
		}
		h := &cone.H{Dim: 8 + int(data[0])%5}
		lines := int(data[0]) >> 5 & 3
		equations := int(data[1]) % (h.Dim - 2)
		for i := range h.Dim {
			if data[0]>>3&1 == 1 { // the shape of flux modes
				h.Inequalities = append(h.Inequalities, cone.Unit(i, 1))
			}
		}
		for data = data[2:]; len(data) > 0 && len(h.Equations)+len(h.Inequalities) < h.Dim+12; {
			n := min(2+int(data[0])%4, len(data))
			row := make(rational.Vector, h.Dim)
			for _, b := range data[:n] {
				row[int(b)/4%(h.Dim-lines)] = rational.NewInt(int64(b>>7)*2 - 1)
			}
			for i := range lines { // the line is e_k - e_i: both have the same entry
				row[h.Dim-1-i] = row[i]
			}
			data = data[n:]
			if len(h.Equations) < equations {
				h.Equations = append(h.Equations, cone.Sparse(row))
			} else {
				h.Inequalities = append(h.Inequalities, cone.Sparse(row))
			}
		}
		want := rays(t, withoutEquations(h), Options{})
		for _, order := range allOrders {
			for workers := 1; workers <= 2; workers++ {
				if got := rays(t, h, Options{Order: order, Workers: workers}); !cone.Equal(want, got) {
					t.Fatalf("%+v, %v, %d workers: got %+v, want %+v", h, order, workers, got, want)
				}
			}
		}
		if got := rays(t, h, Options{Method: Pivoting}); !cone.Equal(want, got) {
			t.Fatalf("%+v, pivoting: got %+v, want %+v", h, got, want)
		}
		if got := substituted(t, h, Options{}); !cone.Equal(want, got) {
			t.Fatalf("%+v: substituted %+v, want %+v", h, got, want)
		}
	})
}
