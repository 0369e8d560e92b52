package statement

import (
	"fmt"

	"pstar/certificate/kernel"
)

// A sheet is a theorem that is being written: symbols first, then facts and rows that name them.
type sheet struct {
	kernel.Theorem
	// reader, if there is one, counts facts and rows as they are added: those that are made while a document is
	// read, which has room for millions.
	reader *kernel.Reader
}

// write begins a theorem.
func write(name string, kind kernel.Kind) *sheet {
	return &sheet{Theorem: kernel.Theorem{Name: name, Kind: kind}}
}

// number adds a symbol of a sort, as the format page writes sorts, and returns its number, which is where it
// stands.
func (t *sheet) number(sort, name string) int {
	t.Symbols = append(t.Symbols, kernel.Symbol{Name: name, Unknown: sort[0] == 'u', Nonnegative: len(sort) > 1})
	return len(t.Symbols) - 1
}

// symbol adds a symbol and returns it as a polynomial, list the symbols name[1] to name[n].
func (t *sheet) symbol(sort, name string, indices ...any) kernel.Poly {
	if len(indices) > 0 {
		name = fmt.Sprintf(name, indices...)
	}
	return term(one, t.number(sort, name))
}

// variable is symbol for a variable that a document has, or of which it has a few numbers: these are counted.
func (t *sheet) variable(sort, name string, indices ...any) kernel.Poly {
	t.reader.Count(0, 1)
	t.reader.SymbolLimit(len(t.Symbols) + 1)
	return t.symbol(sort, name, indices...)
}

func (t *sheet) list(sort, name string, n int) (list []kernel.Poly) {
	for i := range n {
		list = append(list, t.symbol(sort, name+"[%d]", i+1))
	}
	return list
}

// fact adds the fact that a sum is ≥ 0, > 0 or = 0. Facts are numbered as they are added, which proofs rely on.
func (t *sheet) fact(relation kernel.Relation, parts ...kernel.Poly) {
	t.Facts = append(t.Facts, t.compared(relation, parts))
}

// row adds a row. In a theorem with generators it stands for one of each orbit.
func (t *sheet) row(relation kernel.Relation, parts ...kernel.Poly) {
	t.Rows = append(t.Rows, t.compared(relation, parts))
}

func (t *sheet) compared(relation kernel.Relation, parts []kernel.Poly) kernel.Fact {
	f := kernel.Fact{Relation: relation, Poly: parts[0]}
	for _, p := range parts[1:] {
		f.Poly = f.Poly.Plus(one, p)
	}
	if t.reader != nil {
		t.reader.Kept(f)
	}
	return f
}

// term is a number times symbols.
func term(c kernel.Num, symbols ...int) kernel.Poly {
	if c.Sign() == 0 {
		return nil
	}
	return kernel.Poly{{C: c, M: kernel.Product(symbols...)}}
}

// times is c·p, and less is −p.
func times(c kernel.Num, p kernel.Poly) kernel.Poly { return kernel.Poly(nil).Plus(c, p) }
func less(p kernel.Poly) kernel.Poly                { return times(minus, p) }
