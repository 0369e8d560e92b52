package orders

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
	"pstar/witness"
)

// Family is contention resolution with weighted orders, with its command.
// Each list of probabilities is a task; the orders are the same for all of them.
func Family() theorems.Family {
	return theorems.Family{
		Name:     "contention resolution with weighted orders",
		Theorems: rows,
		Command:  "orders",
		Usage:    "(-orders LIST [-probabilities W] | -every-order | -best) (-x X | -n N -rho R | FILE)",
		Summary:  "the best guarantee of contention resolution with weighted orders of arrival",
		Help: `Elements are active independently with probabilities x and arrive in one of several
orders, each with its probability; one of them may be accepted. Computes the best
guarantee of any scheme exactly, with a scheme that attains it and weights of the elements
that allow no more, and verifies`,
		Verifies: []string{"CRS-OLP", "CRS-O2", "CRS-OBEST"},
		More: `The bound by the weights is computed again by a dynamic program. CRS-O2 is verified of two
orders that are each other's reverse, with LPOPT as "verify crs" finds it; CRS-OBEST is with
-best.

-orders has the orders, such as 1,2,3/3,1,2, and -probabilities theirs, equal ones
if it is not given; -every-order takes all n! orders, for at most 6 elements; -best seeks the best
two, for at most 6. The probabilities are given as for "verify crs". -certificate FILE writes
the proof of CRS-OLP.

` + contention.Standings,
		Parameters: func(f *theorems.Flags) theorems.Verify {
			p := &parameters{}
			f.StringVar(&p.orders, "orders", "", "`orders`, lists of elements separated by slashes")
			f.StringVar(&p.weights, "probabilities", "", "`probabilities` of the orders, separated by commas")
			f.BoolVar(&p.all, "every-order", false, "take all orders, with equal probabilities")
			f.BoolVar(&p.best, "best", false, "find the best two orders")
			p.Add(f)
			return p.tasks
		},
	}
}

// parameters are those of the command.
type parameters struct {
	single.Elements
	orders, weights string
	all, best       bool
}

// Exactly one of three ways to say which orders there are is taken; an error is bad input.
func (p *parameters) tasks(run *theorems.Run) (tasks []theorems.Task, err error) {
	// Exactly one of the three is to be there.
	given := each.Count([]string{"orders", "every-order", "best"}, p.Given)
	// Two of them would contradict each other, and without one there is no order to take.
	if given != 1 {
		return nil, theorems.BadInput("expected one of -orders, -every-order and -best; \"%s -h\" explains", p.Name())
	}
	// All orders, and the best two, have equal weights.
	if !p.Given("orders") {
		if err := p.RefuseUnused("without -orders", "probabilities"); err != nil {
			return nil, err
		}
	}
	// The probabilities, of one instance or of several.
	lists, err := p.Read(run)
	if err != nil {
		return nil, err
	}
	for _, x := range lists {
		n := len(x)
		// Before any work: a list of orders that does not fit one of the instances is bad input.
		in, err := p.instance(x)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, theorems.Task{Name: fmt.Sprintf("n%d", n), Title: fmt.Sprintf("n = %d", n), Do: func(ctx context.Context) (*theorems.Report, error) {
			// The best two are sought, and in is empty.
			if p.best {
				return bestReport(ctx, x, run)
			}
			u, err := Solve(ctx, in)
			// Without an answer the report names what was not settled; it is nil if the
			// fault is another one.
			if err != nil {
				return unsolved(ctx, x, "CRS-OLP"), err
			}
			return u.report(ctx, nil)
		}})
	}
	return tasks, nil
}

// bestReport is the report on the best two orders, or on the best that were found before ctx ended.
// Ended early it claims CRS-OBEST undecided, never checked: the pairs that were not looked
// at may be better.
func bestReport(ctx context.Context, x []rational.Rat, run *theorems.Run) (*theorems.Report, error) {
	// Beside an error there may be the best so far.
	u, solved, pairs, err := Best(ctx, x, func(done, all int) { run.Progress("pair %d of %d", done, all) })
	switch {
	case err == nil:
		return u.report(ctx, theorems.Claims{{Tag: "CRS-OBEST", Status: theorems.Checked,
			Statement: fmt.Sprintf("no pair of orders with weights 1/2 has a larger guarantee: of %d pairs %d were solved, and weights of the elements bound the others", pairs, solved)}})
	// Without any pair there is nothing to show, and after a fault nothing to trust.
	case u == nil || ctx.Err() == nil:
		return unsolved(ctx, x, "CRS-OLP", "CRS-OBEST"), err
	}
	// What was found is verified for all that: it takes no time.
	r, fault := u.report(context.WithoutCancel(ctx), theorems.Claims{{Tag: "CRS-OBEST", Status: theorems.Undecided,
		Statement: fmt.Sprintf("of %d pairs of orders %d were solved before the run ended, and of these none has a larger guarantee", pairs, solved)}})
	if fault != nil {
		return nil, fault
	}
	return r, err
}

// unsolved is what is known of an instance if ctx ended before anything was found; nil if that is not why.
func unsolved(ctx context.Context, x []rational.Rat, tags ...string) *theorems.Report {
	if ctx.Err() == nil {
		return nil
	}
	// Without figures: none of them is known.
	r := &theorems.Report{Title: contention.Count(len(x), "element", "elements") + ", ρ = " + contention.Exact(rational.RatVector(x).Sum()), Figures: struct{}{}}
	contention.Unsettled(&r.Claims, rows, tags...)
	return r
}

// instance has the orders that are asked for; it has none for -best.
// An error is bad input and names the flag that it is about.
func (p *parameters) instance(x []rational.Rat) (in Instance, err error) {
	switch n := len(x); {
	// 720 orders are 259 560 pairs; with 7 elements they would be nearly 50 times as many.
	case p.best && n > 6:
		return in, theorems.BadInput("-best: expected at most 6 elements, found %d", n)
	case p.best:
		return in, nil
	// 720 orders of 6 elements have 4320 places, within what a program may have.
	case p.all && n > 6:
		return in, theorems.BadInput("-every-order: expected at most 6 elements, found %d", n)
	case p.all:
		return Equal(x, All(n)...), nil
	}
	var weights *string
	// nil and an empty text differ: -probabilities "" was given, and is refused as a list.
	if p.Given("probabilities") {
		weights = &p.weights
	}
	return Listed(x, p.orders, weights)
}

// Listed is the instance of orders as a command line lists them, elements from 1 on: 1,2,3/3,1,2. Their weights are separated by
// commas, or equal ones if they are nil. The error is a [theorems.InputError], which names the flag -orders or -probabilities.
func Listed(x []rational.Rat, list string, weights *string) (in Instance, err error) {
	orders, err := parseOrders(list)
	if err != nil {
		return in, err
	}
	// Equal weights, unless others are given.
	in = Equal(x, orders...)
	if weights != nil {
		if in.Weights, err = rational.ParseRats(*weights); err != nil {
			return in, theorems.BadInput("-probabilities: %v", err)
		}
	}
	// The list was read; what is wrong now is that it does not fit the elements or the
	// weights.
	if err := in.Validate(); err != nil {
		return in, theorems.BadInput("-orders: %v", err)
	}
	return in, nil
}

// parseOrders reads lists of elements from 1 on.
// Commas and spaces separate elements, slashes orders. Numbers out of range are left to
// [Instance.Validate], which knows how many elements there are.
func parseOrders(text string) (list [][]int, err error) {
	for o, words := range strings.Split(text, "/") {
		var order []int
		for _, word := range strings.FieldsFunc(words, func(c rune) bool { return c == ',' || c == ' ' }) {
			i, err := strconv.Atoi(word)
			if err != nil {
				return nil, theorems.BadInput("-orders: order %d: expected the number of an element, found %q", o+1, word)
			}
			order = append(order, i-1)
		}
		list = append(list, order)
	}
	return list, nil
}

// opposite reports whether the instance is that of LP-SI but for the names of the elements.
// The weights have the sum 1, so two equal ones are 1/2.
// opposite looks at the orders and weights alone.
func (in Instance) opposite() bool {
	// Only two orders of equal weight are forward and backward.
	if len(in.Orders) != 2 || !in.Weights[0].Equal(in.Weights[1]) {
		return false
	}
	// Whatever the elements are called, one order must be the other one read backwards.
	second := slices.Clone(in.Orders[1])
	slices.Reverse(second)
	return slices.Equal(in.Orders[0], second)
}

// report is what the command tells, with further claims.
// What is claimed is verified here again, exactly. The error is the cause with which ctx
// ended, and a report of what was not settled comes with it.
func (u *Optimum) report(ctx context.Context, more theorems.Claims) (*theorems.Report, error) {
	// Each claim is decided here, by numbers and not by the solver.
	var found theorems.Claims
	found.Add(u.Verify(ctx), "CRS-OLP", theorems.Checked, "for %s the best guarantee is %s: a scheme attains it, and weights of the elements allow no more",
		contention.Count(len(u.Orders), "order", "orders"), contention.Decimal(u.Value))
	// For other orders there is no second way to the value, so nothing is compared.
	if u.opposite() {
		// LP-SI numbers the elements as they arrive.
		x := each.Of(u.Orders[0], func(i int) rational.Rat { return u.X[i] })
		other, err := single.Solve(ctx, x)
		if err == nil && !other.Value.Equal(u.Value) {
			err = fmt.Errorf("LPOPT is %s", other.Value)
		}
		found.Add(err, "CRS-O2", theorems.Checked, "the guarantee is LPOPT of the elements in the first order")
	}
	if ctx.Err() != nil { // what does not hold may be the end of the run
		return unsolved(ctx, u.X, "CRS-OLP"), context.Cause(ctx)
	}
	// The sum of the probabilities, which tells how much is asked for.
	rho := rational.RatVector(u.X).Sum()
	return &theorems.Report{
		Title:   fmt.Sprintf("%s, %s, ρ = %s", contention.Count(len(u.X), "element", "elements"), contention.Count(len(u.Orders), "order", "orders"), contention.Exact(rho)),
		Before:  []theorems.Block{{Line: "guarantee = " + contention.Exact(u.Value)}, {Table: u.elements()}, {Table: u.table()}},
		Claims:  append(found, more...),
		Summary: "guarantee = " + contention.Decimal(u.Value),
		Figures: struct {
			X         []rational.Rat   `json:"x"`
			Orders    [][]int          `json:"orders"`
			Weights   []rational.Rat   `json:"weights"`
			Guarantee rational.Rat     `json:"guarantee"`
			Choice    [][]rational.Rat `json:"choice"`
			Xi        []rational.Rat   `json:"xi"`
		}{u.X, fromOne(u.Orders), u.Weights, u.Value, u.Choice, u.Xi},
		Documents: []theorems.Maker{u.Document},
	}, nil
}

// fromOne counts elements from 1, as everything printed does.
func fromOne(orders [][]int) (list [][]int) {
	for _, order := range orders {
		places := each.Of(order, func(i int) int { return i + 1 })
		list = append(list, places)
	}
	return list
}

// elements is a table with the weights ξ.
func (u *Optimum) elements() [][]string {
	// The weights are of elements, and the same for all orders.
	table := [][]string{{"element", "x", "ξ"}}
	for i, x := range u.X {
		table = append(table, []string{fmt.Sprint(i + 1), contention.Abridged(x), contention.Abridged(u.Xi[i])})
	}
	return table
}

// maxShown bounds the orders of the table; all are in the JSON.
const maxShown = 24

// table has a row for each order: its weight, and the coins in the order of arrival.
// The coins are those of the elements in the order of arrival, not by number.
func (u *Optimum) table() [][]string {
	table := [][]string{{"order", "weight", "coins as they arrive"}}
	for o, order := range u.Orders {
		// 720 orders would fill the screen.
		if o == maxShown {
			return append(table, []string{"…", "", fmt.Sprintf("%d more", len(u.Orders)-maxShown)})
		}
		// Both in the order of arrival.
		var elements, coins []string
		for _, i := range order {
			elements, coins = append(elements, fmt.Sprint(i+1)), append(coins, contention.Abridged(u.Coin(o, i)))
		}
		table = append(table, []string{strings.Join(elements, " "), contention.Abridged(u.Weights[o]), strings.Join(coins, " ")})
	}
	return table
}

// Document returns the certificate of the guarantee. The error is that of
// [witness.BuiltProgram].
// It has the orders one after the other in one list; the checker cuts it by the number of
// elements.
func (u *Optimum) Document() (theorems.Document, error) {
	// By order, one behind the other.
	var arrivals []int
	for _, order := range fromOne(u.Orders) {
		arrivals = append(arrivals, order...)
	}
	return witness.BuiltProgram(witness.Built{
		Builder: "orders",
		Parameters: []witness.Parameter{
			{Name: "x", Value: u.X},
			{Name: "value", Value: u.Value},
			{Name: "weights", Value: u.Weights},
			{Name: "arrivals", Value: arrivals},
		},
		Claim: [2]string{"CRS-OLP", theorems.Checked.String()},
	}, u.problem, u.result)
}
