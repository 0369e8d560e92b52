package lp

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"
)

// same reports whether two problems mean the same, variable by variable and row by row.
func same(a, b *Problem) bool {
	if a.Sense != b.Sense || !a.Constant.Equal(b.Constant) || len(a.Variables) != len(b.Variables) || len(a.Rows) != len(b.Rows) {
		return false
	}
	equal := func(x, y Bound) bool { return x.Finite == y.Finite && x.Value.Equal(y.Value) }
	for j, v := range a.Variables {
		w := b.Variables[j]
		if !v.Cost.Equal(w.Cost) || !equal(v.Lower, w.Lower) || !equal(v.Upper, w.Upper) {
			return false
		}
	}
	f, g := newForm(a), newForm(b)
	for i, r := range a.Rows {
		s := b.Rows[i]
		if !equal(r.Lower, s.Lower) || !equal(r.Upper, s.Upper) || len(f.equations[i]) != len(g.equations[i]) || !f.rowScale[i].Equal(g.rowScale[i]) {
			return false
		}
		coefficient := map[int]string{}
		for _, e := range f.equations[i] {
			coefficient[e.column] = e.value.String()
		}
		for _, e := range g.equations[i] {
			if coefficient[e.column] != e.value.String() {
				return false
			}
		}
	}
	return true
}

func TestFilesRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 1))
	for trial := range 2000 {
		var p *Problem
		if trial%2 == 0 {
			p = randomInstance(r, true).problem
		} else {
			p = mediumProblem(r, r.IntN(6), r.IntN(6))
		}
		var text bytes.Buffer
		if err := WriteLP(&text, p); err != nil {
			t.Fatal(err)
		}
		q, err := ReadLP(strings.NewReader(text.String()), "p.lp", ReadOptions{})
		if err != nil || !same(p, q) {
			t.Fatalf("%v\n%s\n%+v\n%+v", err, text.String(), p, q)
		}
		text.Reset()
		if err := WriteMPS(&text, p); err != nil {
			if c, ok := findConflict(p); ok && c.In == RowConflict || strings.Contains(err.Error(), "crossed") {
				continue
			}
			t.Fatal(err)
		}
		q, err = ReadMPS(strings.NewReader(text.String()), "p.mps", ReadOptions{})
		if err != nil || !same(p, q) {
			t.Fatalf("%v\n%s\n%+v\n%+v", err, text.String(), p, q)
		}
	}
}

func TestWriteCell(t *testing.T) {
	c := newCell(rand.New(rand.NewPCG(9, 9)), 6, 14)
	p := c.importance()
	for _, name := range []string{"/tmp/c614.mps", "/tmp/c614.lp"} {
		f, _ := os.Create(name)
		if strings.HasSuffix(name, "mps") {
			WriteMPS(f, p)
		} else {
			WriteLP(f, p)
		}
		f.Close()
		at := time.Now()
		f, _ = os.Open(name)
		var q *Problem
		var err error
		if strings.HasSuffix(name, "mps") {
			q, err = ReadMPS(f, name, ReadOptions{})
		} else {
			q, err = ReadLP(f, name, ReadOptions{})
		}
		t.Log("read", time.Since(at), err, same(p, q))
		res, err := Solve(context.Background(), q, Options{})
		t.Log("solved", time.Since(at), err, res.Value)
	}
}
