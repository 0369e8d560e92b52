package certificate

import (
	"bytes"
	"encoding/json"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzCheck feeds bytes as they are and with a digest that fits. Nothing panics,
// and what is accepted is true, by the naive prover's own computation.
func FuzzCheck(f *testing.F) {
	f.Add(body(written(smallComplete())))
	f.Add(body(written(prove(cell{k: 3, n: 2, exponent: 3, cones: true, identity: true}))))
	f.Add(body(written(prove(cell{k: 3, n: 3, exponent: 2, counterexample: &asked{
		Drafts{Model: IID, P: over(3, 1, 1, 1)}, over(27, 2, 12, 13)}}))))
	f.Add("{")
	f.Add("\x1f\x8b")
	f.Fuzz(func(t *testing.T, text string) {
		Check(strings.NewReader(text))
		document := seal(text)
		if report, err := Check(bytes.NewReader(document)); err == nil {
			confirm(t, document, report)
		}
	})
}

// confirm proves an accepted document once more, naively, if it is small.
func confirm(t *testing.T, document []byte, report *Report) {
	d := decode(t, document)
	s := d.Statement
	if math.Pow(float64(s.N), float64(s.K)) > 5000 || s.Exponent > 64 {
		return
	}
	c := cell{k: s.K, n: s.N, exponent: s.Exponent}
	for _, x := range d.Instances {
		c.instances = append(c.instances, asked{x.Drafts, x.Q})
	}
	if x := d.Counterexample; x != nil {
		c.counterexample = &asked{x.Drafts, x.Q}
	}
	want := prove(c)
	if d.Feasibility != nil {
		want.Feasibility = naiveFeasibility(s.K, s.N)
	}
	if d.Optimum != nil {
		want.Optimum = naiveOptimum(s.K, s.N)
	}
	if d.Identity != nil {
		want.Identity = naiveIdentity(s.K, s.N)
	}
	for i := range want.Instances { // other couplings and cuts may do as well
		want.Instances[i].Coupling, want.Instances[i].Cut = d.Instances[i].Coupling, d.Instances[i].Cut
	}
	if want.Counterexample != nil {
		want.Counterexample.Coupling, want.Counterexample.Cut = d.Counterexample.Coupling, d.Counterexample.Cut
	}
	want.Claims = want.Derive()
	if diff := cmp.Diff(written(want), written(d)); diff != "" {
		t.Errorf("accepted, but the naive proof differs:\n%s", diff)
	}
	if diff := cmp.Diff(want.Claims, report.Claims); diff != "" {
		t.Errorf("claims differ:\n%s", diff)
	}
}

// decode reads a document with encoding/json.
func decode(t *testing.T, document []byte) *Document {
	var raw struct {
		Statement struct {
			Family         string
			K, N, Exponent int
		}
		Claims               []Claim
		Feasibility, Optimum *struct {
			Rows  []int
			Rays  [][][2]int64
			Count string
		}
		Identity       *struct{ Supports [][][2]json.RawMessage }
		Instances      []rawInstance
		Counterexample *rawInstance
	}
	if err := json.Unmarshal(document, &raw); err != nil {
		t.Fatalf("accepted, but not JSON: %v", err)
	}
	d := &Document{Statement: Statement(raw.Statement), Claims: raw.Claims}
	for _, part := range []struct {
		to   **ConePart
		from *struct {
			Rows  []int
			Rays  [][][2]int64
			Count string
		}
	}{{&d.Feasibility, raw.Feasibility}, {&d.Optimum, raw.Optimum}} {
		if part.from == nil {
			continue
		}
		c := &ConePart{Rows: part.from.Rows, Count: integerOf(part.from.Count)}
		for _, ray := range part.from.Rays {
			var entries []Entry
			for _, e := range ray {
				entries = append(entries, Entry{int(e[0]), e[1]})
			}
			c.Rays = append(c.Rays, entries)
		}
		*part.to = c
	}
	if raw.Identity != nil {
		d.Identity = &Identity{}
		for _, terms := range raw.Identity.Supports {
			var list []Term
			for _, term := range terms {
				list = append(list, Term{as[[]int](t, term[0]), integerOf(as[string](t, term[1]))})
			}
			d.Identity.Supports = append(d.Identity.Supports, list)
		}
	}
	for _, x := range raw.Instances {
		d.Instances = append(d.Instances, x.decode(t))
	}
	if raw.Counterexample != nil {
		d.Counterexample = &Counterexample{raw.Counterexample.decode(t), rationalOf(raw.Counterexample.Claimed)}
	}
	return d
}

type rawInstance struct {
	Drafts struct {
		Model string
		P     json.RawMessage
		Law   [][2]json.RawMessage
	}
	Q              []string
	Value, Claimed string
	Coupling       [][3]json.RawMessage
	Cut            []int
}

func (x *rawInstance) decode(t *testing.T) Instance {
	d := Drafts{Model: x.Drafts.Model}
	switch d.Model {
	case Independent:
		for _, p := range as[[][]string](t, x.Drafts.P) {
			d.Ps = append(d.Ps, rationalsOf(p))
		}
	case Joint:
		for _, w := range x.Drafts.Law {
			d.Law = append(d.Law, Word{as[[]int](t, w[0]), rationalOf(as[string](t, w[1]))})
		}
	default:
		d.P = rationalsOf(as[[]string](t, x.Drafts.P))
	}
	instance := Instance{Drafts: d, Q: rationalsOf(x.Q), Value: rationalOf(x.Value), Cut: x.Cut}
	for _, m := range x.Coupling {
		instance.Coupling = append(instance.Coupling, Mass{as[[]int](t, m[0]), as[int](t, m[1]), integerOf(as[string](t, m[2]))})
	}
	return instance
}

func as[T any](t *testing.T, raw json.RawMessage) T {
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatalf("accepted, but %s is no %T: %v", raw, v, err)
	}
	return v
}

func integerOf(s string) *big.Int {
	v, _ := new(big.Int).SetString(s, 10)
	return v
}

func rationalOf(s string) *big.Rat {
	v, _ := new(big.Rat).SetString(s)
	return v
}

func rationalsOf(texts []string) []*big.Rat {
	var v []*big.Rat
	for _, s := range texts {
		v = append(v, rationalOf(s))
	}
	return v
}

// The decoder above gives back what was written, so the fuzz test compares what it
// says it compares; and confirming works on every small cell.
func TestConfirmAcceptedDocuments(t *testing.T) {
	for _, d := range []*Document{
		smallComplete(),
		prove(cell{k: 4, n: 3, exponent: 4, cones: true, identity: true}),
		prove(cell{k: 2, n: 3, exponent: 3, counterexample: &asked{
			Drafts{Model: IID, P: over(3, 1, 1, 1)}, over(27, 1, 13, 13)}}),
	} {
		document := written(d)
		if diff := cmp.Diff(string(document), string(written(decode(t, document)))); diff != "" {
			t.Fatal(diff)
		}
		report, err := Check(bytes.NewReader(document))
		if err != nil {
			t.Fatal(err)
		}
		confirm(t, document, report)
	}
}
