package witness

import (
	"slices"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/witness/internal/proof"
	"pstar/witness/internal/script"
)

// ContentionInstance is what a document says of numbers; each part may be nil. Of rations that
// are refuted nothing is claimed beside a unit, whose probabilities are the supplies that the
// agents take: other supplies might do.
type ContentionInstance struct {
	Unit    *UnitOptimum
	Choice  *FeasibleChoice
	Rations *Rations
}

// Contention returns the document of the builder "contention" that proves what its claims with
// these tags say for all instances, and what holds of an instance. Claims that rest on the same
// theorems are in it too. The error is an [*Unwritable]. Theorems for all instances have
// written proofs, in a language of their own; those of the instance are made of its numbers.
func Contention(tags []string, i ContentionInstance) (Proof, error) {
	// The theorems of the instance are those that the checker makes of it, with its
	// digests.
	s, err := proof.Read(i.statement)
	if err != nil {
		return nil, &Unwritable{"the format cannot hold it: " + err.Error()}
	}
	// Not written, lest the checker refuse what the command says.
	if c := i.Choice; c != nil && !c.Unclaimed && !c.shown() {
		return nil, &Unwritable{"a choice that Definition 5 does not certify, or by so little that no bound of an exponential in the format shows it, has no certificate"}
	}
	texts, all := statement.Contention()
	proved := map[int]bool{}
	for _, c := range all {
		// A theorem may serve several claims, and is proved once.
		for _, k := range c.Theorems {
			proved[k] = proved[k] || slices.Contains(tags, c.Tag)
		}
	}
	// In the order of the builder, whatever the order of tags.
	var claims [][2]string
	for _, c := range all {
		// A claim whose theorems are all there is made by the checker, whether it was asked for
		// or not.
		if !slices.ContainsFunc(c.Theorems, func(k int) bool { return !proved[k] }) {
			claims = append(claims, [2]string{c.Tag, c.Status})
		}
	}
	return proof.Document(i.statement, append(claims, i.claims()...), func(w *proof.Writer) {
		for k := range texts {
			// Theorems that no claim rests on are left out: the document is shorter, and
			// checked sooner.
			if proved[k] {
				t, names := statement.ContentionTheorem(k)
				w.Proof(k, t, func() { script.Run(w, t, names, contentionProofs()[t.Name]) }, nil)
			}
		}
		i.proofs(w, len(texts), s)
	}), nil
}

// statement writes the members: the parts that are there, in the order that the format
// wants.
func (i ContentionInstance) statement(w *proof.Writer) {
	w.Member("builder")
	w.Text("contention")
	if u := i.Unit; u != nil {
		w.Numbers("x", u.X)
		w.Member("value")
		w.Rat(u.Value.Big())
	}
	if c := i.Choice; c != nil {
		w.Member("choice")
		w.Open('{')
		w.Numbers("means", c.Means)
		w.Numbers("forward", c.Orders[0])
		w.Numbers("backward", c.Orders[1])
		w.Close('}')
		// Values and probabilities, in pairs, element by element.
		if c.Sizes != nil {
			w.List("sizes", func() {
				for _, element := range c.Sizes {
					w.Open('[')
					for _, s := range element {
						w.Open('[')
						w.Rat(s[0].Big())
						w.Rat(s[1].Big())
						w.Close(']')
					}
					w.Close(']')
				}
			})
		}
	}
	if i.Rations != nil {
		i.Rations.statement(w)
	}
}

// claims are those of the instance.
func (i ContentionInstance) claims() (list [][2]string) {
	if i.Unit != nil {
		list = append(list, [2]string{"CRS-LP", "checked"})
	}
	if c := i.Choice; c != nil && !c.Unclaimed {
		list = append(list, [2]string{"CRS-D5", "checked"})
	}
	if c := i.Choice; c != nil && c.Sizes != nil {
		list = append(list, [2]string{"CRS-T4.1", "checked"})
	}
	if r := i.Rations; r != nil {
		status := "checked"
		// No plan, but prices: the targets are refuted.
		if r.Parts == nil {
			status = "refuted"
		}
		list = append(list, [2]string{"CRS-D4", status})
		if r.Largest != nil {
			list = append(list, [2]string{"CRS-D4-largest", "checked"})
		}
		if r.Served != nil {
			list = append(list, [2]string{"CRS-T1.1", "checked"})
		}
	}
	return list
}

// proofs writes the proofs of the theorems of the instance, of which the first has this number.
func (i ContentionInstance) proofs(w *proof.Writer, first int, s kernel.Statement) {
	// Theorems of the instance follow each other as the parts do.
	if i.Unit != nil {
		p := &unitProof{Writer: w, UnitOptimum: i.Unit, n: len(i.Unit.X)}
		w.Proof(first, s.Theorem(first), p.rows, p.exists)
		first++
	}
	if i.Choice != nil {
		p := &choiceProof{Writer: w, FeasibleChoice: i.Choice, theorem: s.Theorem(first)}
		// The theorem is there all the same, and has a number; only its proof is left out.
		if !i.Choice.Unclaimed {
			w.Proof(first, p.theorem, p.rows, nil)
		}
		if first++; i.Choice.Sizes != nil {
			w.Proof(first, s.Theorem(first), func() {}, nil) // its rows are numbers
			first++
		}
	}
	// The last part, with one theorem or up to three.
	if i.Rations != nil {
		i.Rations.proofs(w, first, s)
	}
}

// ContentionTexts are the words of the claims that hold for all instances, by tag.
func ContentionTexts() map[string]string {
	_, claims := statement.Contention()
	texts := map[string]string{}
	for _, c := range claims {
		texts[c.Tag] = c.Text
	}
	return texts
}
