package certificate

import (
	"bytes"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
)

func weights(values ...int64) []*big.Int {
	list := make([]*big.Int, len(values))
	for i, v := range values {
		list[i] = big.NewInt(v)
	}
	return list
}

// The first example is p = (1,1,1)/3, q = (1,0,2)/3; the second has P* = 1; the
// third a token that is never drafted.
func vocabularyExamples() map[string]*IIDOptimumDocument {
	examples := map[string]*IIDOptimumDocument{
		"thirds": {K: 2, Drafts: weights(1, 1, 1), Target: weights(1, 0, 2), Value: big.NewRat(8, 9),
			Order: []int{2, 1, 3}, Cut: 1, Low: Level{1, big.NewRat(1, 3)}, High: Level{1, big.NewRat(5, 3)}},
		"one": {K: 2, Drafts: weights(1, 1), Target: weights(2, 3), Value: big.NewRat(1, 1),
			Order: []int{1, 2}, Low: Level{Ratio: new(big.Rat)}, High: Level{Ratio: new(big.Rat)}},
		"never drafted": {K: 3, Drafts: weights(1, 0, 1), Target: weights(1, 2, 1), Value: big.NewRat(1, 2),
			Order: []int{1, 3}, Cut: 2, Low: Level{2, big.NewRat(1, 1)}, High: Level{Ratio: new(big.Rat)}},
	}
	for _, d := range examples {
		d.Claims = d.Derive()
	}
	return examples
}

func vocabularyText(t *testing.T, d *IIDOptimumDocument) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAcceptsIIDOptima(t *testing.T) {
	for name, d := range vocabularyExamples() {
		report, err := Check(strings.NewReader(vocabularyText(t, d)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.HasPrefix(report.Summary(), IIDOptimum+" K=") || !strings.HasSuffix(report.Summary(), "MD-T3 checked") {
			t.Errorf("%s: %s", name, report.Summary())
		}
		if text := report.StatementText(); !strings.Contains(text, " is "+d.Value.RatString()+";") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// A document with one digit changed is rejected, or it is true: then the least
// bound over all sets is the value it states.
func TestChangedDigitsOfIIDOptima(t *testing.T) {
	refused := 0
	for name, d := range vocabularyExamples() {
		text := body([]byte(vocabularyText(t, d)))
		for k := range text {
			if text[k] < '0' || text[k] > '9' {
				continue
			}
			for _, digit := range "0123456789" {
				changed := seal(text[:k] + string(digit) + text[k+1:])
				if _, err := Check(bytes.NewReader(changed)); err != nil {
					refused++
				} else if reason := leastBoundDiffers(changed); reason != "" {
					t.Errorf("%s, byte %d changed to %c is accepted, but %s", name, k, digit, reason)
				}
			}
		}
	}
	if refused < 400 {
		t.Errorf("only %d changes are refused", refused)
	}
}

// leastBoundDiffers computes the least q(S) + 1 - p(S)^K over all sets S, by
// another parser and with other arithmetic.
func leastBoundDiffers(document []byte) string {
	var d struct {
		Statement struct {
			K              int
			Drafts, Target []string
		}
		Value string
	}
	if err := json.Unmarshal(document, &d); err != nil {
		return err.Error()
	}
	law := func(texts []string) []*big.Rat {
		total := new(big.Rat)
		list := make([]*big.Rat, len(texts))
		for i, text := range texts {
			list[i], _ = new(big.Rat).SetString(text)
			total.Add(total, list[i])
		}
		for _, x := range list {
			x.Quo(x, total)
		}
		return list
	}
	p, q := law(d.Statement.Drafts), law(d.Statement.Target)
	best := big.NewRat(1, 1)
	for set := range 1 << len(p) {
		drafted, bound, power := new(big.Rat), big.NewRat(1, 1), big.NewRat(1, 1)
		for i := range p {
			if set>>i&1 == 1 {
				drafted.Add(drafted, p[i])
				bound.Add(bound, q[i])
			}
		}
		for range d.Statement.K {
			power.Mul(power, drafted)
		}
		if bound.Sub(bound, power).Cmp(best) < 0 {
			best = bound
		}
	}
	if value, _ := new(big.Rat).SetString(d.Value); value.Cmp(best) != 0 {
		return "the optimum is " + best.RatString() + ", not " + d.Value
	}
	return ""
}

func TestRejectsBrokenIIDOptima(t *testing.T) {
	for _, c := range []struct {
		name          string
		change        func(d *IIDOptimumDocument)
		place, reason string
	}{
		{"value", func(d *IIDOptimumDocument) { d.Value = big.NewRat(7, 9) }, "cut", "q(S) + 1 - p(S)^2 = 8/9, not the value"},
		{"cut", func(d *IIDOptimumDocument) { d.Cut = 3 }, "cut", "not the value"},
		{"cut too long", func(d *IIDOptimumDocument) { d.Cut = 4 }, "cut", "from 0 to 3"},
		{"exponent", func(d *IIDOptimumDocument) { d.K = 3 }, "cut", "not the value"},
		{"no drafts", func(d *IIDOptimumDocument) { d.K = 0 }, "statement.k", "from 1 to 64"},
		{"negative weight", func(d *IIDOptimumDocument) { d.Drafts[0] = big.NewInt(-1) }, "statement.drafts[0]", "weight -1 is negative"},
		{"zero weights", func(d *IIDOptimumDocument) { d.Target = weights(0, 0, 0) }, "statement.target", "all weights are zero"},
		{"lengths", func(d *IIDOptimumDocument) { d.Target = weights(1, 2) }, "statement.target", "expected 3 elements, found 2"},
		{"token twice", func(d *IIDOptimumDocument) { d.Order = []int{2, 2, 3} }, "order[1]", "token 2 is listed twice"},
		{"token missing", func(d *IIDOptimumDocument) { d.Order = []int{2, 1} }, "order", "token 3 has positive draft weight and is missing"},
		{"token beyond", func(d *IIDOptimumDocument) { d.Order[0] = 4 }, "order[0]", "from 1 to 3"},
		{"order", func(d *IIDOptimumDocument) { d.Order = []int{2, 3, 1} }, "high", "less than that of the token before"},
		{"levels overlap", func(d *IIDOptimumDocument) { d.Low.Count = 3 }, "high[0]", "from 0 to 0"},
		{"sum", func(d *IIDOptimumDocument) { d.High.Ratio = big.NewRat(2, 1) }, "high", "sums to 10/9, not 1"},
		{"prefix", func(d *IIDOptimumDocument) { d.Low.Ratio, d.High.Ratio = new(big.Rat), big.NewRat(2, 1) }, "high", "less than p(S)^2 on the first 1 tokens"},
		{"not optimal", func(d *IIDOptimumDocument) { d.Low = Level{3, big.NewRat(1, 1)}; d.High = Level{0, new(big.Rat)} }, "high", "attains 2/3, not the value"},
		{"negative ratio", func(d *IIDOptimumDocument) { d.Low.Ratio = big.NewRat(-1, 3) }, "low[1]", "is negative"},
		{"ratio of none", func(d *IIDOptimumDocument) { d.High.Count = 0 }, "high[1]", "of no token and not 0"},
		{"claims", func(d *IIDOptimumDocument) { d.Claims = []Claim{{tagOptimum, Proved}} }, "claims[0]", "establish exactly: MD-T3 checked"},
		{"large unit", func(d *IIDOptimumDocument) { d.Drafts[0] = new(big.Int).Lsh(big.NewInt(1), 20000) }, "statement.target", "common denominator has more than"},
	} {
		d := vocabularyExamples()["thirds"]
		c.change(d)
		invalid := rejected(t, c.name, []byte(vocabularyText(t, d)))
		if invalid.Place != c.place || !strings.Contains(invalid.Reason, c.reason) {
			t.Errorf("%s: rejected at %s: %s; want %s: %s", c.name, invalid.Place, invalid.Reason, c.place, c.reason)
		}
	}
}
