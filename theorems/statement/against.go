package statement

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"pstar/certificate/theorem"
	"pstar/internal/each"
	"pstar/theorems/statement/syntax"
)

// A Finding is a theorem of a certificate, and whether it was proved or refuted there.
// It is made from what the checker accepted: nothing here looks at proofs.
type Finding struct {
	Theorem *theorem.Theorem
	Proved  bool
}

// A Match says what the theorem of a certificate settles of a file.
type Match struct {
	System *System
	// Claim is an index into System.Claims.
	Claim  int   // of the system; −1 of a step
	Step   *Step // of a proof by hand, in place of a claim
	Proved bool
	// Vacuous: what is proved is that assumptions and rows contradict each other, so that the claim speaks of nothing.
	Vacuous bool
}

// String is the claim, or the step, with its line.
func (m Match) String() string {
	at, text := syntax.Position{}, ""
	if m.Step != nil {
		at, text = m.Step.At, m.System.StepText(*m.Step)
	} else {
		at, text = m.System.Claims[m.Claim].At, m.System.ClaimText(m.System.Claims[m.Claim])
	}
	setting := ""
	if m.System.Setting != "" {
		setting = ", " + m.System.Setting
	}
	return fmt.Sprintf("%d%s: %s", at.Line, setting, text)
}

// Status is the word of the claim. It is the word that the commands print, so that a
// reader of both sees the same.
func (m Match) Status() string {
	switch {
	case m.Vacuous:
		// A proof of the problem Nothing says that there is no point to speak of: that
		// neither proves nor refutes what is claimed.
		return "vacuous"
	case !m.Proved:
		return "refuted"
	// The certificate proves that rows or terms are right, which the file has not
	// claimed but asked for.
	case m.Finds():
		return "found"
	}
	return "proved"
}

// Finds reports whether rows or terms are asked for. That none of them follows from others is not compared.
func (m Match) Finds() bool {
	return m.Step == nil && (m.System.Claims[m.Claim].Kind == FindRows || m.System.Claims[m.Claim].Kind == FindValue)
}

// Against compares the theorems of a certificate with the claims of a file, which has been expanded. Each theorem must be that of a claim:
// the same symbols, facts and rows, in the same order, or that it is vacuous, or that of a step of a proof by hand; and, where the file asks for rows or leaves the conditions of a
// feasible point open, any further rows that do not hold the optimum. The error says
// which theorem is of no claim. Open are the steps and claims that the certificate does
// not settle. It judges nothing of proofs, and costs for each theorem one literal for
// each claim whose name fits.
func Against(systems []*System, list []Finding) (matches, open []Match, err error) {
	settled, steps := map[*System]map[int]bool{}, map[*Step]bool{}
	for _, f := range list {
		m, ok := matching(systems, f)
		if !ok {
			return nil, nil, fmt.Errorf("the theorem %q of the certificate is none of the file", f.Theorem.Name)
		}
		if settled[m.System] == nil {
			settled[m.System] = map[int]bool{}
		}
		// For a step Claim is −1 and for a claim Step is nil: entries under these keys
		// are never asked for below.
		settled[m.System][m.Claim], steps[m.Step] = true, true
		matches = append(matches, m)
	}
	for _, s := range systems {
		// Steps are told apart by their address in the slice of the system, which is
		// not changed once the file is expanded.
		for k := range s.Steps {
			if !steps[&s.Steps[k]] {
				open = append(open, Match{System: s, Claim: -1, Step: &s.Steps[k]})
			}
		}
		for i := range s.Claims {
			if !settled[s][i] {
				open = append(open, Match{System: s, Claim: i})
			}
		}
	}
	return matches, open, nil
}

// matching finds the claim or the step of which a finding is the theorem. The first one
// that fits is the only one: no two theorems of a file have one name.
func matching(systems []*System, f Finding) (Match, bool) {
	// Names of theorems begin with that of the claim, and may go on, as in "… speaks of
	// nothing". This only saves work: fits compares whole names. Both names are cut at
	// the same length, so that a prefix stays one.
	called := func(name string) bool { return strings.HasPrefix(f.Theorem.Name, printable(name)) } // other theorems need not be made
	for _, s := range systems {
		for i := range s.Claims {
			if !called(s.theoremName(i)) {
				continue
			}
			for _, p := range s.settlings(i) {
				// A theorem with a symmetry has one row of each orbit. The second
				// attempt reduces the claim's rows in the same way and compares again;
				// it is not the first, as few theorems have a symmetry.
				if p.fits(f) || p.reduced(f.Theorem.Generators) && p.fits(f) {
					return Match{System: s, Claim: i, Proved: f.Proved, Vacuous: p.vacuous}, true
				}
			}
		}
		for k := range s.Steps {
			// A step that is refuted has the same theorem as one that is proved: its
			// row and all facts.
			if called(s.stepName(k)) && (settling{Problem: s.StepProblem(k), proves: true, refutes: true}).fits(f) {
				return Match{System: s, Claim: -1, Step: &s.Steps[k], Proved: f.Proved}, true
			}
		}
	}
	return Match{}, false
}

// settling is a problem that settles a claim if it is proved, or refuted, with further rows if it is open.
//
// It is the bridge between what a file claims and what a certificate can hold: the same
// claim is proved by one theorem, refuted by another, and sometimes there are several
// of either.
type settling struct {
	*Problem
	proves, refutes bool
	open, free      bool // further rows may stand behind, with the optimum in them if it is free
	vacuous         bool // what is proved is that the claim speaks of nothing
}

// settlings are the problems that settle a claim, or show that it is vacuous.
func (s *System) settlings(i int) []settling {
	c := s.Claims[i]
	// No row has a form of its own here: infeasible is the statement that 0 >= 1
	// follows.
	if c.Kind == Infeasible {
		c.Rows = []Row{Never(c.At)}
		return []settling{{Problem: s.Implication(i, c.Rows), proves: true, refutes: true}, {Problem: s.Nothing(i), proves: true, vacuous: true}}
	}
	// Each kind of claim speaks of nothing where no point has the facts (or the
	// assumptions, for claims on whether there is one).
	return append(s.answers(i), settling{Problem: s.Nothing(i), proves: true, vacuous: true})
}

// answers are the problems that prove or refute a claim. A claim on an optimum can fail
// on two sides: some term is exceeded (refuted by bounded), or the least of them is not
// reached (refuted by reached). A theorem that says = needs both and is an iff; claims
// with <= or >= need one.
func (s *System) answers(i int) []settling {
	c := s.Claims[i]
	reached := func() settling { return settling{Problem: s.Reached(i, c.Terms), refutes: true} }
	bounded := func() settling { return settling{Problem: s.Implication(i, s.Bounds(c.Terms)), refutes: true} }
	switch c.Kind {
	case Implied:
		return []settling{{Problem: s.Implication(i, c.Rows), proves: true, refutes: true}}
	case Feasible:
		return []settling{{Problem: s.Feasibility(i, c.Rows), proves: true, refutes: true}}
	// What is found is not in the file, so that any rows will do: that they follow and
	// suffice is what the theorem says, and is proved. There is nothing to refute.
	case FindRows:
		return []settling{{Problem: s.Feasibility(i, nil), proves: true, open: true}}
	// The rows that bound the optimum hold its symbol; those on feasibility do not;
	// both kinds were asked for.
	case FindValue:
		return []settling{{Problem: s.OptimumOf(i, nil, nil), proves: true, open: true, free: true}}
	// The terms must be those of the file; the rows that follow them are conditions of
	// feasibility, which a claim on an optimum leaves open. They may not hold the
	// optimum: such a row would be a further term.
	case Optimum:
		return []settling{{Problem: s.OptimumOf(i, c.Terms, nil), proves: true, open: true}, reached(), bounded()}
	}
	// AtMost of a maximum, and AtLeastAll of a minimum, say that no point is better
	// than the terms: an implication. The other two say that the terms are reached, an
	// iff. Each is proved and refuted by the same theorem.
	one := bounded()
	if (c.Kind == AtMost) != s.Objective.Maximize {
		one = reached()
	}
	one.proves = true
	return []settling{one}
}

// reduced leaves one row of each orbit under the generators of a theorem, whether the file declares them or not. It reports false if they are no
// symmetries of the facts and rows of the file. The symmetry is taken from the
// certificate, as a prover may use fewer permutations than the file declares; that it
// is one is checked here on the facts of the file, and by the kernel on those of the
// theorem.
func (s *settling) reduced(generators [][]int32) bool {
	var list [][]int
	for _, g := range generators {
		// A permutation of another number of symbols is of another theorem. Without
		// this the image of a symbol could lie beyond the table.
		if len(g) != len(s.Symbols) {
			return false
		}
		to := each.Of(g, func(k int32) int { return int(k) })
		list = append(list, to)
	}
	actions := s.actions(list)
	// If actions is empty, because not all of them map facts to facts, Reduced changes
	// nothing and the last line says no.
	q, _, ok := s.Reduced(actions)
	if ok {
		s.Problem = q
	}
	return ok && len(actions) > 0
}

// fits compares by the bytes that certificates have of a theorem. These bytes are what
// the digest of a theorem is taken of, so that no difference is overlooked: names of
// symbols, their order and sort, order and scale of facts, rows, generators.
func (s settling) fits(f Finding) bool {
	// A theorem that would prove the claim says nothing if it was refuted, and the
	// other way round.
	if f.Proved && !s.proves || !f.Proved && !s.refutes {
		return false
	}
	t := s.Theorem()
	// Rows of the file come first, in its order; those of the certificate that stand
	// behind them are taken over into the theorem that is compared.
	if n := len(t.Rows); s.open && len(f.Theorem.Rows) >= n {
		for _, row := range f.Theorem.Rows[n:] {
			if !s.free && s.Optimum >= 0 && holds(row.Poly, s.Optimum) {
				return false
			}
			t.Rows = append(t.Rows, row)
		}
	}
	var a, b bytes.Buffer
	t.WriteLiteral(&a)
	f.Theorem.WriteLiteral(&b)
	return bytes.Equal(a.Bytes(), b.Bytes())
}

// holds reports whether a symbol stands in a polynomial, in any power.
func holds(p theorem.Poly, symbol int) bool {
	return slices.ContainsFunc(p, func(t theorem.Term) bool {
		for k := range t.M.Degree() {
			if t.M.Symbol(k) == symbol {
				return true
			}
		}
		return false
	})
}
