// Command programs prints linear programs in the CPLEX LP format for comparing solvers.
// They depend on the arguments only.
//
//	go run ./bench/programs cell K N        the importance-sampling program of a cell, with
//	                                        weights of p and q from 1 to 1000
//	go run ./bench/programs ugly ROWS COLS  sparse rows of decimals with up to six digits
//	go run ./bench/programs wide ROWS E    three times as many columns, with seven coefficients
//	                                        each, all from 1e-E to 999e+E
//	go run ./bench/programs game N D       a matrix game with payoffs that differ in digit D
//	go run ./bench/programs growth N D     x_{t+1} >= (1 + D/10000) x_t, N times
//	go run ./bench/programs geo N D        7 x_{t+1} >= 123456789...x_t with D digits, N times
//	go run ./bench/programs queue N R      two thresholds over N elements of total weight near R
//	go run ./bench/programs pairs N B      neighbours that sum to 1, N times, and all to at most B
//	go run ./bench/programs network N B    a flow through N nodes with three arcs each, and a budget B
//	go run ./bench/programs flow K N        no program, but the optimum of that of the cell, by
//	                                        building and solving its transport problem
package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"

	"pstar/format/cplex"
	"pstar/lp"
	"pstar/lp/flow"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/cell"
	"pstar/theorems/multidraft/optimum"
)

// The source lists the kinds, in the comment above.
func main() {
	if len(os.Args) != 4 {
		fail("usage: programs KIND A B; the source lists the kinds")
	}
	// Two numbers, of which each kind makes its own.
	a, errA := strconv.Atoi(os.Args[2])
	b, errB := strconv.Atoi(os.Args[3])
	if errA != nil || errB != nil || a < 1 || b < 1 {
		fail("expected two positive numbers")
	}
	// The same numbers for the same arguments.
	r := rand.New(rand.NewPCG(uint64(a), uint64(b)))
	var p *lp.Problem
	switch {
	// Any numbers will do for these.
	case hard[os.Args[1]] != nil:
		p = hard[os.Args[1]](r, a, b)
	case os.Args[1] == "cell" && cell.Validate(a, b) == nil:
		in := instance(r, a, b)
		// The program of importance weights, by supports.
		p = multidraft.Must(optimum.ImportanceProgram(context.Background(), optimum.SupportColumns(in.Drafts()), in.Target().Rats()))
	case os.Args[1] == "flow" && cell.Validate(a, b) == nil:
		fmt.Printf("optimum: %v\n", maximum(instance(r, a, b)))
		return
	default:
		fail("expected a kind of program, with a cell for cell and flow")
	}
	if err := cplex.Write(os.Stdout, p); err != nil {
		fail(err.Error())
	}
}

func fail(text string) {
	fmt.Fprintln(os.Stderr, text)
	os.Exit(2)
}

// instance is a random instance of a cell.
func instance(r *rand.Rand, k, n int) *multidraft.Instance {
	// The draft's law is drawn before the target's, from one generator.
	drafts, err := multidraft.NewIID(k, law(r, n))
	if err != nil {
		fail(err.Error())
	}
	return multidraft.Must(multidraft.NewInstance(drafts, multidraft.Must(multidraft.NewDistribution("q", law(r, n)))))
}

// maximum is the optimum by a maximal flow, verified by its cut.
func maximum(in *multidraft.Instance) rational.Rat {
	// Weights as integers over one unit, which is what the flow takes.
	integer := in.Integer()
	t := integer.Transport()
	f, err := flow.MaxFlow(context.Background(), t)
	if err == nil {
		err = t.Verify(f)
	}
	// A wrong flow is a fault of the program that is measured.
	if err != nil {
		fail(err.Error())
	}
	return rational.RatFromInts(f.Value, integer.Unit)
}

// law draws weights and divides them by their sum.
func law(r *rand.Rand, n int) []rational.Rat {
	// Whole numbers from 1 to 1000, so that fractions are short.
	weights := make([]int64, n)
	var sum int64
	for i := range weights {
		weights[i] = 1 + r.Int64N(1000)
		sum += weights[i]
	}
	p := make([]rational.Rat, n)
	for i, w := range weights {
		// Exactly 1 in sum, and none of them 0.
		p[i] = rational.NewRat(w, sum)
	}
	return p
}

// decimal draws a number below 1000 with up to six digits after the point.
func decimal(r *rand.Rand) rational.Rat {
	return rational.NewRat(1+r.Int64N(1_000_000_000), 1_000_000)
}

// ugly is bounded and feasible: all coefficients of the rows and costs are positive but
// for some of the coefficients, and every row holds at a random point. The random point
// keeps it feasible: bounds of the rows are set at its values.
func ugly(r *rand.Rand, rows, columns int) *lp.Problem {
	// Entries of a row.
	const inRow = 12
	// Costs are positive, and variables not negative: the optimum is bounded.
	p := &lp.Problem{Sense: lp.Minimise}
	point := make([]rational.Rat, columns)
	for j := range columns {
		p.AddVariable(lp.Variable{Name: fmt.Sprintf("x%d", j+1), Cost: decimal(r), Lower: lp.At(rational.Rat{})})
		// One in four coordinates of the point is not 0.
		if r.IntN(4) == 0 {
			point[j] = decimal(r)
		}
	}
	for range rows {
		row := lp.Row{}
		// The value of the row at the point, at which it is to hold.
		var at rational.Rat
		for _, j := range r.Perm(columns)[:min(inRow, columns)] {
			c := decimal(r)
			// One in three coefficients is negative.
			if r.IntN(3) == 0 {
				c = c.Neg()
			}
			row.Terms = append(row.Terms, lp.Term{Variable: j, Coefficient: c})
			at = at.Add(c.Mul(point[j]))
		}
		// Rows from below, from above, and equations.
		switch r.IntN(3) {
		case 0:
			row.Lower = lp.At(at)
		case 1:
			row.Upper = lp.At(at)
		default:
			row.Lower, row.Upper = lp.At(at), lp.At(at)
		}
		p.AddRow(row)
	}
	return p
}
