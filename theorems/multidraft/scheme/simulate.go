package scheme

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"sort"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
)

// A Simulation counts the outputs of a rule on random drafts.
type Simulation struct {
	Draws    int
	Accepted int   // draws in which a draft was accepted
	Counts   []int // draws in which each token was the output
	// Fits says that Accepted and every count lie within the bounds that
	// Bernstein's inequality puts around their expectations: with N draws of
	// probability p, count c and d = |c - Np|,
	//
	//	d^2 <= 2 L (N p (1-p) + d/3),   L >= log(2 (n+1) / FalseAlarm),
	//
	// so that all of them together fail with probability at most FalseAlarm if
	// outputs and acceptance have the laws computed. The comparison is exact.
	Fits bool
	// Worst is the token whose count is farthest from its expectation.
	Worst int
}

// FalseAlarm bounds the probability that a [Simulation] of a rule that does what
// was computed does not fit.
func FalseAlarm() rational.Rat { return rational.NewRat(1, 1_000_000) }

// Simulate draws drafts from their law and outputs from the rule, with exact
// probabilities: uniform integers below a common unit decide. The numbers come
// from a generator of fixed kind, so that a seed always gives the same result.
// It fails where [Evaluation.Decide] does, and if ctx ends.
func (e *Evaluation) Simulate(ctx context.Context, draws int, seed uint64) (*Simulation, error) {
	// The error is that of Decide, in the same words.
	if e.plan.decide == nil {
		_, err := e.Decide(nil)
		// No word is decided: there is no table, whatever the word.
		return nil, err
	}
	return e.plan.simulate(ctx, draws, seed)
}

// SimulateRule draws from a table as [Evaluation.Simulate] does from a scheme; a
// draw is accepted if the output is one of the drafts. It fails as
// [CheckRule] does, and if the table is not a selection rule.
func SimulateRule(ctx context.Context, s *multidraft.Instance, t *Table, draws int, seed uint64) (*Simulation, error) {
	// The laws to compare with come from the check and not from the draws.
	report, err := CheckRule(ctx, s, t)
	if err != nil {
		return nil, err
	}
	// Negative weights cannot be drawn from, and a row that does not sum to 1 would be normalised
	// without a word.
	if !report.IsRule() {
		return nil, fmt.Errorf("not a selection rule: %s", report.Faults[0])
	}
	rows, err := t.index(s)
	if err != nil {
		return nil, err
	}
	p := plan{instance: s, law: multidraft.InCommonUnit(report.Law), acceptance: enclose.Point(report.Drafted)}
	p.decide = func(word []int) Decision { return t.decide(rows, word, s.N()) }
	return p.simulate(ctx, draws, seed)
}

// simulate draws so many times and compares. The seed alone decides the numbers, as there is one
// generator and one goroutine.
func (p plan) simulate(ctx context.Context, draws int, seed uint64) (*Simulation, error) {
	// A generator whose sequence is fixed by its definition, so that a seed says it all.
	m := &simulator{rng: rand.New(rand.NewPCG(seed, 0)), plan: p, cached: map[string]decided{}}
	m.newDrafts()
	r := &Simulation{Draws: draws, Counts: make([]int, p.instance.N())}
	for draw := range draws {
		// A draw whose word is cached is two searches: looking at the context is rare beside it.
		if draw%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		z, accepted := m.draw()
		r.Counts[z]++
		if accepted {
			r.Accepted++
		}
	}
	// Against the computed law; the counts decide nothing before.
	r.compare(p.law, p.acceptance.Lo)
	return r, nil
}

// compare sets Fits and Worst. The acceptance is that of the rule that was run,
// which for K-SEQ is the lower end.
func (r *Simulation) compare(law multidraft.Distribution, acceptance rational.Rat) {
	// n counts and the acceptance, each to both sides: 2 (n+1) events share the probability
	// FalseAlarm.
	level := logAbove(rational.NewInt(int64(2 * (len(r.Counts) + 1))).Mul(FalseAlarm().Den()))
	// Below any distance, so that the first token is taken even if it fits exactly.
	worst := rational.NewRat(-1, 1)
	r.Fits = r.within(r.Accepted, acceptance, level)
	for i, count := range r.Counts {
		p := rational.RatFromInts(law.Weights.At(i), law.Unit)
		r.Fits = r.Fits && r.within(count, p, level)
		if d := r.distance(count, p); d.Cmp(worst) > 0 {
			worst, r.Worst = d, i
		}
	}
}

// within applies Bernstein's inequality to one count, with L = level.
func (r *Simulation) within(count int, p, level rational.Rat) bool {
	d := r.distance(count, p)
	// N p (1−p) without a root: the inequality is squared.
	variance := rational.NewRat(int64(r.Draws), 1).Mul(p).Mul(one.Sub(p))
	// p is 0 or 1: the count is certain, and any other refutes.
	if variance.IsZero() {
		return d.IsZero()
	}
	third := d.Mul(rational.NewRat(1, 3))
	return d.Mul(d).Cmp(level.Mul(variance.Add(third)).Mul(rational.NewRat(2, 1))) <= 0
}

// distance is |count - Draws p|.
func (r *Simulation) distance(count int, p rational.Rat) rational.Rat {
	return rational.NewRat(int64(count), 1).Sub(p.Mul(rational.NewRat(int64(r.Draws), 1))).Abs()
}

// logAbove is at least the natural logarithm of x >= 1: x is below 2^bits.
func logAbove(x rational.Int) rational.Rat {
	return rational.NewRat(int64(x.BitLen()), 1).Mul(rational.NewRat(6931471806, 10_000_000_000))
}

// maxCached bounds the decisions kept.
const maxCached = 1 << 12

type simulator struct {
	rng    *rand.Rand
	plan   plan
	rows   []sampler // of each draft; of joint laws, one on words
	cached map[string]decided
}

// decided is a decision ready to be drawn from.
type decided struct {
	decision Decision
	choice   sampler // of an accepted token, or the last: the rest
	rest     sampler
}

// newDrafts prepares the samplers: one for each draft, or one for the words of a joint law.
func (m *simulator) newDrafts() {
	s := m.plan.instance
	if s.Model() == multidraft.ModelJoint {
		probabilities := make([]rational.Rat, len(s.Words()))
		for j, w := range s.Words() {
			probabilities[j] = w.Probability
		}
		m.rows = []sampler{newSampler(multidraft.InCommonUnit(probabilities).Weights)}
		return
	}
	for k, row := range s.Rows() {
		// Drafts of one law share their list, which is as long as a vocabulary, and so its sums.
		if k > 0 && row.Weights.Shares(s.Rows()[k-1].Weights) {
			m.rows = append(m.rows, m.rows[k-1])
			continue
		}
		m.rows = append(m.rows, newSampler(row.Weights))
	}
}

// word draws K tokens by the law of the drafts, in the order in which they are drafted.
func (m *simulator) word() []int {
	s := m.plan.instance
	if s.Model() == multidraft.ModelJoint {
		return s.Words()[m.rows[0].draw(m.rng)].Tokens
	}
	word := make([]int, s.K())
	for k := range word {
		// Each draft has the law of the ones before it off these tokens.
		if s.Model() == multidraft.ModelWithoutReplacement {
			word[k] = m.rows[k].drawBut(m.rng, word[:k])
		} else {
			word[k] = m.rows[k].draw(m.rng)
		}
	}
	return word
}

// draw makes one draw: a word, then the output. accepted says that a draft was kept, not only that
// the output happens to be one.
func (m *simulator) draw() (z int, accepted bool) {
	word := m.word()
	// Equal words have equal decisions.
	key := fmt.Sprint(word)
	d, known := m.cached[key]
	if !known {
		d = newDecided(m.plan.decide(word))
		// Frequent words come early, and stay; the memory has a bound for laws with many words.
		if len(m.cached) < maxCached {
			m.cached[key] = d
		}
	}
	j := d.choice.draw(m.rng)
	// The last entry of choice is the remainder, and stands for no token.
	if j < len(d.decision.Accepted) {
		return d.decision.Accepted[j], true
	}
	return d.rest.draw(m.rng), false
}

// newDecided makes the samplers of a decision; that of the rest only if there is one, as no
// sampler draws from nothing.
func newDecided(d Decision) decided {
	left := d.Left()
	// The rest is the last entry, behind the accepted tokens.
	c := decided{decision: d, choice: newSampler(multidraft.InCommonUnit(append(append([]rational.Rat(nil), d.Mass...), left)).Weights)}
	if !left.IsZero() {
		c.rest = newSampler(d.Rest.Weights)
	}
	return c
}

// A sampler draws from integer weights: sums[j] is the weight of the entries up
// to j.
type sampler struct{ sums []rational.Int }

// newSampler adds the weights up, O(n). Entries of weight 0 are never drawn.
func newSampler(weights rational.Packed) sampler {
	s := sampler{sums: make([]rational.Int, weights.Len())}
	var total rational.Int
	for j, w := range weights.All() {
		total = total.Add(w)
		s.sums[j] = total
	}
	return s
}

// draw takes O(log n) comparisons and one random integer.
func (s sampler) draw(rng *rand.Rand) int {
	// A uniform integer below the total falls on one entry.
	return s.find(uniform(rng, s.sums[len(s.sums)-1]))
}

// drawBut draws an entry that is not one of the excluded ones. Drawing again
// until the entry is new could take forever.
func (s sampler) drawBut(rng *rand.Rand, excluded []int) int {
	// The mass that is left is what the integer is drawn below.
	left := s.sums[len(s.sums)-1]
	for _, j := range excluded {
		left = left.Sub(s.weight(j))
	}
	u := uniform(rng, left)
	// Ascending: u moves past each excluded entry that begins at or below it, and only then can
	// the next one be compared.
	for _, j := range multidraft.SortedCopy(excluded) {
		if before := s.sums[j].Sub(s.weight(j)); u.Cmp(before) >= 0 {
			u = u.Add(s.weight(j))
		}
	}
	return s.find(u)
}

func (s sampler) weight(j int) rational.Int {
	if j == 0 {
		return s.sums[0]
	}
	return s.sums[j].Sub(s.sums[j-1])
}

// find returns the entry that the integer u falls on.
func (s sampler) find(u rational.Int) int {
	// The first sum above u: entries of weight 0 have the sum of the one before and are passed
	// over.
	return sort.Search(len(s.sums), func(j int) bool { return u.Cmp(s.sums[j]) < 0 })
}

// uniform draws an integer from 0 to below bound, by rejection.
func uniform(rng *rand.Rand, bound rational.Int) rational.Int {
	// The generator's own method is exact for what fits, without bytes.
	if b, small := bound.Int64(); small {
		return rational.NewInt(rng.Int64N(b))
	}
	limit := bound.Big()
	bits := bound.BitLen()
	bytes := make([]byte, (bits+7)/8)
	for {
		for i := range bytes {
			// More than eight random bits each time; only the lowest eight are used.
			bytes[i] = byte(rng.Uint32())
		}
		// As many bits as the bound has: less than every second number is thrown away.
		if extra := len(bytes)*8 - bits; extra > 0 {
			bytes[0] >>= extra
		}
		if u := new(big.Int).SetBytes(bytes); u.Cmp(limit) < 0 {
			return rational.IntFromBig(u)
		}
	}
}
