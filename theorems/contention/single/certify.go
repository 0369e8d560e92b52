package single

import (
	"pstar/rational"
	"pstar/witness"
)

// Tags are those of the claims on a single unit that certificates prove for all instances.
var Tags = []string{"CRS-L3.1", "CRS-LB.1", "CRS-P3.2", "CRS-L3.3", "CRS-T1.2", "CRS-U", "CRS-T1.3", "CRS-T3.4", "CRS-L3.5", "CRS-P3.6"}

// Optimum is u for a certificate.
func Optimum(u *Unit) *witness.UnitOptimum {
	return &witness.UnitOptimum{
		// Multipliers too: the checker has both sides of the optimum.
		X: u.X, Value: u.Value, Choice: [2][]rational.Rat(u.Choice), Y: [2][]rational.Rat(u.Dual.Y), Xi: u.Dual.Xi,
	}
}

// Document makes the certificate of what holds for all instances, with the optimum of one if u is not nil.
func Document(u *Unit, tags ...string) witness.Maker {
	// Made when it is asked for, as it takes time to write and to check.
	return func() (witness.Document, error) {
		i := witness.ContentionInstance{}
		if u != nil {
			i.Unit = Optimum(u)
		}
		return witness.Contention(tags, i)
	}
}
