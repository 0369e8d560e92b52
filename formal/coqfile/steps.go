package coqfile

// steps writes a list of steps, and its end. A rule has a number from 1 on; 0 ends the
// list.
func (p *proofWriter) steps(n node) error {
	// The first fault ends it: what has been written until then is thrown away.
	for _, step := range n.list {
		if err := p.step(step); err != nil {
			return err
		}
	}
	p.int(0)
	return nil
}

// step writes one step by the number of its rule, which formal/checker/integers.v has
// too. Rules that the checker does not know are errors: their documents cannot be
// written.
func (p *proofWriter) step(n node) error {
	// Each rule has its members in the order in which the checker reads them. Tags 1 to
	// 6 are those of combine and define, whose forms count apart.
	switch rule := n.members["rule"].text; rule {
	case "combine":
		p.combine(n)
	case "define":
		return p.define(n)
	case "sort":
		// 7 and so on are the tags of the checker's type of steps.
		p.int(7)
		// Symbols have references as facts have, from 1 on.
		p.references(n.members["symbols"].list)
		return p.steps(n.members["steps"])
	case "split":
		p.int(8)
		p.polyNode(n.members["on"])
		if err := p.steps(n.members["nonnegative"]); err != nil {
			return err
		}
		return p.steps(n.members["negative"])
	case "dualise":
		return p.dualise(n)
	case "witness":
		return p.witness(n)
	case "invariant":
		p.int(11)
		p.factNodes(n.members["facts"])
		if err := p.steps(n.members["start"]); err != nil {
			return err
		}
		return p.steps(n.members["step"])
	case "project":
		p.int(12)
		p.elements(n.members["eliminate"].list)
		return p.steps(n.members["steps"])
	case "image":
		p.int(13)
		p.symbol(n.members["row"].int())
		p.references(n.members["by"].list)
	case "generate":
		p.int(14)
		p.references(n.members["symbols"].list)
		p.references(n.members["facts"].list)
	case "prefix":
		p.prefix(n)
	case "block":
		// Facts have references from 1 on, too.
		p.int(17)
		p.references(n.members["facts"].list)
		return p.steps(n.members["steps"])
	case "exponential":
		return p.exponential(n)
	default:
		return unknown("the rule " + rule)
	}
	return nil
}

// exponential writes one of three tags, and what the kind is of.
func (p *proofWriter) exponential(n node) error {
	// The theorem that is written would be about fields in which there is an exponential.
	if t := p.theorem; len(t.Exponentials) == 0 && (t.Process == nil || len(t.Process.Exponentials) == 0) {
		return unknown("the rule exponential in a theorem without exponentials")
	}
	of := n.members["of"].list
	switch n.members["as"].text {
	case "symbol":
		p.int(18)
		p.polyNode(of[0])
	case "bound":
		// Half of the terms, so that their number is even.
		p.int(19)
		p.symbol(of[0].int())
		p.int(int64(of[1].int() / 2))
	case "product":
		p.int(20)
		p.references(of[0].list)
		p.references(of[1].list)
	}
	return nil
}

// goal writes one of two tags, for a goal of the scope and for a new one, and the goal.
// A new goal is a fact that is written out.
func (p *proofWriter) goal(goal node, old, added int64) {
	// The lists of JSON tell them apart: a number has none.
	if goal.list != nil {
		p.int(added)
		p.factNode(goal)
	} else {
		p.int(old)
		p.symbol(goal.int())
	}
}

// prefix writes the two references of each side and the tokens in their order, with the
// range of prefixes as its first number and its length.
func (p *proofWriter) prefix(n node) {
	// Two tags, as a goal of the scope has a number and a new one is written out.
	p.goal(n.members["goal"], 15, 16)
	p.each(n.members["x"].list)
	p.each(n.members["y"].list)
	// First and last prefix.
	bounds := n.members["bounds"].list
	first, last := bounds[0].int(), bounds[1].int()
	p.symbol(first)
	p.bool(last > first)
	if last > first {
		p.int(int64(last - first))
	}
	p.references(n.members["order"].list)
}

// combine writes the goal, its factor, what divides it, and the sums.
func (p *proofWriter) combine(n node) {
	p.goal(n.members["goal"], 1, 2)
	// The goal times this number is what the sums make; 1 if it is not there.
	p.factor(n, "times")
	p.references(n.members["by"].list)
	p.sums(n)
	// An equation may be shown by two sums.
	p.bool(n.has("converse"))
	if n.has("converse") {
		p.sums(n.members["converse"])
	}
}

// sums writes products and equations.
func (p *proofWriter) sums(n node) {
	// Each product is a factor and references.
	// Members that are not there are empty lists.
	products := n.members["products"].list
	p.int(int64(len(products)))
	for _, f := range products {
		p.term(f.list[0].rat(), len(f.list)-1)
		p.each(f.list[1:])
	}
	equations := n.members["equations"].list
	p.int(int64(len(equations)))
	for _, e := range equations {
		// An equation has a polynomial for a factor.
		p.polyNode(e.list[0])
		p.symbol(e.list[1].int())
		// A third number is the last of a run of equations with the same factor.
		p.bool(len(e.list) > 2)
		if len(e.list) > 2 {
			p.int(int64(e.list[2].int() - e.list[1].int()))
		}
	}
}

// define writes what the new symbol is; of roots the proof takes note, as they need
// another kind of field.
func (p *proofWriter) define(n node) error {
	// Each form of define has a tag.
	of := n.members["of"].list
	switch kind := n.members["as"].text; kind {
	case "term":
		p.int(3)
		p.polyNode(of[0])
	case "min":
		p.int(4)
		p.polyNode(of[0])
		p.polyNode(of[1])
		// Pairs of references to facts.
		joins := n.members["joins"].list
		p.int(int64(len(joins)))
		for _, j := range joins {
			p.reference(j.list[0])
			p.reference(j.list[1])
		}
	case "quotient":
		p.int(5)
		p.polyNode(of[0])
		p.reference(of[1])
	case "root":
		// Whether roots occur decides which fields the theorem is about.
		p.int(6)
		p.reference(of[0])
		p.roots = true
	default:
		return unknown("define as " + kind)
	}
	return nil
}

// dualise writes one proof, or two where a fact is strict.
func (p *proofWriter) dualise(n node) error {
	p.int(9)
	if err := p.steps(n.members["steps"]); err != nil {
		return err
	}
	// A theorem without strict facts has one case.
	p.bool(n.has("strict"))
	if !n.has("strict") {
		return nil
	}
	return p.steps(n.members["strict"])
}

// witness writes the values of symbols over a common factor.
func (p *proofWriter) witness(n node) error {
	p.int(10)
	// Unknowns that have none are 0.
	values := n.members["values"].list
	p.int(int64(len(values)))
	for _, v := range values {
		p.symbol(v.list[0].int())
		p.polyNode(v.list[1])
	}
	p.factor(n, "over")
	return p.steps(n.members["steps"])
}

// elements writes what project does with each unknown. An unknown goes by an equation,
// or by pairs of rows: then all that are kept are named, and each other is shown to
// follow.
func (p *proofWriter) elements(list []node) {
	p.int(int64(len(list)))
	for _, n := range list {
		p.symbol(n.members["symbol"].int())
		p.rows(n.members["equal"].list)
		// By pairs of rows, unless an equation eliminated the symbol.
		p.bool(n.has("kept"))
		if n.has("kept") {
			// Pairs that are kept become rows; each other follows from these.
			kept, dropped := n.members["kept"].list, n.members["dropped"].list
			p.int(int64(len(kept)))
			for _, pair := range kept {
				p.each(pair.list)
			}
			p.int(int64(len(dropped)))
			for _, proof := range dropped {
				p.shown(proof)
			}
		}
		// Rows that are taken out after the step.
		p.rows(n.members["redundant"].list)
	}
}

// rows writes rows and their proofs.
func (p *proofWriter) rows(list []node) {
	p.int(int64(len(list)))
	for _, r := range list {
		p.symbol(r.list[0].int())
		p.shown(r.list[1])
	}
}

// shown writes numbers and rows, or facts. A number and a reference for each summand.
func (p *proofWriter) shown(n node) {
	p.int(int64(len(n.list)))
	for _, t := range n.list {
		p.num(t.list[0])
		p.reference(t.list[1])
	}
}
