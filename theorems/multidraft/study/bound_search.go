package study

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
	"pstar/theorems/multidraft/scheme"
)

// A BoundReport says what a search for violations of one inequality found.
type BoundReport struct {
	Tag, Statement string
	// Status is Refuted if a violation was found, else Undecided if a comparison was left open, and Checked if none was.
	Status theorems.Status
	// Instances were looked at, and Comparisons made on them.
	Instances, Comparisons int
	// Tightest is the comparison of least slack, At the instance it was made on;
	// if Refuted it is a violation.
	Tightest Comparison
	At       *multidraft.Instance
	// Open counts the instances on which the sides could not be compared, and Why says why not on the first. If
	// GivenUp, no others were tried.
	Open    int
	Why     string
	GivenUp bool
	// LeftOut counts the instances that were not made: of iid drafts so many that p(S)^K is too long to be written out those
	// whose target would consist of such numbers.
	LeftOut int
	// Stopped says that the search ended in it, or before it.
	Stopped bool
	// Part names the part of the statement that is about the cell, where another is not; else it is empty.
	Part string
}

// stop is what a statement is of which instances are left that nobody has looked at.
func (r *BoundReport) stop() {
	r.Stopped = true
	// A violation stays one.
	if r.Status == theorems.Checked {
		r.Status = theorems.Undecided
	}
}

// maxOpen is the number of instances on which a comparison is left open after which the statement is given up: of so many
// drafts it would be left open on most others, too.
const maxOpen = 3

// leave takes note of an instance that is too large for the comparison, and returns all other errors.
func (r *BoundReport) leave(ctx context.Context, err error) error {
	var open *theorems.Unsettled
	if !errors.As(err, &open) || ctx.Err() != nil {
		return err
	}
	if r.Open++; r.Open == 1 {
		r.Why = open.Reason
	}
	// A violation stays one.
	if r.Status == theorems.Checked {
		r.Status = theorems.Undecided
	}
	return nil
}

// record keeps the comparison if it is the tightest.
func (r *BoundReport) record(s *multidraft.Instance, c Comparison) {
	// Every comparison counts, also of an instance for which there are several.
	r.Comparisons++
	// The first one always; later only a smaller slack, so that of ties the earliest instance is
	// told, for any order of work the same.
	if r.At == nil || c.Slack().Cmp(r.Tightest.Slack()) < 0 {
		r.Tightest, r.At = c, s
	}
	// Never back to Checked: one violation refutes. A violation has negative slack, or slack zero
	// where the inequality is strict.
	if !c.Holds() {
		r.Status = theorems.Refuted
	}
}

// inequality is one statement with the way to compare its sides on an instance.
type inequality struct {
	tag   string
	model string
	pairs bool // K = 2 only
	// iidToo says that a part of a statement without replacement is about iid drafts, of any K and n.
	iidToo  bool
	compare func(ctx context.Context, s *multidraft.Instance) ([]Comparison, error)
}

// inequalities lists the statements in the order of reports. The model is that of the instances on
// which a statement is tried; what it compares them with, it derives itself.
func inequalities() []inequality {
	return []inequality{
		{tag: TagTruncated, model: multidraft.ModelIID, pairs: true, compare: compareAllSizes},
		{tag: TagTruncatedPair, model: multidraft.ModelIndependent, pairs: true, compare: compareAllSizes},
		{tag: TagAlphabet, model: multidraft.ModelIID, pairs: true, compare: compareAllAlphabets},
		{tag: TagDistinctBest, model: multidraft.ModelWithoutReplacement, compare: compareDistinctBest},
		{tag: TagDistinctReject, model: multidraft.ModelWithoutReplacement, compare: compareDistinctRejection},
		{tag: TagConvex, model: multidraft.ModelWithoutReplacement, compare: compareConvexity},
		{tag: TagDistinctPrefix, model: multidraft.ModelWithoutReplacement, compare: compareDistinctPrefix},
		{tag: TagDisguise, model: multidraft.ModelWithoutReplacement, pairs: true, compare: compareDisguise},
		{tag: TagMore, model: multidraft.ModelWithoutReplacement, iidToo: true, compare: compareMore},
		{tag: TagRecursive, model: multidraft.ModelIID, compare: compareRecursive},
		{tag: TagOnlyEqual, model: multidraft.ModelIID, compare: compareOnlyEqual},
		{tag: TagMatching, model: multidraft.ModelIID, compare: compareMatching},
		{tag: TagGreedy, model: multidraft.ModelIID, compare: compareGreedy},
	}
}

// outside says why a statement is not about k drafts over n tokens, "" if it is.
func (x inequality) outside(k, n int) string {
	switch {
	case x.pairs && k != 2:
		return "for K = 2"
	// No K distinct tokens lie in a smaller alphabet.
	case x.model == multidraft.ModelWithoutReplacement && k > n && !x.iidToo:
		return "without replacement, for K <= n"
	}
	return ""
}

// within is the statement as far as it is about k drafts over n tokens, and names the part that this is, "" for all of it.
func (x inequality) within(k, n int) (part inequality, name string) {
	// It speaks of K + 1 draws without replacement as well, of which there are none.
	if x.iidToo && k >= n {
		x.model = multidraft.ModelIID
		return x, "iid drafts alone: without replacement for K < n"
	}
	return x, ""
}

// An Unsearched is a statement of which nothing is compared in a cell, with the reason.
type Unsearched struct {
	Tag    string `json:"tag"`
	Reason string `json:"reason"`
}

// NotSearched lists the statements that are not about k drafts over n tokens, which [SearchBounds] leaves out.
func NotSearched(k, n int) (list []Unsearched) {
	for _, x := range inequalities() {
		if why := x.outside(k, n); why != "" {
			list = append(list, Unsearched{x.tag, why})
		}
	}
	return list
}

// ValidateBounds says what is wrong with a cell for [SearchBounds].
func ValidateBounds(k, n int) error {
	// Some comparisons go through all sets of tokens, in time 2^n.
	if n > optimum.MaxBindingTokens {
		return fmt.Errorf("alphabet of %d tokens, want at most %d for an exhaustive comparison", n, optimum.MaxBindingTokens)
	}
	// Only whether the cell can be generated at all: the instance is thrown away.
	_, err := multidraft.Generate(1, 0, k, n, multidraft.ModelIID)
	return err
}

// SearchBounds looks for violations of the bounds of the papers, and of what is known of
// draws and schemes, on count generated instances of the cell for each statement: random
// ones, vertices of {P* = 1}, ties, near-binding targets and the other kinds of
// [multidraft.Generate], each followed by a short descent that moves single weights of p and
// q as long as the slack shrinks. Statements that are not about k drafts over n
// tokens are left out, see [NotSearched]. Comparisons that are too large are left open, and after some of them the statement is; targets of numbers p(S)^K that
// are too long are not made. It fails
// if ctx ends, with what was found by then, of which nothing is Checked but what was compared on all instances. The cell is
// one that [ValidateBounds] does not refuse.
func SearchBounds(ctx context.Context, k, n, count int, seed uint64) ([]*BoundReport, error) {
	var reports []*BoundReport
	var stopped error
	for _, x := range inequalities() {
		if x.outside(k, n) != "" {
			continue
		}
		// Checked until a comparison fails.
		x, part := x.within(k, n)
		r := &BoundReport{Tag: x.tag, Statement: multidraft.Statement(x.tag), Status: theorems.Checked, Part: part}
		reports = append(reports, r)
		if stopped == nil {
			stopped = r.search(ctx, x, k, n, count, seed)
		}
		if stopped != nil {
			r.stop()
		}
	}
	return reports, stopped
}

// search compares the sides on all instances.
func (r *BoundReport) search(ctx context.Context, x inequality, k, n, count int, seed uint64) error {
	long := x.model == multidraft.ModelIID && multidraft.PowerBits(k, n) > maxTargetBits
	for index := range count {
		if long && multidraft.HasTargetOfB(index) {
			r.LeftOut++
			continue
		}
		in, err := multidraft.Generate(seed, index, k, n, x.model)
		if err != nil {
			return err
		}
		// A generator for each instance: what is tried on one does not depend on how many
		// draws another took.
		rng := rand.New(rand.NewPCG(seed, uint64(index)))
		if err := r.leave(ctx, r.descend(ctx, x, in, rng)); err != nil {
			return err
		}
		if r.Open == maxOpen && index < count-1 {
			r.GivenUp = true
			break
		}
	}
	// Comparisons that take no time do not look.
	return context.Cause(ctx)
}

// maxTargetBits bounds the binary digits of p(S)^K that a target is made of. Sums of such numbers have their common
// divisors taken out, in time that grows with the square.
const maxTargetBits = 1 << 16

// Descent from an instance: so many moves are tried.
const descentMoves = 4

// descend compares the sides at s, then at neighbours of s, going to those with
// less slack.
func (r *BoundReport) descend(ctx context.Context, x inequality, s *multidraft.Instance, rng *rand.Rand) error {
	r.Instances++
	// The start counts like its neighbours.
	least, err := r.compare(ctx, x, s)
	if err != nil {
		return err
	}
	for range descentMoves {
		// A move that leaves no instance is spent, so that the number of draws has a bound.
		next := moved(s, rng)
		if next == nil {
			continue
		}
		r.Instances++
		slack, err := r.compare(ctx, x, next)
		if err != nil {
			return err
		}
		// Only downhill: the search looks for violations next to where the inequality is tight.
		if slack.Cmp(least) < 0 {
			least, s = slack, next
		}
	}
	return nil
}

// compare makes all comparisons of the inequality on s and returns the least
// slack that is not zero, which a descent can improve.
func (r *BoundReport) compare(ctx context.Context, x inequality, s *multidraft.Instance) (rational.Rat, error) {
	comparisons, err := x.compare(ctx, s)
	if err != nil {
		return rational.Rat{}, err
	}
	least := one
	for _, c := range comparisons {
		r.record(s, c)
		// A slack of 0 is recorded, and is no goal: only a violation has less.
		if slack := c.Slack(); !slack.IsZero() && slack.Cmp(least) < 0 {
			least = slack
		}
	}
	return least, nil
}

// moved takes a random part of the weight of one token of q or of a draft to
// another token. It returns nil if the move takes too much from the drafts.
func moved(s *multidraft.Instance, rng *rand.Rand) *multidraft.Instance {
	// In units of a quarter of the old one, so that the part that moves, 1 to 4 quarters, is whole
	// and nothing is rounded. The sum stays, whichever tokens are drawn, also if both are the
	// same.
	shift := func(d multidraft.Distribution) multidraft.Distribution {
		from, to := rng.IntN(s.N()), rng.IntN(s.N())
		parts := rational.NewInt(4)
		out := multidraft.Distribution{Weights: rational.NewPacked(s.N()), Unit: d.Unit.Mul(parts)}
		for i, w := range d.Weights.All() {
			out.Weights.Set(i, w.Mul(parts))
		}
		part := d.Weights.At(from).Mul(rational.NewInt(1 + rng.Int64N(4)))
		out.Weights.Set(from, out.Weights.At(from).Sub(part))
		out.Weights.Set(to, out.Weights.At(to).Add(part))
		return out
	}
	rows, target := s.Rows(), s.Target()
	// The other models have one law for all drafts, and their constructors want it once.
	if s.Model() != multidraft.ModelIndependent {
		rows = rows[:1]
	}
	// The rows are the instance's own, and are not to be written into.
	rows = slices.Clone(rows)
	if rng.IntN(2) == 0 {
		target = shift(target)
	} else {
		rows[0] = shift(rows[0])
	}
	next, err := multidraft.New(s.Model(), s.K(), rows, target)
	if err != nil {
		return nil // too few tokens are left to draw without replacement
	}
	return next
}

func compareAllSizes(ctx context.Context, s *multidraft.Instance) ([]Comparison, error) {
	// From one token in Ω_1 to all, where nothing is truncated.
	var list []Comparison
	for size := 1; size <= s.N(); size++ {
		// Both variants of the weights have the same bound in the papers.
		for _, half := range []bool{false, true} {
			c, err := CompareTruncated(ctx, s, size, half)
			if err != nil {
				return nil, err
			}
			list = append(list, c)
		}
	}
	return list, nil
}

// compareAllAlphabets goes through all Ω_0 of small alphabets, and else through
// the prefixes by likelihood and the single tokens.
func compareAllAlphabets(ctx context.Context, s *multidraft.Instance) ([]Comparison, error) {
	var alphabets [][]int
	// 31 alphabets at most, each with flows of its own.
	if s.N() <= 5 {
		for set := multidraft.Set(1); set <= multidraft.FullSet(s.N()); set++ {
			alphabets = append(alphabets, set.Tokens())
		}
	} else {
		// Likely under q, of which Ω_0 is meant to hold the most.
		order := s.Target().Likeliest(s.N())
		for j, i := range order {
			alphabets = append(alphabets, multidraft.SortedCopy(order[:j+1]), []int{i})
		}
	}
	var list []Comparison
	for _, alphabet := range alphabets {
		// Where the statement says nothing a violation would be none.
		if applies, err := AlphabetBoundApplies(ctx, s, alphabet); !applies || err != nil {
			if err != nil {
				return nil, err
			}
			continue
		}
		// Each comparison finds P* again: alphabets of an instance are few.
		c, err := CompareAlphabet(ctx, s, alphabet)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// withReplacement is the iid instance with the same p, q and K.
func withReplacement(s *multidraft.Instance) *multidraft.Instance {
	iid, err := multidraft.New(multidraft.ModelIID, s.K(), s.Rows()[:1], s.Target())
	if err != nil {
		panic("study: " + err.Error())
	}
	return iid
}

func compareDistinctBest(ctx context.Context, s *multidraft.Instance) ([]Comparison, error) {
	// Both are exact, by whatever method fits the model.
	without, err := optimum.Of(ctx, s)
	if err != nil {
		return nil, err
	}
	with, err := optimum.Of(ctx, withReplacement(s))
	if err != nil {
		return nil, err
	}
	return []Comparison{{Tag: TagDistinctBest, Left: without.Value, Right: with.Value}}, nil
}

func compareDistinctRejection(ctx context.Context, s *multidraft.Instance) ([]Comparison, error) {
	without, err := stepValue(ctx, s, scheme.RecursiveDistinct, scheme.Options{})
	if err != nil {
		return nil, err
	}
	with, err := stepValue(ctx, withReplacement(s), scheme.Recursive, scheme.Options{})
	if err != nil {
		return nil, err
	}
	c, err := Comparison{Tag: TagDistinctReject}.settle(without, with)
	var open *theorems.Unsettled
	// No width tells two sides that are equal.
	if errors.As(err, &open) && with.Width().IsZero() {
		c = Comparison{Tag: TagDistinctReject, Right: with.Lo}
		c.Left, err = scheme.RejectDistinctInTurn(ctx, s)
	}
	if err != nil {
		return nil, err
	}
	return []Comparison{c}, nil
}

// compareDistinctPrefix compares P* with the least bound over prefixes: P* is at
// most that, so that Left >= Right says they are equal.
func compareDistinctPrefix(ctx context.Context, s *multidraft.Instance) ([]Comparison, error) {
	best, err := optimum.Of(ctx, s)
	if err != nil {
		return nil, err
	}
	least := one
	// Tokens by ascending q/p; the empty prefix is the bound 1 above.
	var prefix multidraft.Set
	for _, i := range optimum.ByRatio(s.Rows()[0], s.Target()) {
		prefix |= 1 << i
		least = rational.MinRat(least, s.Bound(prefix))
	}
	return []Comparison{{Tag: TagDistinctPrefix, Left: best.Value, Right: least}}, nil
}
