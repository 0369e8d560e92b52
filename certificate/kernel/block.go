package kernel

// block: there are unknowns x ≥ 0, in blocks T with Σ_{i∈T} x_T(i) = β_T, and with facts a_i −
// Σ_T x_T(i) ≥ 0 for i = 1..N, each x in one of these, if β ≥ 0 and Σ_{i∈R} a_i − Σ_{T⊆R} β_T ≥
// 0 for all sets R of facts; with facts a_i + Σ_T x_T(i) ≥ 0, if Σ_{i∈R} a_i + Σ_{T∩R≠∅} β_T ≥
// 0.
//
// Sound: the blocks are dropped one after the other. The facts say that their sums over sets R
// are ≥ 0. For given other unknowns let h(R) be that sum without the block, with what has been
// dropped. The terms −β_T[T⊆R], β_T[T∩R≠∅] and the unknowns that are left are submodular, so
// that h is. By the theory of polymatroids x(T∩R) ≤ h(R) can be solved with x ≥ 0, x(T) = β if
// and only if h ≥ 0, and h(R) ≥ β for R ⊇ T: the block is dropped. In the other case put x(T∩R)
// = β − x(T∖R), and complements of R. Symmetry: the generators permute the facts in every way,
// and so the sets R; those of the first facts stand for all, as in sort.
//
// It takes the place of an elimination with a number of pairs that doubles with each block, at
// sizes where project has no chance. What it trusts is the theorem of Edmonds that is named;
// for one block it is MD-L2. Everything else is bookkeeping: that the facts have the form of
// which that theorem speaks.
//
// A block without unknowns in a listed fact cannot be, as each unknown stands in one. A listed
// fact without unknowns is refused: it is an assumption, and not to be solved.
func (c *checker) block() {
	// Facts first, since an equation is looked at for where its unknowns stand.
	b := &blocks{checker: c, at: map[int]int{}}
	listed := map[int]bool{}
	var list []int
	for range c.Member("facts").List() {
		k := c.Below(0, len(c.theorem.Facts))
		if listed[k] || c.theorem.Facts[k].Relation != GE || !c.theorem.Facts[k].Poly.Holds(c.unknowns) || len(list) == maxBlockFacts {
			c.Fail("fact %d is listed twice, or not a fact with unknowns that are to be at least 0, or one too many", k)
		}
		listed[k], list = true, append(list, k)
		b.sums = append(b.sums, b.sum(k))
	}
	for _, k := range c.with {
		if !listed[k] {
			b.equation(k)
		}
	}
	// It could be as large as one likes, or has no upper bound: then no condition on R is
	// complete.
	if len(b.at) > 0 {
		c.Fail("an unknown stands in no equation")
	}
	// Before the steps are read: what is symmetric is said by the scope that is open now.
	sets := b.sets(list)
	c.inner("steps", func(s *scope) {
		for _, u := range b.list {
			s.goals = append(s.goals, atLeast0(u.total))
		}
		for _, set := range sets {
			s.goals = append(s.goals, atLeast0(b.over(set)))
		}
	})
}

// The facts of a block are at most so many, and if their sets are not prefixes only so many.
// A set is 64 bits; and 2^12 goals, each of which sums all blocks, are a second of work.
const maxBlockFacts, maxAllSets = 62, 12

// blocks are what the rule knows of the facts.
type blocks struct {
	*checker
	sign int         // of the unknowns in the facts that are listed
	at   map[int]int // the place in the list of the fact that holds an unknown, until its equation is found
	sums []Poly      // what of these facts is free of unknowns
	list []unknownBlock
}

// unknownBlock is a block: the facts that hold its unknowns, and the total of these.
type unknownBlock struct {
	set   uint64
	total Poly
}

// split returns the unknowns of a fact of the theorem, all of which have the coefficient sign,
// 1 or −1, and what is free of them.
func (b *blocks) split(k int) (unknowns []int, sign int, free Poly) {
	p := b.theorem.Facts[k].Poly
	b.Spend(1)
	b.Look(p)
	for _, t := range p {
		switch {
		// A parameter, or a product of these.
		case !(Poly{t}).Holds(b.unknowns):
			free = append(free, t)
		// Coefficients other than 1 and −1 would make another theorem, of flows with gains.
		case t.M.Degree() != 1 || !t.C.IsOne() && !t.C.Neg().IsOne() || len(unknowns) > 0 && t.C.Sign() != sign:
			b.Fail("fact %d is not a sum, or minus a sum, of unknowns, and of what holds none", k)
		default:
			b.Spend(16)
			unknowns, sign = append(unknowns, t.M.Symbol(0)), t.C.Sign()
		}
	}
	return unknowns, sign, free
}

// sum takes a fact of the list in.
func (b *blocks) sum(k int) Poly {
	unknowns, sign, free := b.split(k)
	for _, s := range unknowns {
		// An unknown in two listed facts is no flow from a block to one fact.
		if _, twice := b.at[s]; twice || !b.nonnegative[s] || len(b.sums) > 0 && sign != b.sign {
			b.Fail("symbol %d is not nonnegative, or stands in two facts of the list, or the signs of two facts differ", s)
		}
		b.at[s] = len(b.sums)
	}
	// Of the first fact, and the same for all.
	b.sign = sign
	return free
}

// equation takes the equation of a block in.
func (b *blocks) equation(k int) {
	unknowns, sign, free := b.split(k)
	u := unknownBlock{total: free}
	// The fact is Σ x − β = 0: its free part is −β.
	if sign > 0 {
		u.total = b.total("-", free)
	}
	for _, s := range unknowns {
		i, found := b.at[s]
		// Two unknowns of a block in one fact would count it twice; found is false also for an
		// unknown that has its equation already.
		if !found || u.set>>i&1 == 1 || b.theorem.Facts[k].Relation != EQ {
			b.Fail("fact %d is no equation, or holds two unknowns of a fact of the list, or symbol %d is in another one or in no fact", k, s)
		}
		u.set |= 1 << i
		// So that it is in one equation only, and none is left in the end.
		delete(b.at, s)
	}
	b.list = append(b.list, u)
	b.kept(u.total)
}

// sets are the sets of facts that stand for all: those of the first ones, if the generators
// permute them in every way, else all.
//
// The symmetry must permute the listed facts in every way; then it permutes their sets of each
// size, and the blocks with them, since it maps equations to equations.
func (b *blocks) sets(list []int) (sets []uint64) {
	switch {
	case b.scope.symmetric && len(list) > 1 && b.permuted(list, func(a action) []int32 { return a.facts }):
		for j := range list {
			sets = append(sets, 1<<(j+1)-1)
		}
	case len(list) > maxAllSets:
		b.Fail("more than %d facts, and no generators that exchange the first two and rotate all of them", maxAllSets)
	default:
		for set := uint64(1); set < 1<<len(list); set++ {
			sets = append(sets, set)
		}
	}
	return sets
}

// over is the sum of the facts of a set, with the blocks dropped.
// The one of two conditions for sign −1: what must go into R is at most what R takes; for sign
// 1: what R asks for is at most what can come.
func (b *blocks) over(set uint64) Poly {
	for i, p := range b.sums {
		if set>>i&1 == 1 {
			b.checker.sum.Add(Int(1), p)
		}
	}
	for _, u := range b.list {
		if b.Spend(1); b.sign < 0 && u.set&^set == 0 || b.sign > 0 && u.set&set != 0 {
			b.checker.sum.Add(Int(int64(b.sign)), u.total)
		}
	}
	return b.kept(b.checker.sum.Poly())
}
