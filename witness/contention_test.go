package witness

import (
	"errors"
	"testing"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/rational"
	"pstar/witness/internal/proof"
	"pstar/witness/internal/script"
)

// Each theorem of contention resolution is proved by its script, and by no shorter one.
func TestContentionProofs(t *testing.T) {
	texts, _ := statement.Contention()
	for k := range texts {
		theorem, names := statement.ContentionTheorem(k)
		t.Run(theorem.Name, func(t *testing.T) {
			text, known := contentionProofs()[theorem.Name]
			if !known {
				t.Fatal("no proof")
			}
			defer func() {
				if fault := recover(); fault != nil {
					t.Fatal(fault)
				}
			}()
			document := literalDocument(theorem, func(w *proof.Writer) { script.Run(w, theorem, names, text) })
			if _, err := kernel.Check(document, nil); err != nil {
				t.Fatalf("%v\n%s", err, document)
			}
		})
	}
}

// literalDocument is a document of one theorem that is written out.
func literalDocument(t *kernel.Theorem, rows func(*proof.Writer)) []byte {
	return proof.Document(func(w *proof.Writer) {
		w.Member("builder")
		w.Text("literal")
		w.Member("theorems")
		w.Open('[')
		t.WriteLiteral(w)
		w.Close(']')
	}, [][2]string{{t.Name, "proved"}}, func(w *proof.Writer) {
		w.Proof(0, t, func() { rows(w) }, nil)
	})
}

// checkedContention is the report on a document.
func checkedContention(t *testing.T, tags []string, i ContentionInstance) *kernel.Report {
	t.Helper()
	document, err := Contention(tags, i)
	if err != nil {
		t.Fatal(err)
	}
	report, err := kernel.Check(document, statement.Builders)
	if err != nil {
		t.Fatalf("%v\n%.2000s", err, document)
	}
	return report
}

// The document of all claims establishes all of them; one claim alone rests on its own theorems.
func TestContentionDocument(t *testing.T) {
	tags := allTags()
	report := checkedContention(t, tags, ContentionInstance{Unit: twoHalves(), Choice: twoChosen()})
	want := append(tags, "CRS-LP", "CRS-D5")
	for k, c := range report.Claims {
		t.Logf("%s %s: %s", c.Tag, c.Status, c.Text)
		if c.Tag != want[k] || len(report.Claims) != len(want) {
			t.Errorf("claim %d", k)
		}
	}
	if report = checkedContention(t, []string{"CRS-LB.1"}, ContentionInstance{}); len(report.Claims) != 1 || len(report.Theorems) != 2 {
		t.Error(report)
	}
	if report = checkedContention(t, nil, ContentionInstance{Rations: twoAgents()}); len(report.Claims) != 2 {
		t.Error(report)
	}
	refused := twoAgents()
	refused.Agents[0].Target, refused.Parts = rational.NewRat(9, 10), nil
	refused.Prices = RationPrices{rational.NewRat(1, 1), []rational.Rat{rational.NewRat(1, 1), rational.NewRat(1, 2)}}
	if report = checkedContention(t, nil, ContentionInstance{Rations: refused}); report.Claims[0].Status != "refuted" {
		t.Error(report.Claims)
	}
}

func allTags() (tags []string) {
	_, claims := statement.Contention()
	for _, c := range claims {
		tags = append(tags, c.Tag)
	}
	return tags
}

// twoHalves is the optimum for two elements of probability 1/2, 3/4.
func twoHalves() *UnitOptimum {
	r := rational.NewRat
	return &UnitOptimum{
		X: []rational.Rat{r(1, 2), r(1, 2)}, Value: r(3, 4),
		Choice: [2][]rational.Rat{{r(1, 1), r(1, 2)}, {r(1, 2), r(1, 1)}},
		Y:      [2][]rational.Rat{{r(1, 8), r(1, 4)}, {r(1, 4), r(1, 8)}},
		Xi:     []rational.Rat{r(1, 2), r(1, 2)},
	}
}

// twoChosen is the choice of CRS-L4.4 for two elements of mean size 1/2.
func twoChosen() *FeasibleChoice {
	r := rational.NewRat
	return &FeasibleChoice{Means: []rational.Rat{r(1, 2), r(1, 2)}, Orders: [2][]rational.Rat{{r(7, 18), r(5, 18)}, {r(5, 18), r(7, 18)}}}
}

// A choice that satisfies Definition 5 with equality is certified; of one that does so by less than any bound in the format shows no document
// is made, and the same with a little more to spare is certified.
func TestChoicesOnTheEdge(t *testing.T) {
	r := rational.NewRat
	zero := rational.Rat{}
	tiny := r(1, 1e15).Mul(r(1, 1e15))
	for name, c := range map[string]struct {
		choice  FeasibleChoice
		written bool
	}{
		"equality":       {FeasibleChoice{Means: []rational.Rat{r(1, 2)}, Orders: [2][]rational.Rat{{r(1, 2)}, {r(1, 2)}}}, true},
		"false":          {FeasibleChoice{Means: []rational.Rat{r(1, 2)}, Orders: [2][]rational.Rat{{r(1, 2).Add(tiny)}, {r(1, 2)}}}, false},
		"next to it":     {FeasibleChoice{Means: []rational.Rat{r(99, 2), zero}, Orders: [2][]rational.Rat{{r(1, 100), r(1, 100).Sub(tiny)}, {zero, zero}}}, false},
		"room for proof": {FeasibleChoice{Means: []rational.Rat{r(99, 2), zero}, Orders: [2][]rational.Rat{{r(1, 100), r(1, 200)}, {zero, zero}}}, true},
	} {
		document, err := Contention(nil, ContentionInstance{Choice: &c.choice})
		var unwritable *Unwritable
		if c.written == (err != nil) || err != nil && !errors.As(err, &unwritable) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !c.written {
			continue
		}
		if _, err := kernel.Check(document, statement.Builders); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// twoAgents want the whole supply, and one or two thirds of it, and are to get half of that each.
func twoAgents() *Rations {
	r := rational.NewRat
	one := r(1, 1)
	parts := [][]rational.Rat{{r(1, 2)}, {r(1, 2), r(1, 4)}}
	return &Rations{
		Agents: []RationAgent{
			{"I", []RationLevel{{one, one, one, one}}, r(1, 2)},
			{"III", []RationLevel{{r(1, 3), r(1, 2), r(1, 3), one}, {r(2, 3), r(1, 2), r(2, 3), one}}, r(3, 4)},
		},
		Parts: parts,
		Largest: &LargestTarget{Value: r(7, 10), Parts: [][]rational.Rat{{r(7, 10)}, {r(1, 2), r(1, 5)}},
			Prices: RationPrices{r(3, 5), []rational.Rat{r(3, 5), r(2, 5)}}},
	}
}

func BenchmarkContention(b *testing.B) {
	tags := allTags()
	for b.Loop() {
		Contention(tags, ContentionInstance{})
	}
}

func BenchmarkContentionCheck(b *testing.B) {
	document, err := Contention(allTags(), ContentionInstance{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := kernel.Check(document, statement.Builders); err != nil {
			b.Fatal(err)
		}
	}
}
