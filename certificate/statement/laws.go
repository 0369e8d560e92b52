package statement

import (
	"cmp"
	"slices"

	"pstar/certificate/kernel"
)

// A law gives tokens 0..n-1, or words, probabilities: weights over their total.
// Weights and not probabilities, so that documents hold integers: fractions of 128 000 tokens
// would each have the common denominator.
type law struct {
	weights []kernel.Num // integers, not negative
	total   kernel.Num   // positive
}

// readWeight reads an integer that is not negative.
// A fraction would be a second way to write the same law.
func readWeight(r *kernel.Reader) kernel.Num {
	w := r.Number()
	if w.Sign() < 0 || !w.Rat().IsInt() {
		r.Fail("expected an integer, not negative")
	}
	r.Count(0, 4) // what theorems hold of it is counted again
	return w
}

// kept counts numbers that are kept.
// Builders keep numbers, and not only polynomials; they count as constants do.
func kept(r *kernel.Reader, numbers ...kernel.Num) {
	for _, x := range numbers {
		r.Kept(kernel.Fact{Poly: kernel.Poly{{C: x}}})
	}
}

// exactly reads a list of n of what read reads.
func exactly[T any](r *kernel.Reader, n int, what string, read func(k int) T) (list []T) {
	for k := range r.List() {
		if k == n {
			r.Fail("there are more than %d %s", n, what)
		}
		list = append(list, read(k))
	}
	if len(list) < n {
		r.Fail("there are fewer than %d %s", n, what)
	}
	return list
}

// readLaw reads a list of n weights that are not all 0.
// Zeros stand in the list, so that token i is the i-th weight. The total is positive: shares of
// it exist.
func readLaw(r *kernel.Reader, n int) (l law) {
	l.weights = exactly(r, n, "weights", func(int) kernel.Num {
		w := readWeight(r)
		l.total = r.Plus(l.total, w)
		return w
	})
	if l.total.Sign() == 0 {
		r.Fail("all weights are 0")
	}
	return l
}

// readDrafts reads the law of k drafts of n tokens, and returns also that of one draft if they
// are iid. Whichever the model, what a theorem needs is the law of the set of drafted tokens,
// and no more.
func readDrafts(r *kernel.Reader, k, n int) (f *family, iid law) {
	r.Open('{')
	switch r.Member("model").Word("iid", "independent", "without-replacement", "joint") {
	// As independent drafts, and said apart, since claims on iid drafts follow for it alone.
	case "iid":
		iid = readLaw(r.Member("p"), n)
		f = product(r, slices.Repeat([]law{iid}, k))
	case "independent":
		f = product(r, exactly(r.Member("p"), k, "laws", func(int) law { return readLaw(r, n) }))
	case "without-replacement":
		f = withoutReplacement(r, readLaw(r.Member("p"), n), k)
	case "joint":
		f = joint(r.Member("words"), k, n)
	}
	r.Close('}')
	return f.positive(r), iid
}

// A family is a list of sets of tokens, each with a number: the probability, in the end, that
// it is the set of the drafted tokens.
// The index is there while sets are added, and not in what positive returns.
type family struct {
	sets  [][]int
	probs []kernel.Num
	index map[kernel.Mono]int
}

// add adds a set, whose tokens ascend, unless it is there, and returns where it stands.
// The key is a string of the tokens, equal for equal sets.
func (f *family) add(r *kernel.Reader, set []int) int {
	key := kernel.Product(set...)
	if k, found := f.index[key]; found {
		return k
	}
	r.Count(0, 6+len(set)/2)
	f.index[key] = len(f.sets)
	f.sets, f.probs = append(f.sets, set), append(f.probs, kernel.Num{})
	return len(f.sets) - 1
}

// subsets are the sets of 1 to k of the tokens, which ascend, in ascending order.
// Sets of one size are made from those one smaller by a larger token, each once, and so in
// order.
// Each set is counted before it is made.
func subsets(r *kernel.Reader, tokens []int, k int) *family {
	f := &family{index: map[kernel.Mono]int{}}
	for _, i := range tokens {
		f.add(r, []int{i})
	}
	for from := 0; from < len(f.sets) && len(f.sets[from]) < k; from++ {
		set := f.sets[from]
		at, _ := slices.BinarySearch(tokens, set[len(set)-1])
		for _, i := range tokens[at+1:] {
			r.Count(setWork, 0)
			f.add(r, append(slices.Clone(set), i))
		}
	}
	return f
}

// setWork is what it takes to look a set up, or to make one.
const setWork = 16

// without looks up the set without its token number j. It must be there.
// The empty set is never asked for.
func (f *family) without(r *kernel.Reader, set []int, j int) int {
	r.Count(setWork, 0)
	return f.index[kernel.Product(slices.Delete(slices.Clone(set), j, j+1)...)]
}

// positive are the tokens with a positive weight in one of the laws.
// A token that no draft can be is in no drafted set.
func positive(laws []law) (tokens []int) {
	for i := range laws[0].weights {
		if slices.ContainsFunc(laws, func(l law) bool { return l.weights[i].Sign() > 0 }) {
			tokens = append(tokens, i)
		}
	}
	return tokens
}

// product is the law of independent drafts. That all are in T is Π_k p_k(T), the sum of b_A
// over A ⊆ T, which is inverted for one token after the other. Inverting for one token after
// another takes n steps for each set, where the sum over all subsets with signs would take 2^K.
func product(r *kernel.Reader, laws []law) *family {
	tokens := positive(laws)
	f := subsets(r, tokens, len(laws))
	// All is in integers until the end: one division for each set.
	unit := one
	for _, l := range laws {
		unit = r.Times(unit, l.total)
	}
	for t, set := range f.sets {
		all := one
		for _, l := range laws {
			var sum kernel.Num
			for _, i := range set {
				sum = r.Plus(sum, l.weights[i])
			}
			r.Count(len(set), 0)
			all = r.Times(all, sum)
		}
		f.probs[t] = all
		kept(r, all)
	}
	// After token i the number of T is the sum over those A ⊆ T that hold every token of T up
	// to i.
	for _, i := range tokens {
		r.Count(len(f.sets), 0)
		for t, set := range f.sets {
			if j, found := slices.BinarySearch(set, i); found && len(set) > 1 { // no draft is in the empty set
				f.probs[t] = r.Plus(f.probs[t], f.probs[f.without(r, set, j)].Neg())
			}
		}
	}
	for t := range f.probs {
		f.probs[t] = r.Over(f.probs[t], unit)
	}
	return f
}

// withoutReplacement is the law of drafts from l, each renormalised on the tokens that have not
// been drawn. φ(T) is the probability that the first |T| drafts are T in some order. left is
// positive: what is left holds the token that is drawn next.
func withoutReplacement(r *kernel.Reader, l law, k int) *family {
	tokens := positive([]law{l})
	if len(tokens) < k {
		r.Fail("%d drafts without replacement need as many tokens with a positive weight", k)
	}
	f := subsets(r, tokens, k)
	weight := make([]kernel.Num, len(f.sets)) // of each set
	for t, set := range f.sets {
		// The probability that the first drafts are the set: the last of them is one of it.
		for j, i := range set {
			before, others := one, kernel.Num{}
			if len(set) > 1 {
				s := f.without(r, set, j)
				before, others = f.probs[s], weight[s]
			}
			left := r.Plus(l.total, others.Neg())
			f.probs[t] = r.Plus(f.probs[t], r.Times(before, r.Over(l.weights[i], left)))
			if j == 0 {
				weight[t] = r.Plus(others, l.weights[i])
			}
		}
		kept(r, f.probs[t], weight[t])
	}
	// Smaller sets were steps on the way to those of k tokens, and no outcome.
	for t, set := range f.sets {
		if len(set) < k {
			f.probs[t] = kernel.Num{}
		}
	}
	return f
}

// joint reads a list of words [[TOKEN,…],WEIGHT], strictly ascending, with positive weights.
// Words strictly ascend, so that none is there twice. Words with the same set of tokens are one
// set.
func joint(r *kernel.Reader, k, n int) *family {
	f := &family{index: map[kernel.Mono]int{}}
	var total kernel.Num
	var last []int
	for range r.Lists() {
		word := exactly(r, k, "tokens", func(int) int { return r.Below(1, n+1) - 1 })
		if slices.Compare(last, word) >= 0 { // no word is less than any
			r.Fail("a word is not behind the one before it")
		}
		// A weight of 0 would be a second way to write the same law.
		last = word
		w := readWeight(r)
		if w.Sign() == 0 {
			r.Fail("a word has the weight 0")
		}
		// Sorted, with what is drafted twice once.
		set := slices.Clone(word)
		slices.Sort(set)
		r.Count(setWork+k, 0)
		t := f.add(r, slices.Compact(set))
		f.probs[t], total = r.Plus(f.probs[t], w), r.Plus(total, w)
	}
	// A law needs a positive total.
	if last == nil {
		r.Fail("there are no words")
	}
	for t := range f.probs {
		f.probs[t] = r.Over(f.probs[t], total)
	}
	return f
}

// positive is the family of the sets with a positive probability, in ascending order: by their
// sizes, then by the least token in which they differ.
func (f *family) positive(r *kernel.Reader) *family {
	var order []int
	for t, p := range f.probs {
		if p.Sign() > 0 {
			order = append(order, t)
		}
	}
	// Sorting is work, and is counted as such.
	r.Count(setWork*len(f.sets), 0)
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(len(f.sets[a]), len(f.sets[b])), slices.Compare(f.sets[a], f.sets[b]))
	})
	d := &family{}
	for _, t := range order {
		d.sets, d.probs = append(d.sets, f.sets[t]), append(d.probs, f.probs[t])
		kept(r, f.probs[t])
	}
	return d
}
