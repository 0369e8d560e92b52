package scheme

import (
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// A speculation is single-draft speculative sampling ([MD] Alg. 1) of a token
// of law selected against the target q: accept token i with probability
// min(1, q_i/selected_i), else draw from the residual (q - min(q, selected))^+,
// normalised. All weights are in one unit.
type speculation struct {
	selected []rational.Int
	accepted rational.Packed         // min(q, selected)
	total    rational.Int            // sum of accepted
	residual multidraft.Distribution // of unit 0 if nothing is ever rejected
	unit     rational.Int
}

// speculate works the sampling out, O(n) in integers: both laws are brought to the product of
// their units, so that nothing is divided.
func speculate(selected, q multidraft.Distribution) *speculation {
	s := &speculation{unit: selected.Unit.Mul(q.Unit)}
	n := q.Weights.Len()
	s.selected, s.accepted = make([]rational.Int, n), rational.NewPacked(n)
	s.residual.Weights = rational.NewPacked(n)
	for i := range n {
		s.selected[i] = selected.Weights.At(i).Mul(q.Unit)
		target := q.Weights.At(i).Mul(selected.Unit)
		// Accepted as often as both laws have it.
		accepted := minInt(s.selected[i], target)
		s.accepted.Set(i, accepted)
		s.total = s.total.Add(accepted)
		// Never negative: the minimum was taken off.
		left := target.Sub(accepted)
		s.residual.Weights.Set(i, left)
		s.residual.Unit = s.residual.Unit.Add(left)
	}
	return s
}

// acceptance is the sum of min(q_i, selected_i).
func (s *speculation) acceptance() rational.Rat { return rational.RatFromInts(s.total, s.unit) }

// law is the law of the output: accepted, or rejected and drawn anew.
func (s *speculation) law() multidraft.Distribution {
	// q = selected: all is accepted, and there is nothing to scale by.
	if s.residual.Unit.IsZero() {
		return multidraft.Distribution{Weights: s.accepted, Unit: s.unit}
	}
	// Drawn anew with the weight of all that was rejected.
	rejected := s.unit.Sub(s.total)
	law := multidraft.Distribution{Weights: rational.NewPacked(s.accepted.Len()), Unit: s.unit.Mul(s.residual.Unit)}
	for i, a := range s.accepted.All() {
		law.Weights.Set(i, a.Mul(s.residual.Unit).Add(rejected.Mul(s.residual.Weights.At(i))))
	}
	return law
}

// keep is the probability that token i is accepted once it is selected: min(1, q_i/0) = 1 if it
// never is, as a rule that rejects nothing has no residual for what cannot happen.
func (s *speculation) keep(i int) rational.Rat {
	if s.selected[i].IsZero() {
		return one
	}
	return rational.RatFromInts(s.accepted.At(i), s.selected[i])
}

// A Decision is the law of the output given the drafts: token Accepted[j] is
// accepted with probability Mass[j], and with what is left to 1 the output is
// drawn from Rest.
type Decision struct {
	Accepted []int
	Mass     []rational.Rat
	Rest     multidraft.Distribution // without tokens if nothing is left
}

// Left returns the probability that the output is drawn from Rest.
func (d Decision) Left() rational.Rat { return one.Sub(rational.RatVector(d.Mass).Sum()) }

// decide gives the law of the output when token y is selected with probability
// weights[y] given the drafts.
func (s *speculation) decide(tokens []int, weights []rational.Rat) Decision {
	var d Decision
	// Left out where nothing is rejected: a law of unit 0 is none.
	if !s.residual.Unit.IsZero() {
		d.Rest = s.residual
	}
	for j, y := range tokens {
		// Tokens that q does not have are never accepted, and not listed.
		if mass := weights[j].Mul(s.keep(y)); !mass.IsZero() {
			d.Accepted, d.Mass = append(d.Accepted, y), append(d.Mass, mass)
		}
	}
	return d
}

// minInt is the smaller of two integers.
func minInt(x, y rational.Int) rational.Int {
	if y.Cmp(x) < 0 {
		return y
	}
	return x
}

// positivePart is max(x, 0).
func positivePart(x rational.Int) rational.Int {
	if x.Sign() < 0 {
		return rational.Int{}
	}
	return x
}
