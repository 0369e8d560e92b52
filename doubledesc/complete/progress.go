package complete

// whole is a proof from the incidences; each claim that it comes to is a portion of it.
// A power of two, so that portions of portions stay integers for long.
const whole = 1 << 40

// start proves a claim that is all of what is to be proved. A proof over a part of the
// cone has its own.
func (p *prover) start(t *table) error {
	p.began, p.portion, p.done = p.work, whole, 0
	return p.prove(t)
}

// share proves all of what a claim comes to, in equal portions of it. How much work a
// claim takes is not known before; equal portions are as good a guess as any.
func (p *prover) share(count int, prove func(i int) error) error {
	portion, done := p.portion, p.done
	for i := range count {
		p.portion = portion / uint64(count)
		if err := prove(i); err != nil {
			return err
		}
		p.done = done + portion/uint64(count)*uint64(i+1)
	}
	// What rounding has left is made good.
	p.portion, p.done = portion, done+portion
	return nil
}

// hopeless reports whether so little has been proved with a quarter of the budget that the
// rest is not worth spending. Portions say only roughly how much that is: claims differ, and
// what is met again costs nothing. Of the proofs of bench/families that are completed none has
// less than four hundredths then; the metric polytopes, which take far too long, have two
// thousandths. Symmetric ones have a claim or two to look at first, of which all others
// are; so a quarter of a small budget says nothing.
func (p *prover) hopeless() bool {
	return p.work-p.began > max((p.budget-p.began)/4, leastTrial) && p.done < whole/100
}

const leastTrial = 6e6
