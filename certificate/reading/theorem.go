package reading

import "pstar/certificate/theorem"

// Theorem reads a theorem that is written out.
// What it accepts is a theorem, true or not. That it says what its reader thinks is for the
// reader to see: it is printed whole.
func (r *Reader) Theorem() *theorem.Theorem {
	t := &theorem.Theorem{}
	r.Open('{')
	t.Name = r.Member("name").Name()
	t.Kind = theorem.Kind(r.Member("kind").Word("implied", "feasible"))
	t.Symbols = r.Member("symbols").symbols(map[string]bool{})
	// With the number of symbols that have been read: a fact cannot speak of symbols that come
	// later.
	t.Facts = r.Member("facts").Facts(len(t.Symbols))
	t.Rows = r.Member("rows").Facts(len(t.Symbols))
	if r.Has("exponentials") {
		t.Exponentials = r.exponentials(t, t.Symbols, 0)
	}
	if r.Has("generators") {
		for range r.List() {
			if len(t.Generators) == MaxGenerators {
				r.Exceed("a theorem has more than the %d generators that the format allows", MaxGenerators)
			}
			t.Generators = append(t.Generators, r.permutation(len(t.Symbols)))
		}
		if len(t.Generators) == 0 {
			r.Fail("an empty list of generators is left out")
		}
	}
	if r.Has("process") {
		t.Process = r.process(t)
	}
	r.Close('}')
	r.checkTheorem(t)
	return t
}

// symbols reads the symbols; names are those that are taken.
func (r *Reader) symbols(names map[string]bool) []theorem.Symbol {
	var list []theorem.Symbol
	for range r.Lists() {
		name := r.Name()
		// Two symbols of one name could not be told apart in print.
		if names[name] {
			r.Fail("the name %q stands for two symbols", name)
		}
		names[name] = true
		s := theorem.Sorts[r.Word("p", "p+", "u", "u+")]
		s.Name = name
		list = append(list, s)
		r.Hold(2)
		r.SymbolLimit(len(list))
	}
	return list
}

func (r *Reader) SymbolLimit(n int) {
	if n > MaxSymbols {
		r.Exceed("more than %d symbols", MaxSymbols)
	}
}

// permutation reads a permutation of 0..n-1.
func (r *Reader) permutation(n int) []int32 {
	list, seen := make([]int32, 0, n), make([]bool, n)
	for range r.List() {
		k := r.Below(0, n)
		// It would be no permutation.
		if seen[k] {
			r.Fail("%d stands in a permutation twice", k)
		}
		seen[k] = true
		list = append(list, int32(k))
		r.Spend(1)
	}
	if len(list) != n {
		r.Fail("a permutation of %d symbols has %d entries", n, len(list))
	}
	return list
}

// check rejects what is not a theorem. That generators map facts to facts is checked where
// they are used.
func (r *Reader) checkTheorem(t *theorem.Theorem) {
	unknowns := t.Unknowns()
	switch {
	// Of kind feasible it says that there are always unknowns.
	case len(t.Rows) == 0 && t.Kind == theorem.Implied:
		r.Fail("a theorem of this kind without rows says nothing")
	// A generator would have to map exponents to exponents. No theorem needs that.
	case len(t.Exponentials) > 0 && len(t.Generators) > 0:
		r.Fail("a theorem with exponentials has no generators")
	// The run would have to be mapped to a run.
	case t.Process != nil && (t.Kind != theorem.Implied || len(t.Generators) > 0):
		r.Fail("a theorem with a process is of kind implied and has no generators")
	}
	for k, s := range t.Symbols {
		if t.Process != nil && s.Unknown {
			r.Fail("a theorem with a process has no unknowns")
		}
		for _, g := range t.Generators {
			if o := t.Symbols[g[k]]; o.Unknown != s.Unknown || o.Nonnegative != s.Nonnegative {
				r.Fail("a generator does not keep the sort of symbol %d", k)
			}
		}
	}
	for k, row := range t.Rows {
		// Rows say for which parameters there are unknowns.
		if t.Kind == theorem.Feasible && row.Poly.Holds(unknowns) {
			r.Fail("row %d holds an unknown", k)
		}
	}
}
