package blocks

import "pstar/rational"

// A Variation encloses the total variation between the target and the output of a rule with what follows it, if that is
// done as well as can be. Values R_D(z) say what is accepted, and leave open the law of the one token that is drawn after it, on which
// the law of the output depends; all tokens after that one are from the target, as the package says of rules. Something
// that draws more tokens by laws of its own is none of its rules, and may come nearer: with p = q = (1/2, 1/2) and R(1) = R(11) = 1/4 for the
// path (1,1) alone the total variation is 1/8, and 0 if (1,2), (2,1) and (2,2) are drawn as pairs where nothing is accepted.
//
// The excess at a prefix z is
//
//	E(z) = sum over y of (R(zy) - M(y|z) R(z))^+,   R(z) = sum over D of R_D(z),
//
// by how much its rows of losslessness are violated. Let P be the law of the output with its continuation. What begins with z
// without accepting it goes on with the target, so that P(zy) - M(y|z) P(z) is at least R(zy) - M(y|z) R(z) for any
// token y that follows z. Summed over a set Y of tokens: the function that is 1 - M(Y|z) on zY, -M(Y|z) on the rest of what
// begins with z, and 0 else, has values that differ by at most 1, so that the difference of its means under P and the target,
// which is at least E(z) for some Y, is at most the total variation: Least is the largest E(z).
//
// The rule accepts exactly z with the probability R(z) - sum of R(zy), which is the sum of M(y|z) R(z) - R(zy) over all y, and
// that is the sum of its positive parts less E(z). With a token drawn by these the law of what follows z is off by E(z) in
// all, and a law of several steps by at most the sum over its steps: Most is the sum of E(z), or 1, which no total variation
// exceeds. Of one step both are equal, and of more [Program.Sharpen] makes them so.
type Variation struct{ Least, Most rational.Rat }

// Exact reports whether the total variation is known, which then is Least.
func (v *Variation) Exact() bool { return v.Least.Equal(v.Most) }

// variation is that of the excess at each prefix, by its place; prefixes without an excess are left out.
func variation(excess map[int]rational.Rat) *Variation {
	v := &Variation{}
	for _, e := range excess {
		v.Least, v.Most = rational.MaxRat(v.Least, e), v.Most.Add(e)
	}
	v.Most = rational.MinRat(v.Most, one)
	return v
}
