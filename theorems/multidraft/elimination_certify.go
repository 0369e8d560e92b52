package multidraft

import "pstar/certificate"

// Part returns the elimination as a part of a certificate, which holds one pair
// for each orbit. It panics if the elimination lists all pairs, or names lemmas
// in another order than that of their tags.
func (e *Elimination) Part() *certificate.Elimination {
	if !e.Orbits {
		panic("multidraft: a certificate lists one pair for each orbit")
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

func dropParts(drops []EliminationDrop) []certificate.EliminationDrop {
	list := make([]certificate.EliminationDrop, len(drops))
	for i, d := range drops {
		list[i] = certificate.EliminationDrop{Targets: uint64(d.FirstTargets), First: uint64(d.First), Second: uint64(d.Second)}
		for _, r := range d.Rows {
			list[i].Rows = append(list[i].Rows, certificate.EliminationTerm{
				Set: uint64(r.Set), Bound: r.Bound, Targets: uint64(r.Targets), Multiplier: 1})
		}
		for _, t := range d.Supports {
			list[i].Supports = append(list[i].Supports, certificate.EliminationTerm{Set: uint64(t), Multiplier: 1})
		}
	}
	return list
}
