package contention

import (
	"fmt"
	"slices"
	"strings"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
)

// Decimals is the number of digits after the point in what is printed.
const Decimals = 10

// Standings is the end of the help texts.
const Standings = `A statement that is proved holds for all values of what it does not name; one that is
checked holds for this instance, by exact computation; one that is concluded holds by a
lemma or an estimate that is named, whose premise was decided or proved.`

// Unsettled adds, for each of the tags of which nothing was found, that the run ended before that was settled: at its limit,
// or because somebody ended it. Rows have the statements. What holds for all instances is to be added after it, as it says
// nothing of the one at hand.
// A tag of which a finding is there already is left alone, whatever that says.
func Unsettled(found *theorems.Claims, rows []theorems.Theorem, tags ...string) {
	// In the order of the caller, which is that of what is printed.
	for _, tag := range tags {
		if !slices.ContainsFunc(*found, func(c theorems.Claim) bool { return c.Tag == tag }) {
			found.Add(nil, tag, theorems.Undecided, "the run ended before this was settled: %s", theorems.Statement(rows, tag))
		}
	}
}

// Enclosed writes a real number as the decimals between which it lies.
//
// The decimals are rounded outwards, and their last digits may be as far apart as one.
// The width asked for is 2^−50, below what ten decimals show.
func Enclosed(x enclose.Real) string {
	// The flag says whether the width was reached; the decimals are right without it.
	e, _ := x.Enclose(rational.NewRat(1, 1<<50))
	return "in " + e.Decimal(Decimals)
}

// Decimal writes a number as a decimal that it is near.
// It is rounded, so that it may be above or below; nothing may be decided by it.
func Decimal(x rational.Rat) string { return x.Approximate(Decimals) }

// Exact writes a fraction with its decimal; one that is long only by that, with how long
// it is.
// A denominator is looked at alone: a numerator of a number near 1 is as long.
func Exact(x rational.Rat) string {
	if digits := len(x.Den().String()); digits > longest {
		return fmt.Sprintf("%s… (a denominator of %d digits)", Decimal(x), digits)
	}
	return x.WithDecimal(Decimals)
}

const longest = 60 // digits of a denominator that is written out

// Count writes a number of things.
// The word for one and that for many are given, as not all plurals end in s.
func Count(n int, one, many string) string {
	// One of a thing is told with its own word.
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Abridged writes a fraction whose digits would fill the screen as a decimal.
// The sign ≈ says that it is rounded.
func Abridged(x rational.Rat) string {
	// The digits of a long one need not be known: each takes more than three bits.
	if x.Num().BitLen()+x.Den().BitLen() <= 4*mostShort {
		if s := x.String(); len(s) <= mostShort {
			return s
		}
	}
	return "≈" + Decimal(x)
}

// mostShort is how many characters a fraction in a table has at most.
const mostShort = 24

// AbridgedRatio is [Abridged] of num/den, for den > 0, without reducing it first: of long numbers that takes long,
// and few of the digits are shown.
// The result does not depend on whether the two have a common factor.
func AbridgedRatio(num, den rational.Int) string {
	// The fraction in lowest terms is short enough to be printed as one, or may be.
	if p, q, ok := shortRatio(num, den); ok {
		return Abridged(rational.RatFromInts(p, q))
	}
	return "≈" + rational.ApproximateRatio(num, den, Decimals)
}

// shortRatio returns num/den in lowest terms if its denominator has at most mostShort digits: by Euclid's algorithm,
// which ends with the fraction itself, and is left where the denominators of its convergents, which ascend, become longer.
// It costs a number of divisions in proportion to mostShort, not to the length of num and
// den.
func shortRatio(num, den rational.Int) (p, q rational.Int, ok bool) {
	// A denominator longer than this is not shown.
	longest := rational.NewInt(10).Pow(mostShort)
	// p0/q0 and p/q are two neighbouring convergents, which begin as 0/1 and 1/0.
	p0, q0 := rational.NewInt(0), rational.NewInt(1)
	p, q = rational.NewInt(1), rational.NewInt(0)
	for !den.IsZero() {
		a, rest := num.QuoRem(den)
		p0, p = p, a.Mul(p).Add(p0)
		// The denominator of the fraction itself is no smaller than that of its
		// convergents.
		if q0, q = q, a.Mul(q).Add(q0); q.Cmp(longest) > 0 {
			return p, q, false
		}
		num, den = den, rest
	}
	return p, q, true
}

// A Landmark is a guarantee that is known, to report beside a result.
// It is shown and never compared with: no claim rests on it.
type Landmark struct {
	Name  string
	Value enclose.Real
}

// ShowLandmarks shows known guarantees, ascending.
// The list is in that order already; it is not sorted here.
func ShowLandmarks(list []Landmark) []theorems.Block {
	// A heading, so that the numbers are not taken for results.
	blocks := []theorems.Block{{Line: "landmarks:"}}
	for _, l := range list {
		blocks = append(blocks, theorems.Block{Line: fmt.Sprintf("  %-50s %s", l.Name, strings.TrimPrefix(Enclosed(l.Value), "in "))})
	}
	return blocks
}
