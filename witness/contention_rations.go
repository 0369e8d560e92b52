package witness

import (
	"pstar/certificate/kernel"
	"pstar/rational"
	"pstar/witness/internal/proof"
)

// Rations are targets of agents, with what shows that they lie in the ex-ante region, or not.
//
// Exactly one of Parts and Prices counts: without Parts it is the Prices.
type Rations struct {
	Agents []RationAgent
	// Parts are, if the targets lie in the region, the probabilities with which each agent is
	// served at each value of its demand; and Prices, if not, refute them.
	Parts  [][]rational.Rat
	Prices RationPrices
	// Largest, if not nil, is the largest target that all can have together; it is positive.
	Largest *LargestTarget
	// Served, if not nil, is how an algorithm serves the agents.
	Served *Served
}

// A RationAgent has a type of service, "I", "II" or "III", and a target. Its levels ascend.
type RationAgent struct {
	Service string
	Levels  []RationLevel
	Target  rational.Rat
}

// A RationLevel is a demand with its probability, what it takes of the supply, and the service
// of that.
//
// Supply and Service are what a unit of probability of being served takes and gives; they
// depend on the type of service.
type RationLevel struct{ Demand, Probability, Supply, Service rational.Rat }

// RationPrices are multipliers for the supply, and for the service of each agent.
type RationPrices struct {
	Supply rational.Rat
	Agents []rational.Rat
}

// A LargestTarget is a target with what shows that it lies in the region, and that no larger
// one does.
type LargestTarget struct {
	Value  rational.Rat
	Parts  [][]rational.Rat
	Prices RationPrices
}

// Served says how an algorithm serves agents: at each level with the probability Parts, by
// Algorithm 1 with these thresholds, or if there are none by Algorithm 3 with the choice of the
// document; and that each agent has at least Guarantee times its target.
type Served struct {
	Parts      [][]rational.Rat
	Guarantee  rational.Rat
	Thresholds [2][]rational.Rat
}

// statement writes the member "served".
func (s *Served) statement(w *proof.Writer) {
	w.Member("served")
	w.Open('{')
	w.List("parts", func() {
		for _, list := range s.Parts {
			w.Open('[')
			for _, x := range list {
				w.Rat(x.Big())
			}
			w.Close(']')
		}
	})
	w.Member("guarantee")
	w.Rat(s.Guarantee.Big())
	// Without them the document has a choice, which says how agents are served.
	if s.Thresholds[0] != nil {
		w.Numbers("forward", s.Thresholds[0])
		w.Numbers("backward", s.Thresholds[1])
	}
	w.Close('}')
}

// statement writes the members on agents; supplies and services follow from them, and are
// not written.
func (r *Rations) statement(w *proof.Writer) {
	w.List("agents", func() {
		for _, a := range r.Agents {
			w.Open('[')
			w.Text(a.Service)
			w.Open('[')
			for _, l := range a.Levels {
				w.Open('[')
				w.Rat(l.Demand.Big())
				w.Rat(l.Probability.Big())
				w.Close(']')
			}
			w.Close(']')
			w.Rat(a.Target.Big())
			w.Close(']')
		}
	})
	if r.Largest != nil {
		w.Member("largest")
		w.Rat(r.Largest.Value.Big())
	}
	if r.Served != nil {
		r.Served.statement(w)
	}
}

// proofs writes the proofs of the theorems on rations, of which the first has this
// number.
func (r *Rations) proofs(w *proof.Writer, first int, s kernel.Statement) {
	// A point of the region, or prices at which there is none.
	if t := s.Theorem(first); r.Parts != nil {
		w.Proof(first, t, nil, func() { r.values(w, r.Parts, nil) })
	} else {
		w.Refuted(first, t, nil, -1, func() { r.priced(w, r.Prices, len(t.Facts), false) })
	}
	if first++; r.Largest != nil {
		t := s.Theorem(first)
		w.Proof(first, t, func() { r.priced(w, r.Largest.Prices, 0, true) }, func() { r.values(w, r.Largest.Parts, t) })
		first++
	}
	if r.Served != nil {
		w.Proof(first, s.Theorem(first), func() {}, nil) // its rows are numbers
	}
}

// values writes the witness with these parts; for the theorem "largest target" they are
// multiplied by t over the target. Parts of the plan are numbers; of the largest target they
// are multiples of t, the plan shrunk in proportion.
func (r *Rations) values(w *proof.Writer, parts [][]rational.Rat, largest *kernel.Theorem) {
	var all []rational.Rat
	for _, list := range parts {
		all = append(all, list...)
	}
	first := 0 // symbol
	if largest != nil {
		first = 1
		// At t = value these are the parts; below it they shrink with t.
		for k := range all {
			all[k] = all[k].Quo(r.Largest.Value)
		}
	}
	// One denominator for all: values are added up as integers.
	over, scaled := integers(all)
	w.Step("witness", func() {
		// Goals are numbered behind the signs of the values that are listed.
		listed := 0
		w.List("values", func() {
			for k, x := range scaled {
				// A part of 0 is not listed, and its sign is no goal.
				if x.IsZero() {
					continue
				}
				listed++
				w.Value(first+k, func() {
					if largest != nil {
						w.RatTerm(x.Big(), 0)
					} else {
						w.RatTerm(x.Big())
					}
				})
			}
		})
		w.Member("over")
		w.Rat(over.Big())
		w.List("steps", func() {
			if largest == nil {
				return // numbers
			}
			row := len(largest.Facts)
			var supply rational.Rat
			k := 0
			for _, a := range r.Agents {
				for _, l := range a.Levels {
					supply = supply.Add(l.Supply.Mul(scaled[k]))
					if x := scaled[k]; !x.IsZero() {
						// That the part is within its level: by t ≤ value, times the part at that
						// value.
						w.Combine(listed+1+k, func() { w.RatTerm(x.Big(), row) }, nil)
					}
					k++
				}
			}
			// That all parts together are within the supply, in the same way.
			w.Combine(listed+len(largest.Facts)-1, func() { w.RatTerm(supply.Big(), row) }, nil)
		})
	})
}

// priced settles the goal by prices; facts of the theorem are numbered from first on. For
// targets that are numbers the goal is −1 ≥ 0, else the largest target less t. Weak duality: at
// these prices no agent gets its target for what its demand is worth, or t is bounded.
//
// Prices of another scale prove the same; the goal is multiplied by what they come to.
func (r *Rations) priced(w *proof.Writer, p RationPrices, first int, largest bool) {
	// excess is by how much the targets are worth more than all that can be had; it is
	// positive if the prices refute.
	levels, excess, total := 0, p.Supply.Neg(), rational.Rat{}
	var multipliers []rational.Rat // of the limits of a[i,k]
	for i, a := range r.Agents {
		total = total.Add(p.Agents[i])
		excess = excess.Add(p.Agents[i].Mul(a.Target))
		for _, l := range a.Levels {
			levels++
			// What a level is worth at these prices beyond what its supply costs: the
			// multiplier of its limit.
			m := rational.MaxRat(rational.Rat{}, p.Agents[i].Mul(l.Service).Sub(p.Supply.Mul(l.Supply)))
			excess = excess.Sub(m.Mul(l.Probability))
			multipliers = append(multipliers, m)
		}
	}
	// The row says value − t ≥ 0, whatever the scale of the prices.
	if largest {
		excess = rational.NewRat(1, 1)
	}
	// Facts from first on: an equation, one for each level, one for each agent, the supply.
	services := first + 1 + levels
	last := services + len(r.Agents)
	w.ScaledCombine(0, excess, func() {
		for k, m := range multipliers {
			if !m.IsZero() {
				w.RatTerm(m.Big(), first+1+k)
			}
		}
		if !p.Supply.IsZero() {
			w.RatTerm(p.Supply.Big(), last)
		}
	}, func() {
		w.Equation(first, func() {
			if !total.IsZero() {
				w.RatTerm(total.Neg().Big())
			}
		})
		for i, v := range p.Agents {
			if !v.IsZero() {
				w.Equation(services+i, func() { w.RatTerm(v.Big()) })
			}
		}
	})
}
