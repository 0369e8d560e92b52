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

// Documents makes the certificate of what holds for all instances: with that the choice is feasible (Definition 5),
// and after [VerifyHard] with the best guarantee on the instance. The second one is without the
// instance, whose numbers can be too long for the format. A choice that Definition 5 does not certify has none.
func (r *Report) Documents() []witness.Maker {
	if len(Definition5(r.Means, r.Choice)) > 0 {
		return []witness.Maker{func() (witness.Document, error) {
			return nil, &witness.Unwritable{Reason: "a choice that Definition 5 does not certify has no certificate"}
		}}
	}
	return []witness.Maker{
		func() (witness.Document, error) { return witness.Contention(r.tags(), r.instance()) },
		func() (witness.Document, error) { return witness.Contention(r.tags(), witness.ContentionInstance{}) },
	}
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
