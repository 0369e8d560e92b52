package witness

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/certificate/theorem"
	"pstar/fm"
	"pstar/lp"
	"pstar/rational"
)

// decideLinear decides a theorem that was proved or refuted, if it is linear in all symbols together and small: rows that follow from the facts by
// programs, unknowns that exist where the rows hold by an elimination. These share nothing with the kernel. It does not know theorems
// with a process or exponentials, products, or many symbols.
func decideLinear(s kernel.Shown) (known bool, wrong string) {
	known, wrong = linearlyFalse(s.Theorem)
	switch {
	case known && wrong == "" && s.Outcome == kernel.Refuted:
		return true, "it is true"
	case s.Outcome != kernel.Proved:
		return known, ""
	}
	return known, wrong
}

// linearlyFalse says why a theorem is false.
func linearlyFalse(t *kernel.Theorem) (known bool, wrong string) {
	if t.Process != nil || len(t.Exponentials) > 0 || len(t.Symbols) > 40 || len(t.Facts) > 40 {
		return false, ""
	}
	for _, f := range slices.Concat(t.Facts, t.Rows) {
		if len(f.Poly) > 0 && len(symbolsOf(f.Poly[len(f.Poly)-1].M)) > 1 {
			return false, ""
		}
	}
	unknown := func(f kernel.Fact) bool {
		return slices.ContainsFunc(f.Poly, func(x kernel.Term) bool {
			return len(x.M) > 0 && t.Symbols[symbolsOf(x.M)[0]].Unknown
		})
	}
	all := slices.Clone(t.Facts)
	given, system := []kernel.Fact{}, []kernel.Fact{} // without unknowns, and with some
	var eliminate []int
	for k, symbol := range t.Symbols {
		sign := kernel.Fact{Poly: kernel.Poly{{C: kernel.Int(1), M: kernel.Product(k)}}}
		if symbol.Nonnegative {
			all = append(all, sign)
		}
		if symbol.Unknown {
			eliminate = append(eliminate, k)
		}
	}
	for _, f := range all {
		if unknown(f) {
			system = append(system, f)
		} else {
			given = append(given, f)
		}
	}
	for k, row := range t.Rows {
		if !entails(len(t.Symbols), all, row) {
			return true, fmt.Sprintf("row %d does not follow from the facts", k)
		}
	}
	if t.Kind != kernel.Feasible {
		return true, ""
	}
	if len(eliminate) > 12 {
		return false, ""
	}
	for _, row := range t.Rows {
		images := imagesOf(t, row)
		if images == nil {
			return false, ""
		}
		given = append(given, images...)
	}
	projected, possible := projectedRows(t, system, eliminate)
	if !possible { // no parameters have unknowns: none may have the rows
		projected = []kernel.Fact{{Relation: kernel.GT}}
	}
	for _, f := range projected {
		if !entails(len(t.Symbols), given, f) {
			return true, "the rows hold somewhere and there are no unknowns"
		}
	}
	return true, ""
}

// imagesOf are those of a row under the generators, itself among them, or nil if they are many.
func imagesOf(t *kernel.Theorem, row kernel.Fact) (list []kernel.Fact) {
	seen := map[string]bool{}
	for list = []kernel.Fact{row}; len(seen) < len(list); {
		f := list[len(seen)]
		seen[fmt.Sprint(f)] = true
		for _, g := range t.Generators {
			image := kernel.Fact{Relation: f.Relation}
			for _, x := range f.Poly {
				var to []int
				for _, s := range symbolsOf(x.M) {
					to = append(to, int(g[s]))
				}
				image.Poly = image.Poly.Plus(kernel.Int(1), kernel.Poly{{C: x.C, M: kernel.Product(to...)}})
			}
			if !slices.ContainsFunc(list, func(f kernel.Fact) bool { return fmt.Sprint(f) == fmt.Sprint(image) }) {
				list = append(list, image)
			}
		}
		if len(list) > 64 {
			return nil
		}
	}
	return list
}

// linearForm has the coefficients of a linear fact, and its constant.
func linearForm(symbols int, f kernel.Fact) (coefficients rational.RatVector, constant rational.Rat) {
	coefficients = make(rational.RatVector, symbols)
	for _, x := range f.Poly {
		if len(x.M) == 0 {
			constant = rational.RatFromBig(valueOf(x.C))
		} else {
			coefficients[symbolsOf(x.M)[0]] = rational.RatFromBig(valueOf(x.C))
		}
	}
	return coefficients, constant
}

// entails says whether a fact follows from others, by programs that look for a point where it does not.
func entails(symbols int, facts []kernel.Fact, f kernel.Fact) bool {
	minus := kernel.Poly(nil).Plus(kernel.Int(-1), f.Poly)
	switch f.Relation {
	case kernel.GT:
		return !somewhere(symbols, facts, kernel.Fact{Relation: kernel.GE, Poly: minus})
	case kernel.EQ:
		if somewhere(symbols, facts, kernel.Fact{Relation: kernel.GT, Poly: f.Poly}) {
			return false
		}
	}
	return !somewhere(symbols, facts, kernel.Fact{Relation: kernel.GT, Poly: minus})
}

// somewhere says whether facts, and one more, hold at a point. The largest slack of strict ones, at most 1, is positive.
func somewhere(symbols int, facts []kernel.Fact, more kernel.Fact) bool {
	one := rational.NewRat(1, 1)
	p := &lp.Problem{Sense: lp.Maximise, Variables: make([]lp.Variable, symbols)}
	p.Variables = append(p.Variables, lp.Variable{Cost: one, Upper: lp.At(one)})
	for _, f := range append(facts[:len(facts):len(facts)], more) {
		coefficients, constant := linearForm(symbols, f)
		row := lp.Row{Lower: lp.At(constant.Neg())}
		for k, c := range coefficients {
			if c.Sign() != 0 {
				row.Terms = append(row.Terms, lp.Term{Variable: k, Coefficient: c})
			}
		}
		switch f.Relation {
		case kernel.EQ:
			row.Upper = row.Lower
		case kernel.GT:
			row.Terms = append(row.Terms, lp.Term{Variable: symbols, Coefficient: one.Neg()})
		}
		p.Rows = append(p.Rows, row)
	}
	r, err := lp.Solve(context.Background(), p, lp.Options{})
	if err != nil {
		panic(err)
	}
	return r.Verdict == lp.Optimal && r.Value.Sign() > 0
}

// projectedRows are the rows that remain of facts when unknowns are eliminated, or that nothing has them.
func projectedRows(t *kernel.Theorem, facts []kernel.Fact, eliminate []int) (rows []kernel.Fact, possible bool) {
	s := &fm.System{}
	for k := range t.Symbols {
		s.Variables = append(s.Variables, fmt.Sprint("x", k))
	}
	relations := map[kernel.Relation]fm.Relation{kernel.GE: fm.AtLeast, kernel.GT: fm.Above, kernel.EQ: fm.Equal}
	for _, f := range facts {
		coefficients, constant := linearForm(len(t.Symbols), f)
		s.Rows = append(s.Rows, fm.Row{Coefficients: coefficients, Relation: relations[f.Relation], Constant: constant.Neg()})
	}
	r, err := fm.Eliminate(context.Background(), s, eliminate, fm.Options{})
	if err != nil {
		panic(err)
	}
	if r.Verdict == fm.Infeasible {
		return nil, false
	}
	for _, out := range r.Rows {
		f := kernel.Fact{Relation: map[fm.Relation]kernel.Relation{fm.AtLeast: kernel.GE, fm.Above: kernel.GT, fm.Equal: kernel.EQ}[out.Relation]}
		add := func(c rational.Rat, symbols ...int) {
			f.Poly = f.Poly.Plus(theorem.Number(c.Big()), kernel.Poly{{C: kernel.Int(1), M: kernel.Product(symbols...)}})
		}
		add(out.Constant.Neg())
		for k, c := range out.Coefficients {
			add(c, k)
		}
		rows = append(rows, f)
	}
	return rows, true
}

// decideProgram says what is wrong with what an accepted document says of a program, by solving it.
func decideProgram(s *tree) (known bool, wrong string) {
	if s.member("builder").text != `"program"` {
		return false, ""
	}
	p := &lp.Problem{Sense: lp.Minimise}
	if s.member("sense").text == `"maximise"` {
		p.Sense = lp.Maximise
	}
	bound := func(t *tree) lp.Bound {
		if len(t.children) == 0 {
			return lp.Bound{}
		}
		return lp.At(rational.RatFromBig(treeRat(t.children[0])))
	}
	for _, v := range s.member("variables").children {
		p.Variables = append(p.Variables, lp.Variable{Lower: bound(v.children[1]), Upper: bound(v.children[2])})
	}
	for _, term := range s.member("objective").children {
		c := rational.RatFromBig(treeRat(term.children[0]))
		if len(term.children) == 1 {
			p.Constant = c
		} else {
			p.Variables[treeInt(term.children[1])].Cost = c
		}
	}
	for _, r := range s.member("rows").children {
		row := lp.Row{Lower: bound(r.children[1]), Upper: bound(r.children[2])}
		for _, term := range r.children[3].children {
			row.Terms = append(row.Terms, lp.Term{Variable: treeInt(term.children[1]), Coefficient: rational.RatFromBig(treeRat(term.children[0]))})
		}
		p.Rows = append(p.Rows, row)
	}
	r, err := lp.Solve(context.Background(), p, lp.Options{})
	if err != nil {
		panic(err)
	}
	outcome := s.member("outcome").children
	switch said := map[string]lp.Verdict{`"optimal"`: lp.Optimal, `"infeasible"`: lp.Infeasible, `"unbounded"`: lp.Unbounded}[outcome[0].text]; {
	case r.Verdict != said:
		return true, fmt.Sprintf("the program is %v", r.Verdict)
	case said == lp.Optimal && r.Value.Big().Cmp(treeRat(outcome[1])) != 0:
		return true, fmt.Sprintf("the optimum is %v", r.Value)
	}
	return true, ""
}

// What is true is not called wrong, and of what is false enough is: theorems of which a row is turned, or of which the last one is left out.
func TestLinearTheoremsAreDecided(t *testing.T) {
	decided, told := 0, 0
	for _, d := range kernelDocuments(t) {
		s, err := kernel.ReadStatement([]byte(d.member("statement").String()), statement.Builders)
		if err != nil {
			t.Fatal(err)
		}
		for _, proof := range d.member("proofs").children {
			shown := kernel.Shown{Theorem: s.Theorem(treeInt(proof.member("theorem"))), Outcome: kernel.Proved}
			if proof.member("refuted") != nil {
				shown.Outcome = kernel.Refuted
			}
			known, wrong := decideLinear(shown)
			if wrong != "" {
				t.Errorf("%s: %s", shown.Theorem.Name, wrong)
			}
			if !known || len(shown.Theorem.Rows) == 0 || shown.Outcome == kernel.Refuted {
				continue
			}
			decided++
			for _, change := range []func(*kernel.Theorem){
				func(t *kernel.Theorem) { t.Rows = t.Rows[:len(t.Rows)-1] },
				func(t *kernel.Theorem) {
					t.Rows = slices.Clone(t.Rows)
					t.Rows[0].Poly = t.Rows[0].Poly.Plus(kernel.Int(-2), t.Rows[0].Poly)
				},
			} {
				other := *shown.Theorem
				change(&other)
				if _, wrong := decideLinear(kernel.Shown{Theorem: &other, Outcome: kernel.Proved}); wrong != "" {
					told++
				}
			}
		}
	}
	if t.Logf("%d theorems, %d of the false ones found out", decided, told); decided < 20 || told < decided {
		t.Error("the decisions see too little")
	}
}
