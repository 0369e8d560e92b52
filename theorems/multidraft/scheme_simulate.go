package multidraft

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"sort"

	"pstar/rational"
)

// A Simulation counts the outputs of a rule on random drafts.
type Simulation struct {
	Draws    int
	Accepted int   // draws in which a draft was accepted
	Counts   []int // draws in which each token was the output
	// Fits says that every count lies within sqrt(10 Draws) of its expectation.
	// By Hoeffding's inequality a correct rule fails that for a given token with
	// probability at most 2 exp(-20), about 4e-9. The comparison is exact.
	Fits bool
	// Worst is the token whose count is farthest from its expectation.
	Worst int
}

// Simulate draws drafts from their law and outputs from the rule, with exact
// probabilities: uniform integers below a common unit decide. The numbers come
// from a generator of fixed kind, so that a seed always gives the same result.
// It fails where [Evaluation.Decide] does, and if ctx ends.
func (e *Evaluation) Simulate(ctx context.Context, draws int, seed uint64) (*Simulation, error) {
	if e.plan.decide == nil {
		_, err := e.Decide(nil)
		return nil, err
	}
	m := &simulator{rng: rand.New(rand.NewPCG(seed, 0)), plan: e.plan, cached: map[string]decided{}}
	m.newDrafts()
	r := &Simulation{Draws: draws, Counts: make([]int, e.Setting.N())}
	for draw := range draws {
		if draw%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		z, accepted := m.draw()
		r.Counts[z]++
		if accepted {
			r.Accepted++
		}
	}
	r.compare(e)
	return r, nil
}

// compare sets Fits and Worst. The acceptance is compared with that of the rule
// that was run, which for K-SEQ is the lower end.
func (r *Simulation) compare(e *Evaluation) {
	limit := rational.NewInt(int64(r.Draws)).Mul(rational.NewInt(10))
	worst := rational.NewInt(-1)
	r.Fits = true
	for i, count := range r.Counts {
		p := rational.RatFromInts(e.plan.law.weights[i], e.plan.law.unit)
		distance := deviation(count, r.Draws, p)
		if distance.Cmp(rational.RatFromInt(limit)) > 0 {
			r.Fits = false
		}
		if whole, _ := distance.Num().QuoRem(distance.Den()); whole.Cmp(worst) > 0 {
			worst, r.Worst = whole, i
		}
	}
	if deviation(r.Accepted, r.Draws, e.Acceptance.Lower).Cmp(rational.RatFromInt(limit)) > 0 {
		r.Fits = false
	}
}

// deviation is (count - draws p)^2.
func deviation(count, draws int, p rational.Rat) rational.Rat {
	d := rational.NewRat(int64(count), 1).Sub(p.Mul(rational.NewRat(int64(draws), 1)))
	return d.Mul(d)
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

func (m *simulator) newDrafts() {
	s := m.plan.setting
	if s.model == ModelJoint {
		probabilities := make([]rational.Rat, len(s.words))
		for j, w := range s.words {
			probabilities[j] = w.Probability
		}
		m.rows = []sampler{newSampler(inCommonUnit(probabilities).weights)}
		return
	}
	for k, row := range s.rows {
		if k > 0 && &row.weights[0] == &s.rows[k-1].weights[0] {
			m.rows = append(m.rows, m.rows[k-1])
			continue
		}
		m.rows = append(m.rows, newSampler(row.weights))
	}
}

func (m *simulator) word() []int {
	s := m.plan.setting
	if s.model == ModelJoint {
		return s.words[m.rows[0].draw(m.rng)].Tokens
	}
	word := make([]int, s.k)
	for k := range word {
		if s.model == ModelWithoutReplacement {
			word[k] = m.rows[k].drawBut(m.rng, word[:k])
		} else {
			word[k] = m.rows[k].draw(m.rng)
		}
	}
	return word
}

func (m *simulator) draw() (z int, accepted bool) {
	word := m.word()
	key := fmt.Sprint(word)
	d, known := m.cached[key]
	if !known {
		d = newDecided(m.plan.decide(word))
		if len(m.cached) < maxCached {
			m.cached[key] = d
		}
	}
	j := d.choice.draw(m.rng)
	if j < len(d.decision.Accepted) {
		return d.decision.Accepted[j], true
	}
	return d.rest.draw(m.rng), false
}

func newDecided(d Decision) decided {
	left := d.Left()
	c := decided{decision: d, choice: newSampler(inCommonUnit(append(append([]rational.Rat(nil), d.Mass...), left)).weights)}
	if !left.IsZero() {
		c.rest = newSampler(d.Rest.d.weights)
	}
	return c
}

// A sampler draws from integer weights: sums[j] is the weight of the entries up
// to j.
type sampler struct{ sums []rational.Int }

func newSampler(weights []rational.Int) sampler {
	s := sampler{sums: make([]rational.Int, len(weights))}
	var total rational.Int
	for j, w := range weights {
		total = total.Add(w)
		s.sums[j] = total
	}
	return s
}

func (s sampler) draw(rng *rand.Rand) int {
	return s.find(uniform(rng, s.sums[len(s.sums)-1]))
}

// drawBut draws an entry that is not one of the excluded ones. Drawing again
// until the entry is new could take forever.
func (s sampler) drawBut(rng *rand.Rand, excluded []int) int {
	left := s.sums[len(s.sums)-1]
	for _, j := range excluded {
		left = left.Sub(s.weight(j))
	}
	u := uniform(rng, left)
	for _, j := range sortedCopy(excluded) {
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
	return sort.Search(len(s.sums), func(j int) bool { return u.Cmp(s.sums[j]) < 0 })
}

// uniform draws an integer from 0 to below bound, by rejection.
func uniform(rng *rand.Rand, bound rational.Int) rational.Int {
	if b, small := bound.Int64(); small {
		return rational.NewInt(rng.Int64N(b))
	}
	limit := bound.Big()
	bits := bound.BitLen()
	bytes := make([]byte, (bits+7)/8)
	for {
		for i := range bytes {
			bytes[i] = byte(rng.Uint32())
		}
		if extra := len(bytes)*8 - bits; extra > 0 {
			bytes[0] >>= extra
		}
		if u := new(big.Int).SetBytes(bytes); u.Cmp(limit) < 0 {
			return rational.IntFromBig(u)
		}
	}
}
