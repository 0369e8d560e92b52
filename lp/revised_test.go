package lp

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"
)

func TestSparseAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 1))
	for trial := range 3000 {
		c := randomInstance(r, trial%2 == 0)
		verdict, value := c.answer()
		got, err := Solve(context.Background(), c.problem, Options{Method: Sparse})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.problem.Verify(got); err != nil {
			t.Fatal(trial, err)
		}
		if got.Verdict != verdict || !got.Value.Equal(value) {
			t.Fatalf("trial %d: %v %v, oracle %v %v\n%+v", trial, got.Verdict, got.Value, verdict, value, c.problem)
		}
	}
}

func TestBigCell(t *testing.T) {
	for _, size := range [][2]int{{3, 6}, {4, 10}, {6, 10}, {6, 12}, {6, 14}} {
		c := newCell(rand.New(rand.NewPCG(9, 9)), size[0], size[1])
		p := c.importance()
		at := time.Now()
		f := newForm(p)
		t.Log("form", time.Since(at))
		r := newRevised(f)
		t.Log("revised", time.Since(at))
		res, err := r.run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Log(size, "solved", time.Since(at), res.Verdict, r.guess.iterations, r.pivots)
		at = time.Now()
		if err := p.Verify(res); err != nil {
			t.Fatal(err)
		}
		t.Log("verify", time.Since(at))
	}
}
