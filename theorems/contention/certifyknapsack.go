package contention

import (
	"pstar/certificate"
	"pstar/rational"
)

// lawBits is the precision of the probabilities in a law that is enclosed.
const lawBits = 512

// CertifyKnapsack returns the certificate of a choice c, with the law of Algorithm 3
// unless law is nil: exact if law is, else enclosed.
func CertifyKnapsack(elements []Element, c Choice, law *KnapsackLaw) *certificate.KnapsackDocument {
	d := &certificate.KnapsackDocument{Choice: bothBigs(c)}
	for _, e := range elements {
		var sizes []certificate.Size
		for _, s := range e {
			sizes = append(sizes, certificate.Size{Value: s.Size.Big(), Probability: s.Probability.Big()})
		}
		d.Elements = append(d.Elements, sizes)
	}
	if law != nil && law.Confirms(c) == nil {
		if law.Exact {
			d.Empty = empty(law)
		} else {
			d.Bits = lawBits
		}
	}
	d.Claims = d.Derive()
	return d
}

// EncloseLaw puts an enclosed law in the place of the exact one of d, which takes the
// checker less time where the exact probabilities are long.
func EncloseLaw(d *certificate.KnapsackDocument) {
	d.Empty, d.Bits = certificate.TwoOrders{}, lawBits
	d.Claims = d.Derive()
}

// empty returns the probabilities of an empty knapsack of an exact law.
func empty(law *KnapsackLaw) certificate.TwoOrders {
	var p Choice
	for _, o := range Orders {
		for _, e := range law.Empty[o] {
			p[o] = append(p[o], e.Lo)
		}
	}
	return bothBigs(p)
}

// AddSingle adds CRS-T1.5 to d, the certificate of an instance no two of whose elements
// fit together: the optimum u of the single-unit problem that this makes of it, and a
// bound on how far its value is above 1/(2 + 1/e).
func AddSingle(d *certificate.KnapsackDocument, u *Unit) {
	optimum := unitOptimum(u)
	limit, _ := Alpha(two).Enclose(two.Pow(-40))
	d.Single, d.Above = &optimum, rational.Point(u.Value.Sub(limit.Lo)).Outward(40).Hi.Big()
	d.Claims = d.Derive()
}
