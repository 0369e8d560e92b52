package flow

import "pstar/rational"

// network is a transport problem with its arcs numbered one source after the
// other, and a flow on them. Both methods leave their flow here.
type network struct {
	sources, sinks int
	first          []int32 // the arcs of source s are first[s] .. first[s+1]-1
	tail, head     []int32 // source and sink of each arc
	flow           []rational.Int
}

// The transport has been validated.
func newNetwork(t *Transport) *network {
	n := &network{sources: len(t.Supply), sinks: len(t.Demand), first: make([]int32, len(t.Supply)+1)}
	for s, arcs := range t.Arcs {
		n.first[s+1] = n.first[s] + int32(len(arcs))
	}
	arcs := n.first[n.sources]
	n.tail, n.head = make([]int32, 0, arcs), make([]int32, 0, arcs)
	for s, sinks := range t.Arcs {
		for _, i := range sinks {
			n.tail, n.head = append(n.tail, int32(s)), append(n.head, i)
		}
	}
	n.flow = make([]rational.Int, arcs)
	return n
}

// arcsInto returns the arcs grouped by sink: those of sink i are
// arcs[first[i]:first[i+1]]. A sort by counting.
func (n *network) arcsInto() (first, arcs []int32) {
	first = make([]int32, n.sinks+1)
	for _, i := range n.head {
		first[i+1]++
	}
	for i := range n.sinks {
		first[i+1] += first[i]
	}
	next := append([]int32(nil), first[:n.sinks]...)
	arcs = make([]int32, len(n.head))
	for a, i := range n.head {
		arcs[next[i]] = int32(a)
		next[i]++
	}
	return first, arcs
}

// result turns a maximum flow into a Flow with its smallest cut.
//
// The cut is found from the flow alone, the same way for both methods, and is none if
// the flow is not maximal: Verify would find that out.
func (n *network) result(t *Transport) *Flow {
	f := &Flow{On: make([][]rational.Int, n.sources)}
	excess := make([]rational.Int, n.sources)
	for s := range n.sources {
		f.On[s] = n.flow[n.first[s]:n.first[s+1]:n.first[s+1]]
		var out rational.Int
		for _, x := range f.On[s] {
			out = out.Add(x)
		}
		excess[s] = t.Supply[s].Sub(out)
		f.Value = f.Value.Add(out)
	}
	f.CutSinks = n.reachable(excess)
	f.CutSources = make([]bool, n.sources)
	for a, s := range n.tail {
		// A source pays if it can serve a sink that is not cut.
		f.CutSources[s] = f.CutSources[s] || !f.CutSinks[n.head[a]]
	}
	return f
}

// reachable marks the sinks that a source with excess reaches in the residual
// network: along any arc forwards, along an arc with flow backwards. For a maximum
// flow these sinks are full, and they lie on the source side of every minimum
// cut, since no arc of the residual network leaves that side; so they are the
// smallest set of cut sinks.
func (n *network) reachable(excess []rational.Int) []bool {
	firstInto, into := n.arcsInto()
	sink := make([]bool, n.sinks)
	source := make([]bool, n.sources)
	var queue []int32
	for s, e := range excess {
		if e.Sign() > 0 {
			source[s] = true
			queue = append(queue, int32(s))
		}
	}
	for len(queue) > 0 {
		s := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, i := range n.head[n.first[s]:n.first[s+1]] {
			// It has been reached.
			if sink[i] {
				continue
			}
			sink[i] = true
			// Whoever serves this sink could send elsewhere what it sends here.
			for _, a := range into[firstInto[i]:firstInto[i+1]] {
				if r := n.tail[a]; !source[r] && n.flow[a].Sign() > 0 {
					source[r] = true
					queue = append(queue, r)
				}
			}
		}
	}
	return sink
}
