package fm

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// FuzzEliminate reads a system from bytes and compares membership of random
// points before and after the elimination by exact linear programs; every result
// is verified.
func FuzzEliminate(f *testing.F) {
	f.Add([]byte{2, 1, 1, 1, 0, 3, 255, 0, 1, 2, 0, 1, 3, 1, 1})
	f.Add([]byte{3, 2, 3, 1, 1, 1, 0, 1, 1, 255, 0, 1, 2, 0, 255, 4, 1, 2, 3, 4})
	f.Fuzz(func(t *testing.T, data []byte) {
		s, eliminate := systemOf(data)
		if s == nil {
			return
		}
		r, err := Eliminate(context.Background(), s, eliminate, Options{Witnesses: true})
		if err != nil {
			t.Fatal(err)
		}
		checkProjection(t, rand.New(rand.NewPCG(uint64(len(data)), 1)), s, eliminate, r, Minimal)
	})
}

// systemOf reads the number of variables, how many of them to eliminate, then
// rows of relation, constant and coefficients, one byte each.
func systemOf(data []byte) (*System, []int) {
	if len(data) < 2 {
		return nil, nil
	}
	n := 1 + int(data[0]%4)
	s := &System{Variables: []string{"x1", "x2", "x3", "x4"}[:n]}
	var eliminate []int
	for v := range 1 + int(data[1])%n {
		eliminate = append(eliminate, v)
	}
	for data = data[2:]; len(data) >= n+2 && len(s.Rows) < 9; data = data[n+2:] {
		r := Row{Relation: AtLeast + Relation(data[0]%5), Constant: rational.NewRat(int64(int8(data[1])), 1)}
		for _, x := range data[2 : n+2] {
			r.Coefficients = append(r.Coefficients, rational.NewRat(int64(int8(x)), 1))
		}
		s.Rows = append(s.Rows, r)
	}
	return s, eliminate
}
