package statement

import (
	"math/big"
	"strconv"
	"strings"

	"pstar/certificate/kernel"
	"pstar/certificate/theorem"
)

// Forms reads polynomials, and facts, in which symbols have names.
// Provers read their scripts with it, too; there it is not trusted, as the checker reads what
// comes of it.
type Forms struct {
	symbols map[string]int
	forms   map[string]kernel.Poly
	words   []string // what is left of the text
}

// Set gives a symbol a name.
// A name that is set twice has the later symbol.
func (t *Forms) Set(name string, symbol int) { t.symbols[name] = symbol }

// Symbol is the symbol with a name, or -1.
func (t *Forms) Symbol(name string) int {
	if s, known := t.symbols[name]; known {
		return s
	}
	return -1
}

// Poly reads a form. It panics if the text is none.
func (t *Forms) Poly(text string) kernel.Poly {
	t.words = parts(text)
	defer t.end()
	return t.form(0)
}

// Fact reads FORM REL FORM. It panics if the text is nothing of the kind.
func (t *Forms) Fact(text string) kernel.Fact {
	t.words = parts(text)
	defer t.end()
	return t.fact()
}

// Words that are left over are no form: "a b" is not a product.
func (t *Forms) end() {
	if len(t.words) > 0 {
		panic("statement: not understood: " + strings.Join(t.words, " "))
	}
}

// signs parts the signs of forms from names and numbers.
// Relations are words of their own, and need spaces around them.
var signs = strings.NewReplacer("(", " ( ", ")", " ) ", "+", " + ", "-", " - ", "*", " * ", "/", " / ", "^", " ^ ")

func parts(text string) []string { return strings.Fields(signs.Replace(text)) }

// name reads NAME =.
func (t *Forms) name() string {
	name := t.next()
	if t.next() != "=" {
		panic("statement: expected = behind " + name)
	}
	return name
}

// fact reads FORM REL FORM.
// A fact is a polynomial and 0: the sides are subtracted, in the order that makes it ≥ or >.
func (t *Forms) fact() kernel.Fact {
	left, word, right := t.form(0), t.next(), t.form(0)
	if strings.HasPrefix(word, "<") {
		left, word, right = right, strings.Replace(word, "<", ">", 1), left
	}
	relation, known := theorem.Relations[word]
	if !known {
		panic("statement: expected a relation, found " + word)
	}
	return kernel.Fact{Relation: relation, Poly: left.Plus(minus, right)}
}

// next takes the next word, and peek only says what it is; "" at the end.
func (t *Forms) next() string {
	word := t.peek()
	t.words = t.words[min(1, len(t.words)):]
	return word
}

func (t *Forms) peek() string {
	if len(t.words) == 0 {
		return ""
	}
	return t.words[0]
}

// binding is how strongly a sign binds what stands beside it; what is no sign between forms has 0.
var binding = map[string]int{"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}

// form reads a form, up to a sign that does not bind more strongly than this.
func (t *Forms) form(outer int) kernel.Poly {
	p := t.factor()
	for binding[t.peek()] > outer {
		switch sign := t.next(); sign {
		case "+":
			p = p.Plus(one, t.form(binding[sign]))
		case "-":
			p = p.Plus(minus, t.form(binding[sign]))
		case "*":
			p = p.Times(t.form(binding[sign]))
		// Division by a number only: by a form it would be no polynomial.
		case "/":
			p = p.Times(term(number(t.next()).Inverse()))
		case "^":
			exponent, err := strconv.ParseUint(t.next(), 10, 8)
			if err != nil {
				panic("statement: no exponent: " + err.Error())
			}
			// With the exponent 0 it is 1.
			base := p
			p = term(one)
			for range exponent {
				p = p.Times(base)
			}
		}
	}
	return p
}

// factor reads a form in parentheses, a number, or a name. A minus before it is one before the product to
// which it belongs. A form is looked up before a symbol, so that it hides one of its name.
func (t *Forms) factor() kernel.Poly {
	switch word := t.next(); {
	case word == "-":
		return less(t.form(binding["-"]))
	case word == "(":
		f := t.form(0)
		if t.next() != ")" {
			panic("statement: a parenthesis is not closed")
		}
		return f
	default:
		// A name of a form stands for all of it, as if it were in parentheses.
		if form, known := t.forms[word]; known {
			return form
		}
		if symbol, known := t.symbols[word]; known {
			return term(one, symbol)
		}
		return term(number(word))
	}
}

// number reads a number. It panics for a text that is none.
func number(word string) kernel.Num {
	x, fine := new(big.Rat).SetString(word)
	if !fine {
		panic("statement: no number or symbol: " + word)
	}
	return theorem.Number(x)
}
