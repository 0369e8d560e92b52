package units

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
	"pstar/witness"
)

// Family is contention resolution with k units, with its command.
// The tasks of the command are the pairs of k and a list of probabilities.
func Family() theorems.Family {
	return theorems.Family{
		Name:     "contention resolution with k units",
		Theorems: rows,
		Command:  "units",
		Usage:    "-k K (-x X | -n N -rho R | FILE)",
		Summary:  "the best guarantee of contention resolution with k units",
		Help: `Elements are active independently with probabilities x and arrive forward or
backward, each with probability 1/2, or with -fixed in the forward order; at most k of
them may be accepted. Computes the best guarantee of any scheme exactly, with a scheme
that attains it and weights of the elements that allow no more, and verifies`,
		Verifies: []string{"CRS-KLP", "CRS-KA", "CRS-K1", "CRS-KB"},
		More: `The bound by the weights is computed again by a dynamic program, and LPOPT, of CRS-K1, as
"verify crs" does; ρ is the sum of x.

k may be a range such as 1..4, and so may N; then all pairs are verified. The
probabilities are given as for "verify crs". -certificate FILE writes the proof of
CRS-KLP; docs/units.md has examples.

` + contention.Standings,
		Parameters: func(f *theorems.Flags) theorems.Verify {
			p := &parameters{}
			f.Var(&p.k, "k", "number `k` of units, or a range such as 1..4")
			f.BoolVar(&p.fixed, "fixed", false, "the elements arrive in the forward order only")
			p.Add(f)
			return p.tasks
		},
	}
}

// parameters are those of the command.
// The lists of probabilities are those of [single.Elements], so that both commands read the
// same.
type parameters struct {
	single.Elements
	k     theorems.Range
	fixed bool
}

// tasks validates all instances before it returns any, so that no work is lost to bad input
// at the end of a range.
func (p *parameters) tasks(run *theorems.Run) ([]theorems.Task, error) {
	// There is no k that one would expect, so none is taken for granted.
	if !p.Given("k") {
		return nil, theorems.BadInput("-k is needed, such as -k 2")
	}
	lists, err := p.Read(run)
	if err != nil {
		return nil, err
	}
	for _, x := range lists {
		// The largest k of the range has the most states; where it fits, the smaller ones
		// do.
		if err := (Instance{X: x, K: p.k.Last, Fixed: p.fixed}).Validate(); err != nil {
			return nil, theorems.BadInput("%v", err)
		}
	}
	return theorems.Grid(p.k, theorems.Range{First: 0, Last: len(lists) - 1}, func(k, list int) theorems.Task {
		in := Instance{X: lists[list], K: k, Fixed: p.fixed}
		n := len(in.X)
		// Rows of the grid of results are k, columns the number of elements.
		return theorems.Task{Name: fmt.Sprintf("k%d-n%d", k, n), Title: fmt.Sprintf("k = %d, n = %d", k, n), Cell: &theorems.Cell{Row: k, Column: n},
			Do: func(ctx context.Context) (*theorems.Report, error) {
				// Three ends: an answer, a fault of the instance or the solver, and the end
				// of the run, which alone still has something to report.
				u, err := Solve(ctx, in)
				switch {
				case err == nil:
					return u.report(ctx)
				case ctx.Err() == nil:
					return nil, err
				}
				// An Optimum without a solution has what the title needs.
				return (&Optimum{Instance: in}).unsolved(), err
			}}
	}), nil
}

// claims verifies the statements on the instance. The error is the end of ctx.
// What CRS-K1 and CRS-KB speak of is claimed only where their premises hold.
func (u *Optimum) claims(ctx context.Context) (found theorems.Claims, err error) {
	// Solve has verified it before. It is done again for the claim, as an Optimum may have
	// been changed in between.
	found.Add(u.Verify(ctx), "CRS-KLP", theorems.Checked, "for k = %d the best guarantee is %s: a scheme attains it, and weights of the elements allow no more", u.K, contention.Decimal(u.Value))
	_, err = u.Attain(ctx)
	found.Add(err, "CRS-KA", theorems.Checked, "the coins accept every element with probability c(i), in each order")
	// With one unit the value is known otherwise: by LP-SI for two orders, and by a formula
	// for one.
	if u.K == 1 {
		// 1/(1 + ρ − x_n): in a fixed order the last element takes the unit from nobody.
		best := one.Add(rational.RatVector(u.X[:len(u.X)-1]).Sum()).Inv()
		if !u.Fixed {
			other, err := single.Solve(ctx, u.X)
			if err != nil {
				return nil, err
			}
			best = other.Value
		}
		found.Add(differs(u.Value, best), "CRS-K1", theorems.Checked, "the guarantee for one unit is that of the program without states")
	}
	// The bound is that of Alaei for at most k active elements in the mean; of more it says
	// nothing.
	if units := rational.NewRat(int64(u.K), 1); rational.RatVector(u.X).Sum().Cmp(units) <= 0 {
		// 1 − value ≤ 1/√(k+3), squared: both sides are at least 0
		// The root is never computed: a comparison of squares is exact.
		rest := one.Sub(u.Value)
		var err error
		if rest.Mul(rest).Mul(units.Add(rational.NewRat(3, 1))).Cmp(one) > 0 {
			err = fmt.Errorf("it is less")
		}
		found.Add(err, "CRS-KB", theorems.Checked, "the guarantee is at least 1 - 1/√%d", u.K+3)
	}
	// A claim that failed because the run ended is no finding.
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return found, nil
}

// differs is nil for equal numbers, and otherwise an error that tells both.
func differs(x, y rational.Rat) error {
	if x.Equal(y) {
		return nil
	}
	return fmt.Errorf("%s is not %s", x, y)
}

// report is what the command tells.
// The error is the cause with which ctx ended; the report then says what was not settled.
func (u *Optimum) report(ctx context.Context) (*theorems.Report, error) {
	claims, err := u.claims(ctx)
	if err != nil {
		return u.unsolved(), err
	}
	rho := rational.RatVector(u.X).Sum()
	return &theorems.Report{
		Title:   fmt.Sprintf("%s, k = %d, ρ = %s", contention.Count(len(u.X), "element", "elements"), u.K, contention.Exact(rho)),
		Before:  []theorems.Block{{Line: "guarantee = " + contention.Exact(u.Value)}, {Table: u.table()}},
		Claims:  claims,
		Summary: "guarantee = " + contention.Decimal(u.Value),
		Figures: struct {
			X         []rational.Rat     `json:"x"`
			Units     int                `json:"units"`
			Fixed     bool               `json:"fixed"`
			Guarantee rational.Rat       `json:"guarantee"`
			State     [][][]rational.Rat `json:"state"`
			Accept    [][][]rational.Rat `json:"accept"`
			Xi        []rational.Rat     `json:"xi"`
		}{u.X, u.K, u.Fixed, u.Value, u.State, u.Accept, u.Xi},
		Documents: []theorems.Maker{u.Document},
	}, nil
}

// unsolved is what is told if the run ended before the optimum was found and verified.
// It has no figures, so that nobody takes zeros for results.
func (u *Optimum) unsolved() *theorems.Report {
	r := &theorems.Report{Title: fmt.Sprintf("%s, k = %d", contention.Count(len(u.X), "element", "elements"), u.K), Figures: struct{}{}}
	contention.Unsettled(&r.Claims, rows, "CRS-KLP", "CRS-KA")
	return r
}

// table has a row for each element: its probabilities of acceptance, its weight, and the
// coins by the number of units gone.
func (u *Optimum) table() [][]string {
	head := []string{"element", "x"}
	for _, o := range u.orders() {
		head = append(head, "c "+o.String())
	}
	head = append(head, "ξ")
	for _, o := range u.orders() {
		head = append(head, "coins "+o.String())
	}
	table := [][]string{head}
	// The columns c are the sums of a; the coins beside them are a/p.
	c := u.Choice()
	for i, x := range u.X {
		row := []string{fmt.Sprint(i + 1), contention.Abridged(x)}
		for o := range c {
			row = append(row, contention.Abridged(c[o][i]))
		}
		row = append(row, contention.Abridged(u.Xi[i]))
		for o := range c {
			coins := ""
			for s := range u.Accept[o][i] {
				coins += " " + contention.Abridged(u.Coin(o, i, s))
			}
			// Each coin begins with the space that separates it; the first one goes.
			row = append(row, coins[1:])
		}
		table = append(table, row)
	}
	return table
}

// Document returns the certificate of the guarantee. The error is that of
// [witness.BuiltProgram].
// It proves the value to be that of the program that the checker builds from the same
// parameters; that this program describes the schemes is the theorem in the documentation
// of the package.
func (u *Optimum) Document() (theorems.Document, error) {
	return witness.BuiltProgram(witness.Built{
		Builder: "units",
		Parameters: []witness.Parameter{
			{Name: "orders", Value: len(u.orders())},
			{Name: "units", Value: u.K},
			{Name: "x", Value: u.X},
			{Name: "value", Value: u.Value},
		},
		Claim: [2]string{"CRS-KLP", theorems.Checked.String()},
	}, u.problem, u.result)
}
