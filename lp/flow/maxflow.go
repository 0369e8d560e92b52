package flow

import (
	"context"

	"pstar/rational"
)

// MaxFlow solves t by Dinic's method of blocking flows in level networks (E. A.
// Dinic, 1970). It returns a maximum flow and the smallest minimum cut, an error if
// t is malformed, and ctx.Err() if ctx ends first.
//
// There are at most as many phases as sinks; each takes
// O(arcs · path length) additions and comparisons.
func MaxFlow(ctx context.Context, t *Transport) (*Flow, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	d := newDinic(t)
	// Each phase finds levels, and then sends as much as goes along paths of the
	// shortest length; after it, the shortest path is longer.
	for d.level() {
		for s := range d.sources {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			d.send(int32(s))
		}
	}
	return d.result(t), nil
}

// dinic holds the residual network: an arc can always take more, and gives back
// what it carries. Sources and sinks are nodes; supply and demand are the capacities of
// the arcs that are not written out.
type dinic struct {
	*network
	firstInto, into      []int32
	excess, spare        []rational.Int // what is left of supply and demand
	sourceAt, sinkAt     []int32        // levels; 0 means not reached
	sourceNext, sinkNext []int32        // the first arc not yet given up in this phase
	// The queue has sources only: sinks are gone through in between.
	queue []int32
	path  []int32
}

func newDinic(t *Transport) *dinic {
	n := newNetwork(t)
	d := &dinic{network: n}
	d.firstInto, d.into = n.arcsInto()
	d.excess = append([]rational.Int(nil), t.Supply...)
	d.spare = append([]rational.Int(nil), t.Demand...)
	d.sourceAt, d.sinkAt = make([]int32, n.sources), make([]int32, n.sinks)
	d.sourceNext, d.sinkNext = make([]int32, n.sources), make([]int32, n.sinks)
	return d
}

// level finds the distance of every node from the sources with excess in the
// residual network, up to the nearest sinks that can take more, and reports
// whether there are any. Levels of sources are odd and of sinks even, as every arc of
// the residual network leads from one kind to the other.
func (d *dinic) level() bool {
	clear(d.sourceAt)
	clear(d.sinkAt)
	copy(d.sourceNext, d.first)
	copy(d.sinkNext, d.firstInto)
	d.queue = d.queue[:0]
	for s, e := range d.excess {
		if e.Sign() > 0 {
			d.sourceAt[s] = 1
			d.queue = append(d.queue, int32(s))
		}
	}
	// A wave of sources and the sinks next to them at a time.
	for from, at := 0, int32(1); from < len(d.queue); at += 2 {
		to := len(d.queue)
		// The nearest sinks that can take more have been found; none further away is
		// used in this phase.
		if d.levelSinks(d.queue[from:to], at+1) {
			return true
		}
		from = to
	}
	return false
}

// levelSinks reaches the sinks next to the given sources and, if none of these
// sinks can take more, queues the sources that they can call back.
func (d *dinic) levelSinks(sources []int32, at int32) bool {
	found := false
	var reached []int32
	for _, s := range sources {
		for _, i := range d.head[d.first[s]:d.first[s+1]] {
			// The first time it is reached is by a shortest path.
			if d.sinkAt[i] == 0 {
				d.sinkAt[i] = at
				reached = append(reached, i)
				found = found || d.spare[i].Sign() > 0
			}
		}
	}
	if found {
		return true
	}
	// A sink that is full takes more only if another source takes back what it sends
	// there.
	for _, i := range reached {
		for _, a := range d.into[d.firstInto[i]:d.firstInto[i+1]] {
			if s := d.tail[a]; d.sourceAt[s] == 0 && d.flow[a].Sign() > 0 {
				d.sourceAt[s] = at + 1
				d.queue = append(d.queue, s)
			}
		}
	}
	return false
}

// send augments along shortest paths from s until its excess is gone or no path
// of this phase is left. Sources take turns in order; a path that has been given up is
// not looked at again, since levels only get worse within a phase.
func (d *dinic) send(s int32) {
	for d.excess[s].Sign() > 0 {
		end, ok := d.findPath(s)
		if !ok {
			return
		}
		d.augment(s, end)
	}
}

// findPath walks the level network from source s to a sink that can take more,
// leaves the arcs in d.path (in turn forwards and backwards) and returns the sink.
// An arc that leads nowhere is never tried again in this phase.
func (d *dinic) findPath(s int32) (sink int32, ok bool) {
	d.path = d.path[:0]
	for {
		i, ok := d.forward(s)
		if ok {
			// It can take more, and so the path ends here.
			if d.spare[i].Sign() > 0 {
				return i, true
			}
			if s, ok = d.backward(i); ok {
				continue
			}
			// The sink is a dead end: give up the arc that led to it.
			s = d.tail[d.path[len(d.path)-1]]
			d.path = d.path[:len(d.path)-1]
			d.sourceNext[s]++
			continue
		}
		// Not even the first source leads on.
		if len(d.path) == 0 {
			return 0, false
		}
		// The source is a dead end: give up the arc that it was called back on.
		i = d.head[d.path[len(d.path)-1]]
		s = d.tail[d.path[len(d.path)-2]]
		d.path = d.path[:len(d.path)-2]
		d.sinkNext[i]++
	}
}

// forward steps from source s to a sink one level on. The arc counts as the present one
// until it is given up.
func (d *dinic) forward(s int32) (int32, bool) {
	for ; d.sourceNext[s] < d.first[s+1]; d.sourceNext[s]++ {
		a := d.sourceNext[s]
		if i := d.head[a]; d.sinkAt[i] == d.sourceAt[s]+1 {
			d.path = append(d.path, a)
			return i, true
		}
	}
	return 0, false
}

// backward steps from sink i to a source one level on that serves it. Only an arc that
// carries something can give back.
func (d *dinic) backward(i int32) (int32, bool) {
	for ; d.sinkNext[i] < d.firstInto[i+1]; d.sinkNext[i]++ {
		a := d.into[d.sinkNext[i]]
		if s := d.tail[a]; d.sourceAt[s] == d.sinkAt[i]+1 && d.flow[a].Sign() > 0 {
			d.path = append(d.path, a)
			return s, true
		}
	}
	return 0, false
}

// augment sends as much as d.path takes from source s to the sink at its end. Backward
// arcs limit the amount by what they carry, forward ones do not; at least one of
// source, sink and backward arcs is used up.
func (d *dinic) augment(s, end int32) {
	amount := d.excess[s]
	if d.spare[end].Cmp(amount) < 0 {
		amount = d.spare[end]
	}
	for k := 1; k < len(d.path); k += 2 {
		if x := d.flow[d.path[k]]; x.Cmp(amount) < 0 {
			amount = x
		}
	}
	d.excess[s] = d.excess[s].Sub(amount)
	d.spare[end] = d.spare[end].Sub(amount)
	for k, a := range d.path {
		if k%2 == 0 {
			d.flow[a] = d.flow[a].Add(amount)
		} else {
			d.flow[a] = d.flow[a].Sub(amount)
		}
	}
}
