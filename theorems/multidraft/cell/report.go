package cell

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
)

// report is what the command tells.
func (r *Report) report(ctx context.Context) *theorems.Report {
	t := &theorems.Report{
		Title:   fmt.Sprintf("K = %d drafts, n = %d tokens", r.K, r.N),
		Claims:  r.Claims(),
		Figures: r.figures(),

		Appendix: r.appendix,
	}
	if p := r.Feasibility; p != nil {
		t.Summary = p.Rays().String() + " rays"
		// Only then is there anything to agree.
		if len(p.Methods) > 1 {
			t.Summary += ", 2 methods agree"
		}
	}
	if r.Refutation != nil {
		t.After = r.Refutation.blocks()
	}
	if d := r.Disagreement; d != nil {
		t.After = append(t.After, lines(
			fmt.Sprintf("methods disagree at %v:", d.Instance),
			"  q = "+rational.Tuple(d.Instance.Target().Rats()),
			"  "+d.A.String(), "  "+d.B.String())...)
		// A document of an open report would be taken for one that shows all.
	} else if t.Claims.Verdict() != theorems.Open {
		t.Documents = []theorems.Maker{func() (theorems.Document, error) { return r.Certificate(ctx) }}
	}
	return t
}

// lines makes a block of each text.
func lines(texts ...string) (blocks []theorems.Block) {
	for _, text := range texts {
		blocks = append(blocks, theorems.Block{Line: text})
	}
	return blocks
}

// decimals is the number of digits after the point in what is printed.
const decimals = 10

func (r *Refutation) blocks() []theorems.Block {
	in := r.Instance
	return lines(
		fmt.Sprintf("counterexample, %d iid drafts:", in.K()),
		"  p = "+rational.Tuple(in.Drafts().(*multidraft.IID).P()),
		"  q = "+rational.Tuple(in.Target().Rats()),
		fmt.Sprintf("  P* = %s, by a selection rule that attains it and the set S = %v that bounds it", r.Truth.Value.WithDecimal(decimals), r.Truth.Minimiser),
		fmt.Sprintf("  the least q(S) + 1 - p(S)^%d = %s, at S = %v", r.Exponent, r.Claimed.WithDecimal(decimals), r.ClaimedAt))
}

// The figures of the JSON object. Exact numbers are strings.
type (
	jsonCell struct {
		K              int          `json:"k"`
		N              int          `json:"n"`
		Exponent       int          `json:"exponent"`
		Feasibility    *jsonCone    `json:"feasibility,omitempty"`
		Optimum        *jsonCone    `json:"optimum,omitempty"`
		Instances      int          `json:"instances"`
		Counterexample *jsonExample `json:"counterexample,omitempty"`
		Disagreement   string       `json:"disagreement,omitempty"`
	}
	jsonCone struct {
		Rays    string   `json:"rays"`
		Bounds  string   `json:"bounds"`
		Trivial string   `json:"trivial"`
		Methods []string `json:"methods"`
	}
	jsonExample struct {
		P         []rational.Rat `json:"p"`
		Q         []rational.Rat `json:"q"`
		Value     rational.Rat   `json:"value"`
		Set       []int          `json:"set"`
		Claimed   rational.Rat   `json:"claimed"`
		ClaimedAt []int          `json:"claimed_at"`
	}
)

func (r *Report) figures() jsonCell {
	cell := jsonCell{
		K: r.K, N: r.N, Exponent: r.Exponent,
		Feasibility: r.Feasibility.figures(), Optimum: r.Optimum.figures(),
	}
	// Those that were reached: a limit may have come first.
	for _, in := range r.Instances {
		if in.Instance != nil {
			cell.Instances++
		}
	}
	if e := r.Refutation; e != nil {
		cell.Counterexample = &jsonExample{
			P: e.Instance.Drafts().(*multidraft.IID).P(), Q: e.Instance.Target().Rats(),
			// Both sets, so that the reader can compute both values.
			Value: e.Truth.Value, Set: fromOne(e.Truth.Minimiser),
			Claimed: e.Claimed, ClaimedAt: fromOne(e.ClaimedAt),
		}
	}
	if r.Disagreement != nil {
		cell.Disagreement = r.Disagreement.Error()
	}
	return cell
}

func (p *ConeProof) figures() *jsonCone {
	if p == nil {
		return nil
	}
	return &jsonCone{p.Rays().String(), p.Bounds.String(), p.Trivial.String(), p.Methods}
}

// fromOne lists the tokens of a set, numbered from 1.
func fromOne(s multidraft.Set) []int {
	tokens := s.Tokens()
	for i := range tokens {
		tokens[i]++
	}
	return tokens
}
