// Package ration is fair rationing: a supply of 1 among n agents with independent random
// demands and service targets β, who arrive forward or backward.
//
// An [Agent] has a service type (I: the demand is covered or not, II: the allocation over
// the mean demand, III: the share covered), a target and a demand law, all fractions.
// [CheckTargets] decides whether the targets lie in the ex-ante region (2.1)-(2.2), with
// quantiles if they do and with prices that refute them if not; [LargestUniform] is the
// largest target that all can have. [Allocate] computes the expected service of the
// algorithm of CRS-T1.1 in both orders exactly, by enumerating the supply left: Algorithm
// 1 with thresholds and the optimal single-unit scheme for Types II and III, and the
// knapsack scheme if an agent has Type I. The number of supplies grows at worst
// exponentially with n, and has a limit. [Ration.Simulate] draws runs of it and tests
// their means by Hoeffding's inequality.
//
// [Report.Documents] makes certificates.
package ration
