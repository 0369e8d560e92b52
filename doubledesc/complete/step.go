package complete

// step is a use of the lemma, of the claim or of that about the polar cone. For the
// polar cone the table is turned: rays are rows there.
type step struct {
	table *table
	plan  *plan
	parts [][]*table // the claims at the rays of the plan, if they have been opened
}

// take proves the premise of the lemma. First simple rays, all at once; then the claims
// at the others, one by one.
func (p *prover) take(s *step) error {
	before := p.work
	if err := p.simpleRays(s.table, s.plan.row); err != nil {
		return err
	}
	around := p.ends.around()
	// Looking up simple rays is bounded and tells nothing about how long the claims
	// will take; see hopeless.
	if p.portion == whole {
		p.began += p.work - before // it says nothing of what the others take
	}
	return p.share(len(s.plan.rays), func(k int) (err error) {
		var parts []*table
		// They were opened when steps were compared.
		if s.parts != nil {
			parts = s.parts[k]
		} else if parts, err = p.openAt(s.table, s.plan.rays[k], around); err != nil {
			return err
		}
		return p.proveParts(parts)
	})
}

// openAt returns the parts of the claim at a ray. The claim at a ray of a table is of
// one dimension less.
func (p *prover) openAt(t *table, ray int32, a *around) ([]*table, error) {
	// The ray itself is the apex there, and is gone from the list.
	at, err := p.at(t, int(ray), a)
	if err != nil {
		return nil, err
	}
	return p.open(at)
}

// Of two steps that promise to take about the same work both are opened, to look further:
// if the guesses are within this factor, and not small.
const (
	lookFurther  = 100
	notWorthLook = 10000
)

// nextStep chooses a step for a claim.
//
// The cheaper of two: as it stands, or about the polar cone. Guesses of costs are
// rough, and where both are large both are opened one level to guess better.
func (p *prover) nextStep(t *table) (*step, error) {
	turned := t.turn()
	a, b := &step{table: t, plan: t.plan()}, &step{table: turned, plan: turned.plan()}
	// Symmetries are verified on the claim that was chosen, only if that costs less
	// than it promises to save.
	if err := p.findSymmetries(t, min(a.plan.cost, b.plan.cost)); err != nil {
		return nil, err
	}
	if err := p.findAlikeBoth(a, b); err != nil {
		return nil, err
	}
	if len(t.symmetries) > 0 {
		a.plan, b.plan = t.plan(), turned.plan()
	}
	if a.plan.cost > b.plan.cost {
		a, b = b, a
	}
	// Small, or clear.
	if len(t.symmetries) == 0 || a.plan.cost < notWorthLook || a.plan.cost < b.plan.cost/lookFurther {
		return a, nil
	}
	// What look spends counts, whichever is taken.
	first, err := p.look(a)
	if err != nil {
		return nil, err
	}
	second, err := p.look(b)
	if err != nil {
		return nil, err
	}
	if second < first {
		return b, nil
	}
	return a, nil
}

// findAlikeBoth looks for symmetries that take the rays of the plans of a claim and of that about the polar
// cone to each other, if either plan has enough of them to make up for it.
func (p *prover) findAlikeBoth(a, b *step) error {
	t, turned := a.table, b.table
	turned.symmetries = t.turnedSymmetries()
	label := len(t.on) * (t.rows/2 + 4) // what it takes to order the rows, a few times
	if min(len(a.plan.rays), len(b.plan.rays)) < leastAlike || int64(label) > min(a.plan.cost, b.plan.cost) {
		return nil
	}
	if err := p.findAlike(t, a.plan.rays); err != nil {
		return err
	}
	// What takes rays to each other takes rows to each other, and the other way round.
	turned.symmetries = t.turnedSymmetries()
	if err := p.findAlike(turned, b.plan.rays); err != nil {
		return err
	}
	t.symmetries = turned.turnedSymmetries()
	return nil
}

// look opens the claims of a step and returns a guess of the work that they take. What
// has been opened is kept in the step, and so is not lost.
func (p *prover) look(s *step) (cost int64, err error) {
	s.parts = make([][]*table, len(s.plan.rays))
	for k, i := range s.plan.rays {
		if s.parts[k], err = p.openAt(s.table, i, nil); err != nil {
			return 0, err
		}
		for _, t := range s.parts[k] {
			// There may be none, of a claim that is false.
			if t.few() {
				return 0, errMissing
			}
			if err := p.spend(len(t.on), t.rows+20); err != nil {
				return 0, err
			}
			// Of each part the cheaper way, as nextStep would choose again.
			cost = min(cost+min(t.plan().cost, t.turn().plan().cost), mostCost)
		}
	}
	return cost, nil
}
