package kernel

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pstar/certificate/reading"
)

// hostile is a document with one theorem "a" and its proof, without the digests.
func hostile(kind, symbols, facts, rows, more, proof string) string {
	return `{"format":"pstar-certificate/2","statement":{"builder":"literal","theorems":[{"name":"a","kind":"` + kind + `","symbols":[` + symbols +
		`],"facts":[` + facts + `],"rows":[` + rows + `]` + more + `}]},"claims":[["a","proved"]],"proofs":[{"theorem":0,"sha256":"SHA",` + proof + `}]}`
}

// several are n elements of a list.
func several(n int, element func(k int) string) string {
	var list []string
	for k := range n {
		list = append(list, element(k))
	}
	return strings.Join(list, ",")
}

func times(n int, element string) string { return several(n, func(int) string { return element }) }

// alike are the facts c x ≥ 0 among n symbols x, each with a short c with which they have one hash of the seed 0.
func alike(n int) string {
	mix := func(x uint64) uint64 { // the last step of splitmix64
		x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
		x = (x ^ x>>27) * 0x94d049bb133111eb
		return x ^ x>>31
	}
	inverse := uint64(1) // of the odd number, modulo 2^64: each turn doubles the bits that are right
	for range 6 {
		inverse *= 2 - 0x9e3779b97f4a7c15*inverse
	}
	var facts []string
	hashes := map[uint64]bool{}
	for s := range n {
		c := int64(-mix(uint64(s)) * inverse)
		if c < 1e18 || c > 4e18 { // to be written as a string
			continue
		}
		facts = append(facts, fmt.Sprintf(`[">=",[["%d",%d]]]`, c, s))
		hashes[Fact{Poly: Poly{{C: Int(c), M: Product(s)}}}.Hash(nil, 0)] = true
	}
	if len(hashes) != 1 {
		panic("the facts do not look alike")
	}
	return strings.Join(facts, ",")
}

// Each document would cost too much, and meets the limit that is there for it.
func TestLimits(t *testing.T) {
	if testing.Short() {
		t.Skip("spends all the work that the format allows, some times over")
	}
	symbol := func(k int) string { return fmt.Sprintf(`["s%d","p+"]`, k) }
	linear := func(k int) string { return fmt.Sprintf("[1,%d]", k) }
	empty := `["=",[]]`
	split := `{"rule":"split","on":[],"nonnegative":[],"negative":[]}`
	for name, c := range map[string]struct{ document, reason string }{
		"products of long polynomials": {hostile("implied", several(1100, symbol), `[">=",[`+several(1100, linear)+`]]`, empty, "",
			`"rows":[{"rule":"combine","goal":[">=",[]],"products":[[1,0,0]],"equations":[]}]`), "a polynomial has more than the 524288 terms"},
		"powers of a sum": {hostile("implied", several(20, symbol), `[">=",[`+several(20, linear)+`]]`, empty, "",
			`"rows":[{"rule":"combine","goal":[">=",[]],"products":[[1`+strings.Repeat(",0", 30)+`]],"equations":[]}]`), "a polynomial has more than"},
		"values in powers of unknowns": {hostile("feasible", several(20, symbol)+`,["u","u"]`, `["=",[[1`+strings.Repeat(",20", 20)+`]]]`, "", "",
			`"rows":[],"exists":[{"rule":"witness","values":[[20,[`+several(20, linear)+`]]],"steps":[]}]`), "a polynomial has more than"},
		"powers of a wide number": {hostile("implied", symbol(0), `[">=",[["7/1`+strings.Repeat("0", 9990)+`1"],["1/1`+strings.Repeat("0", 9990)+`",0]]]`, empty, "",
			`"rows":[{"rule":"combine","goal":[">=",[]],"products":[[1`+strings.Repeat(",0", 60)+`]],"equations":[]}]`), "a number has more than the 4096 words"},
		"wide numbers": {hostile("implied", "", `[">=",[["1/`+strings.Repeat("7", 9999)+`"]]]`, empty, "",
			`"rows":[{"rule":"combine","goal":[">=",[]],"products":[`+times(6000, `[1,0]`)+`],"equations":[]}]`), "more work than"},
		"factors of a product": {hostile("implied", "", empty, empty, "",
			`"rows":[{"rule":"combine","goal":[">=",[]],"products":[[1`+strings.Repeat(",0", 65)+`]],"equations":[]}]`), "a product has more than the 64 factors"},
		"products of nothing": {hostile("implied", "", `[">=",[]]`, empty, "",
			`"rows":[{"rule":"combine","goal":[">=",[]],"products":[`+times(500000, `[1`+strings.Repeat(",0", 64)+`]`)+`],"equations":[]}]`), "more work than"},
		"blocks of nothing": {hostile("feasible", several(12, func(k int) string { return fmt.Sprintf(`["x%d","u+"]`, k) }),
			several(12, func(k int) string { return fmt.Sprintf(`[">=",[[-1,%d]]]`, k) })+`,["=",[`+several(12, linear)+`]]`, "", "",
			`"rows":[],"exists":[`+times(4000, `{"rule":"block","facts":[0,1,2,3,4,5,6,7,8,9,10,11],"steps":[]}`)+`]`), "more work than"},
		"different denominators": {hostile("feasible", `["x","u"],`+several(2000, func(k int) string { return fmt.Sprintf(`["s%d","p"]`, k) }), `[">=",[[1,0],`+
			several(2000, func(k int) string { return fmt.Sprintf(`["1/1%s%d",%d]`, strings.Repeat("0", 500), 2*k+1, k+1) })+`]],[">=",[[-1,0]]]`, "", "",
			`"rows":[],"exists":[{"rule":"project","eliminate":[{"symbol":0,"kept":[[0,1]],"dropped":[]}],"steps":[]}]`), "the format allows"},
		"facts of 0 for many vectors": {hostile("implied", several(2000, symbol), empty, empty, "", `"rows":[{"rule":"generate","symbols":[`+several(2000, strconv.Itoa)+`],"facts":[`+
			several(1000, func(k int) string { return strconv.Itoa(-1 - k) })+","+several(300000, func(int) string { return "0" })+`]}]`), "the format allows"},
		"degree of a product": {hostile("implied", symbol(0), `[">=",[[1,0,0]]]`, empty, "",
			`"rows":[{"rule":"combine","goal":[">=",[]],"products":[[1`+strings.Repeat(",0", 33)+`]],"equations":[]}]`), "a term has more than the 64 symbols"},
		"degree of a term": {hostile("implied", symbol(0), `[">=",[[1`+strings.Repeat(",0", 65)+`]]]`, empty, "", `"rows":[]`), "a term has more than 64 symbols"},
		"facts":            {hostile("implied", "", times(1<<20+1, empty), empty, "", `"rows":[]`), "more than 1048576 facts"},
		"facts by steps": {hostile("implied", "", times(1<<20, empty), empty, "",
			`"rows":[{"rule":"combine","goal":["=",[]],"products":[],"equations":[]}]`), "more than 1048576 facts"},
		"generators": {hostile("implied", symbol(0), "", empty, `,"generators":[`+times(17, "[0]")+`]`, `"rows":[]`), "more than the 16 generators"},
		"names": {hostile("implied", `["`+strings.Repeat("n", 200)+`","p"]`, several(3000, func(k int) string {
			return fmt.Sprintf(`["=",[[%d`, k+1) + strings.Repeat(",0", 64) + `]]]`
		}), empty, "", `"rows":[]`), "written with names"},
		"names in generators": {hostile("implied", several(6000, func(k int) string { return fmt.Sprintf(`["%0200d","p"]`, k) }), "", empty,
			`,"generators":[`+times(15, "["+several(6000, func(k int) string { return strconv.Itoa((k + 1) % 6000) })+"]")+`]`, `"rows":[]`), "written with names"},
		"one name": {hostile("implied", `["`+strings.Repeat("n", 201)+`","p"]`, "", empty, "", `"rows":[]`), "a name must have 1 to 200 bytes"},
		"scopes": {hostile("implied", "", "", empty, "",
			`"rows":[`+strings.Repeat(`{"rule":"split","on":[],"nonnegative":[`, 32)+strings.Repeat(`],"negative":[]}`, 32)+`]`), "more than 32 scopes"},
		"scopes with many facts": {hostile("implied", "", times(1<<18, `[">=",[]]`), empty, "", `"rows":[`+times(900, split)+`]`), "more work than"},
		"inductions over many symbols": {hostile("implied", `["t","p"],`+several(1<<17, symbol), "", empty, `,"process":{"symbols":[],"facts":[],"start":[[0,[]]],"update":[[0,[]]]}`,
			`"rows":[`+times(3200, `{"rule":"invariant","facts":[],"start":[],"step":[]}`)+`]`), "more work than"},
		"inductions over many facts": {hostile("implied", `["t","p"]`, "", empty, `,"process":{"symbols":[],"facts":[`+times(1<<17, empty)+`],"start":[[0,[]]],"update":[[0,[]]]}`,
			`"rows":[`+times(900, `{"rule":"invariant","facts":[],"start":[],"step":[]}`)+`]`), "more work than"},
		"inductions over long exponents": {hostile("implied", `["t","p"],["e","p"],`+several(1000, symbol), "", empty,
			`,"exponentials":[[1,[`+several(1000, func(k int) string { return fmt.Sprintf("[1,%d]", k+2) })+`]]],"process":{"symbols":[],"facts":[],"start":[[0,[]]],"update":[[0,[]]]}`,
			`"rows":[`+times(220000, `{"rule":"invariant","facts":[],"start":[],"step":[]}`)+`]`), "more work than"},
		"duals of nothing": {hostile("feasible", several(1<<17, symbol), "", "", "",
			`"rows":[],"exists":[`+times(3200, `{"rule":"dualise","steps":[]}`)+`]`), "more work than"},
		"facts that look alike to who knows the seed": {strings.Replace(hostile("implied", several(40000, symbol), alike(40000), empty, `,"generators":[[`+several(40000, strconv.Itoa)+`]]`, `"rows":[]`),
			"SHA", strings.Repeat("0", 64), 1), "the theorem, written out, has the digest"},
		"generators of a cube": {hostile("implied", several(25, func(k int) string { return fmt.Sprintf(`["s%d","p"]`, k) }), several(48, func(k int) string {
			return fmt.Sprintf(`[">=",[[1,0],[%d,%d]]]`, 1-2*(k%2), 1+k/2)
		}), empty, "", `"rows":[{"rule":"generate","symbols":[`+several(25, strconv.Itoa)+`],"facts":[`+several(48, strconv.Itoa)+`]}]`), "the format allows"},
		"generators with long numbers": {hostile("implied", several(100, func(k int) string { return fmt.Sprintf(`["s%d","p"]`, k) }), several(99, func(k int) string {
			return `["=",[` + several(100, func(i int) string {
				return fmt.Sprintf(`["1%s",%d]`, strings.Repeat(strconv.Itoa((i*i*i+7*k*i+k*k*k)%9973), 20), i)
			}) + `]]`
		}), empty, "", `"rows":[{"rule":"generate","symbols":[`+several(100, strconv.Itoa)+`],"facts":[`+several(99, strconv.Itoa)+`]}]`), "the format allows"},
		"long polynomials": {hostile("implied", several(64, symbol), times(5<<14, `["=",[`+several(64, linear)+`]]`), empty, "", `"rows":[]`), "more than the 5242880 terms at a time"},
		"fractions":        {hostile("implied", several(2, symbol), times(300000, `["=",[["1/2",0],["1/2",1]]]`), empty, "", `"rows":[]`), "bytes that the format allows"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Check(seal(c.document), nil)
			var invalid *Invalid
			if !errors.As(err, &invalid) || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("want %q, got %v", c.reason, err)
			}
		})
	}
}

// Whoever reads a document is told that it is too long before any of it is read.
func TestTooLongDocument(t *testing.T) {
	data := make([]byte, reading.MaxDocument+1)
	for name, read := range map[string]func() error{
		"check":     func() error { _, err := Check(data, nil); return err },
		"explain":   func() error { _, err := Explain(context.Background(), data, nil, Told{}); return err },
		"statement": func() error { _, err := ReadStatement(data, nil); return err },
	} {
		var invalid *Invalid
		if err := read(); !errors.As(err, &invalid) || !invalid.Limit || invalid.Place != "document" || invalid.Offset != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
