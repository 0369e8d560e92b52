// Package theorems is the registry: what the program knows about each numbered
// statement of the papers, and the words in which results are told.
//
// A [Theorem] is a row: tag, statement in words, where it stands in the papers, how far
// the engine gets and by which command, what Coq proves in general, and the misprint if
// there is one. A [Family] is a list of rows about one subject, kept beside the code that
// settles them, and the command that does: its parameters, and what they make of a [Run],
// which is a list of [Task]s with a [Report] each. A command puts the families together with
// [NewRegistry]; lists, help and statement texts come from there, and whatever is the same
// for all families, from grids of tasks to exit statuses, is written once, against
// reports.
//
// The package imports no engine and no family, so that each may import it.
//
// # The words
//
// A [Status] is the standing of a statement: proved (a complete argument for every value
// of what the statement does not name), concluded (by a named lemma or estimate whose
// premise was decided), checked (on the instances stated), refuted (with numbers),
// undecided (said, with what was tried), and, for rows only, out of reach.
package theorems
