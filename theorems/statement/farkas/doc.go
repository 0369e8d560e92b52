// Package farkas settles whether a linear row follows from linear rows: exactly, with multipliers as in the lemmas
// of Farkas and Motzkin, or with a point, a simple one, that has the rows and not the goal.
//
// Rows are those of package statement, and may be strict. A question is one linear program, or a look into a
// table; see [Facts.Follows].
package farkas
