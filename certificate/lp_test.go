package certificate

import (
	"bytes"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
)

// lpExample is: x ≥ 0, 0 ≤ y ≤ 4, 3/2 ≤ x + y, and −x + 2y = 0 (if equation is set).
func lpExample() *LPDocument {
	return &LPDocument{
		Constant: rat(1, 2),
		Variables: []LPVariable{
			{Name: "x", Cost: rat(1, 1), Lower: rat(0, 1)},
			{Name: "y", Cost: rat(3, 1), Lower: rat(0, 1), Upper: rat(4, 1)},
		},
		Rows: []LPRow{
			{Name: "sum", Lower: rat(3, 2), Terms: []LPTerm{{0, rat(1, 1)}, {1, rat(1, 1)}}},
			{Name: "balance", Lower: rat(0, 1), Upper: rat(0, 1), Terms: []LPTerm{{0, rat(-1, 1)}, {1, rat(2, 1)}}},
		},
	}
}

// lpExamples has a document of every kind.
func lpExamples() map[string]*LPDocument {
	optimal := lpExample()
	optimal.Optimal = &LPOptimum{Value: rat(3, 1), Point: []*big.Rat{rat(1, 1), rat(1, 2)}, Dual: []*big.Rat{rat(5, 3), rat(2, 3)}}
	greatest := lpExample()
	greatest.Maximise = true
	greatest.Optimal = &LPOptimum{Value: rat(41, 2), Point: []*big.Rat{rat(8, 1), rat(4, 1)}, Dual: []*big.Rat{rat(0, 1), rat(-1, 1)}}
	infeasible := lpExample()
	infeasible.Rows[0].Lower = rat(13, 1)
	infeasible.Infeasible = &LPRefutation{Multipliers: []*big.Rat{rat(1, 1), rat(1, 1)}}
	crossed := lpExample()
	crossed.Rows[0].Upper = rat(1, 1)
	crossed.Crossed = &LPCrossed{Kind: "row"}
	unbounded := lpExample()
	unbounded.Maximise = true
	unbounded.Variables[1].Upper = nil
	unbounded.Unbounded = &LPRay{Point: []*big.Rat{rat(1, 1), rat(1, 2)}, Ray: []*big.Rat{rat(2, 1), rat(1, 1)}}
	return map[string]*LPDocument{"optimal": optimal, "greatest": greatest, "infeasible": infeasible, "crossed": crossed, "unbounded": unbounded}
}

func lpWritten(t testing.TB, d *LPDocument) []byte {
	t.Helper()
	d.Claims = d.Derive()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAcceptsLinearPrograms(t *testing.T) {
	for name, d := range lpExamples() {
		report, err := Check(bytes.NewReader(lpWritten(t, d)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.Contains(report.Summary(), d.Derive()[0].Tag+" proved") {
			t.Errorf("%s: %s", name, report.Summary())
		}
		if name == "optimal" && !strings.Contains(report.StatementText(), "the optimum is 3,") {
			t.Errorf("%s", report.StatementText())
		}
	}
}

// A document with one digit changed is rejected, or it is true: then a second
// checker, on another parser and with other arithmetic, agrees.
func TestChangedDigitsOfLinearPrograms(t *testing.T) {
	refused := 0
	for name, d := range lpExamples() {
		text := body(lpWritten(t, d))
		for k := range text {
			if text[k] < '0' || text[k] > '9' {
				continue
			}
			for _, digit := range "0123456789" {
				changed := seal(text[:k] + string(digit) + text[k+1:])
				_, err := Check(bytes.NewReader(changed))
				if err != nil {
					refused++
				} else if reason := lpConfirm(changed); reason != "" {
					t.Errorf("%s, byte %d changed to %c is accepted, but %s", name, k, digit, reason)
				}
			}
		}
	}
	if refused < 500 {
		t.Errorf("only %d changes are refused", refused)
	}
}

func TestRejectsBrokenLinearPrograms(t *testing.T) {
	for _, c := range []struct {
		name, kind    string
		change        func(d *LPDocument)
		place, reason string
	}{
		{"value", "optimal", func(d *LPDocument) { d.Optimal.Value = rat(4, 1) }, "optimal.point", "has the value 3, not 4"},
		{"infeasible point", "optimal", func(d *LPDocument) { d.Optimal.Point[1] = rat(5, 1) }, "optimal.point", "variable 1 = 5"},
		{"point off a row", "optimal", func(d *LPDocument) { d.Optimal.Point[0] = rat(2, 1) }, "optimal.point", "row 1 = -1"},
		{"point too short", "optimal", func(d *LPDocument) { d.Optimal.Point = d.Optimal.Point[:1] }, "optimal.point", "expected 2 elements"},
		{"worse multipliers", "optimal", func(d *LPDocument) { d.Optimal.Dual[0] = rat(0, 1) }, "optimal.dual", "prove the bound"},
		{"multiplier without bound", "optimal", func(d *LPDocument) { d.Optimal.Dual[0] = rat(-1, 1) }, "optimal.dual", "row 0 rests on a bound that is absent"},
		{"reduced cost without bound", "optimal", func(d *LPDocument) { d.Optimal.Dual[0] = rat(9, 1) }, "optimal.dual", "variable 0 rests on a bound that is absent"},
		{"wrong sense", "optimal", func(d *LPDocument) { d.Maximise = true }, "optimal.dual", "absent"},
		{"weak refutation", "infeasible", func(d *LPDocument) { d.Rows[0].Lower = rat(12, 1) }, "infeasible.multipliers", "no contradiction"},
		{"zero refutation", "infeasible", func(d *LPDocument) { d.Infeasible.Multipliers = []*big.Rat{rat(0, 1), rat(0, 1)} }, "infeasible.multipliers", "no contradiction"},
		{"not crossed", "crossed", func(d *LPDocument) { d.Crossed.Index = 1 }, "crossed.index", "not crossed"},
		{"crossed beyond the end", "crossed", func(d *LPDocument) { d.Crossed.Index = 2 }, "crossed.index", "from 0 to 1"},
		{"crossed what", "crossed", func(d *LPDocument) { d.Crossed.Kind = "line" }, "crossed.kind", "expected row or variable"},
		{"zero ray", "unbounded", func(d *LPDocument) { d.Unbounded.Ray = []*big.Rat{rat(0, 1), rat(0, 1)} }, "unbounded.ray", "does not improve"},
		{"ray the wrong way", "unbounded", func(d *LPDocument) { d.Maximise = false }, "unbounded.ray", "does not improve"},
		{"ray out of a row", "unbounded", func(d *LPDocument) { d.Unbounded.Ray[0] = rat(3, 1) }, "unbounded.ray", "row 1"},
		{"ray out of a variable", "unbounded", func(d *LPDocument) { d.Unbounded.Ray[0] = rat(-2, 1) }, "unbounded.ray", "variable 0"},
		{"point of the ray", "unbounded", func(d *LPDocument) { d.Unbounded.Point[0] = rat(0, 1) }, "unbounded.point", "row 0 = 1/2"},
		{"zero coefficient", "optimal", func(d *LPDocument) { d.Rows[0].Terms[0].Coefficient = rat(0, 1) }, "statement.rows[0][3][0][1]", "zero"},
		{"variable twice", "optimal", func(d *LPDocument) { d.Rows[0].Terms[1].Variable = 0 }, "statement.rows[0][3][1]", "increasing"},
		{"unknown variable", "optimal", func(d *LPDocument) { d.Rows[0].Terms[1].Variable = 2 }, "statement.rows[0][3][1][0]", "from 0 to 1"},
	} {
		d := lpExamples()[c.kind]
		d.Claims = d.Derive()
		c.change(d)
		expectReject(t, c.name, lpWritten(t, d), c.place, c.reason)
	}
	none := lpExample()
	expectReject(t, "no part", lpWritten(t, none), "document", "establish no claim")
	two := lpExamples()["optimal"]
	two.Unbounded = lpExamples()["unbounded"].Unbounded
	expectReject(t, "two parts", lpWritten(t, two), "document", "expected member")
}

// Numbers that are each within the limits must not make long sums together.
func TestRejectsCostlyLinearPrograms(t *testing.T) {
	d := lpExample()
	d.Optimal = &LPOptimum{Value: rat(1, 1)}
	d.Variables, d.Rows = nil, nil
	for k := range 200 {
		den := new(big.Int).Exp(big.NewInt(int64(2*k+3)), big.NewInt(3000), nil)
		d.Variables = append(d.Variables, LPVariable{Cost: rat(1, 1)})
		d.Optimal.Point = append(d.Optimal.Point, new(big.Rat).SetFrac(big.NewInt(1), den))
	}
	invalid := rejected(t, "long sum", lpWritten(t, d))
	if !strings.Contains(invalid.Reason, "common denominator") && !strings.Contains(invalid.Reason, "too much work") {
		t.Error(invalid)
	}
}

// lpConfirm checks an accepted document again, and returns what is wrong.
func lpConfirm(document []byte) string {
	var d struct {
		Statement struct {
			Sense, Constant string
			Variables, Rows [][]any
		}
		Optimal *struct {
			Value       string
			Point, Dual []string
		}
		Infeasible *struct{ Multipliers []string }
		Crossed    *struct {
			Kind  string
			Index int
		}
		Unbounded *struct{ Point, Ray []string }
	}
	if err := json.Unmarshal(document, &d); err != nil {
		return err.Error()
	}
	p := lpSystem(d.Statement.Variables, d.Statement.Rows)
	sign := big.NewRat(1, 1)
	if d.Statement.Sense == "maximise" {
		sign.Neg(sign)
	}
	cost := p.cost(d.Statement.Variables, sign)
	constant := mul(sign, lpNumber(d.Statement.Constant))
	switch {
	case d.Optimal != nil:
		x := lpNumbers(d.Optimal.Point)
		value := mul(sign, lpNumber(d.Optimal.Value))
		if !p.holds(x, false) || add(constant, lpDot(cost, x)).Cmp(value) != 0 {
			return "the point is wrong"
		}
		// The multipliers must make value a lower bound of the minimum of sign·objective.
		y := lpNumbers(d.Optimal.Dual)
		for i := range y {
			y[i] = mul(sign, y[i])
		}
		if bound := p.bound(cost, y); bound == nil || add(constant, bound).Cmp(value) != 0 {
			return "the multipliers are wrong"
		}
	case d.Infeasible != nil:
		zero := make([]*big.Rat, len(cost))
		for j := range zero {
			zero[j] = new(big.Rat)
		}
		if bound := p.bound(zero, lpNumbers(d.Infeasible.Multipliers)); bound == nil || bound.Sign() <= 0 {
			return "the refutation is wrong"
		}
	case d.Crossed != nil:
		k := d.Crossed.Index
		if d.Crossed.Kind == "row" {
			k += len(cost)
		}
		if p.low[k] == nil || p.high[k] == nil || p.low[k].Cmp(p.high[k]) <= 0 {
			return "nothing is crossed"
		}
	case d.Unbounded != nil:
		ray := lpNumbers(d.Unbounded.Ray)
		if !p.holds(lpNumbers(d.Unbounded.Point), false) || !p.holds(ray, true) || lpDot(cost, ray).Sign() >= 0 {
			return "the ray is wrong"
		}
	}
	return ""
}

// lpRows is the system low ≤ a·x ≤ high, variables first.
type lpRows struct {
	a         [][]*big.Rat
	low, high []*big.Rat
}

func lpSystem(variables, rows [][]any) *lpRows {
	p := &lpRows{}
	n := len(variables)
	end := func(v any) *big.Rat {
		if list := v.([]any); len(list) > 0 {
			return lpNumber(list[0].(string))
		}
		return nil
	}
	line := func(low, high any) []*big.Rat {
		a := make([]*big.Rat, n)
		for j := range a {
			a[j] = new(big.Rat)
		}
		p.a, p.low, p.high = append(p.a, a), append(p.low, end(low)), append(p.high, end(high))
		return a
	}
	for j, v := range variables {
		line(v[2], v[3])[j].SetInt64(1)
	}
	for _, r := range rows {
		a := line(r[1], r[2])
		for _, t := range r[3].([]any) {
			pair := t.([]any)
			a[int(pair[0].(float64))] = lpNumber(pair[1].(string))
		}
	}
	return p
}

func (p *lpRows) cost(variables [][]any, sign *big.Rat) []*big.Rat {
	var c []*big.Rat
	for _, v := range variables {
		c = append(c, mul(sign, lpNumber(v[1].(string))))
	}
	return c
}

// holds reports whether x respects the system, with zero for all bounds if homogeneous.
func (p *lpRows) holds(x []*big.Rat, homogeneous bool) bool {
	for i, a := range p.a {
		v, low, high := lpDot(a, x), p.low[i], p.high[i]
		if homogeneous && low != nil {
			low = new(big.Rat)
		}
		if homogeneous && high != nil {
			high = new(big.Rat)
		}
		if low != nil && v.Cmp(low) < 0 || high != nil && v.Cmp(high) > 0 {
			return false
		}
	}
	return true
}

// bound returns the lower bound on cost·x that multipliers y of the rows give,
// completed by those of the variables; nil if it rests on an absent bound.
func (p *lpRows) bound(cost, y []*big.Rat) *big.Rat {
	n := len(cost)
	all := make([]*big.Rat, n, n+len(y))
	for j := range all {
		all[j] = new(big.Rat).Set(cost[j])
		for i := range y {
			all[j] = sub(all[j], mul(y[i], p.a[n+i][j]))
		}
	}
	total := new(big.Rat)
	for k, m := range append(all, y...) {
		end := p.low[k]
		if m.Sign() < 0 {
			end = p.high[k]
		}
		if m.Sign() == 0 {
			continue
		}
		if end == nil {
			return nil
		}
		total = add(total, mul(m, end))
	}
	return total
}

func lpDot(a, x []*big.Rat) *big.Rat {
	s := new(big.Rat)
	for j := range a {
		s.Add(s, mul(a[j], x[j]))
	}
	return s
}

func lpNumber(s string) *big.Rat {
	v, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return v
}

func lpNumbers(list []string) []*big.Rat {
	var v []*big.Rat
	for _, s := range list {
		v = append(v, lpNumber(s))
	}
	return v
}

// A short file may state a program that takes much memory: it is rejected as soon as the
// words are spent, wherever they are spent.
func TestRejectsLargeLinearPrograms(t *testing.T) {
	for name, c := range map[string]struct {
		words uint64 // of one part
		part  string
		read  func(f *lpFamily, r *reader)
	}{
		"variables": {18 + 12 + 2, `["","0",[],[]],`, func(f *lpFamily, r *reader) { f.variable(r) }},
		"bounds":    {18 + 3*14, `["","1",["0"],["1/2"]],`, func(f *lpFamily, r *reader) { f.variable(r) }},
		"names":     {18 + 14 + 5, `["` + strings.Repeat("x", 40) + `","0",[],[]],`, func(f *lpFamily, r *reader) { f.variable(r) }},
		"numbers":   {18 + 12 + 1 + 6, `["","1` + strings.Repeat("0", 100) + `",[],[]],`, func(f *lpFamily, r *reader) { f.variable(r) }},
		"rows":      {18, `["",[],[],[]],`, func(f *lpFamily, r *reader) { f.row(r, 0) }},
		"terms":     {18 + 2*(8+14), `["",[],[],[[0,"1"],[1,"-1"]]],`, func(f *lpFamily, r *reader) { f.row(r, 0) }},
	} {
		f := &lpFamily{variables: make([]LPVariable, 2), columns: make([][]LPTerm, 2)}
		r := &reader{data: []byte("[" + strings.Repeat(c.part, 4)), at: 1, path: []level{{list: true}}}
		f.held = maxLPHeld - 3*c.words - uint64(len(r.data))/16
		for k := range 4 {
			invalid := run(func() {
				c.read(f, r)
				r.expect(',')
			})
			if rejected := invalid != nil && strings.Contains(invalid.Reason, "too much memory"); rejected != (k == 3) {
				t.Errorf("%s: part %d: %v, %d words held", name, k, invalid, f.held)
			}
		}
	}
}
