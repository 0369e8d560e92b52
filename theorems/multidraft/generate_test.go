package multidraft

import (
	"slices"
	"testing"

	"pstar/rational"
)

func TestGenerateIsDeterministic(t *testing.T) {
	smallCells(3, 4, func(k, n int, model string) {
		for index := range 2 * len(Kinds()) {
			a, errA := Generate(5, index, k, n, model)
			b, errB := Generate(5, index, k, n, model)
			if errA != nil || errB != nil {
				t.Fatal(errA, errB)
			}
			if !equalRats(a.Target().Rats(), b.Target().Rats()) || !equalRats(a.Drafts().SupportLaw(), b.Drafts().SupportLaw()) {
				t.Fatalf("%v differs from one call to the next", a)
			}
			if a.Kind != Kinds()[index%len(Kinds())] || a.Index != index || a.Drafts().Model() != model || a.K() != k || a.N() != n {
				t.Fatalf("%v is misnamed", a)
			}
		}
	})
	a, _ := Generate(1, 0, 3, 5, ModelIID)
	b, _ := Generate(2, 0, 3, 5, ModelIID)
	c, _ := Generate(1, len(Kinds()), 3, 5, ModelIID)
	if equalRats(a.Target().Rats(), b.Target().Rats()) || equalRats(a.Target().Rats(), c.Target().Rats()) {
		t.Error("another seed or index gives the same target")
	}
}

func equalRats(a, b []rational.Rat) bool { return slices.EqualFunc(a, b, rational.Rat.Equal) }

// Each kind is what it says it is.
func TestKindsKeepTheirPromise(t *testing.T) {
	hasZero := func(p []rational.Rat) bool { return slices.ContainsFunc(p, rational.Rat.IsZero) }
	for _, model := range Models() {
		generated(t, 14, 6*len(Kinds()), 3, 5, model, func(in *Instance) {
			value, _ := naiveMinimum(in)
			b := func(s Set) rational.Rat { return in.Drafts().B(s) }
			tight := 0
			for s := range FullSet(5) {
				if s != 0 && in.Bound(s).Equal(one) {
					tight++
				}
			}
			ok := true
			switch in.Kind {
			case "zeros-in-draft", "zeros-in-both":
				missed := false
				for i := range 5 {
					missed = missed || b(FullSet(5)&^(1<<i)).Equal(one)
				}
				ok = missed || model == ModelIndependent
			case "zeros-in-target", "tiny-denominators":
				ok = hasZero(in.Target().Rats())
			case "equal":
				ok = model != ModelIID || value.Equal(one)
			case "binding":
				ok = value.Equal(one)
			case "binding-chain":
				ok = value.Equal(one) && tight >= 4
			case "inside":
				ok = value.Equal(one)
			case "outside":
				ok = value.Cmp(one) < 0
			}
			if !ok {
				t.Errorf("%v: value %v, %d tight sets, q = %v", in, value, tight, in.Target().Rats())
			}
		})
	}
}

func TestDenominatorsStayModerate(t *testing.T) {
	check := func(in *Instance, p []rational.Rat) {
		for _, x := range p {
			if x.Den().BitLen() > 41 {
				t.Errorf("%v: denominator %v", in, x.Den())
			}
		}
	}
	for _, cell := range [][2]int{{2, 3}, {6, 14}} {
		generated(t, 15, len(Kinds()), cell[0], cell[1], ModelIID, func(in *Instance) {
			check(in, in.Drafts().(*IID).P())
			if !slices.Contains([]string{"binding", "binding-chain", "inside", "outside"}, in.Kind) {
				check(in, in.Target().Rats())
			}
		})
		generated(t, 15, len(Kinds()), cell[0], cell[1], ModelWithoutReplacement, func(in *Instance) {
			check(in, in.Drafts().(*WithoutReplacement).P())
			if bits := in.Integer().Unit.BitLen(); bits > 700 {
				t.Errorf("%v: unit of %d bits", in, bits)
			}
		})
	}
}

func TestGenerateRejectsBadCells(t *testing.T) {
	for name, make := range map[string]func() (*Instance, error){
		"model":    func() (*Instance, error) { return Generate(1, 0, 2, 2, "mixed") },
		"index":    func() (*Instance, error) { return Generate(1, -1, 2, 2, ModelIID) },
		"drafts":   func() (*Instance, error) { return Generate(1, 0, 0, 2, ModelIID) },
		"tokens":   func() (*Instance, error) { return Generate(1, 0, 2, 63, ModelIID) },
		"supports": func() (*Instance, error) { return Generate(1, 0, 9, 40, ModelIID) },
		"distinct": func() (*Instance, error) { return Generate(1, 0, 3, 2, ModelWithoutReplacement) },
	} {
		if in, err := make(); err == nil {
			t.Errorf("%s: made %v", name, in)
		}
	}
}
