package knapsack

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
)

// A Report is what the theorems say of an instance and a choice, verified on them.
type Report struct {
	Elements []Element
	Means    []rational.Rat
	Choice   contention.Choice
	Law      *Law // of Algorithm 3; nil if it is too large to compute
	Findings theorems.Claims

	hard    int
	rounded bool // a variant of Algorithm 3 attains the choice, with sizes rounded up
	stopped bool // before all was settled
}

// Verify verifies on the instance that the choice is feasible (CRS-D5) and that
// Algorithm 3 attains it (CRS-T4.1), and proves what holds for all instances; without a choice it is that of
// CRS-L4.4, which is then verified too. The only error is the end of ctx, with a report of what was found until then; what does not
// hold is a finding. It panics if the instance or the choice is not valid.
//
// What is known is told in the strongest words that are earned: checked where the law of Algorithm 3 is exact, concluded by CRS-T4.1
// or by Lemma 4.2 where it is not, refuted only where enclosures show that the choice is not attained, undecided else.
func Verify(ctx context.Context, elements []Element, choice *contention.Choice) (*Report, error) {
	r := &Report{Elements: elements, Means: Means(elements)}
	if choice != nil {
		r.Choice = *choice
	} else {
		r.Choice = PhiChoice(r.Means)
	}
	// Sufficient, and decided first: what it certifies is attained whatever the enumeration can do.
	wrong := violations(Definition5(r.Means, r.Choice))
	var steps *induction // the proof speaks of choices of Definition 5
	if wrong == nil {
		steps = newInduction(elements, r.Choice)
	}
	law, err := run(ctx, elements, r.Choice, steps)
	if wrong != nil && errors.Is(err, ErrTooLarge) {
		// Too many loads, and no theorem for the choice: on a grid there are few enough.
		rounded, again := RunRounded(ctx, elements, r.Choice)
		r.rounded = again == nil && rounded.Confirms(r.Choice) == nil
	}
	if ctx.Err() != nil {
		r.interrupted(wrong)
		return r, context.Cause(ctx)
	}
	r.Law = law
	r.attained(wrong, err)
	// The lines of the proof are decided on exact laws only; an enclosure would leave some open.
	if steps != nil && law != nil && law.Exact {
		steps.report(&r.Findings, law)
	}
	if choice == nil {
		var err error
		// 4/9 − m/9 for mean sizes of sum m ≤ 1.
		if g := r.Choice.Guarantee(); g.Cmp(rational.NewRat(1, 3)) < 0 {
			err = fmt.Errorf("it guarantees %s", g)
		}
		r.Findings.Add(err, "CRS-L4.4", theorems.Checked, "the choice by φ guarantees at least 1/3")
	}
	contention.Prove(&r.Findings, Tags...)
	return r, nil
}

// interrupted says what is known before the loads are enumerated: whether Definition 5 certifies the choice, which, for one
// that it does not certify, settles nothing.
func (r *Report) interrupted(wrong error) {
	r.stopped = true
	if wrong == nil {
		r.Findings.Add(nil, "CRS-D5", theorems.Checked, "the choice is feasible")
	}
	contention.Unsettled(&r.Findings, contention.KnapsackRows, "CRS-D5", "CRS-T4.1")
	contention.Prove(&r.Findings, Tags...)
}

// VerifyHard is [Verify] for [Hard] and the choice of CRS-L4.4, with CRS-T1.5 for this m.
//
// The instance is small, with one size only, so that all of it is checked exactly.
func VerifyHard(ctx context.Context, m int) (*Report, error) {
	r, err := Verify(ctx, Hard(m), nil)
	if err != nil {
		return r, err
	}
	r.hard = m
	// On these instances the knapsack problem is the single-unit one, whose closed form is known.
	value, point := HardValue(m), hardPoint(m)
	err = point.Verify(ctx)
	if ctx.Err() != nil {
		r.stopped = true
		contention.Unsettled(&r.Findings, contention.KnapsackRows, "CRS-T1.5")
		return r, context.Cause(ctx)
	}
	// The bound of CRS-T1.5 is approached from above.
	if err == nil && (!point.Value.Equal(value) || single.CompareAlpha(value, two) < 0) {
		err = fmt.Errorf("it is below 1/(2 + 1/e)")
	}
	r.Findings.Add(err, "CRS-LP", theorems.Checked, "the best guarantee of any scheme here is LPOPT = %s", contention.Decimal(value))
	contention.Prove(&r.Findings, hardTags...)
	gap := enclose.RealOf(value).Sub(single.Alpha(two))
	r.Findings.Add(err, "CRS-T1.5", theorems.Checked, "no two elements fit together, so the best guarantee here is LPOPT ≈ %s, above 1/(2 + 1/e) by a number %s; the gap falls to 0 as m grows, by CRS-U",
		contention.Decimal(value), contention.Enclosed(gap))
	return r, nil
}

// hardPoint is the single-unit problem that [Hard] amounts to.
func hardPoint(m int) *single.Unit { return single.UniformPoint(2*m+1, hardRho(m)) }

// violations is an error that lists them, or nil.
func violations(list []Violation) error {
	if len(list) == 0 {
		return nil
	}
	var texts []string
	// A choice of hundreds of elements may violate hundreds of conditions.
	const most = 4
	for _, v := range list[:min(most, len(list))] {
		texts = append(texts, v.String())
	}
	if more := len(list) - most; more > 0 {
		texts = append(texts, fmt.Sprintf("and %d more", more))
	}
	return errors.New(strings.Join(texts, "; "))
}

// attained says whether Definition 5 certifies the choice, wrong being nil, and whether
// Algorithm 3 attains it, err being why its law is not known. The former is enough for
// the latter, and not needed: a choice is refuted only if Algorithm 3 does not attain it.
func (r *Report) attained(wrong, err error) {
	f, known := &r.Findings, err == nil && r.Law.Confirms(r.Choice) == nil
	text := "Algorithm 3 accepts every size of every element with exactly the probability of the choice"
	switch {
	// Definition 5 is sufficient and not necessary: a choice outside of it that the enumeration
	// confirms is attained, and that the definition says nothing about it is part of the text.
	case wrong != nil && known:
		text = fmt.Sprintf("attained; not certified by Definition 5 (%v): %s", wrong, text)
	// Not CRS-T4.1, whose premise does not hold, nor said of Algorithm 3 itself: what is known is that its variant on other sizes,
	// which is a scheme for these as they fit wherever the others do, meets the premise of Lemma 4.2.
	case r.rounded:
		f.Add(nil, "CRS-L4.2", theorems.Concluded, "the choice is attained, though Definition 5 does not certify it (%v): Algorithm 3 on sizes rounded up to multiples of 1/%d, which never takes more than fits, accepts every size of every element with exactly the probability of the choice, by Lemma 4.2, whose premise was decided on the law of the rounded load; whether it does on the sizes as they are is not", wrong, grid)
		return
	case wrong != nil && err != nil && !errors.Is(err, ErrNotAttained):
		f.Add(nil, "CRS-D5", theorems.Undecided, "not certified by Definition 5 (%v), and whether Algorithm 3 attains the choice is not known", wrong)
	default:
		f.Add(wrong, "CRS-D5", theorems.Checked, "the choice is feasible")
	}
	switch {
	// CRS-T4.1 says it for all choices of Definition 5; that the law is not known takes nothing away.
	case wrong == nil && err != nil:
		f.Add(nil, "CRS-T4.1", theorems.Concluded, "%s, as it does for every choice of Definition 5; the law of the load is not computed: %v", text, err)
	// Shown by enclosures: the choice is refuted.
	case errors.Is(err, ErrNotAttained):
		f.Add(err, "CRS-T4.1", theorems.Checked, "%s", text)
	// Too many loads to enumerate, and no theorem that covers the choice: nothing is known.
	case errors.Is(err, ErrTooLarge):
		f.Add(nil, "CRS-T4.1", theorems.Undecided, "%v", err)
	case err != nil:
		f.Add(nil, "CRS-T4.1", theorems.Undecided, "%s: %v", text, err)
	case r.Law.Exact:
		f.Add(r.Law.Confirms(r.Choice), "CRS-T4.1", theorems.Checked, "%s, by exact enumeration", text)
	default:
		f.Add(r.Law.Confirms(r.Choice), "CRS-T4.1", theorems.Concluded, "%s, %s", text, ByLemma42)
	}
}

// ByLemma42 says how acceptance is known if a law is enclosed.
const ByLemma42 = "by Lemma 4.2: its premise, that the load is zero often enough, was decided by enumerating all loads with enclosed probabilities, whose exact ones have too many digits"
