package certificate

import (
	"bytes"
	"fmt"
	"math/big"
	"strings"
	"testing"
)

// The bombs are short documents over a million supports, whose tokens are almost
// all never drafted, or which are few but costly. bombs writes count copies of one.
func bombs(k, n int, drafts Drafts, coupling Mass, count int) *Document {
	point := make([]*big.Rat, n)
	for i := range point {
		point[i] = new(big.Rat)
	}
	point[0] = rat(1, 1)
	if drafts.Model == IID {
		drafts.P = point
	}
	x := Instance{Drafts: drafts, Q: point, Value: rat(1, 1), Coupling: []Mass{coupling}}
	d := &Document{Statement: Statement{Multidraft, k, n, k}}
	for range count {
		d.Instances = append(d.Instances, x)
	}
	d.Claims = d.Derive()
	return d
}

// workOf checks a document as far as it is right, and returns what that costs.
func workOf(data []byte) (work uint64, invalid *Invalid) { return workWithin(data, maxWork) }

// workWithin is workOf with less work than a document may cost.
func workWithin(data []byte, limit uint64) (work uint64, invalid *Invalid) {
	r := &reader{data: data, work: maxWork - limit}
	invalid = run(func() {
		r.exactly('{')
		r.path = append(r.path, level{})
		r.member("format", func() { r.text() })
		var f family
		r.member("statement", func() { f = statement(r) })
		r.member("claims", func() { readClaims(r) })
		f.checkParts(r)
	})
	return r.work + byteCost*uint64(r.at) - (maxWork - limit), invalid
}

// Where few tokens can be drafted, an instance costs next to nothing, however many
// supports the statement has.
func TestPointMassesAreCheap(t *testing.T) {
	first := Mass{[]int{1}, 1, big.NewInt(1)}
	for name, d := range map[string]*Document{
		"iid":   bombs(20, 20, Drafts{Model: IID}, first, 1000),
		"joint": bombs(6, 31, Drafts{Model: Joint, Law: []Word{{[]int{1, 1, 1, 1, 1, 1}, rat(1, 1)}}}, first, 1000),
	} {
		work, invalid := workOf(written(d))
		if invalid != nil {
			t.Fatalf("%s: %v", name, invalid)
		}
		if each := work / 1000; each > 1e5 {
			t.Errorf("%s: an instance costs %d", name, each)
		}
		if _, err := Check(bytes.NewReader(written(d))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Twenty drafts without replacement go through all sets of twenty tokens: a few
// seconds, and so not many of them.
func TestRejectsWithoutReplacementBombs(t *testing.T) {
	n := 14
	uniform := make([]*big.Rat, n)
	all := make([]int, n)
	for i := range uniform {
		uniform[i], all[i] = rat(1, int64(n)), i+1
	}
	drafts := Drafts{Model: WithoutReplacement, P: uniform}
	bomb := func(count int) []byte { return written(bombs(n, n, drafts, Mass{all, 1, big.NewInt(1)}, count)) }
	one, invalid := workOf(bomb(1))
	if invalid != nil {
		t.Fatal(invalid)
	}
	// Σ|T| products, each of a mass with a probability, are the least of it.
	if least := uint64(n<<(n-1)) * mulCost(1, 1); one < least {
		t.Errorf("an instance costs %d, less than %d", one, least)
	}
	r := &reader{data: bomb(1), work: maxWork - one/2}
	r.at = strings.Index(string(r.data), `"p":`) + len(`"p":`)
	r.path = []level{{}}
	f := &multidraft{statement: Statement{Multidraft, n, n, n}}
	if invalid := run(func() { f.withoutReplacement(r, r.law(n)) }); invalid == nil || !strings.Contains(invalid.Reason, "too much work") {
		t.Errorf("half of the work is enough: %v", invalid)
	}
}

// Of all sets of twenty tokens, none may have a long number.
func TestRejectsTooMuchMemory(t *testing.T) {
	n := 20
	p := make([]*big.Rat, n)
	for i := range p {
		p[i] = unit(power(2, 200))
	}
	p[n-1] = new(big.Rat).Sub(rat(1, 1), total(p[:n-1]))
	drafts := Drafts{Model: Independent}
	for range n {
		drafts.Ps = append(drafts.Ps, p)
	}
	d := bombs(n, n, drafts, Mass{[]int{1}, 1, big.NewInt(1)}, 1)
	expectReject(t, "independent", written(d), "instances[0].drafts.p", "too much memory")
}

// Numbers of ten thousand digits cost what they are.
func TestReadingNumbersIsCounted(t *testing.T) {
	for _, digits := range []int{1, 18, 19, 1000, 10000} {
		text := strings.Repeat("9", digits)
		r := &reader{data: []byte(fmt.Sprintf(`"%s"`, text))}
		r.bigInt()
		if r.work != parseCost(digits) {
			t.Errorf("%d digits: %d", digits, r.work)
		}
		r = &reader{data: []byte(fmt.Sprintf(`"%s/1%s"`, text, text)), work: maxWork - parseCost(2*digits) - 800}
		if invalid := run(func() { r.rational() }); invalid == nil || !strings.Contains(invalid.Reason, "too much work") {
			t.Errorf("%d digits: %v", digits, invalid)
		}
	}
}

// Reading a document counts, byte by byte, against the same limit; the longest one
// without instances is not rejected for it.
func TestBytesAreCounted(t *testing.T) {
	if byteCost*MaxDocument > maxWork {
		t.Error("a document of full length is too much work")
	}
	r := &reader{at: MaxDocument, work: maxWork - byteCost*MaxDocument}
	if invalid := run(func() { r.spend(0, 0) }); invalid != nil {
		t.Error(invalid)
	}
}

// A cut or a law over fewer tokens gives the same b_T as over all of them.
func TestUndraftedTokens(t *testing.T) {
	point := rat(0, 1)
	q := over(10, 1, 2, 3, 4)
	for name, drafts := range map[string]Drafts{
		"iid":                 {Model: IID, P: []*big.Rat{point, rat(1, 3), point, rat(2, 3)}},
		"independent":         {Model: Independent, Ps: [][]*big.Rat{{point, rat(1, 3), point, rat(2, 3)}, {point, point, point, rat(1, 1)}, {rat(1, 2), point, point, rat(1, 2)}}},
		"without-replacement": {Model: WithoutReplacement, P: []*big.Rat{rat(1, 6), rat(1, 3), point, rat(1, 2)}},
		"joint":               {Model: Joint, Law: []Word{{[]int{2, 2, 4}, rat(1, 3)}, {[]int{4, 2, 2}, rat(1, 6)}, {[]int{4, 4, 4}, rat(1, 2)}}},
	} {
		d := prove(cell{k: 3, n: 4, exponent: 3, instances: []asked{{drafts, q}}})
		if _, err := Check(bytes.NewReader(written(d))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
