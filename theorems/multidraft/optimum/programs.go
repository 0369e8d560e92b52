package optimum

import (
	"context"
	"fmt"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// Columns is the law of the drafts at one level of detail: the outcomes on
// which a selection rule may depend. Outcome c has probability Mass[c] and
// offers the tokens in Sets[c]; different outcomes may offer the same set.
type Columns struct {
	Name  string
	Sets  []multidraft.Set
	Mass  []rational.Rat
	Label func(c int) string // names outcome c, with tokens numbered from 1
}

// WordColumns has one outcome for each word of Ω^K, in lexicographic order: the
// selection rules P(z|x) as they are defined. There are n^K.
func WordColumns(d multidraft.Drafts) Columns {
	var words [][]int
	c := Columns{Name: "words", Label: func(c int) string { return multidraft.TokenList(words[c]) }}
	// In the order of the words: column numbers are those of names.
	multidraft.EachWord(d.K(), d.N(), func(word []int) {
		words = append(words, append([]int(nil), word...))
		c.Sets = append(c.Sets, multidraft.SetOf(word...))
		c.Mass = append(c.Mass, d.Word(word))
	})
	return c
}

// InUnits returns the columns and a target with all probabilities, and so the optimum of the
// programs, multiplied by a unit: by their common denominator they are integers.
func (c Columns) InUnits(q []rational.Rat, unit rational.Int) (Columns, []rational.Rat) {
	u := rational.RatFromInt(unit)
	// The optimum is multiplied with the data, as the program is homogeneous in them.
	c.Mass = rational.RatVector(c.Mass).Scale(u)
	return c, rational.RatVector(q).Scale(u)
}

// SupportColumns has one outcome for each support of Supports(K, N), with
// probability b_T.
func SupportColumns(d multidraft.Drafts) Columns {
	supports := multidraft.Supports(d.K(), d.N())
	return Columns{Name: "supports", Sets: supports, Mass: d.SupportLaw(),
		Label: func(c int) string { return supports[c].String() }}
}

// A Program makes a linear program with the optimum P* from the law of the drafts and the
// target: [TLSRProgram] or [ImportanceProgram].
type Program func(ctx context.Context, c Columns, q []rational.Rat) (*lp.Problem, error)

// TLSRProgram is the program that defines P*: over the joint masses
// m(c, z) >= 0 of the outcome c and the selected token z, z ranging over the
// whole alphabet,
//
//	maximise  sum over c, z in Sets[c] of m(c, z)
//	subject to  sum_z m(c, z) = Mass[c] for every c,  sum_c m(c, z) = q_z for every z.
//
// With word columns these are the token-level selection rules
// P(z|x) = m(x, z)/Pr(x) themselves. It has n variables for each outcome. It fails only if ctx
// ends.
func TLSRProgram(ctx context.Context, c Columns, q []rational.Rat) (*lp.Problem, error) {
	p := &lp.Problem{Name: "selection rules over " + c.Name, Sense: lp.Maximise}
	// Filled in while outcomes are gone through: the equation of a token sums over all of them.
	output := make([][]lp.Term, len(q))
	for j, set := range c.Sets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var terms []lp.Term
		for z := range q {
			v := lp.Variable{Name: fmt.Sprintf("m(%s,%d)", c.Label(j), z+1), Lower: lp.At(rational.Rat{})}
			// Accepted is what is selected among the drafts; the rest costs nothing and is there
			// for the equations.
			if set.Has(z) {
				v.Cost = one
			}
			term := lp.Term{Variable: p.AddVariable(v), Coefficient: one}
			terms = append(terms, term)
			output[z] = append(output[z], term)
		}
		p.AddRow(equation("drafts "+c.Label(j), terms, c.Mass[j]))
	}
	// One equation for each token: the output has law q.
	for z, terms := range output {
		p.AddRow(equation(fmt.Sprintf("q_%d", z+1), terms, q[z]))
	}
	return p, nil
}

// ImportanceProgram is the program of importance-weighted sampling followed by
// single-draft speculative sampling (MD-T1): over α_c(i) >= 0 for i in Sets[c]
// and the accepted masses m_i,
//
//	maximise  sum_i m_i
//	subject to  sum_i α_c(i) = Mass[c] for every c,
//	            0 <= m_i <= q_i  and  m_i <= p_I(i) = sum_c α_c(i) for every i,
//
// which is the largest sum of min(q_i, p_I(i)). It fails only if ctx ends.
func ImportanceProgram(ctx context.Context, c Columns, q []rational.Rat) (*lp.Problem, error) {
	p := &lp.Problem{Name: "importance sampling over " + c.Name, Sense: lp.Maximise}
	selected := make([][]lp.Term, len(q)) // m_i - p_I(i)
	// First all m_i, so that their numbers are those of the tokens.
	for i, bound := range q {
		m := p.AddVariable(lp.Variable{Name: fmt.Sprintf("m_%d", i+1), Cost: one, Lower: lp.At(rational.Rat{}), Upper: lp.At(bound)})
		selected[i] = []lp.Term{{Variable: m, Coefficient: one}}
	}
	for j, set := range c.Sets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var terms []lp.Term
		for _, i := range set.Tokens() {
			a := p.AddVariable(lp.Variable{Name: fmt.Sprintf("α(%s,%d)", c.Label(j), i+1), Lower: lp.At(rational.Rat{})})
			terms = append(terms, lp.Term{Variable: a, Coefficient: one})
			// On the left of m_i ≤ p_I(i), with the sign of the right side.
			selected[i] = append(selected[i], lp.Term{Variable: a, Coefficient: one.Neg()})
		}
		p.AddRow(equation("drafts "+c.Label(j), terms, c.Mass[j]))
	}
	// m_i − p_I(i) ≤ 0; that m_i ≤ q_i is a bound of the variable.
	for i, terms := range selected {
		p.AddRow(lp.Row{Name: fmt.Sprintf("selected %d", i+1), Terms: terms, Upper: lp.At(rational.Rat{})})
	}
	return p, nil
}

var one = rational.Whole(1)

// equation is the row terms = value.
func equation(name string, terms []lp.Term, value rational.Rat) lp.Row {
	return lp.Row{Name: name, Terms: terms, Lower: lp.At(value), Upper: lp.At(value)}
}
