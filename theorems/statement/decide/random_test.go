package decide_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/statement/decide"
)

// program is max c·x over x >= 0 with a·x <= b θ + d: m rows, n unknowns, k parameters that are assumed nonnegative.
type program struct {
	a, b [][]int64 // b has the constant d last
	c    []int64
}

func randomProgram(r *rand.Rand) program {
	m, n, k := 1+r.IntN(3), 1+r.IntN(2), 1+r.IntN(3)
	p := program{}
	entries := func(n int) (list []int64) {
		for range n {
			list = append(list, r.Int64N(5)-2)
		}
		return list
	}
	for range m {
		p.a, p.b = append(p.a, entries(n)), append(p.b, entries(k+1))
	}
	p.c = entries(n)
	return p
}

func linear(coefficients []int64, name string) string {
	var parts []string
	for i, c := range coefficients {
		parts = append(parts, fmt.Sprintf("(%d)*%s[%d]", c, name, i))
	}
	return strings.Join(parts, " + ")
}

func (p program) text() string {
	var b strings.Builder
	k := len(p.b[0]) - 1
	fmt.Fprintf(&b, "param t[i in 0..%d] >= 0\nvar x[i in 0..%d] >= 0\n", k-1, len(p.c)-1)
	for i, row := range p.a {
		fmt.Fprintf(&b, "s.t. r%d: %s <= %s + (%d)\n", i, linear(row, "x"), linear(p.b[i][:k], "t"), p.b[i][k])
	}
	fmt.Fprintf(&b, "maximize P: %s\n", linear(p.c, "x"))
	return b.String()
}

// generators are the vertices and the extreme rays of {y >= 0 : y·a >= c}, by all choices of m tight rows of the homogenised
// cone {(y,s) : y >= 0, s >= 0, y·a >= s·c}, which has no lines.
func (p program) generators() (vertices, rays []rational.RatVector) {
	m := len(p.a)
	var rows []rational.Vector
	for i := range m + 1 {
		row := make(rational.Vector, m+1)
		row[i] = rational.NewInt(1)
		rows = append(rows, row)
	}
	for j, c := range p.c {
		var row rational.Vector
		for i := range m {
			row = append(row, rational.NewInt(p.a[i][j]))
		}
		rows = append(rows, append(row, rational.NewInt(-c)))
	}
	seen := map[string]bool{}
	var choose func(from int, chosen []rational.Vector)
	choose = func(from int, chosen []rational.Vector) {
		if len(chosen) < m {
			for i := from; i < len(rows); i++ {
				choose(i+1, append(slices.Clone(chosen), rows[i]))
			}
			return
		}
		null := rational.NewMatrix(chosen, m+1).NullSpace()
		if len(null) != 1 {
			return
		}
		for _, sign := range []int64{1, -1} {
			y := rational.RatVector{}
			for _, x := range null[0] {
				y = append(y, rational.RatFromInt(x.Mul(rational.NewInt(sign))))
			}
			if slices.ContainsFunc(rows, func(row rational.Vector) bool { return dot(row, y).Sign() < 0 }) || seen[y.String()] {
				continue
			}
			seen[y.String()] = true
			if s := y[m]; s.IsZero() {
				rays = append(rays, y[:m])
			} else {
				vertices = append(vertices, y[:m].Scale(s.Inv()))
			}
		}
	}
	choose(0, nil)
	return vertices, rays
}

func dot(row rational.Vector, y rational.RatVector) (sum rational.Rat) {
	for i, x := range row {
		sum = sum.Add(rational.RatFromInt(x).Mul(y[i]))
	}
	return sum
}

// forms are y·(b, d) for generators y.
func (p program) forms(list []rational.RatVector) (forms []rational.RatVector) {
	for _, y := range list {
		f := make(rational.RatVector, len(p.b[0]))
		for i, row := range p.b {
			for j, c := range row {
				f[j] = f[j].Add(y[i].Mul(rational.NewRat(c, 1)))
			}
		}
		forms = append(forms, f)
	}
	return forms
}

// at is a form at parameters.
func at(f, t rational.RatVector) rational.Rat { return f[:len(t)].Dot(t).Add(f[len(t)]) }

func termText(f rational.RatVector) string {
	var parts []string
	for i, c := range f[:len(f)-1] {
		parts = append(parts, fmt.Sprintf("(%v)*t[%d]", c, i))
	}
	return strings.Join(append(parts, fmt.Sprintf("(%v)", f[len(f)-1])), " + ")
}

// needed says by one linear program whether a term is below all others somewhere where the conditions hold: max s with
// other − term >= s.
func needed(t testing.TB, terms []rational.RatVector, i int, conditions []rational.RatVector) bool {
	k := len(terms[i]) - 1
	p := &lp.Problem{Sense: lp.Maximise}
	for range k {
		p.AddVariable(lp.Variable{Lower: lp.At(rational.Rat{})})
	}
	s := p.AddVariable(lp.Variable{Cost: rational.NewRat(1, 1), Upper: lp.At(rational.NewRat(1, 1))})
	add := func(f rational.RatVector, slack bool) {
		row := lp.Row{Lower: lp.At(f[k].Neg())}
		for j := range k {
			row.Terms = append(row.Terms, lp.Term{Variable: j, Coefficient: f[j]})
		}
		if slack {
			row.Terms = append(row.Terms, lp.Term{Variable: s, Coefficient: rational.NewRat(-1, 1)})
		}
		p.AddRow(row)
	}
	for _, c := range conditions {
		add(c, false)
	}
	for j, o := range terms {
		if j != i {
			add(o.Sub(terms[i]), true)
		}
	}
	r, err := lp.Solve(t.Context(), p, lp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r.Verdict == lp.Optimal && r.Value.Sign() > 0
}

// found reads the terms or conditions of a result as forms over the parameters, which are the first symbols.
func (p program) found(r *decide.Result) (terms, conditions []rational.RatVector) {
	k := len(p.b[0]) - 1
	vector := func(coefficient func(int) rational.Rat, constant rational.Rat) rational.RatVector {
		var f rational.RatVector
		for j := range k {
			f = append(f, coefficient(j))
		}
		return append(f, constant)
	}
	for _, x := range r.Form.Terms {
		terms = append(terms, vector(x.Form.Coefficient, x.Form.Constant()))
	}
	for _, x := range r.Form.Conditions {
		f := vector(x.Form.Coefficient, x.Form.Constant())
		if conditions = append(conditions, f); x.Relation.String() == "=" {
			conditions = append(conditions, f.Scale(rational.NewRat(-1, 1)))
		}
	}
	return terms, conditions
}

// Random programs have the closed form that the bases of their duals give, and claims are true if and only if
// they are.
func TestRandomProgramsAgainstBases(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 3))
	count := map[string]int{}
	programs := 2000
	if testing.Short() {
		programs = 200
	}
	for n := range programs {
		check := n%4 == 0 // the checker takes longer than all else
		p := randomProgram(r)
		vertices, rays := p.generators()
		terms, conditions := p.forms(vertices), p.forms(rays)
		result := decided(t, p.text()+"find P", check)[0]
		if result.Status == theorems.Vacuous {
			count["vacuous"]++
		} else if got, also := p.found(result); true {
			p.compare(t, r, terms, conditions, got, also)
			p.claims(t, r, got, count, check)
		}
		if t.Failed() {
			t.Fatalf("program %d:\n%s%s", n, p.text(), line(result))
		}
	}
	for what, least := range map[string]int{"vacuous": 50, "unbounded": 50, "proved": 500, "refuted": 500, "one-sided proved": 1000, "one-sided refuted": 700} {
		if !testing.Short() && count[what] < least {
			t.Errorf("%d programs are %s, fewer than %d", count[what], what, least)
		}
	}
}

// compare holds a closed form against the one of all bases, at random parameters, and looks that it is minimal.
func (p program) compare(t *testing.T, r *rand.Rand, terms, conditions, got, also []rational.RatVector) {
	least := func(list []rational.RatVector, at func(rational.RatVector) rational.Rat) string {
		if len(list) == 0 {
			return "unbounded"
		}
		best := at(list[0])
		for _, f := range list {
			best = rational.MinRat(best, at(f))
		}
		return best.String()
	}
	for range 20 {
		var x rational.RatVector
		for range len(p.b[0]) - 1 {
			x = append(x, rational.NewRat(r.Int64N(9), 1+r.Int64N(2)))
		}
		value := func(f rational.RatVector) rational.Rat { return at(f, x) }
		negative := func(f rational.RatVector) bool { return at(f, x).Sign() < 0 }
		a, b := slices.ContainsFunc(conditions, negative), slices.ContainsFunc(also, negative)
		if a != b {
			t.Errorf("at %v the conditions are %v, found are %v", x, conditions, also)
		} else if v, w := least(terms, value), least(got, value); !a && v != w {
			t.Errorf("at %v the optimum is %s, found is %s", x, v, w)
		}
	}
	for i := range got {
		if len(got) > 1 && !needed(t, got, i, also) {
			t.Errorf("term %v is not needed", got[i])
		}
	}
}

// oneSided states bounds: the terms above, their least below, and what is neither.
func (p program) oneSided(t *testing.T, r *rand.Rand, terms []rational.RatVector, count map[string]int, check bool) {
	i := r.IntN(len(terms))
	lower := slices.Clone(terms[i])
	lower[len(lower)-1] = lower[len(lower)-1].Sub(rational.NewRat(1, 2))
	var texts []string
	for _, f := range terms {
		texts = append(texts, termText(f))
	}
	want := map[string]theorems.Status{
		"P <= " + termText(terms[i]):                  theorems.Proved,
		"P <= " + termText(lower):                     theorems.Refuted,
		"P >= min(" + strings.Join(texts, ", ") + ")": theorems.Proved,
	}
	if len(terms) > 1 {
		want["P >= "+termText(terms[i])] = theorems.Refuted // another one is needed
	}
	for claim, status := range want {
		if got := decided(t, p.text()+"claim "+claim, check)[0].Status; got != status {
			t.Errorf("%s is %v, want %v", claim, got, status)
		}
		count["one-sided "+status.String()]++
	}
	if empty := decided(t, p.text()+"assume t[0] <= -1\nclaim P <= t[0]", check)[0].Status; empty != theorems.Vacuous {
		t.Errorf("without parameters the claim is %v", empty)
	}
}

// claims states the form that was found, and one that is wrong.
func (p program) claims(t *testing.T, r *rand.Rand, got []rational.RatVector, count map[string]int, check bool) {
	if len(got) == 0 {
		if wrong := decided(t, p.text()+"claim P = t[0] + 5", check)[0]; wrong.Status != theorems.Refuted {
			t.Errorf("unbounded, but %v", wrong.Status)
		}
		count["unbounded"]++
		return
	}
	claim := func(list []rational.RatVector) theorems.Status {
		var texts []string
		for _, f := range list {
			texts = append(texts, termText(f))
		}
		return decided(t, p.text()+"claim P = min("+strings.Join(texts, ", ")+")", check)[0].Status
	}
	right := slices.Clone(got)
	r.Shuffle(len(right), func(i, j int) { right[i], right[j] = right[j], right[i] })
	if s := claim(right); s != theorems.Proved {
		t.Errorf("the form is %v", s)
	}
	count["proved"]++
	wrong := slices.Clone(right)
	if i := r.IntN(len(wrong)); len(wrong) > 1 && r.IntN(2) == 0 {
		wrong = slices.Delete(wrong, i, i+1)
	} else {
		wrong[i] = slices.Clone(wrong[i])
		wrong[i][len(wrong[i])-1] = wrong[i][len(wrong[i])-1].Sub(rational.NewRat(1, 3)) // lower, and so below all where it is needed
	}
	if s := claim(wrong); s != theorems.Refuted {
		t.Errorf("%v is %v", wrong, s)
	}
	count["refuted"]++
	p.oneSided(t, r, right, count, check)
}
