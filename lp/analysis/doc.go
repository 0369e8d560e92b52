// Package analysis answers questions on a solved linear program, exactly: how far a cost or a
// bound of a row may move before the result is another one ([CostRange], [SideRange]), whether
// there is another optimal point ([Alternative]), and which few bounds make a program infeasible
// ([Irreducible]).
//
// Each function takes the problem with a result of [lp.Solve], which it verifies first, and solves
// further programs, whose witnesses are verified too. The answers are sets and points of the
// problem, not of one of the bases that the point may have. An error means that the result is
// none for the problem or of another verdict, or is the cause with which the context has ended.
package analysis
