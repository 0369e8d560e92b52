package multidraft_test

import (
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

func TestGenerateIsDeterministic(t *testing.T) {
	oracle.SmallCells(3, 4, func(k, n int, model string) {
		for index := range 2 * len(multidraft.Kinds()) {
			a, errA := multidraft.Generate(5, index, k, n, model)
			b, errB := multidraft.Generate(5, index, k, n, model)
			if errA != nil || errB != nil {
				t.Fatal(errA, errB)
			}
			if !equalRats(a.Target().Rats(), b.Target().Rats()) || !equalRats(a.Drafts().SupportLaw(), b.Drafts().SupportLaw()) {
				t.Fatalf("%v differs from one call to the next", a)
			}
			if a.Kind != multidraft.Kinds()[index%len(multidraft.Kinds())] || a.Index != index || a.Drafts().Model() != model || a.K() != k || a.N() != n {
				t.Fatalf("%v is misnamed", a)
			}
		}
	})
	a, _ := multidraft.Generate(1, 0, 3, 5, multidraft.ModelIID)
	b, _ := multidraft.Generate(2, 0, 3, 5, multidraft.ModelIID)
	c, _ := multidraft.Generate(1, len(multidraft.Kinds()), 3, 5, multidraft.ModelIID)
	if equalRats(a.Target().Rats(), b.Target().Rats()) || equalRats(a.Target().Rats(), c.Target().Rats()) {
		t.Error("another seed or index gives the same target")
	}
}

func equalRats(a, b []rational.Rat) bool { return slices.EqualFunc(a, b, rational.Rat.Equal) }

// Each kind is what it says it is.
func TestKindsKeepTheirPromise(t *testing.T) {
	hasZero := func(p []rational.Rat) bool { return slices.ContainsFunc(p, rational.Rat.IsZero) }
	for _, model := range multidraft.Models() {
		oracle.Generated(t, 14, 6*len(multidraft.Kinds()), 3, 5, model, func(in *multidraft.Instance) {
			value, _ := oracle.Minimum(in)
			b := func(s multidraft.Set) rational.Rat { return in.Drafts().B(s) }
			tight := 0
			for s := range multidraft.FullSet(5) {
				if s != 0 && in.Bound(s).Equal(oracle.One) {
					tight++
				}
			}
			ok := true
			switch in.Kind {
			case "zeros-in-draft", "zeros-in-both":
				missed := false
				for i := range 5 {
					missed = missed || b(multidraft.FullSet(5)&^(1<<i)).Equal(oracle.One)
				}
				ok = missed || model == multidraft.ModelIndependent
			case "zeros-in-target", "tiny-denominators":
				ok = hasZero(in.Target().Rats())
			case "equal":
				ok = model != multidraft.ModelIID || value.Equal(oracle.One)
			case "binding":
				ok = value.Equal(oracle.One)
			case "binding-chain":
				ok = value.Equal(oracle.One) && tight >= 4
			case "inside":
				ok = value.Equal(oracle.One)
			case "outside":
				ok = value.Cmp(oracle.One) < 0
			}
			if !ok {
				t.Errorf("%v: value %v, %d tight sets, q = %v", in, value, tight, in.Target().Rats())
			}
		})
	}
}

func TestDenominatorsStayModerate(t *testing.T) {
	check := func(in *multidraft.Instance, p []rational.Rat) {
		for _, x := range p {
			if x.Den().BitLen() > 41 {
				t.Errorf("%v: denominator %v", in, x.Den())
			}
		}
	}
	for _, cell := range [][2]int{{2, 3}, {6, 14}} {
		oracle.Generated(t, 15, len(multidraft.Kinds()), cell[0], cell[1], multidraft.ModelIID, func(in *multidraft.Instance) {
			check(in, in.Drafts().(*multidraft.IID).P())
			if !slices.Contains([]string{"binding", "binding-chain", "inside", "outside"}, in.Kind) {
				check(in, in.Target().Rats())
			}
		})
		oracle.Generated(t, 15, len(multidraft.Kinds()), cell[0], cell[1], multidraft.ModelWithoutReplacement, func(in *multidraft.Instance) {
			check(in, in.Drafts().(*multidraft.WithoutReplacement).P())
			if bits := in.Integer().Unit.BitLen(); bits > 700 {
				t.Errorf("%v: unit of %d bits", in, bits)
			}
		})
	}
}

func TestGenerateRejectsBadCells(t *testing.T) {
	for name, make := range map[string]func() (*multidraft.Instance, error){
		"model":    func() (*multidraft.Instance, error) { return multidraft.Generate(1, 0, 2, 2, "mixed") },
		"index":    func() (*multidraft.Instance, error) { return multidraft.Generate(1, -1, 2, 2, multidraft.ModelIID) },
		"drafts":   func() (*multidraft.Instance, error) { return multidraft.Generate(1, 0, 0, 2, multidraft.ModelIID) },
		"tokens":   func() (*multidraft.Instance, error) { return multidraft.Generate(1, 0, 2, 63, multidraft.ModelIID) },
		"supports": func() (*multidraft.Instance, error) { return multidraft.Generate(1, 0, 9, 40, multidraft.ModelIID) },
		"distinct": func() (*multidraft.Instance, error) {
			return multidraft.Generate(1, 0, 3, 2, multidraft.ModelWithoutReplacement)
		},
	} {
		if in, err := make(); err == nil {
			t.Errorf("%s: made %v", name, in)
		}
	}
}

// Targets made of B are those that meet B(S) or nearly do, and their numbers are no longer than is said.
func TestTargetsOfB(t *testing.T) {
	for index, kind := range multidraft.Kinds() {
		if want := slices.Contains([]string{"binding", "binding-chain", "inside", "outside"}, kind); multidraft.HasTargetOfB(index) != want || multidraft.HasTargetOfB(index+len(multidraft.Kinds())) != want {
			t.Errorf("%s: %v", kind, !want)
		}
	}
	for _, k := range []int{1, 2, 7, 40, 300} {
		for n := 2; n < 5; n++ {
			for index, kind := range multidraft.Kinds() {
				in := multidraft.Must(multidraft.Generate(3, index, k, n, multidraft.ModelIID))
				if !multidraft.HasTargetOfB(index) {
					continue
				}
				for s := multidraft.Set(1); s <= multidraft.FullSet(n); s++ {
					if b := in.Drafts().B(s); b.Den().BitLen() > multidraft.PowerBits(k, n) {
						t.Errorf("K = %d, n = %d, %s: B(%v) = %v has more than %d digits", k, n, kind, s, b, multidraft.PowerBits(k, n))
					}
				}
			}
		}
	}
}
