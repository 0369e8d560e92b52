package fm

import "pstar/rational"

// A Reason says why a row was dropped. The zero value is none.
type Reason int

const (
	NoReason  Reason = iota
	Count            // more base rows than a minimal history has
	Subset           // the history contains that of another row
	Trivial          // it reads 0 >= 0 or, with the trivial row, t >= 0
	Duplicate        // a multiple of another row
	Weaker           // a multiple of another row plus a positive constant
	Linear           // a linear program found the multipliers
)

// String returns the reason in words.
func (r Reason) String() string {
	return [...]string{"none", "history too long", "history not minimal", "trivial", "duplicate", "weaker", "linear program"}[r]
}

// A Term is a positive multiple of a row.
type Term struct {
	Row        int
	Multiplier rational.Rat
}

// A Combination is the row P·Positive + N·Negative, in which the variable of the
// step cancels; P and N are positive.
type Combination struct {
	Row                int // its number
	Positive, Negative int
	P, N               rational.Rat
}

// A Drop is a row that was left out with the proof that the rows kept imply it:
// row = sum of Proof. The row is number Row if that is not negative, else the
// combination of two rows, which got no number.
type Drop struct {
	Combination
	Reason Reason
	Proof  []Term
}

// A Step replaces the rows Before by the rows After, in which the variable does
// not occur and which have the same solutions in what is left. Variable is -1 for
// a step that only drops rows.
type Step struct {
	Variable      int
	Before, After []int
	New           []Combination
	Dropped       []Drop
}
