package certificate

import (
	"fmt"
	"io"
)

// ContentionUniform is the family of the statements on equal probabilities, for all
// numbers of elements at once.
const ContentionUniform = "contention-uniform"

// UniformDocument is a certificate of the optimum of LP-SI for equal probabilities, for
// every number N of elements and every sum ρ ≤ N of their probabilities.
type UniformDocument struct {
	Claims    []Claim
	Odd, Even UniformProof
}

// UniformProof is a primal and a dual point of LP-SI for N = 2h+1 or N = 2h+2 elements of
// probability x = 1−q: one or two middle ones, and h on either side of them. Numbers
// come times D (those of the dual point, 2D), which is ρ + q^(h+1) or ρ(1+q) + 2q^(h+2).
// Only the forward order is given; the other is its mirror image.
type UniformProof struct {
	// Before, Middle and After have c_f. In Before and After, l is the distance to the
	// middle, from 1 to h.
	Before UniformTerms
	Middle []UniformTerms
	After  UniformTerms
	// EarlierBefore and EarlierAfter are x times the sum of the c_f that come earlier.
	EarlierBefore, EarlierAfter UniformTerms
	// The slack 1 − c_f − (x times the sum of earlier ones). Before and after the middle
	// its value for l = 0, and its increase from l to l+1.
	SlackBefore [2]UniformTerms
	SlackMiddle []UniformTerms
	SlackAfter  [2]UniformTerms
	// DualMiddle and DualAfter have y_f, which is 0 before the middle. In DualAfter, l is
	// the number of elements that come later, from 0 to h−1; and Later is x times the
	// sum of their y_f.
	DualMiddle []UniformTerms
	DualAfter  UniformTerms
	Later      UniformTerms
}

// Tags of the claims for all N, besides tagUniform, tagUnitUpper and tagKnapsackUpper.
const tagUnitLimit = "CRS-T1.3"

// Derive returns the claims that d establishes if the checker accepts it.
func (d *UniformDocument) Derive() []Claim {
	return []Claim{{tagUniform, Proved}, {tagUnitLimit, Concluded}, {tagUnitUpper, Concluded}, {tagKnapsackUpper, Concluded}}
}

// Write writes d as one JSON document; see [Document.Write].
func (d *UniformDocument) Write(w io.Writer) error {
	return write(w, func(e *encoder) {
		e.open(ContentionUniform)
		e.text("}")
		e.claims(d.Claims)
		e.text(",\n\"odd\":{")
		e.uniformProof(&d.Odd)
		e.text("},\n\"even\":{")
		e.uniformProof(&d.Even)
		e.text("}")
	})
}

func (e *encoder) uniformProof(p *UniformProof) {
	for k, m := range []struct {
		name string
		one  UniformTerms
		many []UniformTerms // in place of one
	}{
		{"before", p.Before, nil}, {"middle", nil, p.Middle}, {"after", p.After, nil},
		{"earlier-before", p.EarlierBefore, nil}, {"earlier-after", p.EarlierAfter, nil},
		{"slack-before", nil, p.SlackBefore[:]}, {"slack-middle", nil, p.SlackMiddle}, {"slack-after", nil, p.SlackAfter[:]},
		{"dual-middle", nil, p.DualMiddle}, {"dual-after", p.DualAfter, nil}, {"later", p.Later, nil},
	} {
		if k > 0 {
			e.text(",\n")
		}
		e.text("\"" + m.name + "\":")
		if m.many != nil {
			e.manyTerms(m.many)
		} else {
			e.terms(m.one)
		}
	}
}

// uniformFamily checks documents for all N.
type uniformFamily struct{}

func (f *uniformFamily) readStatement(*reader) {}

func (f *uniformFamily) checkParts(r *reader) {
	r.member("odd", func() { r.object(func() { newUniformParity(r, 1).check() }) })
	r.member("even", func() { r.object(func() { newUniformParity(r, 2).check() }) })
}

// A uniformParity checks the proof for N = 2h + middles.
type uniformParity struct {
	r            *reader
	middles      int
	x            form
	scale, value form // the optimum is value/scale
}

func newUniformParity(r *reader, middles int) *uniformParity {
	q, last := symbol(symbolQ), symbol(symbolLast)
	u := &uniformParity{r: r, middles: middles, x: complement(symbolQ)}
	n := form{}.plus(symbol(symbolH), 2).plus(constant(1), int64(middles))
	u.value = constant(1)
	u.scale = q.times(r, last) // q^(h+1)
	if middles == 2 {
		u.value = u.value.plus(q, 1)
		u.scale = form{}.plus(q.times(r, u.scale), 2)
	}
	u.scale = u.scale.plus(n.times(r, u.x).times(r, u.value), 1)
	return u
}

// same rejects unless both polynomials are the same.
func (u *uniformParity) same(what string, found, want form) {
	if !found.equals(want) {
		u.r.rejectNext("%s: the polynomials differ", what)
	}
}

// terms reads a member that is one sum of terms, many one that is a list of them.
func (u *uniformParity) terms(name string, signed bool) (f form) {
	u.r.member(name, func() { f = u.r.terms(signed) })
	return f
}

func (u *uniformParity) many(name string, n int) (list []form) {
	u.r.member(name, func() { list = u.r.manyTerms(n) })
	return list
}

// atMiddle reads the middle entries of a point, which are free of P and l.
func (u *uniformParity) atMiddle(name string) []form {
	list := u.many(name, u.middles)
	for _, f := range list {
		if !f.fixed() {
			u.r.rejectNext("the middle depends on l")
		}
	}
	return list
}

func (u *uniformParity) check() {
	u.primal()
	u.dual()
}

// primal checks that c is feasible and gives every element twice the value in both
// orders together. Sums are proved by their first value and their step.
func (u *uniformParity) primal() {
	r := u.r
	before, middle, after := u.terms("before", false), u.atMiddle("middle"), u.terms("after", false)
	u.same("c_f + c_b beside the middle", before.plus(after, 1), form{}.plus(u.value, 2))
	for a := range middle {
		u.same("c_f + c_b in the middle", middle[a].plus(middle[u.middles-1-a], 1), form{}.plus(u.value, 2))
	}
	earlier := u.terms("earlier-before", true)
	u.same("the first element has none before it", earlier.last(r), form{})
	u.same("a step before the middle", earlier, earlier.next(r).plus(u.x.times(r, before.next(r)), 1))
	sum := []form{earlier.first(r)} // before each middle one, and after the last
	for a := range middle {
		sum = append(sum, sum[a].plus(u.x.times(r, middle[a]), 1))
	}
	later := u.terms("earlier-after", true)
	u.same("the first element after the middle", later.next(r).first(r), sum[u.middles])
	u.same("a step after the middle", later.next(r), later.plus(u.x.times(r, after), 1))

	u.slack("slack-before", before.plus(earlier, 1))
	for a, f := range u.many("slack-middle", u.middles) {
		u.same("slack in the middle", f, u.scale.plus(middle[a], -1).plus(sum[a], -1))
	}
	u.slack("slack-after", after.plus(later, 1))
}

// slack checks that D less what is used is nonnegative, by induction on l.
func (u *uniformParity) slack(name string, used form) {
	s := u.scale.plus(used, -1)
	proof := u.many(name, 2)
	u.same(name+" for l = 0", proof[0], s.first(u.r))
	u.same(name+", step", proof[1], s.next(u.r).plus(s, -1))
}

// dual checks that y with ξ(i)/2 = y(i) + x Σ_{later} y, which must be the same in both
// orders, is a dual point of the same value.
func (u *uniformParity) dual() {
	r := u.r
	middle, after, later := u.atMiddle("dual-middle"), u.terms("dual-after", false), u.terms("later", true)
	u.same("the last element has none after it", later.first(r), form{})
	u.same("a step from the end", later.next(r), later.plus(u.x.times(r, after), 1))
	sum := later.last(r) // x times the sum of y after a middle one
	var xi form
	for a := u.middles - 1; a >= 0; a-- {
		here := middle[a].plus(sum, 1)
		if xi == nil {
			xi = here
		}
		u.same("ξ in the middle", here, xi)
		sum = sum.plus(u.x.times(r, middle[a]), 1)
	}
	u.same("ξ beside the middle", after.plus(later, 1), sum)
	u.same("the value of the dual point", sum, u.x.times(r, u.value))
	u.same("the sum of ξ", form{}.plus(symbol(symbolH).times(r, sum), 2).plus(xi, int64(u.middles)), u.scale)
}

func (f *uniformFamily) finish() Report {
	t := &telling{name: ContentionUniform + " for all N"}
	t.lines = []string{
		"Elements are active independently and arrive forward or backward, each with probability 1/2; one may be accepted. Let N of them be active with probability rho/N each, 0 <= rho <= N.",
		"The identities of the document prove the optimum of the linear program LP-SI; what is concluded follows from it by the estimates of FORMAT.md, section 11.5.",
	}
	t.detail = []string{fmt.Sprintf("proved for N = 2h+1 and N = 2h+2, every h >= 0, as identities of polynomials in %d symbols", symbols)}
	return t.report(new(UniformDocument).Derive(), map[string]string{
		tagUniform:       "for every N and rho, with q = 1 - rho/N, the best guarantee of any scheme is 1/(rho + q^((N+1)/2)) for N odd and 1/(rho + q^(N/2+1)/(1 - rho/(2N))) for N even.",
		tagUnitLimit:     "for every rho > 0 it tends to e^(rho/2)/(1 + rho e^(rho/2)) as N grows over the odd numbers, so that no larger guarantee holds for all instances with this sum of probabilities.",
		tagUnitUpper:     "for every odd N it is at most e^(rho/2)/(1 + rho e^(rho/2)) + (rho+2)/N.",
		tagKnapsackUpper: "no guarantee larger than 1/(2 + 1/e) holds for all instances of the knapsack problem with mean sizes of sum 1.",
	})
}
