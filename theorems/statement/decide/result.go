package decide

import (
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/theorems/statement/farkas"
	"pstar/witness"
)

// A Result is what is known of a claim.
//
// What is proved or refuted stands in Settled, with the means of a certificate; all
// else is for people: the closed form, what was not needed, a counterexample with its
// explanation.
type Result struct {
	System *statement.System
	Claim  int // of the system; −1 of a step
	// Step is the step by hand that the result is about, nil of a claim.
	Step *statement.Step
	// Status is vacuous if the assumptions contradict each other, or no parameters as assumed have a feasible point, of a claim on
	// an optimum: neither proved nor refuted. A claim on whether there is a point is vacuous in the first case only.
	// It is undecided if a proof by hand is not enough, and products of symbols leave nothing else to try.
	Status theorems.Status
	// Settled are the problems that the claim comes to; of a refuted claim the last one is refuted.
	Settled []*Settled
	// Open is the problem of a proof by hand that is undecided: whether its rows follow. Nil of what is settled.
	Open *statement.Problem
	// Form is the minimal closed form of the rows or the optimum, of claims for which all rows were computed.
	Form *Form
	// Unused are the assumptions of which the proof makes no use, as positions of the file; Unneeded
	// are rows or terms of the claim, by number, which the others imply; Repeated says which of the others says the same as one of these.
	Unused   []int
	Unneeded []int
	Repeated map[int]int
	// Counterexample is that of a refuted claim.
	Counterexample *Counterexample
	Note           string // what else is to be said, in a sentence
}

// Text is the claim in a line, or the step.
func (r *Result) Text() string {
	if r.Step != nil {
		return r.System.StepText(*r.Step)
	}
	return r.System.ClaimText(r.System.Claims[r.Claim])
}

// HasUnknowns reports whether the point of a refuted result has values of unknowns with
// which it satisfies the system, too. Else all that is known of the unknowns is that
// there are none.
func (r *Result) HasUnknowns() bool {
	return r.Counterexample.True != nil || r.Settled[len(r.Settled)-1].Row >= 0
}

// A Form is a minimal closed form, unique for what it describes: see the function minimal.
//
// Equations are solved for their first symbols and come first; none of the rows follows
// from the others and the assumptions.
type Form struct {
	// Conditions are the rows for a feasible point.
	Conditions []statement.Row
	closed     []statement.Row // the same, with the equations that the assumptions and the others force
	// Terms are those of the optimum; of a program that has none where it is feasible, there are no terms: it is unbounded.
	Terms     []statement.Row
	Optimum   bool // the form is that of an optimum, and Terms has a meaning
	Supremum  bool // which is not attained for some of the parameters
	Generated int  // generators of the cone
	// Regions are, for each term, the rows for it to be the optimum, besides assumptions and conditions; see the function Regions.
	Regions [][]statement.Row
}

// Settled is a problem with its proof or its refutation.
//
// A proof is complete if Refuted is not set: then there is one in Follow for each row,
// and, of an iff, one in each for each generator.
type Settled struct {
	*statement.Problem
	Follow []*farkas.Proof // one for each row, from the facts
	// Of an iff: the dual, and for each of its rows a proof from the facts without unknowns, which keep their numbers, and the rows of
	// the problem, numbered after the facts.
	dual *dual
	each []farkas.Derived
	// Of a refuted problem: the point, and the row that fails there; or −1 if all rows hold there but there are no unknowns,
	// since a sum of facts by Generator is a contradiction.
	Refuted   bool
	Point     farkas.Point
	Row       int
	generator int
	// Of a proof by hand: the steps, and how many sums they are.
	steps []witness.Step
	sums  int
}

// A Counterexample is where a claim fails.
type Counterexample struct {
	// Direction says what fails, in a sentence.
	Direction string
	Point     farkas.Point // for the symbols of the system
	// Of a claim on an optimum: what it claims there, and what is true.
	Claimed, True *rational.Rat
	Unbounded     bool // no true optimum
	Multipliers   []Multiplier
}

// A Multiplier is that of a fact in a sum of facts. The label is that of the file, with
// its indices.
type Multiplier struct {
	Label  string
	Factor rational.Rat
}

// Numbered is a fact, or a row numbered behind the facts, as the shares of proofs count
// them. Numbers are those of [statement.Share] in proofs of this problem.
func (s *Settled) Numbered(number int) statement.Row { return s.numbered(number) }

// Steps are how many steps a proof by hand has, 0 for others.
func (s *Settled) Steps() int { return s.sums }

// Keys are the labels of the facts of which the multipliers descend in all generators,
// by symmetry. It is nil for problems without a symmetry. Only an iff has a dual; other
// problems must not be asked.
func (s *Settled) Keys() (labels []string) {
	for _, k := range s.dual.keys {
		labels = append(labels, s.Facts[s.dual.facts[k]].Label)
	}
	return labels
}

// A Generator is one of the cone of multipliers of Farkas' lemma: what it requires of the parameters, and the proof
// of that, nil if it is an equation in two halves.
type Generator struct {
	Multipliers []statement.Share
	Requires    statement.Row
	Proof       *farkas.Proof
}

// Generators are those of a proved iff. They are in the order in which the certificate
// has them: rays, then lines.
func (s *Settled) Generators() (list []Generator) {
	for i, d := range s.each {
		g := Generator{s.dual.shares(s.dual.generator(i)), s.dual.rows[i], d.Proof}
		// Both halves together are the proof, which has no single sum to show.
		if d.Negative != nil {
			g.Proof = nil
		}
		list = append(list, g)
	}
	return list
}
