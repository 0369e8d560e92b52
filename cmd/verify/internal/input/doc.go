// Package input reads instances of multi-draft sampling: laws p of the drafts and q of the
// target, from flags, JSON, CSV and arrays of floating-point numbers.
//
// Whatever is read is exact. A decimal or a fraction is the number that is written, and a float
// of an array is the dyadic fraction that it is; nothing is rounded on the way to an
// [multidraft.Instance]. The one exception is asked for by name: with -logits the laws are a
// softmax, which no fraction is, and then the errors of the softmax are bounded and come with the
// instance ([Task].Off), so that whoever computes with it can say how far the result may be off.
//
// A [Raw] instance is what a source says, before anything is known to fit together. Flags take
// the place of what a file says ([Flags.Read]), and [Raw.Task] checks the whole. Sums are not
// silently repaired: p and q sum to 1 exactly, or -normalize and -weights say that they are to be
// divided by their sums, and the sums are told.
//
// Errors say file and line, or the flag, and what was expected there.
package input
