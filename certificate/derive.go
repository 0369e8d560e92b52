package certificate

// Tags of the statements that a document of the family multidraft may claim.
const (
	tagEqualPrograms = "MD-T1"
	tagFeasibility   = "MD-T2"
	tagOptimum       = "MD-T3"
	tagJointLaws     = "MD-T4"
)

// evidence is what the proof parts of a document amount to.
type evidence struct {
	feasibility, optimum, identity bool // the part is there
	iid, other                     int  // number of instances by draft model
	counterexample                 bool
}

// claims derives the claims that evidence establishes for the statement, sorted
// by tag. FORMAT.md, "Derived claims", has the arguments.
func (v evidence) claims(s Statement) []Claim {
	var claims []Claim
	add := func(tag, status string) { claims = append(claims, Claim{tag, status}) }
	if v.counterexample {
		add(tagFeasibility, Refuted)
		add(tagOptimum, Refuted)
		return claims
	}
	if s.Exponent != s.K {
		return nil
	}
	if v.iid > 0 {
		add(tagEqualPrograms, Checked)
	}
	for _, c := range []struct {
		tag  string
		cone bool
	}{{tagFeasibility, v.feasibility}, {tagOptimum, v.optimum}} {
		switch {
		case c.cone && v.identity:
			add(c.tag, Proved)
		case v.iid > 0:
			add(c.tag, Checked)
		}
	}
	if v.other > 0 {
		add(tagJointLaws, Checked)
	}
	return claims
}

// Derive returns the claims that the parts of d establish if the checker accepts
// them: what a prover has to put into d.Claims.
func (d *Document) Derive() []Claim {
	v := evidence{
		feasibility:    d.Feasibility != nil || d.Elimination.has(lemmaFeasible),
		optimum:        d.Optimum != nil || d.Elimination.has(lemmaSelected) && d.Elimination.has(lemmaOptimum),
		identity:       d.Identity != nil,
		counterexample: d.Counterexample != nil,
	}
	for i := range d.Instances {
		if d.Instances[i].Drafts.Model == IID {
			v.iid++
		} else {
			v.other++
		}
	}
	return v.claims(d.Statement)
}

// has says whether a stage with this lemma is there.
func (x *Elimination) has(lemma string) bool {
	if x == nil {
		return false
	}
	for _, stage := range x.Stages {
		if stage.Lemma == lemma {
			return true
		}
	}
	return false
}
