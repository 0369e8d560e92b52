package certificate

import "strconv"

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

// eliminationDrop writes a drop in one piece: there are many, and they are short.
func (e *encoder) eliminationDrop(lemma string, d *EliminationDrop) {
	b := append(e.scratch[:0], '[')
	if lemma == lemmaOptimum {
		b = append(strconv.AppendUint(b, d.Targets, 10), ',')
	}
	b = append(strconv.AppendUint(b, d.First, 10), ',')
	b = append(strconv.AppendUint(b, d.Second, 10), ',')
	b = append(appendTerms(b, d.Rows), ',')
	e.scratch = append(appendTerms(b, d.Supports), ']')
	e.flush()
}

func appendTerms(b []byte, terms []EliminationTerm) []byte {
	b = append(b, '[')
	for i, t := range terms {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendUint(append(b, '['), t.Set, 10), ',')
		if t.Bound {
			b = append(strconv.AppendUint(b, t.Targets, 10), ',')
		}
		b = append(strconv.AppendInt(b, t.Multiplier, 10), ']')
	}
	return append(b, ']')
}
