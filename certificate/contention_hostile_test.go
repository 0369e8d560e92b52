package certificate

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
)

// contentionBody is a document of a family without its digest.
func contentionBody(statement, claims, parts string) string {
	return fmt.Sprintf(`{"format":"%s","statement":{"family":"%s},"claims":[%s],%s`, Format, statement, claims, parts)
}

// repeated is a list of n texts, the i-th of which is text with i for %d.
func repeated(n int, text func(i int) string) string {
	list := make([]string, n)
	for i := range list {
		list[i] = text(i)
	}
	return "[" + strings.Join(list, ",") + "]"
}

func same(n int, text string) string { return repeated(n, func(int) string { return text }) }

// longFraction is 1/(10^digits + k), in quotes.
func longFraction(digits, k int) string {
	d := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
	return fmt.Sprintf(`"1/%s"`, d.Add(d, big.NewInt(int64(2*k+1))))
}

// optimumOf is an OPTIMUM whose lists repeat a number.
func optimumOf(n int, number string) string {
	list := same(n, number)
	return fmt.Sprintf(`"value":%s,"forward":%s,"backward":%s,"xi":%s,"y-forward":%s,"y-backward":%s`, number, list, list, list, list, list)
}

// Short documents that ask for more work or memory than they may take. Within a
// fraction of the work they end at once, for a stated reason.
func TestContentionBombs(t *testing.T) {
	primes := []int{101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193, 197}
	manySizes := repeated(20, func(i int) string {
		return repeated(4, func(k int) string { return fmt.Sprintf(`["1/%d","1/97"]`, primes[(3*i+5*k)%20]+k) })
	})
	choice := fmt.Sprintf(`"choice":{"forward":%s,"backward":%s}`, same(20, `"1/4"`), same(20, `"1/4"`))
	zero := strings.Repeat("0", 600)
	for _, c := range []struct{ name, body, reason string }{
		{"sum of x", contentionBody(`contention-unit","x":`+repeated(512, func(i int) string { return longFraction(300, i) }), "", `"optimum":{}`), "too much work"},
		{"points", contentionBody(`contention-unit","x":`+same(512, longFraction(2000, 1)), "", `"optimum":{`+optimumOf(512, longFraction(1000, 7))+`}`), "too much work"},
		{"means", contentionBody(`contention-knapsack","elements":[`+repeated(64, func(i int) string { return `[` + longFraction(1500, i) + `,` + longFraction(1500, i+64) + `]` })+`]`, "", ""), "too much work"},
		{"loads", contentionBody(`contention-knapsack","elements":`+manySizes, "", choice+`,"law":{"empty-forward":`+same(20, `"1"`)+`,"empty-backward":`+same(20, `"1"`)+`}`), "is zero with probability"},
		{"enclosed loads", contentionBody(`contention-knapsack","elements":`+manySizes, "", choice+`,"enclosed-law":4096`), "too much"},
		{"enclosed loads, few bits", contentionBody(`contention-knapsack","elements":`+manySizes, "", choice+`,"enclosed-law":32`), "too much"},
		{"bits of a law", contentionBody(`contention-knapsack","elements":`+manySizes, "", choice+`,"enclosed-law":999999999`), "from 32 to 4096"},
		{"small exponent", contentionBody(`contention-knapsack","elements":[[["1","1/2"]],[["1","1/2"]]]`, "", `"choice":{"forward":["1/1`+zero+`","1"],"backward":["1","1"]}`), "monotonicity"},
		{"remaining supply", contentionBody(`contention-rationing","agents":`+repeated(20, func(i int) string {
			return fmt.Sprintf(`{"service":"II","demand":[["1/%d","1/2"],["1/%d","1/2"]],"target":"1"}`, 2*primes[i]*primes[i], primes[i]*primes[i])
		}), "", `"quantiles":`+same(20, `"1"`)+`,"unit":{`+optimumOf(20, `"0"`)), "the ξ sum to 0"},
		{"a cell near the double zero", contentionBody(`contention-phi","function":"unit","rho":"2"`, "", `"breaks":["0","`+strings.Repeat("9", 1000)+`/1`+strings.Repeat("0", 1000)+`","1"]`), "slack"},
		{"long breaks", contentionBody(`contention-phi","function":"knapsack","rho":"1"`, "", `"breaks":["0",`+
			strings.Trim(repeated(300, func(i int) string { return fmt.Sprintf(`"%d%s7/1%s"`, 100+i, zero[:400], zero[:406]) }), "[]")+`,"1"]`), "too much work"},
		{"many powers", contentionBody(`contention-uniform"`, "", `"odd":{"before":`+same(32, `[1000000,[8,8,8,8,8,8,8,8]]`)+`,"middle":[[]],"after":`+same(32, `[1000000,[8,8,8,8,8,8,8,8]]`)), "too much work"},
		{"too many terms", contentionBody(`contention-uniform"`, "", `"odd":{"before":`+same(33, `[1,[0,0,0,0,0,0,0,0]]`)), "at most 32 elements"},
	} {
		_, invalid := workWithin([]byte(c.body), 1<<27)
		if invalid == nil || !strings.Contains(invalid.Reason, c.reason) {
			t.Errorf("%s: %v, want %q", c.name, invalid, c.reason)
		}
	}
}

// What is spelled in another way, or stands in another place, is rejected where it is.
func TestContentionSpelling(t *testing.T) {
	unit, phi, uniform := string(documentOf(t, unitDocument())), string(documentOf(t, phiDocument())), contentionBody(`contention-uniform"`, "", `"odd":{"before":[[1,[0,0,0,0,0,0,0,0]]],`)
	for _, c := range []struct{ name, text, old, new, reason string }{
		{"not in lowest terms", unit, `"x":["1/2"`, `"x":["2/4"`, "lowest terms"},
		{"leading zero", unit, `"x":["1/2"`, `"x":["01/2"`, "expected an integer or a fraction"},
		{"negative zero", unit, `"x":["1/2"`, `"x":["-0"`, "expected an integer or a fraction"},
		{"denominator 1", unit, `"forward":["1"`, `"forward":["1/1"`, "expected an integer or a fraction"},
		{"decimal", unit, `"x":["1/2"`, `"x":["0.5"`, "expected an integer or a fraction"},
		{"exponent", unit, `"x":["1/2"`, `"x":["1e-9999999"`, "expected an integer or a fraction"},
		{"hexadecimal", unit, `"x":["1/2"`, `"x":["0x1"`, "expected an integer or a fraction"},
		{"giant", unit, `"x":["1/2"`, `"x":["1/` + strings.Repeat("9", 10001) + `"`, "at most 10000 digits"},
		{"number for a string", unit, `"x":["1/2"`, `"x":[0`, "expected '\"'"},
		{"repeated member", unit, `"coins":`, `"optimum":`, `expected member "coins"`},
		{"unknown member", unit, `"xi":`, `"eta":`, `expected member "xi"`},
		{"deep nesting", unit, `"x":["1/2"`, `"x":[` + strings.Repeat("[", 100000), "expected '\"'"},
		{"reversed enclosure", unit, `"alpha":["31/50","63/100"]`, `"alpha":["63/100","31/50"]`, "not shown to lie"},
		{"too short a list", unit, `"xi":["1/2","1/2"]`, `"xi":["1/2"]`, "expected 2 elements"},
		{"reversed breaks", phi, `"breaks":["0","1/32","1/16"`, `"breaks":["0","1/16","1/32"`, "ascend strictly"},
		{"negative rho", phi, `"rho":"1"`, `"rho":"-1"`, "between 0 and 1000"},
		{"giant rho", phi, `"rho":"1"`, `"rho":"1` + strings.Repeat("0", 5000) + `"`, "between 0 and 1000"},
		{"negative coefficient", uniform, `[[1,`, `[[-1,`, "from 1 to 1000000"},
		{"zero coefficient", uniform, `[[1,`, `[[0,`, "from 1 to 1000000"},
		{"giant exponent", uniform, `[0,0`, `[9,0`, "from 0 to 8"},
		{"negative exponent", uniform, `[0,0`, `[-1,0`, "from 0 to 8"},
		{"missing exponent", uniform, `[0,0`, `[0`, "expected 8 elements"},
	} {
		if !strings.Contains(c.text, c.old) {
			t.Fatalf("%s: no %s", c.name, c.old)
		}
		_, invalid := workOf([]byte(strings.Replace(c.text, c.old, c.new, 1)))
		if invalid == nil {
			_, err := Check(strings.NewReader(string(seal(body([]byte(strings.Replace(c.text, c.old, c.new, 1)))))))
			invalid, _ = err.(*Invalid)
		}
		if invalid == nil || !strings.Contains(invalid.Reason, c.reason) {
			t.Errorf("%s: %v, want %q", c.name, invalid, c.reason)
		}
	}
}
