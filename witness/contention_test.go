package witness

import (
	"testing"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/rational"
)

// Each theorem of contention resolution is proved by its script, and by no shorter one.
func TestContentionProofs(t *testing.T) {
	texts, _ := statement.Contention()
	for k := range texts {
		theorem, names := statement.ContentionTheorem(k)
		t.Run(theorem.Name, func(t *testing.T) {
			script, known := contentionProofs[theorem.Name]
			if !known {
				t.Fatal("no proof")
			}
			defer func() {
				if fault := recover(); fault != nil {
					t.Fatal(fault)
				}
			}()
			document := literalDocument(theorem, func(w *proofWriter) { runScript(w, theorem, names, script) })
			if _, err := kernel.Check(document, nil); err != nil {
				t.Fatalf("%v\n%s", err, document)
			}
		})
	}
}

// literalDocument is a document of one theorem that is written out.
func literalDocument(t *kernel.Theorem, rows func(*proofWriter)) []byte {
	return document(func(w *proofWriter) {
		w.member("builder")
		w.text("literal")
		w.member("theorems")
		w.open('[')
		t.WriteLiteral(w)
		w.close(']')
	}, [][2]string{{t.Name, "proved"}}, func(w *proofWriter) {
		w.proof(0, t, func() { rows(w) }, nil)
	})
}

// The document of all claims establishes all of them.
func TestContentionDocument(t *testing.T) {
	tags := allTags()
	half := rational.NewRat(1, 2)
	report, err := kernel.Check(Contention(tags, twoHalves(half)), statement.Builders)
	if err != nil {
		t.Fatal(err)
	}
	for k, c := range report.Claims {
		t.Logf("%s %s: %s", c.Tag, c.Status, c.Text)
		if k < len(tags) && c.Tag != tags[k] || len(report.Claims) != len(tags)+1 {
			t.Errorf("claim %d", k)
		}
	}
	// One claim alone rests on its own theorems.
	report, err = kernel.Check(Contention([]string{"CRS-LB.1"}, nil), statement.Builders)
	if err != nil || len(report.Claims) != 1 || len(report.Theorems) != 2 {
		t.Error(report, err)
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
func twoHalves(half rational.Rat) *UnitOptimum {
	r := rational.NewRat
	return &UnitOptimum{
		X: []rational.Rat{half, half}, Value: r(3, 4),
		Choice: [2][]rational.Rat{{r(1, 1), r(1, 2)}, {r(1, 2), r(1, 1)}},
		Y:      [2][]rational.Rat{{r(1, 8), r(1, 4)}, {r(1, 4), r(1, 8)}},
		Xi:     []rational.Rat{r(1, 2), r(1, 2)},
	}
}

func BenchmarkContention(b *testing.B) {
	tags := allTags()
	for b.Loop() {
		b.Log(len(Contention(tags, nil)))
	}
}

func BenchmarkContentionCheck(b *testing.B) {
	tags := allTags()
	document := Contention(tags, nil)
	for b.Loop() {
		if _, err := kernel.Check(document, statement.Builders); err != nil {
			b.Fatal(err)
		}
	}
}
