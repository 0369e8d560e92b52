package statement

import (
	"sort"
	"strings"

	"pstar/certificate/kernel"
)

// fromText makes a theorem of kind implied from lines of text. Each begins with a word:
//
//	theorem NAME
//	p NAME…, p+ NAME…       symbols
//	exp NAME = FORM         a symbol for e^FORM
//	let NAME = FORM         a name for a form, used in later lines
//	fact FORM REL FORM      REL is >=, <=, >, < or =
//	row FORM REL FORM
//
// and if there is a process
//
//	state NAME = FORM       what a symbol is at the start
//	each p NAME…            symbols of the process; also p+ and exp
//	with FORM REL FORM      a fact of the process
//	then NAME = FORM        what a symbol of the state becomes
//
// A FORM is made of numbers, names, + - * ^ and parentheses, and / before a number; spaces part
// names and relations. It panics if the text is none of that. Why text: multiplied out, a row
// such as (1 + ρE)(b − a) ≥ 0 is a list of monomials in which nobody sees the formula of a
// paper. This reader is small, knows nothing but sums and products, and what it makes has a
// digest like every theorem.
func fromText(text string) (*kernel.Theorem, *Forms) {
	t := &textReader{Forms: &Forms{symbols: map[string]int{}, forms: map[string]kernel.Poly{}}}
	t.Kind = kernel.Implied
	for line := range strings.Lines(text) {
		if word, rest, _ := strings.Cut(strings.TrimSpace(line), " "); word != "" {
			t.line(word, rest)
		}
	}
	// A copy, which does not change with the reader.
	result := t.Theorem
	// Start and update are listed by symbol, in whatever order the text has them.
	if len(t.process.Start) > 0 {
		for _, list := range [][]kernel.Assignment{t.process.Start, t.process.Update} {
			sort.Slice(list, func(i, j int) bool { return list[i].Symbol < list[j].Symbol })
		}
		result.Process = &t.process
	}
	return &result, t.Forms
}

type textReader struct {
	kernel.Theorem
	*Forms
	process kernel.Process
}

func (t *textReader) line(word, rest string) {
	// "each" says that what follows is of the process.
	own := &t.Symbols
	exponentials := &t.Exponentials
	if word == "each" {
		own, exponentials = &t.process.Symbols, &t.process.Exponentials
		word, rest, _ = strings.Cut(rest, " ")
	}
	switch t.words = parts(rest); word {
	case "theorem":
		t.Name, t.words = rest, nil
	case "p", "p+":
		for ; len(t.words) > 0; t.words = t.words[1:] {
			t.declare(own, t.words[0], word == "p+")
		}
	case "exp":
		t.declare(own, t.words[0], false)
		*exponentials = append(*exponentials, t.assignment())
	// The name stands for the polynomial from then on.
	case "let":
		name := t.name()
		t.forms[name] = t.form(0)
	case "fact":
		t.Facts = append(t.Facts, t.fact())
	case "row":
		t.Rows = append(t.Rows, t.fact())
	case "with":
		t.process.Facts = append(t.process.Facts, t.fact())
	case "state":
		t.process.Start = append(t.process.Start, t.assignment())
	case "then":
		t.process.Update = append(t.process.Update, t.assignment())
	default:
		panic("statement: a line of a theorem begins with " + word)
	}
	t.end()
}

// declare adds a symbol. Those of a process are numbered after those of the theorem.
// A symbol of the theorem behind one of the process would move the numbers of that.
func (t *textReader) declare(own *[]kernel.Symbol, name string, nonnegative bool) {
	if _, known := t.symbols[name]; known || own == &t.Symbols && len(t.process.Symbols) > 0 {
		panic("statement: " + t.Name + ": the symbol " + name + " is declared twice, or too late")
	}
	t.Set(name, len(t.Symbols)+len(t.process.Symbols))
	*own = append(*own, kernel.Symbol{Name: name, Nonnegative: nonnegative})
}

func (t *textReader) assignment() kernel.Assignment {
	symbol, known := t.symbols[t.name()]
	if !known {
		panic("statement: " + t.Name + ": a value of what is no symbol")
	}
	return kernel.Assignment{Symbol: symbol, Value: t.form(0)}
}
