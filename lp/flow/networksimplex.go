package flow

import (
	"context"

	"pstar/rational"
)

// NetworkSimplex solves t by the primal simplex method on spanning trees. It
// returns a maximum flow and the smallest minimum cut, an error if t is malformed,
// and ctx.Err() if ctx ends first. It shares neither its search nor its
// optimality test with [MaxFlow].
//
// The problem is written as a transshipment without capacities. A root node takes
// the supply that is not sent, over an arc of cost 1 from every source, and makes up
// the demand that is not met, over an arc of cost 0 to every sink; every node
// balances. Sources without supply and sinks without demand take no part.
//
// It stops because the trees are kept strongly feasible (W. H. Cunningham, 1976):
// an arc of the tree that carries nothing points to the root. See [spanningTree.pivot].
func NetworkSimplex(ctx context.Context, t *Transport) (*Flow, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	n := newNetwork(t)
	tree := newSpanningTree(n, t)
	// Arcs are priced from where the last one was found, so that a full pass without
	// one proves optimality.
	for next := 0; ; {
		a, ok := tree.price(next)
		if !ok {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		tree.pivot(a)
		next = int(a) + 1
	}
	tree.store()
	return n.result(t), nil
}

const (
	none  = int32(-1)
	slack = int32(-1) // in place of an arc: the one between a node and the root
)

// spanningTree is a basis. Nodes are the sources, then the sinks, then the root.
// Arcs outside the tree carry nothing.
//
// Every arc leaves a source or enters a sink, so the arc between a node and its
// parent points to the root if the node is a source and away from it if it is a
// sink. The potential of a node is the cost of its path to the root, 1 or 0, as
// the path ends in the slack arc of a source or of a sink; the arc s → i has the
// reduced cost potential(i) − potential(s).
type spanningTree struct {
	*network
	root    int32
	parent  []int32
	arc     []int32        // the arc to the parent, or slack
	carried []rational.Int // its flow
	child   []int32        // first child
	// The children of a node are a list, so that a subtree is moved by moving its top.
	older     []int32 // siblings, doubly linked
	younger   []int32
	potential []int8
}

// newSpanningTree returns the star about the root. It is strongly feasible, since
// only sinks with demand hang from it. Each node hangs from the root by its slack arc,
// which carries all of its supply or demand.
func newSpanningTree(n *network, t *Transport) *spanningTree {
	nodes := n.sources + n.sinks + 1
	tr := &spanningTree{network: n, root: int32(nodes - 1)}
	tr.parent, tr.arc = make([]int32, nodes), make([]int32, nodes)
	tr.child, tr.older, tr.younger = make([]int32, nodes), make([]int32, nodes), make([]int32, nodes)
	tr.carried, tr.potential = make([]rational.Int, nodes), make([]int8, nodes)
	// A node that takes no part hangs nowhere.
	for v := range nodes {
		tr.parent[v], tr.arc[v] = none, slack
		tr.child[v], tr.older[v], tr.younger[v] = none, none, none
	}
	for s, amount := range t.Supply {
		if amount.Sign() > 0 {
			tr.potential[s] = 1
			tr.hang(int32(s), tr.root, slack, amount)
		}
	}
	for i, amount := range t.Demand {
		v := int32(n.sources + i)
		if amount.Sign() > 0 {
			tr.hang(v, tr.root, slack, amount)
			continue
		}
		// The potential keeps price from choosing an arc to this sink.
		tr.potential[v] = 1
	}
	return tr
}

// isSource reports whether a node is a source; the root is none.
func (tr *spanningTree) isSource(v int32) bool { return int(v) < tr.sources }

// hang makes v a child of parent over the given arc. The node comes first among its
// siblings.
func (tr *spanningTree) hang(v, parent, arc int32, carried rational.Int) {
	tr.parent[v], tr.arc[v], tr.carried[v] = parent, arc, carried
	first := tr.child[parent]
	tr.older[v], tr.younger[v] = none, first
	if first != none {
		tr.older[first] = v
	}
	tr.child[parent] = v
}

// unhang takes v, with all below it, off its parent. Its own links are set by hang
// afterwards.
func (tr *spanningTree) unhang(v int32) {
	older, younger := tr.older[v], tr.younger[v]
	if older == none {
		tr.child[tr.parent[v]] = younger
	} else {
		tr.younger[older] = younger
	}
	if younger != none {
		tr.older[younger] = older
	}
}

// price returns the first arc of negative reduced cost, beginning at arc from and
// going round. The reduced cost is then −1, so no other arc would be better. Slack
// arcs have reduced cost 0 or 1 and never come back into the tree.
func (tr *spanningTree) price(from int) (arc int32, ok bool) {
	for a := from; a < len(tr.head); a++ {
		// The second loop covers the arcs before from.
		if tr.improves(a) {
			return int32(a), true
		}
	}
	for a := range min(from, len(tr.head)) {
		if tr.improves(a) {
			return int32(a), true
		}
	}
	return none, false
}

// improves reports whether an arc has the reduced cost −1.
func (tr *spanningTree) improves(a int) bool {
	return tr.potential[tr.tail[a]] == 1 && tr.potential[int32(tr.sources)+tr.head[a]] == 0
}

// pivot brings the arc a = (s → i) into the tree. Since s has potential 1 and i
// has 0, they hang from different slack arcs, and the cycle runs from the root down
// to s, over a, and from i up to the root. Along it the arcs against its direction
// lose flow: those of the sources above s, and of the sinks above i. Of the arcs
// that are first to become empty, the last one on the cycle leaves.
//
// That choice keeps the tree strongly feasible. If the arc leaves above i, no flow
// is empty that ends up pointing away from the root: the other sinks above i that
// became empty are below it and turned round, and the sources turned round with
// them gained flow (all sinks of the tree had flow, hence so did the pivot move
// some). If it leaves above s, every source turned round with s kept flow, being
// nearer to s than the first empty one.
//
// A pivot that moves flow lowers the cost. One that moves none removes an arc
// above s, because sinks in the tree have flow, and lowers the potential of s and
// all that comes with it from 1 to 0, raising none. So no tree comes back, and at
// most as many pivots as there are nodes follow each other without moving flow.
func (tr *spanningTree) pivot(a int32) {
	s, i := tr.tail[a], int32(tr.sources)+tr.head[a]
	top, aboveSink := tr.leaving(s, i)
	amount := tr.carried[top]
	// A pivot without flow changes the tree only.
	if amount.Sign() > 0 {
		tr.shift(s, i, amount)
	}
	// The part that is cut off takes over the potential of where it hangs now.
	if aboveSink {
		tr.rehang(i, top, s, a, amount)
		tr.setPotential(i, 1)
	} else {
		tr.rehang(s, top, i, a, amount)
		tr.setPotential(s, 0)
	}
}

// leaving returns the node whose arc to its parent leaves when an arc s → i
// enters, and whether that node is above i. Of several that are first to become empty
// it is the last on the cycle: above s the one nearest to s, and above i the one
// nearest to the root, before all above s.
func (tr *spanningTree) leaving(s, i int32) (top int32, aboveSink bool) {
	top = none
	for v := s; v != tr.root; v = tr.parent[v] {
		if tr.isSource(v) && (top == none || tr.carried[v].Cmp(tr.carried[top]) < 0) {
			top = v
		}
	}
	for v := i; v != tr.root; v = tr.parent[v] {
		if !tr.isSource(v) && tr.carried[v].Cmp(tr.carried[top]) <= 0 {
			top, aboveSink = v, true
		}
	}
	return top, aboveSink
}

// shift moves amount round the cycle closed by an arc s → i. Above s, arcs of sources
// lose and those of sinks gain; above i it is the other way round.
func (tr *spanningTree) shift(s, i int32, amount rational.Int) {
	tr.raise(s, amount.Neg())
	tr.raise(i, amount)
}

// raise adds amount to the arcs of sources above v, and takes it off those of sinks.
func (tr *spanningTree) raise(v int32, amount rational.Int) {
	for ; v != tr.root; v = tr.parent[v] {
		if tr.isSource(v) {
			tr.carried[v] = tr.carried[v].Add(amount)
		} else {
			tr.carried[v] = tr.carried[v].Sub(amount)
		}
	}
}

// rehang cuts the arc above top and hangs the part below it from parent, by its
// node v and the given arc, which turns the path from v to top round. Each node on the
// path becomes the parent of the one above it, and the arc between them stays the same.
func (tr *spanningTree) rehang(v, top, parent, arc int32, carried rational.Int) {
	for {
		up, upArc, upCarried := tr.parent[v], tr.arc[v], tr.carried[v]
		tr.unhang(v)
		tr.hang(v, parent, arc, carried)
		if v == top {
			return
		}
		v, parent, arc, carried = up, v, upArc, upCarried
	}
}

// setPotential gives v and all nodes below it the potential p. It walks the subtree
// without a stack, from child to sibling and back to the parent.
func (tr *spanningTree) setPotential(v int32, p int8) {
	for top := v; ; {
		tr.potential[v] = p
		if tr.child[v] != none {
			v = tr.child[v]
			continue
		}
		for v != top && tr.younger[v] == none {
			v = tr.parent[v]
		}
		if v == top {
			return
		}
		v = tr.younger[v]
	}
}

// store writes the flow of the tree to the network. Slack arcs are no arcs of the
// network.
func (tr *spanningTree) store() {
	for v, a := range tr.arc {
		if a != slack {
			tr.flow[a] = tr.carried[v]
		}
	}
}
