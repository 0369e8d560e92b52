package scheme

import (
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
)

// maxPowerBits bounds the binary digits of an acceptance that is written out as a fraction, some 20 000 decimal
// ones. With K drafts it has K times those of one draft: beyond, it is enclosed.
const maxPowerBits = 1 << 16

// Bounds of the binary digits of all numbers together: of a law of the output that is added up, and of what a scheme makes that is
// worked out in fractions alone.
const (
	maxLawBits  = 1 << 24
	maxPlanBits = 1 << 27
)

// enclosedDigits are the binary digits to which a long acceptance is enclosed: some more than are
// asked for, and many more than are printed where nothing is asked.
func (o Options) enclosedDigits() uint {
	digits := uint(192)
	if o.Within != nil {
		digits += uint(max(0, o.Within.Den().BitLen()-o.Within.Num().BitLen()))
	}
	return digits + uint(max(0, o.Bits))
}

// longAcceptance says that an acceptance is enclosed though it is a fraction.
func longAcceptance(bits int) Parameter {
	return Parameter{"acceptance", fmt.Sprintf("enclosed, as the fraction may have %d digits", decimalDigits(int64(bits)))}
}

// byTheorem says that a law of the output was not added up.
func byTheorem(name string) Parameter {
	return Parameter{"law of the output", fmt.Sprintf("q by a theorem (%s), not added up", name)}
}

// tooLarge is the error of a scheme that is worked out in fractions alone, where these take so many binary digits
// together.
func tooLarge(scheme string, s *multidraft.Instance, bits, most int64) error {
	return &theorems.Unsettled{Reason: fmt.Sprintf("scheme %s: the fractions of K = %d drafts over n = %d tokens would have about %d digits together, more than %d",
		scheme, s.K(), s.N(), decimalDigits(bits), decimalDigits(most))}
}

// stagedLimit refuses what keeps a law for each number of drafts, each of which is longer than the one before
// by so many binary digits a token.
func stagedLimit(scheme string, s *multidraft.Instance, bits int) error {
	// In 32 bits 65 536 drafts would come to none.
	if all := int64(s.K()) * int64(s.K()) / 2 * int64(bits) * int64(s.N()); all > maxPlanBits {
		return tooLarge(scheme, s, all, maxPlanBits)
	}
	return nil
}

// decimalDigits is about how many decimal digits so many binary ones are.
func decimalDigits(bits int64) int64 { return bits / 1000 * 301 }

// missed is what is left of 1 after a power, 1 - x^k, as an interval of so many digits.
func missed(x rational.Rat, k int, digits uint) enclose.Interval {
	return enclose.Point(one).Sub(enclose.Power(x, uint(k), digits))
}
