package cell

import (
	"bufio"
	"context"
	"os"
	"strconv"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/rational"
	"pstar/rational/polynomial"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// readMatrices reads the named integer matrices of a fixture; rows may differ
// in length.
func readMatrices(t *testing.T, path string) map[string][][]int64 {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	matrices := map[string][][]int64{}
	name := ""
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line, _, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if _, err := strconv.Atoi(fields[0]); err != nil {
			name = fields[0]
			continue
		}
		var row []int64
		for _, f := range fields {
			x, err := strconv.ParseInt(f, 10, 64)
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			row = append(row, x)
		}
		matrices[name] = append(matrices[name], row)
	}
	return matrices
}

// paperVector places the coordinates u_1, u_2, v_{12}, v_{13}, v_{23} of the
// paper, where u_3 = 0.
func paperVector(row []int64) cone.Vector {
	return cone.Sparse(rational.NewVector(row[0], row[1], 0, row[2], row[3], row[4]))
}

func TestMDD_RowsAreThoseOfThePaper(t *testing.T) {
	want := map[string]bool{}
	for _, row := range readMatrices(t, "../../../fixtures/md-d.txt")["B"] {
		want[paperVector(row).Key()] = true
	}
	rows := FeasibilityCone(2, 3).H.Inequalities
	for _, a := range rows {
		var off cone.Vector // without the coordinate u_3
		for _, e := range a {
			if e.Index != 2 {
				off = append(off, e)
			}
		}
		if !want[off.Key()] {
			t.Errorf("row %v is not in eq. 106", off)
		}
	}
	if len(rows) != len(want) {
		t.Errorf("%d rows, the paper has %d", len(rows), len(want))
	}
}

func TestMDD_NineGenerators(t *testing.T) {
	fixture := readMatrices(t, "../../../fixtures/md-d.txt")
	c := FeasibilityCone(2, 3)
	want := map[string]Condition{}
	for i, row := range fixture["R"] {
		form := fixture["F"][i]
		condition := Condition{Trivial: form[0] == 0}
		for _, token := range form[1:] {
			condition.Set |= multidraft.SetOf(int(token - 1))
		}
		want[paperVector(row).Key()] = condition
	}
	if len(want) != 9 {
		t.Fatalf("fixture has %d generators", len(want))
	}
	v, err := doubledesc.Rays(context.Background(), c.H, doubledesc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Rays) != len(want) {
		t.Errorf("%d rays, the paper has %d", len(v.Rays), len(want))
	}
	for _, r := range v.Rays {
		r = c.shift(r, r.At(c.N-1)) // u_n = 0, as in [MD]
		condition, ok := want[r.Key()]
		if !ok {
			t.Errorf("ray %v is not in eq. 109", r)
			continue
		}
		got, err := c.Condition(r)
		if err != nil || got != condition {
			t.Errorf("ray %v says %v (%v), eq. 110 has %v", r, got, err, condition)
		}
	}
}

// The system of [MD] eq. 104 has a solution exactly if every ray pairs with it
// nonnegatively: compare the forms with the transport program on instances.
func TestMDT2_FormsDecideFeasibility(t *testing.T) {
	for _, cell := range [][2]int{{2, 3}, {3, 3}, {2, 4}, {3, 4}} {
		c := FeasibilityCone(cell[0], cell[1])
		v, err := doubledesc.Rays(context.Background(), c.H, doubledesc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		feasible := map[bool]int{}
		for index := range 4 * len(multidraft.Kinds()) {
			in, err := multidraft.Generate(7, index, cell[0], cell[1], multidraft.ModelIID)
			if err != nil {
				t.Fatal(err)
			}
			a, err := optimum.CrossCheck(context.Background(), in, optimum.Options{})
			if err != nil {
				t.Fatal(err)
			}
			integer := in.Integer()
			nonnegative := true
			for _, r := range v.Rays {
				f := c.Form(r)
				value := rational.Vector(f.Q).Dot(integer.Demand).Add(rational.Vector(f.B).Dot(integer.Supply))
				nonnegative = nonnegative && value.Sign() >= 0
			}
			if certain := a.Value.Equal(one); certain != nonnegative {
				t.Errorf("%v: P* = %v, but all pairings nonnegative is %v", in, a.Value, nonnegative)
			}
			feasible[nonnegative]++
		}
		if feasible[true] == 0 || feasible[false] == 0 {
			t.Errorf("K=%d n=%d: only one answer occurred", cell[0], cell[1])
		}
	}
}

// The least pairing of the rays of the optimum cone with z_0 = 1 is P*.
func TestMDT3_LeastFormIsTheOptimum(t *testing.T) {
	for _, cell := range [][2]int{{2, 3}, {3, 3}, {2, 4}, {4, 3}} {
		c := OptimumCone(cell[0], cell[1])
		v, err := doubledesc.Rays(context.Background(), c.H, doubledesc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for index := range 2 * len(multidraft.Kinds()) {
			in, err := multidraft.Generate(3, index, cell[0], cell[1], multidraft.ModelIndependent)
			if err != nil {
				t.Fatal(err)
			}
			a, err := optimum.CrossCheck(context.Background(), in, optimum.Options{})
			if err != nil {
				t.Fatal(err)
			}
			integer := in.Integer()
			least := rational.RatFromInt(rational.NewInt(2))
			for _, r := range v.Rays {
				if r.At(c.N).IsZero() {
					continue
				}
				f := c.Form(r)
				value := rational.Vector(f.Q).Dot(integer.Demand).Add(rational.Vector(f.B).Dot(integer.Supply))
				least = rational.MinRat(least, rational.RatFromInts(value, integer.Unit))
			}
			if !least.Equal(a.Value) {
				t.Errorf("%v: least pairing %v, P* = %v", in, least, a.Value)
			}
		}
	}
}

func TestConditionRejectsOtherRays(t *testing.T) {
	c := FeasibilityCone(2, 3)
	for _, bad := range [][]int64{
		{1, 1, 0, 0, 0},  // u = 1_S with v too large
		{2, 0, 0, 0, 0},  // not primitive: q_1 twice
		{1, 0, 1, 0, 0},  // a sum of two rays
		{0, 0, 0, 0, 0},  // zero
		{0, 0, -1, 0, 0}, // -b_T
	} {
		if got, err := c.Condition(paperVector(bad)); err == nil {
			t.Errorf("%v reads as %v", bad, got)
		}
	}
}

// A row taken away or turned round must not go unnoticed by ProveCone.
func TestProveConeNoticesWrongCones(t *testing.T) {
	for name, spoil := range map[string]func(c *Cone){
		"row missing": func(c *Cone) { c.H.Inequalities = c.H.Inequalities[1:] },
		"row negated": func(c *Cone) { c.H.Inequalities[2] = c.H.Inequalities[2].Neg() },
		"row too many": func(c *Cone) { // for {1,2} and token 3
			last := c.H.Inequalities[len(c.H.Inequalities)-1] // for {2,3} and token 3
			c.H.Inequalities = append(c.H.Inequalities, cone.Vector{last[0], {Index: c.FirstSupport, Value: plusOne}})
		},
	} {
		for _, method := range []string{MethodPlain, MethodDomain} {
			for _, make := range []func(k, n int) *Cone{FeasibilityCone, OptimumCone} {
				c := make(2, 3)
				spoil(c)
				if _, err := ProveCone(context.Background(), c, []string{method}, doubledesc.Options{}); err == nil {
					t.Errorf("%s, %s (optimum %v): proved", name, method, c.optimum)
				}
			}
		}
	}
}

func TestMDT2_IdentityOfPolynomials(t *testing.T) {
	for k := 1; k <= 6; k++ {
		for n := 1; n <= 6; n++ {
			supports := SupportPolynomials(k, n)
			for e := 1; e <= 6; e++ {
				err := CheckIdentity(context.Background(), k, n, e, supports)
				// With one token p(S)^e is b_{1} after p_1 = 1 only; as
				// polynomials the exponents differ.
				if (err == nil) != (e == k) {
					t.Errorf("K=%d n=%d exponent %d: %v", k, n, e, err)
				}
			}
		}
	}
	wrong := SupportPolynomials(3, 4)
	wrong[1] = wrong[1].Add(polynomial.Variable(2, 0).Pow(3))
	if CheckIdentity(context.Background(), 3, 4, 3, wrong) == nil {
		t.Error("a wrong b_T passes")
	}
}

// By inclusion and exclusion Pr({X} = {1..t}) is the sum over A within {1..t} of
// (-1)^(t-|A|) p(A)^k.
func TestSupportPolynomialsByInclusionAndExclusion(t *testing.T) {
	for k := 1; k <= 6; k++ {
		for size := 1; size <= k; size++ {
			want := polynomial.Zero(size)
			for a := range multidraft.Set(1) << size {
				power := sumOf(size, a).Pow(uint(k))
				if (size-a.Len())%2 == 0 {
					want = want.Add(power)
				} else {
					want = want.Sub(power)
				}
			}
			if got := SupportPolynomials(k, size)[size-1]; !got.Equal(want) {
				t.Errorf("K=%d |T|=%d: %v, want %v", k, size, got, want)
			}
		}
	}
}

func TestSupportPolynomialsAgainstWords(t *testing.T) {
	for k := 1; k <= 5; k++ {
		for t1 := 1; t1 <= min(k, 4); t1++ {
			var terms []polynomial.Term
			word := make([]int, k)
			for done := false; !done; {
				var set multidraft.Set
				exponents := make([]int, t1)
				for _, x := range word {
					set |= multidraft.SetOf(x)
					exponents[x]++
				}
				if set == multidraft.FullSet(t1) {
					terms = append(terms, polynomial.Term{Coef: rational.NewInt(1), Exps: exponents})
				}
				done = true
				for i := range word {
					if word[i]++; word[i] < t1 {
						done = false
						break
					}
					word[i] = 0
				}
			}
			want := polynomial.FromTerms(t1, terms)
			if got := SupportPolynomials(k, t1)[t1-1]; !got.Equal(want) {
				t.Errorf("K=%d |T|=%d: %v, counting words gives %v", k, t1, got, want)
			}
		}
	}
}
