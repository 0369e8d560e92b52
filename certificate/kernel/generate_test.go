package kernel

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/certificate/reading"
)

// matrix of numbers.
type matrix [][]*big.Rat

// echelon reduces a copy of the rows, and returns the columns where they begin.
func (m matrix) echelon() (matrix, []int) {
	var rows matrix
	for _, row := range m {
		var r []*big.Rat
		for _, x := range row {
			r = append(r, new(big.Rat).Set(x))
		}
		rows = append(rows, r)
	}
	var pivots []int
	for k := 0; len(rows) > 0 && k < len(rows[0]) && len(pivots) < len(rows); k++ {
		at := len(pivots)
		p := slices.IndexFunc(rows[at:], func(r []*big.Rat) bool { return r[k].Sign() != 0 })
		if p < 0 {
			continue
		}
		rows[at], rows[at+p] = rows[at+p], rows[at]
		for i := range rows {
			if i == at {
				continue
			}
			f := new(big.Rat).Quo(rows[i][k], rows[at][k])
			for j := range rows[i] {
				rows[i][j].Sub(rows[i][j], new(big.Rat).Mul(f, rows[at][j]))
			}
		}
		pivots = append(pivots, k)
	}
	return rows, pivots
}

// kernel is a vector that all rows map to 0, if the rank is one less than the columns, else nil.
func (m matrix) kernel(n int) []*big.Rat {
	rows, pivots := m.echelon()
	if len(pivots) != n-1 {
		return nil
	}
	free := 0
	for slices.Contains(pivots, free) {
		free++
	}
	v := make([]*big.Rat, n)
	v[free] = big.NewRat(1, 1)
	for i, k := range pivots {
		v[k] = new(big.Rat).Quo(new(big.Rat).Neg(rows[i][free]), rows[i][k])
	}
	return v
}

func dot(a, b []*big.Rat) *big.Rat {
	s := new(big.Rat)
	for k := range a {
		s.Add(s, new(big.Rat).Mul(a[k], b[k]))
	}
	return s
}

// primitiveText is the positive multiple of a vector by whole numbers without a common divisor.
func primitiveText(v []*big.Rat) string {
	g, l := new(big.Int), big.NewInt(1)
	for _, x := range v {
		l.Mul(l, new(big.Int).Div(x.Denom(), new(big.Int).GCD(nil, nil, l, x.Denom())))
	}
	text := ""
	for pass := range 2 {
		for _, x := range v {
			n := new(big.Int).Div(new(big.Int).Mul(x.Num(), l), x.Denom())
			if pass == 0 {
				g.GCD(nil, nil, g, new(big.Int).Abs(n))
			} else {
				text += " " + n.Div(n, g).String()
			}
		}
	}
	return text
}

// naive finds the extreme rays of the cone of the rows, the first ones equations, in which the columns of fixed are 0: of any rows of the right
// rank the vector where these are tight, in either direction.
func naive(rows matrix, equations int, fixed []int, n int) (rays []string) {
	var base matrix
	for _, k := range fixed {
		unit := make([]*big.Rat, n)
		for i := range unit {
			unit[i] = new(big.Rat)
		}
		unit[k].SetInt64(1)
		base = append(base, unit)
	}
	base = append(base, rows[:equations]...)
	for subset := range 1 << (len(rows) - equations) {
		chosen := slices.Clone(base)
		for k, row := range rows[equations:] {
			if subset>>k&1 == 1 {
				chosen = append(chosen, row)
			}
		}
		v := chosen.kernel(n)
		if v == nil {
			continue
		}
		for range 2 {
			inside := true
			for _, row := range rows[equations:] {
				inside = inside && dot(row, v).Sign() >= 0
			}
			if inside {
				rays = append(rays, primitiveText(v))
			}
			for _, x := range v {
				x.Neg(x)
			}
		}
	}
	slices.Sort(rays)
	return slices.Compact(rays)
}

// The generators of random cones, with lines and equations, are those that a search over all faces finds.
func TestGenerators(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 8))
	seen := map[string]int{}
	for range 1000 {
		n, m := 1+rng.IntN(4), rng.IntN(8)
		equations := min(m, rng.IntN(3))
		rows, facts := matrix{}, []Fact{}
		size := []int64{1, 2, 1 << 40}[rng.IntN(3)]
		for k := range m {
			var row []*big.Rat
			f := Fact{Relation: GE}
			for s := range n {
				c := big.NewRat(rng.Int64N(2*size+1)-size, 1+rng.Int64N(2))
				if rng.IntN(3) == 0 {
					c = new(big.Rat)
				}
				row = append(row, c)
				if c.Sign() != 0 {
					x := Int(c.Num().Int64())
					if !c.IsInt() {
						x = reading.New(context.Background(), []byte(`"`+c.String()+`"`)).Number()
					}
					f.Poly = append(f.Poly, Term{C: x, M: Product(s)})
				}
			}
			if k < equations {
				f.Relation = EQ
			} else if rng.IntN(4) == 0 {
				f.Relation = GT
			}
			rows, facts = append(rows, row), append(facts, f)
		}
		order := rng.Perm(m)
		shuffled := make([]Fact, m)
		for k, to := range order {
			shuffled[to] = facts[k]
		}
		d := describe(n, shuffled)
		if other := describe(n, facts); fmt.Sprint(vectors(other)) != fmt.Sprint(vectors(d)) {
			t.Fatalf("in another order the generators are %v instead of %v", vectors(other), vectors(d))
		}
		var got []string
		var lines matrix
		var first []int
		for _, g := range d.list {
			var v []*big.Rat
			for _, x := range g.v {
				v = append(v, x.Rat())
			}
			if !g.line {
				got = append(got, primitiveText(v))
				continue
			}
			lines = append(lines, v)
			k := slices.IndexFunc(v, func(x *big.Rat) bool { return x.Sign() != 0 })
			for _, other := range d.list {
				if !slices.Equal(other.v, g.v) && other.v[k].Sign() != 0 || g.v[k].Sign() < 0 {
					t.Fatalf("where the line %v begins stands %v", g.v, other.v)
				}
			}
			first = append(first, k)
			for _, row := range rows {
				if dot(row, v).Sign() != 0 {
					t.Fatalf("a line is not tight at %v: %v", row, v)
				}
			}
		}
		_, pivots := rows.echelon()
		if _, independent := lines.echelon(); len(lines) != n-len(pivots) || len(independent) != len(lines) {
			t.Fatalf("%d lines, want %d", len(lines), n-len(pivots))
		}
		slices.Sort(got)
		if want := naive(rows, equations, first, n); !slices.Equal(got, want) {
			t.Fatalf("%v\n%v in %d\n got %v\nwant %v", rows, first, n, got, want)
		}
		seen[fmt.Sprint(len(got) > 1, len(lines) > 0, equations > 0)]++
	}
	if len(seen) < 8 {
		t.Errorf("only %v", seen)
	}
}

// describe computes the generators of the cone of the facts in n symbols.
func describe(n int, facts []Fact) *description {
	d := &description{limits: &reading.New(context.Background(), nil).Limits, of: map[Mono]int{}}
	for k := range n {
		d.of[Product(k)] = k
	}
	d.compute(facts)
	return d
}

func vectors(d *description) (list [][]Num) {
	for _, g := range d.list {
		list = append(list, g.v)
	}
	return list
}

func boolInt(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func BenchmarkGenerators(b *testing.B) {
	rng := rand.New(rand.NewPCG(3, 8))
	var facts []Fact
	for range 24 {
		f := Fact{Relation: GE}
		for s := range 8 {
			if c := rng.Int64N(19) - 9 + 9*boolInt(s == 0); c != 0 {
				f.Poly = append(f.Poly, Term{C: Int(c), M: Product(s)})
			}
		}
		facts = append(facts, f)
	}
	for b.Loop() {
		d := describe(8, facts)
		b.ReportMetric(float64(len(d.list)), "rays")
	}
}
