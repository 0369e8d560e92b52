package cell

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// The rays that the appendix names are in the cones, say what it says, and are as many as
// were found.
func TestAppendixNamesTheRays(t *testing.T) {
	for k := 2; k <= 4; k++ {
		for n := 2; n <= 5; n++ {
			r, err := Verify(t.Context(), k, n, Options{Plain: true, Instances: 1, Models: []string{multidraft.ModelIID}, Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			text := r.appendix()
			for _, optimum := range []bool{false, true} {
				c, proof, first, last := FeasibilityCone(k, n), r.Feasibility, 1, n-1
				if optimum {
					c, proof, first, last = OptimumCone(k, n), r.Optimum, 0, n
				}
				total := new(big.Int)
				for size := first; size <= last; size++ {
					total.Add(total, binomial(n, size))
					s := multidraft.Set(1)<<size - 1
					got, err := c.Condition(rayOf(c, s))
					if err != nil || got.Trivial || got.Set != s {
						t.Errorf("K = %d, n = %d: the ray of %v says %v, %v", k, n, s, got, err)
					}
					if want := fmt.Sprintf(`%s & $|S| = %d$`, binomial(n, size), size); !strings.Contains(text, want) {
						t.Errorf("K = %d, n = %d: no %q", k, n, want)
					}
				}
				for _, size := range trivialSizes(n, min(k, n), proof.Trivial) {
					total.Add(total, binomial(n, size))
				}
				if total.Cmp(proof.Rays()) != 0 && n > 2 {
					t.Errorf("K = %d, n = %d: orbits of %v rays, %v were found", k, n, total, proof.Rays())
				}
			}
		}
	}
}

// rayOf is the ray of a set, as the appendix has it.
func rayOf(c *Cone, s multidraft.Set) cone.Vector {
	var v cone.Vector
	one, minus := rational.NewInt(1), rational.NewInt(-1)
	for i := range c.N {
		if in := s&(1<<i) != 0; in != c.optimum {
			v = append(v, cone.Entry{Index: i, Value: one})
		}
	}
	if c.optimum {
		v = append(v, cone.Entry{Index: c.N, Value: one})
	}
	for j, support := range c.Supports {
		within := support&^s == 0
		switch {
		case within && !c.optimum:
			v = append(v, cone.Entry{Index: c.FirstSupport + j, Value: minus})
		case !within && c.optimum:
			v = append(v, cone.Entry{Index: c.FirstSupport + j, Value: one})
		}
	}
	return v
}

// The identity of the appendix holds at random points: both sides in numbers.
func TestAppendixIdentity(t *testing.T) {
	for n := 1; n <= 5; n++ {
		in, err := multidraft.Generate(1, n, min(3, n), n+1, multidraft.ModelJoint)
		if err != nil {
			t.Fatal(err)
		}
		size := n + 1
		z := make([]rational.Rat, size+2) // z_0 = 0 to z_{n+1} = 1
		z[size+1] = rational.NewRat(1, 1)
		for j := 1; j <= size; j++ {
			z[j] = rational.NewRat(int64(j*j), int64(size*size+7))
		}
		q := in.Target().Rats()
		left, right := rational.NewRat(0, 1), rational.NewRat(0, 1)
		for i := 1; i <= size; i++ {
			left = left.Add(z[i].Mul(q[i-1]))
		}
		law := lawOfSupports(in)
		for s, b := range law {
			least := z[s.Tokens()[0]+1]
			left = left.Add(rational.NewRat(1, 1).Sub(least).Mul(b))
		}
		for j := 1; j <= size+1; j++ {
			s := (multidraft.Set(1)<<size - 1) &^ (multidraft.Set(1)<<(j-1) - 1)
			bound := rational.NewRat(1, 1)
			for _, i := range s.Tokens() {
				bound = bound.Add(q[i])
			}
			for support, b := range law {
				if support&^s == 0 {
					bound = bound.Sub(b)
				}
			}
			right = right.Add(z[j].Sub(z[j-1]).Mul(bound))
		}
		if !left.Equal(right) {
			t.Errorf("n = %d: %v and %v", size, left, right)
		}
	}
}

// lawOfSupports is the probability of each set, by inclusion and exclusion of B.
func lawOfSupports(in *multidraft.Instance) map[multidraft.Set]rational.Rat {
	law := map[multidraft.Set]rational.Rat{}
	for _, s := range multidraft.Supports(in.K(), in.N()) {
		b := in.Bound(s).Sub(rational.NewRat(1, 1))
		for _, i := range s.Tokens() {
			b = b.Sub(in.Target().Rats()[i])
		}
		b = b.Neg() // B(S)
		for smaller, weight := range law {
			if smaller&^s == 0 && smaller != s {
				b = b.Sub(weight)
			}
		}
		law[s] = b
	}
	return law
}
