package scheme

import (
	"context"
	"fmt"
	"slices"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// A Row is what a selection rule does with one outcome of the drafts: token
// Tokens[j] is chosen with probability Weights[j].
type Row struct {
	// Drafts is the outcome: a set of tokens, ascending, or a word.
	Drafts  []int
	Tokens  []int
	Weights []rational.Rat
}

// A Rule is a selection rule of the form of MD-T1: given the set T of drafted
// tokens choose Y = i in T with probability β_T(i); output Y with probability
// Accept[Y], and otherwise a token drawn from Residual.
type Rule struct {
	// Beta has one row for each set T that may be drafted, in canonical order.
	Beta []Row
	// Accept has one entry for each token.
	Accept []rational.Rat
	// Residual is a distribution, or all zero if every choice is accepted.
	Residual []rational.Rat
}

// OptimalRule returns a rule that attains P*: β from a largest flow, followed by
// single-draft speculative sampling of the token chosen (MD-T1). Its output has
// law q exactly. It fails where a flow is too large, see [optimum.Of].
func OptimalRule(ctx context.Context, s *multidraft.Instance) (*Rule, error) {
	selection, err := optimalSelection(ctx, s)
	if err != nil {
		return nil, err
	}
	// What follows the choice depends on the law of the chosen token and not on the set it came
	// from.
	spec := speculate(selection.law(s.N()), s.Target())
	r := &Rule{Beta: selection.rows(), Accept: make([]rational.Rat, s.N()), Residual: make([]rational.Rat, s.N())}
	for i := range r.Accept {
		r.Accept[i] = spec.keep(i)
	}
	// All zero otherwise, as Residual says.
	if !spec.residual.Unit.IsZero() {
		r.Residual = spec.residual.Rats()
	}
	return r, nil
}

// A selection is a table of importance weights as joint masses: token i is
// chosen from the set T with probability α_T(i) = mass/unit.
type selection struct {
	unit  rational.Int
	sets  [][]int          // of drafted tokens, ascending
	mass  [][]rational.Int // parallel to sets
	place map[string]int   // of a set, by its list
}

// optimalSelection turns a largest flow into importance weights. The error is that of the flow:
// too many sets, or the end of ctx.
func optimalSelection(ctx context.Context, s *multidraft.Instance) (*selection, error) {
	w, err := optimum.LargestFlow(ctx, s)
	if err != nil {
		return nil, err
	}
	return newSelection(w), nil
}

// selection extends the flow to importance weights: what a set does not send,
// because the demands of all its tokens are met, is given to its first token.
func newSelection(w *optimum.FlowWitness) *selection {
	g := w.Network
	sel := &selection{unit: g.Unit, place: map[string]int{}}
	for c, arcs := range g.Sets {
		// A set that cannot be drafted needs no weights.
		if g.Supply[c].IsZero() {
			continue
		}
		set := make([]int, len(arcs))
		mass := slices.Clone(w.Flow.On[c])
		// Tokens of the network have numbers of their own.
		for a, i := range arcs {
			set[a] = w.Tokens[i]
		}
		// Any token would do: what is left over cannot raise the value, as the flow is largest.
		mass[0] = mass[0].Add(g.Supply[c].Sub(multidraft.Sum(mass)))
		sel.add(set, mass)
	}
	return sel
}

// add adds masses to a set, which may be there already.
func (sel *selection) add(set []int, mass []rational.Int) {
	key := multidraft.TokenList(set)
	place, known := sel.place[key]
	if !known {
		sel.place[key] = len(sel.sets)
		sel.sets = append(sel.sets, set)
		sel.mass = append(sel.mass, mass)
		return
	}
	for a, m := range mass {
		sel.mass[place][a] = sel.mass[place][a].Add(m)
	}
}

// law is the law p_I of the chosen token.
func (sel *selection) law(n int) multidraft.Distribution {
	// In the unit of the flow: α_T(i) summed over T.
	law := multidraft.Distribution{Weights: rational.NewPacked(n), Unit: sel.unit}
	for c, set := range sel.sets {
		for a, i := range set {
			law.Weights.Set(i, law.Weights.At(i).Add(sel.mass[c][a]))
		}
	}
	return law
}

// weights returns β_T for the set of tokens of a word.
func (sel *selection) weights(word []int) (tokens []int, beta []rational.Rat) {
	// The set, in the form of its key.
	set := slices.Compact(multidraft.SortedCopy(word))
	place, known := sel.place[multidraft.TokenList(set)]
	if !known {
		panic(fmt.Sprintf("scheme: drafts %s have probability 0", multidraft.TokenList(word)))
	}
	// The mass of the set is not 0: sets without supply were left out.
	total := multidraft.Sum(sel.mass[place])
	for _, m := range sel.mass[place] {
		beta = append(beta, rational.RatFromInts(m, total))
	}
	return set, beta
}

// rows lists β in canonical order of the sets.
func (sel *selection) rows() []Row {
	rows := make([]Row, len(sel.sets))
	for c, set := range sel.sets {
		tokens, beta := sel.weights(set)
		rows[c] = Row{Drafts: set, Tokens: tokens, Weights: beta}
	}
	// In the order in which files list them, not that of the flow.
	slices.SortFunc(rows, func(a, b Row) int { return multidraft.CompareTokens(a.Drafts, b.Drafts) })
	return rows
}
