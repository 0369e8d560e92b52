package study

import (
	"context"
	"testing"

	"pstar/theorems"
	"pstar/witness"
)

// Claims on draws without replacement are raised to what is proved, for a cell that fits, and a
// counterexample is told as it is.
func TestProveDraws(t *testing.T) {
	claims := func() theorems.Claims {
		var list theorems.Claims
		for _, tag := range []string{TagDistinctBest, TagConvex, TagDistinctPrefix, TagMore} {
			list = append(list, theorems.Claim{Tag: tag, Status: theorems.Checked})
		}
		return list
	}
	r := &theorems.Report{Claims: claims()}
	if err := proveDraws(t.Context(), 3, 4, r); err != nil {
		t.Fatal(err)
	}
	for j, want := range []theorems.Status{theorems.Concluded, theorems.Proved, theorems.Concluded, theorems.Checked} {
		if r.Claims[j].Status != want {
			t.Errorf("%s: %v, want %v", r.Claims[j].Tag, r.Claims[j].Status, want)
		}
	}
	d, err := r.Documents[0]()
	if err != nil {
		t.Fatal(err)
	}
	accepted, err := witness.Accept(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if list := accepted.Report().Claims; len(list) != 4 || list[0].Status != "proved" || list[0].Tag != `"MD-W2, 3 draws, 2 tokens in S"` {
		t.Errorf("the document claims %v", list)
	}

	wrong := &theorems.Report{Claims: claims()}
	wrong.Claims[1].Status = theorems.Refuted
	if err := proveDraws(t.Context(), 2, 3, wrong); err != nil || wrong.Claims[1].Status != theorems.Refuted {
		t.Errorf("%v, %v", wrong.Claims[1], err)
	}
	large := &theorems.Report{Claims: claims()}
	if err := proveDraws(t.Context(), 6, 14, large); err != nil || large.Claims[1].Status != theorems.Checked || large.Documents != nil {
		t.Errorf("%v, %v", large.Claims[1], err)
	}
}

// What is proved says of which sets.
func TestProveDrawsScope(t *testing.T) {
	for n, want := range map[int]string{4: "3 tokens", 2: "1 token"} {
		r := &theorems.Report{Claims: theorems.Claims{{Tag: TagConvex, Status: theorems.Checked, Scope: "5 instances"}}}
		if err := proveDraws(t.Context(), 2, n, r); err != nil || r.Claims[0].Scope != "all p, S of up to "+want+"; checked besides on 5 instances" {
			t.Errorf("%v, %v", r.Claims[0], err)
		}
	}
}

// If the proof is stopped what it is to raise is open, and the rest is as it was.
func TestProveDrawsStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := &theorems.Report{Claims: theorems.Claims{{Tag: TagConvex, Status: theorems.Checked, Scope: "5 instances"}, {Tag: TagMore, Status: theorems.Checked}}}
	if err := proveDraws(ctx, 3, 4, r); err == nil || r.Claims[0].Status != theorems.Undecided || r.Claims[1].Status != theorems.Checked ||
		r.Claims[0].Scope != "stopped before it was proved for the cell; checked on 5 instances" {
		t.Errorf("%v, %v", r.Claims, err)
	}
}
