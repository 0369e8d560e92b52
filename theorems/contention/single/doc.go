// Package single is forward-backward contention resolution for a single unit: at most
// one active element is accepted.
//
// An instance is the list x of the n probabilities, as fractions. [Solve] returns LPOPT
// with an optimal [Unit], that is, the probabilities c_σ(i) and a dual point of the same
// value (CRS-L3.1), by a program of n/2 variables for lists that are their own mirror
// image and n else; [Attain] the coins of Algorithm 2 that accept with exactly these
// probabilities, in O(n) operations. n is at most [MaxElements].
//
// [Alpha] is α_0(ρ), [CompareAlpha] decides on which side of it a fraction lies,
// [PhiPoint] is the point of CRS-L3.3 that attains it (CRS-T1.2) and [DualPoint] that of
// CRS-L3.5. [ProvePhi] and [ProveGamma] prove CRS-P3.2 and CRS-P3.6 for one ρ on whole
// intervals. [UniformPoint] has the closed forms of CRS-U for x_i = ρ/N. [Split] and [Merge] are CRS-LB.1, and
// [UniformLimit] is CRS-T1.3 for one N.
//
// [Document] makes certificates.
package single
