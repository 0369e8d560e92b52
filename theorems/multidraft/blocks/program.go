package blocks

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
)

// MaxVariables bounds the linear program, in which more than one path may be drafted in sets of at most
// [multidraft.MaxTokens] different ones.
const MaxVariables = 20_000

// A Program is the linear program of K paths: see the package.
type Program struct {
	*lp.Problem
	Tree *Tree
	K    int
	// Sets are the sets of distinct paths that may be drafted, each path by its tokens,
	// with their probabilities.
	Sets [][][]int
	Mass []rational.Rat

	variable []map[int]int        // of a set: R_D(z) by the place of z
	through  map[int][]variableOf // of z, by its place
	after    map[int]int          // of a row of losslessness, by its place among the rows: the place of its z
}

// NewProgram writes the program for k paths, of 1..[multidraft.MaxDrafts]. It fails if k is another, and with
// [*theorems.Unsettled] if the program is too large.
func (t *Tree) NewProgram(k int) (*Program, error) {
	p := &Program{Problem: &lp.Problem{Name: "paths", Sense: lp.Maximise}, Tree: t, K: k, through: map[int][]variableOf{}, after: map[int]int{}}
	if err := p.draw(); err != nil {
		return nil, err
	}
	zero := lp.At(rational.Rat{})
	for d, set := range p.Sets {
		// Of the prefixes of this set, by their place in the tree.
		places := map[int]int{}
		for _, path := range set {
			for j := range path {
				place := t.Place(path[:j+1])
				if _, known := places[place]; known {
					continue
				}
				name := fmt.Sprintf("R_%d_%s", d+1, underscored(path[:j+1]))
				// R_D(z) exists once for each prefix that a path of D has: two paths share what they begin
				// with.
				places[place] = p.AddVariable(lp.Variable{Name: name, Lower: zero, Cost: one})
				p.through[place] = append(p.through[place], variableOf{d, places[place]})
			}
		}
		// The limit counts variables as they come: the sets are known to be few, their prefixes are not.
		p.variable = append(p.variable, places)
		if len(p.Variables) > MaxVariables {
			return nil, &theorems.Unsettled{Reason: fmt.Sprintf("%s: a program of more than %d variables", t.sizes(k), MaxVariables)}
		}
	}
	p.nested()
	p.lossless()
	return p, nil
}

var one = rational.Whole(1)

// underscored writes a prefix into the name of a row or variable: tokens from 1, as formats allow
// no commas there.
func underscored(z []int) string {
	// No text for the empty prefix.
	text := ""
	for j, y := range z {
		if j > 0 {
			text += "_"
		}
		text += fmt.Sprint(y + 1)
	}
	return text
}

// draw lists the sets of distinct paths: only these matter to a rule.
func (p *Program) draw() error {
	// A path of probability 0 is never drafted, and would only give columns without use.
	paths, mass := p.Tree.paths()
	// Paths are counted before sets, of which there may be too many to count.
	n := len(paths)
	// Sets of one path need no numbers for sets, and each path has a variable at least.
	if p.K == 1 && n <= MaxVariables {
		for j, path := range paths {
			p.Sets, p.Mass = append(p.Sets, [][]int{path}), append(p.Mass, mass[j])
		}
		return nil
	}
	if n > multidraft.MaxTokens || multidraft.CountSupports(p.K, n) > MaxVariables {
		return &theorems.Unsettled{Reason: fmt.Sprintf("%s may be drafted in too many ways for a program", p.Tree.sizes(p.K))}
	}
	// K paths are iid drafts whose tokens are the paths: the law of the set of distinct ones is the same.
	drafts, err := multidraft.NewIID(p.K, mass)
	if err != nil {
		return err
	}
	// Over sets and not over words, of which there are far more.
	law := drafts.SupportLaw()
	for j, support := range multidraft.Supports(p.K, n) {
		if law[j].IsZero() {
			continue
		}
		set := each.Of(support.Tokens(), func(i int) []int { return paths[i] })
		p.Sets, p.Mass = append(p.Sets, set), append(p.Mass, law[j])
	}
	return nil
}

// sizes names k paths of the tree.
func (t *Tree) sizes(k int) string {
	paths, tokens := "paths", "tokens"
	if k == 1 {
		paths = "path"
	}
	if t.Length == 1 {
		tokens = "token"
	}
	return fmt.Sprintf("%d %s of %d %s over n = %d", k, paths, t.Length, tokens, t.N)
}

// prefixes lists the prefixes of up to length-1 tokens.
func (t *Tree) prefixes() (list [][]int) {
	// Shorter ones first; the empty prefix is the only one of depth 0.
	for depth := range t.Length {
		multidraft.EachWord(depth, t.N, func(z []int) { list = append(list, slices.Clone(z)) })
	}
	return list
}

// at lists the variables of a prefix by the sets that it begins a path of, in their order.
func (p *Program) at(z []int) []variableOf { return p.through[p.Tree.Place(z)] }

// A variableOf is R_D(z) for one D.
type variableOf struct{ set, variable int }

// nested adds the rows that no more is accepted of longer prefixes.
func (p *Program) nested() {
	for _, z := range p.Tree.prefixes() {
		terms := make(map[int][]lp.Term) // of a set, which of many has few
		for y := range p.Tree.N {
			// The slice is cut so that appending copies: prefixes are used again.
			for _, v := range p.at(append(z[:len(z):len(z)], y)) {
				terms[v.set] = append(terms[v.set], lp.Term{Variable: v.variable, Coefficient: one})
			}
		}
		// Sets with no path through this prefix have no row.
		for _, d := range slices.Sorted(maps.Keys(terms)) {
			// R_D(∅) is Pr(D), which is a number and no variable.
			limit := p.Mass[d]
			if len(z) > 0 {
				limit = rational.Rat{}
				terms[d] = append(terms[d], lp.Term{Variable: p.variable[d][p.Tree.Place(z)], Coefficient: one.Neg()})
			}
			// Accepting zy means accepting z: the R_D(zy) of all y are parts of R_D(z).
			p.AddRow(lp.Row{Name: fmt.Sprintf("nested_%d_%s", d+1, underscored(z)), Terms: terms[d], Upper: lp.At(limit)})
		}
	}
}

// lossless adds the rows of the target.
func (p *Program) lossless() {
	for _, z := range p.Tree.prefixes() {
		for y := range p.Tree.N {
			// M(y|z), after the prefix z.
			_, target := p.Tree.next(z, y)
			var terms []lp.Term
			for _, v := range p.at(append(z[:len(z):len(z)], y)) {
				terms = append(terms, lp.Term{Variable: v.variable, Coefficient: one})
			}
			// No set has a path through zy: nothing is to be bounded.
			if terms == nil {
				continue
			}
			limit := target // the empty prefix is always reached
			if len(z) > 0 {
				limit = rational.Rat{}
				for _, v := range p.at(z) {
					// A coefficient 0 is left out, as rows list each variable once.
					if !target.IsZero() {
						terms = append(terms, lp.Term{Variable: v.variable, Coefficient: target.Neg()})
					}
				}
			}
			p.after[len(p.Rows)] = p.Tree.Place(z)
			p.AddRow(lp.Row{Name: "lossless_" + underscored(append(z[:len(z):len(z)], y)), Terms: terms, Upper: lp.At(limit)})
		}
	}
}

// Optimum solves the program exactly, and verifies the answer.
func (p *Program) Optimum(ctx context.Context) (*lp.Result, error) {
	// Any rule is a feasible point, also the one that accepts nothing; more than L tokens none
	// accepts.
	r, err := lp.Solve(ctx, p.Problem, lp.Options{})
	if err == nil {
		err = p.Verify(r)
	}
	if err == nil && r.Verdict != lp.Optimal {
		err = fmt.Errorf("the program is %v, but has a feasible point and a bound", r.Verdict)
	}
	return r, err
}

// A Reach is R_D(z) of a rule of one's own, for the set of distinct paths drafted.
type Reach struct {
	Paths  [][]int
	Prefix []int
	Value  rational.Rat
}

// A RuleReport is what [Program.Check] finds.
type RuleReport struct {
	// Faults name the rows that the rule violates: it is no rule, or its output has another
	// law than the target.
	Faults   []string
	Expected rational.Rat // tokens accepted
	// Variation bounds how far the output of a rule is from the target; nil if it is no rule.
	Variation *Variation

	reached map[int]rational.Rat // R(z) of all sets together, by the place of z
}

// Check tests a rule, by its R_D(z), for losslessness: a continuation with the law of the
// target exists if and only if all rows of the program hold. It fails if a value is for no
// variable of the program, or for one twice. Values that are left out are 0.
func (p *Program) Check(rule []Reach) (*RuleReport, error) {
	point, err := p.point(rule)
	if err != nil {
		return nil, err
	}
	r := &RuleReport{reached: map[int]rational.Rat{0: one}}
	isRule := true
	for _, x := range rule {
		r.Expected = r.Expected.Add(x.Value)
		place := p.Tree.Place(x.Prefix)
		r.reached[place] = r.reached[place].Add(x.Value)
	}
	for v, x := range point {
		// The bound of a variable, which is no row below.
		if x.Sign() < 0 {
			isRule = false
			r.Faults = append(r.Faults, fmt.Sprintf("%s = %v is negative", p.Variables[v].Name, x))
		}
	}
	excess := map[int]rational.Rat{}
	// All rows are upper bounds: the program has no others.
	for j, row := range p.Rows {
		var sum rational.Rat
		for _, term := range row.Terms {
			sum = sum.Add(term.Coefficient.Mul(point[term.Variable]))
		}
		if limit := row.Upper.Value; sum.Cmp(limit) > 0 {
			r.Faults = append(r.Faults, fmt.Sprintf("%s: %v is more than %v", row.Name, sum, limit))
			z, lossless := p.after[j]
			// Else more is accepted of longer prefixes.
			isRule = isRule && lossless
			excess[z] = excess[z].Add(sum.Sub(limit))
		}
	}
	if isRule {
		r.Variation = variation(excess)
	}
	return r, nil
}
