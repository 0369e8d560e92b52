// Package knapsack is forward-backward contention resolution where accepted sizes must
// not exceed 1 in sum.
//
// An instance lists the finite values of the size of every [Element] with their
// probabilities, as fractions; the rest of the probability is that of being inactive.
// [PhiChoice] is the choice of CRS-L4.4, the means of φ(z) = 4/9 − 2z/9, [Definition5]
// lists what keeps a choice from being feasible (CRS-D5), and [Run] computes the law of
// Algorithm 3 under a choice in both orders by enumerating the loads: exactly, or, where
// that would take too many digits or operations, enclosed ([Law], CRS-T4.1). The number
// of loads grows with the sums of sizes that exist, at worst exponentially in the number
// of elements, and has a limit ([ErrTooLarge]).
//
// [ProvePhi] proves CRS-P4.3, the inequalities of φ on the whole of [0, 1]. [Hard] is the
// instance of CRS-T1.5, on which no two elements fit together.
//
// [Report.Documents] makes certificates.
package knapsack
