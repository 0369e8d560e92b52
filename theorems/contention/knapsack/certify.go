package knapsack

import (
	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
	"pstar/witness"
)

// Tags are those of the claims on the knapsack problem that certificates prove for all instances.
var Tags = []string{"CRS-T1.4", "CRS-T4.1", "CRS-P4.3", "CRS-L4.4", "CRS-LC.1", "CRS-LC.2", "CRS-LC.3"}

// hardTags are those on the instances of CRS-T1.5.
var hardTags = []string{"CRS-L3.1", "CRS-P4.5", "CRS-T1.5"}

// Documents makes the certificate of what holds for all instances: with that the choice is feasible (Definition 5) and that Algorithm 3
// attains it, as far as either is known exactly, and after [VerifyHard] with the best guarantee on the instance. Later ones leave out
// the sizes, and then the instance, whose numbers can be too long for the format. A choice of which neither is known has none.
// Nor has what the run did not settle before it ended.
func (r *Report) Documents() (makers []witness.Maker) {
	if r.stopped {
		return nil
	}
	add := func(i witness.ContentionInstance) {
		makers = append(makers, func() (witness.Document, error) { return witness.Contention(r.tags(), i) })
	}
	// Three documents at most, from what says most: with the sizes, with the choice, for all instances.
	feasible := len(Definition5(r.Means, r.Choice)) == 0
	if r.Law != nil && r.Law.Exact && r.Law.Confirms(r.Choice) == nil {
		i := r.instance()
		i.Choice.Sizes, i.Choice.Unclaimed = sizes(r.Elements), !feasible
		add(i)
	}
	if feasible {
		add(r.instance())
		add(witness.ContentionInstance{})
	}
	if len(makers) == 0 {
		makers = append(makers, func() (witness.Document, error) {
			return nil, &witness.Unwritable{Reason: "a choice that Definition 5 does not certify, and of which it is not known exactly whether Algorithm 3 attains it, has no certificate"}
		})
	}
	return makers
}

// sizes are those of the elements that have a positive probability.
func sizes(elements []Element) [][][2]rational.Rat {
	list := make([][][2]rational.Rat, len(elements))
	for i, e := range elements {
		for _, s := range e {
			// The format has no sizes that never occur.
			if s.Probability.Sign() > 0 {
				list[i] = append(list[i], [2]rational.Rat{s.Size, s.Probability})
			}
		}
	}
	return list
}

func (r *Report) tags() []string {
	if r.hard > 0 {
		return append(append([]string(nil), Tags...), hardTags...)
	}
	return Tags
}

func (r *Report) instance() (i witness.ContentionInstance) {
	i.Choice = FeasibleChoice(r.Means, r.Choice)
	if r.hard > 0 {
		i.Unit = single.Optimum(hardPoint(r.hard))
	}
	return i
}

// FeasibleChoice is a choice for a certificate.
func FeasibleChoice(means []rational.Rat, c contention.Choice) *witness.FeasibleChoice {
	return &witness.FeasibleChoice{Means: means, Orders: [2][]rational.Rat(c)}
}
