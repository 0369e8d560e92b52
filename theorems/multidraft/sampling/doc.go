// Package sampling is how servers make laws of tokens: from logits by the softmax, and truncated by
// top-k, top-p and min-p. It says what is then known about P*.
//
// # What is computed
//
// A truncation of exact weights is exact. A softmax is irrational, and is rounded: a [Law] of it has
// integer weights and two bounds, so that whoever computes with the weights knows how far the law
// that is meant may be away.
//
//   - relative: the probability of each token is wrong by this part of itself at most, from the floats in
//     which exponents and exponentials are calculated.
//   - loose: this weight, as a multiple of the largest, may be anywhere between 0 and what it should
//     be. It is what rounding to integers loses, and the weight of those tokens of which the errors
//     leave open whether top-p keeps them.
//
// Which tokens a truncation keeps is decided by the logits: top-k compares them, min-p one exponential with a
// fraction, and top-p, near a border, a sum of exponentials with 0, which the theorem of Lindemann and Weierstrass decides.
// Only of more than 4096 different logits near such a border it is left open.
//
// [Law.Away] turns both into a bound in total variation, and [Moved] that into one of P*, which is
// the least q(S) + 1 - B(S) over all sets S: each law moves it by no more than it moves itself.
//
// # What is not promised
//
// Ties. Tokens of equal weight stand in the order of their numbers, as sampling libraries have them;
// what another order would keep is another law. And no bound is the least: logits far from each
// other have exponentials that are wrong by less.
package sampling
