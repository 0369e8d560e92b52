// Package study compares schemes, optima and bounds over families and many instances.
//
// A [Family] is a line of iid instances with one parameter, and a [Curve] the acceptance
// of a scheme, or P*, over it. For fixed p both P* and recursive rejection are piecewise
// linear, and their knots are found exactly; [Figure2] has the families of [MD] Fig. 2.
//
// [EvaluateStep] is one step of a sequence of instances, and a [Mean] its mean in bounded
// memory.
//
// [SearchBounds] compares both sides of the papers' bounds (MD-E12, MD-E202, IS-E11) and
// of what is known of draws and schemes, on many instances; that no counterexample was found
// proves nothing, what does is in the registry. [Bounds] is the command. [RefuteFalseStep] is the counterexample to a step in a printed proof.
package study
