package cell

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pstar/certificate"
)

// eliminationDocument is a certificate of a cell by elimination alone.
func eliminationDocument(t *testing.T, k, n int) *certificate.Document {
	t.Helper()
	e, err := ProveByElimination(context.Background(), k, n, EliminationOptions{})
	if err != nil {
		t.Fatal(err)
	}
	d := &certificate.Document{
		Statement:   certificate.Statement{Family: certificate.Multidraft, K: k, N: n, Exponent: k},
		Elimination: e.Part(),
		Identity:    identityPart(SupportPolynomials(k, n)),
	}
	d.Claims = d.Derive()
	return d
}

func checkDocument(t *testing.T, d *certificate.Document) (*certificate.Report, error) {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	return certificate.Check(&b)
}

func TestEliminationCertificates(t *testing.T) {
	for _, c := range [][2]int{{2, 2}, {2, 3}, {2, 6}, {3, 3}, {3, 5}, {4, 5}, {5, 4}, {6, 5}} {
		report, err := checkDocument(t, eliminationDocument(t, c[0], c[1]))
		if err != nil {
			t.Fatal(c, err)
		}
		if got := report.Summary(); !strings.HasSuffix(got, "MD-T2 proved, MD-T3 proved") {
			t.Errorf("%v: %s", c, got)
		}
	}
}

// TestEliminationCertificateTampering changes one thing at a time; the checker
// must reject it and name the lemma and the step.
func TestEliminationCertificateTampering(t *testing.T) {
	stage := func(d *certificate.Document, i int) *certificate.EliminationStage { return &d.Elimination.Stages[i] }
	cases := []struct {
		name   string
		change func(d *certificate.Document)
		want   string
	}{
		{"a multiplier", changeDrops(0, 1, func(d drops) drops { d[0].Rows[0].Multiplier = 2; return d }), "step 2 of MD-L2"},
		{"a multiplier of b", changeDrops(1, 10, func(d drops) drops { d[len(d)-1].Supports[0].Multiplier = 2; return d }), "step 11 of MD-L3"},
		{"a row", changeDrops(1, 2, func(d drops) drops { d[0].Rows[0].Set ^= 8; return d }), "step 3 of MD-L3"},
		{"a term left out", changeDrops(2, 1, func(d drops) drops { d[3].Rows = nil; return d }), "step 2 of MD-L4"},
		{"a drop without proof", changeDrops(0, 3, func(d drops) drops { return d[:len(d)-1] }), "step 4 of MD-L2"},
		{"no drop", changeDrops(1, 0, func(drops) drops { return nil }), "step 1 of MD-L3"},
		{"a drop too many", changeDrops(0, 3, func(d drops) drops { return append(d, d[0]) }), "step 4 of MD-L2"},
		{"drops exchanged", changeDrops(2, 0, func(d drops) drops { d[0], d[1] = d[1], d[0]; return d }), "step 1 of MD-L4"},
		{"a drop of another orbit", changeDrops(0, 0, func(d drops) drops { d[0].First ^= 12; return d }), "step 1 of MD-L2"},
		{"the last step missing", func(d *certificate.Document) {
			s := stage(d, 0)
			s.Steps = s.Steps[:len(s.Steps)-1]
		}, "of MD-L2 is missing"},
		{"a step missing", func(d *certificate.Document) {
			s := stage(d, 1)
			s.Steps = append(s.Steps[:2:2], s.Steps[3:]...)
		}, "step 3 of MD-L3"},
		{"a stage missing", func(d *certificate.Document) { d.Elimination.Stages = d.Elimination.Stages[1:2] }, "prove nothing"},
	}
	for _, c := range cases {
		d := eliminationDocument(t, 3, 4)
		c.change(d)
		d.Claims = d.Derive()
		_, err := checkDocument(t, d)
		var invalid *certificate.Invalid
		if !errors.As(err, &invalid) || !strings.Contains(invalid.Reason, c.want) {
			t.Errorf("%s: got %v, want a rejection with %q", c.name, err, c.want)
		}
	}
}

type drops = []certificate.EliminationDrop

// changeDrops changes the drops of one step.
func changeDrops(stage, step int, change func(drops) drops) func(*certificate.Document) {
	return func(d *certificate.Document) {
		s := &d.Elimination.Stages[stage].Steps[step]
		s.Drops = slices.Values(change(slices.Collect(s.Drops)))
	}
}

// TestEliminationOrbitsWithinBlocks: within a block, few permutations of tokens
// are symmetries. One pair of each orbit under all permutations that fix the token
// of the step is refused wherever that is less than what the document has to list.
func TestEliminationOrbitsWithinBlocks(t *testing.T) {
	refused, enough := 0, 0
	for _, c := range [][2]int{{2, 4}, {3, 4}} {
		for stage, lemma := range []Lemma{LemmaFeasible, LemmaSelected} {
			s := newAugmented(lemma, c[0], c[1], true)
			for i, m := range s.moves() {
				done := s.supports[:s.done]
				step, err := s.eliminate(t.Context(), m)
				if err != nil {
					t.Fatal(err)
				}
				coarse := make([]int, c[1])
				coarse[m.token] = m.token
				fewer := &blockDrops{lemma: lemma, eliminated: done, classes: coarse, group: step.Merged, token: 1 << m.token}
				listed := 0
				fewer.each(func(*EliminationDrop, int) bool { listed++; return true })
				if listed == step.Listed {
					enough++
					continue
				}
				d := eliminationDocument(t, c[0], c[1])
				d.Elimination.Stages[stage].Steps[i].Drops = dropParts(fewer.seq)
				_, err = checkDocument(t, d)
				if want := fmt.Sprintf("step %d of %s", i+1, lemma); err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%v, orbits of all permutations: %v, want a rejection with %q", c, err, want)
				}
				refused++
			}
		}
	}
	if refused < 20 {
		t.Errorf("%d refused, %d the same", refused, enough)
	}
}

// TestEliminationCertificateDigits changes every digit of a certificate, and its
// digest to match: nothing in it may have another value.
func TestEliminationCertificateDigits(t *testing.T) {
	var b bytes.Buffer
	if err := eliminationDocument(t, 3, 3).Write(&b); err != nil {
		t.Fatal(err)
	}
	body := b.Bytes()[:bytes.Index(b.Bytes(), []byte(",\n\"sha256\""))]
	changed := 0
	for i, c := range body {
		if c < '0' || c > '9' {
			continue
		}
		for _, digit := range []byte("0123456789") {
			if digit == c {
				continue
			}
			data := bytes.Clone(body)
			data[i] = digit
			data = fmt.Appendf(data, ",\n\"sha256\":\"%x\"}\n", sha256.Sum256(data))
			_, err := certificate.Check(bytes.NewReader(data))
			var invalid *certificate.Invalid
			if !errors.As(err, &invalid) || strings.Contains(invalid.Reason, "digest") {
				t.Fatalf("byte %d, %q in place of %q: %v", i, digit, c, err)
			}
			changed++
		}
	}
	if changed < 2000 {
		t.Errorf("only %d changes", changed)
	}
}
