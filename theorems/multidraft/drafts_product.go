package multidraft

import (
	"fmt"
	"slices"

	"pstar/rational"
)

// IID is the model of K drafts drawn independently from one distribution p:
// B(S) = p(S)^K.
type IID struct{ productDrafts }

// NewIID returns the law of k independent drafts from p. It fails if k is not in
// 1..MaxDrafts or if p is not a distribution.
func NewIID(k int, p []rational.Rat) (*IID, error) {
	if err := checkCount(k); err != nil {
		return nil, err
	}
	row, err := NewDistribution("p", p)
	if err != nil {
		return nil, err
	}
	return iid(k, row), nil
}

// iid repeats one row, so that all drafts share its weights: who compares their addresses sees it.
func iid(k int, row Distribution) *IID {
	// The same row K times: its weights are shared, not copied.
	return &IID{newProductDrafts(slices.Repeat([]Distribution{row}, k))}
}

// Model returns ModelIID.
func (d *IID) Model() string { return ModelIID }

// B returns p(s)^K.
func (d *IID) B(s Set) rational.Rat {
	d.checkSet(s)
	// In lowest terms once: its powers are, too.
	return d.rows[0].probability(s).Pow(len(d.rows))
}

// P returns the distribution of each draft. The caller owns the slice.
func (d *IID) P() []rational.Rat { return d.rows[0].Rats() }

// Independent is the model of K independent drafts, X_k drawn from p_k:
// B(S) is the product of the p_k(S).
type Independent struct{ productDrafts }

// NewIndependent returns the law of independent drafts, the k-th from p[k]. It
// fails if there is no draft, if the sizes of the alphabets differ, or if some p[k] is
// not a distribution.
func NewIndependent(p [][]rational.Rat) (*Independent, error) {
	if err := checkCount(len(p)); err != nil {
		return nil, err
	}
	rows := make([]Distribution, len(p))
	for k, pk := range p {
		if len(pk) != len(p[0]) {
			return nil, fmt.Errorf("draft %d has %d tokens, draft 1 has %d", k+1, len(pk), len(p[0]))
		}
		var err error
		if rows[k], err = NewDistribution("p", pk); err != nil {
			return nil, fmt.Errorf("draft %d: %w", k+1, err)
		}
	}
	return &Independent{newProductDrafts(rows)}, nil
}

// Model returns ModelIndependent.
func (d *Independent) Model() string { return ModelIndependent }

// P returns the distribution of the k-th draft, 0 <= k < K. The caller owns
// the slice.
func (d *Independent) P(k int) []rational.Rat { return d.rows[k].Rats() }

// productDrafts are drafts drawn independently, the k-th from rows[k].
type productDrafts struct {
	draftBase
	rows []Distribution
}

func newProductDrafts(rows []Distribution) productDrafts {
	n := rows[0].Weights.Len()
	return productDrafts{
		draftBase: newDraftBase(len(rows), n, func() *integerLaw { return productLaw(rows) }),
		rows:      rows,
	}
}

// Rows returns the law of each draft, to be read only. Equal laws share their weights.
func (d *productDrafts) Rows() []Distribution { return d.rows }

// Word returns the product of the probabilities of the word's tokens.
// In no order: drafts are independent, and only the k-th of the law matters to the k-th token.
func (d *productDrafts) Word(word []int) rational.Rat {
	d.checkWord(word)
	weight, unit := rational.NewInt(1), rational.NewInt(1)
	for k, x := range word {
		weight = weight.Mul(d.rows[k].Weights.At(x))
		unit = unit.Mul(d.rows[k].Unit)
	}
	return rational.RatFromInts(weight, unit)
}

// B returns the product of the p_k(s).
func (d *productDrafts) B(s Set) rational.Rat {
	// One product of K masses, reduced at the end.
	d.checkSet(s)
	weight, unit := rational.NewInt(1), rational.NewInt(1)
	for _, row := range d.rows {
		weight = weight.Mul(row.mass(s))
		unit = unit.Mul(row.Unit)
	}
	return rational.RatFromInts(weight, unit)
}

// productLaw computes the law of the support one draft at a time. With f_k(T)
// the weight of the words of length k whose set of tokens is T,
//
//	f_k(T) = p_k(T) f_{k-1}(T) + sum over x in T of p_k(x) f_{k-1}(T - x),
//
// a sum of nonnegative terms, where inclusion-exclusion would cancel.
func productLaw(rows []Distribution) *integerLaw {
	n := rows[0].Weights.Len()
	supports := Supports(len(rows), n)
	f := make([]rational.Int, len(supports))
	unit := rational.NewInt(1)
	for k, row := range rows {
		unit = unit.Mul(row.Unit)
		last := CountSupports(k+1, n) - 1 // words of length k+1 reach no larger set
		for j := last; j >= 0; j-- {
			// Going down, the smaller sets still hold the previous draft's f.
			t := supports[j]
			// One draft: the supports are the singletons, which stand first.
			if k == 0 {
				f[j] = row.Weights.At(t.Lowest())
				continue
			}
			// The draft fell into T, which had been reached before.
			sum := row.mass(t).Mul(f[j])
			for rest := t; rest != 0 && t.Len() > 1; rest &= rest - 1 {
				x := rest.Lowest()
				// Laws with zeros are frequent, and a product of long integers is the costly part.
				if row.Weights.At(x).IsZero() {
					continue
				}
				sum = sum.Add(row.Weights.At(x).Mul(f[SupportIndex(n, t&^(1<<x))]))
			}
			f[j] = sum
		}
	}
	return newIntegerLaw(supports, f, unit)
}
