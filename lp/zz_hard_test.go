package lp

import (
	"context"
	"math/rand/v2"
	"os"
	"pstar/rational"
	"strconv"
	"testing"
	"time"
)

func decimal(r *rand.Rand, scale float64) rational.Rat {
	s := strconv.FormatFloat((r.Float64()-0.3)*scale, 'f', 6, 64)
	v, err := rational.ParseRat(s)
	if err != nil {
		panic(err)
	}
	return v
}
func hard(r *rand.Rand, m, n, per int) *Problem {
	p := &Problem{}
	x0 := make([]rational.Rat, n)
	for j := range n {
		if r.IntN(3) == 0 {
			x0[j] = decimal(r, 10).Abs()
		}
		v := Variable{Cost: decimal(r, 5).Abs(), Lower: At(rational.Rat{})}
		if r.IntN(4) == 0 {
			v.Upper = At(rational.NewRat(10, 1))
		}
		p.AddVariable(v)
	}
	rows := make([]Row, m)
	act := make([]rational.Rat, m)
	for j := range n {
		for range per {
			i := r.IntN(m)
			c := decimal(r, 100)
			rows[i].Terms = append(rows[i].Terms, Term{j, c})
			act[i] = act[i].Add(c.Mul(x0[j]))
		}
	}
	for i := range rows {
		switch r.IntN(4) {
		case 0:
			rows[i].Lower, rows[i].Upper = At(act[i]), At(act[i])
		case 1:
			rows[i].Upper = At(act[i].Add(decimal(r, 3).Abs()))
		default:
			rows[i].Lower = At(act[i].Sub(decimal(r, 3).Abs()))
		}
		p.AddRow(rows[i])
	}
	return p
}
func TestZHard(t *testing.T) {
	if os.Getenv("HARD") == "" {
		return
	}
	r := rand.New(rand.NewPCG(1, 1))
	for _, s := range [][3]int{{50, 100, 4}, {100, 300, 5}, {300, 1000, 5}, {1000, 4000, 5}, {1000, 5000, 10}} {
		p := hard(r, s[0], s[1], s[2])
		f, _ := os.Create("/tmp/hard" + strconv.Itoa(s[0]) + "_" + strconv.Itoa(s[2]) + ".lp")
		WriteLP(f, p)
		f.Close()
		at := time.Now()
		rv := newRevised(newForm(p))
		ctx, c := context.WithTimeout(context.Background(), 200*time.Second)
		res, err := rv.run(ctx)
		c()
		if err != nil {
			t.Log(s, err, time.Since(at), rv.guess.iterations, rv.pivots)
			continue
		}
		t.Log(s, time.Since(at), res.Verdict, rv.guess.iterations, rv.pivots, len(res.Value.String()))
	}
}
