package certificate

import (
	"bytes"
	"math/big"
	"math/bits"
	"slices"
)

// A naive prover, written from the theory and not from the checker: it enumerates
// words, knows the rays in closed form, and finds couplings by augmenting paths.
// Sets are bit sets with token i at bit i-1, listed in canonical order by sorting.

// naiveSupports lists the sets of least..min(k,n) tokens in canonical order.
func naiveSupports(k, n, least int) []uint64 {
	var sets []uint64
	for s := uint64(1); s < 1<<n; s++ {
		if size := bits.OnesCount64(s); least <= size && size <= min(k, n) {
			sets = append(sets, s)
		}
	}
	slices.SortFunc(sets, func(a, b uint64) int {
		if d := bits.OnesCount64(a) - bits.OnesCount64(b); d != 0 {
			return d
		}
		return slices.Compare(naiveTokens(a), naiveTokens(b))
	})
	return sets
}

func naiveTokens(s uint64) []int {
	tokens := []int{}
	for i := 1; i <= 64; i++ {
		if s>>(i-1)&1 == 1 {
			tokens = append(tokens, i)
		}
	}
	return tokens
}

// cell is what a test asks the naive prover for.
type cell struct {
	k, n, exponent       int
	cones, identity      bool
	instances            []asked
	counterexample       *asked
	counterexampleClaims *big.Rat
}

type asked struct {
	drafts Drafts
	q      []*big.Rat
}

// prove fills a document for the cell.
func prove(c cell) *Document {
	d := &Document{Statement: Statement{Multidraft, c.k, c.n, c.exponent}}
	if c.cones {
		d.Feasibility = naiveFeasibility(c.k, c.n)
		d.Optimum = naiveOptimum(c.k, c.n)
	}
	if c.identity {
		d.Identity = naiveIdentity(c.k, c.n)
	}
	for _, a := range c.instances {
		d.Instances = append(d.Instances, naiveInstance(c.k, c.n, a))
	}
	if a := c.counterexample; a != nil {
		d.Counterexample = &Counterexample{naiveInstance(c.k, c.n, *a), naiveClosedForm(c.n, c.exponent, a.drafts.P, a.q)}
	}
	d.Claims = d.Derive()
	return d
}

// written is the document as bytes.
func written(d *Document) []byte {
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func naiveFeasibility(k, n int) *ConePart {
	sets := naiveSupports(k, n, 2)
	c := &ConePart{}
	row := -1
	for _, t := range sets {
		row += bits.OnesCount64(t)
		c.Rows = append(c.Rows, row) // the largest token of t
	}
	for s := 1; s < n; s++ {
		var ray []Entry
		for i := range s {
			ray = append(ray, Entry{i, 1})
		}
		for j, t := range sets {
			if t < 1<<s {
				ray = append(ray, Entry{n + j, -1})
			}
		}
		c.Rays = append(c.Rays, ray)
	}
	for j := range sets {
		c.Rays = append(c.Rays, []Entry{{n + j, 1}})
	}
	count := int64(1)<<n - 2
	if n > 2 {
		count += int64(len(sets))
	}
	c.Count = big.NewInt(count)
	return c
}

func naiveOptimum(k, n int) *ConePart {
	sets := naiveSupports(k, n, 2)
	c := &ConePart{Rows: []int{0, 2*n - 1}}
	row := 2 * n
	for _, t := range sets {
		c.Rows = append(c.Rows, row) // the smallest token of t
		row += bits.OnesCount64(t)
	}
	ray := func(s int) []Entry {
		var ray []Entry
		for i := range s {
			ray = append(ray, Entry{i, 1})
		}
		ray = append(ray, Entry{n, 1})
		for j, t := range sets {
			if t&(1<<s-1) != 0 {
				ray = append(ray, Entry{n + 1 + j, 1})
			}
		}
		return ray
	}
	for s := 1; s < n; s++ {
		c.Rays = append(c.Rays, ray(s))
	}
	c.Rays = append(c.Rays, ray(0), ray(n))
	for j := range sets {
		c.Rays = append(c.Rays, []Entry{{n + 1 + j, 1}})
	}
	c.Count = big.NewInt(int64(1)<<n + int64(len(sets)))
	return c
}

// naiveIdentity takes the coefficients from the multinomial theorem.
func naiveIdentity(k, n int) *Identity {
	id := &Identity{}
	for t := 1; t <= min(k, n); t++ {
		var terms []Term
		var extend func(exponents []int, left int)
		extend = func(exponents []int, left int) {
			if len(exponents) == t {
				if left == 0 {
					c := new(big.Int).MulRange(1, int64(k))
					for _, e := range exponents {
						c.Quo(c, new(big.Int).MulRange(1, int64(e)))
					}
					terms = append(terms, Term{slices.Clone(exponents), c})
				}
				return
			}
			for e := 1; e <= left; e++ {
				extend(append(exponents, e), left-e)
			}
		}
		extend(nil, k)
		id.Supports = append(id.Supports, terms)
	}
	return id
}

// naiveLaw computes b_T by enumerating all words.
func naiveLaw(k, n int, d Drafts) map[uint64]*big.Rat {
	b := make(map[uint64]*big.Rat)
	for _, t := range naiveSupports(k, n, 1) {
		b[t] = new(big.Rat)
	}
	add := func(word []int, pr *big.Rat) {
		var t uint64
		for _, x := range word {
			t |= 1 << (x - 1)
		}
		b[t].Add(b[t], pr)
	}
	if d.Model == Joint {
		for _, w := range d.Law {
			add(w.Tokens, w.Probability)
		}
		return b
	}
	var extend func(word []int, pr *big.Rat)
	extend = func(word []int, pr *big.Rat) {
		if pr.Sign() == 0 {
			return
		}
		if len(word) == k {
			add(word, pr)
			return
		}
		for x := 1; x <= n; x++ {
			factor := new(big.Rat)
			switch d.Model {
			case IID:
				factor.Set(d.P[x-1])
			case Independent:
				factor.Set(d.Ps[len(word)][x-1])
			case WithoutReplacement:
				if !slices.Contains(word, x) {
					left := big.NewRat(1, 1)
					for _, y := range word {
						left.Sub(left, d.P[y-1])
					}
					if d.P[x-1].Sign() > 0 {
						factor.Quo(d.P[x-1], left)
					}
				}
			}
			extend(append(slices.Clone(word), x), factor.Mul(factor, pr))
		}
	}
	extend(nil, big.NewRat(1, 1))
	return b
}

// naiveInstance finds a coupling and a cut.
func naiveInstance(k, n int, a asked) Instance {
	return instanceFor(k, n, a, naiveLaw(k, n, a.drafts))
}

// instanceFor does so for given b_T: greedy first, then augmenting paths.
func instanceFor(k, n int, a asked, b map[uint64]*big.Rat) Instance {
	sets := naiveSupports(k, n, 1)
	unit := big.NewInt(1)
	grow := func(x *big.Rat) {
		g := new(big.Int).GCD(nil, nil, unit, x.Denom())
		unit.Mul(unit, g.Quo(x.Denom(), g))
	}
	for _, t := range sets {
		grow(b[t])
	}
	for _, x := range a.q {
		grow(x)
	}
	scale := func(x *big.Rat) *big.Int {
		v := new(big.Int).Mul(x.Num(), unit)
		return v.Quo(v, x.Denom())
	}
	f := &naiveFlow{sets: sets, n: n}
	for _, t := range sets {
		f.supply = append(f.supply, scale(b[t]))
		f.flow = append(f.flow, slices.Repeat([]*big.Int{nil}, n))
		for i := range n {
			f.flow[len(f.flow)-1][i] = new(big.Int)
		}
	}
	for _, x := range a.q {
		f.demand = append(f.demand, scale(x))
	}
	cut := f.maximise()
	accepted := new(big.Int)
	for j := range sets {
		for i := range n {
			accepted.Add(accepted, f.flow[j][i])
		}
	}
	f.spill()
	x := Instance{Drafts: a.drafts, Q: a.q, Value: new(big.Rat).SetFrac(accepted, unit), Cut: cut}
	for j, t := range sets {
		for i := range n {
			if f.flow[j][i].Sign() > 0 {
				x.Coupling = append(x.Coupling, Mass{naiveTokens(t), i + 1, f.flow[j][i]})
			}
		}
	}
	return x
}

// naiveFlow has the remaining supply of each support, the remaining demand of each
// token, and the flow between them.
type naiveFlow struct {
	sets           []uint64
	n              int
	supply, demand []*big.Int
	flow           [][]*big.Int
}

func (f *naiveFlow) send(j, i int, v *big.Int) {
	f.flow[j][i].Add(f.flow[j][i], v)
	f.supply[j].Sub(f.supply[j], v)
	f.demand[i].Sub(f.demand[i], v)
}

func leastInt(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return new(big.Int).Set(a)
	}
	return new(big.Int).Set(b)
}

// maximise makes the flow maximal and returns the tokens reachable in the
// residual graph: the smallest minimum cut.
func (f *naiveFlow) maximise() []int {
	for j, t := range f.sets {
		for _, i := range naiveTokens(t) {
			f.send(j, i-1, leastInt(f.supply[j], f.demand[i-1]))
		}
	}
	for {
		// Breadth first over tokens; from[i] = support and token by which i was
		// reached: the support takes from its flow to token, or from its supply.
		type step struct{ support, token int }
		from := make([]*step, f.n)
		var queue []int
		visit := func(j, by int) {
			for _, i := range naiveTokens(f.sets[j]) {
				if from[i-1] == nil {
					from[i-1] = &step{j, by}
					queue = append(queue, i-1)
				}
			}
		}
		for j := range f.sets {
			if f.supply[j].Sign() > 0 {
				visit(j, -1)
			}
		}
		end := -1
		for at := 0; at < len(queue) && end < 0; at++ {
			i := queue[at]
			if f.demand[i].Sign() > 0 {
				end = i
				break
			}
			for j := range f.sets {
				if f.flow[j][i].Sign() > 0 {
					visit(j, i)
				}
			}
		}
		if end < 0 {
			cut := []int{}
			for i := range f.n {
				if from[i] != nil {
					cut = append(cut, i+1)
				}
			}
			return cut
		}
		amount := new(big.Int).Set(f.demand[end])
		for i := end; ; i = from[i].token {
			if by := from[i].token; by < 0 {
				amount = leastInt(amount, f.supply[from[i].support])
				break
			} else {
				amount = leastInt(amount, f.flow[from[i].support][by])
			}
		}
		for i := end; i >= 0; i = from[i].token {
			j, by := from[i].support, from[i].token
			f.send(j, i, amount)
			if by >= 0 {
				f.send(j, by, new(big.Int).Neg(amount))
			}
		}
	}
}

// spill couples what is left of supply and demand.
func (f *naiveFlow) spill() {
	i := 0
	for j := range f.sets {
		for f.supply[j].Sign() > 0 {
			for f.demand[i].Sign() == 0 {
				i++
			}
			f.send(j, i, leastInt(f.supply[j], f.demand[i]))
		}
	}
}

// naiveClosedForm is min over all S of q(S) + 1 - p(S)^e.
func naiveClosedForm(n, e int, p, q []*big.Rat) *big.Rat {
	best := big.NewRat(1, 1)
	for s := uint64(1); s < 1<<n; s++ {
		pS, v := new(big.Rat), big.NewRat(1, 1)
		for _, i := range naiveTokens(s) {
			pS.Add(pS, p[i-1])
			v.Add(v, q[i-1])
		}
		power := big.NewRat(1, 1)
		for range e {
			power.Mul(power, pS)
		}
		if v.Sub(v, power); v.Cmp(best) < 0 {
			best = v
		}
	}
	return best
}

// over makes the fractions with one denominator.
func over(den int64, nums ...int64) []*big.Rat {
	var v []*big.Rat
	for _, a := range nums {
		v = append(v, big.NewRat(a, den))
	}
	return v
}
