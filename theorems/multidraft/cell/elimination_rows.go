package cell

import (
	"fmt"

	"pstar/theorems/multidraft"
)

// form is a row of the augmented elimination, read >= 0: one small coefficient
// for each column.
type form []int32

func (f form) add(g form) form {
	sum := make(form, len(f))
	// Small integers: no coefficient of these systems grows with the steps.
	for i, x := range f {
		sum[i] = x + g[i]
	}
	return sum
}

func (f form) equal(g form) bool {
	for i, x := range f {
		if x != g[i] {
			return false
		}
	}
	return true
}

// augmented is the state of an augmented elimination. The columns are q_i, then
// t_i, then z, then b_T for all supports, then α_T(i) for i in T but the first
// token, for which b_T minus the others stands.
type augmented struct {
	lemma    Lemma
	n        int
	supports []multidraft.Set // all, the singletons first
	alpha    []int            // first column of the α of each support; none for singletons
	columns  int
	orbits   bool

	number map[multidraft.Set]int // column of b_T
	table  []form                 // in MD-L2 and MD-L3, the rows of all sets now

	done    int            // supports eliminated, counted from the front
	merged  multidraft.Set // G, of the support being eliminated; 0 before its first token
	targets multidraft.Set // in MD-L4, the tokens whose t is eliminated
}

// newAugmented is the system before the first step. Singletons count as eliminated: their α is
// b_{i}, by its equation. In MD-L4 all α are gone, and no table is kept, as its rows have two or
// three sets and not one.
func newAugmented(lemma Lemma, k, n int, orbits bool) *augmented {
	s := &augmented{lemma: lemma, n: n, supports: multidraft.Supports(k, n), done: n, orbits: orbits, number: make(map[multidraft.Set]int)}
	// q, t, z, and b_T; then a column for each token but the first of each larger support.
	s.columns = 2*n + 1 + len(s.supports)
	for index, t := range s.supports {
		s.number[t] = s.b(index)
		// Singletons have no α: their length less one is 0.
		s.alpha = append(s.alpha, s.columns)
		s.columns += t.Len() - 1
	}
	if lemma == LemmaOptimum {
		s.done = len(s.supports)
	} else {
		s.table = s.rows()
	}
	return s
}

// rows are the rows of all sets of tokens in the present state.
func (s *augmented) rows() []form {
	rows := make([]form, multidraft.FullSet(s.n)+1)
	// Set by set as numbers, which are the places in the table.
	for set := range rows {
		rows[set] = s.row(multidraft.Set(set))
	}
	return rows
}

func (s *augmented) q(i int) int       { return i }
func (s *augmented) t(i int) int       { return s.n + i }
func (s *augmented) z() int            { return 2 * s.n }
func (s *augmented) b(support int) int { return 2*s.n + 1 + support }

// addAlpha adds c times α_T(i), T the support with the given index.
func (s *augmented) addAlpha(f form, support, i int, c int32) {
	t := s.supports[support]
	first := t.Tokens()[0]
	// Its place among the tokens of T, not counting the first.
	if i != first {
		f[s.alpha[support]+(t&(1<<i-1)).Len()-1] += c
		return
	}
	// The first token's α is b_T minus the others: its equation is used from the start.
	f[s.b(support)] += c
	for o := range t.Len() - 1 {
		f[s.alpha[support]+o] -= c
	}
}

// addMerged adds c times α_G, the sum of α_T(i) over i in G.
func (s *augmented) addMerged(f form, support int, g multidraft.Set, c int32) {
	for _, i := range g.Tokens() {
		// The equation α_T(T) = b_T is in it where G has the first token.
		s.addAlpha(f, support, i, c)
	}
}

// counts says whether a merged group, or an eliminated support, counts in full in
// the row of a set.
func (s *augmented) counts(group, set multidraft.Set) bool {
	if s.lemma == LemmaFeasible {
		return group.SubsetOf(set)
	}
	return group&set != 0
}

// row is the row of a set of tokens in the present state:
//
//	MD-L2: q(S) - Σ_T (what T counts) >= 0;  MD-L3: -t(S) + Σ_T (what T counts) >= 0.
func (s *augmented) row(set multidraft.Set) form {
	f := make(form, s.columns)
	// What T counts is taken off q in MD-L2, and bounds t in MD-L3.
	sign := int32(1)
	if s.lemma == LemmaFeasible {
		sign = -1
	}
	for _, i := range set.Tokens() {
		if s.lemma == LemmaFeasible {
			f[s.q(i)]++
		} else {
			f[s.t(i)]--
		}
	}
	for index, t := range s.supports {
		switch {
		// Gone: only b_T is left of the block, and only where it counts.
		case index < s.done:
			if s.counts(t, set) {
				f[s.b(index)] += sign
			}
		// Half gone: α_G counts or not, as a whole.
		case index == s.done && s.merged != 0:
			if s.counts(s.merged, set) {
				s.addMerged(f, index, s.merged, sign)
			}
			s.addMerged(f, index, set&t&^s.merged, sign)
		default:
			// Not begun: each token of T in the set counts for itself.
			s.addMerged(f, index, set&t, sign)
		}
	}
	return f
}

// alphaRow is the row α_T(group) >= 0 of the support being eliminated.
func (s *augmented) alphaRow(group multidraft.Set) form {
	// α_G for a set of several tokens, α_j for a single one.
	f := make(form, s.columns)
	s.addMerged(f, s.done, group, 1)
	return f
}

// cover adds c times C(set), the sum of b_T over the supports that meet a set.
func (s *augmented) cover(f form, set multidraft.Set, c int32) {
	for index, t := range s.supports {
		if t&set != 0 {
			f[s.b(index)] += c
		}
	}
}

// coverRow is C(W) - t(W) >= 0 of MD-L4.
func (s *augmented) coverRow(w multidraft.Set) form {
	f := make(form, s.columns)
	// Every support that meets W may choose a token of it.
	s.cover(f, w, 1)
	for _, i := range w.Tokens() {
		f[s.t(i)]--
	}
	return f
}

// boundRow is q(S) + t(V) + C(Ω∖(S∪V)) - z >= 0 of MD-L4.
func (s *augmented) boundRow(targets, v multidraft.Set) form {
	f := make(form, s.columns)
	f[s.z()] = -1
	for _, i := range targets.Tokens() {
		f[s.q(i)]++
	}
	for _, i := range v.Tokens() {
		f[s.t(i)]++
	}
	// Tokens outside S and V are selected at most as often as some draft is one of them.
	s.cover(f, multidraft.FullSet(s.n)&^(targets|v), 1)
	return f
}

// limitRow is q_i - t_i >= 0 and signRow is t_i >= 0.
func (s *augmented) limitRow(i int) form {
	f := make(form, s.columns)
	f[s.q(i)], f[s.t(i)] = 1, -1
	return f
}

func (s *augmented) signRow(i int) form {
	f := make(form, s.columns)
	f[s.t(i)] = 1
	return f
}

// checkStart checks that the rows of the augmented system at the start are sums
// of the rows of single tokens, so that nothing was added to the given system:
// for MD-L4, that the row of z for V is the one for Ω plus a row of MD-L3.
func (s *augmented) checkStart() error {
	for set := multidraft.Set(1); set <= multidraft.FullSet(s.n); set++ {
		var sum form
		if s.lemma == LemmaOptimum {
			// z ≤ t(Ω), and t of the tokens outside the set is at most C of them.
			sum = s.boundRow(0, multidraft.FullSet(s.n)).add(s.coverRow(multidraft.FullSet(s.n) &^ set))
			if !sum.equal(s.boundRow(0, set)) {
				return fmt.Errorf("the row of z for %v is not implied", set)
			}
			continue
		}
		sum = make(form, s.columns)
		// Row by row of its tokens: rows of single tokens are what is given.
		for _, i := range set.Tokens() {
			sum = sum.add(s.row(1 << i))
		}
		if !sum.equal(s.row(set)) {
			return fmt.Errorf("the row of %v is not the sum of the rows of its tokens", set)
		}
	}
	return nil
}

// checkEnd checks that the last system is the closed form.
func (s *augmented) checkEnd() error {
	// The rows of all sets, those of ∅ and Ω among them.
	for set := multidraft.Set(0); set <= multidraft.FullSet(s.n); set++ {
		closed := make(form, s.columns)
		var last form
		switch s.lemma {
		case LemmaFeasible: // q(S) - B(S)
			last = s.row(set)
			for _, i := range set.Tokens() {
				closed[s.q(i)] = 1
			}
			for index, t := range s.supports {
				if t.SubsetOf(set) {
					closed[s.b(index)] = -1
				}
			}
		case LemmaSelected:
			// t(S) ≤ C(S): what the row of MD-L3 is when all α are gone.
			last, closed = s.row(set), s.coverRow(set)
		case LemmaOptimum: // q(S) + C(Ω∖S) - z
			last = s.boundRow(set, 0)
			closed[s.z()] = -1
			for _, i := range set.Tokens() {
				closed[s.q(i)] = 1
			}
			s.cover(closed, multidraft.FullSet(s.n)&^set, 1)
		}
		if !last.equal(closed) {
			return fmt.Errorf("the last row of %v is not the closed form", set)
		}
	}
	// The formula of a row with variables left may look closed on some sets.
	if s.lemma == LemmaOptimum && s.targets != multidraft.FullSet(s.n) || s.done != len(s.supports) {
		return fmt.Errorf("variables are left over")
	}
	return nil
}

func indicator(b bool) int {
	if b {
		return 1
	}
	return 0
}
