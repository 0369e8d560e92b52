package reading

import "pstar/certificate/theorem"

// process reads the process of a theorem.
// The theorem's symbols have been read; those of the process get the numbers behind them.
func (r *Reader) process(t *theorem.Theorem) *theorem.Process {
	p := &theorem.Process{}
	names := map[string]bool{}
	for _, s := range t.Symbols {
		names[s.Name] = true
	}
	r.Open('{')
	p.Symbols = r.Member("symbols").symbols(names)
	n := len(t.Symbols) + len(p.Symbols)
	r.SymbolLimit(n)
	p.Facts = r.Member("facts").Facts(n)
	if r.Has("exponentials") {
		all := append(append([]theorem.Symbol(nil), t.Symbols...), p.Symbols...)
		p.Exponentials = r.exponentials(t, all, len(t.Symbols))
	}
	p.Start = r.Member("start").assignments(len(t.Symbols), len(t.Symbols))
	p.Update = r.Member("update").assignments(len(t.Symbols), n)
	r.Close('}')
	r.checkProcess(p, t)
	return p
}

// assignments reads values of symbols below state, in symbols below n.
func (r *Reader) assignments(state, n int) []theorem.Assignment {
	var list []theorem.Assignment
	for s := range r.Ascending(state) {
		list = append(list, theorem.Assignment{Symbol: s, Value: r.Poly(n)})
	}
	return list
}

// check rejects what is not a process.
func (r *Reader) checkProcess(p *theorem.Process, t *theorem.Theorem) {
	for _, s := range p.Symbols {
		// What happens at each time is any value with the facts, and not one that is to be
		// found.
		if s.Unknown {
			r.Fail("a process has no unknowns")
		}
	}
	// A state of nothing would make the end a name for nothing.
	if len(p.Start) == 0 || len(p.Start) != len(p.Update) {
		r.Fail("start and update must list the same symbols, at least one")
	}
	state := p.State(t)
	exponential := make([]bool, len(t.Symbols))
	for _, a := range t.Exponentials {
		exponential[a.Symbol] = true
	}
	for k, a := range p.Start {
		switch {
		case a.Symbol != p.Update[k].Symbol:
			r.Fail("start and update must list the same symbols")
		// Nothing says that update keeps a sign that is declared; and an exponential is what
		// its exponent says.
		case t.Symbols[a.Symbol].Nonnegative || exponential[a.Symbol]:
			r.Fail("a symbol of the state must not be declared nonnegative, nor be an exponential")
		// It would be defined by itself.
		case a.Value.Holds(state):
			r.Fail("start holds a symbol of the state")
		}
	}
}
