package certificate

// elimination writes the stages.
func (e *encoder) elimination(x *Elimination) {
	e.list(len(x.Stages), ",\n", func(i int) {
		stage := &x.Stages[i]
		e.text("{\"lemma\":")
		e.quoted(stage.Lemma)
		e.text(",\"steps\":")
		e.list(len(stage.Steps), ",\n", func(j int) {
			step := &stage.Steps[j]
			e.text("{\"support\":")
			e.integer(int64(step.Support))
			e.text(",\"token\":")
			e.integer(int64(step.Token))
			e.text(",\"drops\":[")
			if step.Drops != nil {
				separator := ""
				for d := range step.Drops {
					if _, err := e.out.Write(nil); err != nil {
						return // there may be much to come that nobody reads
					}
					e.text(separator)
					e.eliminationDrop(stage.Lemma, &d)
					separator = ",\n"
				}
			}
			e.text("]}")
		})
		e.text("}")
	})
}

func (e *encoder) eliminationDrop(lemma string, d *EliminationDrop) {
	e.text("[")
	if lemma == lemmaOptimum {
		e.integer(int64(d.Targets))
		e.text(",")
	}
	e.integer(int64(d.First))
	e.text(",")
	e.integer(int64(d.Second))
	e.text(",")
	e.eliminationTerms(d.Rows)
	e.text(",")
	e.eliminationTerms(d.Supports)
	e.text("]")
}

func (e *encoder) eliminationTerms(terms []EliminationTerm) {
	e.list(len(terms), ",", func(i int) {
		e.text("[")
		e.integer(int64(terms[i].Set))
		e.text(",")
		if terms[i].Bound {
			e.integer(int64(terms[i].Targets))
			e.text(",")
		}
		e.integer(terms[i].Multiplier)
		e.text("]")
	})
}
