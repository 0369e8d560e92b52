package kernel

// A Process changes some parameters, its state, any number of times, perhaps never. A theorem
// with a process speaks of the state at the end.
type Process struct {
	// Symbols are values that each time may be any with the Facts. They are numbered after the symbols of the
	// theorem, and none is an unknown.
	Symbols []Symbol
	Facts   []Fact
	// Start and Update give the same symbols, in ascending order, which are not declared nonnegative: what they are at
	// the start, in other symbols of the theorem, and what each time replaces all of them at once.
	Start, Update []Assignment
}

// An Assignment is what a symbol of the state becomes.
type Assignment struct {
	Symbol int
	Value  Poly
}

// process reads the process of a theorem.
func (r *Reader) process(t *Theorem) *Process {
	p := &Process{}
	names := map[string]bool{}
	for _, s := range t.Symbols {
		names[s.Name] = true
	}
	r.Open('{')
	r.Member("symbols")
	p.Symbols = r.symbols(names)
	n := len(t.Symbols) + len(p.Symbols)
	r.symbolLimit(n)
	r.Member("facts")
	p.Facts = r.facts(n)
	r.Member("start")
	p.Start = r.assignments(len(t.Symbols), len(t.Symbols))
	r.Member("update")
	p.Update = r.assignments(len(t.Symbols), n)
	r.Close('}')
	p.check(r, t)
	return p
}

// assignments reads values of symbols below state, in symbols below n.
func (r *Reader) assignments(state, n int) []Assignment {
	var list []Assignment
	least := 0
	for r.Open('['); r.More(); {
		r.Open('[')
		r.Next()
		s := r.Below(least, state)
		least = s + 1
		r.Next()
		list = append(list, Assignment{s, r.poly(n)})
		r.Close(']')
	}
	return list
}

// check rejects what is not a process.
func (p *Process) check(r *Reader, t *Theorem) {
	for _, s := range p.Symbols {
		if s.Unknown {
			r.Fail("a process has no unknowns")
		}
	}
	if len(p.Start) == 0 || len(p.Start) != len(p.Update) {
		r.Fail("start and update must list the same symbols, at least one")
	}
	state := p.state(t)
	for k, a := range p.Start {
		switch {
		case a.Symbol != p.Update[k].Symbol:
			r.Fail("start and update must list the same symbols")
		case t.Symbols[a.Symbol].Nonnegative:
			r.Fail("a symbol of the state must not be declared nonnegative")
		case holdsAny(a.Value, state):
			r.Fail("start holds a symbol of the state")
		}
	}
	for k, f := range t.Facts {
		if holdsAny(f.Poly, state) {
			r.Fail("fact %d of the theorem holds a symbol of the state", k)
		}
	}
}

// state says which symbols are of the state.
func (p *Process) state(t *Theorem) []bool {
	which := make([]bool, len(t.Symbols))
	for _, a := range p.Start {
		which[a.Symbol] = true
	}
	return which
}

func (w *literalWriter) process(p *Process) {
	w.text(`,"process":{"symbols":`)
	w.symbols(p.Symbols)
	w.text(`,"facts":`)
	w.facts(p.Facts)
	w.text(`,"start":`)
	w.assignments(p.Start)
	w.text(`,"update":`)
	w.assignments(p.Update)
	w.text("}")
}

func (w *literalWriter) assignments(list []Assignment) {
	w.text("[")
	for k, a := range list {
		w.comma(k)
		w.text("[")
		w.int(int64(a.Symbol))
		w.text(",")
		w.poly(a.Value)
		w.text("]")
	}
	w.text("]")
}
