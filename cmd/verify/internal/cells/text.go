package cells

import (
	"fmt"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/cell"
	"pstar/theorems/multidraft/optimum"
)

// printCell prints the claims of a cell, one line each, and the verdict.
func printCell(c *run.Call, r *cell.Report) {
	fmt.Fprintf(c.Stdout, "K = %d drafts, n = %d tokens\n", r.K, r.N)
	for _, claim := range r.Claims() {
		fmt.Fprintf(c.Stdout, "%s  %-9s  %s  [%s]\n", claim.Tag, claim.Status, claim.Statement, basis(claim))
	}
	if r.Refutation != nil {
		printRefutation(c, r.Refutation)
	}
	if r.Disagreement != nil {
		printDisagreement(c, r.Disagreement)
	}
	fmt.Fprintf(c.Stdout, "verdict: %s\n", verdictText(r.Claims()))
}

// basis says what the status of a claim rests on.
func basis(claim theorems.Claim) string {
	parts := []string{}
	if claim.Scope != "" {
		parts = append(parts, show.Grouped(claim.Scope))
	}
	if len(claim.Methods) > 0 {
		parts = append(parts, strings.Join(claim.Methods, ", "))
	}
	return strings.Join(parts, "; ")
}

// verdictText names the overall verdict and which claims are proved, checked and so on.
func verdictText(claims theorems.Claims) string {
	return fmt.Sprintf("%v (%s)", claims.Verdict(), claims.ByStatus())
}

func printRefutation(c *run.Call, r *cell.Refutation) {
	in := r.Instance
	p := in.Drafts().(*multidraft.IID).P()
	fmt.Fprintf(c.Stdout, "counterexample, %d iid drafts:\n", in.K())
	fmt.Fprintf(c.Stdout, "  p = %s\n", show.Tuple(p))
	fmt.Fprintf(c.Stdout, "  q = %s\n", show.Tuple(in.Target().Rats()))
	fmt.Fprintf(c.Stdout, "  P* = %s, by a selection rule that attains it and the set S = %v that bounds it\n", show.Exact(r.Truth.Value), r.Truth.Minimiser)
	fmt.Fprintf(c.Stdout, "  min over S of q(S) + 1 - p(S)^%d = %s, at S = %v\n", r.Exponent, show.Exact(r.Claimed), r.ClaimedAt)
}

func printDisagreement(c *run.Call, d *optimum.Disagreement) {
	fmt.Fprintf(c.Stdout, "methods disagree at %v:\n", d.Instance)
	fmt.Fprintf(c.Stdout, "  q = %s\n", show.Tuple(d.Instance.Target().Rats()))
	fmt.Fprintf(c.Stdout, "  %v\n  %v\n", d.A, d.B)
}

// printCellLine prints one line for a cell of a grid.
func printCellLine(c *run.Call, r *cell.Report) {
	var rays string
	if r.Feasibility != nil {
		rays = fmt.Sprintf("; %s rays", show.Grouped(r.Feasibility.Rays().String()))
		if len(r.Feasibility.Methods) > 1 {
			rays += ", two methods agree"
		}
	}
	fmt.Fprintf(c.Stdout, "K = %d, n = %d: %s%s\n", r.K, r.N, verdictText(r.Claims()), rays)
}

// printGridVerdict prints the last line of a grid, and which certificates of decided
// cells are missing.
func printGridVerdict(c *run.Call, reports []*cell.Report, cells int, missing []string) {
	verified := 0
	for _, r := range reports {
		if r.Verdict() == theorems.Verified {
			verified++
		}
	}
	fmt.Fprintf(c.Stdout, "verdict: %v, %d of %d cells verified", gridVerdict(reports, cells), verified, cells)
	if len(missing) > 0 {
		fmt.Fprintf(c.Stdout, "; not written: %s, %s", show.Count(len(missing), "certificate", "certificates"), strings.Join(missing, " "))
	}
	fmt.Fprintln(c.Stdout)
}

// gridVerdict is the verdict on all cells of a grid.
func gridVerdict(reports []*cell.Report, cells int) theorems.Verdict {
	verdict := theorems.Verified
	if len(reports) < cells {
		verdict = theorems.Open
	}
	for _, r := range reports {
		switch r.Verdict() {
		case theorems.Falsified:
			return theorems.Falsified
		case theorems.Open:
			verdict = theorems.Open
		}
	}
	return verdict
}
