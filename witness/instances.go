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
	"pstar/internal/each"
	"pstar/rational"
	"pstar/witness/internal/proof"
)

// MaxDrafts is the largest number of drafts that the format allows.
const MaxDrafts = builders.MaxDrafts

// An Instance is a law of drafts and a target with what shows its optimum: a flow that attains
// it, and a cut that bounds it. Tokens are numbered from 0. Weights are not negative, and stand
// for their shares of their sum. The flow says that the optimum is at least its sum, the cut
// that it is at most the value: both are checked, and that they are equal makes them optimal.
type Instance struct {
	Drafts Drafts
	Target []rational.Int
	// Value is the optimum.
	Value rational.Rat
	// Cut is a set S of tokens, in ascending order, with q(S) + 1 − B(S) = Value.
	Cut []int
	// Flow has the probabilities, not 0, of drafted set and accepted token, which is in the
	// set. Their sum is Value.
	Flow []Mass
}

// Drafts is a law of the drafts by its model: "iid" and "without-replacement" with one law,
// "independent" with one law for each draft, or "joint" with words in strictly ascending order.
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

// Instances returns the document of the optima of instances of k drafts of n tokens. The error
// is [*Unwritable] if the format cannot hold them.
func Instances(k, n int, list []Instance) (Proof, error) {
	// It is written twice: once to be read back, once into the document.
	statement := func(w instanceWriter) {
		w.Shape("instances", k, n)
		w.List("instances", func() {
			for i := range list {
				w.Open('{')
				w.instance(&list[i])
				w.Close('}')
			}
		})
	}
	s, err := readBack(statement)
	if err != nil {
		return nil, err
	}
	claims, iid := [][2]string{{"P*", "proved"}}, 0
	for i := range list {
		// Claims depend on which models there are.
		if list[i].Drafts.Model == "iid" {
			iid++
		}
	}
	// Claims on iid drafts are made of those instances only, MD-T4 of the others.
	if iid > 0 {
		claims = append(claims, [2]string{"MD-T1", "checked"}, [2]string{"MD-T2", "checked"}, [2]string{"MD-T3", "checked"})
	}
	// Theorem 4 is about drafts that are not iid.
	if iid < len(list) {
		claims = append(claims, [2]string{"MD-T4", "checked"})
	}
	return instanceDocument(statement, claims, func(w instanceWriter) {
		for i := range list {
			w.optimum(i, s.Theorem(i), &list[i])
		}
	}), nil
}

// Exponent returns the document of an instance with iid drafts on which the exponent e in place
// of k is wrong: of its optimum and, with its tokens in ascending order of q/p, those with p =
// 0 left out, that q(S) ≥ p(S)^e for all S; or, if bad is not nil, that it is not for S = bad.
// Either the optimum is 1 and a set violates the row, or it is less and no set does.
func Exponent(k, e int, x *Instance, order, bad []int) (Proof, error) {
	// Coordinates: the tokens, then the two sums over them.
	n := len(x.Target)
	statement := func(w instanceWriter) {
		w.Shape("exponent", k, n)
		w.Member("exponent")
		w.Int(e)
		w.instance(x)
	}
	s, err := readBack(statement)
	if err != nil {
		return nil, err
	}
	return instanceDocument(statement, [][2]string{{"P*", "proved"}, {"MD-T2", "refuted"}, {"MD-T3", "refuted"}}, func(w instanceWriter) {
		w.optimum(0, s.Theorem(0), x)
		// The row holds for all sets: by the prefixes of an order.
		if bad == nil {
			w.prefix(1, s.Theorem(1), n, order)
			return
		}
		w.Refuted(1, s.Theorem(1), func() {
			var drafted, targeted rational.Int
			// 1 for tokens of the set and 0 for others, which are left out; weights, as the
			// statement has them.
			for _, i := range bad {
				drafted, targeted = drafted.Add(x.Drafts.Laws[0][i]), targeted.Add(x.Target[i])
				w.Coordinate(i, big.NewRat(1, 1))
			}
			w.Coordinate(n, new(big.Rat).SetInt(drafted.Big()))
			w.Coordinate(n+1, new(big.Rat).SetInt(targeted.Big()))
		}, 0, nil)
	}), nil
}

// A Vocabulary is an instance with k iid drafts over any number of tokens, with a set of
// tokens, in ascending order, that has the least q(S) + 1 − p(S)^k, the value, and the tokens
// with p > 0 in ascending order of q/p. Its sets of drafted tokens are not listed; the order is
// the whole proof.
type Vocabulary struct {
	Drafts, Target []rational.Int
	Value          rational.Rat
	Cut, Order     []int
}

// Optimum returns the document of the optimum of a vocabulary, of k drafts.
//
// The document is linear in the number of tokens. What it proves is the minimum over all
// sets; that this is the optimum is concluded from it.
func (v *Vocabulary) Optimum(k int) (Proof, error) {
	n := len(v.Target)
	statement := func(w instanceWriter) {
		w.Shape("vocabulary", k, n)
		w.weights("drafts", v.Drafts)
		w.weights("target", v.Target)
		w.Member("value")
		w.Rat(v.Value.Big())
		w.tokens("cut", v.Cut)
	}
	s, err := readBack(statement)
	if err != nil {
		return nil, err
	}
	return instanceDocument(statement, [][2]string{{"MIN", "proved"}, {"P*", "concluded"}}, func(w instanceWriter) {
		// The rule of the checker knows that prefixes of this order are enough, and looks at
		// these.
		w.prefix(0, s.Theorem(0), n, v.Order)
	}), nil
}

// readBack reads a statement as the checker does, for what its theorems are.
//
// [*Unwritable] is of limits, [*Refused] of what the reader finds wrong with a statement
// of ours.
func readBack(statement func(w instanceWriter)) (kernel.Statement, error) {
	s, err := proof.Read(func(w *proof.Writer) { statement(instanceWriter{w}) })
	var invalid *kernel.Invalid
	switch {
	// Too many sets, or too long numbers: to be said, and not a fault.
	case errors.As(err, &invalid) && invalid.Limit:
		err = &Unwritable{"the format cannot hold it: " + err.Error()}
	case invalid != nil:
		err = &Refused{&certificate.Invalid{Place: invalid.Place, Offset: int64(invalid.Offset), Line: 1, Reason: invalid.Reason}}
	}
	return s, err
}

// instanceDocument is a document of instances.
func instanceDocument(statement func(instanceWriter), claims [][2]string, proofs func(instanceWriter)) Proof {
	return proof.Document(func(w *proof.Writer) { statement(instanceWriter{w}) }, claims, func(w *proof.Writer) { proofs(instanceWriter{w}) })
}

// instanceWriter writes instances, and proofs of them.
type instanceWriter struct{ *proof.Writer }

// integer writes an integer as the format has numbers.
func (w instanceWriter) integer(x rational.Int) { w.Rat(new(big.Rat).SetInt(x.Big())) }

// weights is a member with integers that stand for shares of their sum.
func (w instanceWriter) weights(name string, list []rational.Int) {
	w.List(name, func() {
		for _, x := range list {
			w.integer(x)
		}
	})
}

// tokens is a list of tokens, which the format numbers from 1.
func (w instanceWriter) tokens(name string, list []int) {
	w.List(name, func() {
		for _, i := range list {
			w.Int(i + 1)
		}
	})
}

// instance writes the members of an instance. The flow is none of them, but part of the
// proof.
func (w instanceWriter) instance(x *Instance) {
	w.Member("drafts")
	w.Open('{')
	w.Member("model")
	w.Text(x.Drafts.Model)
	switch x.Drafts.Model {
	// Words as they are; the checker makes sets of them.
	case "joint":
		w.List("words", func() {
			for _, word := range x.Drafts.Words {
				w.Open('[')
				w.Open('[')
				for _, i := range word.Tokens {
					w.Int(i + 1)
				}
				w.Close(']')
				w.integer(word.Weight)
				w.Close(']')
			}
		})
	// A law for each draft.
	case "independent":
		w.List("p", func() {
			for _, law := range x.Drafts.Laws {
				w.Open('[')
				for _, x := range law {
					w.integer(x)
				}
				w.Close(']')
			}
		})
	// One law for all drafts.
	default:
		w.weights("p", x.Drafts.Laws[0])
	}
	w.Close('}')
	w.weights("target", x.Target)
	w.Member("value")
	w.Rat(x.Value.Big())
	w.tokens("cut", x.Cut)
}

// flows are the unknowns a_T(i) of a theorem of an optimum.
// They are found by their names, which the builder has given them.
//
// Which sets have unknowns depends on the instance, so that numbers cannot be computed
// from n alone.
type flows struct {
	symbols map[string]int // by name
	sets    []string       // as in names, in the order of their facts
}

// flowsOf finds them in the theorem that the checker makes of the statement.
func flowsOf(t *kernel.Theorem) *flows {
	f := &flows{symbols: map[string]int{}}
	// Symbol 0 is P.
	for s, symbol := range t.Symbols[1:] {
		f.symbols[symbol.Name] = s + 1
		set, _, _ := strings.Cut(strings.TrimPrefix(symbol.Name, "a["), "}")
		// Flows of a set stand beside each other.
		if set += "}"; len(f.sets) == 0 || f.sets[len(f.sets)-1] != set {
			f.sets = append(f.sets, set)
		}
	}
	return f
}

// optimum is the proof of the optimum of an instance.
// Rows: Σ a_T(i) ≥ P, less the facts of the sets that are not within the cut, and of the tokens
// within it.
func (w instanceWriter) optimum(number int, t *kernel.Theorem, x *Instance) {
	f := flowsOf(t)
	inside := map[string]bool{}
	for _, i := range x.Cut {
		inside[strconv.Itoa(i+1)] = true
	}
	w.Proof(number, t, func() {
		w.Combine(0, func() {
			w.Product(1, 0)
			for k, set := range f.sets {
				// A set within the cut is bounded by its tokens, any other one by its own
				// probability.
				for _, i := range strings.Split(strings.Trim(set, "{}"), ",") {
					if !inside[i] {
						w.Product(1, 1+k)
						break
					}
				}
			}
			// The facts of the tokens, by the unknown that each begins with.
			// Tokens without a flow have no fact, so that their numbers are not those of the
			// tokens.
			for k, fact := range t.Facts[1+len(f.sets):] {
				name := t.Symbols[symbolsIn(fact.Poly[len(fact.Poly)-1].M)].Name
				if _, token, _ := strings.Cut(strings.TrimSuffix(name, "]"), "},"); inside[token] {
					w.Product(1, 1+len(f.sets)+k)
				}
			}
		}, nil)
	}, func() { w.flow(f, x, len(t.Facts)) })
}

// symbolsIn is the symbol of a product of one.
//
// A monomial of degree 1 has four bytes, the number with the highest first.
func symbolsIn(m kernel.Mono) int {
	return int(m[0])<<24 | int(m[1])<<16 | int(m[2])<<8 | int(m[3])
}

// flow shows that there are unknowns: those of the flow.
func (w instanceWriter) flow(f *flows, x *Instance, row int) {
	// Unknowns without an entry are 0, which is what no value means.
	amounts := make([]rational.Rat, len(x.Flow))
	order := make([]int, len(x.Flow)) // entries by their symbols
	at := map[int]int{}
	for k, m := range x.Flow {
		parts := each.Of(m.Set, func(i int) string { return strconv.Itoa(i + 1) })
		// A flow is found by the name of its unknown.
		order[k] = f.symbols["a[{"+strings.Join(parts, ",")+"},"+strconv.Itoa(m.Token+1)+"]"]
		at[order[k]] = k
		amounts[k] = m.Amount
	}
	over, scaled := integers(amounts)
	// Values stand in the order of symbols, entries in that of sets.
	slices.Sort(order)
	w.Step("witness", func() {
		w.List("values", func() {
			for _, s := range order {
				w.Value(s, func() { w.RatTerm(scaled[at[s]].Big()) })
			}
		})
		w.Member("over")
		w.Rat(over.Big())
		// The first goal behind the signs: that the flow adds up to P, by the row, which is
		// assumed.
		w.List("steps", func() { w.Combine(len(order), func() { w.RatTerm(over.Big(), row) }, nil) })
	})
}

// prefix is the proof of a power: prefixes of an order.
func (w instanceWriter) prefix(number int, t *kernel.Theorem, n int, order []int) {
	w.Proof(number, t, func() {
		// The symbols and facts of this one kind of theorem: tokens first, then the sum of
		// p, then that of q.
		Prefix{X: [2]int{n, n}, Y: [2]int{n + 1, n + 1}, Bounds: [2]int{0, n - 1}, Order: order}.write(w.Writer)
	}, nil)
}
