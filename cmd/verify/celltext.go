package main

import (
	"fmt"
	"strings"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/cell"
	"pstar/theorems/multidraft/optimum"
)

// printCell prints the claims of a cell, one line each, and the verdict.
func (c *call) printCell(r *cell.Report) {
	fmt.Fprintf(c.stdout, "K = %d drafts, n = %d tokens\n", r.K, r.N)
	for _, claim := range r.Claims() {
		fmt.Fprintf(c.stdout, "%s  %-9s  %s  [%s]\n", claim.Tag, claim.Status, claim.Statement, basis(claim))
	}
	if r.Refutation != nil {
		c.printRefutation(r.Refutation)
	}
	if r.Disagreement != nil {
		c.printDisagreement(r.Disagreement)
	}
	fmt.Fprintf(c.stdout, "verdict: %s\n", verdictText(r.Claims()))
}

// basis says what the status of a claim rests on.
func basis(claim theorems.Claim) string {
	parts := []string{}
	if claim.Scope != "" {
		parts = append(parts, grouped(claim.Scope))
	}
	if len(claim.Methods) > 0 {
		parts = append(parts, strings.Join(claim.Methods, ", "))
	}
	return strings.Join(parts, "; ")
}

// grouped puts a space into the numbers of a text, every three digits from the
// right: 22843 becomes 22 843.
func grouped(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		end := i
		for end < len(text) && '0' <= text[end] && text[end] <= '9' {
			end++
		}
		for ; i < end; i++ {
			b.WriteByte(text[i])
			if left := end - i - 1; left > 0 && left%3 == 0 {
				b.WriteByte(' ')
			}
		}
		if i < len(text) {
			b.WriteByte(text[i])
			i++
		}
	}
	return b.String()
}

// verdictText names the overall verdict and which claims are proved, checked and so on.
func verdictText(claims theorems.Claims) string {
	return fmt.Sprintf("%v (%s)", claims.Verdict(), claims.ByStatus())
}

func (c *call) printRefutation(r *cell.Refutation) {
	in := r.Instance
	p := in.Drafts().(*multidraft.IID).P()
	fmt.Fprintf(c.stdout, "counterexample, %d iid drafts:\n", in.K())
	fmt.Fprintf(c.stdout, "  p = %s\n", tuple(p))
	fmt.Fprintf(c.stdout, "  q = %s\n", tuple(in.Target().Rats()))
	fmt.Fprintf(c.stdout, "  P* = %s, by a selection rule that attains it and the set S = %v that bounds it\n", exact(r.Truth.Value), r.Truth.Minimiser)
	fmt.Fprintf(c.stdout, "  min over S of q(S) + 1 - p(S)^%d = %s, at S = %v\n", r.Exponent, exact(r.Claimed), r.ClaimedAt)
}

func (c *call) printDisagreement(d *optimum.Disagreement) {
	fmt.Fprintf(c.stdout, "methods disagree at %v:\n", d.Instance)
	fmt.Fprintf(c.stdout, "  q = %s\n", tuple(d.Instance.Target().Rats()))
	fmt.Fprintf(c.stdout, "  %v\n  %v\n", d.A, d.B)
}

func tuple(values []rational.Rat) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = v.String()
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// exact prints a number as a fraction and, unless it is an integer, as a
// decimal.
func exact(x rational.Rat) string { return x.WithDecimal(decimals) }

// decimals is the number of digits after the point in printed decimals.
const decimals = 10

// printCellLine prints one line for a cell of a grid.
func (c *call) printCellLine(r *cell.Report) {
	var rays string
	if r.Feasibility != nil {
		rays = fmt.Sprintf("; %s rays", grouped(r.Feasibility.Rays().String()))
		if len(r.Feasibility.Methods) > 1 {
			rays += ", two methods agree"
		}
	}
	fmt.Fprintf(c.stdout, "K = %d, n = %d: %s%s\n", r.K, r.N, verdictText(r.Claims()), rays)
}

// printGridVerdict prints the last line of a grid, and which certificates of decided
// cells are missing.
func (c *call) printGridVerdict(reports []*cell.Report, cells int, missing []string) {
	verified := 0
	for _, r := range reports {
		if r.Verdict() == theorems.Verified {
			verified++
		}
	}
	fmt.Fprintf(c.stdout, "verdict: %v, %d of %d cells verified", gridVerdict(reports, cells), verified, cells)
	if len(missing) > 0 {
		fmt.Fprintf(c.stdout, "; not written: %s, %s", count(len(missing), "certificate", "certificates"), strings.Join(missing, " "))
	}
	fmt.Fprintln(c.stdout)
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
