package reading

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pstar/certificate/theorem"
)

// refused is why what is read of this text is refused, or "".
func refused(text string, read func(r *Reader)) (reason string) {
	err := func() (err error) {
		defer Catch(&err)
		read(New(context.Background(), []byte(text)))
		return nil
	}()
	var invalid *Invalid
	if errors.As(err, &invalid) {
		return invalid.Reason
	}
	return ""
}

// A theorem is read, and what is none is refused for what is wrong with it.
func TestTheorems(t *testing.T) {
	const symbols, generator, exponential = `["x","p"],["y","p"],["z","p+"],["u","u"]`, `,"generators":[[1,0,2,3]]`, `,"exponentials":[[0,[]]]`
	const rows, unknown = `[">=",[[1,0]]]`, `[">=",[[1,3]]]`
	const process = `,"process":{"symbols":[],"facts":[],"start":[[0,[]]],"update":[[0,[]]]}`
	for _, c := range []struct{ kind, symbols, rows, more, reason string }{
		{"implied", symbols, rows, "", ""},
		{"implied", symbols, "", "", "without rows says nothing"},
		{"feasible", symbols, "", "", ""},
		{"implied", symbols, unknown, "", ""},
		{"feasible", symbols, rows, "", ""},
		{"feasible", symbols, rows + "," + unknown, "", "row 1 holds an unknown"},
		{"implied", symbols + `,["x","p"]`, rows, "", `the name "x" stands for two symbols`},
		{"implied", symbols, rows, generator, ""},
		{"implied", symbols, rows, `,"generators":[[1,1,2,3]]`, "1 stands in a permutation twice"},
		{"implied", symbols, rows, `,"generators":[[1,0,2]]`, "has 3 entries"},
		{"implied", symbols, rows, `,"generators":[[2,1,0,3]]`, "does not keep the sort of symbol 0"},
		{"implied", symbols, rows, `,"generators":[[0,3,2,1]]`, "does not keep the sort of symbol 1"},
		{"implied", symbols, rows, exponential, ""},
		{"implied", symbols, rows, exponential + generator, "with exponentials has no generators"},
		{"implied", `["x","p"]`, rows, process, ""},
		{"feasible", `["x","p"]`, rows, process, "with a process is of kind implied"},
		{"implied", `["x","p"]`, rows, `,"generators":[[0]]` + process, "with a process is of kind implied and has no generators"},
		{"implied", `["x","p"],["u","u"]`, rows, process, "with a process has no unknowns"},
	} {
		text := fmt.Sprintf(`{"name":"a","kind":"%s","symbols":[%s],"facts":[],"rows":[%s]%s}`, c.kind, c.symbols, c.rows, c.more)
		got := refused(text, func(r *Reader) { r.Theorem() })
		if (got == "") != (c.reason == "") || !strings.Contains(got, c.reason) {
			t.Errorf("%s: %q, want %q", text, got, c.reason)
		}
	}
}

// Exponentials are parameters of the theorem or the process that lists them, and their exponents hold no others and no unknowns. A process
// gives the same symbols a start, without these, and an update.
func TestExponentialsAndProcesses(t *testing.T) {
	const own, place, list = "must be a parameter of its own", "holds an exponential or an unknown", "must list the same symbols"
	process := func(symbols, more, start, update string) string {
		return fmt.Sprintf(`,"process":{"symbols":[%s],"facts":[]%s,"start":[%s],"update":[%s]}`, symbols, more, start, update)
	}
	for _, c := range []struct{ symbols, more, reason string }{
		{`["x","p"],["y","p"]`, `,"exponentials":[[0,[[1,1]]]]`, ""},
		{`["x","p"]`, `,"exponentials":[]`, "an empty list of exponentials is left out"},
		{`["x","p"]`, `,"generators":[]`, "an empty list of generators is left out"},
		{`["x","p+"]`, `,"exponentials":[[0,[]]]`, own},
		{`["x","u"]`, `,"exponentials":[[0,[]]]`, own},
		{`["x","p"],["y","p"]`, `,"exponentials":[[0,[[1,1]]],[1,[]]]`, place},
		{`["x","p"],["y","u"]`, `,"exponentials":[[0,[[1,1]]]]`, place},
		{`["x","p"],["y","p"]`, `,"exponentials":[[1,[]],[0,[]]]`, "0 is not at least 2 and less than 2"},
		{`["x","p"]`, process(`["z","p"]`, "", `[0,[]]`, `[0,[[1,1]]]`), ""},
		{`["x","p"]`, process(`["z","p"]`, `,"exponentials":[[1,[[1,0]]]]`, `[0,[]]`, `[0,[[1,1]]]`), ""},
		{`["x","p"]`, process(`["z","p"]`, `,"exponentials":[[0,[]]]`, `[0,[]]`, `[0,[[1,1]]]`), own},
		{`["x","p"]`, process(`["x","p"]`, "", `[0,[]]`, `[0,[]]`), `the name "x" stands for two symbols`},
		{`["x","p"]`, process(`["z","u"]`, "", `[0,[]]`, `[0,[]]`), "a process has no unknowns"},
		{`["x","p"]`, process("", "", "", ""), list},
		{`["x","p"],["y","p"]`, process("", "", `[0,[]]`, `[0,[]],[1,[]]`), list},
		{`["x","p"],["y","p"]`, process("", "", `[0,[]]`, `[1,[]]`), list},
		{`["x","p+"]`, process("", "", `[0,[]]`, `[0,[]]`), "must not be declared nonnegative, nor be an exponential"},
		{`["x","p"]`, `,"exponentials":[[0,[]]]` + process("", "", `[0,[]]`, `[0,[]]`), "must not be declared nonnegative, nor be an exponential"},
		{`["x","p"],["y","p"]`, process("", "", `[0,[[1,1]]],[1,[]]`, `[0,[]],[1,[]]`), "start holds a symbol of the state"},
	} {
		text := fmt.Sprintf(`{"name":"a","kind":"implied","symbols":[%s],"facts":[],"rows":[["=",[]]]%s}`, c.symbols, c.more)
		got := refused(text, func(r *Reader) { r.Theorem() })
		if (got == "") != (c.reason == "") || !strings.Contains(got, c.reason) {
			t.Errorf("%s: %q, want %q", text, got, c.reason)
		}
	}
}

// What is no text, name, word, index or polynomial of the format is refused.
func TestRefusedParts(t *testing.T) {
	name := func(r *Reader) { r.Name() }
	word := func(r *Reader) { r.Word("yes", "no") }
	index := func(r *Reader) { r.Below(2, 5) }
	poly := func(r *Reader) { r.Poly(3) }
	number := func(r *Reader) { r.Number() }
	for _, c := range []struct {
		text   string
		read   func(r *Reader)
		reason string
	}{
		{`"~ !"`, name, ""}, {"\n \"a\"", name, ""}, {`""`, name, "a name must have"}, {`"` + strings.Repeat("n", MaxName) + `"`, name, ""},
		{`"` + strings.Repeat("n", MaxName+1) + `"`, name, "a name must have"}, {`"a`, name, "expected"}, {"\"\n\"", name, "not allowed"},
		{"\"\x7f\"", name, "not allowed"}, {`"\"`, name, "not allowed"}, {"3", name, "expected"},
		{`"no"`, word, ""}, {`"maybe"`, word, `expected "yes" or "no"`},
		{"2", index, ""}, {"4", index, ""}, {"1", index, "not at least 2"}, {"5", index, "less than 5"},
		{"999999999999999999", number, ""}, {"1000000000000000000", number, "more than 18 digits"},
		{`"x"`, number, "expected an integer"}, {`""`, number, "expected an integer"}, {`"1000000000000000000a"`, number, "expected an integer"},
		{"[[1,0],[2,0,1]]", poly, ""}, {"[[0,0]]", poly, "a term is 0"}, {"[[1,1],[1,0]]", poly, "terms do not ascend"},
		{"[[1,1],[1,1]]", poly, "terms do not ascend"}, {"[[1,1,0]]", poly, "not at least 1"}, {"[[]]", poly, "too short"}, {"[[1][1,0]]", poly, `expected ","`},
	} {
		if got := refused(c.text, c.read); (got == "") != (c.reason == "") || !strings.Contains(got, c.reason) {
			t.Errorf("%.60s: %q, want %q", c.text, got, c.reason)
		}
	}
}

// Each number has one spelling.
func TestSpellingsOfNumbers(t *testing.T) {
	const integer, lowest = "expected an integer", "a fraction must be in lowest terms"
	for text, want := range map[string]string{
		"0": "", "7": "", "-7": "", "10": "", "-305": "", "01": integer, "-0": integer, "-": integer, "x": integer,
		`"1000000000000000000"`: "", `"100000000000000000"`: "an integer of at most 18 digits", `"-3/2"`: "", `"3/10"`: "",
		`"4/2"`: lowest, `"2/4"`: lowest, `"-2/4"`: lowest, `"3/1"`: lowest, `"3/-2"`: lowest, `"0/2"`: integer,
	} {
		if got := refused(text, func(r *Reader) { r.Number() }); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// As many symbols, facts and bytes of theorems as the format allows are read, and one more is not.
func TestManySymbolsFactsAndBytes(t *testing.T) {
	// A name that stands three times, and what is counted beside it.
	named := &theorem.Theorem{Name: "x", Symbols: []theorem.Symbol{{Name: strings.Repeat("n", (MaxText-512-1-21-16-4)/3-4)}},
		Facts: []theorem.Fact{{Poly: theorem.Poly{{C: theorem.Int(1), M: theorem.Product(0, 0)}}}}}
	one := &theorem.Theorem{Symbols: []theorem.Symbol{{Name: "n"}}, Rows: []theorem.Fact{{Poly: theorem.Poly{{C: theorem.Int(1), M: theorem.Product(0)}}}}}
	facts := "[" + strings.Repeat(`["=",[]],`, MaxFacts-1) + `["=",[]]`
	for _, c := range []struct {
		text   string
		read   func(r *Reader)
		reason string
	}{
		{"", func(r *Reader) { r.SymbolLimit(MaxSymbols) }, ""},
		{"", func(r *Reader) { r.SymbolLimit(MaxSymbols + 1) }, "more than 1048576 symbols"},
		{"", func(r *Reader) { r.TextLimit(named) }, ""},
		{"", func(r *Reader) { r.TextLimit(named); r.TextLimit(one) }, "written with names"},
		{facts + "]", func(r *Reader) { r.Facts(0) }, ""},
		{facts + `,["=",[]]]`, func(r *Reader) { r.Facts(0) }, "more than 1048576 facts"},
	} {
		if got := refused(c.text, c.read); (got == "") != (c.reason == "") || !strings.Contains(got, c.reason) {
			t.Errorf("%q, want %q", got, c.reason)
		}
	}
}
