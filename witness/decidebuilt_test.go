package witness

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// decideBuilt says what is wrong with what an accepted document says of instances, by the definitions: the law of each word of the
// drafts, and all sets of tokens. Statements of other builders, and large ones, are left out.
func decideBuilt(statement *tree) (known bool, wrong string) {
	k, n := treeInt(statement.member("k")), treeInt(statement.member("n"))
	if n > 5 || k > 4 {
		return false, ""
	}
	switch statement.member("builder").text {
	case `"instances"`:
		for i, x := range statement.member("instances").children {
			if value := optimumOf(x, k, n); value.Cmp(treeRat(x.member("value"))) != 0 {
				return true, fmt.Sprintf("the optimum of instance %d is %v", i, value)
			}
		}
		return true, ""
	case `"vocabulary"`:
		p, q := shares(statement.member("drafts")), shares(statement.member("target"))
		if value := leastOf(q, n, func(set int) *big.Rat { return powerOf(p, set, k) }); value.Cmp(treeRat(statement.member("value"))) != 0 {
			return true, fmt.Sprintf("the optimum is %v", value)
		}
		return true, ""
	case `"exponent"`:
		p, q := shares(statement.member("drafts").member("p")), shares(statement.member("target"))
		one := big.NewRat(1, 1)
		truth := leastOf(q, n, func(set int) *big.Rat { return powerOf(p, set, k) })
		claimed := leastOf(q, n, func(set int) *big.Rat { return powerOf(p, set, treeInt(statement.member("exponent"))) })
		if truth.Cmp(treeRat(statement.member("value"))) != 0 || (truth.Cmp(one) == 0) == (claimed.Cmp(one) == 0) {
			return true, fmt.Sprintf("the optimum is %v, the claimed one %v", truth, claimed)
		}
		return true, ""
	}
	return false, ""
}

func treeInt(t *tree) int {
	if t == nil {
		return 1 << 30
	}
	n, err := strconv.Atoi(t.text)
	if err != nil {
		return 1 << 30
	}
	return n
}

func treeRat(t *tree) *big.Rat {
	x, ok := new(big.Rat).SetString(strings.Trim(t.text, `"`))
	if !ok {
		panic("no number")
	}
	return x
}

// shares are weights over their sum.
func shares(t *tree) (list []*big.Rat) {
	total := new(big.Rat)
	for _, c := range t.children {
		list = append(list, treeRat(c))
		total.Add(total, list[len(list)-1])
	}
	for k := range list {
		list[k] = new(big.Rat).Quo(list[k], total)
	}
	return list
}

// powerOf is p(S)^k.
func powerOf(p []*big.Rat, set, k int) *big.Rat {
	sum, product := new(big.Rat), big.NewRat(1, 1)
	for i := range p {
		if set>>i&1 == 1 {
			sum.Add(sum, p[i])
		}
	}
	for range k {
		product.Mul(product, sum)
	}
	return product
}

// leastOf is the least q(S) + 1 − B(S).
func leastOf(q []*big.Rat, n int, b func(set int) *big.Rat) *big.Rat {
	least := big.NewRat(1, 1)
	for set := range 1 << n {
		x := new(big.Rat).Add(big.NewRat(1, 1), powerOf(q, set, 1))
		if x.Sub(x, b(set)); x.Cmp(least) < 0 {
			least = x
		}
	}
	return least
}

// optimumOf is the least q(S) + 1 − B(S) of an instance, where B(S) adds up the words within S.
func optimumOf(x *tree, k, n int) *big.Rat {
	drafts := x.member("drafts")
	of := map[string]*big.Rat{} // words of a joint law
	var laws [][]*big.Rat
	model := drafts.member("model").text
	switch model {
	case `"joint"`:
		weights := &tree{}
		for _, w := range drafts.member("words").children {
			weights.children = append(weights.children, w.children[1])
		}
		for j, share := range shares(weights) {
			of[drafts.member("words").children[j].children[0].String()] = share
		}
	case `"independent"`:
		for _, law := range drafts.member("p").children {
			laws = append(laws, shares(law))
		}
	default:
		laws = slices.Repeat([][]*big.Rat{shares(drafts.member("p"))}, k)
	}
	probability := func(word []int) *big.Rat {
		if laws == nil {
			var parts []string
			for _, i := range word {
				parts = append(parts, strconv.Itoa(i+1))
			}
			if p := of["["+strings.Join(parts, ",")+"]"]; p != nil {
				return p
			}
			return new(big.Rat)
		}
		p, left := big.NewRat(1, 1), big.NewRat(1, 1)
		for j, i := range word {
			if model == `"without-replacement"` {
				if slices.Contains(word[:j], i) || laws[j][i].Sign() == 0 {
					return new(big.Rat)
				}
				p.Quo(p, left)
				left = new(big.Rat).Sub(left, laws[j][i])
			}
			p.Mul(p, laws[j][i])
		}
		return p
	}
	within := make([]*big.Rat, 1<<n)
	for set := range within {
		within[set] = new(big.Rat)
	}
	words := 1
	for range k {
		words *= n
	}
	for code := range words {
		word, letters := make([]int, k), 0
		for j, rest := 0, code; j < k; j, rest = j+1, rest/n {
			word[j] = rest % n
			letters |= 1 << word[j]
		}
		for set := range within {
			if letters&^set == 0 {
				within[set].Add(within[set], probability(word))
			}
		}
	}
	return leastOf(shares(x.member("target")), n, func(set int) *big.Rat { return within[set] })
}
