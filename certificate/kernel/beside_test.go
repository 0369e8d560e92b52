package kernel

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"pstar/certificate/reading"
)

// What is wrong with the digest, or with the generators, is found beside the proof, and is what the document is rejected for, there,
// whatever else is wrong with it and whichever is found first.
func TestBesideTheProof(t *testing.T) {
	// a ≥ 0 alone is not mapped to a fact by the exchange of the two.
	symbols, facts, exchange := `["a","p+"],["b","p+"]`, `[">=",[[1,0]]],[">=",[[1,1]]]`, `,"generators":[[1,0]]`
	for name, k := range map[string]struct{ symbols, facts, proof, digest, place, reason string }{
		"a digest":                     {symbols, facts, `"rows":[]`, strings.Repeat("0", 64), "theorem 0", "has the digest"},
		"a digest that is none":        {symbols, facts, `"rows":[]`, "", "theorem 0", "has the digest"},
		"a digest and a step":          {symbols, facts, `"rows":[{"rule":"none"}]`, strings.Repeat("0", 64), "theorem 0", "has the digest"},
		"a digest and a point":         {symbols, facts, `"refuted":{"point":[[0,-1]],"row":0}`, strings.Repeat("0", 64), "theorem 0", "has the digest"},
		"a digest and a generator":     {symbols, `[">=",[[1,0]]]`, `"rows":[]`, strings.Repeat("0", 64), "theorem 0", "has the digest"},
		"a generator":                  {symbols, `[">=",[[1,0]]]`, `"rows":[]`, "SHA", "theorem 0", "generator 0 does not map fact 0 to a fact"},
		"a generator and a step":       {symbols, `[">=",[[1,0]]]`, `"rows":[{"rule":"none"}]`, "SHA", "theorem 0", "generator 0 does not map fact 0 to a fact"},
		"a generator and the end":      {symbols, `[">=",[[1,0]]]`, `"rows":[]}]`, "SHA", "theorem 0", "generator 0 does not map fact 0 to a fact"},
		"a step":                       {symbols, facts, `"rows":[{"rule":"none"}]`, "SHA", "theorem 0, rows, step 0", "there is no such rule"},
		"two facts that are the same":  {symbols, `[">=",[[1,0]]],[">=",[[1,0]]],[">=",[[1,1]]]`, `"rows":[]`, "SHA", "theorem 0", "facts 0 and 1 are the same"},
		"two facts, and what is there": {symbols, `[">=",[[1,0]]],[">=",[[1,0]]],[">=",[[1,1]]]`, `"exists":[]`, "SHA", "theorem 0", "facts 0 and 1 are the same"},
	} {
		document := hostile("implied", k.symbols, k.facts, `[">=",[[1,0],[1,1]]]`, exchange, k.proof)
		sealed := seal(strings.Replace(document, `"SHA"`, `"`+k.digest+`"`, 1))
		for range 20 {
			_, err := Check(sealed, nil)
			var invalid *Invalid
			if !errors.As(err, &invalid) || invalid.Place != k.place || !strings.Contains(invalid.Reason, k.reason) {
				t.Errorf("%s: %v", name, err)
				break
			}
			// Behind the digest.
			if want := bytes.Index(sealed, []byte(k.proof)) - 1; invalid.Place == "theorem 0" && invalid.Offset != want {
				t.Errorf("%s: at byte %d, want %d", name, invalid.Offset, want)
				break
			}
		}
	}
}

// The work beside a proof is bounded by itself, and ends with the context.
func TestLimitsBesideTheProof(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	c := newChecker(newDocument(ctx, nil), &Theorem{Symbols: make([]Symbol, 2), Facts: []Fact{atLeast0(nil)}, Generators: [][]int32{{1, 0}}})
	stopped := errors.New("stopped")
	cancel(stopped)
	c.beside(c.theorem.Digest())
	err := func() (err error) {
		defer reading.Catch(&err)
		c.known()
		return nil
	}()
	if !errors.Is(err, stopped) {
		t.Errorf("after the end of its context: %v", err)
	}
}

// What is done beside a proof is counted once the proof has taken an eighth of what is allowed, so that on one core, too, a document
// takes little more than that; and with what was done before.
func TestWorkBesideIsCountedEarly(t *testing.T) {
	th := &Theorem{Symbols: make([]Symbol, 2), Facts: []Fact{atLeast0(nil)}, Generators: [][]int32{{1, 0}}}
	begin := func(before int) *checker {
		c := newChecker(newDocument(context.Background(), nil), th)
		c.Spend(before)
		c.beside(th.Digest())
		return c
	}
	generators := func() int { c := begin(0); c.known(); return c.Worked() }()
	for _, before := range []int{0, MaxWork / 2} {
		c := begin(before)
		c.Spend(MaxWork / 8)
		if before == 0 && c.Worked() != MaxWork/8 {
			t.Errorf("after an eighth %d is counted", c.Worked())
		}
		c.Spend(1 << 17)
		if want := before + MaxWork/8 + 1<<17 + generators; c.Worked() != want {
			t.Errorf("of %d and the generators %d is counted", want, c.Worked())
		}
	}
	// A proof that asks for the generators itself, when counting them is the first look at patience beyond the eighth.
	c := begin(MaxWork/8 - 1)
	c.Spend(1<<16 - 1)
	if c.known(); c.Worked() != MaxWork/8+1<<16-2+generators || c.Wait != nil {
		t.Errorf("the generators, counted at the eighth: %d", c.Worked())
	}
	err := func() (err error) {
		defer reading.Catch(&err)
		begin(MaxWork - generators + 1).known()
		return nil
	}()
	if err == nil || !strings.Contains(err.Error(), "more work") {
		t.Errorf("one unit too many: %v", err)
	}
}
