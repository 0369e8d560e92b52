package statement

import (
	"fmt"
	"math/bits"
	"strconv"

	"pstar/certificate/kernel"
)

// The theorems of a cell, in order.
// They have these numbers in a document.
const (
	TransportFeasible = iota
	TransportOptimum
	IIDDrafts
	AcceptedOutputs
)

// Cell states the theorems of K drafts of N tokens, 2 ≤ K ≤ 64, 2 ≤ N ≤ 62. Tokens are numbered
// from 1 in names. The supports T are the sets of 1 to min(K,N) tokens; b_T ≥ 0 is the
// probability that the drafts are the set T, and q_i ≥ 0 that of token i under the target. S_j
// is the set of the first j tokens.
//
//   - TransportFeasible, kind feasible: a_T(i) ≥ 0, i in T, with Σ_i a_T(i) = b_T and
//     Σ_T a_T(i) = q_i exist if and only if q(S_j) ≥ Σ_{T⊆S_j} b_T for j < N, and = for j = N.
//   - TransportOptimum, feasible: a_T(i) ≥ 0 with Σ_i a_T(i) = b_T and w_i ≤ q_i, w_i ≤ Σ_T
//     a_T(i), Σ w_i ≥ P exist if and only if q(S_j) + 1 − Σ_{T⊆S_j} b_T ≥ P for j = 0..N, where
//     Σ b_T = 1.
//   - IIDDrafts, implied: if b_T consists of the terms of (Σ p_i)^K that hold exactly the
//     tokens of T, then Σ_{T⊆S_j} b_T = (p_1 + … + p_j)^K for j = 1..N.
//   - AcceptedOutputs, implied: if a_T(i) ≥ 0, i in T, r_T ≥ 0 and s_i ≥ 0 with Σ_i a_T(i) +
//     r_T = b_T and Σ_T a_T(i) + s_i = q_i have Σ a_T(i) ≥ P, and Σ b_T = 1, the rows of
//     TransportOptimum hold.
//
// In each the permutations of the tokens are a symmetry, so that the rows for S_j stand for
// those for all sets S.
type Cell struct {
	K, N int
	// Sets are the supports.
	Sets []uint64
	// index says where a support stands in Sets.
	index map[uint64]int
	// What all theorems have in common is made once: the tokens of supports, their names, and
	// those of a_T(i); and the products of one symbol, of as many symbols as the largest
	// theorem has, in one piece of memory.
	tokens               [][]int
	setNames, tokenNames []string
	flowNames            [][]string
	symbols              int
	singles              kernel.Singles
}

// NewCell returns the cell. It panics if K or N is out of range.
// Sets of tokens are numbers of 64 bits, and so is the number of all sets.
func NewCell(k, n int) *Cell {
	if k < 2 || k > 64 || n < 2 || n > 62 {
		panic("statement: a cell needs 2 <= K <= 64 and 2 <= N <= 62")
	}
	supports, pairs := countSupports(n, k)
	symbols := 1 + 3*n + 2*supports + pairs
	c := &Cell{K: k, N: n, Sets: listSupports(n, k), index: map[uint64]int{}, symbols: symbols, singles: kernel.NewSingles(symbols)}
	for i := range n {
		c.tokenNames = append(c.tokenNames, strconv.Itoa(i+1))
	}
	for t, set := range c.Sets {
		c.index[set] = t
		tokens := elements(set)
		name, flows := setName(tokens), make([]string, len(tokens))
		for rank, i := range tokens {
			flows[rank] = "a[" + name + "," + c.tokenNames[i] + "]"
		}
		c.tokens, c.setNames, c.flowNames = append(c.tokens, tokens), append(c.setNames, name), append(c.flowNames, flows)
	}
	return c
}

// readSizes reads the parameters of a cell.
func readSizes(r *kernel.Reader) *Cell {
	k := r.Member("k").Below(2, 65)
	n := r.Member("n").Below(2, 63)
	// Before any support is made: 62 tokens have 2^62 sets. The longest theorem has two symbols
	// for each support, b and r, and one for each pair.
	if supports, pairs := countSupports(n, k); 2*supports+pairs > kernel.MaxSymbols {
		r.Fail("the cell has too many supports for the symbols of a theorem")
	}
	return NewCell(k, n)
}

// readCell reads the statement of a cell.
func readCell(r *kernel.Reader) kernel.Statement {
	c := readSizes(r)
	return kernel.Statement{
		Title: fmt.Sprintf("K = %d drafts, N = %d tokens", c.K, c.N),
		Count: AcceptedOutputs + 1,
		// Each is made when its proof is read. The largest cells have no theorem on iid drafts,
		// as a power of a sum of 60 probabilities is too long; then the claims say of iid
		// drafts what needs no such power.
		Theorem: func(k int) *kernel.Theorem {
			if k == IIDDrafts && Monomials(c.K, c.N)*(1+c.K/8) > MaxMonomials {
				r.Fail("(p_1 + ... + p_N)^K has too many terms: a document can do without theorem %d", IIDDrafts)
			}
			return c.Theorem(k)
		},
		Claims: c.claims,
	}
}

// MaxMonomials bounds the terms of IIDDrafts, each counted once and once more for each eight
// symbols.
const MaxMonomials = 1 << 20

// Monomials is the number of terms of (p_1 + … + p_n)^k, or a large number.
// Beyond [MaxMonomials] it is not the number, but above that, too.
func Monomials(k, n int) int {
	terms := 1
	// Each quotient is a binomial coefficient, so that the division is exact.
	for i := 1; i <= k && terms <= MaxMonomials; i++ {
		terms = terms * (n - 1 + i) / i
	}
	return terms
}

// countSupports is the number of supports, and of pairs of a support and one of its tokens, or
// large numbers.
// They are exact if supports is below the limit of symbols.
func countSupports(n, k int) (supports, pairs int) {
	binomial := 1
	// The sum ends before it can overflow.
	for size := 1; size <= min(n, k) && supports < kernel.MaxSymbols; size++ {
		binomial = binomial * (n - size + 1) / size
		supports, pairs = supports+binomial, pairs+size*binomial
	}
	return supports, pairs
}

// Theorem makes theorem k.
// It panics if there is no theorem k.
func (c *Cell) Theorem(k int) *kernel.Theorem {
	return []func() *kernel.Theorem{c.transportFeasible, c.transportOptimum, c.iidDrafts, c.acceptedOutputs}[k]()
}

// claims are what the theorems say of selection rules. Of any rule, a_T(i) is the probability
// of drafts T and output i, which is accepted as i is in T, r_T that of drafts T and an output
// that is not accepted, and s_i that of an output i that is not: AcceptedOutputs bounds its
// probability P of acceptance. Of importance weights followed by single-draft speculative
// sampling, which are a rule, a_T(i) is the probability of drafts T and choice i, w_i the least
// of q_i and Σ_T a_T(i), and P = Σ w_i that of accepting the choice: TransportOptimum says that
// they reach the bound.
//
// What is not in the theorems, and has to be believed, is this reading of their symbols.
func (c *Cell) claims(o []kernel.Outcome) []kernel.Claim {
	// For independent drafts B(S) is p(S)^K: theorem IIDDrafts says so of the b_T, and without
	// it that each draft is in S with probability p(S).
	iid := func(text string) string {
		if proved(o, IIDDrafts) {
			return "; iid: " + text
		}
		return "; iid: B(S) is p(S)^K, if each draft is in S with probability p(S)"
	}
	// [MD] Theorem 1 states it for iid drafts, Theorem 4 for any law: the second contains the
	// first.
	const same = "the largest probability of acceptance over all selection rules is that of importance weights followed by single-draft speculative sampling"
	return conclude(o,
		follows("MD-T1", "P* = M, for iid drafts: "+same, TransportOptimum, AcceptedOutputs),
		// A law of the choice that is q needs no rejection, and is the only one that does not: the
		// theorem of the paper is in these words.
		follows("MD-T2", "M = 1 iff q(S) >= B(S) for all S"+iid("q(S) >= p(S)^K")+": for any joint law of the drafts, where M = 1 means that there is an importance weighting whose choice has the law q, so that it is always accepted", TransportFeasible),
		follows("MD-T3", "M = min over S of q(S) + 1 - B(S)"+iid("q(S) + 1 - p(S)^K")+": for any joint law of the drafts, where M is the largest probability of acceptance", TransportOptimum, AcceptedOutputs),
		follows("MD-T4", "P* = M, for any joint law of the drafts: "+same, TransportOptimum, AcceptedOutputs))
}

// layout is a theorem of a cell that is being written: symbols first, then facts and rows that name them.
type layout struct {
	*Cell
	sheet
	arrays []array
}

// An array is a list of symbols for each token, or for each support: one symbol, or one for each of its
// tokens in ascending order, or none. The permutations of tokens permute the symbols of an array.
type array [][]int

// A part is a number times the symbols of an array.
type part struct {
	c  int64
	of array
}

// start begins a theorem.
func (c *Cell) start(name string, kind kernel.Kind) *layout {
	return &layout{Cell: c, sheet: sheet{Theorem: kernel.Theorem{Name: name, Kind: kind, Symbols: make([]kernel.Symbol, 0, c.symbols), Facts: make([]kernel.Fact, 0, len(c.Sets)+2*c.N+2)}}}
}

// single adds a symbol for each of the names.
func (l *layout) single(sort, name string, of []string) array {
	f, all := make(array, len(of)), make([]int, len(of))
	for k, index := range of {
		all[k] = l.number(sort, name+"["+index+"]")
		f[k] = all[k : k+1]
	}
	l.arrays = append(l.arrays, f)
	return f
}

// each adds a symbol for each token, and laws one for each support, as b_T.
func (l *layout) each(sort, name string) array { return l.single(sort, name, l.tokenNames) }
func (l *layout) laws(sort, name string) array { return l.single(sort, name, l.setNames) }

// flows adds an unknown a_T(i) for each support of at least so many tokens, and each of these.
// It returns them for each support, and for each token, which is no array of its own. They are
// what a selection rule, or importance weights, give to the tokens of T.
func (l *layout) flows(least int) (bySet, byToken array) {
	bySet, byToken = make(array, len(l.Sets)), make(array, l.N)
	for t, tokens := range l.tokens {
		// In the eliminations a support of one token has no unknown: it is no choice.
		// Its list stays empty, which stands for none.
		if len(tokens) >= least {
			bySet[t] = make([]int, len(tokens))
			for rank, i := range tokens {
				bySet[t][rank] = l.number("u+", l.flowNames[t][rank])
				byToken[i] = append(byToken[i], bySet[t][rank])
			}
		}
	}
	l.arrays = append(l.arrays, bySet)
	return bySet, byToken
}

// sum is the polynomial of a constant and of parts, whose symbols stand one behind the other. In
// a theorem of a cell the symbols of one kind stand behind those of another, so that terms
// ascend as they are appended.
func (l *layout) sum(constant int64, parts ...part) (p kernel.Poly) {
	length := 1
	for _, a := range parts {
		for _, symbols := range a.of {
			length += len(symbols)
		}
	}
	p = make(kernel.Poly, 0, length)
	if constant != 0 {
		p = append(p, kernel.Term{C: kernel.Int(constant)})
	}
	for _, a := range parts {
		c := kernel.Int(a.c)
		for _, symbols := range a.of {
			for _, s := range symbols {
				p = append(p, kernel.Term{C: c, M: l.singles.Of(s)})
			}
		}
	}
	return p
}

// facts says of each token, or of each support, that the parts of it have a sum that is ≥ 0, or 0. A
// support without symbols in the last part has none.
func (l *layout) facts(relation kernel.Relation, parts ...part) {
	own := make([]part, len(parts))
	for k, last := range parts[len(parts)-1].of {
		for n, a := range parts {
			own[n] = part{a.c, a.of[k : k+1]}
		}
		if len(last) > 0 {
			l.fact(relation, l.sum(0, own...))
		}
	}
}

// to is what an array has for the first j tokens: for these, or for the supports within S_j, which are the
// first. There are more supports than tokens.
func (l *layout) to(j int, f array) array {
	if len(f) == l.N {
		return f[:j]
	}
	supports, _ := countSupports(j, l.K)
	return f[:supports]
}

// inside says whether all tokens of the set are among the first j.
// j is below 64, so that the shift is one.
func inside(set uint64, j int) bool { return set>>j == 0 }

// finish adds the exchange of the first two tokens, and the rotation, as they act on the
// symbols of the arrays. Whether these keep the facts, the kernel
// checks.
func (l *layout) finish() *kernel.Theorem {
	// These two make all permutations of the tokens.
	exchange, rotate := make([]int, l.N), make([]int, l.N)
	for i := range exchange {
		exchange[i], rotate[i] = i, (i+1)%l.N
	}
	exchange[0], exchange[1] = 1, 0
	generators := [][]int{exchange, rotate}
	// Twice the same generator would be a second way to state one theorem.
	if l.N == 2 { // they are the same
		generators = generators[:1]
	}
	images := make([]int, len(l.Sets)) // of supports
	for _, g := range generators {
		for t, set := range l.Sets {
			images[t] = l.index[mapped(set, g)]
		}
		// Symbol 0 stays if it is in no array, as P, or z: no other one is in none.
		permutation := make([]int32, len(l.Symbols))
		for _, f := range l.arrays {
			to := images
			if len(f) == l.N { // of tokens
				to = g
			}
			for k, symbols := range f {
				for rank, s := range symbols {
					image := 0
					if len(symbols) > 1 { // the rank of the image among the tokens of its set
						image = bits.OnesCount64(l.Sets[to[k]] & (1<<g[l.tokens[k][rank]] - 1))
					}
					permutation[s] = int32(f[to[k]][image])
				}
			}
		}
		l.Generators = append(l.Generators, permutation)
	}
	return &l.sheet.Theorem
}
