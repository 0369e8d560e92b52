// Package decide settles the claims of theorem files: for all values of the parameters, exactly,
// and with a proof or numbers that refute it.
//
// A claim becomes one or two problems, see [statement.Problem]. That rows follow is one
// linear program each, solved by package lp, whose multipliers are the proof. That unknowns exist
// is turned by Farkas' lemma into the generators of a cone, by package doubledesc: what they
// require of the parameters are the true rows, and each has to follow from the claimed ones. An
// optimum is the same for the points at least as good as a further parameter P. So every kind of claim is
// decided completely, and both directions of an equivalence are compared by Farkas, however the rows are
// written.
//
// Symmetries that the file declares are used: of rows that are images of each other one is settled, and of the cone only the part in which the
// multipliers of some facts descend is generated, since each point of it can be sorted so. The certificate does the same, by the rules sort
// and image. Border's theorem for two bidders with six types takes 1.8 s of CPU so, and its certificate 6 kB; without 8.5 s, and what the checker would have
// to do is beyond its limits.
//
// Products of symbols are for proofs by hand: steps add facts, by sums of products and of squares, and what the sums are is looked for where the file does not say
// it. A step that is not proved is a result of its own, and no fact for the claims. Where no sum is found, a counterexample is sought.
//
// # What is not promised
//
// The generators of the cone can be far more than the rows of the result; nothing bounds them but
// the context. That a minimal form has no further row rests on the completeness of the double
// description, which a certificate shows again.
package decide
