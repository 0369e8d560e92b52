package cell

import (
	"iter"

	"pstar/certificate"
)

// Part returns the elimination as a part of a certificate, which holds one pair
// for each orbit; the drops are computed when it is written. It panics if the
// elimination lists all pairs, or names lemmas in another order than that of
// their tags.
func (e *Elimination) Part() *certificate.Elimination {
	if !e.Orbits {
		panic("cell: a certificate lists one pair for each orbit")
	}
	part := &certificate.Elimination{}
	for _, stage := range e.Stages {
		s := certificate.EliminationStage{Lemma: string(stage.Lemma)}
		for _, step := range stage.Steps {
			s.Steps = append(s.Steps, certificate.EliminationStep{
				Support: uint64(step.Support), Token: step.Token + 1, Drops: dropParts(step.Drops)})
		}
		part.Stages = append(part.Stages, s)
	}
	return part
}

func dropParts(drops iter.Seq[EliminationDrop]) iter.Seq[certificate.EliminationDrop] {
	return func(yield func(certificate.EliminationDrop) bool) {
		for d := range drops {
			part := certificate.EliminationDrop{Targets: uint64(d.FirstTargets), First: uint64(d.First), Second: uint64(d.Second)}
			for _, r := range d.Rows {
				part.Rows = append(part.Rows, certificate.EliminationTerm{
					Set: uint64(r.Set), Bound: r.Bound, Targets: uint64(r.Targets), Multiplier: 1})
			}
			for _, t := range d.Supports {
				part.Supports = append(part.Supports, certificate.EliminationTerm{Set: uint64(t), Multiplier: 1})
			}
			if !yield(part) {
				return
			}
		}
	}
}
