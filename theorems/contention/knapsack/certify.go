package knapsack

import (
	"pstar/certificate"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
)

// LawBits is the precision of the probabilities in a law that is enclosed.
const LawBits = 512

// Certify returns the certificate of a choice c, with the law of Algorithm 3
// unless law is nil: exact if law is, else enclosed.
func Certify(elements []Element, c contention.Choice, law *Law) *certificate.KnapsackDocument {
	d := &certificate.KnapsackDocument{Choice: contention.BothBigs(c)}
	for _, e := range elements {
		var sizes []certificate.Size
		for _, s := range e {
			sizes = append(sizes, certificate.Size{Value: s.Size.Big(), Probability: s.Probability.Big()})
		}
		d.Elements = append(d.Elements, sizes)
	}
	if law != nil && law.Confirms(c) == nil {
		if law.Exact {
			d.Empty = EmptyPart(law)
		} else {
			d.Bits = LawBits
		}
	}
	d.Claims = d.Derive()
	return d
}

// EncloseLaw puts an enclosed law in the place of the exact one of d, which takes the
// checker less time where the exact probabilities are long.
func EncloseLaw(d *certificate.KnapsackDocument) {
	d.Empty, d.Bits = certificate.TwoOrders{}, LawBits
	d.Claims = d.Derive()
}

// EmptyPart returns the probabilities of an empty knapsack of an exact law.
func EmptyPart(law *Law) certificate.TwoOrders {
	var p contention.Choice
	for _, o := range contention.Orders {
		for _, e := range law.Empty[o] {
			p[o] = append(p[o], e.Lo)
		}
	}
	return contention.BothBigs(p)
}

// AddSingle adds CRS-T1.5 to d, the certificate of an instance no two of whose elements
// fit together: the optimum u of the single-unit problem that this makes of it, and a
// bound on how far its value is above 1/(2 + 1/e).
func AddSingle(d *certificate.KnapsackDocument, u *single.Unit) {
	optimum := single.UnitOptimum(u)
	limit, _ := single.Alpha(two).Enclose(two.Pow(-40))
	d.Single, d.Above = &optimum, enclose.Point(u.Value.Sub(limit.Lo)).Outward(40).Hi.Big()
	d.Claims = d.Derive()
}
