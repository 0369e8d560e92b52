package cell

import (
	"context"
	"fmt"
	"math/big"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/theorems/multidraft"
)

// The methods of ProveCone.
const (
	MethodDomain = "fundamental domain"
	MethodPlain  = "plain double description"
)

// A ConeProof is the complete list of the extreme rays of a cell's cone, read
// as conditions on q and b.
type ConeProof struct {
	Cone *Cone
	// Methods that found the rays independently and agree.
	Methods []string
	// Bounds is the number of extreme rays that say q(S) - B(S), one for each
	// proper nonempty S (feasibility cone), or each S (optimum cone); Trivial is
	// the number of those that say b_T.
	Bounds, Trivial *big.Int
	// Domain has the rays in the fundamental domain, nil unless that method ran.
	Domain *doubledesc.Orbits
}

// Rays returns the number of extreme rays modulo lineality.
func (p *ConeProof) Rays() *big.Int { return new(big.Int).Add(p.Bounds, p.Trivial) }

// ProveCone finds the extreme rays of the cone by the methods asked for and
// checks that, modulo lineality, they are exactly the ones of the theory: one
// q(S) - B(S) for each S, and one b_T for each support of at least two tokens.
// (In the feasibility cone of n = 2 tokens b_{1,2} is q_1 - b_{1} plus
// q_2 - b_{2} modulo lineality, so it is not extreme there.) Since q and b are
// symbols, that proves MD-T2 (feasibility cone) or MD-T3 (optimum cone) for the
// cell, for every draft law.
//
// An error says which ray or count is wrong, that the methods disagree, or that
// ctx ended; in that last case the proof is what the methods that had finished
// found, and nil if none had.
func ProveCone(ctx context.Context, c *Cone, methods []string, o doubledesc.Options) (*ConeProof, error) {
	// The proof is filled in method by method, so that what one found stands if the next is
	// stopped.
	proof := &ConeProof{Cone: c}
	var plain *cone.V
	for _, m := range methods {
		// Each method is judged by itself, before the two are compared.
		tally := newConditionTally(c)
		var err error
		switch m {
		case MethodPlain:
			if plain, err = doubledesc.Rays(ctx, c.H, o); err == nil {
				err = tally.countRays(plain.Rays)
			}
		case MethodDomain:
			if proof.Domain, err = doubledesc.RaysOverDomain(ctx, c.H, c.Symmetry, o); err == nil {
				err = tally.countOrbits(proof.Domain)
			}
		default:
			panic(fmt.Sprintf("cell: unknown method %q", m))
		}
		// Only for the end of the time: a wrong ray of the second method would throw doubt on the
		// first.
		if err != nil && len(proof.Methods) > 0 && ctx.Err() != nil {
			return proof, fmt.Errorf("%s: %w", m, err) // what the first method proved stands
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m, err)
		}
		proof.Methods = append(proof.Methods, m)
		proof.Bounds, proof.Trivial = tally.bounds, tally.trivial
	}
	// Ray by ray and not by number: equal counts of different rays would pass otherwise.
	if plain != nil && proof.Domain != nil && !cone.Equal(plain, proof.Domain.Expand()) {
		return nil, fmt.Errorf("%s and %s give different rays", MethodPlain, MethodDomain)
	}
	if err := checkComplete(ctx, c, proof.Domain, plain, o); err != nil {
		return nil, err
	}
	return proof, nil
}

// checkComplete shows that no ray is missing, apart from the conversion that found them. The
// rays over the domain have been shown to be all, as they are simplicial; a list found without
// them must be.
func checkComplete(ctx context.Context, c *Cone, domain *doubledesc.Orbits, plain *cone.V, o doubledesc.Options) error {
	switch {
	case domain != nil && domain.Complete:
		return nil
	case plain != nil:
		err := doubledesc.CheckComplete(ctx, c.H, plain, o)
		if err != nil && ctx.Err() == nil {
			err = &doubledesc.Fault{Err: err}
		}
		return err
	case domain != nil:
		return fmt.Errorf("%s: the list of rays was not shown to be complete", MethodDomain)
	}
	return nil
}

// conditionTally counts the conditions of a list of rays and compares them with
// the theory.
type conditionTally struct {
	cone            *Cone
	seen            map[Condition]bool
	bounds, trivial *big.Int
}

func newConditionTally(c *Cone) *conditionTally {
	return &conditionTally{cone: c, seen: map[Condition]bool{}, bounds: new(big.Int), trivial: new(big.Int)}
}

// add reads one ray that stands for size rays of its orbit.
func (t *conditionTally) add(ray cone.Vector, size *big.Int) (Condition, error) {
	condition, err := t.cone.Condition(ray)
	if err != nil {
		return condition, err
	}
	// Twice the same would make up for one that is missing in the counts below.
	if t.seen[condition] {
		return condition, fmt.Errorf("two rays say %v", condition)
	}
	t.seen[condition] = true
	// Counted by what they say, since theory gives each kind a number of its own.
	if condition.Trivial {
		t.trivial.Add(t.trivial, size)
	} else {
		t.bounds.Add(t.bounds, size)
	}
	return condition, nil
}

// countRays reads a list of all extreme rays.
func (t *conditionTally) countRays(rays []cone.Vector) error {
	for _, r := range rays {
		if _, err := t.add(r, big.NewInt(1)); err != nil {
			return err
		}
	}
	return t.compare()
}

// countOrbits reads one ray of each orbit. The rays of an orbit say the images
// of its condition, so its size must be the number of sets of that many tokens.
func (t *conditionTally) countOrbits(o *doubledesc.Orbits) error {
	sizes := map[Condition]bool{}
	for _, orbit := range o.Orbits {
		condition, err := t.add(orbit.Representative, orbit.Size)
		if err != nil {
			return err
		}
		// C(n, |S|) images: one for each set of that size.
		sets := new(big.Int).Binomial(int64(t.cone.N), int64(condition.Set.Len()))
		// A symmetry that is wrong would give orbits of another size.
		if orbit.Size.Cmp(sets) != 0 {
			return fmt.Errorf("the orbit of %v has %v rays, want %v", condition, orbit.Size, sets)
		}
		// The first tokens stand for all sets of that size.
		kind := Condition{condition.Trivial, multidraft.FullSet(t.cone.N) >> (t.cone.N - condition.Set.Len())}
		// Two representatives of one orbit are two conditions, and would be counted twice.
		if sizes[kind] {
			return fmt.Errorf("two orbits say %v", kind)
		}
		sizes[kind] = true
	}
	return t.compare()
}

// compare checks the counts. As the conditions counted are different, equal
// counts mean that all are there.
func (t *conditionTally) compare() error {
	// Every S has a ray in the optimum cone, ∅ and Ω among them.
	bounds := new(big.Int).Lsh(big.NewInt(1), uint(t.cone.N)) // every S
	trivial := big.NewInt(int64(len(t.cone.Supports)))
	if !t.cone.optimum {
		bounds.Sub(bounds, big.NewInt(2)) // without ∅ and Ω
		if t.cone.N == 2 {
			trivial.SetInt64(0)
		}
	}
	if t.bounds.Cmp(bounds) != 0 || t.trivial.Cmp(trivial) != 0 {
		return fmt.Errorf("found %v rays q(S) - B(S) and %v rays b_T, want %v and %v", t.bounds, t.trivial, bounds, trivial)
	}
	return nil
}
