package witness

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pstar/certificate/kernel"
	"pstar/rational"
)

// decideServed says what is wrong with what an accepted document says of Algorithm 3 for its sizes, and of the service of its agents: by laws of loads
// in a map, and by all ways in which demands can come.
func decideServed(s *tree, claims []kernel.Claim) (known bool, wrong string) {
	claimed := func(tag string) bool {
		return slices.ContainsFunc(claims, func(c kernel.Claim) bool { return c.Tag == tag && c.Status == "checked" })
	}
	if s.member("builder").text != `"contention"` {
		return false, ""
	}
	var orders [2][]*big.Rat
	if c := s.member("choice"); c != nil {
		orders = [2][]*big.Rat{treeRats(c.member("forward")), treeRats(c.member("backward"))}
	}
	if sizes := s.member("sizes"); sizes != nil && claimed("CRS-T4.1") {
		var elements [][][2]*big.Rat
		for _, e := range sizes.children {
			var list [][2]*big.Rat
			for _, pair := range e.children {
				list = append(list, [2]*big.Rat(treeRats(pair)))
			}
			elements = append(elements, list)
		}
		known, wrong = true, attainedNaively(elements, orders)
	}
	if served := s.member("served"); served != nil && wrong == "" && claimed("CRS-T1.1") {
		known, wrong = true, servedNaively(s.member("agents"), served, orders)
	}
	return known, wrong
}

func treeRats(t *tree) (list []*big.Rat) {
	for _, e := range t.children {
		list = append(list, treeRat(e))
	}
	return list
}

func ratSum(x, y *big.Rat) *big.Rat { return new(big.Rat).Add(x, y) }
func ratGap(x, y *big.Rat) *big.Rat { return new(big.Rat).Sub(x, y) }
func ratMul(x, y *big.Rat) *big.Rat { return new(big.Rat).Mul(x, y) }

// placed is the element that arrives at a place.
func placed(order, at, n int) int {
	if order == 1 {
		return n - 1 - at
	}
	return at
}

// attainedNaively runs Algorithm 3, whose coin at positive loads with room has the probability min(1, c/P), on laws of loads by their texts.
func attainedNaively(elements [][][2]*big.Rat, orders [2][]*big.Rat) string {
	one := big.NewRat(1, 1)
	for order, c := range orders {
		law := map[string]*big.Rat{"0": one}
		for at := range elements {
			i := placed(order, at, len(elements))
			next := map[string]*big.Rat{}
			for load, mass := range law {
				next[load] = new(big.Rat).Set(mass)
			}
			for _, s := range elements[i] {
				room, accepted := new(big.Rat), new(big.Rat)
				fits := func(load string) (*big.Rat, bool) {
					x, _ := new(big.Rat).SetString(load)
					return x, ratSum(x, s[0]).Cmp(one) <= 0
				}
				for load, mass := range law {
					if _, ok := fits(load); ok && load != "0" {
						room = ratSum(room, mass)
					}
				}
				for load, mass := range law {
					x, ok := fits(load)
					taken := new(big.Rat)
					switch {
					case !ok:
					case load == "0" && c[i].Cmp(room) > 0:
						if taken = ratGap(c[i], room); taken.Cmp(mass) > 0 {
							taken = mass
						}
					case load != "0" && c[i].Cmp(room) >= 0:
						taken = mass
					case load != "0":
						taken = new(big.Rat).Quo(ratMul(mass, c[i]), room)
					}
					accepted = ratSum(accepted, taken)
					moved, to := ratMul(taken, s[1]), ratSum(x, s[0]).RatString()
					next[load] = ratGap(next[load], moved)
					if next[to] == nil {
						next[to] = new(big.Rat)
					}
					next[to] = ratSum(next[to], moved)
				}
				if accepted.Cmp(c[i]) != 0 {
					return fmt.Sprintf("element %d is accepted with %v, not %v", i, accepted, c[i])
				}
			}
			law = next
		}
	}
	return ""
}

// servedNaively adds up the services of Algorithm 1 over all demands, or those of acceptance with the probabilities of the choice.
func servedNaively(agents, served *tree, orders [2][]*big.Rat) string {
	n := len(agents.children)
	one, total := big.NewRat(1, 1), make([]*big.Rat, n)
	var parts [][]*big.Rat
	var elements [][][2]*big.Rat
	levels := make([][][2]*big.Rat, n)
	mean := make([]*big.Rat, n)
	for i, a := range agents.children {
		total[i], mean[i] = new(big.Rat), new(big.Rat)
		parts = append(parts, treeRats(served.member("parts").children[i]))
		elements = append(elements, nil)
		for k, l := range a.children[1].children {
			level := [2]*big.Rat(treeRats(l))
			levels[i] = append(levels[i], level)
			mean[i] = ratSum(mean[i], ratMul(level[0], level[1]))
			size := level[0]
			if size.Cmp(one) > 0 {
				size = one
			}
			if parts[i][k].Sign() > 0 {
				elements[i] = append(elements[i], [2]*big.Rat{size, parts[i][k]})
			}
		}
	}
	service := func(i int, given, demand *big.Rat) *big.Rat {
		switch kind := agents.children[i].children[0].text; {
		case kind == `"II"`:
			return new(big.Rat).Quo(given, mean[i])
		case given.Cmp(demand) == 0:
			return one
		case kind == `"I"`:
			return new(big.Rat)
		}
		return new(big.Rat).Quo(given, demand)
	}
	if served.member("forward") == nil {
		if wrong := attainedNaively(elements, orders); wrong != "" {
			return wrong
		}
	}
	zero := new(big.Rat)
	for order := range 2 {
		var walk func(at int, left, probability *big.Rat)
		walk = func(at int, left, probability *big.Rat) {
			if at == n {
				return
			}
			i := placed(order, at, n)
			rest := new(big.Rat).Set(one) // no level is considered
			for k, l := range levels[i] {
				given := least(l[0], one)
				chance := parts[i][k]
				if served.member("forward") != nil {
					given = least(least(l[0], treeRat(served.member([]string{"forward", "backward"}[order]).children[i])), left)
				} else {
					chance = ratMul(chance, orders[order][i])
				}
				rest = ratGap(rest, chance)
				total[i] = ratSum(total[i], ratMul(ratMul(probability, chance), service(i, given, l[0])))
				total[i] = ratSum(total[i], ratMul(ratMul(probability, ratGap(l[1], chance)), service(i, zero, l[0])))
				if served.member("forward") != nil {
					walk(at+1, ratGap(left, given), ratMul(probability, chance))
				}
			}
			if served.member("forward") == nil {
				rest = one
			}
			walk(at+1, left, ratMul(probability, rest))
		}
		walk(0, one, one)
	}
	for i, a := range agents.children {
		if want := ratMul(ratMul(big.NewRat(2, 1), treeRat(served.member("guarantee"))), treeRat(a.children[2])); total[i].Cmp(want) < 0 {
			return fmt.Sprintf("agent %d has the service %v/2", i, total[i])
		}
	}
	return ""
}

func least(x, y *big.Rat) *big.Rat {
	if x.Cmp(y) < 0 {
		return x
	}
	return y
}

// servedInstances are small ones of Algorithm 3 and of both algorithms for agents, with the largest guarantees that hold.
func servedInstances() []ContentionInstance {
	r := rational.NewRat
	one := r(1, 1)
	sized := twoChosen()
	sized.Sizes = [][][2]rational.Rat{{{r(1, 2), r(1, 2)}, {one, r(1, 4)}}, {{r(1, 4), r(2, 3)}, {one, r(1, 3)}}}
	outside := &FeasibleChoice{Means: []rational.Rat{r(1, 2), r(1, 2)}, Orders: [2][]rational.Rat{{r(2, 3), r(2, 3)}, {r(2, 3), r(2, 3)}}, Unclaimed: true,
		Sizes: [][][2]rational.Rat{{{one, r(1, 2)}}, {{one, r(1, 2)}}}}
	knapsack := twoAgents()
	knapsack.Largest = nil
	knapsack.Served = &Served{Parts: knapsack.Parts, Guarantee: r(1, 3)}
	rationed := twoAgents()
	rationed.Agents[0].Service, rationed.Largest = "II", nil
	rationed.Served = &Served{Parts: rationed.Parts, Guarantee: r(1, 2), Thresholds: [2][]rational.Rat{{r(3, 4), r(1, 2)}, {r(1, 2), r(3, 4)}}}
	return []ContentionInstance{{Choice: sized}, {Choice: outside}, {Choice: twoChosen(), Rations: knapsack}, {Rations: rationed}}
}

// What the checker accepts of served instances is what the naive decision finds, and no greater guarantee is.
func TestServedInstances(t *testing.T) {
	for k, i := range servedInstances() {
		report := checkedContention(t, nil, i)
		d, err := Contention(nil, i)
		if err != nil {
			t.Fatal(err)
		}
		parsed, _ := parseTree(string(d))
		if known, wrong := decideServed(parsed.member("statement"), report.Claims); !known || wrong != "" {
			t.Errorf("%d: %s, %v", k, wrong, report.Claims)
		}
		if s := parsed.member("statement").member("served"); s != nil {
			s.member("guarantee").text = "1"
		} else {
			parsed.member("statement").member("choice").member("forward").children[1].text = `"8/9"`
		}
		if known, wrong := decideServed(parsed.member("statement"), report.Claims); !known || wrong == "" {
			t.Errorf("%d: a forged document is taken for true", k)
		}
	}
}
