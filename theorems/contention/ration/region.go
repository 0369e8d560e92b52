package ration

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pstar/cone"
	"pstar/internal/each"
	"pstar/projection"
	"pstar/rational"
	"pstar/theorems/contention"
)

// A RegionRow is an inequality Σ_i Weights[i]·β_i ≤ Limit of the ex-ante region.
// Weights are by agent, none of them negative.
type RegionRow struct {
	Weights []rational.Rat `json:"weights"`
	Limit   rational.Rat   `json:"limit"`
}

// String writes it over the targets β1, β2, ….
// An agent with the weight 0 is left out.
func (r RegionRow) String() string {
	var terms []string
	// Targets are numbered as agents are, from 1.
	for i, w := range r.Weights {
		switch {
		case w.IsZero():
		case w.Equal(one):
			terms = append(terms, fmt.Sprintf("β%d", i+1))
		default:
			terms = append(terms, fmt.Sprintf("%s β%d", w, i+1))
		}
	}
	return strings.Join(terms, " + ") + " ≤ " + r.Limit.String()
}

// Limits of what is written out of a region and of an instance.
// More rows nobody reads, and each is a program in sameRegion.
const (
	maxRegionRows = 2000
	maxScenarios  = 20_000
)

// A piece is a part of a target that a level of the demand serves, at a price: the supply for one unit of service.
type piece struct{ service, supply rational.Rat }

// pieces are those of an agent, cheapest first, without levels that give no service.
// Prices ascend, as levels do.
func (a Agent) pieces() (list []piece) {
	for _, l := range a.levels() {
		if l.service.IsZero() {
			// 0 for Type I and a demand above the supply.
			continue
		}
		// A level of demand d serves up to its probability times its service, for its probability times its supply.
		next := piece{l.probability.Mul(l.service), l.probability.Mul(l.supply)}
		// Levels of one price are one piece: a row for each would say the same twice.
		if last := len(list) - 1; last >= 0 && list[last].price().Equal(next.price()) {
			list[last].service, list[last].supply = list[last].service.Add(next.service), list[last].supply.Add(next.supply)
			continue
		}
		list = append(list, next)
	}
	return list
}

// A piece has service, so that nothing is divided by 0.
func (p piece) price() rational.Rat { return p.supply.Quo(p.service) }

// Region returns rows of the ex-ante region besides β ≥ 0, for discrete demands (Remark 1): each target is at most what all demands give, and for
// every choice of a level of each agent the supplies that its price asks for are at most 1, as the supply for a target is the largest of
// the affine functions that continue its pieces. Some may follow from others. The error says that there are too many.
//
// For each agent the least supply that serves a target b is a convex function of b, the maximum of the affine functions that go on
// from its pieces; the region is where these sum to at most 1. So a row is a choice of one affine function for each agent.
// There are as many rows as products of numbers of pieces, and one for each agent.
func Region(agents []Agent) ([]RegionRow, error) {
	var rows []RegionRow
	// The rows that the supply gives, for the agents so far: at first 0 ≤ 1.
	all := []RegionRow{{Limit: one}}
	for i, a := range agents {
		list := a.pieces()
		// Each choice of a level of every agent is a row, of which there are exponentially many.
		if len(all)*max(1, len(list)) > maxRegionRows {
			return nil, fmt.Errorf("the region has more than %d rows", maxRegionRows)
		}
		// A target is at most what all demands together give.
		most := RegionRow{Weights: make([]rational.Rat, len(agents))}
		most.Weights[i] = one
		var next []RegionRow
		// At the start of a piece the service so far is most.Limit, and takes the supply spent.
		spent := zero
		// The supply for a target β_i is convex and piecewise affine: on this piece spent + price·(β_i − served so far), and everywhere
		// at least that.
		for _, p := range list {
			for _, r := range all {
				weights := append(slices.Clone(r.Weights), p.price())
				// Moving spent − price·served to the other side makes the limit.
				next = append(next, RegionRow{weights, r.Limit.Sub(spent).Add(p.price().Mul(most.Limit))})
			}
			most.Limit, spent = most.Limit.Add(p.service), spent.Add(p.supply)
		}
		// An agent whom no supply serves takes none: it is in the rows with the weight 0, and has no target above 0.
		if len(list) == 0 {
			for _, r := range all {
				next = append(next, RegionRow{append(slices.Clone(r.Weights), zero), r.Limit})
			}
		}
		all, rows = next, append(rows, most)
	}
	return append(rows, all...), nil
}

// ProjectRegion returns the same region by projecting the program (2.1)–(2.2) along the probabilities with which the levels are served: its one shortest form,
// with the rows β ≥ 0 left out. The error is ctx.Err().
//
// Where the region has an interior that is the one irredundant form, up to factors and the order of rows, by a conversion of the
// cone of the program.
// The number of variables is that of all levels.
func ProjectRegion(ctx context.Context, agents []Agent) ([]RegionRow, error) {
	// One column for the constant, then the targets, then the levels of all agents.
	n := len(agents)
	columns := 1 + n
	for _, a := range agents {
		columns += len(a.levels())
	}
	p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: columns}
	// A row is a constant, the targets, and the variables of the levels.
	// Vectors are integers: a row stands for all its positive multiples.
	add := func(equation bool, entries map[int]rational.Rat) {
		row := make([]rational.Rat, columns)
		for j, v := range entries {
			row[j] = v
		}
		vector, _ := rational.RatVector(row).Integers()
		p.Rows = append(p.Rows, cone.Row{Vector: cone.Sparse(vector), Linear: equation})
	}
	supply := map[int]rational.Rat{0: one}
	j := 1 + n
	for i, a := range agents {
		target := map[int]rational.Rat{1 + i: one.Neg()}
		// -β_i, to which the services of the levels add up.
		for _, l := range a.levels() {
			// 0 ≤ a ≤ f, for each level.
			add(false, map[int]rational.Rat{j: one})
			add(false, map[int]rational.Rat{0: l.probability, j: one.Neg()})
			supply[j], target[j] = l.supply.Neg(), l.service
			j++
		}
		// (2.2): the services of the levels sum to the target.
		add(true, target)
	}
	// (2.1).
	add(false, supply)
	// The targets are kept; all variables of levels go.
	kept := each.To(n, func(i int) int { return i })
	c, err := projection.ThroughCone(ctx, projection.System(p), kept)
	if err != nil {
		return nil, err
	}
	return regionRows(c.Projection, n)
}

// regionRows are the rows of a projection to n targets, without β ≥ 0, each with 1 as its first weight that is not 0. The error
// is an equation that is not of the form β_i = 0.
// Multiples of a row are one after this, and can be compared.
func regionRows(p *cone.Polyhedron, n int) (rows []RegionRow, err error) {
	for _, r := range p.Rows {
		row := RegionRow{Weights: make([]rational.Rat, n), Limit: rational.RatFromInt(r.Vector.At(0))}
		// A row with a positive weight is one; the others are β_i ≥ 0, which all know.
		upper := false
		for i := range n {
			row.Weights[i] = rational.RatFromInt(r.Vector.At(1 + i)).Neg()
			upper = upper || row.Weights[i].Sign() > 0
		}
		switch {
		case r.Linear:
			// An agent whom no supply serves, as one of Type I whose demand is always above 1: the region lies in the
			// hyperplanes β_i = 0 of these agents and in no other, as every other target can be a little above 0.
			zero, ok := row.zeroTarget()
			if !ok {
				return nil, fmt.Errorf("the region lies in the hyperplane %s", row)
			}
			rows = append(rows, zero)
		case upper:
			rows = append(rows, row.scaled())
		}
	}
	return rows, nil
}

// zeroTarget is the row β_i ≤ 0 of an equation that says β_i = 0, with β ≥ 0 left out as everywhere; or it says
// that the equation is another one.
// zeroTarget does not look at the sign: an equation holds both ways.
func (r RegionRow) zeroTarget() (RegionRow, bool) {
	// Equations of one target only are expected here.
	nonzero := each.Count(r.Weights, func(w rational.Rat) bool { return !w.IsZero() })
	return r.scaled(), nonzero == 1 && r.Limit.IsZero()
}

// scaled is the row with 1 as its first weight that is not 0.
// A row without weights, 0 ≤ limit, stays as it is.
func (r RegionRow) scaled() RegionRow {
	for _, w := range r.Weights {
		if !w.IsZero() {
			s := RegionRow{Limit: r.Limit.Quo(w)}
			for _, v := range r.Weights {
				s.Weights = append(s.Weights, v.Quo(w))
			}
			return s
		}
	}
	return r
}

// Rows are compared as they are: scale them before.
func (r RegionRow) equal(s RegionRow) bool {
	return r.Limit.Equal(s.Limit) && rational.RatVector(r.Weights).Equal(s.Weights)
}

// sameRegion reports how the rows of a projection, of which none follows from the others, differ from those of [Region]: each of them
// must be one of these, and each of these must hold for all that they allow.
// The error names the first row that differs.
func sameRegion(ctx context.Context, shortest, all []RegionRow) error {
	// Facets are the same however they are found, up to a factor.
	for _, r := range shortest {
		if !slices.ContainsFunc(all, func(s RegionRow) bool { return r.equal(s.scaled()) }) {
			return fmt.Errorf("the projection has the row %s", r)
		}
	}
	// The others follow from them: the largest value of each, under the shortest rows, is at most its limit.
	for _, s := range all {
		most, err := maximise(ctx, shortest, s.Weights)
		if err != nil {
			return err
		}
		if most.Cmp(s.Limit) > 0 {
			return fmt.Errorf("the projection does not imply the row %s", s)
		}
	}
	return nil
}

// checkRegion decides Remark 1 and Lemma 2.1 on an instance: the rows of the region are those of the projection, which are returned, and no offline algorithm
// violates one. Whether the second can be decided is said by decided. An error is ctx.Err(), or says what is wrong, or that there are too many rows.
// remark and lemma are nil where they hold; an error of a limit leaves both open.
func checkRegion(ctx context.Context, agents []Agent) (rows []RegionRow, remark, lemma error, decided bool, err error) {
	all, err := Region(agents)
	if err != nil {
		return nil, nil, nil, false, err
	}
	if rows, err = ProjectRegion(ctx, agents); err != nil {
		return nil, nil, nil, false, err
	}
	// Remark 1: two ways to the rows, which share nothing.
	remark = sameRegion(ctx, rows, all)
	scenarios, ok := scenariosOf(agents)
	// The region is known all the same.
	if !ok {
		return rows, remark, nil, false, ctx.Err()
	}
	for _, r := range rows {
		// Lemma 2.1: even who sees all demands first makes no more of the weights than the row allows.
		most := offlineMost(ctx, agents, scenarios, r.Weights)
		if ctx.Err() != nil {
			return nil, nil, nil, false, context.Cause(ctx)
		}
		// The first row that is violated is told.
		if most.Cmp(r.Limit) > 0 && lemma == nil {
			lemma = fmt.Errorf("an offline algorithm makes %s of %s", most, r)
		}
	}
	return rows, remark, lemma, true, nil
}

// regionText says how many rows there are.
func regionText(rows []RegionRow) string {
	return contention.Count(len(rows), "row", "rows") + " besides β ≥ 0"
}
