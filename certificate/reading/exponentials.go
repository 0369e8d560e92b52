package reading

import "pstar/certificate/theorem"

// exponentials reads the list of the exponentials among the symbols that are numbered from
// first on. It rejects exponents that hold exponentials, as the state of a process could not be
// told then, and unknowns, since what exists must not change the parameters.
func (r *Reader) exponentials(t *theorem.Theorem, symbols []theorem.Symbol, first int) []theorem.Assignment {
	list := r.assignments(len(symbols), len(symbols))
	if len(list) == 0 {
		r.Fail("an empty list of exponentials is left out")
	}
	for _, a := range list {
		if s := symbols[a.Symbol]; a.Symbol < first || s.Unknown || s.Nonnegative {
			r.Fail("symbol %d must be a parameter of its own theorem or process, and not be declared nonnegative", a.Symbol)
		}
	}
	which, unknowns := make([]bool, len(symbols)), t.Unknowns()
	for _, a := range append(list, t.Exponentials...) {
		which[a.Symbol] = true
	}
	for _, a := range list {
		if a.Value.Holds(which) || a.Value.Holds(unknowns) {
			r.Fail("the exponent of symbol %d holds an exponential or an unknown", a.Symbol)
		}
	}
	return list
}
