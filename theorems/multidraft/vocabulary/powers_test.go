package vocabulary

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

// checkPowers compares an enclosure with the exact minimum over all sets.
func checkPowers(t *testing.T, s *multidraft.Instance, width rational.Rat, o *optimum.Optimum) {
	t.Helper()
	want, b := o.Value, o.Binding
	e, err := powerEnclosure(t.Context(), s, width)
	if err != nil {
		t.Fatal(err)
	}
	if !e.Value.Contains(want) || e.Value.Width().Cmp(width) > 0 || e.Value.Hi.Cmp(whole) > 0 {
		t.Fatalf("%v, p = %v, q = %v: %v does not hold %v", s, s.Rows()[0].Rats(), s.Target().Rats(), e.Value, want)
	}
	// Whether it is 1 is told, and exactly then is the value exact.
	status := theorems.Refuted
	if want.Equal(whole) {
		status = theorems.Proved
	}
	if e.IsOne(rational.Rat{}) != status {
		t.Fatalf("%v, p = %v, q = %v: P* = 1 is %v, P* is %v", s, s.Rows()[0].Rats(), s.Target().Rats(), e.IsOne(rational.Rat{}), want)
	}
	if e.Known && e.Smallest.Compare(b.Smallest) != 0 {
		t.Fatalf("%v: the smallest set is %v, want %v", s, e.Smallest, b.Smallest)
	}
	// And so are the binding sets, but where several prefixes attain a minimum below 1.
	if e.Known != (e.Binding != nil) || want.Equal(whole) && !e.Known {
		t.Fatalf("%v: binding sets %v, P* is %v", s, e.Binding, want)
	}
	if e.Known && fmt.Sprint(*e.Binding) != fmt.Sprint(b) {
		t.Fatalf("%v, p = %v, q = %v: binding sets %v, want %v", s, s.Rows()[0].Rats(), s.Target().Rats(), *e.Binding, b)
	}
}

// MD-T3: the enclosures hold the minimum over all sets, with ties, zeros and P* = 1 among the instances.
func TestPowersAgainstEnumeration(t *testing.T) {
	ones, several := 0, 0
	for k := 2; k <= 7; k++ {
		for n := 1; n <= 7; n++ {
			oracle.Generated(t, 91, 12, k, n, multidraft.ModelIID, func(s *multidraft.Instance) {
				want, err := optimum.Of(t.Context(), s)
				if err != nil || !want.Value.Equal(optimum.MinByEnumeration(s).Value) {
					t.Fatalf("%v: %v, %v", s, want, err)
				}
				for _, width := range []rational.Rat{rational.NewRat(1, 2), rational.NewRat(1, 1<<60)} {
					checkPowers(t, s, width, want)
				}
				if want.Value.Equal(whole) {
					ones++
					if len(want.Binding.Sets) > 2 {
						several++
					}
				}
			})
		}
	}
	if ones < 50 || several < 5 {
		t.Errorf("P* = 1 in %d instances only, with more than two binding sets in %d", ones, several)
	}
}

// With all the drafts there may be, against exact powers of a small unit.
func TestPowersOfAllDrafts(t *testing.T) {
	for _, c := range []struct{ p, q string }{
		{"1/3,2/3", "1/2,1/2"},
		{"1/3,2/3", "1,0"},
		{"1/3,2/3,0", "1/3,1/3,1/3"},
		{"1/3,1/3,1/3", "0,0,1"},
		{"1/2,1/2", "1/2,1/2"},
	} {
		s := oracle.IIDInstance(t, multidraft.MaxDrafts, c.p, c.q)
		want, err := optimum.Of(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		checkPowers(t, s, rational.NewRat(1, 1<<60), want)
	}
}

// Long fractions are enclosed, and short ones are not, of one number of drafts and of several.
func TestLongPowersAreEnclosed(t *testing.T) {
	rng := oracle.NewRand(92)
	law := func(every int) multidraft.Distribution {
		w := make([]rational.Int, 3000)
		for i := 0; i < len(w); i += every {
			w[i] = rational.NewInt(rng.Int64N(1 << 50))
		}
		return multidraft.Must(multidraft.FromWeights("p", w))
	}
	p, q := law(1), law(1000)
	var list []*multidraft.Instance
	for _, k := range []int{2000, 2200} {
		list = append(list, multidraft.Must(multidraft.New(multidraft.ModelIID, k, []multidraft.Distribution{p}, q)))
	}
	width := func(int) rational.Rat { return rational.NewRat(1, 1<<60) }
	seen := 0
	err := EncloseEach(t.Context(), list, width, func(s *multidraft.Instance, e *Enclosure, err error) error {
		seen++
		want := optimum.MinOverPrefixes(s.K(), p, q)
		if LongPowers(s) != (e.Method == MethodPowers) || e.Value.Exact() == LongPowers(s) || !e.Value.Contains(want.Value) || e.Smallest.Len() != len(want.Tokens) {
			t.Errorf("K = %d: %s by %s, want %s", s.K(), e.Value.Decimal(30), e.Method, want.Value.Decimal(30))
		}
		return err
	})
	if err != nil || seen != 2 || LongPowers(list[0]) || !LongPowers(list[1]) {
		t.Errorf("%d seen, %v", seen, err)
	}
}

// That P* is below 1 is told where it is by less than any digits show: a token is drafted that q does not have.
func TestBelowOneByAlmostNothing(t *testing.T) {
	s := oracle.IIDInstance(t, multidraft.MaxDrafts, "1e-30,0.999999999999999999999999999999", "0,1")
	e, err := Enclose(t.Context(), s, rational.NewRat(1, 1<<30))
	if err != nil || !e.Value.Hi.Equal(whole) || e.IsOne(rational.Rat{}) != theorems.Refuted || !e.Known || e.Smallest.Len() != 1 {
		t.Errorf("%v, %v", e, err)
	}
	// Of laws that may be off nothing is known.
	if e.IsOne(rational.NewRat(1, 1000)) != theorems.Undecided {
		t.Error("P* is told from 1 of laws that are not known so well")
	}
}

// A set S with p(S) a power of 1/2 binds where q(S) is p(S)^K, and neither where it is one unit more nor where it is one less: P* is 1 with three binding
// sets, 1 with two, and below 1 by that unit at S. Outside S, and in it, q is in proportion to p, so that no other set is near.
func TestRootsOfLongPowers(t *testing.T) {
	rng := oracle.NewRand(94)
	for trial := range 9 {
		k := 43_691 + rng.IntN(multidraft.MaxDrafts-43_690)
		j := 1 + trial/3
		u := max(2, j) + rng.IntN(3) // p in units of 2^-u, of which S has 2^(u-j)
		inside, outside := parts(rng, 1<<(u-j)), parts(rng, 1<<u-1<<(u-j))
		p := append(append([]rational.Int{}, inside...), outside...)
		// In units of which S has one power for each unit of p there, and the rest the rest.
		in, out := rational.NewInt(1<<(u-j)), rational.NewInt(1<<u-1<<(u-j))
		power := rational.PowerOfTwo(j * k)
		off := rational.NewInt(int64(trial%3 - 1))
		q := make([]rational.Int, len(p))
		for i, w := range p {
			if i < len(inside) {
				q[i] = w.Mul(out)
			} else {
				q[i] = w.Mul(in).Mul(power.Sub(rational.NewInt(1)))
			}
		}
		q[0], q[len(q)-1] = q[0].Add(off), q[len(q)-1].Sub(off)
		order := rng.Perm(len(p))
		law := func(weights []rational.Int) multidraft.Distribution {
			list := make([]rational.Int, len(weights))
			for i, w := range weights {
				list[order[i]] = w
			}
			return multidraft.Must(multidraft.FromWeights("law", list))
		}
		s := multidraft.Must(multidraft.New(multidraft.ModelIID, k, []multidraft.Distribution{law(p)}, law(q)))
		if !LongPowers(s) {
			t.Fatalf("K = %d is not long in units of 2^-%d", k, u)
		}
		e, err := Enclose(t.Context(), s, rational.NewRat(1, 1<<30))
		if err != nil {
			t.Fatal(err)
		}
		set := multidraft.NewTokenSet(len(p), order[:len(inside)]...)
		unit := rational.RatFromInts(rational.NewInt(1), s.Target().Unit)
		switch off.Sign() {
		case 0, 1:
			want := int64(3 - off.Sign())
			if !e.Value.Exact() || !e.Value.Lo.Equal(whole) || e.IsOne(rational.Rat{}) != theorems.Proved || e.Binding == nil || !e.Binding.Count.Equal(rational.NewInt(want)) {
				t.Errorf("K = %d, p(S) = 2^-%d, off by %v: P* %s, %v, %v, want %d binding sets", k, j, off, e.Value.Decimal(20), e.IsOne(rational.Rat{}), e.Binding, want)
			}
			if bound := slices.ContainsFunc(e.Binding.Sets, func(b multidraft.TokenSet) bool { return b.Compare(set) == 0 }); bound != (want == 3) {
				t.Errorf("K = %d, p(S) = 2^-%d, off by %v: S binds: %v", k, j, off, bound)
			}
		default:
			if e.IsOne(rational.Rat{}) != theorems.Refuted || !e.Value.Contains(whole.Sub(unit)) || !e.Known || e.Smallest.Compare(set) != 0 {
				t.Errorf("K = %d, p(S) = 2^-%d, off by %v: P* %s, %v, at %v, want %v", k, j, off, e.Value.Decimal(20), e.IsOne(rational.Rat{}), e.Smallest, set)
			}
		}
	}
}

// A long quotient is enclosed to the digits asked for of itself, with its sign, and a short one is exact.
func TestQuotients(t *testing.T) {
	rng := oracle.NewRand(95)
	long := rational.PowerOfTwo(maxReduced + 100)
	for range 400 {
		num, den, digits := rational.NewInt(rng.Int64N(2000)-1000), rational.NewInt(1+rng.Int64N(1000)), uint(1+rng.IntN(60))
		exact := rational.RatFromInts(num, den)
		if got := quotient(num, den, digits); !got.Exact() || !got.Lo.Equal(exact) {
			t.Errorf("%v/%v: %v", num, den, got)
		}
		if rng.IntN(2) == 0 { // near a fraction of few digits, or far below 1
			den, exact = den.Mul(long), rational.RatFromInts(num, den.Mul(long))
		} else {
			num, den = num.Mul(long).Add(rational.NewInt(rng.Int64N(3)-1)), den.Mul(long)
			exact = rational.RatFromInts(num, den)
		}
		got := quotient(num, den, digits)
		most := exact.Abs().Mul(rational.Dyadic(rational.NewInt(1), 1-int(digits)))
		if !got.Contains(exact) || got.Width().Cmp(most) > 0 || got.Lo.Sign()*got.Hi.Sign() < 0 || exact.Sign() != 0 && (got.Lo.IsZero() || got.Hi.IsZero()) {
			t.Errorf("%v/%v to %d digits: %v", num, den, digits, got)
		}
	}
}

// parts are one to three positive whole numbers with the sum, in any order.
func parts(rng *rand.Rand, sum int) (list []rational.Int) {
	for len(list) < 2 && sum > 1 && rng.IntN(3) > 0 {
		part := 1 + rng.IntN(sum-1)
		list, sum = append(list, rational.NewInt(int64(part))), sum-part
	}
	return append(list, rational.NewInt(int64(sum)))
}
