package statement

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

// A masses law is what a load is with which probability, without any order.
type masses map[string]*big.Rat

func (m masses) add(at, mass *big.Rat) {
	if m[at.RatString()] == nil {
		m[at.RatString()] = new(big.Rat)
	}
	m[at.RatString()].Add(m[at.RatString()], mass)
}

func (m masses) each(visit func(at, mass *big.Rat)) {
	for text, mass := range m {
		at, _ := new(big.Rat).SetString(text)
		visit(at, mass)
	}
}

func multiplied(x, y *big.Rat) *big.Rat { return new(big.Rat).Mul(x, y) }

// step is what Algorithm 3 does with an element, by its definition: with P the probability of a positive load that leaves room for a
// size, it accepts the size at such a load with probability min(1, c/P), and at load 0 with the mass max(0, c − P). It returns the mass
// at load 0 less the latter, for each size.
func (m masses) step(sizes, probabilities []*big.Rat, c *big.Rat) (next masses, left []*big.Rat) {
	next, one, rest := masses{}, big.NewRat(1, 1), big.NewRat(1, 1)
	for k, size := range sizes {
		rest.Sub(rest, probabilities[k])
		fits := func(at *big.Rat) bool { return at.Sign() > 0 && new(big.Rat).Add(at, size).Cmp(one) <= 0 }
		p := new(big.Rat)
		m.each(func(at, mass *big.Rat) {
			if fits(at) {
				p.Add(p, mass)
			}
		})
		coin, fresh := one, new(big.Rat).Sub(c, p)
		if c.Cmp(p) < 0 {
			coin, fresh = new(big.Rat).Quo(c, p), new(big.Rat)
		}
		m.each(func(at, mass *big.Rat) {
			moved := new(big.Rat)
			switch {
			case at.Sign() == 0:
				moved = fresh
				left = append(left, new(big.Rat).Sub(mass, fresh))
			case fits(at):
				moved = multiplied(coin, mass)
			}
			next.add(at, multiplied(probabilities[k], new(big.Rat).Sub(mass, moved)))
			next.add(new(big.Rat).Add(at, size), multiplied(probabilities[k], moved))
		})
	}
	m.each(func(at, mass *big.Rat) { next.add(at, multiplied(rest, mass)) })
	return next, left
}

// texts are numbers as a document has them.
func numbers(list []*big.Rat) string {
	var texts []string
	for _, x := range list {
		text := x.RatString()
		if !x.IsInt() {
			text = `"` + text + `"`
		}
		texts = append(texts, text)
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// The rows of Algorithm 3 are what its definition leaves at load 0, in both orders.
func TestAlgorithm3(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 27))
	coins, spared := 0, 0
	for range 200 {
		n := 1 + rng.IntN(4)
		var sizes, probabilities [][]*big.Rat
		var means, texts []string
		orders := [2][]*big.Rat{}
		for range n {
			var s, p []*big.Rat
			var pairs []string
			mean := new(big.Rat)
			for range 1 + rng.IntN(2) {
				s, p = append(s, big.NewRat(1+rng.Int64N(6), 6)), append(p, big.NewRat(1+rng.Int64N(3), 6))
				mean.Add(mean, multiplied(s[len(s)-1], p[len(p)-1]))
				pairs = append(pairs, numbers([]*big.Rat{s[len(s)-1], p[len(p)-1]}))
			}
			sizes, probabilities = append(sizes, s), append(probabilities, p)
			means, texts = append(means, strings.Trim(numbers([]*big.Rat{mean}), "[]")), append(texts, "["+strings.Join(pairs, ",")+"]")
			for k := range orders {
				orders[k] = append(orders[k], big.NewRat(rng.Int64N(8), 12))
			}
		}
		text := fmt.Sprintf(`{"builder":"contention","choice":{"means":[%s],"forward":%s,"backward":%s},"sizes":[%s]}`,
			strings.Join(means, ","), numbers(orders[0]), numbers(orders[1]), strings.Join(texts, ","))
		s, err := kernel.ReadStatement([]byte(text), Builders)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		rows := s.Theorem(s.Count - 1).Rows
		for k := range orders {
			law := masses{"0": big.NewRat(1, 1)}
			for at := range n {
				i := at
				if k == 1 {
					i = n - 1 - at
				}
				next, left := law.step(sizes[i], probabilities[i], orders[k][i])
				for _, want := range left {
					var p kernel.Poly
					if len(rows) > 0 {
						p, rows = rows[0].Poly, rows[1:]
					}
					if want.Sign() == 0 && len(p) > 0 || want.Sign() != 0 && (len(p) != 1 || len(p[0].M) > 0 || p[0].C.Rat().Cmp(want) != 0) {
						t.Fatalf("%s: order %d, element %d: the row is %v, want %v", text, k, i, p, want)
					}
					if want.Cmp(law["0"]) == 0 {
						spared++
					} else {
						coins++
					}
				}
				law = next
			}
		}
		if len(rows) > 0 {
			t.Fatalf("%s: %d rows too many", text, len(rows))
		}
	}
	if coins < 50 || spared < 50 {
		t.Errorf("load 0 was used %d times, and spared %d times", coins, spared)
	}
}

// A new value of a law costs a quarter for each that is there, as they move, and keeps two numbers.
func TestWorkOfNewValues(t *testing.T) {
	more := func(values int) (work, held int64) {
		kernel.ReadStatement([]byte(`{"builder":"loads"}`), map[string]kernel.Builder{"loads": func(r *kernel.Reader) kernel.Statement {
			l := &loads{}
			for k := range values {
				l.at, l.mass = append(l.at, kernel.Int(int64(k+1))), append(l.mass, one)
			}
			before, kept := r.Worked(), r.Held()
			l.add(r, kernel.Int(0), one)
			work, held = int64(r.Worked()-before), r.Held()-kept
			return kernel.Statement{}
		}})
		return work, held
	}
	few, held := more(40)
	if many, _ := more(80); many-few != 40/4 || few != setWork+40/4 || held != 2*2 {
		t.Errorf("among 40 values %d, %d kept, among 80 %d", few, held, many)
	}
}
