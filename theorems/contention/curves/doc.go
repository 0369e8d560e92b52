// Package curves has the curves that figures of contention resolution show: guarantees against ρ and against the number of
// elements, the functions φ with what bounds them, the knapsack problem against its mean sizes, and the service of
// agents. Each point is a fraction, or an interval so narrow that its middle can be drawn.
//
// How a curve is drawn is not said here. What its values rest on is in the packages single, knapsack and ration.
package curves
