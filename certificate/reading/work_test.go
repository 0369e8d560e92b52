package reading

import (
	"context"
	"errors"
	"math/big"
	"testing"

	"pstar/certificate/theorem"
)

// The work of long numbers is what the format page says, of integers and of fractions.
func TestWorkOfLongNumbers(t *testing.T) {
	wide := func(words uint) *big.Rat { return new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 64*words-2)) }
	u, v := theorem.Number(wide(100)), theorem.Number(wide(30))
	third := theorem.Number(new(big.Rat).Quo(wide(100), big.NewRat(3, 1)))
	for name, c := range map[string]struct {
		x, y theorem.Num
		want int64
	}{
		"integers":              {u, v, 16 + 12*(100+30) + 100*30/64},
		"a short one":           {u, theorem.Int(7), 16 + 12*(100+1) + 100/64},
		"a fraction":            {third, v, 32 + 4*(100+30)*(1+1)},
		"an integer, and third": {v, third, 32 + 4*(100+30)*(1+1)},
	} {
		for operation, f := range map[string]func(*Limits){"sum": func(l *Limits) { l.Plus(c.x, c.y) }, "product": func(l *Limits) { l.Times(c.x, c.y) }} {
			l := &Limits{fail: t.Fatalf}
			if f(l); l.work != c.want {
				t.Errorf("%s of %s: %d, want %d", operation, name, l.work, c.want)
			}
		}
	}
	r := New(context.Background(), []byte(`"1`+zeros(189)+`"`))
	if r.Number(); r.work != 32+10+10*10/64 {
		t.Errorf("an integer of 190 digits is read with work %d", r.work)
	}
}

func zeros(n int) string {
	return big.NewInt(0).Exp(big.NewInt(10), big.NewInt(int64(n)), nil).String()[1:]
}

// A linear term is looked at with work 1, any other with 16; a polynomial is kept with the weights of its terms, until they are given back.
func TestWorkAndWeightOfTerms(t *testing.T) {
	l := &Limits{fail: t.Fatalf}
	p := theorem.Poly{{C: theorem.Int(1)}, {C: theorem.Int(2), M: theorem.Product(0)}, {C: theorem.Number(big.NewRat(1, 3)), M: theorem.Product(0, 1)}}
	if l.Look(p); l.work != 1+1+16 {
		t.Errorf("looked at with work %d", l.work)
	}
	held := l.Held()
	if l.Keep(p); l.Held() != 1+1+(1+5) {
		t.Errorf("kept with the weight %d", l.Held())
	}
	// A long number of 2 + 99 words.
	before := l.work
	long := theorem.Number(new(big.Rat).SetFrac(big.NewInt(1<<62+1), new(big.Int).Lsh(big.NewInt(1), 64*98+1)))
	if l.Keep(append(p, theorem.Term{C: long})); l.work-before != 12*(1+99-2)+100*100/64 {
		t.Errorf("kept with work %d", l.work-before)
	}
	if l.Release(held); l.Held() != 0 {
		t.Errorf("given back to %d", l.Held())
	}
}

// What is read beside a reader is rejected where it began, and for its limit, wherever the reader is by then; and it waits for nothing.
func TestBeside(t *testing.T) {
	r := New(context.Background(), nil)
	r.Enter("theorem", 0)
	r.Wait = func() { t.Error("what is read beside waits for what its reader waits for") }
	r.Spend(MaxWork / 8)
	b := r.Beside()
	r.Enter("step", 3)
	b.Spend(MaxWork - MaxWork/8)
	err := func() (err error) {
		defer Catch(&err)
		b.Spend(1)
		return nil
	}()
	var invalid *Invalid
	if !errors.As(err, &invalid) || invalid.Place != "theorem 0" || !invalid.Limit {
		t.Errorf("more work than the limit: %+v", err)
	}
	if r.Worked() != MaxWork/8 || b.Worked() != MaxWork+1 {
		t.Errorf("work %d, and beside it %d", r.Worked(), b.Worked())
	}
}
