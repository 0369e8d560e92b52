package sampling

import (
	"sort"

	"pstar/rational"
	"pstar/rational/enclose"
)

// mostDifferent bounds the different logits of which sums of exponentials are compared. Each comparison takes
// some ten microseconds for each of them, and is asked for where rounded sums meet a border to twelve digits.
const mostDifferent = 4096

// Meant says what a rounded law means: weights in proportion to the exponentials of these numbers, exactly, and 0 where there is
// none. [Softmax] has set the numbers to its logits over the temperature, which are not the ones that are meant
// if the logits had been rounded to floats.
func (l *Law) Meant(exponent func(i int) (x rational.Rat, positive bool)) { l.exponent = exponent }

// below reports whether token i has less than the part of what token j has, for a positive part up to 1.
//
// It is always decided: the exponential of a fraction other than 0 is irrational.
func (l *Law) below(i, j int, part rational.Rat) bool {
	x, positive := l.exponent(i)
	if !positive {
		return true
	}
	top, _ := l.exponent(j)
	less := x.Sub(top)
	// Equal logits are not below any part, which takes no exponential.
	if less.IsZero() {
		return false
	}
	return enclose.ExpOf(less).Cmp(enclose.ExpSumOf(part)) < 0
}

// decide returns how many tokens of the order have the part TopP of what all in it have, which is between
// fewest and most. It is not ok if that would take too many exponentials.
func (t Truncation) decide(l *Law, order []int, fewest, most int) (keep int, ok bool) {
	if l.exponent == nil {
		return 0, false
	}
	var exponents []rational.Rat
	var ends []int // exponents[j] is that of the tokens of the order from ends[j-1], or 0, up to ends[j]
	top, _ := l.exponent(order[0])
	for place, i := range order {
		x, positive := l.exponent(i)
		// Those that cannot be drawn are the last.
		if !positive {
			break
		}
		x = x.Sub(top)
		if last := len(exponents) - 1; last >= 0 && exponents[last].Equal(x) {
			ends[last] = place + 1
			continue
		}
		if len(exponents) == mostDifferent {
			return 0, false
		}
		exponents, ends = append(exponents, x), append(ends, place+1)
	}
	// The least number of first tokens whose sum, less the part of all, is not negative.
	reached := func(tokens int) bool {
		var terms []enclose.ExpTerm
		start := 0
		for j, x := range exponents {
			here := rational.NewRat(int64(min(max(tokens-start, 0), ends[j]-start)), 1)
			all := rational.NewRat(int64(ends[j]-start), 1)
			terms = append(terms, enclose.ExpTerm{Coefficient: here.Sub(t.TopP.Mul(all)), Exponent: x})
			start = ends[j]
		}
		return enclose.NewExpSum(terms...).Sign() >= 0
	}
	return fewest + sort.Search(most-fewest, func(more int) bool { return reached(fewest + more) }), true
}
