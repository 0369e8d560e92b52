package knapsack

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pstar/certificate"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/interval"
	"pstar/theorems/contention/single"
	"pstar/witness"
)

// A Report is what the theorems say of an instance and a choice, verified on them.
type Report struct {
	Elements []Element
	Means    []rational.Rat
	Choice   contention.Choice
	Law      *Law // of Algorithm 3; nil if it is too large to compute
	Findings theorems.Claims

	hard int
}

// Verify verifies on the instance that the choice is feasible (CRS-D5) and that
// Algorithm 3 attains it (CRS-T4.1), and proves CRS-P4.3; without a choice it is that of
// CRS-L4.4, which is then verified too. The only error is the end of ctx; what does not
// hold is a finding. It panics if the instance or the choice is not valid.
func Verify(ctx context.Context, elements []Element, choice *contention.Choice) (*Report, error) {
	r := &Report{Elements: elements, Means: Means(elements)}
	if choice != nil {
		r.Choice = *choice
	} else {
		r.Choice = PhiChoice(r.Means)
	}
	law, err := Run(ctx, elements, r.Choice)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	r.Law = law
	r.attained(violations(Definition5(r.Means, r.Choice)), err)
	if choice == nil {
		var err error
		if g := r.Choice.Guarantee(); g.Cmp(rational.NewRat(1, 3)) < 0 {
			err = fmt.Errorf("it guarantees %s", g)
		}
		r.Findings.Add(err, "CRS-L4.4", theorems.Checked, "the choice by φ guarantees at least 1/3")
	}
	claims, err := ProvePhi()
	r.Findings.Add(err, "CRS-P4.3", theorems.Proved, "φ on the whole of [0, 1]: %s", interval.Extent(claims))
	return r, nil
}

// VerifyHard is [Verify] for [Hard] and the choice of CRS-L4.4, with CRS-T1.5 for this m.
func VerifyHard(ctx context.Context, m int) (*Report, error) {
	r, err := Verify(ctx, Hard(m), nil)
	if err != nil {
		return nil, err
	}
	r.hard = m
	value, point := HardValue(m), hardPoint(m)
	err = point.Verify(ctx)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err == nil && (!point.Value.Equal(value) || single.CompareAlpha(value, two) < 0) {
		err = fmt.Errorf("it is below 1/(2 + 1/e)")
	}
	gap := enclose.RealOf(value).Sub(single.Alpha(two))
	r.Findings.Add(err, "CRS-T1.5", theorems.Checked, "no two elements fit together, so the best guarantee here is LPOPT = ≈%s, above 1/(2 + 1/e) by a number %s; the gap falls to 0 as m grows, by CRS-U",
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
	for _, v := range list {
		texts = append(texts, v.String())
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
	case wrong != nil && known:
		text = fmt.Sprintf("attained; not certified by Definition 5 (%v): %s", wrong, text)
	case wrong != nil && err != nil:
		f.Add(nil, "CRS-D5", theorems.Undecided, "not certified by Definition 5 (%v), and whether Algorithm 3 attains the choice is not known", wrong)
	default:
		f.Add(wrong, "CRS-D5", theorems.Checked, "the choice is feasible")
	}
	switch {
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

// Documents makes the certificate of the choice, and of CRS-T1.5 after [VerifyHard]. An
// exact law can be too long for the checker, for which the second one is enclosed.
func (r *Report) Documents() []witness.Maker {
	makers := []witness.Maker{r.document(false)}
	if r.Law != nil && r.Law.Exact && r.Law.Confirms(r.Choice) == nil {
		makers = append(makers, r.document(true))
	}
	return makers
}

func (r *Report) document(enclose bool) witness.Maker {
	return func() (witness.Document, error) {
		err := witness.AtMost(certificate.MaxElements, "elements", len(r.Elements))
		for _, e := range r.Elements {
			err = errors.Join(err, SizesWritable(len(e)))
		}
		if err != nil {
			return nil, err
		}
		d := Certify(r.Elements, r.Choice, r.Law)
		if enclose {
			EncloseLaw(d)
		}
		if len(d.Claims) == 0 {
			return nil, &witness.Unwritable{Reason: "a choice that is neither feasible nor shown to be attained has no certificate"}
		}
		if r.hard > 0 {
			AddSingle(d, hardPoint(r.hard))
		}
		return d, nil
	}
}

// SizesWritable reports that an element has too many sizes, or an agent too many
// demands, for a certificate.
func SizesWritable(n int) error {
	return witness.AtMost(certificate.MaxSizes, "sizes of an element, or demands of an agent", n)
}
