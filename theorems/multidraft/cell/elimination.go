package cell

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"pstar/theorems/multidraft"
)

// MethodElimination and MethodProjection name the methods in reports.
const (
	MethodElimination = "Fourier-Motzkin elimination"
	MethodProjection  = "plain projection"
)

// A Lemma is one of the elimination lemmas, for every K.
type Lemma string

const (
	// LemmaFeasible is MD-L2: from q_i >= b_i + Σ_T α_T(i), α >= 0, α_T(T) = b_T
	// to q(S) >= B(S) for all S.
	LemmaFeasible Lemma = "MD-L2"
	// LemmaSelected is MD-L3: from t_i <= b_i + Σ_T α_T(i), α >= 0, α_T(T) = b_T
	// to t(S) <= C(S) for all S, where C(S) = Σ b_T over the T that meet S is the
	// probability that some draft is in S.
	LemmaSelected Lemma = "MD-L3"
	// LemmaOptimum is MD-L4: from z <= t(Ω), t(S) <= C(S), 0 <= t_i <= q_i to
	// z <= q(S) + C(Ω∖S) for all S.
	LemmaOptimum Lemma = "MD-L4"
)

// An Elimination is the record of the elimination lemmas for a cell: all
// variables eliminated one at a time from the augmented systems, and every
// combination of two rows that Fourier and Motzkin ask for either a row of the
// next system or dropped with multipliers. With the symbols b >= 0 and q >= 0
// it proves MD-T2 (by MD-L2) and MD-T3 (by MD-L3 and then MD-L4) for all draft
// laws.
//
// # The blocks
//
// The supports T are eliminated one after the other, the token t_1 of each by
// its equation, then t_2, t_3 and so on. After the tokens of G ⊆ T are gone, the
// system has one row for each set S of tokens, the rows α_T(i) >= 0 of what
// remains, and α_G >= 0, where α_G stands for b_T minus what remains of the
// block. In the row of S, the block counts, besides its remaining tokens in S,
// α_G if G ⊆ S (MD-L2) or if G meets S (MD-L3): eliminating α_T(j) merges j into
// G. When G = T, α_G is b_T: the block is dropped, and b_T charged or not. Pairs
// are the case |T| = 2.
//
// The step for j combines
//   - row S with α_G >= 0 or α_j >= 0, which gives the row S of the next system;
//   - α_j >= 0 with α_G >= 0, which gives α_{G∪j} >= 0;
//   - rows S and S', one with j, the other with G. The combination is dropped: it
//     is the sum of the rows of S∪S' and S∩S' of the next system and of b_T' >= 0
//     for those eliminated T' that lie in S∪S' but in neither S nor S' (MD-L2), or
//     meet S and S' but not S∩S' (MD-L3).
//
// # Orbits
//
// A system is mapped to itself by the permutations of the tokens that preserve
// the set V of eliminated supports, T, G and j; then one pair (S, S') of each
// orbit stands for all. The whole symmetric group acts only before the first
// block, after the last, and after all supports of some sizes: within a block,
// a permutation that moves j or exchanges a token of G for another of T is not a
// symmetry, and neither is one that moves V.
type Elimination struct {
	K, N   int
	Orbits bool // one pair for each orbit
	Stages []EliminationStage
}

// An EliminationStage is the elimination of one lemma.
type EliminationStage struct {
	Lemma Lemma
	Steps []EliminationStep
}

// An EliminationStep eliminates α_T(Token), or t_Token in MD-L4, where Support
// is empty.
type EliminationStep struct {
	Support multidraft.Set // T
	Merged  multidraft.Set // G, before the step
	Token   int
	Kept    int // combinations that are rows of the next system
	// Drops are the dropped combinations, in order: Listed of them, which stand
	// for Pairs. They are computed anew each time, since there are many.
	Drops         iter.Seq[EliminationDrop]
	Listed, Pairs int
}

// An EliminationDrop is a combination that is dropped: of the rows of First and
// Second, or in MD-L4, of the row of z for (First, FirstTargets), or of t_j >= 0
// if NoBound, with the row t(Second) <= C(Second). It is the sum of Rows and of
// b_T >= 0 for the T in Supports.
type EliminationDrop struct {
	First, Second multidraft.Set
	FirstTargets  multidraft.Set // in MD-L4, the tokens already replaced by q
	NoBound       bool
	Rows          []EliminationTerm
	Supports      []multidraft.Set
}

// An EliminationTerm is a row of the next system in a proof, with multiplier 1:
// the row of a set in MD-L2 and MD-L3; in MD-L4 the row t(Set) <= C(Set), or if
// Bound, that of z for (Set, Targets).
type EliminationTerm struct {
	Set     multidraft.Set
	Bound   bool
	Targets multidraft.Set
}

// EliminationOptions steer ProveByElimination.
type EliminationOptions struct {
	// AllPairs combines every pair of rows instead of one for each orbit.
	AllPairs bool
	// Lemmas are those to go through; nil means all.
	Lemmas []Lemma
	// Progress, if set, is told of each step.
	Progress func(lemma Lemma, step, steps int)
}

// ProveByElimination goes through the augmented eliminations of a cell and
// checks each step exactly: every combination that is kept is a row of the next
// system, every other one is the sum that its proof claims, and every row of the
// next system arises. It fails if the cell is too large, if ctx ends, or if a
// step does not come out as the lemmas say, which would refute them.
//
// Cost: for each step about 4^n pairs of rows, far fewer up to symmetry, times
// the length of a row, which is about K times the number of supports. Memory for
// two rows for each of the 2^n sets.
func ProveByElimination(ctx context.Context, k, n int, o EliminationOptions) (*Elimination, error) {
	if err := ValidateElimination(k, n); err != nil {
		return nil, err
	}
	lemmas := o.Lemmas
	// All three, in their order: MD-L4 begins where MD-L3 ends, and either can be gone through
	// alone.
	if lemmas == nil {
		lemmas = []Lemma{LemmaFeasible, LemmaSelected, LemmaOptimum}
	}
	e := &Elimination{K: k, N: n, Orbits: !o.AllPairs}
	for _, lemma := range lemmas {
		s := newAugmented(lemma, k, n, !o.AllPairs)
		// The rows that are added to the system before the first step must follow from it, or the
		// proof would be of another system.
		if err := s.checkStart(); err != nil {
			return nil, fmt.Errorf("%s: %w", lemma, err)
		}
		stage := EliminationStage{Lemma: lemma}
		moves := s.moves()
		// Each step changes the system that the next one begins with.
		for i, m := range moves {
			step, err := s.eliminate(ctx, m)
			// Before the error of the step, which may come from the end of ctx.
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			if err != nil {
				return nil, fmt.Errorf("%s, step %d: %w", lemma, i+1, err)
			}
			stage.Steps = append(stage.Steps, step)
			if o.Progress != nil {
				o.Progress(lemma, i+1, len(moves))
			}
		}
		// The last system must be the closed form; otherwise all steps were right and prove
		// something else.
		if err := s.checkEnd(); err != nil {
			return nil, fmt.Errorf("%s: %w", lemma, err)
		}
		e.Stages = append(e.Stages, stage)
	}
	return e, nil
}

// Dropped returns the number of combinations dropped, in the stages of the given
// lemmas or in all, and how many of them were written down, one for each orbit.
func (e *Elimination) Dropped(lemmas ...Lemma) (all, written int) {
	// Without names all stages count.
	for _, stage := range e.Stages {
		if len(lemmas) > 0 && !slices.Contains(lemmas, stage.Lemma) {
			continue
		}
		for _, step := range stage.Steps {
			all += step.Pairs
			written += step.Listed
		}
	}
	return all, written
}
