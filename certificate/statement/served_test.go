package statement

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

func lesser(x, y *big.Rat) *big.Rat {
	if x.Cmp(y) < 0 {
		return x
	}
	return y
}

// A served agent is one of a random document.
type servedAgent struct {
	service                         string
	demands, probabilities, parts   []*big.Rat
	target, forward, backward, mean *big.Rat
}

func randomAgent(rng *rand.Rand) *servedAgent {
	a := &servedAgent{service: []string{"II", "III"}[rng.IntN(2)], mean: new(big.Rat), target: big.NewRat(rng.Int64N(4), 5),
		forward: big.NewRat(rng.Int64N(7), 6), backward: big.NewRat(rng.Int64N(7), 6)}
	n, demand := 1+rng.Int64N(3), rng.Int64N(2)
	for range n {
		a.demands, a.probabilities = append(a.demands, big.NewRat(demand, 4)), append(a.probabilities, big.NewRat(1, n))
		a.parts = append(a.parts, big.NewRat(rng.Int64N(4), 3*n))
		a.mean.Add(a.mean, multiplied(a.demands[len(a.demands)-1], big.NewRat(1, n)))
		demand += 1 + rng.Int64N(3)
	}
	if a.mean.Sign() == 0 {
		a.service = "III"
	}
	return a
}

// serviceOf is the service of a part y of demand d: its share of the mean, or of the demand, and a demand of 0 is served whole in Type III.
func (a *servedAgent) serviceOf(y, d *big.Rat) *big.Rat {
	switch {
	case a.service == "II":
		return new(big.Rat).Quo(y, a.mean)
	case d.Sign() == 0:
		return big.NewRat(1, 1)
	}
	return new(big.Rat).Quo(y, d)
}

// The rows of Algorithm 1 are its services, of min(d, R, τ) of the supply R that is left, added up over demands and supplies one by one.
func TestAlgorithm1(t *testing.T) {
	rng := rand.New(rand.NewPCG(12, 27))
	for range 200 {
		var agents []*servedAgent
		var texts, parts []string
		var forward, backward []*big.Rat
		for range 1 + rng.IntN(4) {
			a := randomAgent(rng)
			var levels []string
			for k := range a.demands {
				levels = append(levels, numbers([]*big.Rat{a.demands[k], a.probabilities[k]}))
			}
			agents, parts = append(agents, a), append(parts, numbers(a.parts))
			texts = append(texts, fmt.Sprintf(`[%q,[%s],%s]`, a.service, strings.Join(levels, ","), strings.Trim(numbers([]*big.Rat{a.target}), "[]")))
			forward, backward = append(forward, a.forward), append(backward, a.backward)
		}
		text := fmt.Sprintf(`{"builder":"contention","agents":[%s],"served":{"parts":[%s],"guarantee":"2/3","forward":%s,"backward":%s}}`,
			strings.Join(texts, ","), strings.Join(parts, ","), numbers(forward), numbers(backward))
		s, err := kernel.ReadStatement([]byte(text), Builders)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		services := map[*servedAgent]*big.Rat{}
		order := slices.Clone(agents)
		for k := range 2 {
			supply := masses{"1": big.NewRat(1, 1)}
			for _, a := range order {
				threshold := []*big.Rat{a.forward, a.backward}[k]
				if services[a] == nil {
					services[a] = new(big.Rat)
				}
				next, considered := masses{}, new(big.Rat)
				for level, d := range a.demands {
					if d.Sign() == 0 {
						services[a].Add(services[a], multiplied(a.probabilities[level], a.serviceOf(d, d)))
						continue
					}
					considered.Add(considered, a.parts[level])
					supply.each(func(at, mass *big.Rat) {
						given, p := lesser(d, lesser(at, threshold)), multiplied(mass, a.parts[level])
						next.add(new(big.Rat).Sub(at, given), p)
						services[a].Add(services[a], multiplied(p, a.serviceOf(given, d)))
					})
				}
				supply.each(func(at, mass *big.Rat) {
					next.add(at, multiplied(mass, new(big.Rat).Sub(big.NewRat(1, 1), considered)))
				})
				supply = next
			}
			slices.Reverse(order)
		}
		rows := s.Theorem(s.Count - 1).Rows
		for i, a := range agents {
			want := new(big.Rat).Sub(services[a], multiplied(big.NewRat(4, 3), a.target))
			got := new(big.Rat)
			if len(rows) == len(agents) && len(rows[i].Poly) == 1 && len(rows[i].Poly[0].M) == 0 {
				got = rows[i].Poly[0].C.Rat()
			}
			if got.Cmp(want) != 0 {
				t.Fatalf("%s: row %d of %d is %v, want %v", text, i, len(rows), got, want)
			}
		}
	}
}
