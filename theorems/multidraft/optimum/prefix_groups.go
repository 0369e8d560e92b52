package optimum

import (
	"slices"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// Groups are the tokens with p_i > 0, grouped by q_i/p_i, with what groups weigh. They serve any
// number of drafts: a minimum over prefixes needs the order of the tokens only within the few groups
// in which it can be.
//
// The first group are the tokens with q_i = 0. The others are intervals of keys of ratios around
// that of q_i = p_i, so many for each factor of two; the first and the last hold all that is beyond.
type Groups struct {
	p, q              multidraft.Distribution
	drafted, targeted fixedSums
	group             []uint16 // of each token, noGroup if p_i = 0
	blocks            []block
}

// A block is a range of groups whose tokens have smaller ratios than those of the next block, and
// what lies before its end: tokens, and the sums of the words of their weights.
type block struct {
	prefixSum
	last uint16
}

const (
	noGroup = 1<<16 - 1
	octaves = 64 // factors of two that are told apart
)

// NewGroups takes distributions over the same tokens. Time O(n).
func NewGroups(p, q multidraft.Distribution) *Groups {
	// A group of a vocabulary has some dozens of tokens; few tokens need no fine groups.
	bits := min(max(0, rational.NewInt(int64(p.N())).BitLen()-11), 6)
	return groupsOf(p, q, bits)
}

// groupsOf makes 2^bits groups for each factor of two.
func groupsOf(p, q multidraft.Distribution, bits int) *Groups {
	g := &Groups{
		p: p, q: q, drafted: newFixedSums(p.Unit), targeted: newFixedSums(q.Unit),
		group: make([]uint16, p.N()),
	}
	shift := keyBits - bits
	last := uint64(octaves<<bits + 1)
	within := make([]block, last+1)
	// Whether a group may not be told from the one before it, as one of its tokens is so near to the border
	// that the errors of keys matter.
	joined := make([]bool, last+1)
	// Where the keys of group 1 begin: half of the octaves below q = p, and half a group, so that what
	// is exactly equal, as tokens often are, is near to no border.
	below := uint64(octaves/2<<keyBits + 1<<(shift-1))
	start := max(below, ratioKey(q.Unit, p.Unit)) - below
	for i, w := range p.Weights.All() {
		v := q.Weights.At(i)
		if w.IsZero() {
			g.group[i] = noGroup
			continue
		}
		j := uint64(0)
		if !v.IsZero() {
			from := max(start, ratioKey(v, w)) - start
			j = min(from>>shift+1, last)
			// Of two tokens that the border parts the wrong way the upper one is as near to it as this.
			joined[j] = joined[j] || from&(1<<shift-1) < keyError
		}
		g.group[i] = uint16(j)
		b := &within[j]
		b.length++
		b.drafted += g.drafted.word(w)
		b.targeted += g.targeted.word(v)
	}
	g.gather(within, joined)
	return g
}

// gather makes the blocks of what each group has, in the same memory: there are no more blocks than groups
// that were read.
func (g *Groups) gather(within []block, joined []bool) {
	g.blocks = within[:0]
	var sum block
	for j, b := range within {
		// Empty groups are no blocks, and separate none.
		if b.length == 0 {
			continue
		}
		sum = block{prefixSum{sum.length + b.length, sum.drafted + b.drafted, sum.targeted + b.targeted}, uint16(j)}
		// Group 0 is never joined: no other ratio is 0.
		if count := len(g.blocks); count > 0 && joined[j] && j > 1 && g.blocks[count-1].last == uint16(j-1) {
			g.blocks[count-1] = sum
		} else {
			g.blocks = append(g.blocks, sum)
		}
	}
}

// A segment is a block in which the minimum may be: its tokens in order.
type segment struct {
	block
	before block // the end of the block before it
	tokens []int // nil for those with q_i = 0
}

// first is the first group of the tokens that the segment has, behind the last one if it has none.
func (s segment) first() int {
	// Behind group 0, of which no tokens are listed.
	if s.before.length == 0 {
		return 1
	}
	return int(s.before.last) + 1
}

// opened returns the blocks in which q(S) - p(S)^k may have its minimum, in order. The others are larger
// everywhere than at the end of one of these, or than 0, which is that of the empty prefix:
// for a prefix S between the ends A and B of a block q(S) - p(S)^k is at least q(A) - p(B)^k, and
// in words of fixed point that is known up to their errors.
func (g *Groups) opened(k int) []segment {
	e := g.errors(k)
	least := -e.above
	powers := make([]int64, len(g.blocks))
	for j, b := range g.blocks {
		powers[j] = int64(fixedPower(g.drafted.probability(b.drafted), k))
		least = min(least, int64(g.targeted.probability(b.targeted))-powers[j])
	}
	var list []segment
	var before block
	for j, b := range g.blocks {
		if int64(g.targeted.probability(before.targeted))-powers[j]-e.below <= least+e.above {
			list = append(list, segment{block: b, before: before})
		}
		before = b
	}
	g.sort(list)
	return list
}

// sort puts their tokens into the segments, by ascending q_i/p_i. Those with q_i = 0 are
// left out: among them each more makes q(S) - p(S)^k smaller, and the end is the minimum.
func (g *Groups) sort(list []segment) {
	// For each group whether its tokens are wanted, in one look-up.
	wanted := make([]bool, g.blocks[len(g.blocks)-1].last+1)
	count := 0
	for _, s := range list {
		for j := s.first(); j <= int(s.last); j++ {
			wanted[j] = true
		}
		if s.last > 0 {
			count += s.length - s.before.length
		}
	}
	tokens := make([]int, 0, count)
	for i, j := range g.group {
		if int(j) < len(wanted) && wanted[j] {
			tokens = append(tokens, i)
		}
	}
	sortByRatio(g.p, g.q, tokens)
	for j := range list {
		// Blocks are in the order of ratios, and so their tokens follow each other.
		if s := &list[j]; s.last > 0 {
			count := s.length - s.before.length
			s.tokens, tokens = tokens[:count:count], tokens[count:]
		}
	}
}

// set returns the tokens of the prefix of that length; it is 0 or ends in one of the segments.
func (g *Groups) set(list []segment, length int) multidraft.TokenSet {
	set := multidraft.NewTokenSet(len(g.group))
	if length == 0 {
		return set
	}
	at := slices.IndexFunc(list, func(s segment) bool { return length <= s.length })
	s := list[at]
	// Whole groups, up to the block or with it, and a part of the tokens of the block.
	whole := int(s.last)
	if length < s.length {
		whole = s.first() - 1
		for _, i := range s.tokens[:length-s.before.length] {
			set.Add(i)
		}
	}
	for i, j := range g.group {
		set.AddIf(i, uint64(int(j)-whole-1)>>63)
	}
	return set
}
