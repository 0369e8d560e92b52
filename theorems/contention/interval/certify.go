package interval

import (
	"pstar/certificate"
	"pstar/rational"
)

// Certify returns the certificate of CRS-P3.2 (certificate.PhiUnit), CRS-P3.6
// (PhiGamma) or CRS-P4.3 (PhiKnapsack, for which ρ is 1). The claims are those of
// [single.ProvePhi], [single.ProveGamma] or [knapsack.ProvePhi].
func Certify(function string, rho rational.Rat, claims []Claim) *certificate.PhiDocument {
	d := &certificate.PhiDocument{Function: function, Rho: rho.Big()}
	name := map[string]string{
		certificate.PhiUnit: "slack", certificate.PhiGamma: "gamma-lipschitz", certificate.PhiKnapsack: "exponential",
	}[function]
	for _, c := range claims {
		if c.Name != name {
			continue
		}
		for k, cell := range c.Cells {
			if k == 0 {
				d.Breaks = append(d.Breaks, cell.From.Big())
			}
			d.Breaks = append(d.Breaks, cell.To.Big())
		}
	}
	d.Claims = d.Derive()
	return d
}
