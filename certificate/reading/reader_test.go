package reading

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"testing"

	"pstar/certificate/theorem"
)

// Members come in one order with one comma between two of them; one that is not there leaves all as it was, so that another can be asked for.
func TestMembers(t *testing.T) {
	for _, c := range []struct{ text, reason string }{
		{`{"a":1,"c":3}`, ""},
		{`{"a":1,"b":2,"c":3}`, ""},
		{"{ \"a\" :\n1 , \"b\" : 2 ,\"c\":3 }", ""},
		{`{"a":1"b":2,"c":3}`, `expected the member "c"`},
		{`{"a":1,"b":2"c":3}`, `expected the member "c"`},
		{`{,"a":1,"c":3}`, `expected the member "a"`},
		{`{"a":1,,"c":3}`, `expected the member "c"`},
		{`{"a":1,"c":3,}`, `expected "}"`},
		{`{"b":2,"a":1,"c":3}`, `expected the member "a"`},
		{`{"a":1,"c":3,"b":2}`, `expected "}"`},
		{`{"a":1,"bb":2,"c":3}`, `expected the member "c"`},
		{`{"a":1,"c" 3}`, `expected ":"`},
		{`{"a":1;"c":3}`, `expected the member "c"`},
		{`{"a":1,'c":3}`, `expected the member "c"`},
		{`{"a":1,"c`, `expected the member "c"`},
		{`{"a":1,"`, `expected the member "c"`},
		{`{"a":1`, `expected the member "c"`},
		{`{"a"`, `expected ":"`},
	} {
		got := refused(c.text, func(r *Reader) {
			r.Open('{')
			r.Member("a").Int()
			if r.Has("b") {
				r.Int()
			}
			if r.Member("c"); r.Int() != 3 {
				t.Errorf("%s: another number", c.text)
			}
			r.Close('}')
		})
		if got != c.reason {
			t.Errorf("%s: %q, want %q", c.text, got, c.reason)
		}
	}
}

// One comma stands between two values of a list, and none before its end.
func TestLists(t *testing.T) {
	for _, c := range []struct {
		text, reason string
		n            int
	}{
		{"[]", "", 0}, {"[ \n]", "", 0}, {"[1]", "", 1}, {"[1,2]", "", 2}, {" [1 ,\n2] ", "", 2},
		{"[1,]", "expected an integer", 1}, {"[,1]", "expected an integer", 0}, {"[1,,2]", "expected an integer", 1}, {"[1 2]", `expected ","`, 1}, {"[1", `expected ","`, 1},
	} {
		n := 0
		got := refused(c.text, func(r *Reader) {
			for r.Open('['); r.More(); n++ {
				r.Int()
			}
		})
		if got != c.reason || n != c.n {
			t.Errorf("%s: %q after %d values, want %q after %d", c.text, got, n, c.reason, c.n)
		}
	}
}

// Integers have at most 18 digits, and one spelling each.
func TestIntegers(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "7": 7, "-7": -7, "10": 10, "999999999999999999": 999999999999999999, "-999999999999999999": -999999999999999999} {
		if got := New(context.Background(), []byte(text)).Int(); got != want {
			t.Errorf("%s is %d", text, got)
		}
	}
	for text, reason := range map[string]string{
		"": "expected an integer", "-": "expected an integer", "00": "expected an integer", "01": "expected an integer", "-0": "expected an integer", "-01": "expected an integer", "+1": "expected an integer", "x": "expected an integer",
		"1000000000000000000": "an integer has more than 18 digits", "-1000000000000000000": "an integer has more than 18 digits",
	} {
		if got := refused(text, func(r *Reader) { r.Int() }); got != reason {
			t.Errorf("%q: %q, want %q", text, got, reason)
		}
	}
}

// What is just as large as a limit is taken, and the next is refused as one.
func TestLimitsAtTheirEdge(t *testing.T) {
	wide := theorem.Number(new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 64*(MaxWords-1)-2))) // with a denominator of one word
	wider := theorem.Number(new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 64*(MaxWords-1)-1)))
	name := func(n int64) *theorem.Theorem {
		row := theorem.Fact{Poly: theorem.Poly{{C: theorem.Int(1), M: theorem.Product(0)}}}
		return &theorem.Theorem{Symbols: []theorem.Symbol{{Name: strings.Repeat("x", int(n))}}, Rows: []theorem.Fact{row}}
	}
	// The name stands twice; less what names of no byte count for, so that the limit is met.
	rest := (MaxText - name(0).TextBytes()) / 2
	for _, c := range []struct {
		what        string
		most, above func(r *Reader)
	}{
		{"terms", func(r *Reader) { r.Hold(MaxTerms) }, func(r *Reader) { r.Hold(MaxTerms + 1) }},
		{"words", func(r *Reader) { r.Plus(wide, theorem.Int(1)) }, func(r *Reader) { r.Plus(wider, theorem.Int(1)) }},
		{"words of the second", func(r *Reader) { r.Times(theorem.Int(1<<40), wide) }, func(r *Reader) { r.Times(theorem.Int(1<<40), wider) }},
		{"text", func(r *Reader) { r.TextLimit(name(rest)) }, func(r *Reader) { r.TextLimit(name(rest + 1)) }},
		{"text of two", func(r *Reader) { r.TextLimit(name(rest - 1000)) }, func(r *Reader) { r.TextLimit(name(rest - 1000)); r.TextLimit(name(1000)) }},
		{"terms of a sum", func(r *Reader) { termsOf(r, MaxSum) }, func(r *Reader) { termsOf(r, MaxSum+1) }},
		{"symbols", func(r *Reader) { sumOf(r, MaxDegree) }, func(r *Reader) { sumOf(r, MaxDegree+1) }},
	} {
		if got := refused("", c.most); got != "" {
			t.Errorf("%s: as many as the limit: %q", c.what, got)
		}
		if got := refused("", c.above); !strings.Contains(got, "that the format allows") {
			t.Errorf("%s: more than the limit: %q", c.what, got)
		}
	}
}

// termsOf adds up so many terms that are not linear.
func termsOf(r *Reader, n int) {
	s := NewSum(&r.Limits)
	for k := range n {
		s.AddTerm(theorem.Int(1), theorem.Product(k>>10, 1<<10+k&(1<<10-1)))
	}
}

// sumOf adds a term of so many symbols.
func sumOf(r *Reader, degree int) {
	s := NewSum(&r.Limits)
	s.AddTerm(theorem.Int(1), theorem.Product(make([]int, degree)...))
}

// Sums and products of short numbers are no work, if these are short, too.
func TestWorkOfShortNumbers(t *testing.T) {
	r := New(context.Background(), nil)
	if x, y := r.Plus(theorem.Int(2), theorem.Int(3)), r.Times(theorem.Int(2), theorem.Int(3)); x != theorem.Int(5) || y != theorem.Int(6) || r.Worked() != 0 {
		t.Errorf("%v and %v, with work %d", x, y, r.Worked())
	}
	if r.Times(theorem.Int(1<<40), theorem.Int(1<<40)); r.Worked() != DearWork+12*2 {
		t.Errorf("a product that is not short: work %d", r.Worked())
	}
}

// The second of two long numbers has a comma before it, as all values do, and who goes back reads the same again.
func TestLongNumbersInLists(t *testing.T) {
	r := New(context.Background(), []byte(`[1,"1000000000000000000"]`))
	r.Open('[')
	r.Number()
	at := r.At()
	x := r.Number()
	if r.Return(at); x.String() != "1000000000000000000" || r.Peek() != ',' {
		t.Errorf("%v, then %q", x, r.Peek())
	}
}

// A check that nobody waits for ends with the cause of that, and is no verdict.
func TestEndOfContext(t *testing.T) {
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(cause)
	err := func() (err error) {
		defer Catch(&err)
		New(ctx, nil).Spend(1)
		return nil
	}()
	if err != cause {
		t.Errorf("the error is %v", err)
	}
}

// From an eighth of the work on nothing is done beside.
func TestWait(t *testing.T) {
	r := New(context.Background(), nil)
	waited := 0
	r.Wait = func() { waited, r.Wait = waited+1, nil }
	if r.Spend(MaxWork / 8); waited != 0 {
		t.Error("waits with an eighth of the work")
	}
	for range 3 {
		r.Spend(betweenLooks)
	}
	if waited != 1 {
		t.Errorf("waited %d times", waited)
	}
}
