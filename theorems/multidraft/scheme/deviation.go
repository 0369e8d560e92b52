package scheme

import (
	"slices"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// A Deviation says how far the law of an output is from the target.
type Deviation struct {
	// Total is the total variation, the largest difference of the probabilities of any
	// set of tokens: half the sum of the differences.
	Total rational.Rat
	// Ratio is the largest law_i/q_i, at token RatioAt. Beyond says that law_i > 0 = q_i
	// there, and the ratio is infinite.
	Ratio   rational.Rat
	RatioAt int
	Beyond  bool
	// Worst are the tokens with law_i != q_i by the size of the difference, largest first,
	// equal ones by number.
	Worst []int
	// By are the differences law_i - q_i of all tokens.
	By []rational.Rat
}

// Deviate compares a law with the target. It panics if they have different lengths.
func Deviate(law []rational.Rat, q multidraft.Distribution) *Deviation {
	if len(law) != q.N() {
		panic("scheme: a law and a target over different tokens")
	}
	// −1 while no ratio above 0 was seen.
	d := &Deviation{By: make([]rational.Rat, len(law)), RatioAt: -1}
	for i, x := range law {
		target := q.At(i)
		d.By[i] = x.Sub(target)
		// The ratio is 1 here, and wherever the laws differ some ratio is above 1.
		if d.By[i].IsZero() {
			continue
		}
		d.Worst = append(d.Worst, i)
		d.Total = d.Total.Add(d.By[i].Abs())
		switch {
		// Nothing exceeds infinity; and a ratio of 0 is never the largest.
		case d.Beyond || x.IsZero():
		case target.IsZero():
			d.Beyond, d.RatioAt, d.Ratio = true, i, rational.Rat{}
		// Compared by a product, as most tokens are not the largest and need no quotient.
		case d.RatioAt < 0 || x.Cmp(d.Ratio.Mul(target)) > 0:
			d.Ratio, d.RatioAt = x.Quo(target), i
		}
	}
	// Both laws sum to 1: what is too much equals what is too little.
	d.Total = d.Total.Mul(rational.NewRat(1, 2))
	slices.SortStableFunc(d.Worst, func(i, j int) int { return d.By[j].Abs().Cmp(d.By[i].Abs()) })
	return d
}

// Within reports whether the total variation is at most the tolerance.
func (d *Deviation) Within(tolerance rational.Rat) bool { return d.Total.Cmp(tolerance) <= 0 }

// Normalized returns the table with rows and residual divided by their sums, and what the
// sums were, in the order of the table: those that are 1 are left out. A row or residual
// of sum 0 stays as it is.
func (t *Table) Normalized() (*Table, []rational.Rat) {
	var sums []rational.Rat
	divide := func(list []rational.Rat) []rational.Rat {
		sum := rational.RatVector(list).Sum()
		// No factor makes a law of 0; and an untouched list keeps its numbers as they were
		// written.
		if sum.IsZero() || sum.Equal(one) {
			return list
		}
		sums = append(sums, sum)
		return rational.RatVector(list).Scale(sum.Inv())
	}
	out := *t
	// The table that was given stays: its rows are shared, their weights are replaced.
	out.Rows = slices.Clone(t.Rows)
	for j := range out.Rows {
		out.Rows[j].Weights = divide(out.Rows[j].Weights)
	}
	if t.Residual != nil {
		out.Residual = divide(t.Residual)
	}
	return &out, sums
}

// CheckSingle is [CheckRule] for one draft, of a rule that accepts token i with probability
// accept[i] and otherwise draws from residual: O(n), for vocabularies. It fails for more
// drafts and for lists of other lengths than n.
func CheckSingle(s *multidraft.Instance, accept, residual []rational.Rat) (*RuleReport, error) {
	// A joint law has no row p to go through.
	if s.K() != 1 || s.Model() == multidraft.ModelJoint {
		return nil, &UndefinedError{"user", "accept and residual alone are a rule for one draft"}
	}
	// Without rows: the checks of the vectors are those of any table.
	t := &Table{Accept: accept, Residual: residual}
	if _, err := t.index(s); err != nil {
		return nil, err
	}
	p, q := s.Rows()[0], s.Target()
	report := &RuleReport{Law: make([]rational.Rat, s.N()), Wrong: -1}
	var rejected, best rational.Rat
	for i := range accept {
		// The draft is i and is accepted.
		kept := p.At(i).Mul(accept[i])
		report.Law[i] = kept
		report.Drafted = report.Drafted.Add(kept)
		rejected = rejected.Add(p.At(i).Sub(kept))
		// P* of one draft in closed form, by the way.
		best = best.Add(rational.MinRat(p.At(i), q.At(i)))
	}
	// Every token may be chosen: the rule of the table in which each is.
	t.Rows = []Row{}
	for i := range accept {
		if !p.Weights.At(i).IsZero() {
			t.Rows = append(t.Rows, Row{Drafts: []int{i}, Tokens: []int{i}, Weights: []rational.Rat{one}})
		}
	}
	report.Faults = t.Faults()
	// So far nothing is drawn after a rejection.
	accepted := report.Drafted
	report.Accepted = &accepted
	for i, r := range residual {
		// What is rejected of all tokens together, drawn from the residual.
		drawn := rejected.Mul(r)
		report.Law[i] = report.Law[i].Add(drawn)
		// A token that is drawn after it was rejected is among the drafts all the same.
		report.Drafted = report.Drafted.Add(p.At(i).Sub(p.At(i).Mul(accept[i])).Mul(r))
		if report.Wrong < 0 && !report.Law[i].Equal(q.At(i)) {
			report.Wrong = i
		}
	}
	report.Best, report.Gap = best, best.Sub(report.Drafted)
	return report, nil
}
