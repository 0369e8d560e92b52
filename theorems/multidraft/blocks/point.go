package blocks

import (
	"fmt"
	"slices"
	"strings"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// variablesOf are the variables that the values of a rule are for. It fails if one is for none, or for the same as another.
func (p *Program) variablesOf(rule []Reach) ([]int, error) {
	place := map[string]int{} // of a set among Sets
	for d, set := range p.Sets {
		place[setName(set)] = d
	}
	seen := make([]bool, len(p.Variables))
	list := make([]int, len(rule))
	for j, x := range rule {
		// Paths are found as a set: users list them in any order, and may repeat one.
		d, known := place[setName(x.Paths)]
		if !known {
			return nil, fmt.Errorf("value %d: these paths are not drafted together", j+1)
		}
		v, ok := 0, false
		// A token that there is not would have the place of another prefix.
		if len(x.Prefix) > 0 && len(x.Prefix) <= p.Tree.Length && p.Tree.knows(x.Prefix) {
			v, ok = p.variable[d][p.Tree.Place(x.Prefix)]
		}
		switch {
		case len(x.Prefix) == 0:
			return nil, fmt.Errorf("value %d: want a prefix of at least one token, as the empty one is always accepted", j+1)
		case !ok:
			return nil, fmt.Errorf("value %d: (%s) begins none of the paths", j+1, multidraft.TokenList(x.Prefix))
		// A second value could be meant to replace the first, or to be added.
		case seen[v]:
			return nil, fmt.Errorf("value %d: there is one for (%s) already", j+1, multidraft.TokenList(x.Prefix))
		}
		seen[v], list[j] = true, v
	}
	return list, nil
}

// point is the rule as a point of the program. It fails as variablesOf does.
func (p *Program) point(rule []Reach) ([]rational.Rat, error) {
	variables, err := p.variablesOf(rule)
	if err != nil {
		return nil, err
	}
	point := make([]rational.Rat, len(p.Variables))
	for j, v := range variables {
		point[v] = rule[j].Value
	}
	return point, nil
}

// Normalized is a rule of rounded values. What is accepted of the prefixes zy is a part of what is accepted of z, or of Pr(D) for the
// empty z: where the sum over y of R_D(zy) exceeds R_D(z), these values are divided by how many times it is R_D(z), and those of a
// prefix that was made less by as much. The ratios, all above 1, are those of the values as they were, of which the caller judges
// whether rounding explains them. Sums above a value of 0, or less, stay as they are. It fails as [Program.Check] does.
func (p *Program) Normalized(rule []Reach) (scaled []Reach, ratios []rational.Rat, err error) {
	variables, err := p.variablesOf(rule)
	if err != nil {
		return nil, nil, err
	}
	point, err := p.point(rule)
	if err != nil {
		return nil, nil, err
	}
	given := slices.Clone(point)
	// Rows of shorter prefixes stand before those of longer ones, which then are parts of what is left.
	for j, row := range p.Rows {
		if _, lossless := p.after[j]; lossless {
			continue
		}
		whole, left, parts := row.Upper.Value, row.Upper.Value, row.Terms
		// The last term of all but the empty prefix is that of z.
		if last := parts[len(parts)-1]; last.Coefficient.Sign() < 0 {
			whole, left, parts = given[last.Variable], point[last.Variable], parts[:len(parts)-1]
		}
		var sum rational.Rat
		for _, term := range parts {
			sum = sum.Add(given[term.Variable])
		}
		if whole.Sign() <= 0 {
			continue
		}
		if sum.Cmp(whole) > 0 {
			ratios = append(ratios, sum.Quo(whole))
		}
		if sum.Cmp(left) > 0 {
			for _, term := range parts {
				point[term.Variable] = given[term.Variable].Mul(left).Quo(sum)
			}
		}
	}
	scaled = slices.Clone(rule)
	for j, v := range variables {
		scaled[j].Value = point[v]
	}
	return scaled, ratios, nil
}

// knows reports whether all tokens of a prefix are among those of the tree.
func (t *Tree) knows(z []int) bool {
	return !slices.ContainsFunc(z, func(y int) bool { return y < 0 || y >= t.N })
}

// setName is the same for lists of the same paths, of which one may be listed more than once.
func setName(paths [][]int) string {
	names := make([]string, len(paths))
	for j, path := range paths {
		names[j] = multidraft.TokenList(path)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}
