package scheme

import (
	"context"
	"fmt"
	"slices"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// A Table is a selection rule as a user has it. Row by row, for the sets of
// drafted tokens or for the words of drafts, it gives either the law P(z|x) of
// the output itself or, if Accept is set, importance weights β of a token Y that
// is then output with probability Accept[Y] and otherwise replaced by a token
// drawn from Residual.
type Table struct {
	// ByWord says that Drafts of the rows are words; they are ascending sets
	// otherwise.
	ByWord bool
	Rows   []Row
	// Accept and Residual have one entry for each token, or are nil.
	Accept, Residual []rational.Rat
}

// Table returns the rule as a table.
func (r *Rule) Table() *Table {
	return &Table{Rows: r.Beta, Accept: r.Accept, Residual: r.Residual}
}

// A RuleReport is what [CheckRule] finds.
type RuleReport struct {
	// Faults say why the table is not a selection rule, in the order of the
	// rows: a row that does not sum to 1, a negative weight, and so on. Law and
	// Drafted are then sums of the weights as they are.
	Faults []string
	// Law is the law of the output, and Wrong the first token where it is not q,
	// or -1.
	Law   []rational.Rat
	Wrong int
	// Drafted is Pr(the output is one of the drafts), the acceptance
	// probability of a table; Best is P*, and Gap is Best - Drafted.
	Drafted, Best, Gap rational.Rat
	// Accepted is Pr(the token chosen is accepted), what is called the acceptance of
	// named schemes: Drafted less what is drawn after a rejection and is a draft by
	// chance. It is nil for a table without Accept, which accepts nothing.
	Accepted *rational.Rat
}

// IsRule reports whether the table is a law of the output for all drafts.
func (r *RuleReport) IsRule() bool { return len(r.Faults) == 0 }

// Lossless reports whether the output has law q exactly.
func (r *RuleReport) Lossless() bool { return r.Wrong < 0 }

// Optimal reports whether the table is a lossless rule that attains P*.
func (r *RuleReport) Optimal() bool { return r.IsRule() && r.Lossless() && r.Gap.IsZero() }

// AbovePStar explains an acceptance above P*, which looks like a contradiction; it is empty if there is none. The output
// can be coupled with one of law q so that they differ with the probability of the total variation TV: that one is
// among the drafts with at least the acceptance less TV, which so is at most P*.
func (r *RuleReport) AbovePStar() string {
	if r.Lossless() || r.Gap.Sign() >= 0 {
		return ""
	}
	return "no contradiction, as P* is for outputs of law q; it exceeds P* by at most the total variation"
}

// CheckRule computes the law of the output and the acceptance probability of a
// table exactly, by going through all outcomes of the drafts, and compares them
// with q and P*. It fails if the table does not fit the instance (a token outside
// the alphabet, drafts twice, drafts of positive probability without a row), if
// there are more than MaxSupports outcomes, or if ctx ends; that a row is not a
// law is a result.
func CheckRule(ctx context.Context, s *multidraft.Instance, t *Table) (*RuleReport, error) {
	// Before anything is computed: a table that cannot be looked up is an error and no verdict.
	rows, err := t.index(s)
	if err != nil {
		return nil, err
	}
	outcomes, err := outcomes(s, t.ByWord)
	if err != nil {
		return nil, err
	}
	// P* comes from elsewhere: a table that attains it was not used to find it.
	best, err := optimum.Of(ctx, s)
	if err != nil {
		return nil, err
	}
	// The report is made even of what is no rule: its sums show what is wrong.
	report := &RuleReport{Law: make([]rational.Rat, s.N()), Best: best.Value}
	report.Faults = t.Faults()
	var accepted rational.Rat
	for _, outcome := range outcomes {
		place, known := rows[multidraft.TokenList(outcome.Tokens)]
		// A set that may be drafted and has no row is no fault of a row: there is no law to judge.
		// Rows for drafts of probability 0 are passed over, as they change nothing.
		if !known {
			return nil, fmt.Errorf("no row for the drafts %s", t.name(outcome.Tokens))
		}
		// Here, as the outputs of eachOutput do not say how they came about.
		if t.Accept != nil {
			for j, y := range t.Rows[place].Tokens {
				accepted = accepted.Add(outcome.Probability.Mul(t.Rows[place].Weights[j]).Mul(t.Accept[y]))
			}
		}
		t.eachOutput(t.Rows[place], func(z int, weight rational.Rat) {
			mass := outcome.Probability.Mul(weight)
			report.Law[z] = report.Law[z].Add(mass)
			// Among the drafts, however it came out: also a token drawn from the residual counts,
			// which is what P* bounds.
			if slices.Contains(outcome.Tokens, z) {
				report.Drafted = report.Drafted.Add(mass)
			}
		})
	}
	// By index and not by amount: the first wrong token is what a user looks for first.
	report.Wrong = slices.IndexFunc(multidraft.Identity(s.N()), func(i int) bool {
		return !report.Law[i].Equal(s.Target().At(i))
	})
	report.Gap = report.Best.Sub(report.Drafted)
	if t.Accept != nil {
		report.Accepted = &accepted
	}
	return report, nil
}

// eachOutput calls visit with the outputs of a row and their probabilities, of
// which one token may have several.
func (t *Table) eachOutput(row Row, visit func(z int, weight rational.Rat)) {
	for j, y := range row.Tokens {
		weight := row.Weights[j]
		// The row is the law of the output itself.
		if t.Accept == nil {
			visit(y, weight)
			continue
		}
		// Chosen and accepted.
		visit(y, weight.Mul(t.Accept[y]))
		// n more outputs for each token that may be rejected: none where nothing is.
		if left := weight.Mul(one.Sub(t.Accept[y])); !left.IsZero() {
			for z, w := range t.Residual {
				if !w.IsZero() {
					visit(z, left.Mul(w))
				}
			}
		}
	}
}

// decide is the law of the output given a word of drafts, where outputs among the
// drafts count as accepted. The rows are those of index.
func (t *Table) decide(rows map[string]int, word []int, n int) Decision {
	key := word
	// A set stands for all words with its tokens, in any order and number.
	if !t.ByWord {
		key = slices.Compact(multidraft.SortedCopy(word))
	}
	law := make([]rational.Rat, n)
	t.eachOutput(t.Rows[rows[multidraft.TokenList(key)]], func(z int, weight rational.Rat) { law[z] = law[z].Add(weight) })
	// Distinct tokens of the word only: a token drafted twice is one output.
	var d Decision
	for _, z := range slices.Compact(multidraft.SortedCopy(word)) {
		d.Accepted, d.Mass = append(d.Accepted, z), append(d.Mass, law[z])
		// What is accepted is taken out, so that the rest is the law off the drafts.
		law[z] = rational.Rat{}
	}
	// Without a remainder there is nothing to normalise.
	if !d.Left().IsZero() {
		weights := multidraft.InCommonUnit(law).Weights
		d.Rest = multidraft.Distribution{Weights: weights, Unit: weights.Sum()}
	}
	return d
}

// index finds the rows by their drafts, and checks that tokens exist.
func (t *Table) index(s *multidraft.Instance) (map[string]int, error) {
	if t.Accept != nil && len(t.Accept) != s.N() {
		return nil, fmt.Errorf("accept has %d entries, want n = %d", len(t.Accept), s.N())
	}
	// Both vectors or none: see Accept.
	if t.Accept != nil && len(t.Residual) != s.N() {
		return nil, fmt.Errorf("residual has %d entries, want n = %d", len(t.Residual), s.N())
	}
	rows := make(map[string]int, len(t.Rows))
	for j, row := range t.Rows {
		if err := t.checkRow(row, s); err != nil {
			return nil, fmt.Errorf("row %d: %w", j+1, err)
		}
		// As tokens and not as text: "1,3" stands for one outcome.
		key := multidraft.TokenList(row.Drafts)
		// Two rows for one outcome would leave it open which is meant.
		if _, known := rows[key]; known {
			return nil, fmt.Errorf("row %d: the drafts %s have a row already", j+1, t.name(row.Drafts))
		}
		rows[key] = j
	}
	return rows, nil
}

// checkRow reports what keeps a row from being looked up or read: lists of different lengths,
// tokens that do not exist or are there twice, drafts that are no set or word of the instance.
func (t *Table) checkRow(row Row, s *multidraft.Instance) error {
	// Before either is indexed by the other.
	if len(row.Tokens) != len(row.Weights) {
		return fmt.Errorf("%d tokens and %d weights", len(row.Tokens), len(row.Weights))
	}
	// Drafts and outputs alike are tokens of the alphabet.
	for _, i := range slices.Concat(row.Drafts, row.Tokens) {
		if i < 0 || i >= s.N() {
			return fmt.Errorf("token %d, want 1..%d", i+1, s.N())
		}
	}
	// A set may have fewer tokens than there are drafts, a word not.
	if t.ByWord && len(row.Drafts) != s.K() {
		return fmt.Errorf("a word of %d drafts, want K = %d", len(row.Drafts), s.K())
	}
	for j, i := range row.Drafts {
		// Only the ascending list is the key under which a set is looked up.
		if !t.ByWord && j > 0 && row.Drafts[j-1] >= i {
			return fmt.Errorf("the tokens of the set %s are not ascending", t.name(row.Drafts))
		}
	}
	sorted := multidraft.SortedCopy(row.Tokens)
	for j := 1; j < len(sorted); j++ {
		// Its weights could be added, but a token that is there twice is more likely a slip.
		if sorted[j-1] == sorted[j] {
			return fmt.Errorf("token %d is listed twice", sorted[j]+1)
		}
	}
	return nil
}

// Faults lists what keeps the table from being a selection rule, of whatever instance: see [RuleReport]. A table of weights may have more
// that its instance shows.
func (t *Table) Faults() []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	for _, row := range t.Rows {
		// Exactly 1, as everything here: rounded tables are normalised on request.
		var total rational.Rat
		for j, w := range row.Weights {
			total = total.Add(w)
			if w.Sign() < 0 {
				fault("row %s gives token %d the weight %v", t.name(row.Drafts), row.Tokens[j]+1, w)
			}
			// MD-T1 chooses among the drafts. A law of the output may have any token: without
			// Accept this is none of a fault.
			if t.Accept != nil && w.Sign() > 0 && !slices.Contains(row.Drafts, row.Tokens[j]) {
				fault("row %s chooses token %d, which is not drafted", t.name(row.Drafts), row.Tokens[j]+1)
			}
		}
		if !total.Equal(one) {
			fault("row %s sums to %v", t.name(row.Drafts), total)
		}
	}
	// Faults below are of the two vectors, which all rows share.
	rejects := false
	for i, a := range t.Accept {
		if a.Sign() < 0 || a.Cmp(one) > 0 {
			fault("token %d is accepted with probability %v", i+1, a)
		}
		// A residual matters only where something is rejected.
		rejects = rejects || !a.Equal(one)
	}
	var total rational.Rat
	for i, w := range t.Residual {
		total = total.Add(w)
		if w.Sign() < 0 {
			fault("the residual gives token %d the weight %v", i+1, w)
		}
	}
	// All zero is the residual of a rule that accepts whatever it may choose, as [Rule] writes it,
	// although tokens that are never chosen have other numbers.
	if rejects && !total.Equal(one) && !(total.IsZero() && t.acceptsChosen()) {
		fault("the residual sums to %v", total)
	}
	return faults
}

// acceptsChosen reports whether every token that may be chosen is accepted, so
// that the residual does not matter.
func (t *Table) acceptsChosen() bool {
	for _, row := range t.Rows {
		for j, y := range row.Tokens {
			if !row.Weights[j].IsZero() && !t.Accept[y].Equal(one) {
				return false
			}
		}
	}
	return true
}

// name writes drafts as a set or as a word, with tokens numbered from 1.
func (t *Table) name(drafts []int) string {
	if t.ByWord {
		return "(" + multidraft.TokenList(drafts) + ")"
	}
	return "{" + multidraft.TokenList(drafts) + "}"
}

// Speculative returns the table with importance weights only, completed by
// single-draft speculative sampling of the chosen token: Accept and Residual are
// those of [MD] Alg. 1 for the law p_I that the weights give. It fails as
// [CheckRule] does.
func Speculative(s *multidraft.Instance, t *Table) (*Table, error) {
	rows, err := t.index(s)
	if err != nil {
		return nil, err
	}
	outcomes, err := outcomes(s, t.ByWord)
	if err != nil {
		return nil, err
	}
	selected := make([]rational.Rat, s.N())
	for _, outcome := range outcomes {
		place, known := rows[multidraft.TokenList(outcome.Tokens)]
		if !known {
			return nil, fmt.Errorf("no row for the drafts %s", t.name(outcome.Tokens))
		}
		for j, y := range t.Rows[place].Tokens {
			// p_I before normalisation: it is a law if every row is, which faults tells and not
			// this.
			selected[y] = selected[y].Add(outcome.Probability.Mul(t.Rows[place].Weights[j]))
		}
	}
	spec := speculate(multidraft.InCommonUnit(selected), s.Target())
	// The rows stay those of the user; only the vectors are new.
	full := *t
	full.Accept, full.Residual = make([]rational.Rat, s.N()), make([]rational.Rat, s.N())
	for i := range full.Accept {
		full.Accept[i] = spec.keep(i)
	}
	// Else nothing is ever rejected, and the residual stays all zero.
	if !spec.residual.Unit.IsZero() {
		full.Residual = spec.residual.Rats()
	}
	return &full, nil
}
