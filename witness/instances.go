package witness

import (
	"errors"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"pstar/certificate"
	"pstar/certificate/kernel"
	builders "pstar/certificate/statement"
	"pstar/rational"
)

// MaxDrafts is the largest number of drafts that the format allows.
const MaxDrafts = builders.MaxDrafts

// An Instance is a law of drafts and a target with what shows its optimum: a flow that attains it, and a cut that bounds it.
// Tokens are numbered from 0. Weights are not negative, and stand for their shares of their sum.
type Instance struct {
	Drafts Drafts
	Target []rational.Int
	// Value is the optimum.
	Value rational.Rat
	// Cut is a set S of tokens, in ascending order, with q(S) + 1 − B(S) = Value.
	Cut []int
	// Flow has the probabilities, not 0, of drafted set and accepted token, which is in the set. Their sum is Value.
	Flow []Mass
}

// Drafts is a law of the drafts by its model: "iid" and "without-replacement" with one law, "independent" with one law for each
// draft, or "joint" with words in strictly ascending order.
type Drafts struct {
	Model string
	Laws  [][]rational.Int
	Words []Word
}

// A Word is a value of the drafts.
type Word struct {
	Tokens []int
	Weight rational.Int
}

// A Mass is a probability of a set of drafted tokens, in ascending order, and one of them.
type Mass struct {
	Set    []int
	Token  int
	Amount rational.Rat
}

// Instances returns the document of the optima of instances of k drafts of n tokens. The error is [*Unwritable] if the format
// cannot hold them.
func Instances(k, n int, list []Instance) (Proof, error) {
	statement := func(w *proofWriter) {
		w.shape("instances", k, n)
		w.list("instances", func() {
			for i := range list {
				w.open('{')
				w.instance(&list[i])
				w.close('}')
			}
		})
	}
	s, err := readBack(statement)
	if err != nil {
		return nil, err
	}
	claims, iid := [][2]string{{"P*", "proved"}}, 0
	for i := range list {
		if list[i].Drafts.Model == "iid" {
			iid++
		}
	}
	if iid > 0 {
		claims = append(claims, [2]string{"MD-T1", "checked"}, [2]string{"MD-T2", "checked"}, [2]string{"MD-T3", "checked"})
	}
	if iid < len(list) {
		claims = append(claims, [2]string{"MD-T4", "checked"})
	}
	return document(statement, claims, func(w *proofWriter) {
		for i := range list {
			w.optimum(i, s.Theorem(i), &list[i])
		}
	}), nil
}

// Exponent returns the document of an instance with iid drafts on which the exponent e in place of k is wrong: of its optimum and, with its tokens in
// ascending order of q/p, those with p = 0 left out, that q(S) ≥ p(S)^e for all S; or, if bad is not nil, that it is not for S = bad.
func Exponent(k, e int, x *Instance, order, bad []int) (Proof, error) {
	n := len(x.Target)
	statement := func(w *proofWriter) {
		w.shape("exponent", k, n)
		w.member("exponent")
		w.int(e)
		w.instance(x)
	}
	s, err := readBack(statement)
	if err != nil {
		return nil, err
	}
	return document(statement, [][2]string{{"P*", "proved"}, {"MD-T2", "refuted"}, {"MD-T3", "refuted"}}, func(w *proofWriter) {
		w.optimum(0, s.Theorem(0), x)
		if bad == nil {
			w.prefix(1, s.Theorem(1), n, order)
			return
		}
		w.refuted(1, s.Theorem(1), func() {
			var drafted, targeted rational.Int
			for _, i := range bad {
				drafted, targeted = drafted.Add(x.Drafts.Laws[0][i]), targeted.Add(x.Target[i])
				w.coordinate(i, rational.NewInt(1))
			}
			w.coordinate(n, drafted)
			w.coordinate(n+1, targeted)
		})
	}), nil
}

// A Vocabulary is an instance with k iid drafts over any number of tokens, with a set of tokens, in ascending order, that has the least
// q(S) + 1 − p(S)^k, the value, and the tokens with p > 0 in ascending order of q/p.
type Vocabulary struct {
	Drafts, Target []rational.Int
	Value          rational.Rat
	Cut, Order     []int
}

// Optimum returns the document of the optimum of a vocabulary, of k drafts.
func (v *Vocabulary) Optimum(k int) (Proof, error) {
	n := len(v.Target)
	statement := func(w *proofWriter) {
		w.shape("vocabulary", k, n)
		w.weights("drafts", v.Drafts)
		w.weights("target", v.Target)
		w.member("value")
		w.rat(v.Value.Big())
		w.tokens("cut", v.Cut)
	}
	s, err := readBack(statement)
	if err != nil {
		return nil, err
	}
	return document(statement, [][2]string{{"MIN", "proved"}, {"P*", "concluded"}}, func(w *proofWriter) {
		w.prefix(0, s.Theorem(0), n, v.Order)
	}), nil
}

// readBack reads a statement as the checker does, for what its theorems are.
func readBack(statement func(w *proofWriter)) (kernel.Statement, error) {
	w := &proofWriter{fresh: true}
	w.open('{')
	statement(w)
	w.close('}')
	s, err := kernel.ReadStatement(w.Bytes(), builders.Builders)
	var invalid *kernel.Invalid
	switch {
	case errors.As(err, &invalid) && invalid.Limit:
		err = &Unwritable{"the format cannot hold it: " + err.Error()}
	case invalid != nil:
		err = &Refused{&certificate.Invalid{Place: invalid.Place, Offset: int64(invalid.Offset), Line: 1, Reason: invalid.Reason}}
	}
	return s, err
}

func (w *proofWriter) shape(builder string, k, n int) {
	w.member("builder")
	w.text(builder)
	w.member("k")
	w.int(k)
	w.member("n")
	w.int(n)
}

func (w *proofWriter) integer(x rational.Int) { w.rat(new(big.Rat).SetInt(x.Big())) }

func (w *proofWriter) weights(name string, list []rational.Int) {
	w.list(name, func() {
		for _, x := range list {
			w.integer(x)
		}
	})
}

// tokens is a list of tokens, which the format numbers from 1.
func (w *proofWriter) tokens(name string, list []int) {
	w.list(name, func() {
		for _, i := range list {
			w.int(i + 1)
		}
	})
}

func (w *proofWriter) instance(x *Instance) {
	w.member("drafts")
	w.open('{')
	w.member("model")
	w.text(x.Drafts.Model)
	switch x.Drafts.Model {
	case "joint":
		w.list("words", func() {
			for _, word := range x.Drafts.Words {
				w.open('[')
				w.open('[')
				for _, i := range word.Tokens {
					w.int(i + 1)
				}
				w.close(']')
				w.integer(word.Weight)
				w.close(']')
			}
		})
	case "independent":
		w.list("p", func() {
			for _, law := range x.Drafts.Laws {
				w.open('[')
				for _, x := range law {
					w.integer(x)
				}
				w.close(']')
			}
		})
	default:
		w.weights("p", x.Drafts.Laws[0])
	}
	w.close('}')
	w.weights("target", x.Target)
	w.member("value")
	w.rat(x.Value.Big())
	w.tokens("cut", x.Cut)
}

// flows are the unknowns a_T(i) of a theorem of an optimum.
type flows struct {
	symbols map[string]int // by name
	sets    []string       // as in names, in the order of their facts
}

func flowsOf(t *kernel.Theorem) *flows {
	f := &flows{symbols: map[string]int{}}
	for s, symbol := range t.Symbols[1:] {
		f.symbols[symbol.Name] = s + 1
		set, _, _ := strings.Cut(strings.TrimPrefix(symbol.Name, "a["), "}")
		if set += "}"; len(f.sets) == 0 || f.sets[len(f.sets)-1] != set {
			f.sets = append(f.sets, set)
		}
	}
	return f
}

// optimum is the proof of the optimum of an instance.
func (w *proofWriter) optimum(number int, t *kernel.Theorem, x *Instance) {
	f := flowsOf(t)
	inside := map[string]bool{}
	for _, i := range x.Cut {
		inside[strconv.Itoa(i+1)] = true
	}
	w.proof(number, t, func() {
		w.combine(0, func() {
			w.product(1, 0)
			for k, set := range f.sets {
				for _, i := range strings.Split(strings.Trim(set, "{}"), ",") {
					if !inside[i] {
						w.product(1, 1+k)
						break
					}
				}
			}
			// The facts of the tokens, by the unknown that each begins with.
			for k, fact := range t.Facts[1+len(f.sets):] {
				name := t.Symbols[symbolsIn(fact.Poly[len(fact.Poly)-1].M)].Name
				if _, token, _ := strings.Cut(strings.TrimSuffix(name, "]"), "},"); inside[token] {
					w.product(1, 1+len(f.sets)+k)
				}
			}
		}, nil)
	}, func() { w.flow(f, x, len(t.Facts)) })
}

// symbolsIn is the symbol of a product of one.
func symbolsIn(m kernel.Mono) int {
	return int(m[0])<<24 | int(m[1])<<16 | int(m[2])<<8 | int(m[3])
}

// flow shows that there are unknowns: those of the flow.
func (w *proofWriter) flow(f *flows, x *Instance, row int) {
	amounts := make([]rational.Rat, len(x.Flow))
	order := make([]int, len(x.Flow)) // entries by their symbols
	at := map[int]int{}
	for k, m := range x.Flow {
		var parts []string
		for _, i := range m.Set {
			parts = append(parts, strconv.Itoa(i+1))
		}
		order[k] = f.symbols["a[{"+strings.Join(parts, ",")+"},"+strconv.Itoa(m.Token+1)+"]"]
		at[order[k]] = k
		amounts[k] = m.Amount
	}
	over, scaled := integers(amounts)
	slices.Sort(order)
	w.step("witness", func() {
		w.list("values", func() {
			for _, s := range order {
				w.open('[')
				w.int(s)
				w.open('[')
				w.ratTerm(scaled[at[s]].Big())
				w.close(']')
				w.close(']')
			}
		})
		w.member("over")
		w.rat(over.Big())
		w.list("steps", func() { w.combine(len(order), func() { w.ratTerm(over.Big(), row) }, nil) })
	})
}

// prefix is the proof of a power: prefixes of an order.
func (w *proofWriter) prefix(number int, t *kernel.Theorem, n int, order []int) {
	w.proof(number, t, func() {
		w.step("prefix", func() {
			w.member("goal")
			w.int(0)
			pair := func(name string, a, b int) {
				w.list(name, func() {
					w.int(a)
					w.int(b)
				})
			}
			pair("x", n, n)
			pair("y", n+1, n+1)
			pair("bounds", 0, n-1)
			w.list("order", func() {
				for _, i := range order {
					w.int(i)
				}
			})
		})
	}, nil)
}

// refuted is an element of proofs: a point, whose coordinates are written by a function, at which row 0 does not hold.
func (w *proofWriter) refuted(number int, t *kernel.Theorem, point func()) {
	w.open('{')
	w.member("theorem")
	w.int(number)
	w.member("sha256")
	w.text(t.Digest())
	w.member("refuted")
	w.open('{')
	w.list("point", point)
	w.member("row")
	w.int(0)
	w.close('}')
	w.close('}')
}

// coordinate is an element [SYM,NUM] of a point, unless the number is 0.
func (w *proofWriter) coordinate(s int, x rational.Int) {
	if x.IsZero() {
		return
	}
	w.open('[')
	w.int(s)
	w.integer(x)
	w.close(']')
}
