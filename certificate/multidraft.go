package certificate

import (
	"math"
	"math/big"
)

// Limits of a statement of the family multidraft.
const (
	MaxTokens = 62
	MaxDrafts = 64
	maxPower  = 64
)

// multidraft checks documents on multi-draft speculative sampling.
type multidraft struct {
	statement Statement
	supports  *supports
	evidence  evidence
	report    Report
}

// readStatement reads the members of the statement that follow the family.
func (f *multidraft) readStatement(r *reader) {
	f.statement.Family = Multidraft
	r.member("k", func() { f.statement.K = int(r.size(2, MaxDrafts)) })
	r.member("n", func() { f.statement.N = int(r.size(2, MaxTokens)) })
	if count := countSupports(f.statement.K, f.statement.N); count.Cmp(big.NewInt(MaxSupports)) > 0 {
		r.beyondLast("there are %s supports; the limit is %d", count, MaxSupports)
	}
	r.member("exponent", func() { f.statement.Exponent = int(r.size(1, maxPower)) })
}

// checkParts reads the proof parts, each optional, in their order.
func (f *multidraft) checkParts(r *reader) {
	f.supports = newSupports(f.statement.K, f.statement.N)
	f.evidence.feasibility = r.optional("feasibility", func() {
		f.report.FeasibilityRays = conePart(r, feasibilitySystem(f.supports))
	})
	f.evidence.optimum = r.optional("optimum", func() {
		f.report.OptimumRays = conePart(r, optimumSystem(f.supports))
	})
	elimination := r.optional("elimination", func() {
		feasible, optimum, drops := eliminationPart(r, f.supports)
		f.evidence.feasibility = f.evidence.feasibility || feasible
		f.evidence.optimum = f.evidence.optimum || optimum
		f.report.EliminationDrops = drops
	})
	f.evidence.identity = r.optional("identity", func() {
		identityPart(r, f.statement, f.supports)
	})
	instances := r.optional("instances", func() { f.instances(r) })
	f.evidence.counterexample = r.optional("counterexample", func() {
		if f.evidence.feasibility || f.evidence.optimum || elimination || f.evidence.identity || instances {
			r.rejectNext("a counterexample stands alone")
		}
		f.report.Refutation = f.counterexamplePart(r)
	})
}

// instances reads the nonempty list of instances.
func (f *multidraft) instances(r *reader) {
	f.report.Instances = make(map[string]int)
	n := r.list(math.MaxInt, func(int) {
		r.object(func() {
			model := f.instanceMembers(r).model
			f.report.Instances[model]++
			if model == IID {
				f.evidence.iid++
			} else {
				f.evidence.other++
			}
		})
	})
	if n == 0 {
		r.rejectNext("the list of instances is empty")
	}
}

// finish derives the claims and the report.
func (f *multidraft) finish() Report {
	f.report.Statement = f.statement
	f.report.Supports = len(f.supports.sets)
	f.report.Claims = f.evidence.claims(f.statement)
	return f.report
}
