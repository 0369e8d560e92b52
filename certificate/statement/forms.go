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
	p := t.sum()
	t.end()
	return p
}

// Fact reads FORM REL FORM. It panics if the text is nothing of the kind.
func (t *Forms) Fact(text string) kernel.Fact {
	t.words = parts(text)
	f := t.fact()
	t.end()
	return f
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

// let reads NAME = FORM.
// The name stands for the polynomial from then on.
func (t *Forms) let() {
	name := t.name()
	t.forms[name] = t.sum()
}

// name reads NAME =.
func (t *Forms) name() string {
	name := t.words[0]
	if t.words[1] != "=" {
		panic("statement: expected = behind " + name)
	}
	t.words = t.words[2:]
	return name
}

// fact reads FORM REL FORM.
// A fact is a polynomial and 0: the sides are subtracted, in the order that makes it ≥ or >.
func (t *Forms) fact() kernel.Fact {
	left := t.sum()
	relation := t.next()
	right := t.sum()
	switch relation {
	case "<=", "<":
		left, right, relation = right, left, map[string]string{"<=": ">=", "<": ">"}[relation]
	case "=", ">=", ">":
	default:
		panic("statement: expected a relation, found " + relation)
	}
	return kernel.Fact{Relation: theorem.Relations[relation], Poly: left.Plus(minus, right)}
}

// next takes the next word, "" at the end.
func (t *Forms) next() string {
	word := t.peek()
	if word != "" {
		t.words = t.words[1:]
	}
	return word
}

// It takes nothing.
func (t *Forms) peek() string {
	if len(t.words) == 0 {
		return ""
	}
	return t.words[0]
}

// sum reads terms with + and - between them, and perhaps - before the first.
// A minus before the first term, or behind a sign, changes the sign.
func (t *Forms) sum() kernel.Poly {
	total := kernel.Poly{}
	for sign := int64(1); ; {
		if t.peek() == "-" {
			t.next()
			sign = -sign
		}
		total = total.Plus(kernel.Int(sign), t.product())
		switch t.peek() {
		case "+":
			sign = 1
		case "-":
			sign = -1
		default:
			return total
		}
		t.next()
	}
}

// product reads factors with * and / between them.
func (t *Forms) product() kernel.Poly {
	p := t.power()
	for {
		switch t.peek() {
		case "*":
			t.next()
			p = p.Times(t.power())
		// Division by a number only: by a form it would be no polynomial.
		case "/":
			t.next()
			p = p.Times(term(theorem.Number(number(t.next())).Inverse()))
		default:
			return p
		}
	}
}

// power reads a factor and perhaps a power of it, whose exponent is a number.
func (t *Forms) power() kernel.Poly {
	base := t.factor()
	if t.peek() != "^" {
		return base
	}
	t.next()
	word := t.next()
	exponent, err := strconv.ParseUint(word, 10, 8)
	if err != nil {
		panic("statement: no exponent: " + word)
	}
	// With the exponent 0 it is 1.
	p := term(one)
	for range exponent {
		p = p.Times(base)
	}
	return p
}

// A form is looked up before a symbol, so that it hides one of its name.
func (t *Forms) factor() kernel.Poly {
	switch word := t.next(); {
	case word == "(":
		f := t.sum()
		if t.next() != ")" {
			panic("statement: a parenthesis is not closed")
		}
		return f
	// A name of a form stands for all of it, as if it were in parentheses.
	case t.forms[word] != nil:
		return t.forms[word]
	case word != "" && '0' <= word[0] && word[0] <= '9':
		return term(theorem.Number(number(word)))
	default:
		symbol, known := t.symbols[word]
		if !known {
			panic("statement: no symbol " + word)
		}
		return term(one, symbol)
	}
}

// It panics for a text that is none.
func number(word string) *big.Rat {
	x, fine := new(big.Rat).SetString(word)
	if !fine {
		panic("statement: no number: " + word)
	}
	return x
}
