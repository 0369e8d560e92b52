// Package flow solves transport problems exactly by two independent methods, and returns
// with every flow a cut of the same value, which [Transport.Verify] checks without
// trusting them.
//
// A [Transport] has sources and sinks, each source serving some of the sinks
// without limit. A flow respects supplies and demands; a cut is a set S of sinks,
// to be paid with their demand, together with every source that can serve a sink
// outside S, to be paid with its supply. Every flow is at most every cut, and
// the two methods, [MaxFlow] and [NetworkSimplex], return a flow and a cut of
// equal value (for a cell of the theory this is MD-T3, with S the minimising set).
package flow

import (
	"fmt"

	"pstar/rational"
)

// Transport is a transport problem: send as much as possible from sources to
// sinks. Supply has one entry for each source and Demand one for each sink, all
// nonnegative and in one unit; Arcs[s] lists the sinks that source s may serve,
// in any order, each by its index. A sink listed twice counts as two arcs.
//
// Supplies of several units must be brought to one before. There are no costs: package
// lp has programs with these.
type Transport struct {
	Supply, Demand []rational.Int
	Arcs           [][]int32
}

// Flow is a flow of a [Transport] and a cut of the same value, each proving that
// the other is optimal.
type Flow struct {
	// Value is the amount sent.
	Value rational.Int
	// On has the amount on every arc, parallel to Transport.Arcs.
	On [][]rational.Int
	// CutSinks marks the sinks whose demand is paid. Of all sets of sinks that
	// belong to a cut of least value, this is the smallest one: it is contained
	// in every other.
	CutSinks []bool
	// CutSources marks the sources whose supply is paid: those with an arc to a
	// sink that is not cut.
	CutSources []bool
}

// Validate reports the first thing that makes t malformed: lists of different
// length, a negative supply or demand, an arc to a sink that does not exist. Every
// method begins with it, so that none needs to look at indices again.
func (t *Transport) Validate() error {
	if len(t.Arcs) != len(t.Supply) {
		return fmt.Errorf("flow: transport has %d supplies and %d lists of arcs", len(t.Supply), len(t.Arcs))
	}
	for s, a := range t.Supply {
		if a.Sign() < 0 {
			return fmt.Errorf("flow: source %d has the negative supply %v", s, a)
		}
	}
	for i, d := range t.Demand {
		if d.Sign() < 0 {
			return fmt.Errorf("flow: sink %d has the negative demand %v", i, d)
		}
	}
	for s, arcs := range t.Arcs {
		for _, i := range arcs {
			if i < 0 || int(i) >= len(t.Demand) {
				return fmt.Errorf("flow: source %d has an arc to sink %d, but there are %d sinks", s, i, len(t.Demand))
			}
		}
	}
	return nil
}

// Verify checks exactly that f is feasible for t, that its cut separates sources
// from sinks, and that both have the value f.Value, so that both are optimal. It
// does not check that the cut is the smallest. It shares no code with the methods.
//
// It costs one pass over the arcs, and needs both lists of the flow whole.
func (t *Transport) Verify(f *Flow) error {
	if err := t.Validate(); err != nil {
		return err
	}
	if f == nil {
		return fmt.Errorf("flow: no flow to verify")
	}
	if err := t.verifyFlow(f); err != nil {
		return err
	}
	return t.verifyCut(f)
}

// verifyFlow checks amounts on arcs, at sources, at sinks, and their sum.
func (t *Transport) verifyFlow(f *Flow) error {
	if len(f.On) != len(t.Arcs) {
		return fmt.Errorf("flow: flow has %d sources, transport has %d", len(f.On), len(t.Arcs))
	}
	var total rational.Int
	into := make([]rational.Int, len(t.Demand))
	for s, on := range f.On {
		if len(on) != len(t.Arcs[s]) {
			return fmt.Errorf("flow: flow has %d arcs at source %d, transport has %d", len(on), s, len(t.Arcs[s]))
		}
		var out rational.Int
		for k, x := range on {
			i := t.Arcs[s][k]
			if x.Sign() < 0 {
				return fmt.Errorf("flow: negative flow %v from source %d to sink %d", x, s, i)
			}
			out = out.Add(x)
			into[i] = into[i].Add(x)
		}
		if out.Cmp(t.Supply[s]) > 0 {
			return fmt.Errorf("flow: source %d sends %v, its supply is %v", s, out, t.Supply[s])
		}
		total = total.Add(out)
	}
	for i, x := range into {
		if x.Cmp(t.Demand[i]) > 0 {
			return fmt.Errorf("flow: sink %d receives %v, its demand is %v", i, x, t.Demand[i])
		}
	}
	if !total.Equal(f.Value) {
		return fmt.Errorf("flow: flow sends %v, its stated value is %v", total, f.Value)
	}
	return nil
}

// verifyCut checks that no arc leads from a source that does not pay to a sink that is
// not cut, and what both pay.
func (t *Transport) verifyCut(f *Flow) error {
	if len(f.CutSinks) != len(t.Demand) || len(f.CutSources) != len(t.Supply) {
		return fmt.Errorf("flow: cut has %d sources and %d sinks, transport has %d and %d",
			len(f.CutSources), len(f.CutSinks), len(t.Supply), len(t.Demand))
	}
	var capacity rational.Int
	for s, arcs := range t.Arcs {
		if f.CutSources[s] {
			capacity = capacity.Add(t.Supply[s])
			continue
		}
		for _, i := range arcs {
			if !f.CutSinks[i] {
				return fmt.Errorf("flow: cut leaves the arc from source %d to sink %d", s, i)
			}
		}
	}
	for i, cut := range f.CutSinks {
		if cut {
			capacity = capacity.Add(t.Demand[i])
		}
	}
	if !capacity.Equal(f.Value) {
		return fmt.Errorf("flow: cut has capacity %v, flow has value %v", capacity, f.Value)
	}
	return nil
}
