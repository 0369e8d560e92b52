package witness

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/lp"
	"pstar/rational"
)

// contentionDocuments are some of the builder, and each theorem of it written out, so that its statement can be changed as well.
func contentionDocuments(t testing.TB) (list []*tree) {
	folder := "../fixtures/contention/certificates/accepted/"
	found := map[string]bool{} // by name: theorem 23 of one instance is not that of another
	for _, name := range []string{"unit", "hard", "knapsack", "rationing", "refuted", "typeone"} {
		content, err := os.ReadFile(folder + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		document, _, _ := bytes.Cut(content, []byte(",\n\"sha256\":\""))
		built, _ := parseTree(string(document) + "}")
		switch name {
		case "unit":
			list = append(list, built)
		case "rationing", "refuted", "typeone":
			list = append(list, onInstances(built))
		}
		s, err := kernel.ReadStatement([]byte(built.member("statement").String()), statement.Builders)
		if err != nil {
			t.Fatal(err)
		}
		for _, proof := range built.member("proofs").children {
			theorem := s.Theorem(treeInt(proof.member("theorem")))
			key := fmt.Sprint(theorem.Name, proof.member("refuted") != nil)
			if !found[key] {
				found[key] = true
				list = append(list, writtenOut(theorem, proof.clone()))
			}
		}
	}
	for _, i := range servedInstances() {
		d, err := Contention(nil, i)
		if err != nil {
			t.Fatal(err)
		}
		document, _, _ := bytes.Cut(d, []byte(",\n\"sha256\":\""))
		built, _ := parseTree(string(document) + "}")
		list = append(list, built)
	}
	return list
}

// onInstances is a document without what holds for all instances, on which most changes of a whole one would fall.
func onInstances(built *tree) *tree {
	texts, _ := statement.Contention()
	d := built.clone()
	proofs, claims := d.member("proofs"), d.member("claims")
	proofs.children = slices.DeleteFunc(proofs.children, func(p *tree) bool { return treeInt(p.member("theorem")) < len(texts) })
	claims.children = slices.DeleteFunc(claims.children, func(c *tree) bool { return c.children[1].text != `"checked"` && c.children[1].text != `"refuted"` })
	return d
}

// writtenOut is the document of one theorem, written out, with its proof.
func writtenOut(theorem *kernel.Theorem, proof *tree) *tree {
	var text bytes.Buffer
	theorem.WriteLiteral(&text)
	literal, _ := parseTree(`{"format":"` + kernel.Format + `","statement":{"builder":"literal","theorems":[` + text.String() + `]},"claims":[],"proofs":[]}`)
	proof.member("theorem").text = "0"
	literal.member("proofs").children = []*tree{proof}
	return literal
}

// decideContention says what is wrong with what an accepted document says of LP-SI for its x: by the program as the paper has it.
func decideContention(s *tree) (known bool, wrong string) {
	if s.member("builder").text != `"contention"` || s.member("x") == nil {
		return false, ""
	}
	var x []rational.Rat
	for _, e := range s.member("x").children {
		x = append(x, rational.RatFromBig(treeRat(e)))
	}
	one, n := rational.NewRat(1, 1), len(x)
	p := &lp.Problem{Sense: lp.Maximise, Variables: []lp.Variable{{Name: "beta", Cost: one}}}
	for i := range 2 * n { // c, then d
		p.Variables = append(p.Variables, lp.Variable{Name: fmt.Sprint(i), Lower: lp.At(rational.Rat{})})
	}
	for i := range n {
		p.Rows = append(p.Rows, lp.Row{Lower: lp.At(rational.Rat{}), Terms: []lp.Term{{Variable: 1 + i, Coefficient: one}, {Variable: 1 + n + i, Coefficient: one}, {Variable: 0, Coefficient: rational.NewRat(-2, 1)}}})
		forward, backward := []lp.Term{{Variable: 1 + i, Coefficient: one}}, []lp.Term{{Variable: 1 + n + i, Coefficient: one}}
		for j := range i {
			forward = append(forward, lp.Term{Variable: 1 + j, Coefficient: x[j]})
		}
		for j := i + 1; j < n; j++ {
			backward = append(backward, lp.Term{Variable: 1 + n + j, Coefficient: x[j]})
		}
		p.Rows = append(p.Rows, lp.Row{Upper: lp.At(one), Terms: forward}, lp.Row{Upper: lp.At(one), Terms: backward})
	}
	r, err := lp.Solve(nil, p, lp.Options{})
	if err != nil || r.Verdict != lp.Optimal {
		return false, ""
	}
	if value := treeRat(s.member("value")); r.Value.Big().Cmp(value) != 0 {
		return true, fmt.Sprintf("LP-SI has the value %v", r.Value)
	}
	return true, ""
}

// A trial is a point of a theorem with exponentials or a process, in floating point: what is clearly wrong there is wrong.
type trial struct {
	rng  *rand.Rand
	t    *kernel.Theorem
	x    []float64
	free []bool // symbols that may be moved to satisfy an equation
}

// clearly is what a number must differ from 0 by to be told apart from it.
const clearly = 1e-7

// decideRun tries a proved theorem with exponentials or a process at random points and runs.
func decideRun(rng *rand.Rand, s kernel.Shown) (tried int, wrong string) {
	t := s.Theorem
	if t.Process == nil && len(t.Exponentials) == 0 || t.Kind != kernel.Implied || s.Outcome != kernel.Proved {
		return 0, ""
	}
	for range 300 {
		r := trial{rng: rng, t: t}
		if !r.prepare() || !r.run() {
			continue
		}
		if tried++; !r.all(t.Rows, -clearly) {
			return tried, fmt.Sprintf("a row does not hold at %v", r.x)
		}
	}
	return tried, ""
}

// prepare makes the point before the process begins.
func (r *trial) prepare() bool {
	state := map[int]bool{}
	if p := r.t.Process; p != nil {
		for _, a := range p.Start {
			state[a.Symbol] = true
		}
	}
	exponential := map[int]bool{}
	for _, a := range r.t.Exponentials {
		exponential[a.Symbol] = true
	}
	for k, s := range r.t.Symbols {
		r.x = append(r.x, r.random(s))
		r.free = append(r.free, !state[k] && !exponential[k])
	}
	for range 3 {
		r.exponentials(r.t.Exponentials)
		r.settle(r.t.Facts)
	}
	r.exponentials(r.t.Exponentials)
	if r.t.Process != nil {
		r.assign(r.t.Process.Start)
	}
	for k, s := range r.t.Symbols {
		if s.Nonnegative && r.x[k] < 0 {
			return false
		}
	}
	return true
}

// run runs the process, and says whether the facts of the theorem hold in the end.
func (r *trial) run() bool {
	if p := r.t.Process; p != nil {
		n := len(r.t.Symbols)
		for range r.rng.IntN(4) {
			r.x, r.free = r.x[:n], r.free[:n]
			for k := range r.free {
				r.free[k] = false
			}
			for _, s := range p.Symbols {
				r.x, r.free = append(r.x, r.random(s)), append(r.free, true)
			}
			r.exponentials(p.Exponentials)
			r.settle(p.Facts)
			r.exponentials(p.Exponentials)
			for k, s := range p.Symbols {
				if s.Nonnegative && r.x[n+k] < 0 {
					return false
				}
			}
			if !r.all(p.Facts, 0) {
				continue // another choice, or none
			}
			r.assign(p.Update)
		}
		r.x = r.x[:n]
	}
	return r.all(r.t.Facts, 0)
}

func (r *trial) random(s kernel.Symbol) float64 {
	x := []float64{0, 1, 0.5, r.rng.Float64(), r.rng.Float64(), 2 * r.rng.Float64()}[r.rng.IntN(6)]
	if !s.Nonnegative && r.rng.IntN(3) == 0 {
		return -x
	}
	return x
}

func (r *trial) value(p kernel.Poly) (total float64) {
	for _, t := range p {
		x, _ := valueOf(t.C).Float64()
		for _, s := range symbolsOf(t.M) {
			x *= r.x[s]
		}
		total += x
	}
	return total
}

func (r *trial) exponentials(list []kernel.Assignment) {
	for _, a := range list {
		r.x[a.Symbol] = math.Exp(r.value(a.Value))
	}
}

// assign replaces the state at once, and the exponentials with it.
func (r *trial) assign(list []kernel.Assignment) {
	values := make([]float64, len(list))
	for k, a := range list {
		values[k] = r.value(a.Value)
	}
	for k, a := range list {
		r.x[a.Symbol] = values[k]
	}
	r.exponentials(r.t.Exponentials)
}

// settle moves free symbols so that equations hold that are linear in one.
func (r *trial) settle(facts []kernel.Fact) {
	for _, f := range facts {
		if f.Relation != kernel.EQ {
			continue
		}
		for s, free := range r.free {
			if !free || r.rng.IntN(3) == 0 {
				continue
			}
			before, here := r.x[s], r.value(f.Poly)
			r.x[s] = before + 1
			slope := r.value(f.Poly) - here
			if r.x[s] = before - here/slope; slope == 0 || math.Abs(r.value(f.Poly)) > 1e-12 {
				r.x[s] = before
				continue
			}
			break
		}
	}
}

// all says whether the facts hold; with a negative margin, whether none fails clearly.
func (r *trial) all(facts []kernel.Fact, margin float64) bool {
	for _, f := range facts {
		v := r.value(f.Poly)
		switch {
		case math.IsNaN(v) || math.IsInf(v, 0):
			return margin < 0
		case f.Relation == kernel.EQ && math.Abs(v) > max(1e-12, -margin*r.scale(f.Poly)):
			return false
		case f.Relation != kernel.EQ && margin < 0 && v < margin*r.scale(f.Poly):
			return false
		case f.Relation == kernel.GE && margin == 0 && v < 0, f.Relation == kernel.GT && margin == 0 && v < clearly:
			return false
		}
	}
	return true
}

// scale is the size of the terms.
func (r *trial) scale(p kernel.Poly) float64 {
	total := 1.0
	for _, t := range p {
		total += math.Abs(r.value(kernel.Poly{t}))
	}
	return total
}

// The theorems of contention resolution as they are hold wherever they are tried, and with a row turned round some do not: the trials see something.
func TestRunsTellTruth(t *testing.T) {
	rng, tried, told := rand.New(rand.NewPCG(7, 7)), 0, 0
	for _, d := range contentionDocuments(t) {
		s, err := kernel.ReadStatement([]byte(d.member("statement").String()), statement.Builders)
		if err != nil {
			t.Fatal(err)
		}
		if s.Count != 1 {
			continue
		}
		theorem := s.Theorem(0)
		n, wrong := decideRun(rng, kernel.Shown{Theorem: theorem, Outcome: kernel.Proved})
		if wrong != "" {
			t.Errorf("%s: %s", theorem.Name, wrong)
		}
		t.Logf("%s: %d", theorem.Name, n)
		tried += n
		for k, row := range theorem.Rows {
			for i := range row.Poly {
				row.Poly[i].C = row.Poly[i].C.Neg()
			}
			theorem.Rows[k].Relation = kernel.GT
		}
		if _, wrong := decideRun(rng, kernel.Shown{Theorem: theorem, Outcome: kernel.Proved}); wrong != "" {
			told++
		}
	}
	if tried < 1000 || told < 10 {
		t.Errorf("%d points, %d of the false theorems found out", tried, told)
	}
}
