// Package optimum computes P*, the best acceptance probability of an instance,
// exactly, with a witness.
//
// [Of] is for alphabets of any size. For iid drafts, and for a single draft, it takes
// one exact sort by q_i/p_i, O(n log n) operations on integers; for two independent
// drafts over many tokens tangents that prove a minimum, each O(n); otherwise a largest
// flow over the supports, or over the words of a joint law. The result is P* as a
// fraction and the sets S that attain the least q(S) + 1 - B(S) (MD-T3). [LargestFlow]
// has the flow itself, from which a selection rule is read.
//
// [CrossCheck] is for instances that fit machine words. It computes P* by linear
// programs over words and over supports ([TLSRProgram], which is the definition, and
// [ImportanceProgram], which is MD-T1), by two flow algorithms and by closed forms
// ([MinByEnumeration] in O(n 2^n), [MinByPrefix] by one sort), demands that they agree,
// and returns a coupling of drafts and output that attains P* with a set that bounds
// it. A disagreement refutes a theorem or shows a fault.
//
// [Certificate] writes P* of an instance for an independent checker.
//
// Floats guess where to draw tangents; no float decides anything.
package optimum
