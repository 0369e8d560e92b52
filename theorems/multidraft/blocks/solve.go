package blocks

import (
	"context"
	"fmt"

	"pstar/lp"
	"pstar/rational"
)

// A Solution is the largest expected number of tokens that are accepted together.
type Solution struct {
	Best rational.Rat
	// TokenWise is what is accepted token by token, of one path.
	TokenWise *rational.Rat
	// Program and Optimum are the linear program with its verified answer, where it was solved.
	Program *Program
	Optimum *lp.Result
}

// Solve finds the optimum for K paths, of 1..[multidraft.MaxDrafts]. For one path it is what block verification accepts, in closed form
// (MD-B1), and the program is solved only if it is asked for; then both ways must agree, and that they
// do not is an error. For more paths the program says it (MD-paths). It fails with
// [*theorems.Unsettled] if that is too large, and if there are no such numbers of paths or ctx ends; a program of one path that is too
// large or stopped leaves the closed form, and the solution comes with the error.
func (t *Tree) Solve(ctx context.Context, k int, program bool) (*Solution, error) {
	s, fallback := &Solution{}, (*Solution)(nil)
	// MD-B1 is about one path; of more there is no closed form.
	if k == 1 {
		each := t.TokenWise()
		s.Best, s.TokenWise = t.Block(), &each
		fallback = &Solution{Best: s.Best, TokenWise: s.TokenWise}
	}
	if k == 1 && !program {
		return s, nil
	}
	var err error
	if s.Program, err = t.NewProgram(k); err != nil {
		return fallback, err
	}
	if s.Optimum, err = s.Program.Optimum(ctx); err != nil {
		return fallback, err
	}
	// Two exact numbers, which share nothing: there is no tolerance within which they could differ.
	if k == 1 && !s.Optimum.Value.Equal(s.Best) {
		return nil, fmt.Errorf("block verification accepts %v, the program %v: they should agree", s.Best, s.Optimum.Value)
	}
	// Verified by its dual: the largest, and not only a value that is reached.
	s.Best = s.Optimum.Value
	return s, nil
}
